using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Plumbline.Journeys;

/// <summary>How a page is looked at.</summary>
/// <param name="Width">320 for the narrowest phone, 390 for a usual one, 1440 for a desk.</param>
public sealed record View(int Width = 1440, bool Dark = false, bool Script = true, string Language = "zh")
{
    public override string ToString() => $"{Width} px {(Dark ? "dark" : "light")}, {Language}{(Script ? "" : ", no script")}";
}

/// <summary>One headless Chromium for all journeys; each journey has a profile of its own.</summary>
public sealed class Browsers : IAsyncDisposable
{
    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> started = new(StartAsync);

    /// <summary>The machine's browser; null when there is none.</summary>
    public static string? Executable { get; } = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable" }.FirstOrDefault(File.Exists);

    /// <summary>A fresh profile at <paramref name="site"/>.</summary>
    public async Task<BrowserWindow> OpenAsync(Uri site, View view)
    {
        var (_, browser) = await started.Value;
        var profile = await browser.NewContextAsync(new()
        {
            BaseURL = site.ToString(),
            ViewportSize = new() { Width = view.Width, Height = view.Width < 600 ? 800 : 900 },
            ColorScheme = view.Dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = view.Language == "en" ? "en-GB" : "zh-CN",
            ReducedMotion = ReducedMotion.Reduce,
        });
        profile.SetDefaultTimeout(15_000);
        // The page's scripts are withheld rather than the engine turned off: axe needs it.
        if (!view.Script)
            await profile.RouteAsync(_ => true, route => route.Request.ResourceType == "script" ? route.AbortAsync("aborted") : route.ContinueAsync());
        return new BrowserWindow(profile, await profile.NewPageAsync(), view);
    }

    public async ValueTask DisposeAsync()
    {
        if (!started.IsValueCreated)
            return;
        var (driver, browser) = await started.Value;
        await browser.CloseAsync();
        driver.Dispose();
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> StartAsync()
    {
        var driver = await Playwright.CreateAsync();
        var browser = await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args = ["--disable-dev-shm-usage", "--disable-gpu", .. Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>()],
        });
        return (driver, browser);
    }
}

/// <summary>A window with a profile of its own, which remembers what went wrong in it.</summary>
public sealed class BrowserWindow : IAsyncDisposable
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly IBrowserContext profile;
    private readonly List<string> errors = [];

    internal BrowserWindow(IBrowserContext profile, IPage page, View view)
    {
        (this.profile, Page, View) = (profile, page, view);
        page.Console += (_, message) =>
        {
            // A page that answers 4xx on purpose is logged by Chromium as a failed resource: the journeys judge statuses themselves.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                errors.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => errors.Add($"{page.Url}: {error}");
        page.RequestFailed += (_, request) =>
        {
            if (request.Failure != "net::ERR_ABORTED") // a download, or left for another page
                errors.Add($"{request.Url}: {request.Failure}");
        };
    }

    public IPage Page { get; }
    public View View { get; }
    /// <summary>Console errors, uncaught exceptions, failed requests.</summary>
    public IReadOnlyList<string> Errors => errors;

    public async Task<int> GoAsync(string address) => (await Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load }))!.Status;

    /// <param name="next">Where it must lead when a second step follows; anywhere else than the sign-in pages when null.</param>
    public async Task SignInAsync(string email, string password, string? next = null)
    {
        await GoAsync("/sign-in");
        await Page.FillAsync("[name='Form.Email']", email);
        await Page.FillAsync("[name='Form.Password']", password);
        await Page.ClickAsync("main form button:not([type=button])");
        await Page.WaitForURLAsync(url => next is null ? !url.Contains("/sign-in", StringComparison.Ordinal) : new Uri(url).AbsolutePath == next, new() { WaitUntil = WaitUntilState.Commit });
        await Page.WaitForSelectorAsync("main h1");
    }

    /// <summary>Gives the browser a device that holds passkeys and knows its owner, as a phone does, and that never asks.</summary>
    public async Task AddAuthenticatorAsync()
    {
        var tools = await profile.NewCDPSessionAsync(Page);
        await tools.SendAsync("WebAuthn.enable");
        await tools.SendAsync("WebAuthn.addVirtualAuthenticator", new() { ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true } });
    }

    /// <summary>What is wrong with the page as it stands: axe's findings (WCAG 2.2 AA and best practice), a page wider than the window.</summary>
    public async Task<string[]> FaultsAsync()
    {
        // Run in the page itself and in one go: a tenth of the time of passing partial results through a second page.
        if (!await Page.EvaluateAsync<bool>("() => typeof axe === 'object'"))
            await Page.EvaluateAsync(Axe);
        var broken = await Page.EvaluateAsync<string[]>(PageChecks.Axe);
        return [.. broken, .. await WidthFaultsAsync()];
    }

    /// <summary>Whether the page itself must be pushed sideways to be read, and what sticks out.</summary>
    public async Task<string[]> WidthFaultsAsync() => await Page.EvaluateAsync<string[]>(PageChecks.Width);

    /// <summary>Text that is not in the reader's language.</summary>
    public async Task<string[]> LanguageFaultsAsync() => await Page.EvaluateAsync<string[]>(PageChecks.Language);

    /// <summary>Whether the page weighs more than its budget.</summary>
    public async Task<string[]> WeightFaultsAsync()
    {
        var bytes = await Page.EvaluateAsync<int>(PageChecks.Weight);
        return bytes > PageChecks.MostBytes ? [$"the page and what it brings weigh {bytes} bytes, more than {PageChecks.MostBytes}"] : [];
    }

    /// <summary>The same page in another window, without loading it again.</summary>
    public async Task ResizeAsync(int width, bool dark)
    {
        await Page.SetViewportSizeAsync(width, width < 600 ? 800 : 900);
        await Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
    }

    public async ValueTask DisposeAsync() => await profile.DisposeAsync();
}
