namespace Plumbline.Numerics;

/// <summary>Which engine a result comes from.</summary>
public enum PropagationEngine
{
    /// <summary>A distribution without trials.</summary>
    Exact,

    /// <summary>Scrambled Sobol' points for estimate, uncertainty and the symmetric interval.</summary>
    QuasiMonteCarlo,

    /// <summary>Random trials.</summary>
    MonteCarlo,
}

/// <summary>One result by the best engine for it, and Monte Carlo beside it.</summary>
/// <param name="Name">The result.</param>
/// <param name="Engine">Where the figures come from.</param>
/// <param name="Estimate">The expectation.</param>
/// <param name="StandardUncertainty">Null where an input has no standard deviation.</param>
/// <param name="Symmetric">The probabilistically symmetric interval.</param>
/// <param name="Shortest">The shortest interval; from the trials unless the engine is exact.</param>
/// <param name="Exact">The distribution, where there is one.</param>
/// <param name="Check">Monte Carlo, independent of the engine.</param>
/// <param name="LargestDeviation">The largest difference between engine and check, in standard errors of the check; zero when Monte Carlo is the engine.</param>
public sealed record PropagatedOutput(string Name, PropagationEngine Engine, double Estimate, double? StandardUncertainty, Interval Symmetric, Interval Shortest,
    ExactDistribution? Exact, MonteCarloOutput Check, double LargestDeviation)
{
    /// <summary>Engine and check agree: no statistic is more than five standard errors apart.</summary>
    public bool Agrees => LargestDeviation <= 5;
}

/// <summary>Propagation of distributions by the best engine for the model, each cross-checked by Monte Carlo (分布传播).</summary>
public static class Propagation
{
    /// <summary>Exact where the model allows it, else scrambled Sobol' points, else random trials.</summary>
    /// <param name="model">The measurement model.</param>
    /// <param name="inputs">One distribution for each of the model's quantities, in their order.</param>
    /// <param name="options">Of the trials that check; null for one million at 95 %.</param>
    /// <returns>One for each result.</returns>
    /// <exception cref="ArgumentException">The inputs are not the model's quantities.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="ArithmeticException">The model has no finite value at a trial.</exception>
    public static PropagatedOutput[] Run(MeasurementModel model, JointInputs inputs, MonteCarloOptions? options = null)
    {
        options ??= new();
        var check = MonteCarlo.Run(model, inputs, options).Outputs;
        var exact = Array.ConvertAll(Enumerable.Range(0, check.Length).ToArray(), k => ExactEngine.Of(model, inputs, k));
        var quasi = model.IsImplicit || exact.All(e => e is not null) ? null : QuasiMonteCarlo.Run(model, inputs, options);
        return [.. check.Select((y, k) => exact[k] is { ErrorBound: < 1e-6 } e ? Of(y, e, options.Coverage) : quasi is null ? Of(y) : Of(y, quasi[k]))];
    }

    private static PropagatedOutput Of(MonteCarloOutput y) => new(y.Name, PropagationEngine.MonteCarlo, y.Mean, y.StandardUncertainty, y.Symmetric, y.Shortest, null, y, 0);

    private static PropagatedOutput Of(MonteCarloOutput y, ExactDistribution e, double coverage)
    {
        var symmetric = e.Symmetric(coverage);
        return new(y.Name, PropagationEngine.Exact, e.Mean, e.StandardUncertainty, symmetric, e.Shortest(coverage), e, y, Deviation(y, e.Mean, e.StandardUncertainty, symmetric));
    }

    private static PropagatedOutput Of(MonteCarloOutput y, QuasiMonteCarloOutput q)
    {
        var symmetric = new Interval(q.Low.Value, q.High.Value);
        return new(y.Name, PropagationEngine.QuasiMonteCarlo, q.Mean.Value, q.StandardUncertainty.Value, symmetric, y.Shortest, null, y, Deviation(y, q.Mean.Value, q.StandardUncertainty.Value, symmetric));
    }

    private static double Deviation(MonteCarloOutput y, double mean, double? u, Interval symmetric)
    {
        double Of(double a, double b, double error) => error > 0 ? Math.Abs(a - b) / error : 0;
        var ends = Math.Max(Of(y.Symmetric.Low, symmetric.Low, y.StandardErrors.Low), Of(y.Symmetric.High, symmetric.High, y.StandardErrors.High));
        return u is { } deviation && y.StandardUncertainty is { } own ? Math.Max(ends, Math.Max(Of(y.Mean, mean, y.StandardErrors.Mean), Of(own, deviation, y.StandardErrors.StandardUncertainty))) : ends;
    }
}
