using System.Runtime.Intrinsics;

namespace Plumbline.Numerics;

/// <summary>How good an r² of a median rank regression is (Abernethy, The New Weibull Handbook): the share of true samples of that size that lie no better on their line.</summary>
public static class RankFit
{
    /// <summary>The percentile of r² (pve, "AbPval") and the critical r² (CCC²) by simulation.</summary>
    /// <param name="rSquared">r² of the regression on exact median ranks, from 0 to 1.</param>
    /// <param name="failures">Failures that it rests on, from 3 to 10 000.</param>
    /// <param name="distribution">Weibull or lognormal.</param>
    /// <param name="trials">Samples drawn, at least 1 024; rounded up to a multiple of that.</param>
    /// <param name="seed">Any number; the same one gives the same digits.</param>
    /// <returns>The share with its standard error, and the r² that one true sample in ten does not reach.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <remarks>r² is pivotal: its distribution depends on the number of failures alone, whatever η and β. It is that of complete samples, as is the custom where units are censored too. A share below 10 % speaks against the distribution.</remarks>
    public static RankFitResult Of(double rSquared, int failures, LifeDistribution distribution = LifeDistribution.Weibull, int trials = 1 << 20, ulong seed = 1)
    {
        if (!(rSquared is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(rSquared), rSquared, "Must lie between 0 and 1.");
        Require.AtLeast(failures, 3);
        if (failures > 10_000)
            throw new ArgumentOutOfRangeException(nameof(failures), failures, "Must not exceed 10 000.");
        if (distribution is not (LifeDistribution.Weibull or LifeDistribution.Lognormal))
            throw new ArgumentOutOfRangeException(nameof(distribution), distribution, "Must be Weibull or lognormal.");
        Require.AtLeast(trials, InputDrawer.Lanes);
        var blocks = (trials + InputDrawer.Lanes - 1) / InputDrawer.Lanes;
        var drawn = new double[blocks * InputDrawer.Lanes];
        var positions = Positions(failures, distribution);
        for (var block = 0; block < blocks; block++)
            Draw(positions, distribution, seed, (ulong)block, drawn.AsSpan(block * InputDrawer.Lanes, InputDrawer.Lanes));
        Array.Sort(drawn);
        var below = Array.BinarySearch(drawn, rSquared) is var at && at < 0 ? ~at : at;
        while (below < drawn.Length && drawn[below] == rSquared)
            below++;
        var share = (double)below / drawn.Length;
        return new(share, Math.Sqrt(share * (1 - share) / drawn.Length), drawn[drawn.Length / 10]);
    }

    /// <summary>The plotting positions of n failures about their mean, in units of their norm.</summary>
    private static double[] Positions(int n, LifeDistribution distribution)
    {
        var family = distribution == LifeDistribution.Weibull ? LifeFamily.SmallestExtreme : LifeFamily.Gauss;
        double[] y = [.. RankRegression.Points([.. Enumerable.Range(1, n).Select(i => (double)i)], [], MedianRank.Exact).Select(p => family.Quantile(p.Probability))];
        var mean = y.Average();
        var norm = Math.Sqrt(y.Sum(v => (v - mean) * (v - mean)));
        return Array.ConvertAll(y, v => (v - mean) / norm);
    }

    /// <summary>One block of samples, each in rising order from the start: the gaps of ordered exponential variables are exponential (Rényi 1953).</summary>
    private static void Draw(double[] positions, LifeDistribution distribution, ulong seed, ulong block, Span<double> target)
    {
        const int lanes = InputDrawer.Lanes;
        var stream = new PhiloxStream();
        double[] gap = new double[lanes], hazard = new double[lanes], value = new double[lanes], sum = new double[lanes], square = new double[lanes], cross = new double[lanes];
        for (var i = 0; i < positions.Length; i++)
        {
            stream.Start(seed, (uint)i, block);
            stream.Fill(gap);
            BlockMath.Exponential(gap, 1.0 / (positions.Length - i));
            BlockMath.AddScaled(gap, 1, hazard);
            hazard.CopyTo(value, 0);
            if (distribution == LifeDistribution.Weibull)
                BlockMath.Logarithm(value);
            else
                for (var t = 0; t < lanes; t++)
                    value[t] = -Normal.QuantileOf(Math.Max(Math.Exp(-hazard[t]), double.Epsilon));
            for (var t = 0; t < lanes; t += 4)
            {
                var v = Vector256.Create<double>(value.AsSpan(t));
                (Vector256.Create<double>(sum.AsSpan(t)) + v).CopyTo(sum, t);
                Vector256.FusedMultiplyAdd(v, v, Vector256.Create<double>(square.AsSpan(t))).CopyTo(square, t);
            }
            BlockMath.AddScaled(value, positions[i], cross);
        }
        for (var t = 0; t < lanes; t++)
            target[t] = Math.Min(1, cross[t] * cross[t] / (square[t] - sum[t] * sum[t] / positions.Length));
    }
}

/// <summary>How an r² compares with those of true samples.</summary>
/// <param name="Probability">The share of true samples with no larger r².</param>
/// <param name="StandardError">Of that share, from the finite number of samples drawn.</param>
/// <param name="CriticalRSquared">CCC²: one true sample in ten has less.</param>
public sealed record RankFitResult(double Probability, double StandardError, double CriticalRSquared);
