using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>What the page's form posts: first the figures, then the whole package once more with what was confirmed.</summary>
public sealed class ResultForm
{
    /// <summary>check, change or submit.</summary>
    public string? Step { get; set; }
    public string? Laboratory { get; set; }
    public int? Replaces { get; set; }
    // The form's second step posts none, and the binder then says null.
    [AllowNull] public List<PointForm> Points { get; set => field = value ?? []; } = [];
    public string? Conditions { get; set; }
    public string? Instrument { get; set; }
    public string? InstrumentTraceability { get; set; }
    public string? Method { get; set; }
    public string? ReasonForChange { get; set; }
    public bool ConfirmOutsideLimits { get; set; }
    public bool ConfirmBudget { get; set; }
    /// <summary>The checked package as JSON, carried through the second step.</summary>
    public string? Package { get; set; }
    /// <summary>The results' file of an upload.</summary>
    public IFormFile? Sheet { get; set; }
    /// <summary>The budget's file of an upload, where it is a CSV of its own.</summary>
    public IFormFile? BudgetSheet { get; set; }
    public IReadOnlyList<IFormFile>? Attachments { get; set; }

    public SubmitResultRequest ToRequest(string unit) => new()
    {
        Laboratory = Laboratory, Replaces = Replaces, Conditions = Conditions, Instrument = Instrument, InstrumentTraceability = InstrumentTraceability, Method = Method, ReasonForChange = ReasonForChange,
        Points = [.. Points.Select(p => new ReportedPoint
        {
            Point = p.Point, TransferStandard = p.TransferStandard, Value = p.Value, Unit = unit, Uncertainty = p.Uncertainty, CoverageFactor = p.CoverageFactor,
            CoverageProbability = p.CoverageProbability, DegreesOfFreedom = p.DegreesOfFreedom, MeasuredOn = p.MeasuredOn, Budget = BudgetText.Parse(p.Budget),
        })],
    };

    /// <summary>The package that the second step carries; null when somebody tampered with it.</summary>
    public SubmitResultRequest? Unpack()
    {
        try
        {
            return string.IsNullOrEmpty(Package) ? null : JsonSerializer.Deserialize<SubmitResultRequest>(Package, ComparisonsJson.Stored) is { } package
                ? package with { ConfirmOutsideLimits = ConfirmOutsideLimits, ConfirmBudget = ConfirmBudget } : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A form with a row for every slot, filled from <paramref name="package"/> where it has figures.</summary>
    public static ResultForm Of(IReadOnlyList<ResultSlot> slots, SubmitResultRequest? package, int latest, string? laboratory) => new()
    {
        Laboratory = laboratory, Replaces = latest, Conditions = package?.Conditions, Instrument = package?.Instrument, InstrumentTraceability = package?.InstrumentTraceability,
        Method = package?.Method, ReasonForChange = package?.ReasonForChange,
        Points = [.. slots.Select(slot =>
        {
            var (point, standard) = (slot.Point.Ordinal.ToString(CultureInfo.InvariantCulture), slot.Standard?.Ordinal.ToString(CultureInfo.InvariantCulture));
            var given = package?.Points.FirstOrDefault(p => p.Point == point && (p.TransferStandard ?? "") == (standard ?? ""));
            return new PointForm
            {
                Point = point, TransferStandard = standard, Value = given?.Value, Uncertainty = given?.Uncertainty, CoverageFactor = given?.CoverageFactor, CoverageProbability = given?.CoverageProbability,
                DegreesOfFreedom = given?.DegreesOfFreedom, MeasuredOn = given?.MeasuredOn, Budget = given is null ? null : BudgetText.Show(given.Budget),
            };
        })],
    };

    /// <summary>What was handed in before, as a package to be corrected.</summary>
    public static SubmitResultRequest PackageOf(Comparison comparison, Submission submission)
    {
        var points = comparison.Points.ToDictionary(p => p.Id, p => p.Ordinal.ToString(CultureInfo.InvariantCulture));
        var standards = comparison.TransferStandards.ToDictionary(s => s.Id, s => s.Ordinal.ToString(CultureInfo.InvariantCulture));
        return new()
        {
            Conditions = submission.Conditions, Instrument = submission.Instrument, InstrumentTraceability = submission.InstrumentTraceability, Method = submission.Method,
            Points = [.. submission.Results.Select(r => new ReportedPoint
            {
                Point = points[r.PointId], TransferStandard = r.TransferStandardId is { } s ? standards[s] : null, Value = r.ValueText, Unit = comparison.Unit, Uncertainty = r.UncertaintyText,
                CoverageFactor = Show(r.CoverageFactor), CoverageProbability = Show(r.CoverageProbability), DegreesOfFreedom = Show(r.DegreesOfFreedom),
                MeasuredOn = r.MeasuredOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Budget = [.. submission.Budget.Where(l => l.PointId == r.PointId && l.TransferStandardId == r.TransferStandardId).OrderBy(l => l.Ordinal).Select(l => new ReportedContribution
                {
                    Source = l.Source, Type = l.Type, Distribution = l.Distribution, Contribution = Show(l.Contribution), DegreesOfFreedom = Show(l.DegreesOfFreedom),
                })],
            })],
        };
    }

    private static string? Show(double? number) => number is null ? null : TypedNumber.Show(number);
}

/// <summary>One row of the form.</summary>
public sealed class PointForm
{
    public string? Point { get; set; }
    public string? TransferStandard { get; set; }
    public string? Value { get; set; }
    public string? Uncertainty { get; set; }
    public string? CoverageFactor { get; set; }
    public string? CoverageProbability { get; set; }
    public string? DegreesOfFreedom { get; set; }
    public string? MeasuredOn { get; set; }
    public string? Budget { get; set; }
}
