using Plumbline.Certificates;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>A document that was looked at.</summary>
/// <param name="Report">What the check of the file found.</param>
/// <param name="Refusals">Everything that stands against issuing it; empty when nothing does.</param>
public sealed record CheckedDocument(ValidationReport Report, IReadOnlyList<Refusal> Refusals, Organisation Institution, IssuingKey? Key, IssuingKey? Sm2Key, IssuedCertificate? Replaced);

/// <summary>What the rules ask of the database.</summary>
internal sealed record IssueCircumstances(Organisation Institution, DateOnly Today, IReadOnlyList<IssuingAuthorisation> Authorisations, IssuingKey? Key, IssuingKey? Sm2Key, bool HasExternalKey,
    bool NumberTaken, IssuedCertificate? Replaced, bool CustomerKnown);

/// <summary>Who may issue what on which day, and what has to be said of it.</summary>
internal static class IssueRules
{
    public static IEnumerable<Refusal> Refusals(IssueRequest request, IssueCircumstances circumstances)
    {
        foreach (var refusal in Right(request, circumstances).Concat(Facts(request, circumstances)).Concat(Replacement(request, circumstances)))
            yield return refusal;
    }

    private static IEnumerable<Refusal> Right(IssueRequest request, IssueCircumstances circumstances)
    {
        if (circumstances.Institution.State != OrganisationState.Active)
            yield return new("issue-inactive", null, circumstances.Institution.State);
        if (!circumstances.Authorisations.Any(a => a.Covers(circumstances.Today)))
            yield return new("issue-unauthorised", nameof(request.Kind), request.Kind, circumstances.Today);
        else if (request.PerformedOn <= circumstances.Today && !circumstances.Authorisations.Any(a => a.CoveredOn(request.PerformedOn)))
            yield return new("issue-unauthorised-then", nameof(request.PerformedOn), request.Kind, request.PerformedOn);
        if (circumstances.Key is null)
            yield return new(circumstances.HasExternalKey ? "issue-key-elsewhere" : "issue-no-key", null);
    }

    private static IEnumerable<Refusal> Facts(IssueRequest request, IssueCircumstances circumstances)
    {
        if (string.IsNullOrWhiteSpace(request.Number) || request.Number.Trim().Length > 80)
            yield return new("issue-number", nameof(request.Number));
        else if (circumstances.NumberTaken)
            yield return new("issue-number-taken", nameof(request.Number), request.Number.Trim());
        if (string.IsNullOrWhiteSpace(request.Title) || request.Title.Length > 200 || request.TitleEn?.Length > 200)
            yield return new("issue-title", nameof(request.Title));
        if (string.IsNullOrWhiteSpace(request.Item) || request.Item.Length > 200)
            yield return new("issue-item", nameof(request.Item));
        foreach (var (field, text) in new[] { (nameof(request.Model), request.Model), (nameof(request.Serial), request.Serial) })
        {
            if (text is not null && (text.Trim().Length > 80 || text.Any(char.IsControl)))
                yield return new("issue-text", field, text);
        }
        if (request.Grade is { Length: > 0 } grade && !SealGrades.All.Contains(grade.Trim()))
            yield return new("issue-grade", nameof(request.Grade), grade, string.Join(' ', SealGrades.All));
        if (request.PerformedOn > circumstances.Today)
            yield return new("issue-performed-later", nameof(request.PerformedOn), request.PerformedOn);
        if (request.ValidUntil < circumstances.Today)
            yield return new("issue-expired", nameof(request.ValidUntil), request.ValidUntil);
        if (!circumstances.CustomerKnown)
            yield return new("issue-customer", nameof(request.CustomerId), request.CustomerId);
        // 检定合格的出具检定证书，不合格的出具检定结果通知书。
        if (request.Kind == DocumentKind.VerificationCertificate && request.Conclusion is not (SealConclusion.Conforms or SealConclusion.Restricted)
            || request.Kind == DocumentKind.VerificationNotice && request.Conclusion != SealConclusion.DoesNotConform)
            yield return new("issue-conclusion", nameof(request.Conclusion), request.Kind, request.Conclusion);
    }

    private static IEnumerable<Refusal> Replacement(IssueRequest request, IssueCircumstances circumstances)
    {
        if (string.IsNullOrWhiteSpace(request.ReplacesCode))
            yield break;
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > 500)
            yield return new("issue-replace-reason", nameof(request.Reason));
        if (circumstances.Replaced is not { } replaced || replaced.OrganisationId != request.OrganisationId)
            yield return new("issue-replaces-unknown", nameof(request.ReplacesCode), request.ReplacesCode);
        else if (replaced.State is CertificateStanding.Replaced or CertificateStanding.Revoked)
            yield return new("issue-replaces-ended", nameof(request.ReplacesCode), replaced.Code, replaced.State);
    }
}

/// <summary>That the file says what is said of it, and passes the check.</summary>
internal static class DocumentRules
{
    private const int MostFindings = 20;

    public static IEnumerable<Refusal> Refusals(IssueRequest request, Organisation institution, IssueCircumstances circumstances, ValidationReport report)
    {
        var errors = report.Findings.Where(f => f.Severity == FindingSeverity.Error).ToArray();
        foreach (var finding in errors.Take(MostFindings))
            yield return new("issue-finding", nameof(request.Xml), CertificatesTexts.Describe(finding, System.Globalization.CultureInfo.CurrentUICulture), finding.Path);
        if (errors.Length > MostFindings)
            yield return new("issue-more-findings", nameof(request.Xml), errors.Length - MostFindings);
        if (!request.WarningsSeen && report.Findings.Count(f => f.Severity == FindingSeverity.Warning) is > 0 and var warnings)
            yield return new("issue-warnings", nameof(request.WarningsSeen), warnings);
        if (Read(request.Xml) is not { } document)
            yield break;
        foreach (var refusal in Document(request, document, circumstances).Concat(Owner(document, institution)))
            yield return refusal;
    }

    // What cannot be read has been refused by the check.
    private static DccDocument? Read(byte[] xml)
    {
        try
        {
            return DccReader.Read(xml).Document;
        }
        catch (DccException)
        {
            return null;
        }
    }

    private static IEnumerable<Refusal> Document(IssueRequest request, DccDocument document, IssueCircumstances circumstances)
    {
        var core = document.Administrative.Core;
        if (document.Signatures > 0)
            yield return new("issue-signed-already", nameof(request.Xml));
        // A document that does not say what it is gets the statement when it is signed.
        if (DccBuilder.KindOf(document) is { } kind && kind != request.Kind)
            yield return new("issue-kind-differs", nameof(request.Kind), kind, request.Kind);
        if (core.UniqueIdentifier?.Trim() != request.Number?.Trim())
            yield return new("issue-number-differs", nameof(request.Number), core.UniqueIdentifier, request.Number);
        if (core.IssueDate is { } issued && issued != $"{circumstances.Today:yyyy-MM-dd}")
            yield return new("issue-date-differs", nameof(request.Xml), issued, circumstances.Today);
        if (core.EndPerformanceDate is { } end && end != $"{request.PerformedOn:yyyy-MM-dd}")
            yield return new("issue-performed-differs", nameof(request.PerformedOn), end, request.PerformedOn);
        var named = core.Replacement?.ReplacedIdentifier?.Trim();
        if (named != circumstances.Replaced?.Number && (named is not null || circumstances.Replaced is not null))
            yield return new("issue-replaces-differs", nameof(request.ReplacesCode), named, circumstances.Replaced?.Number);
        if (core.PreviousReport?.Value is { } digest && circumstances.Replaced is { } old && !digest.Trim().Equals(old.Sha256, StringComparison.OrdinalIgnoreCase))
            yield return new("issue-previous-digest", nameof(request.ReplacesCode), digest, old.Sha256);
    }

    private static IEnumerable<Refusal> Owner(DccDocument document, Organisation institution)
    {
        var name = document.Administrative.Laboratory.Contact?.Name;
        if (name is not null && !name.Contents.Any(c => c.Value.Trim() == institution.Name || c.Value.Trim() == institution.NameEn))
            yield return new("issue-laboratory-differs", nameof(IssueRequest.Xml), name.In("zh"), institution.Name);
    }
}
