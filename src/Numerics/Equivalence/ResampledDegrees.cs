namespace Plumbline.Numerics;

/// <summary>Degrees of equivalence for any estimator, by parametric bootstrap (参数自助法): the estimator itself tells how the reference value hangs on each result, so that no independence is assumed for medians, robust and other values that are not linear.</summary>
public static class ResampledDegrees
{
    /// <summary>Degrees for independent results.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="estimator">Makes a reference value from values and uncertainties.</param>
    /// <param name="random">The stream of chance: the same seed gives the same digits.</param>
    /// <param name="coverage">Coverage probability of the intervals, strictly between 0 and 1.</param>
    /// <param name="darkUncertainty">Whether the τ of the reference counts as part of every laboratory's error; the reference value's own uncertainty always contains it.</param>
    /// <param name="replicates">At least 1000.</param>
    /// <returns>D = x − x<sub>ref</sub>, the standard deviation of its error, and the half-width about D that holds the coverage; Monte Carlo error about 1.5/√replicates.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, an uncertainty not positive, or a setting out of range.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, or the lengths differ.</exception>
    public static EquivalenceResult Of(double[] values, double[] standardUncertainties, Func<double[], double[], ConsensusResult> estimator, Random random,
        double coverage = 0.95, DarkUncertainty darkUncertainty = DarkUncertainty.Ignored, int replicates = 20_000)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        return Compute(values, standardUncertainties, null, estimator, random, coverage, darkUncertainty, replicates);
    }

    /// <summary>Degrees for correlated results.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="covariance">V, symmetric and positive definite, in that unit squared; its diagonal gives the uncertainties that the estimator sees.</param>
    /// <param name="estimator">Makes a reference value from values and uncertainties; one that knows V may ignore the latter.</param>
    /// <param name="random">The stream of chance: the same seed gives the same digits.</param>
    /// <param name="coverage">Coverage probability of the intervals, strictly between 0 and 1.</param>
    /// <param name="darkUncertainty">Whether the τ of the reference counts as part of every laboratory's error; the reference value's own uncertainty always contains it.</param>
    /// <param name="replicates">At least 1000.</param>
    /// <returns>As for independent results, the errors drawn with V.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, a variance not positive, or a setting out of range.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, sizes differ, or V is not positive definite.</exception>
    public static EquivalenceResult Of(double[] values, double[,] covariance, Func<double[], double[], ConsensusResult> estimator, Random random,
        double coverage = 0.95, DarkUncertainty darkUncertainty = DarkUncertainty.Ignored, int replicates = 20_000)
    {
        Require.Finite(values, 2);
        Require.Covariance(covariance, values.Length);
        double[] u = [.. Enumerable.Range(0, values.Length).Select(i => Math.Sqrt(covariance[i, i]))];
        return Compute(values, u, Matrix.Cholesky(covariance, nameof(covariance)), estimator, random, coverage, darkUncertainty, replicates);
    }

    private static EquivalenceResult Compute(double[] values, double[] u, double[,]? factor, Func<double[], double[], ConsensusResult> estimator, Random random,
        double coverage, DarkUncertainty darkUncertainty, int replicates)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        ArgumentNullException.ThrowIfNull(random);
        Require.Probability(coverage);
        Require.AtLeast(replicates, 1000);
        var n = values.Length;
        var reference = estimator(values, u);
        var tau = reference.Tau ?? 0;
        var recognised = darkUncertainty == DarkUncertainty.Recognised;
        var frame = Frame.Of(values, u);
        double[] own = new double[n], effects = new double[n], x = new double[n];
        var errors = new double[n][];
        for (var i = 0; i < n; i++)
            errors[i] = new double[replicates];
        var covariance = new double[n, n];
        for (var r = 0; r < replicates; r++)
        {
            random.Normal(own);
            Correlate(own, u, factor);
            random.Normal(effects);
            for (var i = 0; i < n; i++)
                x[i] = own[i] + tau * effects[i];
            // Errors about a true value of zero: no digits are lost to the size of the values.
            var m = estimator(x, u).Value;
            for (var i = 0; i < n; i++)
                errors[i][r] = (recognised ? x[i] : own[i]) - m;
            for (var i = 0; i < n; i++)
                for (var j = 0; j <= i; j++)
                    covariance[i, j] += errors[i][r] / frame.Scale * (errors[j][r] / frame.Scale) / replicates;
        }
        double?[] standard = new double?[n], expanded = new double?[n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
                covariance[j, i] = covariance[i, j] *= frame.Scale * frame.Scale;
            covariance[i, i] *= frame.Scale * frame.Scale;
            if (!(covariance[i, i] > 1e-14 * u[i] * u[i]))
                continue;
            standard[i] = Math.Sqrt(covariance[i, i]);
            var sizes = Array.ConvertAll(errors[i], Math.Abs);
            Array.Sort(sizes);
            expanded[i] = sizes[Math.Min(replicates - 1, (int)Math.Ceiling(coverage * replicates) - 1)];
        }
        return new([.. values.Select(v => DegreesOfEquivalence.Deviation(v, values, reference))], standard, expanded, covariance, [.. reference.Included]);
    }

    private static void Correlate(double[] z, double[] u, double[,]? factor)
    {
        for (var i = z.Length - 1; i >= 0; i--)
        {
            if (factor is null)
            {
                z[i] *= u[i];
                continue;
            }
            var sum = 0.0;
            for (var j = 0; j <= i; j++)
                sum += factor[i, j] * z[j];
            z[i] = sum;
        }
    }
}
