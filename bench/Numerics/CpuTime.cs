using System.Diagnostics;

namespace Plumbline.Numerics.Bench;

/// <summary>CPU time of this process, which a busy machine does not lengthen as it does elapsed time.</summary>
internal static class CpuTime
{
    private const double Enough = 0.06;
    private const int Runs = 9;

    /// <summary>The median over runs, each long enough for the clock, after the compiler has settled.</summary>
    internal static double Median(Action work)
    {
        var count = 1;
        var warm = Stopwatch.StartNew();
        double spent;
        // The runtime compiles hot code a second time after 30 calls, on its own thread: let that pass.
        do
        {
            spent = Of(work, count);
            if (spent < Enough / 2)
                count *= 2;
        }
        while (warm.Elapsed.TotalSeconds < 1.5 || spent < Enough / 2);
        var runs = new double[Runs];
        for (var i = 0; i < Runs; i++)
            runs[i] = Of(work, count) / count;
        Array.Sort(runs);
        return runs[Runs / 2];
    }

    private static double Of(Action work, int count)
    {
        var start = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < count; i++)
            work();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }
}
