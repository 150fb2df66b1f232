namespace Plumbline.Certificates;

/// <summary>A coverage region of several quantities: covariance matrix, coverage factor and probability.</summary>
public sealed class SiRegion : SiValue
{
    private const string Ellipsoid = "ellipsoidalRegion", Rectangle = "rectangularRegion";
    private static readonly DccChoice[] wrapped = [Choice($"{Ellipsoid}MUXMLList", true), Choice($"{Rectangle}MUXMLList", true)];
    private static readonly DccChoice[] plain = [Choice(Ellipsoid, false), Choice(Rectangle, false)];
    private static readonly DccChoice[] deprecated = [Choice($"{Ellipsoid}XMLList", false), Choice($"{Rectangle}XMLList", false)];

    /// <summary>Whether the region is an ellipsoid rather than a rectangle.</summary>
    public bool IsEllipsoidal => Element.StartsWith(Ellipsoid, StringComparison.Ordinal);

    /// <summary>The columns of the covariance matrix.</summary>
    public IList<SiCovarianceColumn> Columns { get; } = [];

    /// <summary>Coverage factors.</summary>
    public IReadOnlyList<DecimalText> Factors { get; set; } = [];

    /// <summary>Coverage probabilities.</summary>
    public IReadOnlyList<DecimalText> Probabilities { get; set; } = [];

    /// <summary>Distributions.</summary>
    public IReadOnlyList<string> Distributions { get; set; } = [];

    internal string Element { get; set; } = Ellipsoid;

    internal string? Wrapper { get; set; }

    internal bool IsList { get; set; }

    /// <summary>The region among the children of a value: in a wrapper, or on its own.</summary>
    internal static SiRegion? MapIn(DccMap map, SiRegion? value, string? wrapper = null, string? own = null)
    {
        if (wrapper is not null)
        {
            var choices = wrapper == "listBivariateUnc" ? plain : wrapped;
            var holder = map.Part(wrapper, value?.Wrapper == wrapper ? new SiHolder { Value = value, Choices = choices } : null, e => SiUncertainty.Single(e, choices), () => new SiHolder { Choices = choices });
            if (holder?.Value is SiRegion found)
            {
                found.Wrapper = wrapper;
                return found;
            }
        }
        return (wrapper is null ? map.One(value, plain) : own == "XMLList" ? map.One(value is { Wrapper: null } ? value : null, deprecated) : null) ?? value;
    }

    internal override void Map(DccMap map)
    {
        var suffix = IsList ? "XMLList" : "";
        map.Group($"covarianceMatrix{suffix}", $"column{suffix}", Columns);
        Factors = map.Numbers($"coverageFactor{suffix}", Factors);
        Probabilities = map.Numbers($"coverageProbability{suffix}", Probabilities);
        Distributions = SiDistribution.Map(map, suffix, Distributions);
    }

    private static DccChoice Choice(string name, bool list) => new(name, part => part is SiRegion r && r.Element == name, () => new SiRegion { Element = name, IsList = list });
}

/// <summary>A column of a covariance matrix.</summary>
public sealed class SiCovarianceColumn : SiValue
{
    private static readonly DccChoice[] choices =
    [
        new("covariance", part => part is SiCovariance { IsList: false }, () => new SiCovariance()),
        new("covarianceXMLList", part => part is SiCovariance { IsList: true }, () => new SiCovariance { IsList = true }),
    ];

    /// <summary>Its elements from the first row.</summary>
    public IList<SiCovariance> Covariances { get; } = [];

    internal override void Map(DccMap map) => map.Mixed(Covariances, choices);
}

/// <summary>A covariance; in lists one for each value.</summary>
public sealed class SiCovariance : SiValue
{
    /// <summary>The numbers.</summary>
    public IReadOnlyList<DecimalText> Values { get; set; } = [];

    /// <summary>The units.</summary>
    public IReadOnlyList<string> Units { get; set; } = [];

    internal bool IsList { get; set; }

    internal override void Map(DccMap map)
    {
        var suffix = IsList ? "XMLList" : "";
        Values = map.Numbers($"value{suffix}", Values);
        Units = map.Words($"unit{suffix}", Units);
    }
}
