using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Plumbline.Registry;

namespace Plumbline.Journeys;

/// <summary>Walks the site as a visitor and as each demonstration role does, and looks hard at one page of every kind it finds.</summary>
public sealed partial class EveryPageTests(Sites sites, Browsers browsers)
{
    private const int MostPages = 120;
    private const string Structure = "location.pathname.split('/')[1] + [...document.querySelectorAll('main, main *')].map(e => e.tagName + e.className + (e.getAttribute('role') ?? '') + (e.type ?? '')).join()";
    private static readonly ConcurrentDictionary<(View, string), bool> Judged = new();
    private static readonly View Desk = new();
    private static readonly View DarkPhone = new(390, Dark: true, Language: "en");
    private static readonly View NarrowWithoutScript = new(320, Script: false);

    public static TheoryData<string, View> Visits => new()
    {
        { "", Desk }, { "", DarkPhone }, { "", NarrowWithoutScript },
        { "officer", DarkPhone }, { "organiser", NarrowWithoutScript }, { "coordinator", Desk }, { "metrologist", DarkPhone }, { "lab1", NarrowWithoutScript }, { "quality1", Desk },
        { "auditor", Desk }, { "expert", DarkPhone }, { "system", DarkPhone }, { "security", NarrowWithoutScript }, { "audit", Desk },
    };

    [BrowserTheory, MemberData(nameof(Visits))]
    public async Task Every_page_that_can_be_reached_is_sound(string account, View view)
    {
        var site = await sites.OnAsync("sqlite");
        await using var window = await browsers.OpenAsync(site.Address, view);
        await window.GoAsync($"/?lang={view.Language}");
        if (account.Length > 0)
            await window.SignInAsync($"{account}@demo.example", DemonstrationAccounts.Password);

        var faults = new List<string>();
        var (seen, ahead) = (new HashSet<string> { "/" }, new Queue<string>(["/"]));
        while (ahead.TryDequeue(out var address))
        {
            Assert.True(seen.Count < MostPages, $"More than {MostPages} kinds of page: is an address not recognised as another's kind?\n{string.Join('\n', seen)}");
            foreach (var link in await LookAsync(window, address, faults))
            {
                if (seen.Add(KindOf(link)))
                    ahead.Enqueue(link);
            }
        }
        faults.AddRange(window.Errors);
        Assert.True(faults.Count == 0, $"{view}{(account.Length > 0 ? $", {account}" : "")}:\n{string.Join('\n', faults.Distinct())}");
    }

    /// <summary>Judges one page and returns where it leads.</summary>
    private static async Task<IEnumerable<string>> LookAsync(BrowserWindow window, string address, List<string> faults)
    {
        var clock = Stopwatch.StartNew();
        var status = await window.GoAsync(address);
        if (status != 200)
        {
            faults.Add($"{address}: status {status}");
            return [];
        }
        if (new Uri(window.Page.Url).AbsolutePath == "/sign-in" && !address.StartsWith("/sign-in", StringComparison.Ordinal))
            faults.Add($"{address}: a link that leads to the sign-in page instead");
        // What is built of the same elements in the same view was judged before, for somebody else.
        if (Judged.TryAdd((window.View, await window.Page.EvaluateAsync<string>(Structure)), true))
            faults.AddRange((await window.FaultsAsync()).Select(fault => $"{address}: {fault}"));
        var links = await window.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]:not([download])')].filter(a => a.origin === location.origin).map(a => a.getAttribute('href'))");
        TestContext.Current.SendDiagnosticMessage("{0} {1} ({2} ms)", window.View, address, clock.ElapsedMilliseconds);
        return links.Select(link => link.Split('#')[0]).Where(link => link.StartsWith('/') && !NoPage().IsMatch(link));
    }

    // Two comparisons are one kind of page: what stands for a thing's own name is dropped from the address.
    private static string KindOf(string address) => OwnName().Replace(address.Split('?')[0], "/*");

    [GeneratedRegex(@"/(?=[^/]*(?:\d|[A-Z]))[^/?]+")]
    private static partial Regex OwnName();

    [GeneratedRegex(@"^/(?:api|health|assets|files|sign-out)\b|[?&]lang=|\.(?:json|csv|xlsx|pdf|svg|png|zip)(?:$|\?)")]
    private static partial Regex NoPage();
}
