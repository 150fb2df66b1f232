using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary>A bar on the error stream while a run is long; it leaves no trace when done, and is not drawn where nobody looks.</summary>
internal sealed class TerminalProgress(TextWriter error, CliTexts texts, TimeProvider clock, bool isSeen) : IProgress<MonteCarloProgress>, IDisposable
{
    private const int Width = 24;
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(0.6), pause = TimeSpan.FromSeconds(0.1);
    private readonly DateTimeOffset start = clock.GetUtcNow();
    private readonly Lock gate = new();
    private DateTimeOffset last;
    private int written;

    public void Report(MonteCarloProgress value)
    {
        if (!isSeen)
            return;
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (now - start < patience || written > 0 && now - last < pause)
                return;
            last = now;
            var full = (int)(Width * value.Share);
            Line($"{new string('█', full)}{new string('░', Width - full)} {(int)(100 * value.Share),3} %  {texts["uncertainty.progress", Interface.Numbers.Fixed(value.Trials, 0)]}");
        }
    }

    public void Dispose()
    {
        lock (gate)
            if (written > 0)
            {
                Line("");
                error.Write('\r');
            }
    }

    private void Line(string text)
    {
        var width = TextTable.Width(text);
        error.Write($"\r{text}{TextTable.Blank(written - width)}");
        error.Flush();
        written = Math.Max(width, 0);
    }
}
