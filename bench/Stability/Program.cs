using System.Diagnostics;
using System.Globalization;
using Plumbline.Numerics;

// CPU time of one thread, median of several runs: name, seconds and a figure by which the peers' results are compared.
const int count = 1_000_000;
var phases = new double[count];
ulong state = 1;
double sum = 0;
for (var i = 0; i < count; i++)
{
    // The generator of the peers, so that both work on the same record.
    state = unchecked(state * 6364136223846793005UL + 1442695040888963407UL);
    phases[i] = sum;
    sum += (state >> 11) * (1.0 / (1UL << 53)) - 0.5;
}
int[] octaves = [.. Enumerable.Range(0, 19).Select(k => 1 << k)];
var half = phases[..500_000];
int[] halfOctaves = [.. Enumerable.Range(0, 19).Select(k => 1 << k).Where(m => m < half.Length)];
double[] Deviations(DeviationKind kind, int[] factors, double[] x) => [.. FrequencyStability.OfPhases(x, 1, kind, factors, NoiseType.WhiteFrequency).Select(p => p.Deviation)];

Measure("oadev-octaves-1e6", 21, () => Deviations(DeviationKind.Oadev, octaves, phases));
Measure("mdev-octaves-1e6", 11, () => Deviations(DeviationKind.Mdev, [.. octaves.Where(m => 3 * m <= count)], phases));
Measure("ohdev-octaves-1e6", 11, () => Deviations(DeviationKind.Ohdev, [.. octaves.Where(m => 3 * m < count)], phases));
Measure("totdev-octaves-1e6", 11, () => Deviations(DeviationKind.Totdev, octaves, phases));
Measure("mtie-octaves-5e5", 21, () => TimeIntervalError.Maximum(half, halfOctaves));
Measure("oadev-identified-1e6", 11, () => [.. FrequencyStability.OfPhases(phases, 1).Select(p => p.Deviation)]);
Measure("mtotdev-3-taus-1000", 21, () => Deviations(DeviationKind.Mtotdev, [1, 10, 100], phases[..1000]));
Measure("htotdev-3-taus-1000", 21, () => Deviations(DeviationKind.Htotdev, [1, 10, 100], phases[..1000]));
Measure("mtotdev-m300-2e4", 11, () => Deviations(DeviationKind.Mtotdev, [300], phases[..20_000]));
Measure("theo1-m2000-2e4", 11, () => Deviations(DeviationKind.Theo1, [2000], phases[..20_000]));
Measure("davar-octaves-1e5", 11, () => [.. DynamicStability.Of(phases[..100_000], 1, 4096, 64).Select(w => w.Deviations[3])]);

static void Measure(string name, int runs, Func<double[]> work)
{
    var process = Process.GetCurrentProcess();
    for (var i = 0; i < 5; i++)
        work();
    var times = new double[runs];
    double[] result = [];
    for (var i = 0; i < runs; i++)
    {
        process.Refresh();
        var before = process.TotalProcessorTime;
        result = work();
        process.Refresh();
        times[i] = (process.TotalProcessorTime - before).TotalSeconds;
    }
    Array.Sort(times);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {times[runs / 2]:G4} {result.Sum():G12}"));
}
