using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Issuance;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>One signed document of a comparison.</summary>
/// <param name="Laboratory">The laboratory's code on a statement; null on the report.</param>
public sealed record SignedDocument(string Code, DocumentKind Kind, string Number, string? Laboratory, CertificateStanding State, DateTimeOffset IssuedAt);

/// <summary>The signed documents that the reader may see, and whether the reader may sign them now.</summary>
/// <param name="Expected">How many there are when all are signed: the report and one statement for each laboratory with a result.</param>
public sealed record SignedDocuments(Comparison Comparison, IReadOnlyList<SignedDocument> Documents, int Expected, bool MaySign);

/// <summary>出具证书: an authorised signatory of the organiser or of the pilot laboratory signs the published report and every participant's statement, all or none.</summary>
public sealed class CertifyReport(PlumblineDb db, ReportMaking making, IssueCertificate issue, Ledger ledger, LocalTime time)
{
    public async Task<Outcome<SignedDocuments>> ReadAsync(string code, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || comparison.State != ComparisonState.Published || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        var reports = db.Reports.Where(r => r.ComparisonId == comparison.Id && r.IsFinal).Select(r => r.Id);
        var all = await db.IssuedCertificates.AsNoTracking().Where(c => c.SubjectId != null && reports.Contains(c.SubjectId.Value)).OrderBy(c => c.Kind == DocumentKind.ComparisonStatement).ThenBy(c => c.Number).ToListAsync(cancel);
        var model = await FinalAsync(comparison, cancel);
        return new SignedDocuments(comparison, [.. all.Where(actor.MayRead).Select(c => new SignedDocument(c.Code, c.Kind, c.Number, c.Kind == DocumentKind.ComparisonStatement ? c.Number[(code.Length + 1)..] : null, c.State, c.IssuedAt))],
            Laboratories(model).Count() + 1, all.Count == 0 && SigningFor(comparison, actor) is not null);
    }

    public async Task<Outcome<SignedDocuments>> RunAsync(string code, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        if (SigningFor(comparison, actor) is not { } issuer)
            return OutcomeKind.Forbidden;
        if (comparison.State != ComparisonState.Published)
            return new Refusal("certify-not-published", null, comparison.State);
        await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
        {
            await ledger.SerialiseAsync(cancel);
            var issued = await IssueAllAsync(comparison, issuer, actor, cancel);
            if (issued.Count > 0)
                return issued.ToArray();
            var saved = await ledger.SaveAsync(cancel);
            if (!saved.Accepted)
                return saved.Kind;
            await transaction.CommitAsync(cancel);
        }
        await ledger.PublishAsync(cancel);
        return await ReadAsync(code, actor, cancel);
    }

    internal static async Task<IResult> Get(string code, CertifyReport handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.ReadAsync(code, actor, cancel)).ToHttp(texts, found => Results.Ok(found.Documents));

    internal static async Task<IResult> Post(string code, CertifyReport handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(code, actor, cancel)).ToHttp(texts, found => Results.Json(found.Documents, statusCode: StatusCodes.Status201Created));

    private async Task<IReadOnlyList<Refusal>> IssueAllAsync(Comparison comparison, Guid issuer, Actor actor, CancellationToken cancel)
    {
        var report = (await db.LatestReportAsync(comparison.Id, cancel))!;
        if (await db.IssuedCertificates.AnyAsync(c => c.SubjectId == report.Id, cancel))
            return [new("certify-done", null, comparison.Code)];
        var model = await FinalAsync(comparison, cancel);
        var ids = comparison.Participants.Select(p => p.OrganisationId).Append(issuer).Append(comparison.RegulatorId).ToHashSet();
        var organisations = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        var rights = await db.IssuingAuthorisations.AsNoTracking().Where(a => a.OrganisationId == issuer && a.WithdrawnAt == null).ToListAsync(cancel);
        var certificates = new ReportCertificates(model, new(organisations[issuer], actor.Name, [.. rights.Where(a => a.Kind == DocumentKind.ComparisonReport).Select(a => new IssuingRight(a.Number, a.ValidTo))], time.Today));
        if (certificates.Refusals().ToArray() is { Length: > 0 } refusals)
            return refusals;
        var pdf = await db.Set<ReportFile>().AsNoTracking().FirstOrDefaultAsync(f => EF.Property<Guid>(f, "ReportId") == report.Id && f.Language == "zh" && f.Format == "pdf" && f.ParticipantId == null, cancel);
        var found = new List<Refusal>();
        found.AddRange(await IssueAsync(certificates.Report(organisations[comparison.RegulatorId], pdf), SealConclusion.None, customer: null, isPublic: true));
        foreach (var participant in comparison.Confirmed.Where(p => Laboratories(model).Contains(InputOfComparison.CodeOf(comparison, p))))
        {
            var code = InputOfComparison.CodeOf(comparison, participant);
            found.AddRange(await IssueAsync(certificates.Statement(code, organisations[participant.OrganisationId]), certificates.ConclusionOf(code), participant.OrganisationId, isPublic: false));
        }
        return found;

        async Task<IEnumerable<Refusal>> IssueAsync(CertificateInput input, SealConclusion conclusion, Guid? customer, bool isPublic)
        {
            if (DccBuilder.Check(input) is { Count: > 0 } faults)
                return faults.Select(f => new Refusal("certify-document", null, input.Number, f.Path, CertificatesTexts.Describe(f, System.Globalization.CultureInfo.CurrentUICulture)));
            var outcome = await issue.AddAsync(new()
            {
                Kind = input.Kind, OrganisationId = issuer, Xml = DccBuilder.Build(input), Number = input.Number, Title = comparison.Title, TitleEn = comparison.TitleEn, Item = comparison.Quantity, Conclusion = conclusion,
                PerformedOn = certificates.LastDay, CustomerId = customer, IsPublic = isPublic, SubjectId = report.Id, WarningsSeen = true, // the laboratories' own digits stand as they reported them
            }, actor, cancel);
            return outcome.Accepted ? [] : outcome.Kind == OutcomeKind.Refused ? outcome.Refusals : [new("certify-forbidden", null, input.Number)];
        }
    }

    private async Task<ReportModel> FinalAsync(Comparison comparison, CancellationToken cancel) =>
        await making.IssuedAsync((await db.LatestReportAsync(comparison.Id, cancel))!.Id, cancel);

    private static IEnumerable<string> Laboratories(ReportModel model) => model.Input.Laboratories.Select(l => l.Code).Where(code => model.Result.Laboratories.Any(v => v.Laboratory == code));

    /// <summary>In whose name the actor would sign: the organiser's, or else the pilot laboratory's.</summary>
    private static Guid? SigningFor(Comparison comparison, Actor actor) =>
        actor.MaySignFor(comparison.OrganiserId) ? comparison.OrganiserId : actor.MaySignFor(comparison.PilotId) ? comparison.PilotId : null;
}
