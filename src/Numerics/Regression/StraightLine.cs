namespace Plumbline.Numerics;

/// <summary>Straight lines through points (直线拟合): ordinary, weighted, and weighted total least squares with any covariance, ISO/TS 28037.</summary>
public static class StraightLine
{
    /// <summary>Ordinary least squares: x without error, y with one common, unknown standard deviation (JCGM 100, H.3).</summary>
    /// <param name="x">Settings, at least three, not all equal.</param>
    /// <param name="y">One observation for each.</param>
    /// <returns>The line, its covariance from the residuals.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Too few points, sizes that do not agree, or settings all alike.</exception>
    public static LineFit Ordinary(double[] x, double[] y)
    {
        Require.Finite(x, 3);
        Require.Finite(y);
        Require.SameLength(y, x.Length);
        return Weighted(x, y, [.. Enumerable.Repeat(1.0, x.Length)], scaled: true);
    }

    /// <summary>Least squares with weights known up to a common factor, which the residuals give.</summary>
    /// <param name="x">Settings, at least three, not all equal.</param>
    /// <param name="y">One observation for each.</param>
    /// <param name="weights">Greater than zero.</param>
    /// <returns>The line, its covariance scaled by the residuals.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">Too few points, sizes that do not agree, or settings all alike.</exception>
    public static LineFit RelativelyWeighted(double[] x, double[] y, double[] weights)
    {
        Require.Finite(x, 3);
        Require.Finite(y);
        Require.SameLength(y, x.Length);
        Require.Positive(weights, x.Length);
        return Weighted(x, y, weights, scaled: true);
    }

    /// <summary>Weighted least squares: x without error, y with known standard uncertainties (ISO/TS 28037, clause 6).</summary>
    /// <param name="x">Settings, at least two, not all equal.</param>
    /// <param name="y">One observation for each.</param>
    /// <param name="standardUncertainties">u(y), greater than zero; infinitely many degrees of freedom.</param>
    /// <returns>The line, its covariance from the uncertainties alone.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">Too few points, sizes that do not agree, or settings all alike.</exception>
    public static LineFit WithKnownUncertainties(double[] x, double[] y, double[] standardUncertainties)
    {
        Require.Finite(x, 2);
        Require.Finite(y);
        Require.SameLength(y, x.Length);
        Require.Positive(standardUncertainties, x.Length);
        return Weighted(x, y, Array.ConvertAll(standardUncertainties, u => 1 / (u * u)), scaled: false);
    }

    /// <summary>Weighted total least squares: both coordinates uncertain, points independent of each other (ISO/TS 28037, clause 7).</summary>
    /// <param name="x">Abscissae, at least two.</param>
    /// <param name="y">Ordinates.</param>
    /// <param name="abscissaUncertainties">u(x), not negative; the two of a point not both zero.</param>
    /// <param name="ordinateUncertainties">u(y), not negative.</param>
    /// <param name="correlations">r(x, y) of each point, between −1 and 1; none where missing.</param>
    /// <returns>The line with the covariance that the uncertainties propagate to.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">Too few points, sizes that do not agree, or points all alike.</exception>
    public static LineFit Total(double[] x, double[] y, double[] abscissaUncertainties, double[] ordinateUncertainties, double[]? correlations = null)
    {
        Require.Finite(x, 2);
        var n = x.Length;
        Require.Finite(y);
        Require.SameLength(y, n);
        Require.NotNegative(abscissaUncertainties, n);
        Require.NotNegative(ordinateUncertainties, n);
        if (correlations is not null)
        {
            Require.Finite(correlations);
            Require.SameLength(correlations, n);
        }
        double[] xx = new double[n], yy = new double[n], xy = new double[n];
        for (var i = 0; i < n; i++)
        {
            double a = abscissaUncertainties[i], b = ordinateUncertainties[i], r = correlations?[i] ?? 0;
            if (Math.Abs(r) > 1)
                throw new ArgumentOutOfRangeException(nameof(correlations), r, $"Value {i + 1} must lie between −1 and 1.");
            if (!(a * a + b * b > 0))
                throw new ArgumentOutOfRangeException(nameof(ordinateUncertainties), b, $"Point {i + 1}: the two uncertainties must not both be zero.");
            (xx[i], yy[i], xy[i]) = (a * a, b * b, r * a * b);
        }
        return TotalLeastSquares.Fit(x, y, new IndependentPoints(xx, xy, yy));
    }

    /// <summary>Total least squares with a full covariance matrix of all coordinates (ISO/TS 28037, clause 10).</summary>
    /// <param name="x">Abscissae, at least two.</param>
    /// <param name="y">Ordinates.</param>
    /// <param name="jointCovariance">Of x₁ … x<sub>n</sub>, y₁ … y<sub>n</sub>: 2n × 2n, symmetric, positive definite or with zero rows for exact abscissae.</param>
    /// <returns>The line with the covariance that the matrix propagates to.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Sizes do not agree, the matrix is no covariance matrix, or points all alike.</exception>
    public static LineFit TotalCorrelated(double[] x, double[] y, double[,] jointCovariance)
    {
        Require.Finite(x, 2);
        Require.Finite(y);
        Require.SameLength(y, x.Length);
        ArgumentNullException.ThrowIfNull(jointCovariance);
        var size = 2 * x.Length;
        if (jointCovariance.GetLength(0) != size || jointCovariance.GetLength(1) != size)
            throw new ArgumentException($"Must be {size} × {size}, is {jointCovariance.GetLength(0)} × {jointCovariance.GetLength(1)}.", nameof(jointCovariance));
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
            {
                Require.Finite(jointCovariance[i, j], nameof(jointCovariance));
                if (Math.Abs(jointCovariance[i, j] - jointCovariance[j, i]) > 1e-9 * Math.Sqrt(Math.Abs(jointCovariance[i, i] * jointCovariance[j, j])))
                    throw new ArgumentException($"Must be symmetric: elements ({i + 1}, {j + 1}) and ({j + 1}, {i + 1}) differ.", nameof(jointCovariance));
            }
        return TotalLeastSquares.Fit(x, y, new CorrelatedPoints(jointCovariance));
    }

    private static LineFit Weighted(double[] x, double[] y, double[] w, bool scaled)
    {
        var n = x.Length;
        var total = w.Sum();
        // From one of the points, so that a large common offset costs no digits.
        double centre = x[0], level = y[0];
        for (var i = 0; i < n; i++)
        {
            centre += w[i] * (x[i] - x[0]) / total;
            level += w[i] * (y[i] - y[0]) / total;
        }
        double sxx = 0, sxy = 0;
        for (var i = 0; i < n; i++)
        {
            sxx += w[i] * (x[i] - centre) * (x[i] - centre);
            sxy += w[i] * (x[i] - centre) * (y[i] - level);
        }
        if (!(sxx > 0))
            throw new ArgumentException("The settings must not all be equal.", nameof(x));
        var slope = sxy / sxx;
        double[] residuals = [.. x.Select((v, i) => y[i] - level - slope * (v - centre))];
        var chi = residuals.Select((r, i) => w[i] * r * r).Sum();
        var variance = scaled ? chi / (n - 2) : 1;
        return new(centre, level, slope, new[,] { { variance / total, 0 }, { 0, variance / sxx } }, chi, n - 2, scaled, residuals);
    }
}
