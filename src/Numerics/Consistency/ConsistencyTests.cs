namespace Plumbline.Numerics;

/// <summary>Tests of whether results share one value, and how they scatter if not.</summary>
public static class ConsistencyTests
{
    private static readonly double[] c1 = [0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056];
    private static readonly double[] c2 = [0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633];
    private static readonly double[] c3 = [0.544, -0.39978, 0.025054, -6.714e-4];
    private static readonly double[] c4 = [1.3822, -0.77857, 0.062767, -0.0020322];
    private static readonly double[] c5 = [-1.5861, -0.31082, -0.083751, 0.0038915];
    private static readonly double[] c6 = [-0.4803, -0.082676, 0.0030302];

    /// <summary>Shapiro and Wilk's test of normality in Royston's form (Appl. Stat. 44 (1995) 547, algorithm AS R94).</summary>
    /// <param name="values">Between 3 and 5000 values, in one unit, not all equal.</param>
    /// <returns>W, at most 1, and its p-value; small values speak against normality.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Too few or too many values, or all equal.</exception>
    public static (double W, double PValue) ShapiroWilk(double[] values)
    {
        Require.Finite(values, 3);
        if (values.Length > 5000)
            throw new ArgumentException("At most 5000 values.", nameof(values));
        var sorted = (double[])Frame.Of(values).Z.Clone();
        Array.Sort(sorted);
        var n = sorted.Length;
        if (sorted[^1] == sorted[0])
            throw new ArgumentException("The values must not all be equal.", nameof(values));
        var a = ShapiroWeights(n);
        var mean = sorted.Average();
        double squares = 0, linear = 0;
        for (var i = 0; i < n; i++)
            squares += (sorted[i] - mean) * (sorted[i] - mean);
        for (var i = 0; i < a.Length; i++)
            linear += a[i] * (sorted[n - 1 - i] - sorted[i]);
        // 1 − W without cancellation: the residual of the regression on the weights.
        var residual = 0.0;
        for (var i = 0; i < n; i++)
        {
            var weight = i < a.Length ? -a[i] : n - 1 - i < a.Length ? a[n - 1 - i] : 0;
            var r = sorted[i] - mean - linear * weight;
            residual += r * r;
        }
        var complement = Math.Max(0, residual / squares);
        return (1 - complement, ShapiroPValue(complement, n));
    }

    private static double[] ShapiroWeights(int n)
    {
        var half = n / 2;
        if (n == 3)
            return [Math.Sqrt(0.5)];
        var m = Enumerable.Range(1, half).Select(i => -Normal.QuantileOf((i - 0.375) / (n + 0.25))).ToArray();
        var sum = 2 * m.Sum(v => v * v);
        var root = 1 / Math.Sqrt(n);
        var first = Polynomial(c1, root) + m[0] / Math.Sqrt(sum);
        var a = new double[half];
        a[0] = first;
        double factor;
        int from;
        if (n > 5)
        {
            a[1] = Polynomial(c2, root) + m[1] / Math.Sqrt(sum);
            factor = Math.Sqrt((sum - 2 * m[0] * m[0] - 2 * m[1] * m[1]) / (1 - 2 * a[0] * a[0] - 2 * a[1] * a[1]));
            from = 2;
        }
        else
        {
            factor = Math.Sqrt((sum - 2 * m[0] * m[0]) / (1 - 2 * a[0] * a[0]));
            from = 1;
        }
        for (var i = from; i < half; i++)
            a[i] = m[i] / factor;
        // The weights have unit length only to the digits of the tabulated polynomials.
        var length = Math.Sqrt(2 * a.Sum(v => v * v));
        return Array.ConvertAll(a, v => v / length);
    }

    private static double ShapiroPValue(double complement, int n)
    {
        if (n == 3)
            return Math.Clamp(6 / Math.PI * (Math.Asin(Math.Sqrt(1 - complement)) - Math.Asin(Math.Sqrt(0.75))), 0, 1);
        if (complement == 0)
            return 1;
        var y = Math.Log(complement);
        double m, s;
        if (n <= 11)
        {
            var gamma = -2.273 + 0.459 * n;
            if (y >= gamma)
                return 1e-99;
            y = -Math.Log(gamma - y);
            (m, s) = (Polynomial(c3, n), Math.Exp(Polynomial(c4, n)));
        }
        else
            (m, s) = (Polynomial(c5, Math.Log(n)), Math.Exp(Polynomial(c6, Math.Log(n))));
        return Normal.UpperTailOf((y - m) / s);
    }

    private static double Polynomial(double[] c, double x)
    {
        var value = 0.0;
        for (var i = c.Length - 1; i >= 0; i--)
            value = value * x + c[i];
        return value;
    }

    /// <summary>Miao, Gel and Gastwirth's statistic of symmetry, √n(mean − median)/J with J = √(π/2)·mean|x − median|.</summary>
    /// <param name="values">At least three values, in one unit, not all equal.</param>
    /// <returns>The signed statistic, about standard normal times √(π/2 − 1) for normal data; zero for a symmetric sample.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than three values, or all equal.</exception>
    public static double SymmetryStatistic(double[] values)
    {
        Require.Finite(values, 3);
        var z = Frame.Of(values).Z;
        return Statistic(z) ?? throw new ArgumentException("The values must not all be equal.", nameof(values));
    }

    /// <summary>The randomisation test of symmetry: the statistic against all samples that come of turning deviations from the mean round in sign.</summary>
    /// <param name="values">At least three values, in one unit, not all equal.</param>
    /// <param name="random">The stream of chance, used beyond sixteen values only: the same seed gives the same digits.</param>
    /// <param name="replicates">At least 100, used beyond sixteen values only.</param>
    /// <returns>The statistic and the two-sided p-value; exact, and a multiple of 2<sup>1−n</sup>, up to sixteen values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or too few replicates.</exception>
    /// <exception cref="ArgumentException">Fewer than three values, or all equal.</exception>
    /// <remarks>The null distribution of the R package "symmetry" (its method "sign" about an unknown mean), on which the NIST Decision Tree relies; there it is always simulated.</remarks>
    public static (double Statistic, double PValue) Symmetry(double[] values, Random random, int replicates = 5000)
    {
        Require.Finite(values, 3);
        ArgumentNullException.ThrowIfNull(random);
        Require.AtLeast(replicates, 100);
        var observed = SymmetryStatistic(values);
        var z = Frame.Of(values).Z;
        var n = z.Length;
        var mean = z.Average();
        var deviations = Array.ConvertAll(z, v => v - mean);
        var least = Math.Abs(observed) * (1 - 1e-12);
        var sample = new double[n];
        var extreme = 0;
        if (n <= 16)
        {
            // A sample and its mirror image are equally skew: the last sign may stay as it is.
            var patterns = 1 << (n - 1);
            for (var signs = 0; signs < patterns; signs++)
            {
                for (var i = 0; i < n; i++)
                    sample[i] = (signs >> i & 1) == 0 ? deviations[i] : -deviations[i];
                if (Math.Abs(Statistic(sample) ?? 0) >= least)
                    extreme++;
            }
            return (observed, (double)extreme / patterns);
        }
        for (var r = 0; r < replicates; r++)
        {
            for (var i = 0; i < n; i++)
                sample[i] = random.Next(2) == 0 ? deviations[i] : -deviations[i];
            if (Math.Abs(Statistic(sample) ?? 0) >= least)
                extreme++;
        }
        return (observed, (extreme + 1.0) / (replicates + 1));
    }

    private static double? Statistic(double[] z)
    {
        var median = RobustScale.MedianOf(z);
        var j = Math.Sqrt(Math.PI / 2) * z.Average(v => Math.Abs(v - median));
        return j > 0 ? Math.Sqrt(z.Length) * (z.Average() - median) / j : null;
    }
}
