namespace Plumbline.Numerics;

/// <summary>The Hartung–Knapp–Sidik–Jonkman interval for a random-effects mean: the observed scatter, not only the model, sets the uncertainty, with Student's t for the few laboratories.</summary>
public static class HartungKnapp
{
    /// <summary>u² = q/ΣW with q = ΣW(x − μ)²/(n − 1), about the DerSimonian–Laird mean.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="coverage">Coverage probability of the intervals, strictly between 0 and 1.</param>
    /// <returns>The plain and the modified form; the modified one never goes below the model's own uncertainty (q replaced by max(1, q)).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, an uncertainty is not positive, or the coverage is out of range.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, or the lengths differ.</exception>
    /// <remarks>Int. J. Epidemiol.: IntHout et al., BMC Med. Res. Methodol. 14 (2014) 25. With agreeing results the plain form may be too short: prefer the modified one.</remarks>
    public static HartungKnappResult Of(double[] values, double[] standardUncertainties, double coverage = 0.95)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        Require.Probability(coverage);
        var frame = Frame.Of(values, standardUncertainties);
        var t = DerSimonianLaird.TauSquared(frame.Z, frame.S);
        var (mean, sum, generalised) = RandomEffects.At(frame.Z, frame.S, t);
        var nu = values.Length - 1;
        var q = generalised / nu;
        var k = StudentT.UpperQuantileOf((1 - coverage) / 2, nu);
        double plain = Math.Sqrt(q / sum), modified = Math.Sqrt(Math.Max(1, q) / sum);
        return new(RandomEffects.Result("dersimonian-laird", frame, t), nu, frame.Scale * plain, At(plain), frame.Scale * modified, At(modified));
        Interval At(double u) => new(frame.Location(mean - k * u), frame.Location(mean + k * u));
    }
}

/// <summary>Two uncertainties for one random-effects mean, in the unit of the results.</summary>
/// <param name="Reference">The DerSimonian–Laird mean.</param>
/// <param name="DegreesOfFreedom">n − 1, of the t quantile.</param>
/// <param name="StandardUncertainty">√(q/ΣW).</param>
/// <param name="Interval">Its coverage interval.</param>
/// <param name="ModifiedStandardUncertainty">√(max(1, q)/ΣW).</param>
/// <param name="ModifiedInterval">Its coverage interval.</param>
public sealed record HartungKnappResult(ConsensusResult Reference, int DegreesOfFreedom, double StandardUncertainty, Interval Interval,
    double ModifiedStandardUncertainty, Interval ModifiedInterval);
