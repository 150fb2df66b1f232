namespace Plumbline.Numerics;

/// <summary>The largest consistent subset (最大一致子集) of Cox, Metrologia 44 (2007) 187: the most results that pass the χ² test together, and among subsets of that size the one with the least χ².</summary>
/// <remarks>
/// Exact in polynomial time. The best subset of size k consists of the k results with the least |x − θ|/u for some θ (its own mean);
/// this order changes only where two of these distances cross, at no more than n(n − 1) places, and there by one exchange of neighbours.
/// One sweep over θ therefore meets every candidate, and each exchange changes one subset.
/// </remarks>
public static class LargestConsistentSubset
{
    /// <summary>The most results accepted: the sweep keeps about n² crossings in memory.</summary>
    public const int MostResults = 3000;

    /// <summary>The weighted mean of the largest consistent subset.</summary>
    /// <param name="values">The laboratories' results, in one unit; at most <see cref="MostResults"/>.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="significance">The level of the χ² test; 0.05 in Cox's procedure.</param>
    /// <returns>The mean; <c>Included</c> tells the members, and a warning <c>ties</c> that another subset serves equally well.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, an uncertainty is not positive, or the level is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException">No result, too many, or the lengths differ.</exception>
    /// <remarks>Results are left out because they disagree, which makes the uncertainty optimistic: report who was left out.</remarks>
    public static ConsensusResult Of(double[] values, double[] standardUncertainties, double significance = 0.05)
    {
        var subset = Find(values, standardUncertainties, significance);
        var members = subset.Members;
        var inner = WeightedMean.Of([.. members.Select(i => values[i])], [.. members.Select(i => standardUncertainties[i])]);
        var included = new bool[values.Length];
        var weights = new double[values.Length];
        for (var i = 0; i < members.Length; i++)
        {
            included[members[i]] = true;
            weights[members[i]] = inner.Weights![i];
        }
        return inner with
        {
            Method = "largest-consistent-subset",
            Included = included,
            Weights = weights,
            Warnings = subset.Ties.Length > 0 ? ["ties"] : [],
        };
    }

    /// <summary>The subset itself with its test.</summary>
    /// <param name="values">The laboratories' results, in one unit; at most <see cref="MostResults"/>.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="significance">The level of the χ² test.</param>
    /// <returns>Members in the order of the data, their χ², the critical value, and equally good subsets.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, an uncertainty is not positive, or the level is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException">No result, too many, or the lengths differ.</exception>
    public static ConsistentSubset Find(double[] values, double[] standardUncertainties, double significance = 0.05)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        Require.Probability(significance);
        if (values.Length > MostResults)
            throw new ArgumentException($"At most {MostResults} results.", nameof(values));
        var frame = Frame.Of(values, standardUncertainties);
        var sweep = new SubsetSweep(frame.Z, frame.S);
        sweep.Run();
        for (var k = values.Length; k > 1; k--)
        {
            var critical = ChiSquare.UpperQuantile(significance, k - 1);
            if (sweep.Least[k] > critical * (1 + 1e-9))
                continue;
            var candidates = sweep.Best(k);
            if (candidates[0].Q < critical)
                return new(candidates[0].Members, candidates[0].Q, critical, [.. candidates.Skip(1).Select(c => c.Members)]);
        }
        var most = Enumerable.Range(0, values.Length).MinBy(i => standardUncertainties[i]);
        return new([most], 0, 0, [.. Enumerable.Range(0, values.Length).Where(i => i != most).Select(i => new[] { i })]);
    }
}

/// <summary>A subset of results that pass the χ² test together.</summary>
/// <param name="Members">Indices into the data, rising, from zero.</param>
/// <param name="ChiSquared">Σ((x − m)/u)² about the members' weighted mean.</param>
/// <param name="CriticalValue">The χ² quantile it was held against; zero for a single member, which is always consistent.</param>
/// <param name="Ties">Other subsets of the same size with the same χ² to rounding.</param>
public sealed record ConsistentSubset(int[] Members, double ChiSquared, double CriticalValue, int[][] Ties);
