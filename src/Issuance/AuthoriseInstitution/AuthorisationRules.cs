using System.Globalization;
using Plumbline.Certificates;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>What was entered, read; with every reason why it could not be.</summary>
internal sealed record AuthorisationTerms(IReadOnlyList<DocumentKind> Kinds, string Number, DateOnly From, DateOnly? To, IReadOnlyList<Refusal> Refusals)
{
    public static AuthorisationTerms Read(AuthorisationRequest request)
    {
        var refusals = new List<Refusal>();
        var kinds = new List<DocumentKind>();
        foreach (var name in request.Kinds.Where(k => !string.IsNullOrWhiteSpace(k)).Distinct())
        {
            if (Enum.TryParse<DocumentKind>(name, out var kind) && Enum.IsDefined(kind))
                kinds.Add(kind);
            else
                refusals.Add(new("authorise-kind", nameof(request.Kinds), name));
        }
        if (kinds.Count == 0 && refusals.Count == 0)
            refusals.Add(new("authorise-kinds-missing", nameof(request.Kinds)));
        var number = request.Number?.Trim() ?? "";
        if (number.Length is 0 or > 80)
            refusals.Add(new("authorise-number", nameof(request.Number)));
        var from = Day(request.ValidFrom, nameof(request.ValidFrom), refusals);
        if (string.IsNullOrWhiteSpace(request.ValidFrom))
            refusals.Add(new("authorise-from-missing", nameof(request.ValidFrom)));
        var to = Day(request.ValidTo, nameof(request.ValidTo), refusals);
        if (to < from)
            refusals.Add(new("authorise-order", nameof(request.ValidTo), from, to));
        return new(kinds, number, from ?? default, to, refusals);
    }

    private static DateOnly? Day(string? text, string field, List<Refusal> refusals)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        refusals.Add(new("authorise-date", field, text));
        return null;
    }
}

internal static class AuthorisationRules
{
    private static readonly DocumentKind[] OfOrganisers = [DocumentKind.ComparisonReport, DocumentKind.ComparisonStatement, DocumentKind.EvaluationReport];

    /// <summary>Whether such an organisation can issue documents of the kind: verification and calibration need a laboratory, reports an organiser.</summary>
    public static bool Fits(DocumentKind kind, OrganisationKind organisation) =>
        RoleRules.Fits(Role.Signatory, organisation) && (RoleRules.Fits(Role.PilotMetrologist, organisation) || OfOrganisers.Contains(kind));

    public static IEnumerable<Refusal> Refusals(Organisation institution, AuthorisationTerms terms, IReadOnlyList<IssuingAuthorisation> held)
    {
        if (institution.State != OrganisationState.Active)
            yield return new("authorise-inactive", nameof(AuthorisationRequest.Institution), institution.State);
        foreach (var kind in terms.Kinds.Where(k => !Fits(k, institution.Kind)))
            yield return new("authorise-unfit", nameof(AuthorisationRequest.Kinds), kind, institution.Kind);
        foreach (var kind in terms.Kinds)
        {
            if (held.FirstOrDefault(a => a.Kind == kind && a.ValidFrom <= (terms.To ?? DateOnly.MaxValue) && terms.From <= (a.ValidTo ?? DateOnly.MaxValue)) is { } other)
                yield return new("authorise-overlap", nameof(AuthorisationRequest.Kinds), kind, other.Number);
        }
    }
}
