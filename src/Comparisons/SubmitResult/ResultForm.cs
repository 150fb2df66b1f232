using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>What the page's form posts: first the figures, then the whole package once more with what was confirmed.</summary>
public sealed class ResultForm
{
    /// <summary>The rows that the server's form reader takes of one list, and the fields of one form with some to spare; the server allows 8192.</summary>
    public const int MostRows = 100;
    public const int MostFields = 8000;
    private const int FieldsOfRow = 9;
    private const int FieldsOfLine = 5;
    private const int OtherFields = 60;
    private const int NewLines = 3;
    // With few points every budget has lines to write on at once.
    private const int FewRows = 10;

    /// <summary>check, change, submit or save; add, read or remove with the numbers of point and line, such as <c>remove-3-0</c>.</summary>
    public string? Step { get; set; }
    public string? Laboratory { get; set; }
    public int? Replaces { get; set; }
    /// <summary>The draft that the form was filled from; all zeros where there was none.</summary>
    public Guid? Draft { get; set; }
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
    /// <summary>Files that were uploaded before, by a program.</summary>
    [AllowNull] public List<Guid> Files { get; set => field = value ?? []; } = [];

    /// <summary>How many fields the form posts.</summary>
    public int FieldCount => OtherFields + (Points.Count * FieldsOfRow) + (Points.Sum(p => p.Budget.Count) * FieldsOfLine) + Files.Count;

    /// <summary>Whether the form is larger than what one request may post.</summary>
    public bool IsTooLarge => Points.Count > MostRows || FieldCount > MostFields || Points.Any(p => p.Budget.Count > MostRows);

    public SubmitResultRequest ToRequest(string unit) => new()
    {
        Laboratory = Laboratory, Replaces = Replaces, Conditions = Conditions, Instrument = Instrument, InstrumentTraceability = InstrumentTraceability, Method = Method, ReasonForChange = ReasonForChange, Files = Files,
        Points = [.. Points.Select(p => new ReportedPoint
        {
            Point = p.Point, TransferStandard = p.TransferStandard, Value = p.Value, Unit = unit, Uncertainty = p.Uncertainty, CoverageFactor = p.CoverageFactor,
            CoverageProbability = p.CoverageProbability, DegreesOfFreedom = p.DegreesOfFreedom, MeasuredOn = p.MeasuredOn, Budget = [.. p.Budget.Where(l => !l.IsBlank).Select(l => l.ToLine())],
        })],
    };

    /// <summary>
    /// Adds blank lines to a budget, takes one out or reads pasted ones into it, as <see cref="Step"/> asks; null where it asks for something else,
    /// otherwise the reason why it was not done, if there is one.
    /// </summary>
    public IEnumerable<Refusal>? ChangeBudget()
    {
        var parts = (Step ?? "").Split('-');
        if (parts is not ["add" or "read" or "remove", var point, ..] || !int.TryParse(point, CultureInfo.InvariantCulture, out var i) || i < 0 || i >= Points.Count)
            return null;
        var row = Points[i];
        if (parts is ["remove", _, var line] && int.TryParse(line, CultureInfo.InvariantCulture, out var l) && l >= 0 && l < row.Budget.Count)
            row.Budget.RemoveAt(l);
        else if (parts is ["add", _])
        {
            if (row.Budget.Count + NewLines > PackageReader.MostBudgetLines || FieldCount + (NewLines * FieldsOfLine) > MostFields)
                return [new("results-form-full", $"Points[{i}].Budget", PackageReader.MostBudgetLines, MostFields)];
            row.Budget.AddRange(BlankLines(NewLines));
        }
        else if (parts is ["read", _])
            row.Tidy();
        return [];
    }

    /// <summary>Leaves blank lines of the budgets out and puts pasted ones in, so that a line's number is the one that a refusal names.</summary>
    public void Tidy() => Points.ForEach(p => p.Tidy());

    /// <summary>Lines to write on where a budget has none, as long as the points are few.</summary>
    public void OfferLines() => Points.ForEach(p => p.Budget.AddRange(BlankLines(p.Budget.Count == 0 && Points.Count <= FewRows ? NewLines : 0)));

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
        Method = package?.Method, ReasonForChange = package?.ReasonForChange, Files = [.. package?.Files ?? []],
        Points = [.. slots.Select(slot =>
        {
            var (point, standard) = (slot.Point.Ordinal.ToString(CultureInfo.InvariantCulture), slot.Standard?.Ordinal.ToString(CultureInfo.InvariantCulture));
            var given = package?.Points.FirstOrDefault(p => slots.Find(p.Point, p.TransferStandard) == slot)?.Expanded();
            return new PointForm
            {
                Point = point, TransferStandard = standard, Value = given?.Value, Uncertainty = given?.Uncertainty, CoverageFactor = given?.CoverageFactor, CoverageProbability = given?.CoverageProbability,
                DegreesOfFreedom = given?.DegreesOfFreedom, MeasuredOn = given?.MeasuredOn, Budget = [.. given is { Budget.Count: > 0 } ? given.Budget.Select(BudgetForm.Of) : BlankLines(slots.Count <= FewRows ? NewLines : 0)],
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

    private static IEnumerable<BudgetForm> BlankLines(int count) => Enumerable.Range(0, count).Select(_ => new BudgetForm());

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
    [AllowNull] public List<BudgetForm> Budget { get; set => field = value ?? []; } = [];
    /// <summary>Lines from a spreadsheet.</summary>
    public string? Pasted { get; set; }

    public void Tidy()
    {
        Budget.RemoveAll(l => l.IsBlank);
        Budget.AddRange(BudgetText.Parse(Pasted).Select(BudgetForm.Of));
        Pasted = null;
    }

    /// <summary>U/k, where both are numbers.</summary>
    public double? Standard() => ReportedNumber.TryParse(Uncertainty, out var expanded, out _) && ReportedNumber.TryParse(CoverageFactor, out var factor, out _) && factor.Value > 0 ? expanded.Value / factor.Value : null;

    /// <summary>What the lines make together, as far as they are numbers: the root of the sum of their squares; null where nothing is to be added.</summary>
    public double? Combined() => Budget.Where(l => !l.IsBlank).Select(l => ReportedNumber.TryParse(l.Contribution, out var number, out _) ? number.Value : double.NaN).ToArray() is { Length: > 0 } lines
        && Math.Sqrt(lines.Sum(c => c * c)) is var root && double.IsFinite(root) ? root : null;
}

/// <summary>One line of a budget in the form.</summary>
public sealed class BudgetForm
{
    public string? Source { get; set; }
    public string? Type { get; set; }
    public string? Distribution { get; set; }
    public string? Contribution { get; set; }
    public string? DegreesOfFreedom { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace(Source) && string.IsNullOrWhiteSpace(Type) && string.IsNullOrWhiteSpace(Distribution) && string.IsNullOrWhiteSpace(Contribution) && string.IsNullOrWhiteSpace(DegreesOfFreedom);

    public static BudgetForm Of(ReportedContribution line) => new()
    {
        Source = line.Source, Type = PackageReader.TypeOf(line.Type) ?? line.Type, Distribution = line.Distribution, Contribution = line.Contribution, DegreesOfFreedom = line.DegreesOfFreedom,
    };

    public ReportedContribution ToLine() => new() { Source = Source, Type = Type, Distribution = Distribution, Contribution = Contribution, DegreesOfFreedom = DegreesOfFreedom };
}
