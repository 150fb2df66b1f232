namespace Plumbline.Numerics;

/// <summary>Sums the skew model's posterior over nodes of τ, ν and α at each node of μ; panels in μ divide as they must.</summary>
internal sealed class SkewPosterior
{
    private const int Nodes = 10;
    private const double Tolerance = 3e-5;
    private readonly Frame frame;
    private readonly Priors priors;
    private readonly Cell[] cells;
    private readonly double[] delta, alphaWeight, tauMass, v, product;
    private readonly double floor, reference;
    private double total, mean, square, value, valueSquare, positive;

    /// <summary>One node of τ and ν: for each laboratory the widths, weights and slants of its mixture over σ and U.</summary>
    private sealed record Cell(int TauIndex, double Tau, double Weight, double[][] InverseWidth, double[][] Factor, double[][] Slant, double[] Still);

    internal SkewPosterior(Frame frame, Priors priors, SkewModel model, double[]? degreesOfFreedom)
    {
        (this.frame, this.priors) = (frame, priors);
        (var tau, var tauWeight, v) = priors.TauNodes(frame, 0.4);
        tauMass = new double[tau.Length];
        // α = sinh w: fine near zero, where the shape changes, and out to four prior standard deviations.
        const double step = 0.35;
        var last = (int)Math.Ceiling(Math.Asinh(4 * model.AlphaScale) / step);
        double[] alpha = [.. Enumerable.Range(-last, 2 * last + 1).Select(i => Math.Sinh(i * step))];
        delta = Array.ConvertAll(alpha, a => a / Math.Sqrt(1 + a * a));
        alphaWeight = Array.ConvertAll(alpha, a => Math.Exp(-0.5 * (a / model.AlphaScale) * (a / model.AlphaScale)) * Math.Sqrt(1 + a * a));
        product = new double[alpha.Length];
        var sigmas = frame.S.Select((s, j) => degreesOfFreedom is null || double.IsPositiveInfinity(degreesOfFreedom[j]) ? ([s], [1.0]) : ReducedSigma(s, degreesOfFreedom[j], priors.Sigma)).ToArray();
        var nus = NuNodes(model);
        cells = [.. from k in Enumerable.Range(0, tau.Length) from nu in nus select Make(k, tau[k], tauWeight[k] * nu.Weight, nu.U, nu.W, sigmas)];
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

    private static (double[], double[]) ReducedSigma(double s, double nu, double scale)
    {
        var (sigma, weight) = LaboratoryLikelihood.SigmaNodes(s, nu, scale);
        var (x, w) = GaussRule.Reduce(Array.ConvertAll(sigma, Math.Log), weight, 5);
        return (Array.ConvertAll(x, Math.Exp), w);
    }

    /// <summary>Trapezoid nodes in ln ν under the gamma prior, each with a reduced rule for ln U.</summary>
    private static (double Weight, double[] U, double[] W)[] NuNodes(SkewModel model)
    {
        double centre = Math.Log(model.NuShape / model.NuRate), step = Math.Min(0.5, 0.8 / Math.Sqrt(model.NuShape));
        double LogDensity(double log) => model.NuShape * (log - centre) - model.NuRate * (Math.Exp(log) - Math.Exp(centre));
        var nodes = new List<(double, double[], double[])>();
        for (var i = -40; i <= 40; i++)
        {
            var log = centre + i * step;
            var weight = Math.Exp(LogDensity(log));
            if (weight < 1e-5)
                continue;
            var (u, w) = Chi(Math.Exp(log));
            nodes.Add((weight, u, w));
        }
        return [.. nodes];
    }

    /// <summary>U ~ Gamma(ν/2, ν/2) as few nodes in ln U.</summary>
    private static (double[], double[]) Chi(double nu)
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
        var (nodes, weights) = GaussRule.Reduce([.. x], [.. w.Select(d => d / sum)], nu < 3 ? 14 : 8);
        return (Array.ConvertAll(nodes, Math.Exp), weights);
    }

    private Cell Make(int index, double tau, double weight, double[] u, double[] uWeight, (double[] Sigma, double[] Weight)[] sigmas)
    {
        var n = sigmas.Length;
        double[][] inverse = new double[n][], factor = new double[n][], slant = new double[n][];
        for (var j = 0; j < n; j++)
        {
            var (sigma, w) = sigmas[j];
            var size = sigma.Length * u.Length;
            (inverse[j], factor[j], slant[j]) = (new double[size], new double[size], new double[size * delta.Length]);
            for (var m = 0; m < size; m++)
            {
                int a = m / u.Length, b = m % u.Length;
                var spread = tau / Math.Sqrt(u[b]);
                var width = double.Hypot(sigma[a], spread);
                inverse[j][m] = 1 / width;
                factor[j][m] = 2 * w[a] * uWeight[b] / width;
                for (var d = 0; d < delta.Length; d++)
                {
                    var r = delta[d] * spread / width;
                    slant[j][m * delta.Length + d] = r / Math.Sqrt(Math.Max(1e-12, (1 - r) * (1 + r)));
                }
            }
        }
        // The most that the laboratories after each one can multiply by.
        var still = new double[n];
        for (var j = n - 2; j >= 0; j--)
            still[j] = still[j + 1] + Math.Log(factor[j + 1].Sum());
        return new(index, tau, weight, inverse, factor, slant, still);
    }

    private double Best(Cell cell, double mu) => Likelihoods(cell, mu, double.NegativeInfinity) ? Math.Log(product.Max()) : double.NegativeInfinity;

    /// <summary>Fills the products over laboratories for all α; false when none reaches the floor.</summary>
    private bool Likelihoods(Cell cell, double mu, double least)
    {
        Array.Fill(product, 1);
        Span<double> sum = stackalloc double[delta.Length];
        for (var j = 0; j < frame.Z.Length; j++)
        {
            sum.Clear();
            double[] inverse = cell.InverseWidth[j], factor = cell.Factor[j], slant = cell.Slant[j];
            var d = frame.Z[j] - mu;
            for (var m = 0; m < inverse.Length; m++)
            {
                var t = d * inverse[m];
                var a = factor[m] * Math.Exp(-0.5 * t * t);
                if (a < 1e-30)
                    continue;
                var row = slant.AsSpan(m * delta.Length, delta.Length);
                for (var k = 0; k < row.Length; k++)
                    sum[k] += a * ErrorFunction.FastNormalCdf(row[k] * t);
            }
            var most = 0.0;
            for (var k = 0; k < product.Length; k++)
                most = Math.Max(most, product[k] *= sum[k]);
            if (!(most > 0 && Math.Log(most) + cell.Still[j] > least))
                return false;
        }
        return true;
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

    private sealed record Panel(double Low, double High, double[] Density, double Area, double Mean, double Square, double Value, double ValueSquare, double Positive, double[] Tau);

    private Panel Evaluate(double low, double high)
    {
        var (x, w) = GaussLegendre.Rule(Nodes);
        double middle = low + (high - low) / 2, half = (high - low) / 2;
        var density = new double[Nodes];
        var tau = new double[tauMass.Length];
        double area = 0, m1 = 0, m2 = 0, v1 = 0, v2 = 0, plus = 0;
        for (var i = 0; i < Nodes; i++)
        {
            var mu = middle + half * x[i];
            var shift = priors.LogOfMean(mu) - reference;
            foreach (var cell in cells)
            {
                if (!Likelihoods(cell, mu, floor - priors.LogOfMean(mu)))
                    continue;
                for (var k = 0; k < product.Length; k++)
                {
                    var p = cell.Weight * alphaWeight[k] * product[k] * Math.Exp(shift);
                    density[i] += p;
                    p *= half * w[i];
                    var point = mu + cell.Tau * delta[k] * Math.Sqrt(2 / Math.PI);
                    (area, m1, m2, v1, v2) = (area + p, m1 + p * mu, m2 + p * mu * mu, v1 + p * point, v2 + p * point * point);
                    tau[cell.TauIndex] += p;
                    plus += delta[k] > 0 ? p : delta[k] == 0 ? p / 2 : 0;
                }
            }
        }
        return new(low, high, density, area, m1, m2, v1, v2, plus, tau);
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
