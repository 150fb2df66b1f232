using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>The second step's form: what the document says of itself, to be looked over by its signatory.</summary>
public sealed record IssueForm
{
    public Guid Draft { get; set; }
    /// <summary>Code of the issuing institution.</summary>
    public string? OrganisationId { get; set; }
    public string? Kind { get; set; }
    public string? Number { get; set; }
    public string? Title { get; set; }
    public string? TitleEn { get; set; }
    public string? Item { get; set; }
    public string? Model { get; set; }
    public string? Serial { get; set; }
    public string? Conclusion { get; set; }
    public string? Grade { get; set; }
    public string? PerformedOn { get; set; }
    public string? ValidUntil { get; set; }
    /// <summary>Code of the customer.</summary>
    public string? CustomerId { get; set; }
    public string? ReplacesCode { get; set; }
    public string? Amends { get; set; }
    public string? Reason { get; set; }
    public string? IsPublic { get; set; }
    public string? WarningsSeen { get; set; }

    internal static IssueForm Of(Guid draft, DocumentFacts facts, string institution, string? customer, string? replaces) => new()
    {
        Draft = draft, OrganisationId = institution, Kind = (facts.Kind ?? DocumentKind.CalibrationCertificate).ToString(), Number = facts.Number, Title = facts.Title ?? facts.Item, TitleEn = facts.TitleEn, Item = facts.Item,
        Model = facts.Model, Serial = facts.Serial, Conclusion = facts.Conclusion.ToString(), Grade = facts.Grade, PerformedOn = Show(facts.PerformedOn), ValidUntil = Show(facts.ValidUntil), CustomerId = customer, ReplacesCode = replaces,
    };

    internal async Task<IssueRequest> ToRequestAsync(PlumblineDb db, IReadOnlyList<ActorRole> institutions, byte[] xml, DateOnly today)
    {
        var institution = institutions.FirstOrDefault(o => o.OrganisationCode == OrganisationId)?.OrganisationId ?? institutions[0].OrganisationId;
        var customer = CustomerId?.Trim();
        return new()
        {
            Kind = Enum.TryParse<DocumentKind>(Kind, out var kind) && Enum.IsDefined(kind) ? kind : DocumentKind.CalibrationCertificate, OrganisationId = institution, Xml = xml, Number = Number ?? "", Title = Title ?? "", TitleEn = TitleEn,
            Item = Item ?? "", Model = Model, Serial = Serial, Conclusion = Enum.TryParse<SealConclusion>(Conclusion, out var conclusion) && Enum.IsDefined(conclusion) ? conclusion : SealConclusion.None, Grade = Grade,
            PerformedOn = Read(PerformedOn) ?? today, ValidUntil = Read(ValidUntil), CustomerId = string.IsNullOrEmpty(customer) ? null : await db.Organisations.Where(o => o.Code == customer).Select(o => (Guid?)o.Id).SingleOrDefaultAsync(),
            ReplacesCode = string.IsNullOrWhiteSpace(ReplacesCode) ? null : ReplacesCode.Trim(), Amends = Amends == "true", Reason = Reason, IsPublic = IsPublic == "true", WarningsSeen = WarningsSeen == "true",
        };
    }

    /// <summary>What cannot even be read.</summary>
    internal async Task<IReadOnlyList<Refusal>> RefusalsAsync(PlumblineDb db)
    {
        var refusals = new List<Refusal>();
        foreach (var (field, text) in new[] { (nameof(PerformedOn), PerformedOn), (nameof(ValidUntil), ValidUntil) })
        {
            if (!string.IsNullOrWhiteSpace(text) && Read(text) is null)
                refusals.Add(new("authorise-date", field, text));
        }
        if (string.IsNullOrWhiteSpace(PerformedOn))
            refusals.Add(new("issue-performed-missing", nameof(PerformedOn)));
        var customer = CustomerId?.Trim();
        if (!string.IsNullOrEmpty(customer) && !await db.Organisations.AnyAsync(o => o.Code == customer))
            refusals.Add(new("issue-customer", nameof(CustomerId), customer));
        return refusals;
    }

    private static DateOnly? Read(string? text) => DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Show(DateOnly? day) => day is { } given ? given.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
}
