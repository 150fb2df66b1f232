namespace Plumbline.Numerics;

/// <summary>Factors of coverage regions of a normal vector result (包含区域; JCGM 102:2011, 6.5).</summary>
public static class CoverageRegionFactors
{
    /// <summary>k<sub>p</sub> of the ellipsoid (y − ŷ)ᵀU⁻¹(y − ŷ) ≤ k<sub>p</sub>².</summary>
    /// <param name="probability">The coverage, strictly between 0 and 1.</param>
    /// <param name="dimensions">How many results, at least 1.</param>
    /// <returns>Greater than zero; 1.96 for 95 % in one dimension, 2.45 in two.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Ellipsoid(double probability, int dimensions)
    {
        Require.Probability(probability);
        Require.AtLeast(dimensions, 1);
        return Math.Sqrt(ChiSquare.Quantile(probability, dimensions));
    }

    /// <summary>k<sub>q</sub> of the rectangle ŷ<sub>j</sub> ± k<sub>q</sub>u<sub>j</sub> of independent results.</summary>
    /// <param name="probability">The coverage, strictly between 0 and 1.</param>
    /// <param name="dimensions">How many results, at least 1.</param>
    /// <returns>Greater than zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double IndependentRectangle(double probability, int dimensions)
    {
        Require.Probability(probability);
        Require.AtLeast(dimensions, 1);
        return Normal.UpperQuantile(-double.ExpM1(Math.Log(probability) / dimensions) / 2);
    }
}
