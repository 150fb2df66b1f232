using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plumbline.Comparisons;

/// <summary>A result package as a person or a program hands it in: every figure as text, so that its digits stay as typed.</summary>
public sealed record SubmitResultRequest
{
    /// <summary>Laboratory code or organisation code; needed only by somebody who acts for more than one laboratory.</summary>
    public string? Laboratory { get; init; }
    [AllowNull] public IReadOnlyList<ReportedPoint> Points { get; init => field = value ?? []; } = [];
    public string? Conditions { get; init; }
    public string? Instrument { get; init; }
    public string? InstrumentTraceability { get; init; }
    public string? Method { get; init; }
    /// <summary>Why a package that was handed in before is corrected.</summary>
    public string? ReasonForChange { get; init; }
    /// <summary>That values beyond the point's limits are meant.</summary>
    public bool ConfirmOutsideLimits { get; init; }
    /// <summary>That a budget is meant which does not add up to the standard uncertainty.</summary>
    public bool ConfirmBudget { get; init; }
    /// <summary>Files uploaded before for this package: raw records, certificates.</summary>
    [AllowNull] public IReadOnlyList<Guid> Files { get; init => field = value ?? []; } = [];
    /// <summary>The version that this one replaces, as the sender knows it; 0 for a first package, null for a sender that does not mind.</summary>
    public int? Replaces { get; init; }
}

/// <summary>One point of a package, as typed.</summary>
public sealed record ReportedPoint
{
    /// <summary>The point's number in the protocol, or its label.</summary>
    [JsonConverter(typeof(TypedText))] public string? Point { get; init; }
    /// <summary>The transfer standard's number, name or serial number, where several travel.</summary>
    [JsonConverter(typeof(TypedText))] public string? TransferStandard { get; init; }
    [JsonConverter(typeof(TypedText))] public string? Value { get; init; }
    public string? Unit { get; init; }
    /// <summary>Expanded uncertainty U.</summary>
    [JsonConverter(typeof(TypedText))] public string? Uncertainty { get; init; }
    /// <summary>Standard uncertainty u: beside U it has to agree with U/k; instead of U (and without k) it counts as U with k = 1.</summary>
    [JsonConverter(typeof(TypedText))] public string? StandardUncertainty { get; init; }
    [JsonConverter(typeof(TypedText))] public string? CoverageFactor { get; init; }
    [JsonConverter(typeof(TypedText))] public string? CoverageProbability { get; init; }
    /// <summary>Effective degrees of freedom; blank or ∞ when infinite.</summary>
    [JsonConverter(typeof(TypedText))] public string? DegreesOfFreedom { get; init; }
    public string? MeasuredOn { get; init; }
    [AllowNull] public IReadOnlyList<ReportedContribution> Budget { get; init => field = value ?? []; } = [];

    /// <summary>The same with a standard uncertainty that stands alone as an expanded one with k = 1, in its own digits.</summary>
    internal ReportedPoint Expanded() => string.IsNullOrWhiteSpace(StandardUncertainty) || !string.IsNullOrWhiteSpace(Uncertainty) || !string.IsNullOrWhiteSpace(CoverageProbability) || CoverageFactor?.Trim() is not (null or "" or "1")
        ? this : this with { Uncertainty = StandardUncertainty, CoverageFactor = "1" };

    [JsonIgnore] public bool IsBlank =>
        string.IsNullOrWhiteSpace(Value) && string.IsNullOrWhiteSpace(Uncertainty) && string.IsNullOrWhiteSpace(StandardUncertainty) && string.IsNullOrWhiteSpace(CoverageFactor)
        && string.IsNullOrWhiteSpace(CoverageProbability) && string.IsNullOrWhiteSpace(DegreesOfFreedom) && string.IsNullOrWhiteSpace(MeasuredOn) && Budget.Count == 0;
}

/// <summary>One line of an uncertainty budget, as typed.</summary>
public sealed record ReportedContribution
{
    public string? Source { get; init; }
    /// <summary>A or B.</summary>
    public string? Type { get; init; }
    public string? Distribution { get; init; }
    /// <summary>Contribution to the standard uncertainty of the result (|c|·u), in the comparison's unit.</summary>
    [JsonConverter(typeof(TypedText))] public string? Contribution { get; init; }
    [JsonConverter(typeof(TypedText))] public string? DegreesOfFreedom { get; init; }
}

/// <summary>Proof of receipt.</summary>
public sealed record SubmissionReceipt(string Comparison, string Laboratory, int Version, DateTimeOffset SubmittedAt, string Commitment, string Address);

/// <summary>A JSON text or number taken by its characters: 0.350 keeps its last zero.</summary>
internal sealed class TypedText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.String => reader.GetString(),
        _ => throw new JsonException("A text or a number is expected."),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
