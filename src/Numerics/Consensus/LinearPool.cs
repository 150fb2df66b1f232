namespace Plumbline.Numerics;

/// <summary>The linear opinion pool (线性意见池): the mixture of the laboratories' distributions, each as stated.</summary>
public static class LinearPool
{
    /// <summary>Mean, standard deviation and quantiles of Σω<sub>j</sub>φ<sub>j</sub>, computed exactly.</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="degreesOfFreedom">Infinity (or null for all) for a normal distribution; otherwise Student's t scaled to standard deviation u, for two or fewer by the constant that the NIST Consensus Builder uses.</param>
    /// <param name="weights">ω, not negative, not all zero; null for equal ones.</param>
    /// <param name="coverage">Coverage probability of the interval, strictly between 0 and 1.</param>
    /// <returns>The pooled distribution's figures.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException">No result, or the lengths differ.</exception>
    /// <remarks>Its spread is that of a further laboratory's result, not of a mean: it does not shrink as laboratories are added. Weights say whom one believes, not who is precise.</remarks>
    public static LinearPoolResult Of(double[] values, double[] standardUncertainties, double[]? degreesOfFreedom = null, double[]? weights = null, double coverage = 0.95)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        if (degreesOfFreedom is not null)
            Require.DegreesOfFreedom(degreesOfFreedom, values.Length);
        if (weights is not null)
            Require.NotNegative(weights, values.Length);
        Require.Probability(coverage);
        var total = weights?.Sum() ?? values.Length;
        if (!(total > 0))
            throw new ArgumentOutOfRangeException(nameof(weights), total, "One weight at least must be greater than zero.");
        var frame = Frame.Of(values, standardUncertainties);
        var pool = new Mixture(frame, degreesOfFreedom, [.. values.Select((_, j) => (weights?[j] ?? 1) / total)]);
        var deviation = pool.StandardDeviation;
        return new(frame.Location(pool.Mean), deviation is { } u ? frame.Scale * u : null, frame.Location(pool.Quantile(0.5)),
            new(frame.Location(pool.Quantile((1 - coverage) / 2)), frame.Location(pool.Quantile((1 + coverage) / 2))));
    }

    private sealed class Mixture(Frame frame, double[]? nu, double[] weights)
    {
        private readonly double[] scales = [.. frame.S.Select((s, j) => s * ScaleFactor(nu?[j] ?? double.PositiveInfinity))];

        internal double Mean => Matrix.Dot(weights, frame.Z);

        /// <summary>Null when a component has no variance.</summary>
        internal double? StandardDeviation
        {
            get
            {
                if (nu is not null && nu.Where((v, j) => v <= 2 && weights[j] > 0).Any())
                    return null;
                var mean = Mean;
                return Math.Sqrt(weights.Select((w, j) => w * (frame.S[j] * frame.S[j] + (frame.Z[j] - mean) * (frame.Z[j] - mean))).Sum());
            }
        }

        /// <summary>Safeguarded Newton on the mixture's distribution function, on the smaller tail.</summary>
        internal double Quantile(double p)
        {
            var upper = p > 0.5;
            var target = upper ? 1 - p : p;
            double low = double.PositiveInfinity, high = double.NegativeInfinity;
            for (var j = 0; j < weights.Length; j++)
            {
                // Each component's own quantile brackets that of the mixture.
                var q = frame.Z[j] + (upper ? 1 : -1) * scales[j] * StudentT.UpperQuantileOf(target, nu?[j] ?? double.PositiveInfinity);
                if (weights[j] > 0)
                    (low, high) = (Math.Min(low, q), Math.Max(high, q));
            }
            var x = low + (high - low) / 2;
            for (var i = 0; i < 200 && high - low > 1e-15 * (1 + Math.Abs(x)); i++)
            {
                double tail = 0, density = 0;
                for (var j = 0; j < weights.Length; j++)
                {
                    var (t, dof) = ((x - frame.Z[j]) / scales[j], nu?[j] ?? double.PositiveInfinity);
                    tail += weights[j] * StudentT.UpperTailOf(upper ? t : -t, dof);
                    density += weights[j] * StudentT.DensityOf(t, dof) / scales[j];
                }
                if (tail > target == upper)
                    low = x;
                else
                    high = x;
                var step = (tail - target) / density * (upper ? 1 : -1);
                var next = x + step;
                if (Math.Abs(step) <= 1e-15 * (1 + Math.Abs(x)))
                    return next;
                x = next > low && next < high ? next : low + (high - low) / 2;
            }
            return x;
        }

        /// <summary>t with ν degrees of freedom has variance ν/(ν − 2); without a variance, the ratio of 68 % half-widths serves.</summary>
        private static double ScaleFactor(double nu) => double.IsPositiveInfinity(nu) ? 1 : nu > 2 ? Math.Sqrt((nu - 2) / nu)
            : 1 / (1.5 * Math.Pow(1 - 0.75 * (0.4668994 + 4 * 0.3998882 * (Math.Pow(nu, -0.75) - 1) / 3), -4.0 / 3));
    }
}

/// <summary>A pooled distribution, in the unit of the results.</summary>
/// <param name="Mean">Σωx.</param>
/// <param name="StandardUncertainty">The standard deviation; null when a component with two or fewer degrees of freedom has none.</param>
/// <param name="Median">The median.</param>
/// <param name="Interval">The equal-tailed coverage interval.</param>
public sealed record LinearPoolResult(double Mean, double? StandardUncertainty, double Median, Interval Interval);
