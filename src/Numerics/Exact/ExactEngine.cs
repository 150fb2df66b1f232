using System.Numerics;

namespace Plumbline.Numerics;

/// <summary>Finds the distribution of a result without trials where the model allows it.</summary>
public static class ExactEngine
{
    /// <summary>The distribution of one result.</summary>
    /// <param name="model">The measurement model.</param>
    /// <param name="inputs">One distribution for each of the model's quantities, in their order.</param>
    /// <param name="result">Which result, from 0.</param>
    /// <returns>The distribution; null when no exact method applies: implicit models, correlated inputs that are not normal, and nonlinear models with more than three inputs that are not normal.</returns>
    /// <exception cref="ArgumentException">The inputs are not the model's quantities.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such result.</exception>
    public static ExactDistribution? Of(MeasurementModel model, JointInputs inputs, int result = 0)
    {
        var source = TrialSource.Of(model, inputs);
        if (result < 0 || result >= source.Names.Length)
            throw new ArgumentOutOfRangeException(nameof(result), result, $"Must be a result from 0 to {source.Names.Length - 1}.");
        if (model.IsImplicit)
            return null;
        var output = model.Program.Outputs[result];
        return AffineModel.Of(model.Program, output) is { } form ? LinearModel.Distribution(form.Constant, form.Coefficients, inputs) : ConditionalNormal.Distribution(model.Program, output, inputs);
    }
}

/// <summary>Sums of multiples of the inputs.</summary>
internal static class LinearModel
{
    private readonly record struct Part(double Factor, InputDistribution Distribution)
    {
        internal double Centre => Factor * Distribution.Estimate;

        internal double Spread => Distribution.StandardDeviation is { } sd ? Math.Abs(Factor) * sd : Math.Abs(Factor) * (Distribution.Quantile(0.84) - Distribution.Quantile(0.16)) / 2;
    }

    internal static ExactDistribution? Distribution(double constant, double[] coefficients, JointInputs inputs)
    {
        var correlated = inputs.Correlated.ToArray();
        if (correlated.Any(i => inputs.Distributions[i] is not NormalDistribution) || inputs.Copula != Copula.Normal && correlated.Length > 0)
            return null;
        var parts = Enumerable.Range(0, coefficients.Length).Where(i => coefficients[i] != 0 && !correlated.Contains(i) && inputs.Distributions[i] is not ConstantDistribution)
            .Select(i => new Part(coefficients[i], inputs.Distributions[i])).ToArray();
        constant += Enumerable.Range(0, coefficients.Length).Where(i => inputs.Distributions[i] is ConstantDistribution).Sum(i => coefficients[i] * inputs.Distributions[i].Mean!.Value);
        // Normal inputs are one normal input, correlated or not.
        double normalVariance = parts.Where(p => p.Distribution is NormalDistribution).Sum(p => p.Spread * p.Spread), centre = constant + parts.Sum(p => p.Centre);
        foreach (var i in correlated)
        {
            centre += coefficients[i] * inputs.Distributions[i].Mean!.Value;
            foreach (var j in correlated)
                normalVariance += coefficients[i] * coefficients[j] * inputs.Correlation![i, j] * inputs.Distributions[i].StandardDeviation!.Value * inputs.Distributions[j].StandardDeviation!.Value;
        }
        var others = parts.Where(p => p.Distribution is not NormalDistribution).ToArray();
        var variance = normalVariance + others.Sum(p => p.Distribution.Variance is { } v ? p.Factor * p.Factor * v : double.PositiveInfinity);
        if (!(variance > 0) || others.Any(p => p.Distribution.CharacteristicFunction(1) is null))
            return null;
        // Fourth cumulants add up.
        var kurtosis = others.Sum(p => p.Distribution.FourthCentralMoment is { } m && p.Distribution.Variance is { } v ? Math.Pow(p.Factor, 4) * (m - 3 * v * v) : null) is { } fourth && others.All(p => p.Distribution.FourthCentralMoment is not null)
            ? fourth / (variance * variance) : default(double?);
        if (normalVariance == 0 && others.All(p => p.Distribution is RectangularDistribution) && others.Length <= 12 && RectangleSum.Of([.. others.Select(p => Math.Sqrt(3) * p.Spread)]) is { } sum)
        {
            var reach = others.Sum(p => Math.Sqrt(3) * p.Spread);
            return new(ExactMethod.PiecewisePolynomial, centre, variance, new(centre - reach, centre + reach), sum.Error, y => sum.At(y - centre)) { ExcessKurtosis = kurtosis };
        }
        return Invert(others, Math.Sqrt(Math.Max(0, normalVariance)), centre, variance, kurtosis);
    }

    /// <summary>F(y) = ½ − (1/π)Σ Im(φ(t)e^(−ity))/(k + ½) at t = (k + ½)h: what is beyond 2π/h from y is all that the rule gets wrong, and the terms left out.</summary>
    private static ExactDistribution Invert(Part[] parts, double normal, double centre, double variance, double? kurtosis)
    {
        var scale = double.Hypot(normal, parts.Aggregate(0.0, (s, p) => double.Hypot(s, p.Spread)));
        var (low, high, outside) = Reach(parts, normal, scale);
        var h = 2 * Math.PI / (1.01 * (high - low)) * scale;
        var terms = new List<Complex>();
        double tail = 1;
        for (var k = 0; k < 400_000; k++)
        {
            var t = (k + 0.5) * h / scale;
            var phi = new Complex(Math.Exp(-0.5 * normal * t * normal * t), 0);
            foreach (var p in parts)
            {
                if (phi == Complex.Zero)
                    break;
                phi *= p.Distribution.CharacteristicFunction(p.Factor * t)!.Value * Complex.FromPolarCoordinates(1, -p.Centre * t);
            }
            terms.Add(phi);
            // The largest of the last few, because the factors have zeros.
            tail = Math.Max(0.98 * tail, phi.Magnitude);
            if (tail < 1e-15 || k > 1000 && tail / k < 1e-14)
                break;
        }
        var left = tail < 1e-14 ? 0 : 2 * tail / Math.PI;
        var array = terms.ToArray();
        var width = h / scale;
        return new(ExactMethod.CharacteristicFunction, centre, variance, new(centre + low, centre + high), outside + left + 1e-13, y =>
        {
            var turn = Complex.FromPolarCoordinates(1, -width * (y - centre));
            double cdf = 0, density = 0;
            for (var k = 0; k < array.Length; k += 256)
            {
                // The turning is begun afresh now and then, so that rounding does not add up.
                var z = Complex.FromPolarCoordinates(1, -width * (y - centre) * (k + 0.5));
                for (var j = k; j < Math.Min(k + 256, array.Length); j++, z *= turn)
                {
                    var value = array[j] * z;
                    cdf += value.Imaginary / (j + 0.5);
                    density += value.Real;
                }
            }
            return (0.5 - cdf / Math.PI, density * width / Math.PI);
        }) { ExcessKurtosis = kurtosis };
    }

    /// <summary>How far from the centre the sum can be, in its unit, and the probability of being farther.</summary>
    private static (double Low, double High, double Outside) Reach(Part[] parts, double normal, double scale)
    {
        double low = -8.5 * normal, high = 8.5 * normal, outside = normal > 0 ? 2e-17 : 0;
        foreach (var p in parts)
        {
            double a = p.Distribution.Support.Low, b = p.Distribution.Support.High;
            // Heavy tails are followed to one part in 10¹³, or ten thousand spreads.
            if (double.IsInfinity(a))
                a = Math.Max(p.Distribution.Quantile(1e-13), p.Distribution.Estimate - 2e4 * scale / Math.Abs(p.Factor));
            if (double.IsInfinity(b))
                b = Math.Min(p.Distribution.Quantile(1 - 1e-13), p.Distribution.Estimate + 2e4 * scale / Math.Abs(p.Factor));
            outside += p.Distribution.Cdf(a) + (1 - p.Distribution.Cdf(b));
            double x = p.Factor * (a - p.Distribution.Estimate), y = p.Factor * (b - p.Distribution.Estimate);
            low += Math.Min(x, y);
            high += Math.Max(x, y);
        }
        return (low, high, outside);
    }
}

/// <summary>Sums of rectangular quantities about zero, by their half-widths: Σ ±(y ± a₁ ± a₂ …)₊ⁿ / (n! 2ⁿ a₁a₂…).</summary>
internal sealed class RectangleSum
{
    private readonly (double Corner, int Sign)[] corners;
    private readonly int n;
    private readonly double unit, factor, densityFactor;

    private RectangleSum((double, int)[] corners, int n, double unit, double factor, double error)
    {
        (this.corners, this.n, this.unit, this.factor, Error) = (corners, n, unit, factor, error);
        densityFactor = factor * n / unit;
    }

    internal double Error { get; }

    /// <summary>Null when the sum would lose more than six digits to cancellation.</summary>
    internal static RectangleSum? Of(double[] halfWidths)
    {
        var n = halfWidths.Length;
        var unit = halfWidths.Sum();
        var corners = new (double Corner, int Sign)[1 << n];
        for (var mask = 0; mask < corners.Length; mask++)
        {
            double corner = 0;
            var sign = 1;
            for (var i = 0; i < n; i++)
                if ((mask >> i & 1) != 0)
                    (corner, sign) = (corner + halfWidths[i], -sign);
                else
                    corner -= halfWidths[i];
            corners[mask] = (corner / unit, sign);
        }
        Array.Sort(corners);
        var factor = 1.0;
        foreach (var (a, k) in halfWidths.Select((a, k) => (a / unit, k + 1)))
            factor /= 2 * a * k;
        // Below the middle no power exceeds one.
        var error = factor * corners.Length * 1e-16;
        return error < 1e-10 ? new(corners, n, unit, factor, error) : null;
    }

    internal (double Cdf, double Density) At(double y)
    {
        if (y > 0)
        {
            var (cdf, density) = At(-y);
            return (1 - cdf, density);
        }
        double sum = 0, slope = 0, z = y / unit;
        foreach (var (corner, sign) in corners)
        {
            var d = z - corner;
            if (d <= 0)
                break;
            var power = OperationRules.WholePower(d, n - 1);
            slope += sign * power;
            sum += sign * power * d;
        }
        return (factor * sum, densityFactor * slope);
    }
}

/// <summary>Models that are linear in normal inputs when the others are held: a mixture of normal distributions over a Gauss grid of the others.</summary>
internal static class ConditionalNormal
{
    private const int MostOthers = 3;
    private static readonly int[] rules = [8, 12, 16, 24, 48];

    internal static ExactDistribution? Distribution(ModelProgram program, int output, JointInputs inputs)
    {
        var n = inputs.Distributions.Count;
        if (inputs.Correlation is not null || inputs.Distributions.Any(d => d.Variance is null))
            return null;
        var marked = new bool[n];
        // Normal inputs with the largest spread first: as many as the model is jointly linear in.
        var estimates = inputs.Distributions.Select(d => d.Estimate).ToArray();
        foreach (var i in Enumerable.Range(0, n).Where(i => inputs.Distributions[i] is NormalDistribution))
        {
            marked[i] = true;
            marked[i] = AffineModel.IsAffineIn(program, output, marked);
        }
        int[] normals = [.. Enumerable.Range(0, n).Where(i => marked[i])], others = [.. Enumerable.Range(0, n).Where(i => !marked[i] && inputs.Distributions[i] is not ConstantDistribution)];
        if (normals.Length == 0 || others.Length > MostOthers)
            return null;
        // A wide normal sum makes the distribution function smooth, and few nodes do: the next finer rule shows whether they did.
        var fine = Mixture(program, output, inputs, estimates, normals, others, rules[0]);
        double mean = 0, variance = 0, error = double.PositiveInfinity;
        for (var r = 1; r < rules.Length && error > 1e-9; r++)
        {
            var coarse = fine;
            fine = Mixture(program, output, inputs, estimates, normals, others, rules[r]);
            if (fine.Any(c => !(c.Deviation > 0)))
                return null;
            mean = fine.Sum(c => c.Weight * c.Mean);
            variance = fine.Sum(c => c.Weight * (c.Deviation * c.Deviation + (c.Mean - mean) * (c.Mean - mean)));
            var u = Math.Sqrt(variance);
            error = new[] { -2.0, -1, 0, 1, 2 }.Max(z => Math.Abs(At(fine, mean + z * u).Cdf - At(coarse, mean + z * u).Cdf));
        }
        if (!(error < 1e-6))
            return null;
        double low = fine.Min(c => c.Mean - 8.5 * c.Deviation), high = fine.Max(c => c.Mean + 8.5 * c.Deviation);
        return new(ExactMethod.Conditional, mean, variance, new(low, high), error + 1e-12, y => At(fine, y))
        {
            ExcessKurtosis = fine.Sum(c => c.Weight * Fourth(c.Deviation * c.Deviation, (c.Mean - mean) * (c.Mean - mean))) / (variance * variance) - 3,
        };
        static double Fourth(double s, double d) => 3 * s * s + 6 * s * d + d * d;
    }

    private static (double Cdf, double Density) At((double Weight, double Mean, double Deviation)[] mixture, double y)
    {
        double cdf = 0, density = 0;
        foreach (var (w, m, s) in mixture)
        {
            var z = (y - m) / s;
            if (z > 9)
                cdf += w;
            else if (z > -9)
            {
                cdf += w * Normal.UpperTailOf(-z);
                density += w * Math.Exp(-0.5 * z * z) / s;
            }
        }
        return (cdf, density / Math.Sqrt(2 * Math.PI));
    }

    private static (double Weight, double Mean, double Deviation)[] Mixture(ModelProgram program, int output, JointInputs inputs, double[] estimates, int[] normals, int[] others, int nodes)
    {
        var (x, w) = GaussLegendre.Rule(nodes);
        var axes = Array.ConvertAll(others, i => Array.ConvertAll(x, v => inputs.Distributions[i].QuantileAt((v + 1) / 2)));
        var mixture = new (double, double, double)[(int)Math.Pow(nodes, others.Length)];
        double[] at = [.. estimates], values = new double[program.Count];
        for (var cell = 0; cell < mixture.Length; cell++)
        {
            var weight = 1.0;
            for (int a = 0, rest = cell; a < others.Length; a++, rest /= nodes)
            {
                at[others[a]] = axes[a][rest % nodes];
                weight *= w[rest % nodes] / 2;
            }
            program.Run(at, values);
            var mean = values[output];
            var variance = 0.0;
            foreach (var i in normals)
            {
                // Linear in it: one step of a standard deviation is its contribution.
                at[i] = estimates[i] + inputs.Distributions[i].StandardDeviation!.Value;
                program.Run(at, values);
                variance += (values[output] - mean) * (values[output] - mean);
                at[i] = estimates[i];
            }
            mixture[cell] = (weight, mean, Math.Sqrt(variance));
        }
        return mixture;
    }
}
