namespace Plumbline.Certificates;

/// <summary>What a layer as a whole says.</summary>
public enum LayerVerdict
{
    /// <summary>Nothing in this layer speaks against the certificate.</summary>
    Good,
    /// <summary>At least one error.</summary>
    Bad,
    /// <summary>Something could not be judged here, and nothing that could be is wrong.</summary>
    Unsupported,
    /// <summary>Not looked at: nobody asked for it, or an earlier layer left nothing to look at.</summary>
    NotRun,
}

/// <summary>Everything that validation found, all layers at once.</summary>
/// <param name="Findings">In the order of layers, within a layer in that of the file.</param>
/// <param name="Version">The schema version that the file declares; null where it declares none.</param>
/// <param name="Verdicts">One for each layer.</param>
public sealed record ValidationReport(IReadOnlyList<Finding> Findings, string? Version, IReadOnlyDictionary<FindingLayer, LayerVerdict> Verdicts)
{
    /// <summary>Whether no layer found an error.</summary>
    public bool IsGood => !Verdicts.Values.Contains(LayerVerdict.Bad);

    /// <summary>Whether a layer that was run could not judge.</summary>
    public bool IsUnsupported => Verdicts.Values.Contains(LayerVerdict.Unsupported);
}

/// <summary>What the validator may use besides the file.</summary>
public sealed record ValidationOptions
{
    /// <summary>The schemas that the operator installed; null where there are none. One object serves many files, so that a schema is compiled once.</summary>
    public InstalledSchemas? Schemas { get; init; }

    /// <summary>Largest file, in bytes.</summary>
    public long LargestFile { get; init; } = 64L << 20;

    /// <summary>Deepest nesting of elements.</summary>
    public int Deepest { get; init; } = 200;

    /// <summary>The day of the check: nothing may have happened after it. Null leaves that rule out.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>Certificates of standards that the reader knows of, with the days they hold; empty where nothing is known.</summary>
    public IReadOnlyList<StandardValidity> Standards { get; init; } = [];

    /// <summary>Calibration and measurement capabilities of the laboratory; empty where nothing is known.</summary>
    public IReadOnlyList<MeasurementCapability> Capabilities { get; init; } = [];

    /// <summary>Checks the signatures of the file; null leaves the layer out.</summary>
    public Func<ReadOnlyMemory<byte>, IReadOnlyList<Finding>>? Signature { get; init; }

    /// <summary>Checks the entry of the file in the log; null leaves the layer out.</summary>
    public Func<ReadOnlyMemory<byte>, IReadOnlyList<Finding>>? Log { get; init; }
}

/// <summary>A standard's certificate known to the reader (计量标准的溯源证书).</summary>
/// <param name="Identifier">Number of the certificate, as <c>referralID</c> names it.</param>
/// <param name="From">First day it holds.</param>
/// <param name="Until">Last day it holds.</param>
public sealed record StandardValidity(string Identifier, DateOnly From, DateOnly Until);

/// <summary>A line of a laboratory's calibration and measurement capabilities (校准和测量能力).</summary>
/// <param name="RefType">The reference type of the quantities it speaks of; null for every quantity that can be compared with its unit.</param>
/// <param name="Unit">Unit of the following figures, in D-SI notation.</param>
/// <param name="Lower">Smallest value of the range.</param>
/// <param name="Upper">Largest value of the range.</param>
/// <param name="Uncertainty">Smallest expanded uncertainty: the part that does not depend on the value.</param>
/// <param name="Relative">The part in proportion to the value.</param>
public sealed record MeasurementCapability(string? RefType, string Unit, double Lower, double Upper, double Uncertainty, double Relative = 0);
