namespace Plumbline.Numerics;

/// <summary>Propagation of distributions by Monte Carlo (JCGM 101:2008, JCGM 102:2011, JJF 1059.2).</summary>
/// <remarks>The same seed gives the same digits for any number of threads: blocks are addressed, counts are integers and moments are merged in the order of the blocks. Memory does not grow with the number of trials.</remarks>
public static class MonteCarlo
{
    /// <summary>Runs a fixed number of trials.</summary>
    /// <param name="model">The measurement model.</param>
    /// <param name="inputs">One distribution for each of the model's quantities, in their order.</param>
    /// <param name="options">Trials, coverage, seed; null for one million at 95 %.</param>
    /// <returns>Estimate, standard uncertainty, intervals and standard errors of every result.</returns>
    /// <exception cref="ArgumentException">The inputs are not the model's quantities.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="ArithmeticException">The model has no finite value at a trial: the trial is named.</exception>
    public static MonteCarloResult Run(MeasurementModel model, JointInputs inputs, MonteCarloOptions? options = null) => Run(TrialSource.Of(model, inputs), options ?? new());

    internal static MonteCarloResult Run(TrialSource source, MonteCarloOptions options)
    {
        var run = MonteCarloRun.Begin(options);
        for (var done = 0; !run.IsFinished; done++)
        {
            // Two drawings where the trials at the ends are collected; a refinement before makes the second half two.
            var (part, of) = options.OrderStatistics == OrderStatistics.Binned ? (0, 1) : run.Stage == MonteCarloStage.Count ? (0, 2) : run.Stage == MonteCarloStage.Refine ? (2, 4) : done == 2 ? (3, 4) : (1, 2);
            run = run.After(run.Compute(source, 0, run.Trials, options.Part(part, of)));
        }
        return run.Result;
    }

    internal static SamplingErrors Errors(Moments m, BinQuantiles quantiles, double coverage)
    {
        double n = m.Count, u = m.StandardDeviation;
        return new(u / Math.Sqrt(n), u * Math.Sqrt(Math.Max(0, m.ExcessKurtosis + 2) / (4 * n)), OfQuantile((1 - coverage) / 2), OfQuantile((1 + coverage) / 2));

        // The spread of the number below a quantile is √(np(1−p)): the order statistics that far away are one standard error off.
        double OfQuantile(double p)
        {
            var step = Math.Sqrt(p * (1 - p) / n);
            return (quantiles.At(Math.Min(p + step, 1)) - quantiles.At(Math.Max(p - step, 0))) / 2;
        }
    }
}
