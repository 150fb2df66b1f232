namespace Plumbline.Numerics;

/// <summary>The median (中位数) of the results as a reference value.</summary>
public static class MedianConsensus
{
    /// <summary>The median with u = √(π/2)·1.4826·MAD/√n, the guidance of the CCQM.</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <returns>The median; zero uncertainty when more than half of the results are equal (warned of as <c>no-spread</c>).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than two results.</exception>
    /// <remarks>The uncertainty is that of a median of normal results; for n below about 6 it is itself known to one figure only. Not linear: correlation with a laboratory's own result is not given.</remarks>
    public static ConsensusResult Of(double[] values)
    {
        Require.Finite(values, 2);
        return With(values, Math.Sqrt(Math.PI / 2) * RobustScale.NormalMad);
    }

    /// <summary>The median with the rounded factor of the national guides, u = 1.858·MAD/√n.</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <returns>As <see cref="Of"/>, to four figures of the factor.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than two results.</exception>
    public static ConsensusResult WithRoundedFactor(double[] values)
    {
        Require.Finite(values, 2);
        return With(values, 1.858);
    }

    private static ConsensusResult With(double[] values, double factor)
    {
        var frame = Frame.Of(values);
        var median = RobustScale.MedianOf(frame.Z);
        var mad = RobustScale.MadOf(frame.Z, median);
        return new()
        {
            Method = "median",
            Value = frame.Location(median),
            StandardUncertainty = frame.Scale * factor * mad / Math.Sqrt(values.Length),
            Included = [.. Enumerable.Repeat(true, values.Length)],
            Warnings = mad == 0 ? ["no-spread"] : [],
        };
    }
}
