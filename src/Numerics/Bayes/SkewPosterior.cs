using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumbline.Numerics;

/// <summary>Sums the skew model's posterior over nodes of τ, ν and α at each node of μ; panels in μ divide as they must.</summary>
internal sealed class SkewPosterior
{
    private const int Nodes = 10;
    private const double Tolerance = 3e-5;
    private const int Lanes = 4;
    private static readonly double meanOfHalfNormal = Math.Sqrt(2 / Math.PI);
    private readonly Frame frame;
    private readonly Priors priors;
    private readonly Cell[] cells;
    private readonly double[] delta, alphaWeight, tauMass, v, product, sum;
    private readonly int half;
    private readonly List<Panel> accepted = [];
    private readonly (double[] Sigma, double[] Weight)[] sigmas;
    private readonly double floor, reference;
    private double total, mean, square, value, valueSquare, positive;

    /// <summary>One node of τ and ν: for each laboratory the widths, weights and slants (of positive α) of its mixture over σ and, within it, U.</summary>
    private sealed record Cell(int TauIndex, double Tau, double Weight, int Shapes, double[][] InverseWidth, double[][] Factor, double[][] Slant, double[] Still);

    internal SkewPosterior(Frame frame, Priors priors, SkewModel model, double[]? degreesOfFreedom)
    {
        (this.frame, this.priors) = (frame, priors);
        (var tau, var tauWeight, v) = priors.TauNodes(frame, 0.4);
        tauMass = new double[tau.Length];
        // α = sinh w: fine near zero, where the shape changes, and out to four prior standard deviations.
        const double step = 0.35;
        var last = (int)Math.Ceiling(Math.Asinh(4 * model.AlphaScale) / step);
        // Both signs of α share every width and every exponential: first the positive ones, then their mirror images, α = 0 half in each.
        double[] alpha = [.. Enumerable.Range(0, last + 1).Select(i => Math.Sinh(i * step))];
        half = (alpha.Length + Lanes - 1) / Lanes * Lanes;
        (delta, alphaWeight) = (new double[2 * half], new double[2 * half]);
        for (var i = 0; i < alpha.Length; i++)
        {
            var a = alpha[i];
            delta[i] = a / Math.Sqrt(1 + a * a);
            delta[half + i] = -delta[i];
            alphaWeight[i] = alphaWeight[half + i] = Math.Exp(-0.5 * (a / model.AlphaScale) * (a / model.AlphaScale)) * Math.Sqrt(1 + a * a) * (i == 0 ? 0.5 : 1);
        }
        (product, sum) = (new double[2 * half], new double[2 * half]);
        sigmas = [.. frame.S.Select((s, j) => degreesOfFreedom is null || double.IsPositiveInfinity(degreesOfFreedom[j]) ? ([s], [1.0]) : ReducedSigma(s, degreesOfFreedom[j], priors.Sigma))];
        var nus = NuNodes(model);
        cells = [.. from k in Enumerable.Range(0, tau.Length) from nu in nus select Make(k, tau[k], tauWeight[k] * nu.Weight, tau[k] < 0.2 * frame.S.Min() ? nu.Few : nu.Many)];
        var (t, _, _) = PauleMandel.TauSquared(frame.Z, frame.S, frame.Z.Length - 1);
        var likely = RandomEffects.At(frame.Z, frame.S, t).Mean;
        floor = double.NegativeInfinity;
        reference = 0;
        reference = cells.Max(c => Best(c, likely)) + priors.LogOfMean(likely);
        floor = reference - 25;
        Integrate();
    }

    internal SkewPosteriorResult Result()
    {
        double location = mean / total, consensus = value / total;
        var tau = frame.Scale * new TauPosterior(v, tauMass, frame.S.Min()).Quantile(0.5);
        var q = RandomEffects.At(frame.Z, frame.S, 0).Q;
        var nu = frame.Z.Length - 1;
        return new(new()
        {
            Method = "hierarchical-skew",
            Value = frame.Location(consensus),
            StandardUncertainty = frame.Scale * Math.Sqrt(Math.Max(0, valueSquare / total - consensus * consensus)),
            Included = [.. Enumerable.Repeat(true, frame.Z.Length)],
            Tau = tau,
            ChiSquared = q,
            DegreesOfFreedom = nu,
            PValue = ChiSquare.UpperTail(q, nu),
        }, frame.Location(location), frame.Scale * Math.Sqrt(Math.Max(0, square / total - location * location)), tau, positive / total);
    }

    /// <summary>What each laboratory's result may differ by from the reference value, over the posterior: its own σ, and τ where that is recognised.</summary>
    internal DifferenceMixture[] Differences(bool recognised)
    {
        var consensus = value / total;
        var deviation = Math.Sqrt(Math.Max(0, valueSquare / total - consensus * consensus));
        var classes = Array.ConvertAll(sigmas, s => new DifferenceClasses(s.Sigma, recognised ? cells.Max(c => c.Tau) : 0, deviation));
        var shares = new double[sigmas.Max(s => s.Sigma.Length)][];
        for (var m = 0; m < shares.Length; m++)
            shares[m] = new double[2 * half];
        var (x, _) = GaussLegendre.Rule(Nodes);
        foreach (var panel in accepted)
            for (var i = 0; i < Nodes; i++)
                for (var c = 0; c < cells.Length; c++)
                {
                    var mass = panel.Mass[i * cells.Length + c];
                    if (mass < 3e-8 * total)
                        continue;
                    var mu = panel.Low + (panel.High - panel.Low) / 2 * (1 + x[i]);
                    Likelihoods(cells[c], mu, double.NegativeInfinity);
                    var scale = mass / Matrix.Dot(alphaWeight, product);
                    for (var j = 0; j < classes.Length; j++)
                        Share(classes[j], cells[c], j, mu, consensus, scale, recognised, shares);
                }
        return Array.ConvertAll(classes, c => c.Mixture());
    }

    private void Share(DifferenceClasses classes, Cell cell, int j, double mu, double consensus, double scale, bool recognised, double[][] shares)
    {
        var (sigma, _) = sigmas[j];
        Array.Clear(sum);
        for (var m = 0; m < sigma.Length && sigma.Length > 1; m++)
        {
            Array.Clear(shares[m]);
            Accumulate(cell, j, frame.Z[j] - mu, m * cell.Shapes, (m + 1) * cell.Shapes, shares[m]);
            for (var k = 0; k < sum.Length; k++)
                sum[k] += shares[m][k];
        }
        for (var k = 0; k < product.Length; k++)
        {
            var p = scale * alphaWeight[k] * product[k];
            if (p < 1e-10 * total)
                continue;
            var distance = consensus - mu - cell.Tau * delta[k] * meanOfHalfNormal;
            for (var m = 0; m < sigma.Length; m++)
                classes.Add(distance, sigma[m] * sigma[m] + (recognised ? cell.Tau * cell.Tau : 0), sigma.Length == 1 ? p : p * shares[m][k] / sum[k]);
        }
    }

    private static (double[], double[]) ReducedSigma(double s, double nu, double scale)
    {
        var (sigma, weight) = LaboratoryLikelihood.SigmaNodes(s, nu, scale);
        // The less there is to know of σ, the fewer nodes it needs.
        var (x, w) = GaussRule.Reduce(Array.ConvertAll(sigma, Math.Log), weight, nu >= 40 ? 2 : nu >= 10 ? 3 : nu >= 4 ? 4 : 5);
        return (Array.ConvertAll(x, Math.Exp), w);
    }

    /// <summary>Trapezoid nodes in ln ν under the gamma prior, each with a reduced rule for ln U.</summary>
    private static (double Weight, (double[] U, double[] W) Many, (double[] U, double[] W) Few)[] NuNodes(SkewModel model)
    {
        double centre = Math.Log(model.NuShape / model.NuRate), step = Math.Min(0.5, 0.8 / Math.Sqrt(model.NuShape));
        double LogDensity(double log) => model.NuShape * (log - centre) - model.NuRate * (Math.Exp(log) - Math.Exp(centre));
        var nodes = new List<(double, (double[], double[]), (double[], double[]))>();
        for (var i = -40; i <= 40; i++)
        {
            var log = centre + i * step;
            var weight = Math.Exp(LogDensity(log));
            if (weight < 1e-5)
                continue;
            var nu = Math.Exp(log);
            nodes.Add((weight, Chi(nu, nu < 3 ? 14 : nu > 30 ? 5 : 8), Chi(nu, nu < 3 ? 8 : 4)));
        }
        return [.. nodes];
    }

    /// <summary>U ~ Gamma(ν/2, ν/2) as few nodes in ln U.</summary>
    private static (double[], double[]) Chi(double nu, int count)
    {
        double h = nu / 2, step = Math.Min(0.4, 0.5 / Math.Sqrt(h));
        List<double> x = [], w = [];
        for (var log = -60.0; log < 20; log += step)
        {
            var density = Math.Exp(h * log - h * (Math.Exp(log) - 1));
            if (density < 1e-9)
                continue;
            x.Add(log);
            w.Add(density);
        }
        double sum = w.Sum();
        var (nodes, weights) = GaussRule.Reduce([.. x], [.. w.Select(d => d / sum)], count);
        return (Array.ConvertAll(nodes, Math.Exp), weights);
    }

    private Cell Make(int index, double tau, double weight, (double[] U, double[] W) shapes)
    {
        var (u, uWeight) = shapes;
        var n = sigmas.Length;
        double[][] inverse = new double[n][], factor = new double[n][], slant = new double[n][];
        for (var j = 0; j < n; j++)
        {
            var (sigma, w) = sigmas[j];
            var size = sigma.Length * u.Length;
            (inverse[j], factor[j], slant[j]) = (new double[size], new double[size], new double[size * half]);
            for (var m = 0; m < size; m++)
            {
                int a = m / u.Length, b = m % u.Length;
                var spread = tau / Math.Sqrt(u[b]);
                var width = double.Hypot(sigma[a], spread);
                inverse[j][m] = 1 / width;
                factor[j][m] = 2 * w[a] * uWeight[b] / width;
                for (var d = 0; d < half; d++)
                {
                    var r = delta[d] * spread / width;
                    slant[j][m * half + d] = r / Math.Sqrt(Math.Max(1e-12, (1 - r) * (1 + r)));
                }
            }
        }
        // The most that the laboratories after each one can multiply by.
        var still = new double[n];
        for (var j = n - 2; j >= 0; j--)
            still[j] = still[j + 1] + Math.Log(factor[j + 1].Sum());
        return new(index, tau, weight, u.Length, inverse, factor, slant, still);
    }

    private double Best(Cell cell, double mu) => Likelihoods(cell, mu, double.NegativeInfinity) ? Math.Log(product.Max()) : double.NegativeInfinity;

    /// <summary>Fills the products over laboratories for all α; false when none reaches the floor.</summary>
    private bool Likelihoods(Cell cell, double mu, double least)
    {
        Array.Fill(product, 1);
        for (var j = 0; j < frame.Z.Length; j++)
        {
            Array.Clear(sum);
            Accumulate(cell, j, frame.Z[j] - mu, 0, cell.Factor[j].Length, sum);
            var most = 0.0;
            for (var k = 0; k < product.Length; k++)
                most = Math.Max(most, product[k] *= sum[k]);
            if (!(most > 0 && Math.Log(most) + cell.Still[j] > least))
                return false;
        }
        return true;
    }

    /// <summary>Adds a range of one laboratory's mixture, for all α.</summary>
    private void Accumulate(Cell cell, int j, double d, int from, int to, double[] into)
    {
        double[] inverse = cell.InverseWidth[j], factor = cell.Factor[j];
        var lanes = half / Lanes;
        var slants = MemoryMarshal.Cast<double, Vector256<double>>(cell.Slant[j].AsSpan());
        var sums = MemoryMarshal.Cast<double, Vector256<double>>(into.AsSpan());
        var positive = d < 0 ? sums[lanes..] : sums[..lanes];
        var negative = d < 0 ? sums[..lanes] : sums[lanes..];
        for (var m = from; m < to; m++)
        {
            var t = Math.Abs(d * inverse[m]);
            var a = factor[m] * Math.Exp(-0.5 * t * t);
            if (a < 1e-30)
                continue;
            for (var k = 0; k < lanes; k++)
            {
                var tail = UpperTail(slants[m * lanes + k] * t) * a;
                positive[k] += Vector256.Create(a) - tail;
                negative[k] += tail;
            }
        }
    }

    /// <summary>Φ(−z) of four z ≥ 0 to 7.5e-8 (Abramowitz and Stegun, 26.2.17).</summary>
    private static Vector256<double> UpperTail(Vector256<double> z)
    {
        var t = Vector256<double>.One / (z * 0.2316419 + Vector256<double>.One);
        var series = ((((t * 1.330274429 + Vector256.Create(-1.821255978)) * t + Vector256.Create(1.781477937)) * t + Vector256.Create(-0.356563782)) * t + Vector256.Create(0.319381530)) * t;
        return Vector256.Exp(z * z * -0.5) * series * 0.3989422804014327;
    }

    private void Integrate()
    {
        double low = frame.Z.Min(), high = frame.Z.Max(), width = Math.Max(high - low, RobustScale.MedianOf(frame.S));
        double[] cuts = [.. new[] { low - width, high + width }.Concat(frame.Z).Distinct().Order()];
        var first = Enumerable.Range(1, cuts.Length - 1).Select(i => Evaluate(cuts[i - 1], cuts[i])).ToArray();
        var estimate = first.Sum(p => p.Area);
        foreach (var panel in first)
            Accept(panel, estimate, 0);
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            var from = side < 0 ? low - width : high + width;
            for (var (i, w) = (0, width); i < 30; i++, w *= 1.6)
            {
                var panel = Evaluate(Math.Min(from, from + side * w), Math.Max(from, from + side * w));
                Accept(panel, estimate, 0);
                from += side * w;
                if (panel.Area * (from / w) * (from / w) < 1e-7 * estimate)
                    break;
            }
        }
    }

    private sealed record Panel(double Low, double High, double[] Density, double Area, double Mean, double Square, double Value, double ValueSquare, double Positive, double[] Tau, float[] Mass);

    private Panel Evaluate(double low, double high)
    {
        var (x, w) = GaussLegendre.Rule(Nodes);
        double middle = low + (high - low) / 2, width = (high - low) / 2;
        var density = new double[Nodes];
        var tau = new double[tauMass.Length];
        var masses = new float[Nodes * cells.Length];
        double area = 0, m1 = 0, m2 = 0, v1 = 0, v2 = 0, plus = 0;
        for (var i = 0; i < Nodes; i++)
        {
            var mu = middle + width * x[i];
            var shift = priors.LogOfMean(mu) - reference;
            for (var c = 0; c < cells.Length; c++)
            {
                var cell = cells[c];
                if (!Likelihoods(cell, mu, floor - priors.LogOfMean(mu)))
                    continue;
                var scale = cell.Weight * Math.Exp(shift);
                for (var k = 0; k < product.Length; k++)
                {
                    var p = scale * alphaWeight[k] * product[k];
                    density[i] += p;
                    p *= width * w[i];
                    masses[i * cells.Length + c] += (float)p;
                    var point = mu + cell.Tau * delta[k] * meanOfHalfNormal;
                    (area, m1, m2, v1, v2) = (area + p, m1 + p * mu, m2 + p * mu * mu, v1 + p * point, v2 + p * point * point);
                    tau[cell.TauIndex] += p;
                    plus += delta[k] > 0 ? p : delta[k] == 0 ? p / 2 : 0;
                }
            }
        }
        return new(low, high, density, area, m1, m2, v1, v2, plus, tau, masses);
    }

    private void Accept(Panel panel, double estimate, int depth)
    {
        var c = GaussLegendre.Coefficients(panel.Density);
        if ((Math.Abs(c[^1]) + Math.Abs(c[^2])) * (panel.High - panel.Low) / 2 > Tolerance * estimate && depth < 12)
        {
            var middle = panel.Low + (panel.High - panel.Low) / 2;
            Accept(Evaluate(panel.Low, middle), estimate, depth + 1);
            Accept(Evaluate(middle, panel.High), estimate, depth + 1);
            return;
        }
        accepted.Add(panel);
        total += panel.Area;
        mean += panel.Mean;
        square += panel.Square;
        value += panel.Value;
        valueSquare += panel.ValueSquare;
        positive += panel.Positive;
        for (var k = 0; k < tauMass.Length; k++)
            tauMass[k] += panel.Tau[k];
    }
}
