namespace Plumbline.Numerics;

/// <summary>The noncentral t distribution (非中心 t 分布): a normal variable about δ, divided by an independent estimate of its standard deviation.</summary>
internal static class NoncentralT
{
    /// <summary>P(T &gt; t) = ∫ Φ(δ − ts) g(s) ds, where g is the density of s = √(χ²/ν); smooth, so quadrature reaches twelve digits in both tails.</summary>
    internal static double UpperTail(double t, double nu, double delta)
    {
        // s scatters about 1 by 1/√(2ν); beyond these ends nothing is left that counts.
        double low = Math.Sqrt(ChiSquare.Quantile(1e-18, nu) / nu), high = Math.Sqrt(ChiSquare.UpperQuantile(1e-18, nu) / nu);
        var points = new List<double> { low, high };
        var width = 1 / Math.Sqrt(2 * nu);
        foreach (var s in (double[])[1 - 4 * width, 1 - width, 1, 1 + width, 1 + 4 * width, .. t != 0 ? (double[])[(delta - 6) / t, delta / t, (delta + 6) / t] : []])
            if (s > low && s < high)
                points.Add(s);
        return GaussKronrod.Integrate(s => Normal.UpperTailOf(t * s - delta) * 2 * nu * s * ChiSquare.Density(nu * s * s, nu), points).Value;
    }
}
