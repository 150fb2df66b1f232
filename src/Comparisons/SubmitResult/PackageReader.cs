using System.Globalization;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Comparisons;

/// <summary>What a figure of a package is, in the words of its column.</summary>
public enum ResultColumn { Point, TransferStandard, Value, Unit, Uncertainty, StandardUncertainty, CoverageFactor, CoverageProbability, DegreesOfFreedom, MeasuredOn, Contribution }

/// <summary>Reads every point of a package into what is stored, and collects every reason against it. Pure.</summary>
internal sealed class PackageReader(Comparison comparison, Participant participant, SubmitResultRequest request, DateOnly today, Func<Guid> newId)
{
    /// <summary>More reasons than this help nobody.</summary>
    public const int MostRefusals = 200;
    public const int MostBudgetLines = 60;
    private const double BudgetTolerance = 0.05;

    private readonly IReadOnlyList<ResultSlot> slots = comparison.SlotsOf(participant);
    private readonly HashSet<ResultSlot> seen = [];

    public List<Refusal> Refusals { get; } = [];
    public List<PointResult> Results { get; } = [];
    public List<BudgetLine> Budget { get; } = [];

    public PackageReader Read()
    {
        for (var i = 0; i < request.Points.Count && Refusals.Count < MostRefusals; i++)
            Read(request.Points[i], $"Points[{i}].");
        if (Refusals.Count >= MostRefusals)
            Refusals.Add(new("results-too-many-faults", null, MostRefusals));
        else
            Refusals.AddRange(slots.Where(s => !seen.Contains(s)).Select(s => new Refusal("results-point-missing", null, s.Name)));
        return this;
    }

    private void Read(ReportedPoint given, string at)
    {
        var point = given.Expanded();
        var column = point == given ? ResultColumn.Uncertainty : ResultColumn.StandardUncertainty;
        if (FindSlot(point, at) is not { } slot)
            return;
        if (!seen.Add(slot))
        {
            Refuse("results-point-twice", at + "Point", slot.Name);
            return;
        }
        var before = Refusals.Count;
        CheckUnit(point, slot, at);
        var value = Number(point.Value, slot, at, ResultColumn.Value);
        var expanded = Expanded(point, slot, at, column);
        var factor = OptionalNumber(point.CoverageFactor, slot, at, ResultColumn.CoverageFactor);
        var probability = Probability(point.CoverageProbability, slot, at);
        var freedom = Freedom(point.DegreesOfFreedom, slot, at);
        var measuredOn = Date(point.MeasuredOn, slot, at);
        CheckValue(value, slot, at);
        var stated = column == ResultColumn.StandardUncertainty || string.IsNullOrWhiteSpace(point.StandardUncertainty) ? null : Number(point.StandardUncertainty, slot, at, ResultColumn.StandardUncertainty);
        CheckCoverage(point, expanded, factor, probability, freedom, slot, at, column);
        if (Refusals.Skip(before).Any(r => !SubmitResultRules.CanBeConfirmed(r)) || value is null || expanded is null)
            return;
        var standard = factor is { } k ? Coverage.StandardFromFactor(expanded.Value.Value, k) : Coverage.StandardFromProbability(expanded.Value.Value, probability!.Value, freedom ?? double.PositiveInfinity);
        CheckStandard(stated, standard, expanded.Value, slot, at);
        Results.Add(new PointResult
        {
            Id = newId(), PointId = slot.Point.Id, TransferStandardId = slot.Standard?.Id, ValueText = value.Value.Text, Value = value.Value.Value,
            UncertaintyText = expanded.Value.Text, ExpandedUncertainty = expanded.Value.Value, CoverageFactor = factor, CoverageProbability = probability,
            DegreesOfFreedom = freedom, StandardUncertainty = standard, MeasuredOn = measuredOn,
        });
        ReadBudget(point.Budget, slot, at, standard);
    }

    private ResultSlot? FindSlot(ReportedPoint reported, string at)
    {
        if (slots.Find(reported.Point, reported.TransferStandard) is { } found)
            return found;
        var asked = reported.Point?.Trim() ?? "";
        if (slots.OfPoint(asked) is { Count: > 0 } points)
            Refuse("results-standard-unknown", at + "TransferStandard", reported.TransferStandard?.Trim() ?? "", string.Join("、", points.Select(s => s.Standard!.Ordinal)));
        else
            Refuse("results-point-unknown", at + "Point", asked, string.Join("、", slots.Select(s => s.Point.Ordinal).Distinct()));
        return null;
    }

    private void CheckUnit(ReportedPoint point, ResultSlot slot, string at)
    {
        if (string.IsNullOrWhiteSpace(point.Unit))
            Refuse("results-unit-missing", at + "Unit", slot.Name, comparison.Unit);
        else if (!ReportedUnit.IsSame(point.Unit, comparison.Unit))
            Refuse("results-unit-differs", at + "Unit", slot.Name, point.Unit.Trim(), comparison.Unit);
    }

    private void CheckValue(ReportedNumber? value, ResultSlot slot, string at)
    {
        var (lower, upper) = (slot.Point.LowerLimit, slot.Point.UpperLimit);
        if (value is { } number && !request.ConfirmOutsideLimits && (number.Value < lower || number.Value > upper))
            Refuse("results-outside-limits", at + "Value", slot.Name, number.Text, TypedNumber.Show(lower), TypedNumber.Show(upper));
    }

    private void CheckCoverage(ReportedPoint point, ReportedNumber? expanded, double? factor, double? probability, double? freedom, ResultSlot slot, string at, ResultColumn column)
    {
        if (expanded is { Value: <= 0 } bad)
            Refuse("results-uncertainty-not-positive", at + column, slot.Name, bad.Text);
        if (string.IsNullOrWhiteSpace(point.CoverageFactor) && string.IsNullOrWhiteSpace(point.CoverageProbability))
            Refuse("results-coverage-missing", at + "CoverageFactor", slot.Name);
        if (factor is < 1 or > 10)
            Refuse("results-factor-range", at + "CoverageFactor", slot.Name, point.CoverageFactor!.Trim());
        if (probability is < 0.5 or > 0.9999)
            Refuse("results-probability-range", at + "CoverageProbability", slot.Name, point.CoverageProbability!.Trim());
        if (freedom is < 1)
            Refuse("results-freedom-range", at + "DegreesOfFreedom", slot.Name, point.DegreesOfFreedom!.Trim());
    }

    // u with k, but no U: what was expanded has to be reported in its own digits.
    private ReportedNumber? Expanded(ReportedPoint point, ResultSlot slot, string at, ResultColumn column)
    {
        if (!string.IsNullOrWhiteSpace(point.Uncertainty) || string.IsNullOrWhiteSpace(point.StandardUncertainty))
            return Number(point.Uncertainty, slot, at, column);
        Refuse("results-expanded-missing", at + "Uncertainty", slot.Name, point.StandardUncertainty.Trim());
        return null;
    }

    /// <summary>u and U as rounded by the laboratory, up or to the nearest: each within one unit of its last digit.</summary>
    private void CheckStandard(ReportedNumber? stated, double standard, ReportedNumber expanded, ResultSlot slot, string at)
    {
        if (stated is { } u && Math.Abs(u.Value - standard) > (u.LastDigit + (expanded.LastDigit * standard / expanded.Value)) * (1 + 1e-9))
            Refuse("results-standard-disagrees", at + "StandardUncertainty", slot.Name, u.Text, standard.ToString("G4", CultureInfo.InvariantCulture), expanded.Text);
    }

    private void ReadBudget(IReadOnlyList<ReportedContribution> lines, ResultSlot slot, string at, double standard)
    {
        if (lines.Count > MostBudgetLines)
            Refuse("results-budget-too-long", at + "Budget", slot.Name, lines.Count, MostBudgetLines);
        var sum = 0.0;
        for (var i = 0; i < Math.Min(lines.Count, MostBudgetLines); i++)
        {
            var (line, here) = (lines[i], $"{at}Budget[{i}].");
            var type = TypeOf(line.Type);
            if (string.IsNullOrWhiteSpace(line.Source) || line.Source.Trim().Length > 200)
                Refuse("results-budget-source", here + "Source", slot.Name, i + 1);
            if ($"{line.Source}{line.Distribution}".Any(char.IsControl))
                Refuse("results-text-control", here + "Source");
            if (type is null)
                Refuse("results-budget-type", here + "Type", slot.Name, i + 1, line.Type?.Trim() ?? "");
            var contribution = Number(line.Contribution, slot, here, ResultColumn.Contribution);
            var freedom = Freedom(line.DegreesOfFreedom, slot, here);
            if (contribution is { Value: < 0 } negative)
                Refuse("results-budget-negative", here + "Contribution", slot.Name, i + 1, negative.Text);
            if (freedom is < 1)
                Refuse("results-freedom-range", here + "DegreesOfFreedom", slot.Name, line.DegreesOfFreedom!.Trim());
            // A line that is no number is refused for that; what the others make is then nothing to judge.
            sum += contribution?.Value * contribution?.Value ?? double.NaN;
            Budget.Add(new BudgetLine
            {
                Id = newId(), PointId = slot.Point.Id, TransferStandardId = slot.Standard?.Id, Ordinal = i + 1, Source = line.Source?.Trim() ?? "", Type = type ?? "",
                Distribution = string.IsNullOrWhiteSpace(line.Distribution) ? null : line.Distribution.Trim(), Contribution = contribution?.Value ?? 0, DegreesOfFreedom = freedom,
            });
        }
        var combined = Math.Sqrt(sum);
        if (lines.Count > 0 && !request.ConfirmBudget && Math.Abs(combined - standard) > BudgetTolerance * standard)
            Refuse("results-budget-disagrees", at + "Budget", slot.Name, combined.ToString("G4", CultureInfo.InvariantCulture), standard.ToString("G4", CultureInfo.InvariantCulture), BudgetTolerance * 100);
    }

    /// <summary>A or B as people write them; null for anything else.</summary>
    public static string? TypeOf(string? typed) => typed?.Trim().ToUpperInvariant() switch { "A" or "A类" or "Ａ" => "A", "B" or "B类" or "Ｂ" => "B", _ => null };

    private ReportedNumber? Number(string? text, ResultSlot slot, string at, ResultColumn column)
    {
        if (ReportedNumber.TryParse(text, out var number, out var fault))
            return number;
        Refuse(CodeOf(fault), at + column, slot.Name, column, text?.Trim() ?? "");
        return null;
    }

    private double? OptionalNumber(string? text, ResultSlot slot, string at, ResultColumn column) =>
        string.IsNullOrWhiteSpace(text) ? null : Number(text, slot, at, column)?.Value;

    private double? Probability(string? text, ResultSlot slot, string at)
    {
        var typed = text?.Trim() ?? "";
        return typed.EndsWith('%') || typed.EndsWith('％')
            ? OptionalNumber(typed[..^1], slot, at, ResultColumn.CoverageProbability) / 100
            : OptionalNumber(typed, slot, at, ResultColumn.CoverageProbability);
    }

    private double? Freedom(string? text, ResultSlot slot, string at) =>
        text?.Trim().ToLowerInvariant() is "∞" or "inf" or "infinity" or "无穷" or "无穷大" ? null : OptionalNumber(text, slot, at, ResultColumn.DegreesOfFreedom);

    private DateOnly? Date(string? text, ResultSlot slot, string at)
    {
        var typed = text?.Trim() ?? "";
        if (typed.Length == 0)
        {
            if (comparison.Options.CorrectDrift)
                Refuse("results-date-missing", at + "MeasuredOn", slot.Name);
            return null;
        }
        if (!DateOnly.TryParseExact(typed, ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            Refuse("results-date-unreadable", at + "MeasuredOn", slot.Name, typed);
        else if (date > today || date.Year < 1950)
            Refuse("results-date-range", at + "MeasuredOn", slot.Name, typed, today);
        return date;
    }

    private void Refuse(string code, string field, params object?[] arguments) => Refusals.Add(new(code, field, arguments));

    private static string CodeOf(NumberFault fault) => fault switch
    {
        NumberFault.Missing => "number-missing",
        NumberFault.NotFinite => "number-not-finite",
        NumberFault.ThousandsComma => "number-thousands-comma",
        NumberFault.DecimalComma => "number-decimal-comma",
        NumberFault.Grouping => "number-grouping",
        NumberFault.OutOfRange => "number-out-of-range",
        NumberFault.TooLong => "number-too-long",
        _ => "number-not-a-number",
    };
}
