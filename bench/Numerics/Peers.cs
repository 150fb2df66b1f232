using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Plumbline.Numerics.Bench;

/// <summary>CPU seconds that R packages need for the same work, where R is installed.</summary>
internal sealed record Peers(IReadOnlyDictionary<string, double> Seconds, string Versions, string Start)
{
    internal static readonly Peers None = new(new Dictionary<string, double>(), "R is not installed", "not measured");

    internal static Peers Measure(string folder)
    {
        string Numbers(double[] values) => string.Join(',', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
        try
        {
            var lines = Run(Path.Combine(folder, "peers.R"), Numbers(Work.Nineteen.X), Numbers(Work.Nineteen.U), Numbers(Work.Six.X), Numbers(Work.Six.U));
            var figures = lines.Where(l => l.StartsWith("time ", StringComparison.Ordinal)).Select(l => l.Split(' ')).ToDictionary(p => p[1], p => double.Parse(p[2], CultureInfo.InvariantCulture));
            var versions = lines.First(l => l.StartsWith("versions ", StringComparison.Ordinal))["versions ".Length..];
            return new(figures, versions, $"{figures["start"]:F2} s of CPU with metafor loaded");
        }
        catch (Win32Exception)
        {
            return None;
        }
    }

    private static string[] Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("Rscript") { RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        start.ArgumentList.Add("--vanilla");
        start.ArgumentList.Add(script);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n');
        process.WaitForExit();
        return process.ExitCode == 0 ? lines : throw new InvalidOperationException($"{script} ended with {process.ExitCode}: is r-cran-metafor installed?");
    }
}
