namespace Plumbline.Certificates;

/// <summary>Where in the order of checks a finding was made; a later layer is judged on what the earlier ones let through.</summary>
public enum FindingLayer
{
    /// <summary>Bounded, well-formed XML without a DTD.</summary>
    Form,
    /// <summary>The official XML schema of the declared version.</summary>
    Schema,
    /// <summary>Rules across fields that a schema cannot say.</summary>
    CrossField,
    /// <summary>D-SI: numbers, list lengths, units.</summary>
    Quantity,
    /// <summary>What the content says about itself: verdict, coverage, rounding, dates, capability.</summary>
    Semantics,
    /// <summary>Signatures, seals and timestamps.</summary>
    Signature,
    /// <summary>Entry in the log, and what has happened to the certificate since.</summary>
    Log,
}

/// <summary>How much a finding weighs.</summary>
public enum FindingSeverity
{
    /// <summary>Wrong: the certificate must not be relied on as it is.</summary>
    Error,
    /// <summary>Allowed, yet likely not meant.</summary>
    Warning,
    /// <summary>Could not be judged here (an algorithm or a schema that is not at hand); says nothing against the certificate.</summary>
    Unsupported,
    /// <summary>Worth knowing.</summary>
    Note,
}

/// <summary>One thing that a check found. Texts in both languages: <see cref="CertificatesTexts.Describe"/>, key <c>finding.{Rule}</c> with {0} = value, {1} = expected, {2}… = arguments.</summary>
/// <param name="Layer">The layer of checks.</param>
/// <param name="Severity">Its weight.</param>
/// <param name="Rule">Stable code of the rule, lower case with hyphens.</param>
/// <param name="Path">Where: the element's path such as <c>/digitalCalibrationCertificate/administrativeData/coreData/beginPerformanceDate</c>, with <c>[n]</c> among namesakes; the file's part otherwise.</param>
/// <param name="Value">What stands there; null where something is missing.</param>
/// <param name="Expected">What would have been right, where that can be said.</param>
public sealed record Finding(FindingLayer Layer, FindingSeverity Severity, string Rule, string Path, string? Value = null, string? Expected = null)
{
    /// <summary>Further values that the text names.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Line in the file, from 1; 0 where there is none.</summary>
    public int Line { get; init; }
}
