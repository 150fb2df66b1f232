using System.Globalization;
using Plumbline.Certificates;
using Plumbline.Interface;

namespace Plumbline.Issuance;

/// <summary>What a document says of itself, so that nobody types it again: kind, number, item, dates, conclusion.</summary>
public sealed record DocumentFacts(DocumentKind? Kind, string? Number, string? Title, string? TitleEn, string? Item, string? Model, string? Serial, string? Grade, SealConclusion Conclusion, DateOnly? PerformedOn, DateOnly? ValidUntil,
    string? Customer)
{
    /// <summary>Reads a DCC; null where it cannot be read, and <see cref="Problems"/> says why.</summary>
    public static DocumentFacts? Read(byte[] xml)
    {
        try
        {
            return Of(DccReader.Read(xml).Document);
        }
        catch (DccException)
        {
            return null;
        }
    }

    /// <summary>Why a file cannot be read as a DCC.</summary>
    public static IReadOnlyList<Refusal> Problems(byte[] xml)
    {
        try
        {
            DccReader.Read(xml);
            return [];
        }
        catch (DccException fault)
        {
            return [.. fault.Findings.Select(f => new Refusal("issue-finding", "Xml", CertificatesTexts.Describe(f, CultureInfo.CurrentUICulture), f.Path))];
        }
    }

    /// <summary>The request that the document itself asks for; who issues it may say otherwise.</summary>
    public IssueRequest ToRequest(Guid institution, byte[] xml, DateOnly today) => new()
    {
        Kind = Kind ?? DocumentKind.CalibrationCertificate, OrganisationId = institution, Xml = xml, Number = Number ?? "", Title = Title ?? Item ?? "", TitleEn = TitleEn, Item = Item ?? "", Model = Model, Serial = Serial,
        Conclusion = Conclusion, Grade = Grade, PerformedOn = PerformedOn ?? today, ValidUntil = ValidUntil,
    };

    private static DocumentFacts Of(DccDocument document)
    {
        var (administrative, core) = (document.Administrative, document.Administrative.Core);
        var item = administrative.Items.Items.FirstOrDefault();
        var statements = administrative.Statements;
        var title = statements.FirstOrDefault(s => s.Is(CnmTerms.Title))?.Declaration;
        var numbers = item?.Identifications.Concat(administrative.Items.Identifications).ToArray() ?? [];
        var name = administrative.Items.Items.Count > 1 ? administrative.Items.Name ?? item?.Name : item?.Name;
        var grade = item?.Quantities.FirstOrDefault(q => q.Is(CnmTerms.AccuracyClass))?.NoQuantity?.In("zh")?.Trim();
        return new(DccBuilder.KindOf(document), core.UniqueIdentifier?.Trim(), Clean(title?.In("zh")), Clean(title?.In("en")), Clean(name?.In("zh")), Clean(item?.Model),
            Clean((numbers.FirstOrDefault(n => n.Is("basic_serialNumber")) ?? numbers.FirstOrDefault(n => n.Issuer == "manufacturer") ?? numbers.FirstOrDefault())?.Value), SealGrades.All.Contains(grade) ? grade : null,
            ConclusionOf(statements.FirstOrDefault(s => s.Conformity is not null)?.Conformity), Day(core.EndPerformanceDate ?? core.BeginPerformanceDate), Day(statements.FirstOrDefault(s => s.Is("basic_recalibration"))?.Date),
            Clean(administrative.Customer?.Name?.In("zh")));
    }

    private static SealConclusion ConclusionOf(string? conformity) => conformity switch
    {
        "pass" => SealConclusion.Conforms,
        "fail" or "noPass" or "conditionalFail" => SealConclusion.DoesNotConform,
        "conditionalPass" => SealConclusion.Restricted,
        _ => SealConclusion.None,
    };

    private static DateOnly? Day(string? text) => text is { Length: >= 10 } && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
