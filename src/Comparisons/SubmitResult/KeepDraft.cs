using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>A package to be kept until it is handed in.</summary>
public sealed record KeepDraftRequest
{
    public SubmitResultRequest Package { get; init; } = new();
    /// <summary>The draft that this one replaces, as the sender knows it; all zeros where there was none, null for a sender that does not mind.</summary>
    public Guid? Over { get; init; }
}

/// <summary>A draft as its own laboratory reads it.</summary>
/// <param name="SavedBy">Name of the colleague who saved it.</param>
public sealed record KeptDraft(string Comparison, string Laboratory, Guid Revision, DateTimeOffset SavedAt, string? SavedBy, SubmitResultRequest Package);

/// <summary>暂存结果: keeps a package on the server, handed in later; sealed from everyone but those who may hand it in.</summary>
public sealed class KeepDraft(PlumblineDb db, SubmitResult submit, TimeProvider clock)
{
    /// <summary>The draft of the actor's own laboratory; <see cref="OutcomeKind.NotFound"/> where none is kept.</summary>
    public async Task<Outcome<KeptDraft>> FindAsync(string code, string? laboratory, Actor actor, CancellationToken cancel = default)
    {
        var found = await submit.FindAsync(code, laboratory, actor, cancel);
        if (!found.Accepted)
            return Refused(found);
        var (comparison, participant) = found.Value;
        return await db.PackageDrafts.AsNoTracking().SingleOrDefaultAsync(d => d.ParticipantId == participant.Id, cancel) is { } draft
            ? await ShowAsync(comparison, participant, draft, cancel)
            : OutcomeKind.NotFound;
    }

    public async Task<Outcome<KeptDraft>> SaveAsync(string code, KeepDraftRequest request, Actor actor, CancellationToken cancel = default)
    {
        await using var transaction = await submit.LockAsync(code, actor, cancel);
        var found = await submit.FindAsync(code, request.Package.Laboratory, actor, cancel);
        if (!found.Accepted)
            return Refused(found);
        var (comparison, participant) = found.Value;
        var now = clock.GetUtcNow();
        var circumstances = await submit.CircumstancesAsync(comparison, participant, now, cancel);
        var draft = await db.PackageDrafts.FindAsync([participant.Id], cancel);
        if ((request.Package.Replaces ?? circumstances.LatestVersion) != circumstances.LatestVersion || (request.Over is { } known && known != (draft?.Revision ?? Guid.Empty)))
            return OutcomeKind.Conflict;
        var package = request.Package with { Replaces = circumstances.LatestVersion, Points = [.. request.Package.Points.Where(p => !p.IsBlank)] };
        var content = JsonSerializer.Serialize(package, ComparisonsJson.Stored);
        var refusals = SubmitResultRules.DraftRefusals(circumstances, request.Package, Encoding.UTF8.GetByteCount(content)).Take(PackageReader.MostRefusals).ToArray();
        if (refusals.Length > 0)
            return refusals;
        if (draft is null)
            db.PackageDrafts.Add(draft = new() { ParticipantId = participant.Id, Content = content, Revision = Guid.CreateVersion7(now), SavedAt = now, SavedBy = actor.PersonId });
        else
            (draft.Content, draft.Revision, draft.SavedAt, draft.SavedBy) = (content, Guid.CreateVersion7(now), now, actor.PersonId);
        await db.SaveChangesAsync(cancel);
        if (transaction is not null)
            await transaction.CommitAsync(cancel);
        return await ShowAsync(comparison, participant, draft, cancel);
    }

    public async Task<Outcome<Done>> DiscardAsync(string code, string? laboratory, Actor actor, CancellationToken cancel = default)
    {
        var found = await submit.FindAsync(code, laboratory, actor, cancel);
        if (!found.Accepted)
            return found.Kind == OutcomeKind.Refused ? found.Refusals.ToArray() : found.Kind;
        if (await db.PackageDrafts.FindAsync([found.Value.Participant.Id], cancel) is not { } draft)
            return OutcomeKind.NotFound;
        db.PackageDrafts.Remove(draft);
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }

    internal static async Task<IResult> Get(string code, string? laboratory, KeepDraft handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.FindAsync(code, laboratory, actor, cancel)).ToHttp(texts, Results.Ok);

    internal static async Task<IResult> Put(string code, KeepDraftRequest request, KeepDraft handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.SaveAsync(code, request, actor, cancel)).ToHttp(texts, Results.Ok);

    internal static async Task<IResult> Delete(string code, string? laboratory, KeepDraft handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.DiscardAsync(code, laboratory, actor, cancel)).ToHttp(texts, _ => Results.NoContent());

    private async Task<KeptDraft> ShowAsync(Comparison comparison, Participant participant, PackageDraft draft, CancellationToken cancel) => new(
        comparison.Code, participant.LaboratoryCode ?? "", draft.Revision, draft.SavedAt, await db.People.Where(p => p.Id == draft.SavedBy).Select(p => p.Name).SingleOrDefaultAsync(cancel),
        JsonSerializer.Deserialize<SubmitResultRequest>(draft.Content, ComparisonsJson.Stored)!);

    private static Outcome<KeptDraft> Refused<T>(Outcome<T> found) => found.Kind == OutcomeKind.Refused ? found.Refusals.ToArray() : found.Kind;
}
