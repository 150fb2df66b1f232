namespace Plumbline.Numerics;

/// <summary>Screens of a round and of what one laboratory did in it (轮次筛查): each with its null distribution and p-value; evidence, never a verdict.</summary>
public static class RoundScreens
{
    /// <summary>Too many small ζ: the number of |ζ| below ½ against the binomial distribution with Pr = 2Φ(½) − 1 = 0.383.</summary>
    /// <param name="scores">ζ of independent results.</param>
    /// <returns>How many are small, and the probability of at least so many if the uncertainties were right: a small one says that they are overstated, or the results not independent.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A score is not finite.</exception>
    /// <exception cref="ArgumentException">No score.</exception>
    public static (int Count, double PValue) SmallScores(double[] scores)
    {
        Require.Finite(scores);
        var count = scores.Count(z => Math.Abs(z) < 0.5);
        return (count, AtLeast(scores.Length, 1 - 2 * Normal.UpperTailOf(0.5), count));
    }

    /// <summary>A distorted round: H = s*/σ below ½, where σ is what a model (such as Horwitz') or earlier rounds lead one to expect; with the lower tail of χ² for (n − 1)H².</summary>
    /// <param name="standardDeviation">s of the n results, not negative; a robust one makes the probability approximate.</param>
    /// <param name="expected">σ, same unit, greater than zero.</param>
    /// <param name="count">n, at least 2.</param>
    /// <returns>H, and the probability of one so small.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static (double Ratio, double PValue) TightRound(double standardDeviation, double expected, int count)
    {
        Require.NotNegative(standardDeviation);
        Require.Positive(expected);
        Require.AtLeast(count, 2);
        var h = standardDeviation / expected;
        return (h, ChiSquare.Cdf((count - 1) * h * h, count - 1));
    }

    /// <summary>Revised results: do they move towards what the others found more often than chance? The sign test of |revised − consensus| against |first − consensus|.</summary>
    /// <param name="first">Results as first reported, each in its own unit.</param>
    /// <param name="revised">The same results as revised.</param>
    /// <param name="consensus">For each the reference made without this laboratory.</param>
    /// <returns>How many came nearer, how many moved at all, and the one-sided p-value; revisions that keep the distance do not count.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">No result, or the lengths differ.</exception>
    /// <remarks>Correcting a real mistake moves a result towards the consensus too: ask for the reason before concluding.</remarks>
    public static (int Nearer, int Moved, double PValue) RevisionsTowardsConsensus(double[] first, double[] revised, double[] consensus)
    {
        Require.Finite(first);
        Require.Finite(revised);
        Require.SameLength(revised, first.Length);
        Require.Finite(consensus);
        Require.SameLength(consensus, first.Length);
        int nearer = 0, moved = 0;
        for (var i = 0; i < first.Length; i++)
        {
            double before = Math.Abs(first[i] - consensus[i]), after = Math.Abs(revised[i] - consensus[i]);
            nearer += after < before ? 1 : 0;
            moved += after != before ? 1 : 0;
        }
        return (nearer, moved, AtLeast(moved, 0.5, nearer));
    }

    /// <summary>Lots dealt out differently: do a laboratory's results fit another lot's values better than those of its own? ln LR = Σ[(x − own)² − (x − other)²]/(2u²), normal under honest work.</summary>
    /// <param name="values">The laboratory's results, each in its own unit.</param>
    /// <param name="ownLot">Value of the lot it was given.</param>
    /// <param name="otherLot">Value of the lot that others were given (or a certificate's, or last year's).</param>
    /// <param name="standardUncertainties">Standard uncertainty of each result about its lot's value, greater than zero.</param>
    /// <returns>ln of the likelihood ratio (positive: the other lot fits better), and the probability of one so large for results of its own lot; 0 and 1 where the lots do not differ.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty not positive.</exception>
    /// <exception cref="ArgumentException">No result, or the lengths differ.</exception>
    public static (double LogRatio, double PValue) FitsOtherLot(double[] values, double[] ownLot, double[] otherLot, double[] standardUncertainties)
    {
        Require.Finite(values);
        Require.Finite(ownLot);
        Require.SameLength(ownLot, values.Length);
        Require.Finite(otherLot);
        Require.SameLength(otherLot, values.Length);
        Require.Positive(standardUncertainties, values.Length);
        // With z = (x − own)/u and δ = (other − own)/u: ln LR = Σ(zδ − δ²/2), of mean −Σδ²/2 and variance Σδ².
        double sum = 0, square = 0;
        for (var i = 0; i < values.Length; i++)
        {
            double z = (values[i] - ownLot[i]) / standardUncertainties[i], d = (otherLot[i] - ownLot[i]) / standardUncertainties[i];
            sum += z * d;
            square += d * d;
        }
        return square > 0 ? (sum - square / 2, Normal.UpperTailOf(sum / Math.Sqrt(square))) : (0, 1);
    }

    private static double AtLeast(int trials, double chance, int count) => trials == 0 ? 1 : ExactMatches.AtLeast([.. Enumerable.Repeat(chance, trials)], count);
}
