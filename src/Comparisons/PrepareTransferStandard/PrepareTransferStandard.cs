using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>A row of readings: an item, a date or a stage, and the values with spaces between them.</summary>
internal sealed record ReadingRow
{
    public string? Key { get; set; }
    public string? Values { get; set; }

    internal bool IsBlank => string.IsNullOrWhiteSpace(Key) && string.IsNullOrWhiteSpace(Values);
    internal PreparationRow Typed => new(Key?.Trim() ?? "", [.. (Values ?? "").Split([' ', '\t', ';', '；', '\u3000', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(TypedNumber.Plain)]);
}

internal sealed record RecordTestRequest
{
    /// <summary>Number of the transfer standard, from 1.</summary>
    public int Standard { get; set; }
    /// <summary>Number of the measurement point, from 1.</summary>
    public int Point { get; set; }
    /// <summary>Homogeneity, Stability or Transport.</summary>
    public string? Kind { get; set; }
    public List<ReadingRow> Rows { get; set; } = [];
}

internal sealed record WidenRequest
{
    public int Point { get; set; }
    public string? Target { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

internal sealed record TestReceipt(int Standard, int Point, PreparationKind Kind, DateTimeOffset EnteredAt, string EnteredBy, PreparationResult Result, PreparationData Data);

/// <summary>前期试验: the pilot laboratory enters readings of a transfer standard; every figure and criterion is computed and kept, and a repeat supersedes without erasing.</summary>
internal sealed class PrepareTransferStandard(PlumblineDb db, Rules rules, LocalTime time)
{
    public async Task<Outcome<TestReceipt>> RunAsync(string code, RecordTestRequest request, Actor actor, CancellationToken cancel)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        if (!actor.IsPilot(comparison))
            return OutcomeKind.Forbidden;
        var standard = comparison.TransferStandards.SingleOrDefault(s => s.Ordinal == request.Standard);
        var point = comparison.Points.SingleOrDefault(p => p.Ordinal == request.Point);
        PreparationKind? kind = Enum.TryParse<PreparationKind>(request.Kind, out var parsed) && Enum.IsDefined(parsed) ? parsed : null;
        var refusals = PreparationRules.Refusals(comparison, standard, point, kind, request, time.Today).ToArray();
        if (refusals.Length > 0)
            return refusals;
        var data = new PreparationData([.. request.Rows.Where(r => !r.IsBlank).Select(r => r.Typed)]);
        var test = Append(comparison, standard!.Id, point!, kind!.Value, data, actor, await LimitsAsync(cancel));
        await db.SaveChangesAsync(cancel);
        return Receipt(comparison, test);
    }

    /// <summary>The way out of a failed test when no better standard is to be had: a wider target, with the tests of that point held against it anew.</summary>
    public async Task<Outcome<Done>> WidenAsync(string code, WidenRequest request, Actor actor, CancellationToken cancel)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        if (!actor.Has(Role.PilotCoordinator, comparison.PilotId))
            return OutcomeKind.Forbidden;
        if (request.Version is { } version && version != comparison.Version)
            return OutcomeKind.Conflict;
        var point = comparison.Points.SingleOrDefault(p => p.Ordinal == request.Point);
        var target = TypedNumber.Read(request.Target);
        var refusals = WidenRules(comparison, point, target, request).ToArray();
        if (refusals.Length > 0)
            return refusals;
        var note = $"{point!.Label}: {TypedNumber.Show(point.TargetUncertainty)} → {TypedNumber.Show(target)} {comparison.Unit} — {request.Reason!.Trim()}";
        point.TargetUncertainty = target;
        comparison.Version++;
        db.ComparisonEvents.Add(ComparisonEvent.Of(comparison, "widen-target", actor, time.Now, note));
        var tests = await db.PreparationTests.Where(t => t.ComparisonId == comparison.Id && t.PointId == point.Id).ToListAsync(cancel);
        var limits = await LimitsAsync(cancel);
        foreach (var latest in tests.GroupBy(t => (t.TransferStandardId, t.Kind)).Select(g => g.MaxBy(t => (t.EnteredAt, t.Id))!))
            Append(comparison, latest.TransferStandardId, point, latest.Kind, Read<PreparationData>(latest.Data), actor, limits);
        return await db.TrySaveAsync(cancel) ? Done.It : OutcomeKind.Conflict;
    }

    /// <summary>Every test of a comparison, the newest first.</summary>
    public async Task<Outcome<IReadOnlyList<TestReceipt>>> ListAsync(string code, Actor actor, CancellationToken cancel)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !(actor.IsPilot(comparison) || actor.IsOrganiser(comparison) || actor.IsRegulator(comparison)))
            return OutcomeKind.NotFound;
        var tests = await db.PreparationTests.AsNoTracking().Where(t => t.ComparisonId == comparison.Id && t.Kind != PreparationKind.PilotReturn).OrderByDescending(t => t.EnteredAt).ToListAsync(cancel);
        return tests.ConvertAll(t => Receipt(comparison, t));
    }

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, ComparisonsJson.Stored)!;

    private PreparationTest Append(Comparison comparison, Guid standard, MeasurementPoint point, PreparationKind kind, PreparationData data, Actor actor, PreparationLimits limits)
    {
        var result = PreparationAnalysis.Of(kind, data, point.TargetUncertainty!.Value, time.Day(comparison.ResultsDue), limits);
        var test = new PreparationTest
        {
            Id = Guid.CreateVersion7(time.Now), ComparisonId = comparison.Id, TransferStandardId = standard, PointId = point.Id, Kind = kind, Data = JsonSerializer.Serialize(data, ComparisonsJson.Stored),
            Result = JsonSerializer.Serialize(result, ComparisonsJson.Stored), Passed = result.Passed, StandardUncertainty = result.StandardUncertainty, EnteredBy = actor.Name, EnteredAt = time.Now,
        };
        db.PreparationTests.Add(test);
        return test;
    }

    private async Task<PreparationLimits> LimitsAsync(CancellationToken cancel)
    {
        string[] codes = ["CMP.homogeneity-ratio", "CMP.stability-ratio", "CMP.stability-target-ratio", "CMP.stability-level"];
        var found = new Dictionary<string, Rule>();
        foreach (var code in codes)
            found[code] = await rules.Get(code, cancel: cancel);
        return new(found[codes[0]].Amount, found[codes[1]].Amount, found[codes[2]].Amount, found[codes[3]].Amount, found.ToDictionary(r => r.Key, r => $"{r.Value.Value} · {r.Value.Reference}"));
    }

    private static IEnumerable<Refusal> WidenRules(Comparison comparison, MeasurementPoint? point, double? target, WidenRequest request)
    {
        if (comparison.State != ComparisonState.Preparing)
            yield return new("not-preparing", null, comparison.Code, comparison.State);
        if (point is null)
            yield return Choices.Unknown("Point", request.Point, $"1 … {comparison.Points.Count}");
        if (target is null)
            yield return new("number-unreadable", "Target", request.Target);
        else if (target <= (point?.TargetUncertainty ?? 0))
            yield return new("target-not-wider", "Target", request.Target, point?.TargetUncertainty);
        if (string.IsNullOrWhiteSpace(request.Reason))
            yield return new("reason-missing", "Reason");
    }

    private static TestReceipt Receipt(Comparison comparison, PreparationTest test) => new(
        comparison.TransferStandards.Single(s => s.Id == test.TransferStandardId).Ordinal, comparison.Points.Single(p => p.Id == test.PointId).Ordinal, test.Kind, test.EnteredAt, test.EnteredBy,
        Read<PreparationResult>(test.Result), Read<PreparationData>(test.Data));

    internal static async Task<IResult> Post(string code, RecordTestRequest request, PrepareTransferStandard prepare, Actor actor, Texts texts, CancellationToken cancel) =>
        (await prepare.RunAsync(code, request, actor, cancel)).ToHttp(texts, r => Results.Json(r, ComparisonsJson.Stored, statusCode: StatusCodes.Status201Created));

    internal static async Task<IResult> PostTarget(string code, WidenRequest request, PrepareTransferStandard prepare, Actor actor, Texts texts, CancellationToken cancel) =>
        (await prepare.WidenAsync(code, request, actor, cancel)).ToHttp(texts, _ => Results.NoContent());

    internal static async Task<IResult> Get(string code, PrepareTransferStandard prepare, Actor actor, Texts texts, CancellationToken cancel) =>
        (await prepare.ListAsync(code, actor, cancel)).ToHttp(texts, r => Results.Json(r, ComparisonsJson.Stored));
}
