using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>The limits beside a verdict: acceptance limits (which have any guard band in them), tolerance limits, or a maximum permissible error.</summary>
internal sealed class Limits
{
    private Limits(QuantityValues? lower, QuantityValues? upper, QuantityValues? permitted, bool acceptance) => (Lower, Upper, Permitted, IsAcceptance) = (lower, upper, permitted, acceptance);

    public QuantityValues? Lower { get; }

    public QuantityValues? Upper { get; }

    /// <summary>The maximum permissible error, for both sides.</summary>
    public QuantityValues? Permitted { get; }

    /// <summary>The verdict compares with these limits as they are.</summary>
    public bool IsAcceptance { get; }

    public bool AreForErrors => Permitted is not null;

    /// <summary>The limits in the data of a metaData element, else in those beside it; null where there are none.</summary>
    public static Limits? Of(XElement metaData) => In([metaData]) ?? In([.. metaData.Parent?.Elements().Where(e => e != metaData).Take(DecisionReading.Beside) ?? []]);

    private static Limits? In(XElement[] places)
    {
        var quantities = places.Select(p => p.Child("data")).OfType<XElement>().SelectMany(d => d.Descendants()).Where(e => e.Local == "quantity" && e.IsDcc).ToArray();
        QuantityValues? Called(params string[] names) => names.Select(n => QuantityValues.First(quantities.FirstOrDefault(q => q.RefTypes.Contains(n)))).FirstOrDefault(q => q is not null);
        var (low, high) = (Called("basic_acceptanceLimitLower"), Called("basic_acceptanceLimitUpper"));
        if (low is not null || high is not null)
            return new(low, high, null, true);
        (low, high) = (Called("basic_toleranceLimitLower", "cnm_mpeLower"), Called("basic_toleranceLimitUpper", "cnm_mpeUpper"));
        if (low is not null || high is not null)
            return new(low, high, null, false);
        return Called("cnm_mpe", CnmTerms.MaximumPermissibleError, "basic_maximumPermissibleError") is { } mpe ? new(null, null, mpe, false) : null;
    }

    /// <summary>Lower limit of value i in a unit; null where there is none.</summary>
    public Ratio? LowerOf(int i, DsiUnit unit) => Permitted is not null ? -Width(i, unit) : In(Lower, i, unit, false);

    /// <summary>Upper limit of value i in a unit; null where there is none.</summary>
    public Ratio? UpperOf(int i, DsiUnit unit) => Permitted is not null ? Width(i, unit) : In(Upper, i, unit, false);

    /// <summary>The first limit whose unit does not fit.</summary>
    public QuantityValues? Foreign(DsiUnit unit) => new[] { Lower, Upper, Permitted }.FirstOrDefault(l => l?.Unit(0) is { } own && !own.IsComparableWith(unit));

    private Ratio? Width(int i, DsiUnit unit) => In(Permitted, i, unit, true) is { } width ? Ratio.Abs(width) : null;

    private static Ratio? In(QuantityValues? limits, int i, DsiUnit unit, bool difference) =>
        limits?.Value(i) is { } value && limits.Unit(i) is { } own && own.IsComparableWith(unit) ? own.Convert(value.ToRatio(), unit, difference) : null;
}
