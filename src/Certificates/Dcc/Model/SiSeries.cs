namespace Plumbline.Certificates;

/// <summary>One number of a quantity with all that is stated about it.</summary>
/// <param name="Value">The number as it stands; the real part or magnitude of a complex one.</param>
/// <param name="Second">Imaginary part or phase of a complex number.</param>
/// <param name="Unit">Unit in D-SI notation.</param>
/// <param name="SecondUnit">Unit of the phase.</param>
/// <param name="Uncertainty">Its uncertainty; null where none is stated.</param>
/// <param name="Label">Label.</param>
/// <param name="DateTime">Instant.</param>
public sealed record SiNumber(string Value, string? Second, string? Unit, string? SecondUnit, SiNumberUncertainty? Uncertainty, string? Label, string? DateTime);

/// <summary>The uncertainty of one number.</summary>
/// <param name="Value">U or u as it stands.</param>
/// <param name="IsExpanded">Whether it is U.</param>
/// <param name="Form">Name of the D-SI form: <c>expandedMU</c>, <c>standardMU</c>, <c>coverageIntervalMU</c>, <c>expandedUnc</c>, <c>coverageInterval</c>.</param>
public sealed record SiNumberUncertainty(string Value, bool IsExpanded, string Form, string? Factor, string? Probability, string? Distribution, string? Minimum, string? Maximum);

/// <summary>The numbers of one form of a quantity, one after the other: what tables and spreadsheets show.</summary>
/// <param name="Source">The value they come from.</param>
/// <param name="Numbers">The numbers.</param>
/// <param name="IsPolar">Whether complex numbers are given by magnitude and phase.</param>
public sealed record SiSeries(SiValue Source, IReadOnlyList<SiNumber> Numbers, bool IsPolar = false)
{
    /// <summary>A series for each form of a hybrid, for each list of a list; one otherwise.</summary>
    public static IReadOnlyList<SiSeries> Of(SiValue? value) => value switch
    {
        null => [],
        SiHybrid hybrid => [.. hybrid.Forms.SelectMany(Of)],
        SiList list => [.. list.Lists.SelectMany(Of)],
        SiReal real => [new(real, [One(real, null, null, 0)])],
        SiConstant constant => [new(constant, [new(Text(constant.Value), null, constant.Unit, null, (constant.StandardUncertainty ?? constant.DeprecatedUncertainty) is { } u ? new(u.Text, false, "standardMU", null, null, constant.Distribution, null, null) : null, constant.Label, constant.DateTime)])],
        SiComplex complex => [Complex(complex, [complex], null, null)],
        SiRealList list => [new(list, [.. list.Numbers.Select((n, i) => One(n, list.Unit, list.Uncertainty, i))])],
        SiComplexList list => [Complex(list, list.Numbers, list.Unit, list.UnitPhase)],
        SiRealListXmlList list => [new(list, [.. list.Values.Select((v, i) => new SiNumber(v.Text, null, At(list.Units, i), null, Stated(list.Uncertainty, i), At(list.Labels, i), At(list.DateTimes, i)))])],
        SiComplexListXmlList list => [Complex(list)],
        _ => [],
    };

    /// <summary>The entry for the number at <paramref name="index"/> of a list that has one for all or one for each.</summary>
    internal static T? At<T>(IReadOnlyList<T> values, int index)
        where T : class => values.Count == 1 ? values[0] : index < values.Count ? values[index] : null;

    private static string? At(IReadOnlyList<DecimalText> values, int index) => values.Count == 1 ? values[0].Text : index < values.Count ? values[index].Text : null;

    private static string Text(DecimalText? value) => value?.Text ?? "";

    private static SiNumber One(SiReal real, string? unit, SiUncertainty? common, int index) =>
        new(Text(real.Value), null, real.Unit ?? unit, null, Stated(real.Uncertainty, 0) ?? Stated(common, index), real.Label, real.DateTime);

    private static SiNumberUncertainty? Stated(SiUncertainty? uncertainty, int index) => uncertainty is not null && At(uncertainty.Values, index) is { } value
        ? new(value, uncertainty.IsExpanded, FormOf(uncertainty), At(uncertainty.Factors, index), At(uncertainty.Probabilities, index), At(uncertainty.Distributions, index), At(uncertainty.Minima, index), At(uncertainty.Maxima, index))
        : null;

    private static string FormOf(SiUncertainty uncertainty) => uncertainty switch
    {
        SiStandardMU => "standardMU",
        SiExpandedMU => "expandedMU",
        SiCoverageIntervalMU => "coverageIntervalMU",
        SiExpandedUnc => "expandedUnc",
        _ => "coverageInterval",
    };

    private static SiSeries Complex(SiValue source, IEnumerable<SiComplex> numbers, string? unit, string? phase) =>
        new(source, [.. numbers.Select(n => new SiNumber(Text(n.Real ?? n.Magnitude), Text(n.Imaginary ?? n.Phase), n.Unit ?? unit, n.UnitPhase ?? phase, null, n.Label, n.DateTime))], numbers.Any(n => n.Magnitude is not null));

    private static SiSeries Complex(SiComplexListXmlList list)
    {
        var (first, second) = list.Real.Count > 0 ? (list.Real, list.Imaginary) : (list.Magnitude, list.Phase);
        return new(list, [.. first.Select((v, i) => new SiNumber(v.Text, At(second, i), At(list.Units, i), At(list.UnitPhases, i), null, At(list.Labels, i), At(list.DateTimes, i)))], list.Magnitude.Count > 0);
    }
}
