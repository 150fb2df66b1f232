namespace Plumbline.Numerics;

/// <summary>Between standard and expanded uncertainty (标准不确定度与扩展不确定度): results that state different k or coverage probabilities are brought to one footing.</summary>
public static class Coverage
{
    /// <summary>The coverage factor (包含因子) for a probability: the two-sided t quantile, the normal one for infinitely many degrees of freedom.</summary>
    /// <param name="probability">Coverage probability (包含概率), strictly between 0 and 1, such as 0.95.</param>
    /// <param name="degreesOfFreedom">Effective degrees of freedom, greater than zero; infinity when the uncertainty is known without doubt.</param>
    /// <returns>k, greater than zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double Factor(double probability, double degreesOfFreedom = double.PositiveInfinity)
    {
        Require.Probability(probability);
        Require.DegreesOfFreedom(degreesOfFreedom);
        return StudentT.UpperQuantileOf((1 - probability) / 2, degreesOfFreedom);
    }

    /// <summary>u = U/k.</summary>
    /// <param name="expandedUncertainty">U, not negative.</param>
    /// <param name="coverageFactor">k as stated with U, greater than zero.</param>
    /// <returns>The standard uncertainty, same unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double StandardFromFactor(double expandedUncertainty, double coverageFactor)
    {
        Require.NotNegative(expandedUncertainty);
        Require.Positive(coverageFactor);
        return expandedUncertainty / coverageFactor;
    }

    /// <summary>u = U/t<sub>p</sub>(ν), where a coverage probability is stated instead of k.</summary>
    /// <param name="expandedUncertainty">U, not negative.</param>
    /// <param name="probability">Coverage probability, strictly between 0 and 1.</param>
    /// <param name="degreesOfFreedom">Effective degrees of freedom, greater than zero; infinity allowed.</param>
    /// <returns>The standard uncertainty, same unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double StandardFromProbability(double expandedUncertainty, double probability, double degreesOfFreedom = double.PositiveInfinity)
    {
        Require.NotNegative(expandedUncertainty);
        return expandedUncertainty / Factor(probability, degreesOfFreedom);
    }

    /// <summary>U = k u.</summary>
    /// <param name="standardUncertainty">u, not negative.</param>
    /// <param name="coverageFactor">k, greater than zero; 2 by custom.</param>
    /// <returns>The expanded uncertainty, same unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double Expand(double standardUncertainty, double coverageFactor = 2)
    {
        Require.NotNegative(standardUncertainty);
        Require.Positive(coverageFactor);
        return coverageFactor * standardUncertainty;
    }

    /// <summary>U = t<sub>p</sub>(ν) u.</summary>
    /// <param name="standardUncertainty">u, not negative.</param>
    /// <param name="probability">Coverage probability, strictly between 0 and 1.</param>
    /// <param name="degreesOfFreedom">Effective degrees of freedom, greater than zero; infinity allowed.</param>
    /// <returns>The expanded uncertainty, same unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static double ExpandTo(double standardUncertainty, double probability, double degreesOfFreedom = double.PositiveInfinity)
    {
        Require.NotNegative(standardUncertainty);
        return standardUncertainty * Factor(probability, degreesOfFreedom);
    }
}
