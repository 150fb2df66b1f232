using System.Runtime.InteropServices;

namespace Plumbline.Numerics.Bench;

internal static class Machine
{
    internal static string Describe()
    {
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
        return $"{Environment.ProcessorCount} × {model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}";
    }
}
