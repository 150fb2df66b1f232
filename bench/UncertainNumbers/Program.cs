using System.Diagnostics;
using Plumbline.Numerics;

// CPU time of the budgets that bench/peers/uncertain_numbers.py computes with the Python package `uncertainties`; one line each: name, microseconds, a figure to compare.
var model = MeasurementModel.Parse("l_s + d0 + d1 + d2 - l_s*(d_alpha*(theta_bar + Delta) + alpha_s*d_theta)");
Report("h1-operators", 200_000, () => Figures(GaugeBlock()));
Report("h1-model", 200_000, () => Figures(model.Evaluate(Inputs())[0]));
Report("h1-budget", 100_000, () => UncertaintyBudget.Of(GaugeBlock()).Lines[0].Share);
foreach (var n in new[] { 1000, 10000 })
{
    double[] values = [.. Enumerable.Range(0, n).Select(i => 1.0 + i)], uncertainties = [.. Enumerable.Range(0, n).Select(i => 0.5 + i % 3)];
    Report($"mean-{n}-numbers", 4_000_000 / n, () => MeanOfNumbers(values, uncertainties));
    Report($"mean-{n}-added", 4_000_000 / n, () => MeanByAdding(values, uncertainties));
    Report($"mean-{n}-array", 8_000_000 / n, () => MeanOfArray(values, uncertainties));
}

static void Report(string name, int times, Func<double> work)
{
    for (var i = 0; i < times / 4; i++)
        work();
    Thread.Sleep(200);
    for (var i = 0; i < times / 4; i++)
        work();
    var best = double.PositiveInfinity;
    var figure = 0.0;
    for (var round = 0; round < 5; round++)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        for (var i = 0; i < times / 4; i++)
            figure = work();
        best = Math.Min(best, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / (times / 4));
    }
    Console.WriteLine(FormattableString.Invariant($"{name} {best:F3} {figure:R}"));
}

static UncertainNumber[] Inputs() =>
[
    UncertainNumber.Of(50000623, 25, 18), UncertainNumber.Of(215, 5.8, 24), UncertainNumber.Of(0, 3.9, 5), UncertainNumber.Of(0, 6.7, 8), UncertainNumber.Of(0, 1e-6 / Math.Sqrt(3), 50),
    UncertainNumber.Of(-0.1, 0.2), UncertainNumber.Of(0, 0.5 / Math.Sqrt(2)), UncertainNumber.Of(1.15e-5, 2e-6 / Math.Sqrt(3)), UncertainNumber.Of(0, 0.05 / Math.Sqrt(3), 2),
];

static UncertainNumber GaugeBlock()
{
    var x = Inputs();
    return x[0] + x[1] + x[2] + x[3] - x[0] * (x[4] * (x[5] + x[6]) + x[7] * x[8]);
}

static double Figures(UncertainNumber y) => y.StandardUncertainty + y.DegreesOfFreedom.Value!.Value;

static double MeanOfNumbers(double[] values, double[] uncertainties)
{
    var numbers = new UncertainNumber[values.Length];
    for (var i = 0; i < numbers.Length; i++)
        numbers[i] = UncertainNumber.Of(values[i], uncertainties[i]);
    return UncertaintyBudget.Of(UncertainMath.Mean(numbers)).StandardUncertainty;
}

static double MeanByAdding(double[] values, double[] uncertainties)
{
    var sum = UncertainNumber.Exact(0);
    for (var i = 0; i < values.Length; i++)
        sum += UncertainNumber.Of(values[i], uncertainties[i]);
    return UncertaintyBudget.Of(sum / values.Length).StandardUncertainty;
}

static double MeanOfArray(double[] values, double[] uncertainties) => UncertaintyBudget.Of(UncertainArray.Of(values, uncertainties).Mean()).StandardUncertainty;
