using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>Evaluates as the protocol says, or otherwise with a reason that the report will show.</summary>
public sealed record EvaluateRequest
{
    public EvaluationOptions? Options { get; set; }
    public string? Reason { get; set; }
}

public sealed record ReopenRequest(string? Note);

/// <summary>A stored evaluation and whether it could be repeated to the same digits.</summary>
public sealed record EvaluationReceipt
{
    public required string Comparison { get; init; }
    public required int Number { get; init; }
    public required string EngineVersion { get; init; }
    public required string InputSha256 { get; init; }
    public required string ResultSha256 { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required EvaluationInput Input { get; init; }
    public required EvaluationResult Result { get; init; }
    /// <summary>Running the stored input again gave the stored result, digit by digit; null where another version of the engine made it.</summary>
    public bool? Repeated { get; init; }
    /// <summary>Results or tests changed since: evaluate again before reporting.</summary>
    public bool Outdated { get; init; }
}

/// <summary>Runs the evaluation on the opened results and keeps it, input and all, beside those before it.</summary>
public sealed class Evaluate(PlumblineDb db, TimeProvider clock)
{
    public async Task<Outcome<EvaluationReceipt>> RunAsync(string code, EvaluateRequest request, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonWithResultsAsync(code, cancel);
        if (comparison is null || (actor != Actor.System && !actor.MaySee(comparison)))
            return OutcomeKind.NotFound;
        // At the opening the system itself evaluates, as the protocol says.
        if (actor != Actor.System && !actor.IsPilot(comparison))
            return OutcomeKind.Forbidden;
        if (EvaluateRules.Refusals(comparison, request).ToArray() is { Length: > 0 } refusals)
            return refusals;
        var input = await db.EvaluationInputAsync(comparison, request.Options, request.Options is null ? null : request.Reason?.Trim(), cancel);
        if (EvaluationInputRules.Refusals(input).ToArray() is { Length: > 0 } faults)
            return faults;

        var now = clock.GetUtcNow();
        var latest = await db.LatestEvaluationAsync(comparison.Id, cancel);
        var text = EvaluationEngine.Run(input).ToJson();
        var evaluation = new Evaluation
        {
            Id = Guid.CreateVersion7(now), ComparisonId = comparison.Id, Number = (latest?.Number ?? 0) + 1, EngineVersion = EvaluationEngine.Version,
            Input = input.ToJson(), InputSha256 = input.Hash(), Result = text, ResultSha256 = EvaluationInput.HashOf(text), CreatedBy = actor.Name, CreatedAt = now,
        };
        db.Evaluations.Add(evaluation);
        db.ComparisonEvents.Add(ComparisonEvent.Of(comparison, "evaluate", actor, now, $"{evaluation.Number} · {evaluation.InputSha256[..12]}"));
        await db.SaveChangesAsync(cancel);
        return Receipt(comparison, evaluation, outdated: false);
    }

    /// <summary>The latest evaluation, run again from its stored input.</summary>
    public async Task<Outcome<EvaluationReceipt>> ReadAsync(string code, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonWithResultsAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison) || comparison.State is < ComparisonState.Evaluating or ComparisonState.Cancelled)
            return OutcomeKind.NotFound;
        if (comparison.State != ComparisonState.Published && !actor.IsPilot(comparison))
            return OutcomeKind.Forbidden;
        if (await db.LatestEvaluationAsync(comparison.Id, cancel) is not { } evaluation)
            return OutcomeKind.NotFound;
        var stored = EvaluationInput.FromJson(evaluation.Input);
        var present = await db.EvaluationInputAsync(comparison, stored.ReasonForOptions is null ? null : stored.Options, stored.ReasonForOptions, cancel);
        return Receipt(comparison, evaluation, present.Hash() != evaluation.InputSha256);
    }

    /// <summary>Another method, or a laboratory left out, side by side with the stored evaluation. Nothing is kept.</summary>
    public async Task<Outcome<EvaluationResult>> WhatIfAsync(string code, EvaluationOptions options, IReadOnlyCollection<string> without, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonWithResultsAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        if (!actor.IsPilot(comparison) || comparison.State is < ComparisonState.Evaluating or ComparisonState.Cancelled)
            return OutcomeKind.Forbidden;
        var input = await db.EvaluationInputAsync(comparison, options, "what-if", cancel);
        var left = input with { Results = [.. input.Results.Where(r => !without.Contains(r.Laboratory))], Laboratories = [.. input.Laboratories.Where(l => !without.Contains(l.Code))] };
        return EvaluationInputRules.Refusals(left).ToArray() is { Length: > 0 } refusals ? refusals : EvaluationEngine.Run(left);
    }

    /// <summary>Takes a draft back because something has to be evaluated anew.</summary>
    public async Task<Outcome<Done>> ReopenAsync(string code, string? note, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        if (!actor.MayMove(comparison, "re-evaluate"))
            return OutcomeKind.Forbidden;
        if (string.IsNullOrWhiteSpace(note))
            return new Refusal("reopen-reason", "Note");
        db.ComparisonEvents.Add(comparison.Move("re-evaluate", actor, clock.GetUtcNow(), note.Trim()));
        return await db.TrySaveAsync(cancel) ? Done.It : OutcomeKind.Conflict;
    }

    private static EvaluationReceipt Receipt(Comparison comparison, Evaluation evaluation, bool outdated)
    {
        var input = EvaluationInput.FromJson(evaluation.Input);
        var repeated = evaluation.EngineVersion == EvaluationEngine.Version ? EvaluationInput.HashOf(EvaluationEngine.Run(input).ToJson()) == evaluation.ResultSha256 : (bool?)null;
        return new()
        {
            Comparison = comparison.Code, Number = evaluation.Number, EngineVersion = evaluation.EngineVersion, InputSha256 = evaluation.InputSha256, ResultSha256 = evaluation.ResultSha256,
            CreatedBy = evaluation.CreatedBy, CreatedAt = evaluation.CreatedAt, Input = input, Result = EvaluationResult.FromJson(evaluation.Result), Repeated = repeated, Outdated = outdated,
        };
    }

    internal static async Task<IResult> Post(string code, EvaluateRequest? request, Evaluate handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(code, request ?? new(), actor, cancel)).ToHttp(texts, r => Results.Json(r, ComparisonsJson.Stored, statusCode: StatusCodes.Status201Created));

    internal static async Task<IResult> Get(string code, Evaluate handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.ReadAsync(code, actor, cancel)).ToHttp(texts, r => Results.Json(r, ComparisonsJson.Stored));

    internal static async Task<IResult> PostReopen(string code, ReopenRequest request, Evaluate handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.ReopenAsync(code, request.Note, actor, cancel)).ToHttp(texts);
}

/// <summary>Why results cannot be evaluated now, or not like that.</summary>
internal static class EvaluateRules
{
    public static IEnumerable<Refusal> Refusals(Comparison comparison, EvaluateRequest request)
    {
        if (comparison.State != ComparisonState.Evaluating)
            yield return new("evaluate-state", null, comparison.State);
        if (request.Options is { } options && options != comparison.Options && string.IsNullOrWhiteSpace(request.Reason))
            yield return new("evaluate-reason", "Reason");
    }
}
