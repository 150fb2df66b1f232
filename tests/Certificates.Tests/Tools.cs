using System.Diagnostics;

namespace Plumbline.Certificates.Tests;

/// <summary>Independent programs from Debian; a test that needs one skips where it is absent.</summary>
internal static class Tools
{
    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code and all it said.</returns>
    public static (int Code, string Said) Run(string program, params string[] arguments) => RunWith(program, null, arguments);

    public static (int Code, string Said) RunWith(string program, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(p => Path.Combine(p, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{program} is not installed");
        var start = new ProcessStartInfo(path!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }
}

/// <summary>A folder for the length of a test.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("plumbline-").FullName;

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(Folder, name), content);
        return Path.Combine(Folder, name);
    }

    public string Write(string name, string content) => Write(name, System.Text.Encoding.UTF8.GetBytes(content));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
