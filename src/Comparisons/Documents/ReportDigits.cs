using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>Value and uncertainty in neighbouring cells end at the same digit, and neither hides in a power of ten.</summary>
internal static class ReportDigits
{
    /// <summary>An uncertainty to two significant digits, written out.</summary>
    public static string Uncertainty(double? uncertainty) => uncertainty is { } u ? Numbers.Fixed(u, Numbers.DecimalsFor(u)) : Numbers.None;

    /// <summary>A value, or an uncertainty derived from it, to the digit at which <paramref name="uncertainty"/> ends.</summary>
    public static string Value(double? value, double? uncertainty) =>
        value is { } x ? uncertainty is { } u ? Numbers.Fixed(x, Numbers.DecimalsFor(u)) : Numbers.Significant(x, 3) : Numbers.None;
}
