namespace Plumbline.Numerics;

/// <summary>Several z scores of one laboratory taken together (合成评分), ISO 13528:2022 Annex D.</summary>
/// <remarks>A combined score can hide one bad result among good ones, and two errors of opposite sign: report it beside the single scores, never instead of them.</remarks>
public static class CombinedScores
{
    /// <summary>RSZ = Σz/√m: a common bias shows here.</summary>
    /// <param name="scores">z scores of independent results.</param>
    /// <returns>The rescaled sum, standard normal for a laboratory that performs as assumed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A score is not finite.</exception>
    /// <exception cref="ArgumentException">No score.</exception>
    public static double RescaledSum(double[] scores)
    {
        Require.Finite(scores);
        return scores.Sum() / Math.Sqrt(scores.Length);
    }

    /// <summary>SSZ = Σz²: large scores of either sign show here.</summary>
    /// <param name="scores">z scores of independent results.</param>
    /// <returns>The sum of squares, and the probability of one so large for a laboratory that performs as assumed (χ² with m degrees of freedom).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A score is not finite.</exception>
    /// <exception cref="ArgumentException">No score.</exception>
    public static (double Sum, double PValue) SumOfSquares(double[] scores)
    {
        Require.Finite(scores);
        var sum = scores.Sum(z => z * z);
        return (sum, ChiSquare.UpperTail(sum, scores.Length));
    }

    /// <summary>The probability that a laboratory which performs as assumed gets at least one false signal among m points: 1 − (1 − α)<sup>m</sup>.</summary>
    /// <param name="points">m, at least 1.</param>
    /// <param name="probability">α of one point, strictly between 0 and 1; 0.05 for |E<sub>n</sub>| &gt; 1.</param>
    /// <returns>A probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double ChanceOfFalseSignal(int points, double probability = 0.05)
    {
        Require.AtLeast(points, 1);
        Require.Probability(probability);
        return -Math.Exp(points * GammaFunctions.Log1P(-probability)) + 1;
    }
}
