using System.Globalization;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>The organisations that a draft names, as found; null where there is none of that code.</summary>
internal sealed record DraftParties(Organisation? Organiser, Organisation? Pilot, Organisation? Regulator);

/// <summary>What a draft must not say. What it need not say yet is the business of <see cref="ProposalRules"/>.</summary>
internal static class DraftRules
{
    public const int MostPoints = 100;
    public const int MostStandards = 20;

    /// <summary>The kinds of body that may approve a comparison of that level.</summary>
    public static OrganisationKind[] RegulatorsOf(ComparisonLevel level) => level switch
    {
        ComparisonLevel.National => [OrganisationKind.NationalRegulator],
        ComparisonLevel.Local => [OrganisationKind.ProvincialRegulator, OrganisationKind.CityRegulator, OrganisationKind.CountyRegulator],
        ComparisonLevel.Sector => [OrganisationKind.Ministry, OrganisationKind.NationalRegulator],
        _ => [OrganisationKind.NationalRegulator, OrganisationKind.ProvincialRegulator, OrganisationKind.CityRegulator, OrganisationKind.CountyRegulator, OrganisationKind.Ministry],
    };

    public static IEnumerable<Refusal> Refusals(ComparisonDraft draft, DraftParties parties) =>
        [.. Head(draft), .. Parties(draft, parties), .. Dates(draft), .. Quantity(draft), .. Points(draft), .. Standards(draft), .. Options(draft)];

    private static IEnumerable<Refusal> Head(ComparisonDraft draft)
    {
        if (string.IsNullOrWhiteSpace(draft.Title))
            yield return new("title-missing", "Title");
        foreach (var (field, value, most) in new[] { ("Title", draft.Title, 200), ("TitleEn", draft.TitleEn, 200), ("Purpose", draft.Purpose, 4000), ("PurposeEn", draft.PurposeEn, 4000), ("Quantity", draft.Quantity, 200), ("QuantityEn", draft.QuantityEn, 200) })
        {
            if (value?.Length > most)
                yield return new("text-too-long", field, value.Length, most);
        }
        if (IsTyped(draft.Level) && Choice<ComparisonLevel>(draft.Level) is null)
            yield return Choices.Unknown<ComparisonLevel>("Level", draft.Level);
        if (IsTyped(draft.Field) && Choice<MeasurementField>(draft.Field) is null)
            yield return Choices.Unknown<MeasurementField>("Field", draft.Field);
        if (IsTyped(draft.Route) && Choice<RouteKind>(draft.Route) is null)
            yield return Choices.Unknown<RouteKind>("Route", draft.Route);
    }

    private static IEnumerable<Refusal> Parties(ComparisonDraft draft, DraftParties parties)
    {
        if (parties.Organiser is null)
            yield return new("organiser-not-yours", "Organiser", draft.Organiser);
        if (parties.Pilot is null)
        {
            if (IsTyped(draft.Pilot))
                yield return new("organisation-unknown", "Pilot", draft.Pilot);
        }
        else if (!parties.Pilot.Kind.IsLaboratory())
            yield return new("pilot-no-laboratory", "Pilot", parties.Pilot.Name, parties.Pilot.Kind);
        else if (parties.Pilot.State != OrganisationState.Active)
            yield return new("organisation-inactive", "Pilot", parties.Pilot.Name, parties.Pilot.State);
        if (parties.Regulator is null)
        {
            if (IsTyped(draft.Regulator))
                yield return new("organisation-unknown", "Regulator", draft.Regulator);
        }
        else if (Choice<ComparisonLevel>(draft.Level) is { } level && !RegulatorsOf(level).Contains(parties.Regulator.Kind))
            yield return new("regulator-not-competent", "Regulator", parties.Regulator.Name, level);
        else if (parties.Regulator.State != OrganisationState.Active)
            yield return new("organisation-inactive", "Regulator", parties.Regulator.Name, parties.Regulator.State);
    }

    private static IEnumerable<Refusal> Dates(ComparisonDraft draft)
    {
        var (enrolment, results) = (Day(draft.EnrolmentDue), Day(draft.ResultsDue));
        if (enrolment is null && IsTyped(draft.EnrolmentDue))
            yield return new("date-unreadable", "EnrolmentDue", draft.EnrolmentDue);
        if (results is null && IsTyped(draft.ResultsDue))
            yield return new("date-unreadable", "ResultsDue", draft.ResultsDue);
        if (results <= enrolment)
            yield return new("results-before-enrolment", "ResultsDue", results, enrolment);
    }

    private static IEnumerable<Refusal> Quantity(ComparisonDraft draft)
    {
        var unit = draft.Unit?.Trim() ?? "";
        if (unit.Length > 0 && !UnitText.IsPlausible(unit))
            yield return new("unit-implausible", "Unit", unit);
        else if (UnitText.Correction(unit) is { } right)
            yield return new("unit-slip", "Unit", unit, right);
    }

    private static IEnumerable<Refusal> Points(ComparisonDraft draft)
    {
        if (draft.Points.Count(p => !p.IsBlank) > MostPoints)
            yield return new("points-too-many", "Points", draft.Points.Count, MostPoints);
        var labels = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, point) in draft.Points.Index().Where(p => !p.Item.IsBlank))
        {
            var (nominal, lower, upper, target) = (TypedNumber.Read(point.Nominal), TypedNumber.Read(point.LowerLimit), TypedNumber.Read(point.UpperLimit), TypedNumber.Read(point.TargetUncertainty));
            if (nominal is null && IsTyped(point.Nominal))
                yield return new("number-unreadable", $"Points[{index}].Nominal", point.Nominal);
            foreach (var (name, text, number) in new[] { ("LowerLimit", point.LowerLimit, lower), ("UpperLimit", point.UpperLimit, upper), ("TargetUncertainty", point.TargetUncertainty, target) })
            {
                if (!string.IsNullOrWhiteSpace(text) && number is null)
                    yield return new("number-unreadable", $"Points[{index}].{name}", text);
            }
            if (lower > nominal || lower >= upper)
                yield return new("limits-not-around", $"Points[{index}].LowerLimit", point.LowerLimit, point.Nominal, point.UpperLimit);
            if (upper < nominal)
                yield return new("limits-not-around", $"Points[{index}].UpperLimit", point.LowerLimit, point.Nominal, point.UpperLimit);
            if (target <= 0)
                yield return new("target-not-positive", $"Points[{index}].TargetUncertainty", point.TargetUncertainty);
            else if (lower is { } low && upper is { } high && target > (high - low) / 2)
                yield return new("target-beyond-limits", $"Points[{index}].TargetUncertainty", point.TargetUncertainty, point.LowerLimit, point.UpperLimit);
            if (LabelOf(point, draft.Unit) is { Length: > 0 } label && !labels.Add(label))
                yield return new("label-twice", $"Points[{index}].Label", LabelOf(point, draft.Unit));
        }
    }

    private static IEnumerable<Refusal> Standards(ComparisonDraft draft)
    {
        if (draft.TransferStandards.Count(s => !s.IsBlank) > MostStandards)
            yield return new("standards-too-many", "TransferStandards", draft.TransferStandards.Count, MostStandards);
        foreach (var (index, standard) in draft.TransferStandards.Index().Where(s => !s.Item.IsBlank))
        {
            if (Items(standard) is not (>= 1 and <= 10_000))
                yield return new("items-out-of-range", $"TransferStandards[{index}].Items", standard.Items);
        }
    }

    private static IEnumerable<Refusal> Options(ComparisonDraft draft)
    {
        if (IsTyped(draft.Method) && Choice<ReferenceMethod>(draft.Method) is null)
            yield return Choices.Unknown<ReferenceMethod>("Method", draft.Method);
        if (IsTyped(draft.CoverageFactor) && TypedNumber.Read(draft.CoverageFactor) is not (>= 1 and <= 5))
            yield return new("coverage-factor-range", "CoverageFactor", draft.CoverageFactor);
        if (IsTyped(draft.ConsistencyLevel) && TypedNumber.Read(draft.ConsistencyLevel) is not (> 0 and <= 0.2))
            yield return new("level-range", "ConsistencyLevel", draft.ConsistencyLevel);
        if (IsTyped(draft.OutlierLevel) && TypedNumber.Read(draft.OutlierLevel) is not (> 0 and <= 0.2))
            yield return new("level-range", "OutlierLevel", draft.OutlierLevel);
        if (IsTyped(draft.Coverage) && TypedNumber.Read(draft.Coverage) is not (>= 0.5 and < 1))
            yield return new("coverage-range", "Coverage", draft.Coverage);
        if (RequiredShare(draft) is null)
            yield return new("required-share-range", "RequiredShare", draft.RequiredShare);
        if (IsTyped(draft.PowerAlpha) && TypedNumber.Read(draft.PowerAlpha) is not (>= 0 and <= 2))
            yield return new("alpha-range", "PowerAlpha", draft.PowerAlpha);
        foreach (var (field, text) in new[] { ("PowerOutlierFactor", draft.PowerOutlierFactor), ("HuberTuning", draft.HuberTuning), ("TauPriorScale", draft.TauPriorScale) })
        {
            if (IsTyped(text) && TypedNumber.Read(text) is not > 0)
                yield return new("setting-not-positive", field, text);
        }
    }

    private static bool IsTyped(string? text) => !string.IsNullOrWhiteSpace(text);

    public static TChoice? Choice<TChoice>(string? text) where TChoice : struct, Enum =>
        Enum.TryParse<TChoice>(text, out var choice) && Enum.IsDefined(choice) && !char.IsAsciiDigit(text![0]) ? choice : null;

    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static int? Items(DraftStandard standard) =>
        string.IsNullOrWhiteSpace(standard.Items) ? 1 : int.TryParse(standard.Items.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var items) ? items : null;

    public static double? RequiredShare(ComparisonDraft draft) =>
        string.IsNullOrWhiteSpace(draft.RequiredShare) ? 1 : TypedNumber.Read(draft.RequiredShare) is { } percent and > 0 and <= 100 ? percent / 100 : null;

    public static string LabelOf(DraftPoint point, string? unit) =>
        string.IsNullOrWhiteSpace(point.Label) ? $"{point.Nominal?.Trim()} {unit?.Trim()}".Trim() : point.Label.Trim();
}
