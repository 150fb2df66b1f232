using System.Runtime.CompilerServices;

namespace Plumbline.Numerics;

/// <summary>Tests on ranks (秩检验): which laboratories are always high or always low, and whether laboratories differ at all, without believing in any distribution of the results.</summary>
public static class RankTests
{
    /// <summary>Steps of the exact null distribution, materials × laboratories × steps, at most so many.</summary>
    private const double MostWork = 2e8;

    /// <summary>Youden's ranking test: the laboratories are ranked for every material, and sums of ranks that are too small or too large show a systematic error.</summary>
    /// <param name="valuesByMaterial">For every material the results of all laboratories in the same order, in any unit that is the material's own; at least two materials and three laboratories.</param>
    /// <returns>For every laboratory its rank sum with the exact two-sided p-value and that value corrected for all laboratories by Holm.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A result is not finite.</exception>
    /// <exception cref="ArgumentException">Too few materials or laboratories, lengths differ, or there are too many for the exact distribution.</exception>
    /// <remarks>
    /// Youden and Steiner, Statistical Manual of the AOAC (1975). Under the null hypothesis every order of the laboratories is as likely as any other, independently for every material;
    /// tied results have their mean rank, and the distribution is that of the ranks as they are.
    /// </remarks>
    public static RankSum[] Youden(double[][] valuesByMaterial)
    {
        var ranks = RanksOf(valuesByMaterial);
        var (materials, laboratories) = (ranks.Length, ranks[0].Length);
        if ((double)materials * materials * laboratories * laboratories > MostWork)
            throw new ArgumentException($"{materials} materials of {laboratories} laboratories are too many for the exact distribution.", nameof(valuesByMaterial));
        // Halves of ranks are counted as whole steps.
        var chances = new double[] { 1 };
        foreach (var row in ranks)
        {
            var next = new double[chances.Length + 2 * laboratories];
            foreach (var step in row.GroupBy(r => (int)(2 * r)))
                for (var s = 0; s < chances.Length; s++)
                    next[s + step.Key] += chances[s] * step.Count() / laboratories;
            chances = next;
        }
        double[] sums = [.. Enumerable.Range(0, laboratories).Select(l => ranks.Sum(row => row[l]))];
        var p = Array.ConvertAll(sums, sum => TwoSided(chances, (int)(2 * sum)));
        var corrected = Multiplicity.Holm(p);
        return [.. sums.Select((sum, l) => new RankSum(sum, p[l], corrected[l]))];
    }

    /// <summary>Friedman's test of no difference between laboratories that have all measured the same materials once.</summary>
    /// <param name="valuesByMaterial">For every material the results of all laboratories in the same order; at least two materials and two laboratories.</param>
    /// <returns>The statistic, corrected for ties, with its χ² approximation; no p-value when all laboratories tie everywhere.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A result is not finite.</exception>
    /// <exception cref="ArgumentException">Too few materials or laboratories, or lengths differ.</exception>
    /// <remarks>Hollander and Wolfe, Nonparametric Statistical Methods, 7.1; the approximation is good for ten laboratories or materials and more.</remarks>
    public static RankTest Friedman(double[][] valuesByMaterial)
    {
        var ranks = RanksOf(valuesByMaterial, 2);
        var (materials, laboratories) = (ranks.Length, ranks[0].Length);
        var squares = Enumerable.Range(0, laboratories).Sum(l => Square(ranks.Sum(row => row[l]) - materials * (laboratories + 1) / 2.0));
        var ties = ranks.Sum(Ties);
        return Result(12 * squares, (double)materials * laboratories * (laboratories + 1) - ties / (laboratories - 1), laboratories - 1);
    }

    /// <summary>The test of Kruskal and Wallis of no difference between laboratories with replicates of one material.</summary>
    /// <param name="valuesByLaboratory">The replicates of every laboratory, in one unit; at least two laboratories, at least one result each.</param>
    /// <returns>The statistic, corrected for ties, with its χ² approximation; no p-value when all results are equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A result is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than two laboratories, or one without a result.</exception>
    /// <remarks>Hollander and Wolfe, 6.1; the approximation is good for five replicates and more.</remarks>
    public static RankTest KruskalWallis(double[][] valuesByLaboratory)
    {
        Check(valuesByLaboratory, 2);
        foreach (var row in valuesByLaboratory)
            Require.Finite(row, 1, nameof(valuesByLaboratory));
        var ranks = Correlation.Ranks([.. valuesByLaboratory.SelectMany(r => r)]);
        double n = ranks.Length, between = 0;
        for (int l = 0, at = 0; l < valuesByLaboratory.Length; at += valuesByLaboratory[l++].Length)
            between += Square(ranks.Skip(at).Take(valuesByLaboratory[l].Length).Sum(r => r - (n + 1) / 2)) / valuesByLaboratory[l].Length;
        return Result(12 * between / (n * (n + 1)), 1 - Ties(ranks) / (n * n * n - n), valuesByLaboratory.Length - 1);
    }

    private static double[][] RanksOf(double[][] valuesByMaterial, int fewestLaboratories = 3)
    {
        Check(valuesByMaterial, 2);
        foreach (var row in valuesByMaterial)
        {
            Require.Finite(row, fewestLaboratories, nameof(valuesByMaterial));
            if (row.Length != valuesByMaterial[0].Length)
                throw new ArgumentException($"Every material needs the results of the same laboratories: {valuesByMaterial[0].Length} and {row.Length} are given.", nameof(valuesByMaterial));
        }
        return Array.ConvertAll(valuesByMaterial, Correlation.Ranks);
    }

    private static void Check(double[][] values, int least, [CallerArgumentExpression(nameof(values))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        if (values.Length < least)
            throw new ArgumentException($"At least {least} rows are needed, {values.Length} given.", name);
    }

    private static RankTest Result(double numerator, double denominator, int degreesOfFreedom) =>
        denominator > 1e-12 ? new(numerator / denominator, degreesOfFreedom, ChiSquare.UpperTail(numerator / denominator, degreesOfFreedom)) : new(0, degreesOfFreedom, null);

    private static double TwoSided(double[] chances, int step)
    {
        double below = 0, above = 0;
        for (var s = 0; s < chances.Length; s++)
        {
            below += s <= step ? chances[s] : 0;
            above += s >= step ? chances[s] : 0;
        }
        return Math.Min(1, 2 * Math.Min(below, above));
    }

    private static double Ties(double[] ranks) => ranks.GroupBy(r => r).Sum(g => Math.Pow(g.Count(), 3) - g.Count());

    private static double Square(double x) => x * x;
}

/// <summary>A laboratory in Youden's ranking test.</summary>
/// <param name="Sum">Its ranks added over the materials; tied results count with their mean rank.</param>
/// <param name="PValue">Exact, two-sided, of this laboratory alone.</param>
/// <param name="CorrectedPValue">After Holm, for all laboratories together.</param>
public readonly record struct RankSum(double Sum, double PValue, double CorrectedPValue);

/// <summary>A rank test of all laboratories together.</summary>
/// <param name="Statistic">Friedman's or Kruskal's statistic, corrected for ties.</param>
/// <param name="DegreesOfFreedom">Of its χ² approximation.</param>
/// <param name="PValue">Null where everything ties and nothing can be tested.</param>
public readonly record struct RankTest(double Statistic, int DegreesOfFreedom, double? PValue);
