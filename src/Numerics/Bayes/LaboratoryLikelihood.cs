using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumbline.Numerics;

/// <summary>The likelihood of μ and τ from one laboratory, its effect integrated analytically and its σ, where not known, as a finite mixture.</summary>
internal sealed class LaboratoryLikelihood
{
    private const int Lanes = 4;
    private readonly double x, widest;
    private readonly LaboratoryEffects effects;
    private readonly double[] sigma, inverse, weight, tau, scratch;
    private readonly double[][] factor, exponent;

    internal LaboratoryLikelihood(double x, double s, double nu, Priors priors, double[] tau)
    {
        (this.x, effects, this.tau) = (x, priors.Effects, tau);
        var (nodes, weights) = double.IsPositiveInfinity(nu) ? ([s], [1]) : SigmaNodes(s, nu, priors.Sigma);
        Count = nodes.Length;
        // Four nodes are summed at a time: the last four are filled up with nodes of no weight.
        var padded = Count == 1 ? 1 : (Count + Lanes - 1) / Lanes * Lanes;
        sigma = [.. nodes, .. Enumerable.Repeat(nodes[^1], padded - Count)];
        weight = [.. weights, .. new double[padded - Count]];
        inverse = Array.ConvertAll(sigma, v => 1 / v);
        widest = sigma.Max();
        scratch = new double[padded];
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

    /// <summary>How many nodes σ has.</summary>
    internal int Count { get; }

    /// <summary>A node of σ.</summary>
    internal double Sigma(int node) => sigma[node];

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
            sum[k] = still is not null && !(sum[k] + still[k] > floor) ? double.NegativeInfinity
                : Count == 1 && effects == LaboratoryEffects.Gauss ? sum[k] + Math.Log(factor[k][0]) + exponent[k][0] * d * d
                : sum[k] + Math.Log(Terms(d, k));
    }

    /// <summary>Writes the posterior shares of the nodes of σ, given μ and a node of τ.</summary>
    internal void SigmaGiven(double mu, int k, double[] shares)
    {
        if (Count == 1)
        {
            shares[0] = 1;
            return;
        }
        var sum = Terms(Math.Abs(x - mu), k);
        for (var i = 0; i < Count; i++)
            shares[i] = sum > 0 ? scratch[i] / sum : weight[i];
    }

    /// <summary>The terms of all nodes of σ, left in the scratch array, and their sum.</summary>
    private double Terms(double d, int k)
    {
        if (Count == 1)
            return scratch[0] = effects == LaboratoryEffects.Gauss ? factor[k][0] * Math.Exp(exponent[k][0] * d * d) : weight[0] * Laplace(d, tau[k], sigma[0]);
        var sum = Vector256<double>.Zero;
        var terms = MemoryMarshal.Cast<double, Vector256<double>>(scratch.AsSpan());
        if (effects == LaboratoryEffects.Gauss)
        {
            var factors = MemoryMarshal.Cast<double, Vector256<double>>(factor[k].AsSpan());
            var exponents = MemoryMarshal.Cast<double, Vector256<double>>(exponent[k].AsSpan());
            for (var i = 0; i < terms.Length; i++)
                sum += terms[i] = factors[i] * Vector256.Exp(exponents[i] * (d * d));
            return Vector256.Sum(sum);
        }
        if (tau[k] < 2e-3 * widest)
        {
            var total = 0.0;
            for (var i = 0; i < scratch.Length; i++)
                total += scratch[i] = weight[i] * Laplace(d, tau[k], sigma[i]);
            return total;
        }
        var b = tau[k] / Math.Sqrt(2);
        var weights = MemoryMarshal.Cast<double, Vector256<double>>(weight.AsSpan());
        var widths = MemoryMarshal.Cast<double, Vector256<double>>(sigma.AsSpan());
        var inverses = MemoryMarshal.Cast<double, Vector256<double>>(inverse.AsSpan());
        for (var i = 0; i < terms.Length; i++)
            sum += terms[i] = weights[i] * Laplace(d, 1 / b, widths[i], inverses[i]);
        return Vector256.Sum(sum);
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

    /// <summary>The same for four σ at once.</summary>
    private static Vector256<double> Laplace(double d, double inverseB, Vector256<double> s, Vector256<double> inverseS)
    {
        var root = Vector256.Create(Math.Sqrt(0.5));
        Vector256<double> r = inverseS * d, q = s * inverseB, gauss = Vector256.Exp(r * r * -0.5), inner = (q - r) * root;
        var near = gauss * ErrorFunction.FastErfcx(Vector256.Abs(inner));
        var beyond = Vector256.LessThan(inner, Vector256<double>.Zero);
        if (beyond != Vector256<double>.Zero)
            near = Vector256.ConditionalSelect(beyond, Vector256.Exp(q * q * 0.5 - Vector256.Create(d * inverseB)) * 2 - near, near);
        return (near + gauss * ErrorFunction.FastErfcx((q + r) * root)) * (Math.Sqrt(2 * Math.PI) / 4 * inverseB);
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
        var step = Math.Min(0.35, 1.1 / Math.Sqrt(2 * nu));
        var centre = Math.Log(s);
        // Climb to the top of the density, then go down both sides until nothing counts.
        while (LogDensity(centre + step) > LogDensity(centre))
            centre += step;
        while (LogDensity(centre - step) > LogDensity(centre))
            centre -= step;
        var top = LogDensity(centre);
        var nodes = new List<double>();
        for (var log = centre; LogDensity(log) > top - 19; log -= step)
            nodes.Add(log);
        nodes.Reverse();
        for (var log = centre + step; LogDensity(log) > top - 19; log += step)
            nodes.Add(log);
        double[] weights = [.. nodes.Select(log => Math.Exp(LogDensity(log) - top))];
        var total = weights.Sum();
        return ([.. nodes.Select(Math.Exp)], Array.ConvertAll(weights, w => w / total));
    }
}
