using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.Numerics;

namespace Plumbline.Certificates;

/// <summary>Coverage factor, coverage probability and distribution must go together.</summary>
internal static partial class CoverageRules
{
    /// <summary>k = 2 stands for 95 % (95.45 %) and k = 2.6 for 99 %: what lies within two per cent is usage, not contradiction.</summary>
    private const double usage = 0.02;

    /// <summary>A larger factor than the normal distribution's may come from few degrees of freedom.</summary>
    private const double usageAbove = 0.04;

    public static void Run(CheckedFile file)
    {
        foreach (var element in file.Root.Descendants().Where(e => e.IsSi))
            foreach (var member in QuantityValues.Member(element).Where(m => m.UncertaintyAt is not null))
            {
                Factors(file, member);
                Intervals(file, member);
            }
    }

    private static void Factors(CheckedFile file, QuantityValues list)
    {
        HashSet<(double, double, string)> seen = [];
        for (var i = 0; i < list.Rows; i++)
            if (list.Factor(i)?.ToDouble() is { } k && list.Probability(i)?.ToDouble() is { } p && k is >= 1 and < 1000 && p is >= 0 and <= 1 && seen.Add((k, p, list.Distribution(i)))
                && Covered(k, list.Distribution(i)) is { } covered && !Agrees(k, p, covered, list.Distribution(i)))
                file.Report("coverage-mismatch", list.UncertaintyAt!, $"k = {Text(k)}, p = {Text(p)}", $"p ≈ {Math.Round(covered, 4).ToString(CultureInfo.InvariantCulture)}", list.Distribution(i) is { Length: > 0 } name ? name : "normal");
    }

    private static bool Agrees(double k, double p, double covered, string distribution) => Kind(distribution) switch
    {
        // Without a distribution, or with a t of unknown degrees of freedom, only a factor below the normal one is impossible.
        "" or "t" => covered >= p - usage,
        "normal" => covered - p is > -usage and < usageAbove,
        _ => Math.Abs(covered - p) < usage || p == 1 && covered > 1 - usage,
    };

    /// <summary>Probability within ±k standard deviations; null for a distribution that is not known.</summary>
    private static double? Covered(double k, string distribution) => Kind(distribution) switch
    {
        "" or "normal" or "t" => 2 * Normal.Cdf(k) - 1,
        "rectangular" => Math.Min(1, k / Math.Sqrt(3)),
        "triangular" => k >= Math.Sqrt(6) ? 1 : 1 - Math.Pow(1 - k / Math.Sqrt(6), 2),
        "tν" => 2 * StudentT.Cdf(k, Freedom(distribution)!.Value) - 1,
        _ => null,
    };

    private static string Kind(string distribution) => distribution.Trim().ToLowerInvariant() switch
    {
        "" => "",
        var d when d.Contains("normal", StringComparison.Ordinal) && !d.Contains("log", StringComparison.Ordinal) || d.Contains("gauss", StringComparison.Ordinal) || d.Contains("正态", StringComparison.Ordinal) => "normal",
        var d when Student().IsMatch(d) => Freedom(d) is null ? "t" : "tν",
        var d when d.Contains("rectang", StringComparison.Ordinal) || d.Contains("uniform", StringComparison.Ordinal) || d.Contains("均匀", StringComparison.Ordinal) || d.Contains("矩形", StringComparison.Ordinal) => "rectangular",
        var d when d.Contains("triang", StringComparison.Ordinal) || d.Contains("三角", StringComparison.Ordinal) => "triangular",
        _ => "other",
    };

    private static double? Freedom(string distribution) => Digits().Match(distribution) is { Success: true } match && double.TryParse(match.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var nu) && nu is > 0 and < 1e9 ? nu : null;

    private static void Intervals(CheckedFile file, QuantityValues list)
    {
        for (var i = 0; i < list.Rows && list.Minima.Length > 0; i++)
            if (Kind(list.Distribution(i)) == "normal" && list.Minimum(i)?.ToDouble() is { } low && list.Maximum(i)?.ToDouble() is { } high && list.StandardUncertainty(i)?.ToDouble() is > 0 and var u && list.Probability(i)?.ToDouble() is > 0 and < 1 and var p
                && double.IsFinite(high - low) && high > low && Normal.Quantile(0.5 + p / 2) is var z && Math.Abs((high - low) / (2 * u) / z - 1) > 0.15)
            {
                file.Report("coverage-interval", list.UncertaintyAt!, $"±{Text((high - low) / 2)}", $"±{Text(z * u)}", Text(p));
                return;
            }
    }

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^t\b|student|\bt[- ]distribution|^t\s*[((_-]|t\s*分布", RegexOptions.CultureInvariant)]
    private static partial Regex Student();

    [GeneratedRegex(@"[0-9]+(\.[0-9]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
