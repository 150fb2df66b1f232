using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Plumbline.Comparisons;

/// <summary>Everything that an evaluation depends on, and nothing else: the same input gives the same digits. Stored with its hash beside every evaluation.</summary>
public sealed record EvaluationInput
{
    /// <summary>Version of this shape, so that older inputs stay readable.</summary>
    public int Format { get; init; } = 1;
    public required ComparedQuantity Comparison { get; init; }
    public EvaluationOptions Options { get; init; } = new();
    /// <summary>Why the options are not those of the protocol; null when they are.</summary>
    public string? ReasonForOptions { get; init; }
    public required IReadOnlyList<InputPoint> Points { get; init; }
    public required IReadOnlyList<InputLaboratory> Laboratories { get; init; }
    public required IReadOnlyList<InputResult> Results { get; init; }
    /// <summary>Reference values that stand outside the compared results (certified, by formulation). A point without one takes the pilot laboratory's value.</summary>
    public IReadOnlyList<InputReference> References { get; init; } = [];
    /// <summary>The pilot laboratory's repeated measurements of the transfer standards: what the drift is fitted to.</summary>
    public IReadOnlyList<InputReturn> Returns { get; init; } = [];

    /// <summary>The canonical text: fixed order of names, shortest numbers that read back the same.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ComparisonsJson.Stored);

    public static EvaluationInput FromJson(string json) =>
        JsonSerializer.Deserialize<EvaluationInput>(json, ComparisonsJson.Stored) ?? throw new JsonException("An evaluation input is an object.");

    /// <summary>SHA-256 of <see cref="ToJson"/>, in hexadecimal.</summary>
    public string Hash() => HashOf(ToJson());

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>What is compared. Where data come from a publication, <see cref="Source"/> names it.</summary>
public sealed record ComparedQuantity
{
    public required string Code { get; init; }
    public required string Title { get; init; }
    public string? TitleEn { get; init; }
    public required string Quantity { get; init; }
    public string? QuantityEn { get; init; }
    public required string Unit { get; init; }
    public string? Source { get; init; }
}

public sealed record InputPoint
{
    /// <summary>Short name by which results refer to the point.</summary>
    public required string Id { get; init; }
    public required string Label { get; init; }
    public string? LabelEn { get; init; }
    public string? NominalText { get; init; }
    /// <summary>σ of z, in the comparison's unit; without it z is not given.</summary>
    public double? TargetUncertainty { get; init; }
}

public sealed record InputLaboratory
{
    /// <summary>Laboratory code, by which results refer to it and a coded report names it.</summary>
    public required string Code { get; init; }
    public string? Name { get; init; }
    public string? NameEn { get; init; }
    public bool IsPilot { get; init; }
}

/// <summary>One laboratory's result at one point: the digits as typed, and the numbers computed with.</summary>
public sealed record InputResult
{
    public required string Laboratory { get; init; }
    public required string Point { get; init; }
    public string? TransferStandard { get; init; }
    public required string ValueText { get; init; }
    public required double Value { get; init; }
    public required string UncertaintyText { get; init; }
    /// <summary>U as reported, greater than zero.</summary>
    public required double ExpandedUncertainty { get; init; }
    /// <summary>k as reported; null where a coverage probability is given instead.</summary>
    public double? CoverageFactor { get; init; }
    public double? CoverageProbability { get; init; }
    /// <summary>ν; null means infinitely many.</summary>
    public double? DegreesOfFreedom { get; init; }
    public DateOnly? MeasuredOn { get; init; }
    /// <summary>Standard uncertainties that the transfer standard adds to this result, in the comparison's unit.</summary>
    public TransferTerms Transfer { get; init; } = TransferTerms.None;
    /// <summary>Earlier versions of this result that a correction replaced.</summary>
    public IReadOnlyList<ResultCorrection> Corrections { get; init; } = [];

    /// <summary>A result whose numbers are those of its digits.</summary>
    public static InputResult Typed(string laboratory, string point, string value, string uncertainty, double? k = null, double? probability = null, double? degreesOfFreedom = null) => new()
    {
        Laboratory = laboratory, Point = point, ValueText = value, UncertaintyText = uncertainty,
        Value = double.Parse(value, CultureInfo.InvariantCulture), ExpandedUncertainty = double.Parse(uncertainty, CultureInfo.InvariantCulture),
        CoverageFactor = k, CoverageProbability = probability, DegreesOfFreedom = degreesOfFreedom,
    };
}

/// <summary>传递标准引入的标准不确定度: homogeneity, stability and transport, each in the comparison's unit and not negative.</summary>
public sealed record TransferTerms(double Homogeneity = 0, double Stability = 0, double Transport = 0)
{
    public static readonly TransferTerms None = new();
}

/// <summary>A written correction: what stood before, when the new result came and why. <see cref="Taken"/> is false for one that came too late to count.</summary>
public sealed record ResultCorrection(string ValueText, string UncertaintyText, DateTimeOffset CorrectedAt, string Reason, bool AfterOpening, bool Taken = true);

public sealed record InputReference(string Point, string ValueText, double Value, double StandardUncertainty, string? Source = null, string? SourceEn = null);

/// <summary>One of the pilot laboratory's measurements of a transfer standard. The uncertainty is what differs from return to return (repeatability); null where it is unknown.</summary>
public sealed record InputReturn(string Point, string? TransferStandard, DateOnly MeasuredOn, string ValueText, double Value, double? StandardUncertainty = null);
