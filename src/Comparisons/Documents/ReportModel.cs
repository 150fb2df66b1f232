using System.Text.Json;
using Plumbline.Interface;

namespace Plumbline.Comparisons;

public enum ReportKind
{
    /// <summary>An evaluation of a file, without a comparison around it.</summary>
    Evaluation,
    /// <summary>征求意见稿.</summary>
    Draft,
    /// <summary>总结报告, as published.</summary>
    Final,
}

/// <summary>A comparison's report as data: everything that its page, its PDF, its tables and its JSON show. A coded report holds no laboratory's name.</summary>
public sealed record ReportModel
{
    public int Format { get; init; } = 1;
    public required ReportKind Kind { get; init; }
    public int Number { get; init; } = 1;
    public DateOnly? IssuedOn { get; init; }
    public required EvaluationInput Input { get; init; }
    public required EvaluationResult Result { get; init; }
    /// <summary>Version of the software that made the report.</summary>
    public required string Software { get; init; }

    public ReportProject? Project { get; init; }
    /// <summary>Names by laboratory code; empty in a coded report.</summary>
    public IReadOnlyDictionary<string, ReportName> Names { get; init; } = new Dictionary<string, ReportName>();
    public IReadOnlyList<ReportStandard> Standards { get; init; } = [];
    public IReadOnlyList<ReportTest> Tests { get; init; } = [];
    public IReadOnlyList<ReportLeg> Legs { get; init; } = [];
    public IReadOnlyList<ReportIncident> Incidents { get; init; } = [];
    public IReadOnlyList<ReportSubmission> Submissions { get; init; } = [];

    public string? Conclusion { get; init; }
    public string? ConclusionEn { get; init; }
    public string? Advice { get; init; }
    public string? AdviceEn { get; init; }

    /// <summary>The laboratory whose line is named in its own copy of a coded draft.</summary>
    public string? Own { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, ComparisonsJson.Stored);
    public static ReportModel FromJson(string json) => JsonSerializer.Deserialize<ReportModel>(json, ComparisonsJson.Stored) ?? throw new JsonException("A report is an object.");

    /// <summary>A laboratory as this report calls it.</summary>
    public string NameOf(string code) => Names.TryGetValue(code, out var name) && name.Shown is { Length: > 0 } shown && shown != code ? $"{code} · {shown}" : code;

    public InputLaboratory Laboratory(string code) => Input.Laboratories.First(l => l.Code == code);
    public InputPoint PointOf(PointEvaluation evaluated) => Input.Points.First(p => p.Id == evaluated.Point);

    /// <summary>Where several points are compared, what sets this one apart.</summary>
    public string LabelOf(PointEvaluation evaluated) => Texts.Pick(PointOf(evaluated).Label, PointOf(evaluated).LabelEn);

    public string Title => Texts.Pick(Input.Comparison.Title, Input.Comparison.TitleEn);
    public string Quantity => Texts.Pick(Input.Comparison.Quantity, Input.Comparison.QuantityEn);
    public string Unit => Input.Comparison.Unit;
}

public sealed record ReportName(string Name, string? NameEn = null)
{
    public string Shown => Texts.Pick(Name, NameEn);
}

public sealed record ReportProject
{
    public required ComparisonLevel Level { get; init; }
    public required MeasurementField Field { get; init; }
    public string? Purpose { get; init; }
    public string? PurposeEn { get; init; }
    public required ReportName Organiser { get; init; }
    public required ReportName Regulator { get; init; }
    public required ReportName Pilot { get; init; }
    public RouteKind Route { get; init; }
    public bool Mandatory { get; init; }
    public required DateOnly ResultsDue { get; init; }
}

public sealed record ReportStandard(ReportName Name, string? Model, string? Serial, string? Description, string? Traceability);

/// <summary>前期试验: one test of a transfer standard at one point.</summary>
public sealed record ReportTest(PreparationKind Kind, ReportName Standard, string Point, bool Passed, double StandardUncertainty);

/// <summary>A stay of a transfer standard at a laboratory, planned and real.</summary>
public sealed record ReportLeg(string Laboratory, ReportName Standard, int Loop, DateOnly PlannedArrival, DateOnly PlannedDeparture, DateOnly? Arrived, DateOnly? Left, ArtefactCondition? Condition)
{
    /// <summary>Days behind the plan on leaving, or on arriving where it has not left.</summary>
    public int DaysLate => Math.Max(0, (Left, Arrived) switch
    {
        ({ } left, _) => left.DayNumber - PlannedDeparture.DayNumber,
        (_, { } arrived) => arrived.DayNumber - PlannedArrival.DayNumber,
        _ => 0,
    });
}

public sealed record ReportIncident(DateOnly On, string Laboratory, LegEventKind Kind, ArtefactCondition Condition, string? Note);

public sealed record ReportSubmission
{
    public required string Laboratory { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public string? Standard { get; init; }
    public string? Instrument { get; init; }
    public string? Traceability { get; init; }
    public string? Method { get; init; }
    public string? Conditions { get; init; }
    public IReadOnlyList<ReportBudgetLine> Budget { get; init; } = [];
}

public sealed record ReportBudgetLine(string Point, string Source, string Type, string? Distribution, double Contribution, double? DegreesOfFreedom);
