using System.Globalization;
using Plumbline.Certificates;
using Plumbline.Interface;
using Plumbline.Numerics;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>Who signs a comparison's documents, in whose name and when.</summary>
internal sealed record CertificateSigning(Organisation Issuer, string Signatory, IReadOnlyList<IssuingRight> Rights, DateOnly Today);

/// <summary>By what right an institution issues: 计量授权证书号 and its end.</summary>
internal sealed record IssuingRight(string Number, DateOnly? ValidTo);

/// <summary>The published report and each participant's statement as digital certificates: every reported digit as it was typed, every computed one as the report prints it.</summary>
internal sealed class ReportCertificates(ReportModel model, CertificateSigning signing)
{
    private readonly PointEvaluation[] points = [.. model.Result.Points.Where(p => p.Reference is not null)];
    private readonly string? unit = UnitSymbol.Read(model.Unit)?.ToString();

    /// <summary>Why no certificate can be made of the report.</summary>
    public IEnumerable<Refusal> Refusals()
    {
        if (unit is null)
            yield return new("certify-unit", null, model.Unit);
        if (points.Length == 0)
            yield return new("certify-no-reference");
    }

    /// <summary>计量比对报告: a data set for each laboratory.</summary>
    public CertificateInput Report(Organisation commissioner, ReportFile? pdf) => Common(DocumentKind.ComparisonReport, model.Input.Comparison.Code, commissioner) with
    {
        Comparison = Data([.. model.Input.Laboratories.Select(l => Participant(l, model.Names.TryGetValue(l.Code, out var name) ? new(name.Name, name.NameEn) : null))]),
        HumanReadable = pdf is null ? null : new($"{model.Input.Comparison.Code}.pdf", "application/pdf", pdf.Content, new("总结报告", "Final report")),
    };

    /// <summary>比对结果证明: what one laboratory may show of itself.</summary>
    public CertificateInput Statement(string code, Organisation laboratory)
    {
        var verdict = model.Result.Laboratories.First(l => l.Laboratory == code).Verdict;
        return Common(DocumentKind.ComparisonStatement, $"{model.Input.Comparison.Code}-{code}", laboratory) with
        {
            Comparison = Data([Participant(model.Laboratory(code), new(laboratory.Name, laboratory.NameEn))]),
            Conditions = [Conditions(Blank(model.Submissions.FirstOrDefault(s => s.Laboratory == code)?.Conditions))],
            Conclusion = Conformity(verdict) is { } conformity ? new(conformity, conformity == DccVerdict.Pass ? new("比对结果满意", "Satisfactory comparison result") : new("比对结果不满意", "Unsatisfactory comparison result"))
            {
                DecisionRule = new("|En| ≤ 1", "|En| ≤ 1"),
            } : null,
        };
    }

    /// <summary>What the seal says of a laboratory.</summary>
    public SealConclusion ConclusionOf(string code) => model.Result.Laboratories.First(l => l.Laboratory == code).Verdict switch
    {
        Verdict.Satisfactory => SealConclusion.Conforms,
        Verdict.Unsatisfactory => SealConclusion.DoesNotConform,
        _ => SealConclusion.None,
    };

    /// <summary>The last day on which something was measured.</summary>
    public DateOnly LastDay => Days().DefaultIfEmpty(model.Project?.ResultsDue ?? signing.Today).Max() is var last && last > signing.Today ? signing.Today : last;

    private CertificateInput Common(DocumentKind kind, string number, Organisation customer) => new()
    {
        Kind = kind, Number = number, Title = new(model.Input.Comparison.Title, model.Input.Comparison.TitleEn),
        Laboratory = Party(signing.Issuer), LaboratoryCode = signing.Issuer.CreditCode ?? signing.Issuer.Code,
        Authorisations = [.. signing.Rights.Select(r => new AuthorisationInput(new("颁发授权", "Authorisation to issue"), r.Number) { ValidUntil = r.ValidTo })],
        Customer = Party(customer),
        Items = model.Standards.Count > 0 ? [.. model.Standards.Select(s => new ItemInput(new(s.Name.Name, s.Name.NameEn)) { Model = Blank(s.Model), SerialNumber = Blank(s.Serial), Description = Blank(s.Description) is { } text ? new(text) : null, Numbers = Named() })]
            : [new ItemInput(new(model.Input.Comparison.Quantity, model.Input.Comparison.QuantityEn)) { Numbers = Named() }],
        Persons = [new(signing.Signatory, PersonRole.Approver, MainSigner: true)],
        Begin = Days().Append(LastDay).Min(), End = LastDay, Issued = signing.Today,
        Conditions = [Conditions(null)],
        Methods = [new(new("测量仪器比对规范", "Measurement instruments comparison"), "JJF 1117-2010")],
    };

    private static ConditionInput Conditions(string? reported) => new(new("环境条件", "Environmental conditions"), null, null,
        Text: reported is null ? new("按比对方案，各参比实验室报告的条件见总结报告", "As the protocol asks; what each laboratory reported stands in the report") : new(reported));

    // An item needs a number; a transfer standard may have none of its own.
    private NamedNumber[] Named() => [new(new("比对编号", "Comparison"), model.Input.Comparison.Code)];

    private ComparisonInput Data(ParticipantInput[] participants) => new(model.Input.Comparison.Code, new(model.Input.Comparison.Title, model.Input.Comparison.TitleEn), [.. points.Select(Measurand)], participants)
    {
        Pilot = model.Project is { } project ? new(project.Pilot.Name, project.Pilot.NameEn) : null,
    };

    private MeasurandInput Measurand(PointEvaluation point)
    {
        var reference = point.Reference!;
        return new(model.PointOf(point).Label, unit!, Digits(reference.Value, reference.ExpandedUncertainty), Digits(reference.ExpandedUncertainty, reference.ExpandedUncertainty), Factor(reference.CoverageFactor));
    }

    private ParticipantInput Participant(InputLaboratory laboratory, BilingualText? name) => new(laboratory.Code, name, [.. points.Select(p => Result(p.Laboratories.FirstOrDefault(f => f.Laboratory == laboratory.Code)))]);

    private static ParticipantResult? Result(LaboratoryFigures? figures) => figures is null ? null : new(
        Typed(figures.ValueText, figures.Value), Typed(figures.UncertaintyText, figures.ExpandedUncertainty), Factor(figures.CoverageFactor),
        figures.Deviation is { } d ? Digits(d, figures.DeviationExpanded ?? figures.ExpandedUncertainty) : null,
        figures.DeviationExpanded is { } u ? Digits(u, u) : null,
        figures.En is { } en ? en.ToString("0.00", CultureInfo.InvariantCulture) : null,
        Conformity(figures.Verdict));

    private static DccVerdict? Conformity(Verdict verdict) => verdict switch
    {
        Verdict.Satisfactory => DccVerdict.Pass,
        Verdict.Unsatisfactory => DccVerdict.Fail,
        _ => null,
    };

    private IEnumerable<DateOnly> Days() => model.Input.Results.Select(r => r.MeasuredOn).OfType<DateOnly>().Concat(model.Legs.SelectMany(l => new[] { l.Arrived, l.Left }).OfType<DateOnly>());

    private static PartyInput Party(Organisation organisation) => new(new(organisation.Name, organisation.NameEn)) { Address = Blank(organisation.Address) is { } address ? new(address) : null, Email = Blank(organisation.Email), Phone = Blank(organisation.Telephone), CountryCode = "CN" };

    // A number typed in another way than D-SI writes it stands there as the number that was computed with.
    private static string Typed(string text, double value) => DecimalText.TryParse(TypedNumber.Plain(text), out var plain) ? plain.ToString() : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Digits(double value, double uncertainty) =>
        Numbers.DecimalsFor(uncertainty) is >= 0 and <= 15 and var decimals ? value.ToString($"F{decimals}", CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Factor(double k) => Math.Max(1, k).ToString("0.###", CultureInfo.InvariantCulture);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
