namespace Plumbline.Numerics;

/// <summary>The arithmetic mean (算术平均值) of the results.</summary>
public static class ArithmeticMean
{
    /// <summary>The mean with the uncertainty that the stated ones give: √(Σu²)/n.</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <returns>The mean and the consistency of the results with it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is not positive.</exception>
    /// <exception cref="ArgumentException">No result, or the lengths differ.</exception>
    /// <remarks>χ² is taken about this mean with ν = n − 1, which is a little larger than about the weighted mean: the test is not lenient.</remarks>
    public static ConsensusResult Of(double[] values, double[] standardUncertainties)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        var frame = Frame.Of(values, standardUncertainties);
        int n = values.Length, nu = n - 1;
        var mean = frame.Z.Average();
        double sum = 0, q = 0;
        for (var i = 0; i < n; i++)
        {
            sum += frame.S[i] * frame.S[i];
            q += (frame.Z[i] - mean) * (frame.Z[i] - mean) / (frame.S[i] * frame.S[i]);
        }
        return Result(frame, mean, frame.Scale * Math.Sqrt(sum) / n) with
        {
            ChiSquared = q,
            DegreesOfFreedom = nu,
            PValue = nu > 0 ? ChiSquare.UpperTail(q, nu) : null,
        };
    }

    /// <summary>The mean with the uncertainty that the scatter gives: s/√n.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <returns>The mean; zero uncertainty when all results are equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than two results.</exception>
    /// <remarks>Says nothing about an error common to all laboratories.</remarks>
    public static ConsensusResult FromScatter(double[] values)
    {
        Require.Finite(values, 2);
        var frame = Frame.Of(values);
        var mean = frame.Z.Average();
        var sum = frame.Z.Sum(z => (z - mean) * (z - mean));
        return Result(frame, mean, frame.Scale * Math.Sqrt(sum / (values.Length - 1.0) / values.Length)) with { Method = "mean-scatter" };
    }

    private static ConsensusResult Result(Frame frame, double mean, double uncertainty) => new()
    {
        Method = "mean",
        Value = frame.Location(mean),
        StandardUncertainty = uncertainty,
        Weights = [.. Enumerable.Repeat(1.0 / frame.Z.Length, frame.Z.Length)],
        Included = [.. Enumerable.Repeat(true, frame.Z.Length)],
    };
}
