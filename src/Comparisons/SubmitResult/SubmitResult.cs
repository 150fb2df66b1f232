using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Issuance;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>A package that passed every rule and waits to be confirmed; nothing is stored yet.</summary>
public sealed record CheckedPackage(Comparison Comparison, Participant Participant, int Version, Submission Submission, IReadOnlyList<Refusal> ToConfirm);

/// <summary>提交结果: takes a laboratory's package, or a correction of it, sealed and with a receipt.</summary>
public sealed class SubmitResult(PlumblineDb db, TimeProvider clock, LocalTime local, ResultCommitments commitments, Ledger ledger)
{
    private const int MostFiles = 20;

    /// <summary>Looks at a package without taking it: what would be stored, and what the laboratory has to confirm.</summary>
    public async Task<Outcome<CheckedPackage>> CheckAsync(string code, SubmitResultRequest request, Actor actor, string channel, CancellationToken cancel = default)
    {
        var found = await FindAsync(code, request.Laboratory, actor, cancel);
        return found.Accepted ? await CheckAsync(found.Value.Comparison, found.Value.Participant, request, actor, channel, cancel)
            : found.Kind == OutcomeKind.Refused ? found.Refusals.ToArray() : found.Kind;
    }

    public async Task<Outcome<SubmissionReceipt>> RunAsync(string code, SubmitResultRequest request, Actor actor, string channel, CancellationToken cancel = default)
    {
        await using var transaction = await LockAsync(code, actor, cancel);
        var check = await CheckAsync(code, request, actor, channel, cancel);
        if (!check.Accepted)
            return check.Kind == OutcomeKind.Refused ? check.Refusals.ToArray() : check.Kind;
        if (check.Value!.ToConfirm.Count > 0)
            return check.Value.ToConfirm.ToArray();
        var (comparison, participant, version, submission, _) = check.Value;
        participant.Submissions.Add(submission);
        commitments.Add(comparison, participant, submission, actor);
        // What was begun is handed in now, on whichever way.
        if (await db.PackageDrafts.FindAsync([participant.Id], cancel) is { } draft)
            db.PackageDrafts.Remove(draft);
        if (!(await ledger.SaveAsync(cancel)).Accepted)
            return OutcomeKind.Conflict;
        if (transaction is not null)
            await transaction.CommitAsync(cancel);
        return new SubmissionReceipt(comparison.Code, participant.LaboratoryCode ?? "", version, submission.SubmittedAt, submission.Commitment, $"/comparisons/{comparison.Code}/results/receipt/{participant.Id}/{version}");
    }

    internal static async Task<IResult> Post(string code, SubmitResultRequest request, SubmitResult handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(code, request, actor, "api", cancel)).ToHttp(texts, receipt => Results.Created(new Uri($"/api{receipt.Address}", UriKind.Relative), receipt));

    /// <summary>Nobody opens the results, and nobody else of the same laboratory hands in, between the check and the commit. SQLite's write transaction is exclusive as it is.</summary>
    internal async Task<IDbContextTransaction?> LockAsync(string code, Actor actor, CancellationToken cancel)
    {
        var transaction = await db.BeginOnComparisonAsync(code, exclusive: false, cancel);
        if (!db.IsPostgres)
            return transaction;
        var laboratories = actor.Roles.Select(r => r.OrganisationId).Distinct().ToArray();
        await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM comparison_participant p JOIN comparison c ON c."Id" = p."ComparisonId" WHERE c."Code" = {code} AND p."OrganisationId" = ANY({laboratories}) ORDER BY p."Id" FOR UPDATE OF p""", cancel);
        return transaction;
    }

    /// <summary>The actor's own laboratory in the comparison: the only one, or the one that is asked for.</summary>
    internal async Task<Outcome<(Comparison Comparison, Participant Participant)>> FindAsync(string code, string? laboratory, Actor actor, CancellationToken cancel)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        var own = actor.ParticipationsOf(comparison).ToArray();
        if (own.Length == 0)
            return OutcomeKind.Forbidden;
        var (participant, refusal) = await ChooseAsync(own, laboratory, cancel);
        return participant is null ? refusal! : (comparison, participant);
    }

    internal async Task<SubmissionCircumstances> CircumstancesAsync(Comparison comparison, Participant participant, DateTimeOffset now, CancellationToken cancel) => new(comparison, participant,
        LatestVersion: await Submissions(participant).MaxAsync(s => (int?)s.Version, cancel) ?? 0,
        PilotHasSubmitted: comparison.PilotParticipant is { } pilot && await Submissions(pilot).AnyAsync(cancel),
        DraftIssued: await db.Reports.AnyAsync(r => r.ComparisonId == comparison.Id, cancel), now);

    private async Task<Outcome<CheckedPackage>> CheckAsync(Comparison comparison, Participant participant, SubmitResultRequest request, Actor actor, string channel, CancellationToken cancel)
    {
        var now = ToMicroseconds(clock.GetUtcNow());
        var circumstances = await CircumstancesAsync(comparison, participant, now, cancel);
        var latest = circumstances.LatestVersion;
        if (request.Replaces is { } replaces && replaces != latest)
            return OutcomeKind.Conflict;
        var package = new PackageReader(comparison, participant, request, local.Today, () => Guid.CreateVersion7(now)).Read();
        var refusals = SubmitResultRules.Refusals(circumstances, request).Concat(package.Refusals).ToList();
        var files = await AttachedAsync(participant, request.Files, refusals, now, cancel);
        if (refusals.Any(r => !SubmitResultRules.CanBeConfirmed(r)))
            return refusals;
        return new CheckedPackage(comparison, participant, latest + 1, Seal(comparison, participant, package, files, request, actor, channel, latest + 1, now), refusals);
    }

    private static Submission Seal(Comparison comparison, Participant participant, PackageReader package, IReadOnlyList<SubmissionFile> files, SubmitResultRequest request, Actor actor, string channel, int version, DateTimeOffset now)
    {
        var salt = RandomNumberGenerator.GetBytes(Commitment.SaltLength);
        var submission = Compose("");
        return Compose(Commitment.Of(salt, Commitment.ContentOf(comparison, participant, submission)));

        Submission Compose(string commitment)
        {
            var composed = new Submission
            {
                Id = Guid.CreateVersion7(now), Version = version, SubmittedBy = actor.PersonId, SubmittedAt = now, Channel = channel,
                ReasonForChange = version > 1 ? Clean(request.ReasonForChange) : null, AfterOpening = comparison.State == ComparisonState.Evaluating,
                Conditions = Clean(request.Conditions), Instrument = Clean(request.Instrument), InstrumentTraceability = Clean(request.InstrumentTraceability),
                Method = Clean(request.Method), Salt = salt, Commitment = commitment,
            };
            composed.Results.AddRange(package.Results);
            composed.Budget.AddRange(package.Budget);
            composed.Files.AddRange(files);
            return composed;
        }
    }

    /// <summary>The uploaded files that the package names; a file of somebody else is as unknown as one that is not there.</summary>
    private async Task<List<SubmissionFile>> AttachedAsync(Participant participant, IReadOnlyList<Guid> ids, List<Refusal> refusals, DateTimeOffset now, CancellationToken cancel)
    {
        var attached = new List<SubmissionFile>();
        if (ids.Count > MostFiles)
            refusals.Add(new("results-too-many-files", "Files", ids.Count, MostFiles));
        foreach (var id in ids.Distinct().Take(MostFiles))
        {
            if (await db.Files.FindAsync([id], cancel) is { Purpose: AttachRecord.Purpose } file && file.OwnerId == participant.Id)
                attached.Add(new() { Id = Guid.CreateVersion7(now), FileId = file.Id, Name = file.Name, Sha256 = file.Sha256 });
            else
                refusals.Add(new("results-file-unknown", "Files", id));
        }
        return attached;
    }

    private IQueryable<Submission> Submissions(Participant participant) => db.Submissions.Where(s => EF.Property<Guid>(s, "ParticipantId") == participant.Id);

    private async Task<(Participant?, Refusal?)> ChooseAsync(Participant[] own, string? asked, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(asked))
            return own.Length == 1 ? (own[0], null) : (null, new("results-laboratory-missing", "Laboratory", string.Join("、", own.Select(p => p.LaboratoryCode))));
        var ids = own.Select(p => p.OrganisationId).ToArray();
        var codes = await db.Organisations.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Code, cancel);
        var found = own.FirstOrDefault(p => asked.Trim() == p.LaboratoryCode || string.Equals(asked.Trim(), codes.GetValueOrDefault(p.OrganisationId), StringComparison.OrdinalIgnoreCase));
        return found is not null ? (found, null) : (null, new("results-laboratory-unknown", "Laboratory", asked.Trim(), string.Join("、", own.Select(p => p.LaboratoryCode ?? codes.GetValueOrDefault(p.OrganisationId)))));
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    // PostgreSQL keeps microseconds; the commitment must be of what comes back.
    private static DateTimeOffset ToMicroseconds(DateTimeOffset at) => new(at.UtcTicks / 10 * 10, TimeSpan.Zero);
}
