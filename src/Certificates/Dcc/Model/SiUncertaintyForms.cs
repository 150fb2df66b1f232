namespace Plumbline.Certificates;

/// <summary><c>standardMU</c>: a standard uncertainty.</summary>
public sealed class SiStandardMU : SiUncertainty
{
    /// <inheritdoc/>
    public override bool IsExpanded => false;

    internal override void Map(DccMap map)
    {
        Values = map.Numbers($"valueStandardMU{Suffix}", Values);
        Distributions = SiDistribution.Map(map, Suffix, Distributions);
    }
}

/// <summary><c>expandedMU</c>: an expanded uncertainty with k, p and distribution.</summary>
public sealed class SiExpandedMU : SiUncertainty
{
    /// <inheritdoc/>
    public override bool IsExpanded => true;

    internal override void Map(DccMap map)
    {
        Values = map.Numbers($"valueExpandedMU{Suffix}", Values);
        Factors = map.Numbers($"coverageFactor{Suffix}", Factors);
        Probabilities = map.Numbers($"coverageProbability{Suffix}", Probabilities);
        Distributions = SiDistribution.Map(map, Suffix, Distributions);
    }
}

/// <summary><c>coverageIntervalMU</c>: a coverage interval with the standard uncertainty.</summary>
public sealed class SiCoverageIntervalMU : SiUncertainty
{
    /// <inheritdoc/>
    public override bool IsExpanded => false;

    internal override void Map(DccMap map)
    {
        // The schema itself uses the old name inside a real list.
        Values = map.Numbers(OldNames ? "standardUnc" : $"valueStandardMU{Suffix}", Values);
        Minima = map.Numbers($"intervalMin{Suffix}", Minima);
        Maxima = map.Numbers($"intervalMax{Suffix}", Maxima);
        Probabilities = map.Numbers($"coverageProbability{Suffix}", Probabilities);
        Distributions = SiDistribution.Map(map, Suffix, Distributions);
    }
}

/// <summary><c>expandedUnc</c>, deprecated: an expanded uncertainty.</summary>
public sealed class SiExpandedUnc : SiUncertainty
{
    /// <inheritdoc/>
    public override bool IsExpanded => true;

    /// <inheritdoc/>
    public override bool IsDeprecated => true;

    internal override void Map(DccMap map)
    {
        Values = map.Numbers($"uncertainty{Suffix}", Values);
        Factors = map.Numbers($"coverageFactor{Suffix}", Factors);
        Probabilities = map.Numbers($"coverageProbability{Suffix}", Probabilities);
        Distributions = SiDistribution.Map(map, Suffix, Distributions);
    }
}

/// <summary><c>coverageInterval</c>, deprecated: a coverage interval with the standard uncertainty.</summary>
public sealed class SiCoverageIntervalOld : SiUncertainty
{
    /// <inheritdoc/>
    public override bool IsExpanded => false;

    /// <inheritdoc/>
    public override bool IsDeprecated => true;

    internal override void Map(DccMap map)
    {
        Values = map.Numbers($"standardUnc{Suffix}", Values);
        Minima = map.Numbers($"intervalMin{Suffix}", Minima);
        Maxima = map.Numbers($"intervalMax{Suffix}", Maxima);
        Probabilities = map.Numbers($"coverageProbability{Suffix}", Probabilities);
        Distributions = SiDistribution.Map(map, Suffix, Distributions);
    }
}

/// <summary>A distribution's name may hold blanks where it is no list: "log normal".</summary>
internal static class SiDistribution
{
    public static IReadOnlyList<string> Map(DccMap map, string suffix, IReadOnlyList<string> values)
    {
        if (suffix.Length > 0)
            return map.Words($"distribution{suffix}", values);
        return map.Text("distribution", values.Count > 0 ? values[0] : null) is { } text ? [text] : [];
    }
}
