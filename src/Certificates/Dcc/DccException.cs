namespace Plumbline.Certificates;

/// <summary>A certificate that cannot be read or made: every reason at once, each with place and value.</summary>
public sealed class DccException : Exception
{
    /// <summary>One reason, in English for logs; people read <see cref="Findings"/> through <see cref="CertificatesTexts.Describe"/>.</summary>
    public DccException(Finding finding)
        : this([finding])
    {
    }

    /// <summary>All reasons; at least one.</summary>
    public DccException(IReadOnlyList<Finding> findings)
        : base(string.Join("; ", findings.Select(f => $"{f.Rule} at {f.Path}{(f.Line > 0 ? $" (line {f.Line})" : "")}: {f.Value}")))
    {
        ArgumentOutOfRangeException.ThrowIfZero(findings.Count);
        Findings = findings;
    }

    /// <summary>Why, each with its path, line, value and what was expected.</summary>
    public IReadOnlyList<Finding> Findings { get; }
}
