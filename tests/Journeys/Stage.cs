using System.Globalization;
using Microsoft.Playwright;
using Plumbline.Registry;

namespace Plumbline.Journeys;

/// <summary>A site of its own with the demonstration's people, each at a window of their own.</summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>Where the pictures of every step are kept for looking at.</summary>
    private static readonly string Pictures = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "journeys");

    private readonly Browsers browsers;
    private readonly string name;
    private readonly View view;
    private readonly Dictionary<string, BrowserWindow> windows = [];
    private readonly List<string> faults = [];
    private int pictures;

    private Stage(TestSite site, Browsers browsers, string name, View view) => (Site, this.browsers, this.name, this.view) = (site, browsers, name, view);

    public TestSite Site { get; }

    /// <summary>What was wrong with pages on the way: told at the end, so that one fault does not hide the next.</summary>
    public IReadOnlyList<string> Faults => [.. faults, .. windows.Values.SelectMany(w => w.Errors)];

    public static async Task<Stage> SetAsync(Browsers browsers, string name, View view)
    {
        Directory.CreateDirectory(Pictures);
        return new(await TestSite.StartAsync("sqlite", "--Plumbline:Demonstration=true"), browsers, name, view);
    }

    /// <summary>Brings the clock to a morning in Beijing.</summary>
    public void ItIs(string day) => Site.Clock.Now = new DateTimeOffset(DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddHours(9), TimeSpan.FromHours(8));

    /// <summary>The page at <paramref name="address"/> in the window of <paramref name="person"/>, who signs in unless still signed in; nobody's window when null.</summary>
    public async Task<IPage> AtAsync(string? person, string address, int status = 200)
    {
        var window = await WindowAsync(person);
        var answered = await window.GoAsync(address);
        if (person is not null && await window.Page.Locator("header form[action='/sign-out']").CountAsync() == 0)
        {
            await window.SignInAsync($"{person}@demo.example", DemonstrationAccounts.Password);
            answered = await window.GoAsync(address);
        }
        Assert.True(answered == status, $"{person} at {address}: {answered} instead of {status}");
        return window.Page;
    }

    /// <summary>Judges the page that <paramref name="page"/> shows, and keeps a picture of it as a desk and as a phone shows it. Without script it is the same page: only its width is looked at.</summary>
    public async Task LookAsync(IPage page, string step)
    {
        var window = windows.Values.Single(w => w.Page == page);
        if (!view.Script)
        {
            faults.AddRange((await window.WidthFaultsAsync()).Select(fault => $"{step} without script: {fault}"));
            return;
        }
        foreach (var width in (int[])[390, 1440])
        {
            await page.SetViewportSizeAsync(width, width < 600 ? 844 : 900);
            faults.AddRange((await (width == 1440 ? window.FaultsAsync() : window.WidthFaultsAsync())).Select(fault => $"{step} at {width} px: {fault}"));
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{pictures:00}-{step}-{width}.png"), FullPage = true });
        }
        pictures++;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var window in windows.Values)
            await window.DisposeAsync();
        await Site.DisposeAsync();
    }

    private async Task<BrowserWindow> WindowAsync(string? person)
    {
        if (!windows.TryGetValue(person ?? "", out var window))
            windows[person ?? ""] = window = await browsers.OpenAsync(Site.Address, view);
        return window;
    }
}

/// <summary>What a hand does on a page.</summary>
internal static class Hands
{
    /// <summary>Fills fields by the names under which they are posted, whatever kind of field they are.</summary>
    public static async Task FillInAsync(this IPage page, params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
        {
            var field = page.Locator($"main [name='{name}']:not([type=hidden])").First;
            switch (await field.EvaluateAsync<string>("f => f.type"))
            {
                case "select-one":
                    await field.SelectOptionAsync(value);
                    break;
                case "checkbox":
                    await field.SetCheckedAsync(value == "true");
                    break;
                default:
                    await field.FillAsync(value);
                    break;
            }
        }
    }

    /// <summary>Presses a button, or follows a link, and waits for the page to which it leads.</summary>
    public static async Task PressAsync(this IPage page, string selector)
    {
        await page.EvaluateAsync("() => { document.documentElement.dataset.before = ''; }");
        // A form's hidden first button is what the Enter key presses.
        await page.Locator(selector).And(page.Locator(":not(.hidden)")).First.ClickAsync();
        await page.WaitForFunctionAsync("() => document.readyState === 'complete' && document.documentElement.dataset.before === undefined");
    }

    /// <summary>The main button of the form that holds the field named so.</summary>
    public static Task SendAsync(this IPage page, string field) => page.PressAsync($"main form:has([name='{field}']) button.button:not(.ghost)");

    /// <summary>Codes of the refusals that the page gives.</summary>
    public static async Task<string[]> RefusalsAsync(this IPage page) => await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('main [data-code]')].map(e => e.dataset.code)");

    public static async Task<string> TextAsync(this IPage page) => await page.InnerTextAsync("main");

    public static string Path(this IPage page) => new Uri(page.Url).AbsolutePath;
}
