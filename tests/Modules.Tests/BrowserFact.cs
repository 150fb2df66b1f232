using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.Interface;

namespace Plumbline.Modules.Tests;

/// <summary>A test that needs Chromium and poppler; skipped where there is none, and by <c>./test --fast</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1) : base(sourceFilePath, sourceLineNumber)
    {
        if (Environment.GetEnvironmentVariable("PLUMBLINE_TEST_FAST") is not null)
            Skip = "needs a browser: left out by --fast";
        else if (!new PdfPrinter(null, NullLogger<PdfPrinter>.Instance).IsAvailable)
            Skip = "needs a browser: no chromium on this machine (./test installs it)";
        else if (!File.Exists("/usr/bin/pdftotext"))
            Skip = "needs poppler-utils (./test installs it)";
    }
}
