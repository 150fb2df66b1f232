using System.Runtime.CompilerServices;

namespace Plumbline.Journeys;

/// <summary>A theory that needs Chromium; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1) : base(sourceFilePath, sourceLineNumber)
    {
        if (Browsers.Executable is null)
            Skip = "no Chromium on this machine (./test installs it)";
    }
}
