namespace Plumbline.Numerics;

/// <summary>The likelihood of μ and τ from one laboratory, its effect integrated analytically and its σ, where not known, as a finite mixture.</summary>
internal sealed class LaboratoryLikelihood
{
    private readonly double x;
    private readonly LaboratoryEffects effects;
    private readonly double[] sigma, weight, tau;
    private readonly double[][] factor, exponent;

    internal LaboratoryLikelihood(double x, double s, double nu, Priors priors, double[] tau)
    {
        (this.x, effects, this.tau) = (x, priors.Effects, tau);
        (sigma, weight) = double.IsPositiveInfinity(nu) ? ([s], [1]) : SigmaNodes(s, nu, priors.Sigma);
        // For normal effects the constants of every node are ready before μ is known.
        (factor, exponent) = (new double[tau.Length][], new double[tau.Length][]);
        if (effects != LaboratoryEffects.Gauss)
            return;
        for (var k = 0; k < tau.Length; k++)
        {
            var t = tau[k] * tau[k];
            factor[k] = [.. sigma.Select((v, i) => weight[i] / Math.Sqrt(v * v + t))];
            exponent[k] = Array.ConvertAll(sigma, v => -0.5 / (v * v + t));
        }
    }

    /// <summary>The greatest ln L at every node of τ: that of a mean equal to the result.</summary>
    internal double[] Peaks()
    {
        var peaks = new double[tau.Length];
        AddLog(x, peaks, null, 0);
        return peaks;
    }

    /// <summary>Adds ln L at every node of τ, unless even the peaks of the laboratories still to come cannot lift the sum to the floor.</summary>
    internal void AddLog(double mu, double[] sum, double[]? still, double floor)
    {
        var d = Math.Abs(x - mu);
        for (var k = 0; k < tau.Length; k++)
        {
            if (still is not null && !(sum[k] + still[k] > floor))
            {
                sum[k] = double.NegativeInfinity;
                continue;
            }
            sum[k] += effects == LaboratoryEffects.Gauss ? LogGauss(d, factor[k], exponent[k]) : LogLaplace(d, tau[k]);
        }
    }

    /// <summary>The posterior shares of the nodes of σ, given μ and a node of τ.</summary>
    internal IEnumerable<(double Sigma, double Share)> SigmaGiven(double mu, int k)
    {
        if (sigma.Length == 1)
            return [(sigma[0], 1)];
        var d = Math.Abs(x - mu);
        var shares = new double[sigma.Length];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = effects == LaboratoryEffects.Gauss ? factor[k][i] * Math.Exp(exponent[k][i] * d * d) : weight[i] * Laplace(d, tau[k], sigma[i]);
        var sum = shares.Sum();
        return sum > 0 ? sigma.Select((s, i) => (s, shares[i] / sum)) : sigma.Select((s, i) => (s, weight[i]));
    }

    private static double LogGauss(double d, double[] factors, double[] exponents)
    {
        var square = d * d;
        if (factors.Length == 1)
            return Math.Log(factors[0]) + exponents[0] * square;
        var sum = 0.0;
        for (var i = 0; i < factors.Length; i++)
            sum += factors[i] * Math.Exp(exponents[i] * square);
        return Math.Log(sum);
    }

    private double LogLaplace(double d, double t)
    {
        var sum = 0.0;
        for (var i = 0; i < sigma.Length; i++)
            sum += weight[i] * Laplace(d, t, sigma[i]);
        return Math.Log(sum);
    }

    /// <summary>A Laplace effect of standard deviation t smoothed by a normal error, up to the constant √(2π) that all terms share.</summary>
    private static double Laplace(double d, double t, double s)
    {
        var gauss = Math.Exp(-0.5 * (d / s) * (d / s));
        // Far below σ the effect only widens the normal: the next term is of the fourth order.
        if (t < 1e-4 * s)
            return gauss / s * (1 + 0.5 * (t / s) * (t / s) * ((d / s) * (d / s) - 1));
        var b = t / Math.Sqrt(2);
        double inner = (s / b - d / s) / Math.Sqrt(2), outer = (s / b + d / s) / Math.Sqrt(2);
        var near = inner >= 0 ? gauss * ErrorFunction.FastErfcx(inner) : 2 * Math.Exp(0.5 * (s / b) * (s / b) - d / b) - gauss * ErrorFunction.FastErfcx(-inner);
        return Math.Sqrt(2 * Math.PI) / (4 * b) * (near + gauss * ErrorFunction.FastErfcx(outer));
    }

    /// <summary>
    /// A trapezoid rule in ln σ for σ with half-Cauchy prior and νu²/σ² ~ χ²(ν). The density there falls off exponentially or faster on both sides,
    /// where the rule's error is exponentially small in 1/step; the step follows the density's own width.
    /// </summary>
    internal static (double[] Sigma, double[] Weight) SigmaNodes(double s, double nu, double scale)
    {
        double LogDensity(double log)
        {
            var v = Math.Exp(log);
            return log - nu * log - nu * s * s / (2 * v * v) - GammaFunctions.Log1P(v / scale * (v / scale));
        }
        var step = Math.Min(0.28, 0.8 / Math.Sqrt(2 * nu));
        var centre = Math.Log(s);
        // Climb to the top of the density, then go down both sides until nothing counts.
        while (LogDensity(centre + step) > LogDensity(centre))
            centre += step;
        while (LogDensity(centre - step) > LogDensity(centre))
            centre -= step;
        var top = LogDensity(centre);
        var nodes = new List<double>();
        for (var log = centre; LogDensity(log) > top - 21; log -= step)
            nodes.Add(log);
        nodes.Reverse();
        for (var log = centre + step; LogDensity(log) > top - 21; log += step)
            nodes.Add(log);
        double[] weights = [.. nodes.Select(log => Math.Exp(LogDensity(log) - top))];
        var total = weights.Sum();
        return ([.. nodes.Select(Math.Exp)], Array.ConvertAll(weights, w => w / total));
    }
}
