namespace Plumbline.Numerics;

/// <summary>The parametric bootstrap of the DerSimonian–Laird mean (adaptive weighted average of the NIST Decision Tree): takes account of τ and of the laboratories' uncertainties being themselves uncertain.</summary>
public static class DerSimonianLairdBootstrap
{
    /// <summary>Redraws Q from its gamma approximation, and with it τ², the results and their uncertainties.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="random">The stream of chance: the same seed gives the same digits.</param>
    /// <param name="degreesOfFreedom">Degrees of freedom of the uncertainties; infinity for one without doubt; null for all infinite.</param>
    /// <param name="replicates">At least 100.</param>
    /// <param name="coverage">Coverage probability of the interval, strictly between 0 and 1.</param>
    /// <returns>The mean of the data themselves, with the replicates' standard deviation as uncertainty and their percentiles as interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, or the lengths differ.</exception>
    /// <remarks>NICOB user's manual (2020), section 7. When all uncertainties are equal and Q has no variance in the approximation, Q is kept.</remarks>
    public static BootstrapResult Of(double[] values, double[] standardUncertainties, Random random, double[]? degreesOfFreedom = null, int replicates = 10_000, double coverage = 0.95)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        ArgumentNullException.ThrowIfNull(random);
        if (degreesOfFreedom is not null)
            Require.DegreesOfFreedom(degreesOfFreedom, values.Length);
        Require.AtLeast(replicates, 100);
        Require.Probability(coverage);
        var frame = Frame.Of(values, standardUncertainties);
        return Result(frame, Draws(frame, degreesOfFreedom, random, replicates, null), coverage);
    }

    /// <summary>Degrees of equivalence by the same bootstrap: for members from the replicates of x* − μ*, which hold τ; for laboratories left out from u² + τ² + u²(μ).</summary>
    /// <param name="values">The laboratories' results, in one unit; at least two included.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="included">Which results make the reference value.</param>
    /// <param name="random">The stream of chance: the same seed gives the same digits.</param>
    /// <param name="replicates">At least 100.</param>
    /// <param name="coverage">Coverage probability, strictly between 0 and 1.</param>
    /// <returns>The reference value and, in the order of the data, D with the half-width of the interval centred on it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException">Fewer than two results included, or the lengths differ.</exception>
    public static (BootstrapResult Result, double[] Deviations, double[] ExpandedUncertainties) Degrees(double[] values, double[] standardUncertainties,
        bool[] included, Random random, int replicates = 10_000, double coverage = 0.95)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        Require.SameLength(included, values.Length);
        ArgumentNullException.ThrowIfNull(random);
        Require.AtLeast(replicates, 100);
        Require.Probability(coverage);
        int[] members = [.. Enumerable.Range(0, values.Length).Where(i => included[i])];
        if (members.Length < 2)
            throw new ArgumentException("At least two results must be included.", nameof(included));
        var frame = Frame.Of([.. members.Select(i => values[i])], [.. members.Select(i => standardUncertainties[i])]);
        var differences = new double[members.Length][];
        for (var j = 0; j < differences.Length; j++)
            differences[j] = new double[replicates];
        var result = Result(frame, Draws(frame, null, random, replicates, differences), coverage);
        var reference = result.Reference;
        var outside = double.Hypot(reference.StandardUncertainty, reference.Tau!.Value);
        var k = Coverage.Factor(coverage);
        double[] memberValues = [.. members.Select(i => values[i])];
        double[] d = [.. values.Select(x => DegreesOfEquivalence.Deviation(x, memberValues, reference))], u = [.. standardUncertainties.Select(s => k * double.Hypot(s, outside))];
        for (var j = 0; j < members.Length; j++)
        {
            var centre = differences[j].Average();
            var distances = Array.ConvertAll(differences[j], v => Math.Abs(v - centre));
            Array.Sort(distances);
            u[members[j]] = frame.Scale * RobustScale.Quantile(distances, coverage);
        }
        return (result, d, u);
    }

    private static BootstrapResult Result(Frame frame, double[] draws, double coverage)
    {
        var fit = RandomEffects.Result("dersimonian-laird-bootstrap", frame, DerSimonianLaird.TauSquared(frame.Z, frame.S));
        var mean = draws.Average();
        var deviation = Math.Sqrt(draws.Sum(d => (d - mean) * (d - mean)) / (draws.Length - 1));
        Array.Sort(draws);
        var interval = Interval.Central(draws, coverage);
        return new(fit with { StandardUncertainty = frame.Scale * deviation }, new(frame.Location(interval.Low), frame.Location(interval.High)),
            Array.ConvertAll(draws, frame.Location));
    }

    private static double[] Draws(Frame frame, double[]? nu, Random random, int replicates, double[][]? differences)
    {
        double[] z = frame.Z, s = frame.S;
        var n = z.Length;
        var (centre, _, q) = RandomEffects.At(z, s, 0);
        var mean = RandomEffects.At(z, s, DerSimonianLaird.TauSquared(z, s)).Mean;
        var w = Array.ConvertAll(s, u => 1 / (u * u));
        var s1 = w.Sum();
        // S₁ − S₂/S₁ and S₂ − 2S₃/S₁ + S₂²/S₁² as sums of positive terms: the differences cancel to nothing when one result outweighs all others.
        double[] before = new double[n], after = new double[n];
        for (var i = 1; i < n; i++)
        {
            before[i] = before[i - 1] + w[i - 1] / s1;
            after[n - 1 - i] = after[n - i] + w[n - i] / s1;
        }
        double c = 0, ofSquares = 0, squaresBefore = 0;
        for (var i = 0; i < n; i++)
        {
            var others = before[i] + after[i];
            c += w[i] * others;
            ofSquares += w[i] * others * (w[i] * others) + 2 * (w[i] / s1 * w[i]) * squaresBefore;
            squaresBefore += w[i] * (w[i] / s1);
        }
        var t = (q - (n - 1)) / c;
        var expectation = n - 1 + c * t;
        var variance = 2 * (n - 1) + 4 * c * t + 2 * ofSquares * t * t;
        var chance = expectation > 0 && variance > 1e-12 * expectation * expectation;
        double[] x = new double[n], uncertainties = new double[n], noise = new double[n], draws = new double[replicates];
        for (var r = 0; r < replicates; r++)
        {
            var drawnQ = chance ? random.Gamma(expectation * expectation / variance) * variance / expectation : q;
            var tau2 = Math.Max(0, (drawnQ - (n - 1)) / c);
            random.Normal(noise);
            for (var j = 0; j < n; j++)
            {
                x[j] = mean + noise[j] * Math.Sqrt(tau2 + s[j] * s[j]);
                var dof = nu?[j] ?? double.PositiveInfinity;
                uncertainties[j] = double.IsPositiveInfinity(dof) ? s[j] : s[j] * Math.Sqrt(dof / random.ChiSquare(dof));
            }
            draws[r] = RandomEffects.At(x, uncertainties, DerSimonianLaird.TauSquared(x, uncertainties)).Mean;
            for (var j = 0; differences is not null && j < n; j++)
                differences[j][r] = x[j] - draws[r];
        }
        return draws;
    }
}

/// <summary>A reference value with the distribution that a simulation gave it.</summary>
/// <param name="Reference">The reference value and its standard uncertainty.</param>
/// <param name="Interval">The coverage interval, in the unit of the results.</param>
/// <param name="Draws">The sorted replicates.</param>
public sealed record BootstrapResult(ConsensusResult Reference, Interval Interval, double[] Draws);
