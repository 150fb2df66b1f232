namespace Plumbline.Numerics;

/// <summary>The maximum-likelihood mean of Vangel and Rukhin, Biometrics 55 (1999) 129: laboratories with few replicates, whose own variances are estimated together with the variance between them.</summary>
public static class VangelRukhin
{
    /// <summary>Maximises the likelihood of means and variances over μ, σ² and each laboratory's variance.</summary>
    /// <param name="means">At least two laboratory means, in one unit.</param>
    /// <param name="variances">Sample variances of the replicates (not of the mean), that unit squared, greater than zero.</param>
    /// <param name="replicates">Replicates of each laboratory, at least 2.</param>
    /// <returns>The mean with weights γ<sub>j</sub>/Σγ, γ<sub>j</sub> = σ²/(σ² + σ<sub>j</sub>²/n<sub>j</sub>), u² = σ²/Σγ, and σ as <c>Tau</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException">Fewer than two laboratories, or the lengths differ.</exception>
    /// <remarks>The likelihood can have several peaks; the iteration starts from the Mandel–Paule solution. When σ² tends to zero the result is the common mean without between-laboratory variance.</remarks>
    public static LikelihoodResult Of(double[] means, double[] variances, int[] replicates)
    {
        Require.Finite(means, 2);
        Require.Positive(variances, means.Length);
        Require.SameLength(replicates, means.Length);
        foreach (var count in replicates)
            Require.AtLeast(count, 2, nameof(replicates));
        var ofMeans = variances.Select((v, j) => Math.Sqrt(v / replicates[j])).ToArray();
        var frame = Frame.Of(means, ofMeans);
        var (sigma, iterations, converged) = Iterate(frame, replicates);
        var gamma = sigma.Gamma;
        var sum = gamma.Sum();
        var n = means.Length;
        var q = RandomEffects.At(frame.Z, frame.S, 0).Q;
        var reference = new ConsensusResult
        {
            Method = "vangel-rukhin",
            Value = frame.Location(sigma.Mean),
            StandardUncertainty = frame.Scale * Math.Sqrt(sigma.Square / sum),
            Weights = Array.ConvertAll(gamma, g => g / sum),
            Included = [.. Enumerable.Repeat(true, n)],
            Tau = frame.Scale * Math.Sqrt(sigma.Square),
            ChiSquared = q,
            DegreesOfFreedom = n - 1,
            PValue = ChiSquare.UpperTail(q, n - 1),
            Iterations = iterations,
            Converged = converged,
        };
        return new(reference, LogLikelihood(frame, replicates, sigma));
    }

    private readonly record struct State(double Mean, double Square, double[] Gamma);

    private static (State, int Iterations, bool Converged) Iterate(Frame frame, int[] replicates)
    {
        // Bounded time for many laboratories: what has not come to rest by then is said not to have converged.
        var limit = (int)Math.Clamp(20_000_000L / replicates.Length, 200, 200_000);
        var start = PauleMandel.TauSquared(frame.Z, frame.S, frame.Z.Length - 1).TauSquared;
        // Zero is a fixed point of the iteration: start above it.
        var square = start > 0 ? start : frame.S.Min() * frame.S.Min();
        var mean = RandomEffects.At(frame.Z, frame.S, square).Mean;
        for (var i = 1; i <= limit; i++)
        {
            var gamma = frame.Z.Select((z, j) => Gamma(square, frame.S[j] * frame.S[j], (z - mean) * (z - mean), replicates[j])).ToArray();
            var sum = gamma.Sum();
            var nextMean = Matrix.Dot(gamma, frame.Z) / sum;
            var nextSquare = gamma.Select((g, j) => g * g * (frame.Z[j] - nextMean) * (frame.Z[j] - nextMean)).Sum() / sum;
            var step = Math.Abs(nextSquare - square) / square + Math.Abs(nextMean - mean) / Math.Max(1, Math.Sqrt(square));
            (mean, square) = (nextMean, nextSquare);
            if (step < 1e-14 || square < 1e-14)
                return (new(mean, square, gamma), i, true);
        }
        return (new(mean, square, frame.Z.Select((z, j) => Gamma(square, frame.S[j] * frame.S[j], (z - mean) * (z - mean), replicates[j])).ToArray()), limit, false);
    }

    /// <summary>The root in (0, 1) of d²g³ − (σ² + 2d²)g² + ((n+1)σ² + (n−1)t² + d²)g − nσ² = 0; with three, the one of greatest likelihood.</summary>
    private static double Gamma(double square, double ownSquare, double d2, int n)
    {
        double c0 = -n * square, c1 = (n + 1) * square + (n - 1) * ownSquare + d2, c2 = -(square + 2 * d2);
        double Cubic(double g) => ((d2 * g + c2) * g + c1) * g + c0;
        // Turning points split the interval where there are three roots.
        var cuts = new List<double> { 0 };
        var discriminant = c2 * c2 - 3 * d2 * c1;
        if (d2 > 0 && discriminant > 0)
            foreach (var sign in (ReadOnlySpan<int>)[1, -1])
            {
                var turn = (-c2 - sign * Math.Sqrt(discriminant)) / (3 * d2);
                if (turn > 0 && turn < 1)
                    cuts.Add(turn);
            }
        cuts.Add(1);
        double best = 0, bestCost = double.PositiveInfinity;
        for (var i = 0; i + 1 < cuts.Count; i++)
        {
            double low = cuts[i], high = cuts[i + 1];
            if (Cubic(low) > 0 == Cubic(high) > 0)
                continue;
            var g = Bisect(Cubic, low, high);
            var cost = Cost(g, square, ownSquare, d2, n);
            if (cost < bestCost)
                (best, bestCost) = (g, cost);
        }
        // No change of sign: the root is 1 to rounding, between laboratories far more than within.
        return best > 0 ? best : 1;
    }

    private static double Bisect(Func<double, double> f, double low, double high)
    {
        var rising = f(high) > 0;
        for (var i = 0; i < 100; i++)
        {
            var middle = low + (high - low) / 2;
            if (middle <= low || middle >= high)
                break;
            if (f(middle) > 0 == rising)
                high = middle;
            else
                low = middle;
        }
        return low + (high - low) / 2;
    }

    /// <summary>−2 ln L of one laboratory: mean with variance σ²/γ, replicates with σ<sub>j</sub>² = nσ²(1 − γ)/γ.</summary>
    private static double Cost(double g, double square, double ownSquare, double d2, int n)
    {
        var own = square * (1 - g) / g;
        // Between laboratories far more than within: γ rounds to 1, and the replicates alone tell σ_j².
        if (!(own > 0))
            own = ownSquare;
        return Math.Log(square / g) + d2 * g / square + (n - 1) * (Math.Log(own) + ownSquare / own);
    }

    private static double LogLikelihood(Frame frame, int[] replicates, State state)
    {
        // The density of the replicates themselves: constants, and n ln n because the state holds variances of means.
        var sum = 0.0;
        var dimensions = 0;
        for (var j = 0; j < replicates.Length; j++)
        {
            var d = frame.Z[j] - state.Mean;
            sum += Cost(state.Gamma[j], state.Square, frame.S[j] * frame.S[j], d * d, replicates[j]) + replicates[j] * Math.Log(2 * Math.PI * replicates[j]);
            dimensions += replicates[j];
        }
        return -0.5 * sum - dimensions * Math.Log(frame.Scale);
    }
}
