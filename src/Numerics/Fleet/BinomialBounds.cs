namespace Plumbline.Numerics;

/// <summary>Exact bounds for a proportion (Clopper and Pearson).</summary>
public static class BinomialBounds
{
    /// <summary>The upper bound of a proportion of which <paramref name="count"/> in <paramref name="trials"/> were seen.</summary>
    /// <param name="trials">n, at least 1.</param>
    /// <param name="count">x, from 0 to n.</param>
    /// <param name="coverageProbability">One-sided confidence, strictly between 0 and 1.</param>
    /// <returns>A proportion; 1 where all were.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Upper(int trials, int count, double coverageProbability)
    {
        Check(trials, count, coverageProbability);
        // P(X ≤ x | p) = 1 − c, a β quantile by way of F.
        return count == trials ? 1 : Quantile(count + 1, trials - count, coverageProbability);
    }

    /// <summary>The lower bound.</summary>
    /// <param name="trials">n, at least 1.</param>
    /// <param name="count">x, from 0 to n.</param>
    /// <param name="coverageProbability">One-sided confidence, strictly between 0 and 1.</param>
    /// <returns>A proportion; 0 where none was.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Lower(int trials, int count, double coverageProbability)
    {
        Check(trials, count, coverageProbability);
        return count == 0 ? 0 : 1 - Quantile(trials - count + 1, count, coverageProbability);
    }

    private static void Check(int trials, int count, double coverageProbability)
    {
        Require.AtLeast(trials, 1);
        Require.AtLeast(count, 0);
        if (count > trials)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"Must not exceed the {trials} trials.");
        Require.Probability(coverageProbability);
    }

    private static double Quantile(double a, double b, double probability)
    {
        var f = a / b * FisherF.Quantile(probability, 2 * a, 2 * b);
        return f / (1 + f);
    }
}
