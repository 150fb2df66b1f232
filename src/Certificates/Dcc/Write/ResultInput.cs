namespace Plumbline.Certificates;

/// <summary>Verdicts of DCC.</summary>
public enum DccVerdict
{
    /// <summary>合格.</summary>
    Pass,
    /// <summary>不合格.</summary>
    Fail,
    /// <summary>有条件合格: within the limits, not by more than the uncertainty.</summary>
    ConditionalPass,
    /// <summary>有条件不合格.</summary>
    ConditionalFail,
    /// <summary>不判合格.</summary>
    NoPass,
    /// <summary>不判不合格.</summary>
    NoFail,
}

/// <summary>The verdict of the document.</summary>
public sealed record ConclusionInput(DccVerdict Verdict, BilingualText Text)
{
    /// <summary>The regulation it is made by.</summary>
    public string? Norm { get; init; }
    /// <summary>Decision rule in words.</summary>
    public BilingualText? DecisionRule { get; init; }
    /// <summary>不合格项目, for a notice.</summary>
    public IReadOnlyList<BilingualText> NonconformingItems { get; init; } = [];
}

/// <summary>A table of results: columns of the same number of rows.</summary>
public sealed record ResultInput(BilingualText Name, IReadOnlyList<ColumnInput> Columns)
{
    /// <summary>Remarks.</summary>
    public BilingualText? Description { get; init; }
    /// <summary>Term of the result.</summary>
    public string? RefType { get; init; }
    /// <summary>Whether it was measured before or after adjustment or repair; null where neither was made.</summary>
    public AdjustmentState? Adjustment { get; init; }
}

/// <summary>When a result was measured.</summary>
public enum AdjustmentState
{
    /// <summary>调整前.</summary>
    BeforeAdjustment,
    /// <summary>调整后.</summary>
    AfterAdjustment,
    /// <summary>修理前.</summary>
    BeforeRepair,
    /// <summary>修理后.</summary>
    AfterRepair,
}

/// <summary>A column: numbers with units, or words.</summary>
public sealed record ColumnInput(BilingualText Name)
{
    /// <summary>Term: <c>basic_measuredValue</c>, <c>basic_measurementError</c>, <c>basic_referenceValue</c> …</summary>
    public string? RefType { get; init; }
    /// <summary>Numbers, one a row; null or blank where a row has none.</summary>
    public IReadOnlyList<string?> Values { get; init; } = [];
    /// <summary>Unit of all rows, or one each.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];
    /// <summary>Words, one a row, in place of numbers.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
    /// <summary>Uncertainty of the numbers.</summary>
    public UncertaintyInput? Uncertainty { get; init; }
    /// <summary>Verdicts, one a row.</summary>
    public IReadOnlyList<DccVerdict> Verdicts { get; init; } = [];
    /// <summary>Lower acceptance limits, one for all rows or one each.</summary>
    public IReadOnlyList<string> LowerLimits { get; init; } = [];
    /// <summary>Upper acceptance limits, one for all rows or one each.</summary>
    public IReadOnlyList<string> UpperLimits { get; init; } = [];
    /// <summary>The limits in words: MPE ±1.6 % FS.</summary>
    public BilingualText? LimitText { get; init; }
}

/// <summary>Expanded uncertainties with k, p and distribution, or standard uncertainties; one for all rows or one each.</summary>
public sealed record UncertaintyInput
{
    /// <summary>Expanded uncertainties U; null or blank where a row has none.</summary>
    public IReadOnlyList<string?> Expanded { get; init; } = [];
    /// <summary>Coverage factors k.</summary>
    public IReadOnlyList<string> Factors { get; init; } = ["2"];
    /// <summary>Coverage probabilities, 0 to 1.</summary>
    public IReadOnlyList<string> Probabilities { get; init; } = ["0.95"];
    /// <summary>Distributions.</summary>
    public IReadOnlyList<string> Distributions { get; init; } = ["normal"];
    /// <summary>Standard uncertainties u, in place of <see cref="Expanded"/>.</summary>
    public IReadOnlyList<string?> Standard { get; init; } = [];
}

/// <summary>A further statement.</summary>
public sealed record StatementInput(BilingualText Name, BilingualText Text, string RefType = CnmTerms.Note);

/// <summary>The document that is amended or replaced.</summary>
/// <param name="Substituted">Whether it is replaced as a whole rather than amended.</param>
/// <param name="Number">Its number.</param>
/// <param name="Sha256">SHA-256 of its file in hexadecimal, where known.</param>
/// <param name="Reason">Why.</param>
public sealed record ReplacementInput(bool Substituted, string Number, string? Sha256, BilingualText Reason);

/// <summary>A file.</summary>
public sealed record FileInput(string FileName, string MimeType, ReadOnlyMemory<byte> Bytes, BilingualText? Name = null);

/// <summary>What a comparison found.</summary>
/// <param name="Code">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="Measurands">Points or parameters, in order.</param>
/// <param name="Participants">Laboratories, in order; a statement has one.</param>
public sealed record ComparisonInput(string Code, BilingualText Title, IReadOnlyList<MeasurandInput> Measurands, IReadOnlyList<ParticipantInput> Participants)
{
    /// <summary>Pilot laboratory.</summary>
    public BilingualText? Pilot { get; init; }
    /// <summary>How the reference values were obtained.</summary>
    public BilingualText? ReferenceMethod { get; init; }
}

/// <summary>A point or parameter of a comparison with its reference value.</summary>
/// <param name="Name">What it is; no language needed for "10 kPa".</param>
/// <param name="Unit">Unit of reference value and results.</param>
/// <param name="Value">Reference value.</param>
/// <param name="Expanded">Its expanded uncertainty.</param>
public sealed record MeasurandInput(string Name, string Unit, string Value, string Expanded, string Factor = "2", string Probability = "0.95");

/// <summary>A laboratory of a comparison.</summary>
/// <param name="Code">Its code in the comparison.</param>
/// <param name="Name">Its name; null where the report names codes only.</param>
/// <param name="Results">One for each measurand; null where it reported none.</param>
public sealed record ParticipantInput(string Code, BilingualText? Name, IReadOnlyList<ParticipantResult?> Results);

/// <summary>A laboratory's result at one point, evaluated.</summary>
/// <param name="Value">Reported value.</param>
/// <param name="Expanded">Reported expanded uncertainty.</param>
/// <param name="Factor">Reported coverage factor.</param>
/// <param name="Degree">Difference from the reference value.</param>
/// <param name="DegreeExpanded">Its expanded uncertainty.</param>
/// <param name="En">E<sub>n</sub> number.</param>
/// <param name="Verdict">Verdict; null where none is given.</param>
public sealed record ParticipantResult(string Value, string Expanded, string Factor, string? Degree, string? DegreeExpanded, string? En, DccVerdict? Verdict);

/// <summary>What a reference-material certificate says besides its values.</summary>
public sealed record MaterialInput
{
    /// <summary>Intended use.</summary>
    public BilingualText? IntendedUse { get; init; }
    /// <summary>Minimum sample.</summary>
    public BilingualText? MinimumSample { get; init; }
    /// <summary>Transport and storage.</summary>
    public BilingualText? Storage { get; init; }
    /// <summary>Preparation.</summary>
    public BilingualText? Preparation { get; init; }
    /// <summary>Homogeneity.</summary>
    public BilingualText? Homogeneity { get; init; }
    /// <summary>Stability.</summary>
    public BilingualText? Stability { get; init; }
    /// <summary>Traceability.</summary>
    public BilingualText? Traceability { get; init; }
}
