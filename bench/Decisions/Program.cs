using System.Diagnostics;
using System.Globalization;
using Plumbline.Numerics;

// Conformity and sampling: name, seconds of CPU and a figure by which the peer's result is compared.
double[] values = [.. Enumerable.Range(0, 10_000).Select(i => -3 + 6.0 * i / 9_999)];
double[] qualities = [.. Enumerable.Range(1, 200).Select(i => 0.0005 * i)];
var limits = ToleranceLimits.Between(-1, 1);
var process = ProcessDistribution.Normal(0, 0.5);
var single = SamplingPlan.OneSample(500, 14);
var twice = SamplingPlan.Staged([315, 315], [7, 18], [11, 19]);

Measure("conformance-1e4", () => values.Sum(v => ConformanceProbability.Of(v, 0.2, limits).Within));
Measure("conformance-t-1e4", () => values.Sum(v => ConformanceProbability.Of(v, 0.2, limits, 7).Within));
Measure("global-risk", () => GlobalRisk.Of(process, 0.1, limits, limits.Guarded(0.05)).FalseAcceptance);
Measure("guard-band", () => GuardBand.ForGlobalRisk(process, 0.1, limits, 0.001).GuardBand!.Value);
Measure("oc-binomial-200", () => qualities.Sum(p => single.At(p).Acceptance));
Measure("oc-hypergeometric-200", () => qualities.Sum(p => single.At(p, CountModel.Hypergeometric, 20_000).Acceptance));
Measure("oc-double-200", () => qualities.Sum(p => twice.At(p) is var r ? r.Acceptance + 1e-6 * r.AverageSampleNumber : 0));
Measure("design-attributes", () => PlanDesign.TwoPoint(new(0.01, 0.95), new(0.03, 0.10)).SampleSizes[0]);
Measure("design-variables", () => VariablesPlan.Design(new(0.01, 0.95), new(0.03, 0.10), false) is var v ? v.SampleSize + v.AcceptabilityConstant : 0);

static void Measure(string name, Func<double> work)
{
    double result = 0;
    var count = 0;
    for (var warm = Stopwatch.StartNew(); warm.Elapsed.TotalSeconds < 1; count++)
        result = work();
    // Runs of about a twentieth of a second, which the clock of CPU time resolves.
    count = Math.Max(1, count / 20);
    var times = new double[9];
    for (var i = 0; i < times.Length; i++)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var k = 0; k < count; k++)
            result = work();
        times[i] = (Environment.CpuUsage.TotalTime - before).TotalSeconds / count;
    }
    Array.Sort(times);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {times[times.Length / 2]:G4} {result:G12}"));
}
