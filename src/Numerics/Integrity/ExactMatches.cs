namespace Plumbline.Numerics;

/// <summary>Two laboratories that report the same figures (相同数据) more often than rounding makes likely; serves values and stated uncertainties alike.</summary>
public static class ExactMatches
{
    /// <summary>All pairs: the number of equal figures against the exact distribution of a sum of independent matches.</summary>
    /// <param name="valuesByLaboratory">A row for each of at least three laboratories, a column for each measurand, as reported (rounded).</param>
    /// <returns>Pairs with at least one match, in order of rising p-value; Holm's correction counts all pairs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than three laboratories, or rows of different length.</exception>
    /// <remarks>
    /// The match probability of a measurand comes from the other laboratories: the share of pairs, one of them at least outside the pair looked at,
    /// that report the same figure, with half a match added so that it is never zero. With few laboratories this makes the test cautious.
    /// </remarks>
    public static PairFinding[] Pairs(double[][] valuesByLaboratory)
    {
        ArgumentNullException.ThrowIfNull(valuesByLaboratory);
        if (valuesByLaboratory.Length < 3)
            throw new ArgumentException("At least three laboratories are needed.", nameof(valuesByLaboratory));
        foreach (var row in valuesByLaboratory)
        {
            Require.Finite(row, 1, nameof(valuesByLaboratory));
            Require.SameLength(row, valuesByLaboratory[0].Length, nameof(valuesByLaboratory));
        }
        int n = valuesByLaboratory.Length, m = valuesByLaboratory[0].Length;
        var matching = new double[m];
        for (var k = 0; k < m; k++)
            matching[k] = valuesByLaboratory.GroupBy(row => row[k]).Sum(g => g.Count() * (g.Count() - 1) / 2.0);
        var findings = new List<(int First, int Second, int Count, double P)>();
        var pairs = n * (n - 1) / 2.0;
        for (var i = 0; i < n; i++)
            for (var j = i + 1; j < n; j++)
            {
                bool[] equal = [.. Enumerable.Range(0, m).Select(k => valuesByLaboratory[i][k] == valuesByLaboratory[j][k])];
                var count = equal.Count(e => e);
                double[] chances = [.. Enumerable.Range(0, m).Select(k => Math.Min(1, (matching[k] - (equal[k] ? 1 : 0) + 0.5) / (pairs - 1 + 0.5)))];
                findings.Add((i, j, count, AtLeast(chances, count)));
            }
        var corrected = Multiplicity.Holm([.. findings.Select(f => f.P)]);
        return [.. findings.Select((f, k) => new PairFinding(f.First, f.Second, f.Count, f.P, corrected[k])).Where(f => f.Statistic > 0).OrderBy(f => f.PValue)];
    }

    /// <summary>Pr{at least count successes} of independent trials with the given chances: the Poisson-binomial tail by convolution.</summary>
    internal static double AtLeast(double[] chances, int count)
    {
        var distribution = new double[chances.Length + 1];
        distribution[0] = 1;
        for (var k = 0; k < chances.Length; k++)
            for (var s = k + 1; s >= 0; s--)
                distribution[s] = distribution[s] * (1 - chances[k]) + (s > 0 ? distribution[s - 1] * chances[k] : 0);
        var tail = 0.0;
        for (var s = distribution.Length - 1; s >= count; s--)
            tail += distribution[s];
        return Math.Min(1, tail);
    }
}
