namespace Plumbline.Numerics;

/// <summary>Proving a reliability by units that all survive, or almost all (成功试验): the binomial way.</summary>
public static class SuccessRun
{
    /// <summary>How many units must survive without failure: n = ln(1 − C)/ln R, rounded up.</summary>
    /// <param name="reliability">R to prove, strictly between 0 and 1.</param>
    /// <param name="coverageProbability">Confidence C.</param>
    /// <param name="lives">How many times the required life each unit is run; more than one saves units where lives are Weibull of known shape.</param>
    /// <param name="shape">Weibull shape β for that.</param>
    /// <returns>Units.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static int Units(double reliability, double coverageProbability, double lives = 1, double shape = 1)
    {
        if (!(reliability > 0 && reliability < 1))
            throw new ArgumentOutOfRangeException(nameof(reliability), reliability, "Must lie strictly between 0 and 1.");
        Require.Probability(coverageProbability);
        Require.Positive(lives);
        Require.Positive(shape);
        var n = GammaFunctions.Log1P(-coverageProbability) / (Math.Log(reliability) * Math.Pow(lives, shape));
        // A whole number found by rounding alone is not raised by one.
        return (int)Math.Max(1, Math.Ceiling(n * (1 - 1e-12)));
    }

    /// <summary>The two-sided Clopper–Pearson interval of a proportion.</summary>
    /// <param name="trials">n, at least 1.</param>
    /// <param name="successes">x, from 0 to n.</param>
    /// <param name="coverageProbability">At least this is covered.</param>
    /// <returns>Between 0 and 1; 0 and 1 themselves at x = 0 and x = n.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Interval Proportion(int trials, int successes, double coverageProbability = 0.95)
    {
        Require.AtLeast(trials, 1);
        Require.AtLeast(successes, 0);
        if (successes > trials)
            throw new ArgumentOutOfRangeException(nameof(successes), successes, $"Must not be above the {trials} trials.");
        Require.Probability(coverageProbability);
        var tail = (1 - coverageProbability) / 2;
        return new(LowerOf(trials, successes, tail), 1 - LowerOf(trials, trials - successes, tail));
    }

    /// <summary>The one-sided lower bound of a reliability from survivors.</summary>
    /// <param name="trials">n units, at least 1.</param>
    /// <param name="successes">Survivors, from 0 to n.</param>
    /// <param name="coverageProbability">Confidence.</param>
    /// <returns>Between 0 and 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double LowerBound(int trials, int successes, double coverageProbability = 0.9)
    {
        Proportion(trials, successes, coverageProbability);
        return LowerOf(trials, successes, 1 - coverageProbability);
    }

    /// <summary>The quantile of Beta(x, n − x + 1), through F.</summary>
    private static double LowerOf(int n, int x, double tail)
    {
        if (x == 0)
            return 0;
        double a = x, b = n - x + 1.0, f = FisherF.Quantile(tail, 2 * a, 2 * b);
        return a * f / (a * f + b);
    }
}
