using System.Diagnostics;
using System.Globalization;
using Plumbline.Numerics;

// monte-carlo CASE TRIALS THREADS [philox|xoshiro] [binned|exact]: one line with wall and CPU seconds, and the four statistics.
var trials = long.Parse(args[1], CultureInfo.InvariantCulture);
var (model, inputs, coverage) = args[0] switch
{
    "mass" => Evaluations.Mass(),
    "gauge" => Evaluations.GaugeBlock(),
    "normal" => Evaluations.AdditiveNormal(),
    "copula" => Evaluations.Copula(Copula.Normal, double.PositiveInfinity),
    "t-copula" => Evaluations.Copula(Copula.StudentT, 5),
    _ => throw new ArgumentException($"Unknown case {args[0]}: mass, gauge, normal, copula or t-copula."),
};
var options = new MonteCarloOptions
{
    Trials = trials, Coverage = coverage, Threads = int.Parse(args[2], CultureInfo.InvariantCulture),
    Generator = args.Contains("xoshiro") ? RandomGenerator.Xoshiro : RandomGenerator.Philox,
    OrderStatistics = args.Contains("exact") ? OrderStatistics.Exact : OrderStatistics.Binned,
};
// Tiered compilation has done its work before the clock starts; the peers are compiled ahead too.
for (var warm = Stopwatch.StartNew(); warm.Elapsed.TotalSeconds < 1.5;)
    MonteCarlo.Run(model, inputs, options with { Trials = 200_000 });
var best = (Wall: double.PositiveInfinity, Cpu: double.PositiveInfinity);
var result = default(MonteCarloResult)!;
for (var repeat = 0; repeat < (trials > 100_000_000 ? 1 : 5); repeat++)
{
    using var process = Process.GetCurrentProcess();
    var cpu = process.TotalProcessorTime;
    var clock = Stopwatch.StartNew();
    result = MonteCarlo.Run(model, inputs, options);
    clock.Stop();
    process.Refresh();
    best = (Math.Min(best.Wall, clock.Elapsed.TotalSeconds), Math.Min(best.Cpu, (process.TotalProcessorTime - cpu).TotalSeconds));
}
var y = result.Outputs[0];
using var self = Process.GetCurrentProcess();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"plumbline {args[0]} {result.Trials} threads {args[2]} {options.Generator} {options.OrderStatistics}: wall {best.Wall:F3} s, cpu {best.Cpu:F3} s, peak {self.PeakWorkingSet64 / 1048576} MB; mean {y.Mean:G9} u {y.StandardUncertainty:G7} [{y.Symmetric.Low:G9}, {y.Symmetric.High:G9}] shortest [{y.Shortest.Low:G9}, {y.Shortest.High:G9}]"));

/// <summary>The evaluations of JCGM 101 that are timed, from text.</summary>
internal static class Evaluations
{
    internal static (MeasurementModel, JointInputs, double) Mass()
    {
        string[] names = ["m_Rc", "dm_Rc", "rho_a", "rho_W", "rho_R"];
        return (MeasurementModel.Parse("(m_Rc + dm_Rc)*(1+(rho_a-1.2)*(1/rho_W-1/rho_R)) - 100000", names), JointInputs.Independent(names,
        [
            NormalDistribution.FromStandardDeviation(100000, 0.05), NormalDistribution.FromStandardDeviation(1.234, 0.02), RectangularDistribution.HalfWidth(1.2, 0.1),
            RectangularDistribution.HalfWidth(8000, 1000), RectangularDistribution.HalfWidth(8000, 50),
        ]), 0.95);
    }

    internal static (MeasurementModel, JointInputs, double) GaugeBlock()
    {
        string[] names = ["Ls", "D", "d1", "d2", "alpha_s", "theta0", "Delta", "delta_alpha", "delta_theta"];
        return (MeasurementModel.Parse("Ls + D + d1 + d2 - Ls*(delta_alpha*(theta0+Delta) + alpha_s*delta_theta) - 50000000", names), JointInputs.Independent(names,
        [
            StudentTDistribution.FromScale(50000623, 25, 18), StudentTDistribution.FromScale(215, 6, 24), StudentTDistribution.FromScale(0, 4, 5), StudentTDistribution.FromScale(0, 7, 8),
            RectangularDistribution.Limits(9.5e-06, 1.35e-05), NormalDistribution.FromStandardDeviation(-0.1, 0.2), ArcSineDistribution.Limits(-0.5, 0.5),
            CurvilinearTrapezoidDistribution.Limits(-1e-06, 1e-06, 1e-07), CurvilinearTrapezoidDistribution.Limits(-0.05, 0.05, 0.025),
        ]), 0.99);
    }

    /// <summary>Three correlated inputs of different laws.</summary>
    internal static (MeasurementModel, JointInputs, double) Copula(Copula copula, double nu) => (MeasurementModel.Parse("a + b*c", ["a", "b", "c"]),
        JointInputs.Correlate(["a", "b", "c"], [RectangularDistribution.Limits(0, 1), GammaDistribution.FromShapeAndScale(9, 0.1), StudentTDistribution.FromScale(2, 0.1, 12)], new double[,] { { 1, 0.6, 0.2 }, { 0.6, 1, -0.3 }, { 0.2, -0.3, 1 } }, copula, nu), 0.95);

    internal static (MeasurementModel, JointInputs, double) AdditiveNormal()
    {
        string[] names = ["X1", "X2", "X3", "X4"];
        return (MeasurementModel.Parse("X1+X2+X3+X4", names), JointInputs.Independent(names, [.. names.Select(_ => NormalDistribution.FromStandardDeviation(0, 1))]), 0.95);
    }
}
