namespace Plumbline.Numerics;

/// <summary>Normal effects, known uncertainties: μ given τ is normal, so that its posterior is a mixture of normals over the nodes of τ.</summary>
internal sealed class NormalPosterior
{
    private readonly Frame frame;
    private readonly double[] v, mean, deviation, weight;
    private readonly double scale;

    internal NormalPosterior(Frame frame, Priors priors)
    {
        this.frame = frame;
        (var tau, weight, v) = priors.TauNodes(frame, 0.125);
        scale = frame.S.Min();
        (mean, deviation) = (new double[tau.Length], new double[tau.Length]);
        var logs = new double[tau.Length];
        double precision = priors.Mean == MeanPrior.Normal ? 1 / (priors.Scale * priors.Scale) : 0, location = priors.Location;
        for (var i = 0; i < tau.Length; i++)
        {
            var (centre, sum, q) = RandomEffects.At(frame.Z, frame.S, tau[i] * tau[i]);
            var logDeterminant = 0.0;
            foreach (var s in frame.S)
                logDeterminant += Math.Log(s * s + tau[i] * tau[i]);
            var total = sum + precision;
            mean[i] = precision > 0 ? (sum * centre + precision * location) / total : centre;
            deviation[i] = 1 / Math.Sqrt(total);
            var pull = precision > 0 ? sum * precision / total * (centre - location) * (centre - location) : 0;
            logs[i] = -0.5 * (logDeterminant + q + pull + Math.Log(total));
        }
        var most = logs.Max();
        for (var i = 0; i < weight.Length; i++)
            weight[i] *= Math.Exp(logs[i] - most);
    }

    internal PosteriorResult Result(double coverage)
    {
        var fine = Summary(1, coverage);
        var coarse = Summary(2, coverage);
        var error = new[] { fine.Mean - coarse.Mean, fine.Deviation - coarse.Deviation, fine.Low - coarse.Low, fine.High - coarse.High }.Max(Math.Abs) / fine.Deviation;
        var tau = new TauPosterior(v, weight, scale);
        return Posterior.Result("hierarchical-gauss", frame, fine, tau, coverage, error);
    }

    /// <summary>μ given τ is normal, and so is the difference.</summary>
    internal DifferenceMixture[] Differences(bool recognised)
    {
        var centre = Summary(1, 0.95).Mean;
        return Array.ConvertAll(frame.S, s =>
        {
            var mixture = new DifferenceMixture();
            for (var i = 0; i < weight.Length; i++)
            {
                var tau = recognised ? scale * Math.Sinh(v[i]) : 0;
                mixture.Add(centre - mean[i], Math.Sqrt(deviation[i] * deviation[i] + s * s + tau * tau), weight[i]);
            }
            return mixture;
        });
    }

    private PosteriorSummary Summary(int stride, double coverage)
    {
        double total = 0, first = 0, second = 0;
        for (var i = 0; i < weight.Length; i += stride)
        {
            total += weight[i];
            first += weight[i] * mean[i];
        }
        var centre = first / total;
        for (var i = 0; i < weight.Length; i += stride)
            second += weight[i] * (deviation[i] * deviation[i] + (mean[i] - centre) * (mean[i] - centre));
        var spread = Math.Sqrt(second / total);
        return new(centre, spread, Quantile(0.5), Quantile((1 - coverage) / 2), Quantile((1 + coverage) / 2));

        double Quantile(double p)
        {
            // The smaller tail keeps its digits.
            var upper = p > 0.5;
            var target = upper ? 1 - p : p;
            double low = centre - 1e6 * spread, high = centre + 1e6 * spread, x = centre + spread * Normal.QuantileOf(p);
            for (var n = 0; n < 200; n++)
            {
                double tail = 0, density = 0;
                for (var i = 0; i < weight.Length; i += stride)
                {
                    if (weight[i] == 0)
                        continue;
                    var t = (x - mean[i]) / deviation[i];
                    tail += weight[i] * Normal.UpperTailOf(upper ? t : -t);
                    density += weight[i] * Math.Exp(-0.5 * t * t) / deviation[i];
                }
                var excess = tail / total - target;
                if (excess > 0 == upper)
                    low = x;
                else
                    high = x;
                var step = excess / (density * 0.39894228040143268 / total) * (upper ? 1 : -1);
                var next = x + step;
                if (Math.Abs(step) <= 1e-13 * spread)
                    return next;
                x = next > low && next < high ? next : low + (high - low) / 2;
            }
            return x;
        }
    }
}

/// <summary>Figures of the posterior of μ in the frame.</summary>
internal readonly record struct PosteriorSummary(double Mean, double Deviation, double Median, double Low, double High);

/// <summary>Puts the figures together in the unit of the results.</summary>
internal static class Posterior
{
    internal static PosteriorResult Result(string method, Frame frame, PosteriorSummary mu, TauPosterior tau, double coverage, double error)
    {
        var median = frame.Scale * tau.Quantile(0.5);
        var q = RandomEffects.At(frame.Z, frame.S, 0).Q;
        var nu = frame.Z.Length - 1;
        var reference = new ConsensusResult
        {
            Method = method,
            Value = frame.Location(mu.Mean),
            StandardUncertainty = frame.Scale * mu.Deviation,
            Included = [.. Enumerable.Repeat(true, frame.Z.Length)],
            Tau = median,
            ChiSquared = q,
            DegreesOfFreedom = nu,
            PValue = ChiSquare.UpperTail(q, nu),
            Converged = error < 1e-3,
        };
        return new(reference, frame.Location(mu.Median), new(frame.Location(mu.Low), frame.Location(mu.High)), median,
            new(frame.Scale * tau.Quantile((1 - coverage) / 2), frame.Scale * tau.Quantile((1 + coverage) / 2)), error);
    }
}

/// <summary>The posterior of τ = a sinh v on equal steps of v, its distribution function by a cubic spline.</summary>
internal sealed class TauPosterior
{
    private readonly double[] density, slope, cumulated;
    private readonly double step, scale;

    internal TauPosterior(double[] v, double[] mass, double scale)
    {
        this.scale = scale;
        step = v[1] - v[0];
        density = (double[])mass.Clone();
        density[0] *= 2; // the trapezoid rule had halved it
        var n = density.Length;
        // Even in v: zero slope at the origin; nothing left at the far end.
        slope = ClampedSplineSlopes(density, step);
        cumulated = new double[n];
        for (var i = 1; i < n; i++)
            cumulated[i] = cumulated[i - 1] + step / 2 * (density[i - 1] + density[i]) + step * step / 12 * (slope[i - 1] - slope[i]);
    }

    internal double Quantile(double p)
    {
        var target = p * cumulated[^1];
        var i = 1;
        while (i < cumulated.Length - 1 && cumulated[i] < target)
            i++;
        double low = 0, high = 1;
        for (var n = 0; n < 60; n++)
        {
            var t = (low + high) / 2;
            if (cumulated[i - 1] + Partial(i, t) < target)
                low = t;
            else
                high = t;
        }
        return scale * Math.Sinh(step * (i - 1 + (low + high) / 2));
    }

    /// <summary>The integral of the Hermite cubic over the first share t of interval i.</summary>
    private double Partial(int i, double t)
    {
        double a = density[i - 1], b = density[i], da = step * slope[i - 1], db = step * slope[i];
        double t2 = t * t, t3 = t2 * t, t4 = t3 * t;
        return step * (a * (t4 / 2 - t3 + t) + da * (t4 / 4 - 2 * t3 / 3 + t2 / 2) + b * (t3 - t4 / 2) + db * (t4 / 4 - t3 / 3));
    }

    private static double[] ClampedSplineSlopes(double[] y, double h)
    {
        var n = y.Length;
        double[] diagonal = new double[n], right = new double[n], m = new double[n];
        diagonal[0] = 1;
        for (var i = 1; i < n - 1; i++)
        {
            var factor = 1 / diagonal[i - 1] * (i == 1 ? 0 : 1);
            diagonal[i] = 4 - factor;
            right[i] = 3 * (y[i + 1] - y[i - 1]) / h - factor * right[i - 1];
        }
        for (var i = n - 2; i > 0; i--)
            m[i] = (right[i] - m[i + 1]) / diagonal[i];
        return m;
    }
}
