using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Plumbline.Interface;

/// <summary>Prints documents as PDF by a Chromium of their own: one after the other, within a time limit, without network, scripts or files.</summary>
/// <remarks>Every request of the page is answered from here: the document itself, the fonts it uses, and a refusal for all else.</remarks>
public sealed partial class PdfPrinter(string? chromium, ILogger<PdfPrinter> log) : IAsyncDisposable
{
    private const string Origin = "https://paper.invalid/";
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src data:";
    private const int LongestQueue = 50;

    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource closing = new();
    private int queued;

    /// <summary>How long one document may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether this machine has a browser to print with.</summary>
    public bool IsAvailable => Chromium.Find(chromium) is not null;

    /// <summary>The document as a tagged PDF with outline and embedded fonts, or why it could not be printed.</summary>
    public async Task<Outcome<byte[]>> PrintAsync(Paper paper, CancellationToken cancel = default)
    {
        if (Chromium.Find(chromium) is not { } browser)
            return new Refusal("pdf-no-browser");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, closing.Token);
        if (Interlocked.Increment(ref queued) > LongestQueue)
        {
            Interlocked.Decrement(ref queued);
            return new Refusal("pdf-busy");
        }
        try
        {
            await turn.WaitAsync(either.Token);
        }
        finally
        {
            Interlocked.Decrement(ref queued);
        }
        try
        {
            return await PrintAsync(browser, paper, either.Token);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await turn.WaitAsync();
        turn.Dispose();
        closing.Dispose();
    }

    private async Task<Outcome<byte[]>> PrintAsync(string browser, Paper paper, CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(Limit);
        var folder = Directory.CreateTempSubdirectory("plumbline-print-").FullName;
        try
        {
            using var process = Chromium.Start(browser, folder);
            await using var devTools = new DevTools(process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
            try
            {
                return await PrintAsync(devTools, paper, limited.Token);
            }
            finally
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            TookTooLong(Limit.TotalSeconds);
            return new Refusal("pdf-timeout", null, Limit.TotalSeconds);
        }
        catch (Exception fault) when (fault is IOException or JsonException or System.ComponentModel.Win32Exception)
        {
            Failed(fault, Chromium.Complaints(folder));
            return new Refusal("pdf-failed");
        }
        finally
        {
            Remove(folder);
        }
    }

    private static async Task<byte[]> PrintAsync(DevTools browser, Paper paper, CancellationToken cancel)
    {
        var target = (await browser.SendAsync(null, "Target.createTarget", new { url = "about:blank" }, cancel)).GetProperty("targetId").GetString();
        var session = (await browser.SendAsync(null, "Target.attachToTarget", new { targetId = target, flatten = true }, cancel)).GetProperty("sessionId").GetString();
        await browser.SendAsync(session, "Page.enable", new { }, cancel);
        await browser.SendAsync(session, "Fetch.enable", new { patterns = new[] { new { urlPattern = "*" } } }, cancel);
        await browser.SendAsync(session, "Emulation.setEmulatedMedia", new { media = "print" }, cancel);

        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var serving = ServeAsync(browser, session, paper, loaded, cancel);
        await browser.SendAsync(session, "Page.navigate", new { url = Origin }, cancel);
        await await Task.WhenAny(loaded.Task, serving).WaitAsync(cancel);
        // Margin boxes load no fonts of their own: ask for what they need, then wait for all that the layout asked for.
        var margins = JsonSerializer.Serialize(paper.HeadLeft + paper.HeadRight + paper.Foot + "第页共Page of 0123456789");
        await browser.SendAsync(session, "Runtime.evaluate", new
        {
            expression = $"Promise.all(['Paper Latin', 'Paper Han', 'Paper Maths', 'Paper Marks'].map(f => document.fonts.load(`8pt \"${{f}}\"`, {margins}))).then(() => document.fonts.ready).then(() => 0)",
            awaitPromise = true,
        }, cancel);
        var printed = await browser.SendAsync(session, "Page.printToPDF", new { preferCSSPageSize = true, printBackground = true, generateTaggedPDF = true, generateDocumentOutline = true }, cancel);
        return printed.GetProperty("data").GetBytesFromBase64();
    }

    private static async Task ServeAsync(DevTools browser, string? session, Paper paper, TaskCompletionSource loaded, CancellationToken cancel)
    {
        await foreach (var (method, parameters) in browser.Events.ReadAllAsync(cancel))
        {
            if (method == "Page.loadEventFired")
                loaded.TrySetResult();
            else if (method == "Fetch.requestPaused")
                await AnswerAsync(browser, session, paper, parameters, cancel);
        }
    }

    private static async Task AnswerAsync(DevTools browser, string? session, Paper paper, JsonElement paused, CancellationToken cancel)
    {
        var (id, address) = (paused.GetProperty("requestId").GetString(), paused.GetProperty("request").GetProperty("url").GetString()!);
        var (type, body) = address switch
        {
            Origin => ("text/html; charset=utf-8", Encoding.UTF8.GetBytes(paper.ToHtml(PaperFonts.Css))),
            _ when address.StartsWith(Origin + "fonts/", StringComparison.Ordinal) => ("font/woff2", PaperFonts.Read(address[(Origin.Length + "fonts/".Length)..])),
            _ => ("", null),
        };
        if (body is null)
        {
            await browser.SendAsync(session, "Fetch.failRequest", new { requestId = id, errorReason = "Aborted" }, cancel);
            return;
        }
        var headers = new[] { new { name = "Content-Type", value = type }, new { name = "Content-Security-Policy", value = Policy } };
        await browser.SendAsync(session, "Fetch.fulfillRequest", new { requestId = id, responseCode = 200, responseHeaders = headers, body = Convert.ToBase64String(body) }, cancel);
    }

    private void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            NotRemoved(fault, folder);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Printing took longer than {Seconds} s and was stopped.")]
    private partial void TookTooLong(double seconds);

    [LoggerMessage(2, LogLevel.Error, "Printing failed. Chromium said: {Complaints}")]
    private partial void Failed(Exception fault, string complaints);

    [LoggerMessage(3, LogLevel.Warning, "The print folder {Folder} could not be removed.")]
    private partial void NotRemoved(Exception fault, string folder);
}
