namespace Plumbline.Numerics;

/// <summary>The power-moderated mean (幂调和平均值) of Pommé and Keightley, Metrologia 52 (2015) S200: between arithmetic and weighted mean as the data deserve, the CCRI's estimator since 2013.</summary>
public static class PowerModeratedMean
{
    /// <summary>The mean is made anew after each outlier: time grows with the square of the results.</summary>
    private const int MostTested = 5000;

    /// <summary>Weights u<sub>ref</sub>²/[(u² + s²)<sup>α/2</sup> S<sup>2−α</sup>] with s from Mandel and Paule, leaving out extreme results.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="alpha">α between 0 (arithmetic mean) and 2 (Mandel–Paule); null for 2 − 3/n, the recommended value.</param>
    /// <param name="outlierFactor">Results further from the mean than this many of their u(D) are left out, one after another; 2.5 by custom. Null to keep all.</param>
    /// <returns>The mean; <c>Included</c> tells who was left out, <c>Tau</c> is s.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, an uncertainty is not positive, or α or the factor is out of range.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, more than 5000 where outliers are left out, or the lengths differ.</exception>
    /// <remarks>Degrees of equivalence: u²(D) = (1 − 2w)u² + u<sub>ref</sub>² for a member, u² + u<sub>ref</sub>² otherwise, as <see cref="DegreesOfEquivalence"/> gives.</remarks>
    public static ConsensusResult Of(double[] values, double[] standardUncertainties, double? alpha = null, double? outlierFactor = 2.5)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        if (alpha is { } given && !(given is >= 0 and <= 2))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Must lie between 0 and 2.");
        if (outlierFactor is { } factor)
            Require.Positive(factor, nameof(outlierFactor));
        if (outlierFactor is not null && values.Length > MostTested)
            throw new ArgumentException($"At most {MostTested} results where outliers are left out one by one: keep all (no outlier factor) or test them before.", nameof(values));
        var frame = Frame.Of(values, standardUncertainties);
        var members = Enumerable.Range(0, values.Length).ToList();
        while (true)
        {
            var fit = Fit([.. members.Select(i => frame.Z[i])], [.. members.Select(i => frame.S[i])], alpha);
            var worst = -1;
            var most = outlierFactor ?? double.PositiveInfinity;
            for (var i = 0; i < members.Count; i++)
            {
                var ratio = Math.Abs(frame.Z[members[i]] - fit.Mean) / (fit.U * Math.Sqrt(1 / fit.Weights[i] - 1));
                if (ratio > most)
                    (worst, most) = (i, ratio);
            }
            // Two results cannot tell which of them is extreme.
            if (worst < 0 || members.Count == 2)
                return Result(frame, members, fit);
            members.RemoveAt(worst);
        }
    }

    private static (double Mean, double U, double S, double[] Weights, int Iterations, bool Converged) Fit(double[] z, double[] s, double? alpha)
    {
        var n = z.Length;
        var (t, iterations, converged) = PauleMandel.TauSquared(z, s, n - 1);
        var mean = z.Average();
        var scatter = z.Sum(v => (v - mean) * (v - mean)) / (n * (n - 1.0));
        var characteristic = Math.Sqrt(n * Math.Max(scatter, 1 / s.Sum(u => 1 / (u * u + t))));
        var a = alpha ?? Math.Max(0, 2 - 3.0 / n);
        var g = Array.ConvertAll(s, u => 1 / (Math.Pow(u * u + t, a / 2) * Math.Pow(characteristic, 2 - a)));
        var variance = 1 / g.Sum();
        var weights = Array.ConvertAll(g, v => v * variance);
        return (Matrix.Dot(weights, z), Math.Sqrt(variance), Math.Sqrt(t), weights, iterations, converged);
    }

    private static ConsensusResult Result(Frame frame, List<int> members, (double Mean, double U, double S, double[] Weights, int Iterations, bool Converged) fit)
    {
        var n = frame.Z.Length;
        var weights = new double[n];
        var included = new bool[n];
        var q = 0.0;
        for (var i = 0; i < members.Count; i++)
        {
            var j = members[i];
            weights[j] = fit.Weights[i];
            included[j] = true;
            q += (frame.Z[j] - fit.Mean) * (frame.Z[j] - fit.Mean) / (frame.S[j] * frame.S[j]);
        }
        return new()
        {
            Method = "power-moderated-mean",
            Value = frame.Location(fit.Mean),
            StandardUncertainty = frame.Scale * fit.U,
            Weights = weights,
            Included = included,
            Tau = frame.Scale * fit.S,
            ChiSquared = q,
            DegreesOfFreedom = members.Count - 1,
            PValue = ChiSquare.UpperTail(q, members.Count - 1),
            Iterations = fit.Iterations,
            Converged = fit.Converged,
        };
    }
}
