namespace Plumbline.Numerics;

/// <summary>Generalised least squares (广义最小二乘): y = Xβ + e with cov(e) = V.</summary>
/// <remarks>The data are whitened with the Cholesky factor of V and solved by Householder reflections, which keeps twice the digits of the normal equations.</remarks>
public static class LeastSquares
{
    /// <summary>Estimates β with a known covariance matrix.</summary>
    /// <param name="design">X: a row for each observation, a column for each parameter; full column rank.</param>
    /// <param name="observations">y, in one unit.</param>
    /// <param name="covariance">V, symmetric and positive definite, in the unit of y squared.</param>
    /// <returns>The estimates with their covariance (X′V⁻¹X)⁻¹ and χ² = r′V⁻¹r.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite or a variance is not positive.</exception>
    /// <exception cref="ArgumentException">Sizes do not agree, V is not positive definite, or X is rank deficient.</exception>
    public static LeastSquaresResult Generalised(double[,] design, double[] observations, double[,] covariance)
    {
        Require.Finite(observations);
        CheckDesign(design, observations.Length);
        Require.Covariance(covariance, observations.Length);
        var factor = Matrix.Cholesky(covariance, nameof(covariance));
        var y = (double[])observations.Clone();
        Matrix.ForwardSolve(factor, y);
        var x = new double[y.Length, design.GetLength(1)];
        for (var j = 0; j < x.GetLength(1); j++)
        {
            var column = Enumerable.Range(0, y.Length).Select(i => design[i, j]).ToArray();
            Matrix.ForwardSolve(factor, column);
            for (var i = 0; i < y.Length; i++)
                x[i, j] = column[i];
        }
        return Solve(x, y, design, observations, estimateVariance: false);
    }

    /// <summary>Estimates β when all observations have the same, unknown variance, which the residuals give.</summary>
    /// <param name="design">X: a row for each observation, a column for each parameter; full column rank.</param>
    /// <param name="observations">y, in one unit; more of them than parameters.</param>
    /// <returns>The estimates with covariance s²(X′X)⁻¹; χ² is the residual sum of squares.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Sizes do not agree, no degree of freedom is left, or X is rank deficient.</exception>
    public static LeastSquaresResult Ordinary(double[,] design, double[] observations)
    {
        Require.Finite(observations);
        CheckDesign(design, observations.Length);
        if (observations.Length <= design.GetLength(1))
            throw new ArgumentException($"More observations than the {design.GetLength(1)} parameters are needed.", nameof(observations));
        return Solve((double[,])design.Clone(), (double[])observations.Clone(), design, observations, estimateVariance: true);
    }

    private static void CheckDesign(double[,] design, int rows)
    {
        ArgumentNullException.ThrowIfNull(design);
        if (design.GetLength(0) != rows || design.GetLength(1) == 0 || design.GetLength(1) > rows)
            throw new ArgumentException($"Must have {rows} rows and between 1 and {rows} columns.", nameof(design));
        foreach (var value in design)
            Require.Finite(value, nameof(design));
    }

    private static LeastSquaresResult Solve(double[,] x, double[] y, double[,] design, double[] observations, bool estimateVariance)
    {
        int n = y.Length, p = x.GetLength(1);
        // Columns of very different size (a constant beside t³) would hide rank deficiency: compare each with its own norm.
        var norms = new double[p];
        for (var j = 0; j < p; j++)
            norms[j] = Norm(x, j, 0);
        for (var j = 0; j < p; j++)
            Reflect(x, y, j, norms[j]);
        var beta = new double[p];
        for (var j = p - 1; j >= 0; j--)
        {
            beta[j] = y[j];
            for (var k = j + 1; k < p; k++)
                beta[j] -= x[j, k] * beta[k];
            beta[j] /= x[j, j];
        }
        var chiSquared = 0.0;
        for (var i = p; i < n; i++)
            chiSquared += y[i] * y[i];
        var scale = estimateVariance ? chiSquared / (n - p) : 1;
        var residuals = new double[n];
        for (var i = 0; i < n; i++)
        {
            residuals[i] = observations[i];
            for (var j = 0; j < p; j++)
                residuals[i] -= design[i, j] * beta[j];
        }
        return new(beta, InverseOfGram(x, p, scale), chiSquared, n - p, residuals);
    }

    private static double Norm(double[,] x, int column, int from)
    {
        var sum = 0.0;
        for (var i = from; i < x.GetLength(0); i++)
            sum = double.Hypot(sum, x[i, column]);
        return sum;
    }

    private static void Reflect(double[,] x, double[] y, int j, double original)
    {
        var n = y.Length;
        var norm = Norm(x, j, j);
        if (!(norm > 1e-13 * original))
            throw new ArgumentException($"Column {j + 1} of the design depends on the columns before it.");
        var alpha = x[j, j] > 0 ? -norm : norm;
        var v = new double[n];
        for (var i = j; i < n; i++)
            v[i] = x[i, j] / norm;
        v[j] -= alpha / norm;
        var square = 0.0;
        for (var i = j; i < n; i++)
            square += v[i] * v[i];
        for (var k = j; k < x.GetLength(1); k++)
        {
            var dot = 0.0;
            for (var i = j; i < n; i++)
                dot += v[i] * x[i, k];
            dot *= 2 / square;
            for (var i = j; i < n; i++)
                x[i, k] -= dot * v[i];
        }
        var product = 0.0;
        for (var i = j; i < n; i++)
            product += v[i] * y[i];
        product *= 2 / square;
        for (var i = j; i < n; i++)
            y[i] -= product * v[i];
    }

    /// <summary>(R′R)⁻¹ = R⁻¹R⁻ᵀ from the triangle left in x.</summary>
    private static double[,] InverseOfGram(double[,] x, int p, double scale)
    {
        var inverse = new double[p, p];
        for (var j = 0; j < p; j++)
            for (var i = j; i >= 0; i--)
            {
                var sum = i == j ? 1.0 : 0;
                for (var k = i + 1; k <= j; k++)
                    sum -= x[i, k] * inverse[k, j];
                inverse[i, j] = sum / x[i, i];
            }
        var covariance = new double[p, p];
        for (var i = 0; i < p; i++)
            for (var j = 0; j < p; j++)
                for (var k = Math.Max(i, j); k < p; k++)
                    covariance[i, j] += scale * inverse[i, k] * inverse[j, k];
        return covariance;
    }
}

/// <summary>What a least-squares fit gives.</summary>
/// <param name="Parameters">β, in the order of the design's columns.</param>
/// <param name="Covariance">cov(β).</param>
/// <param name="ChiSquared">The weighted sum of squared residuals (unweighted for an ordinary fit).</param>
/// <param name="DegreesOfFreedom">Observations less parameters.</param>
/// <param name="Residuals">y − Xβ, in the unit of y.</param>
public sealed record LeastSquaresResult(double[] Parameters, double[,] Covariance, double ChiSquared, int DegreesOfFreedom, double[] Residuals)
{
    /// <summary>The standard uncertainty of one parameter.</summary>
    /// <param name="index">The column of the design.</param>
    /// <returns>The square root of the variance, not negative.</returns>
    public double StandardUncertainty(int index) => Math.Sqrt(Covariance[index, index]);

    /// <summary>√(χ²/ν): the residual standard deviation of an ordinary fit, the Birge ratio of a weighted one; null when no degree of freedom is left.</summary>
    public double? ResidualRatio => DegreesOfFreedom > 0 ? Math.Sqrt(ChiSquared / DegreesOfFreedom) : null;
}
