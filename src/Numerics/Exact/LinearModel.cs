using System.Numerics;

namespace Plumbline.Numerics;

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
