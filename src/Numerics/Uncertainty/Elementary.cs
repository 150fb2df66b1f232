namespace Plumbline.Numerics;

/// <summary>An input quantity with an identity (基本量): whatever is computed from it remembers it, so that any two results know what they share.</summary>
/// <remarks>Two elementaries with equal numbers are different quantities; one elementary used twice is one. Immutable.</remarks>
public sealed class Elementary
{
    private object? id;

    internal Elementary(double value, double standardUncertainty, double degreesOfFreedom, string? label, Guid id = default, InputDistribution? distribution = null)
    {
        Distribution = distribution;
        Value = value;
        StandardUncertainty = standardUncertainty;
        DegreesOfFreedom = degreesOfFreedom;
        Label = label;
        IsRestored = id != default;
        this.id = IsRestored ? id : null;
    }

    /// <summary>The estimate, in the quantity's unit.</summary>
    public double Value { get; }

    /// <summary>Its standard uncertainty, same unit; not negative.</summary>
    public double StandardUncertainty { get; }

    /// <summary>How well the uncertainty is known; infinite when without doubt.</summary>
    public double DegreesOfFreedom { get; }

    /// <summary>What it is called in a budget; null when it has no name.</summary>
    public string? Label { get; }

    /// <summary>What is known about its values; null when only estimate and standard uncertainty were given.</summary>
    public InputDistribution? Distribution { get; }

    /// <summary>The identity, the same in every archive.</summary>
    /// <remarks>Made when first asked for: most quantities never reach an archive, and a fresh identity costs more than the arithmetic.</remarks>
    public Guid Id => (Guid)(id ?? Interlocked.CompareExchange(ref id, Guid.NewGuid(), null) ?? id);

    /// <summary>The quantities it is correlated with or was observed with; null when independent of all others.</summary>
    public CorrelatedGroup? Group { get; internal set; }

    /// <summary>The place in <see cref="Group"/>.</summary>
    internal int GroupIndex { get; set; }

    /// <summary>It came from an archive: another reading of the same archive holds the same quantity again.</summary>
    internal bool IsRestored { get; }
}

/// <summary>Input quantities with a joint covariance matrix (相关的输入量).</summary>
public sealed class CorrelatedGroup
{
    private readonly double[,] covariance;

    internal CorrelatedGroup(Elementary[] members, double[,] covariance, bool isEnsemble)
    {
        Members = members;
        this.covariance = covariance;
        IsEnsemble = isEnsemble;
        for (var i = 0; i < members.Length; i++)
            (members[i].Group, members[i].GroupIndex) = (this, i);
    }

    /// <summary>The quantities.</summary>
    public IReadOnlyList<Elementary> Members { get; }

    /// <summary>Whether they were observed together, with common degrees of freedom (R. Willink, Metrologia 44 (2007) 340): in the Welch-Satterthwaite formula they count as one.</summary>
    public bool IsEnsemble { get; }

    /// <summary>The covariance of two members, in the product of their units.</summary>
    internal double Covariance(int i, int j) => covariance[i, j];

    /// <summary>The correlation coefficient of two members; 0 where one has no uncertainty.</summary>
    internal double Correlation(int i, int j) => covariance[i, j] == 0 ? 0 : covariance[i, j] / Math.Sqrt(covariance[i, i] * covariance[j, j]);

    /// <summary>The same group, also when it was read from the same archive twice.</summary>
    internal bool IsSame(CorrelatedGroup? other) => ReferenceEquals(this, other)
        || other is not null && Members[0].IsRestored && other.Members[0].IsRestored && Members.Count == other.Members.Count && Members[0].Id == other.Members[0].Id;
}
