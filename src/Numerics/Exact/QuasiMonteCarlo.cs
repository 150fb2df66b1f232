namespace Plumbline.Numerics;

/// <summary>One statistic with the standard error that independent scramblings show.</summary>
/// <param name="Value">The mean over the scramblings.</param>
/// <param name="StandardError">Their standard deviation over the square root of their number.</param>
public readonly record struct ScrambledEstimate(double Value, double StandardError);

/// <summary>What scrambled Sobol' points say of one result.</summary>
/// <param name="Name">The result.</param>
/// <param name="Mean">The estimate.</param>
/// <param name="StandardUncertainty">u.</param>
/// <param name="Low">The lower end of the symmetric interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Points">Model evaluations in all.</param>
public sealed record QuasiMonteCarloOutput(string Name, ScrambledEstimate Mean, ScrambledEstimate StandardUncertainty, ScrambledEstimate Low, ScrambledEstimate High, long Points);

/// <summary>Randomised quasi-Monte Carlo (随机化拟蒙特卡洛法): the same million evaluations say more of mean and u than a hundred million random ones, with an honest standard error.</summary>
public static class QuasiMonteCarlo
{
    /// <summary>Evaluates the model at scrambled Sobol' points.</summary>
    /// <param name="model">The measurement model.</param>
    /// <param name="inputs">Independent, with variances.</param>
    /// <param name="options">Seed, coverage and threads; its number of trials is not used. Null for 95 %.</param>
    /// <param name="scrambles">Independent scramblings, at least 16.</param>
    /// <param name="logPoints">The points of each scrambling are 2 to this power, from 10 to 24.</param>
    /// <returns>One for each result; null where it is not offered: correlated inputs, one without a variance, or more than 21 dimensions.</returns>
    /// <exception cref="ArgumentException">The inputs are not the model's quantities.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <exception cref="ArithmeticException">The model has no finite value at a point.</exception>
    public static QuasiMonteCarloOutput[]? Run(MeasurementModel model, JointInputs inputs, MonteCarloOptions? options = null, int scrambles = 16, int logPoints = 16)
    {
        options ??= new();
        options.Check();
        Require.AtLeast(scrambles, 16);
        Require.Within(logPoints, 10, 24);
        var source = TrialSource.Of(model, inputs);
        if (inputs.Correlation is not null || inputs.Distributions.Any(d => d.Variance is null) || inputs.Distributions.Sum(SobolStream.Dimensions) > SobolStream.MostDimensions)
            return null;
        var found = new (double Mean, double U, double Low, double High)[scrambles][];
        try
        {
            Parallel.For(0, scrambles, new ParallelOptions { MaxDegreeOfParallelism = options.ThreadCount }, r => found[r] = One(source, options, (uint)r, 1 << logPoints));
        }
        catch (AggregateException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        return [.. source.Names.Select((name, k) => new QuasiMonteCarloOutput(name, Estimate(f => f.Mean, k), Estimate(f => f.U, k), Estimate(f => f.Low, k), Estimate(f => f.High, k), (long)scrambles << logPoints))];

        ScrambledEstimate Estimate(Func<(double Mean, double U, double Low, double High), double> of, int k)
        {
            var values = Array.ConvertAll(found, f => of(f[k]));
            var mean = values[0] + values.Average(v => v - values[0]);
            return new(mean, Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1) / values.Length));
        }
    }

    private static (double, double, double, double)[] One(TrialSource source, MonteCarloOptions options, uint scramble, int points)
    {
        var stream = new SobolStream(InputDrawer.Lanes);
        stream.Scramble(options.Seed, scramble);
        var inputs = source.Inputs.Distributions.Select(_ => new double[InputDrawer.Lanes]).ToArray();
        var scratch = new double[2 * InputDrawer.Lanes];
        var values = source.Names.Select(_ => new double[points]).ToArray();
        var model = source.Create();
        for (var block = 0; block < points / InputDrawer.Lanes; block++)
        {
            stream.Start(0, 0, (ulong)block);
            for (var i = 0; i < inputs.Length; i++)
                Draw(source.Inputs.Distributions[i], stream, inputs[i], scratch);
            var outputs = model(inputs);
            for (var k = 0; k < values.Length; k++)
            {
                source.CheckFinite(inputs, outputs, k);
                outputs[k].CopyTo(values[k], block * InputDrawer.Lanes);
            }
        }
        return Array.ConvertAll(values, v =>
        {
            var m = Moments.Of(v, v[0]);
            Array.Sort(v);
            return (m.Mean, Math.Sqrt(m.M2 / m.Count), At((1 - options.Coverage) / 2), At((1 + options.Coverage) / 2));

            // The order statistics on either side, between them a straight line.
            double At(double p)
            {
                var rank = Math.Clamp(p * v.Length - 0.5, 0, v.Length - 1);
                var below = (int)rank;
                return v[below] + (rank - below) * (v[Math.Min(below + 1, v.Length - 1)] - v[below]);
            }
        });
    }

    private static void Draw(InputDistribution d, SobolStream stream, double[] target, double[] scratch)
    {
        // What pairs points or rejects some would spoil the sequence: those go by their quantile function.
        if (d is NormalDistribution or LogNormalDistribution or GammaDistribution or BetaDistribution or RelativeDistribution or StudentTDistribution { DegreesOfFreedom: > 1e6 })
        {
            stream.Fill(target);
            for (var i = 0; i < target.Length; i++)
                target[i] = d.QuantileAt(target[i]);
        }
        else
            d.Draw(stream, target, scratch);
    }
}
