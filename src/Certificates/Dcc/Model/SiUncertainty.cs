using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>An uncertainty of one quantity, in any of the forms of D-SI; lists have one entry for all values or one for each, single numbers one.</summary>
public abstract class SiUncertainty : SiValue
{
    private const string Wrap = "measurementUncertaintyUnivariate", MisspelledWrap = "measurementUncertaintyUnivaraite", ListWrap = "listMeasurementUncertaintyUnivariate", OldListWrap = "listUnivariateUnc";

    private static readonly DccChoice[] forms = [.. Forms("", false), .. Forms("XMLList", true)];
    private static readonly DccChoice[] deprecated = [Choice<SiExpandedUnc>("expandedUnc", false), Choice<SiCoverageIntervalOld>("coverageInterval", false)];
    private static readonly DccChoice[] deprecatedLists = [Choice<SiExpandedUnc>("expandedUncXMLList", true), Choice<SiCoverageIntervalOld>("coverageIntervalXMLList", true)];
    private static readonly DccChoice[] inLists = [.. Forms("", false), .. deprecated];

    /// <summary>Expanded uncertainty U, or standard uncertainty u where the form states that.</summary>
    public IReadOnlyList<DecimalText> Values { get; set; } = [];

    /// <summary>Coverage factors k.</summary>
    public IReadOnlyList<DecimalText> Factors { get; set; } = [];

    /// <summary>Coverage probabilities, 0 to 1.</summary>
    public IReadOnlyList<DecimalText> Probabilities { get; set; } = [];

    /// <summary>Lower ends of coverage intervals.</summary>
    public IReadOnlyList<DecimalText> Minima { get; set; } = [];

    /// <summary>Upper ends of coverage intervals.</summary>
    public IReadOnlyList<DecimalText> Maxima { get; set; } = [];

    /// <summary>Distributions.</summary>
    public IReadOnlyList<string> Distributions { get; set; } = [];

    /// <summary>Whether <see cref="Values"/> are expanded uncertainties rather than standard ones.</summary>
    public abstract bool IsExpanded { get; }

    /// <summary>Whether D-SI 2.2 calls the form deprecated.</summary>
    public virtual bool IsDeprecated => false;

    internal string? Wrapper { get; set; }

    internal bool IsList { get; set; }

    private protected string Suffix => IsList ? "XMLList" : "";

    private protected bool OldNames => Wrapper is ListWrap;

    internal static SiUncertainty? MapIn(DccMap map, SiUncertainty? value, bool list = false)
    {
        value?.IsList = list;
        foreach (var wrapper in list ? [Wrap + "XMLList"] : (ReadOnlySpan<string>)[Wrap, MisspelledWrap])
            if (In(map, wrapper, value is { IsDeprecated: false } && (value.Wrapper ?? Wrap + value.Suffix) == wrapper ? value : null) is { } found)
                return found;
        return map.One(value is { IsDeprecated: true, Wrapper: null } ? value : null, list ? deprecatedLists : deprecated) ?? value;
    }

    internal static SiUncertainty? MapInList(DccMap map, SiUncertainty? value)
    {
        value?.IsList = false;
        if (value is { Wrapper: not OldListWrap })
            value.Wrapper = ListWrap;
        return In(map, ListWrap, value?.Wrapper == ListWrap ? value : null) ?? In(map, OldListWrap, value?.Wrapper == OldListWrap ? value : null) ?? value;
    }

    /// <summary>In a real list the schema itself misspells the element around an uncertainty.</summary>
    internal static void SpellInList(SiUncertainty? uncertainty)
    {
        if (uncertainty is { IsDeprecated: false, Wrapper: null })
            uncertainty.Wrapper = MisspelledWrap;
    }

    private static SiUncertainty? In(DccMap map, string wrapper, SiUncertainty? value)
    {
        var choices = wrapper is ListWrap or OldListWrap ? inLists : forms;
        var holder = map.Part(wrapper, value is null ? null : new SiHolder { Value = value, Choices = choices }, e => Single(e, choices), () => new SiHolder { Choices = choices });
        if (holder?.Value is not SiUncertainty found)
            return null;
        // Only what was read remembers how it was spelled.
        if (value is null)
            found.Wrapper = wrapper;
        return found;
    }

    /// <summary>A wrapper is understood when it holds one known form and nothing else.</summary>
    internal static bool Single(XElement e, DccChoice[] choices) => !e.HasAttributes && e.Elements().Take(2).Count() == 1 && choices.Any(c => DccNames.Si + c.Name == e.Elements().First().Name);

    private static DccChoice[] Forms(string suffix, bool list) =>
        [Choice<SiStandardMU>($"standardMU{suffix}", list), Choice<SiExpandedMU>($"expandedMU{suffix}", list), Choice<SiCoverageIntervalMU>($"coverageIntervalMU{suffix}", list)];

    private static DccChoice Choice<T>(string name, bool list)
        where T : SiUncertainty, new() => new(name, part => part is T u && u.IsList == list, () => new T { IsList = list });
}

/// <summary>A wrapper element around one value.</summary>
internal sealed class SiHolder : SiValue
{

    public SiValue? Value { get; set; }

    public DccChoice[] Choices { get; set; } = [];

    internal override void Map(DccMap map) => Value = map.One(Value, Choices);
}
