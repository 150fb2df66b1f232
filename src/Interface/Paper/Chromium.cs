using System.Diagnostics;

namespace Plumbline.Interface;

/// <summary>Finds the machine's Chromium and starts one that talks over a pipe and reaches no network.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    // The DevTools pipe is file descriptors 3 and 4, which only a shell can lay: our ends are its input and output.
    private const string LayPipe = "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>complaints";

    /// <summary>The path set by the operator, or the first browser on the search path; null when there is none that can be used.</summary>
    public static string? Find(string? configured)
    {
        if (OperatingSystem.IsWindows())
            return null; // no shell that lays the pipe
        if (!string.IsNullOrWhiteSpace(configured))
            return File.Exists(configured) ? configured : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return (from name in Names from folder in folders let path = Path.Combine(folder, name) where File.Exists(path) select path).FirstOrDefault();
    }

    /// <summary>Starts a browser whose profile, and everything else it writes, is in <paramref name="folder"/>.</summary>
    public static Process Start(string path, string folder)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        foreach (var argument in (string[])["-c", LayPipe, path, .. Arguments(folder)])
            start.ArgumentList.Add(argument);
        start.Environment["HOME"] = folder;
        return Process.Start(start) ?? throw new IOException($"'{path}' did not start.");
    }

    /// <summary>What the browser wrote to its error stream: its end, which says why it failed.</summary>
    public static string Complaints(string folder)
    {
        var file = Path.Combine(folder, "complaints");
        var text = File.Exists(file) ? File.ReadAllText(file) : "";
        return text.Length > 2000 ? text[^2000..] : text;
    }

    private static IEnumerable<string> Arguments(string folder)
    {
        yield return "--headless";
        yield return "--remote-debugging-pipe";
        yield return $"--user-data-dir={folder}";
        yield return "--host-resolver-rules=MAP * ~NOTFOUND";
        yield return "--disable-background-networking";
        yield return "--disable-component-update";
        yield return "--disable-default-apps";
        yield return "--disable-extensions";
        yield return "--disable-sync";
        yield return "--disable-breakpad";
        yield return "--disable-gpu";
        yield return "--disable-dev-shm-usage"; // containers give /dev/shm 64 MB
        yield return "--no-first-run";
        yield return "--no-default-browser-check";
        yield return "--font-render-hinting=none";
        // Chromium refuses to sandbox for root; nobody else goes without.
        if (Environment.IsPrivilegedProcess)
            yield return "--no-sandbox";
        yield return "about:blank";
    }
}
