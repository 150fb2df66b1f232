namespace Plumbline.Numerics;

/// <summary>Coverage of a complex quantity by an ellipse in the plane (JCGM 102:2011, 6.5; Hotelling's T² for finite degrees of freedom).</summary>
public static class ComplexCoverage
{
    /// <summary>k₂, the half-axis of the coverage ellipse in standard uncertainties: k₂² = 2ν/(ν − 1)·F_p(2, ν − 1).</summary>
    /// <param name="coverageProbability">Strictly between 0 and 1.</param>
    /// <param name="degreesOfFreedom">Greater than 1; infinity allowed.</param>
    /// <returns>The factor, greater than zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Factor(double coverageProbability, double degreesOfFreedom)
    {
        Require.Probability(coverageProbability);
        if (!(degreesOfFreedom > 1))
            throw new ArgumentOutOfRangeException(nameof(degreesOfFreedom), degreesOfFreedom, "Must be greater than one (infinity is allowed): below there is no ellipse.");
        // With two numerator degrees the quantile is closed: F = (m/2)·((1 − p)^(−2/m) − 1), m = ν − 1.
        var m = degreesOfFreedom - 1;
        var log = -GammaFunctions.Log1P(-coverageProbability);
        // e^x − 1 = 2·sinh(x/2)·e^(x/2) keeps its digits for small x.
        return double.IsPositiveInfinity(m) ? Math.Sqrt(2 * log) : Math.Sqrt(2 * degreesOfFreedom * Math.Sinh(log / m) * Math.Exp(log / m));
    }
}
