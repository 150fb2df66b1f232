using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Plumbline.Registry;

namespace Plumbline.Journeys;

/// <summary>
/// Walks the site with its worked examples, one in every state, as a visitor and as each demonstration role does. Every page fits the narrowest phone, speaks the reader's language and keeps
/// to its weight. Every page built differently from those seen before is judged by axe, light on a desk and dark on a phone.
/// </summary>
public sealed partial class EveryPageTests(Sites sites, Browsers browsers)
{
    private const int MostPages = 260;
    // Which kinds of element stand in which: the same for one row and for a hundred.
    private const string Structure = """
        () => {
          const kind = e => `${e.tagName}.${e.className}.${e.getAttribute('role') ?? ''}.${e.type ?? ''}`;
          return location.pathname.split('/')[1] + [...new Set([...document.querySelectorAll('main *')].filter(e => !e.ownerSVGElement).map(e => `${kind(e.parentElement)}>${kind(e)}`))].sort().join();
        }
        """;
    private static readonly ConcurrentDictionary<string, bool> Judged = new();
    private static readonly View Chinese = new(320);
    private static readonly View English = new(320, Language: "en");
    private static readonly View WithoutScript = new(320, Script: false);

    public static TheoryData<string, View> Visits => new()
    {
        { "", Chinese }, { "", English }, { "", WithoutScript },
        { "officer", English }, { "organiser", Chinese }, { "coordinator", English }, { "coordinator", WithoutScript }, { "lab1", English }, { "lab1", WithoutScript }, { "quality1", Chinese },
        { "system", Chinese }, { "system", English }, { "security", English }, { "security", WithoutScript }, { "audit", Chinese }, { "audit", English },
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
        faults.AddRange((await JudgeAsync(window)).Select(fault => $"{address}: {fault}"));
        var links = await window.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]:not([download])')].filter(a => a.origin === location.origin).map(a => a.getAttribute('href'))");
        TestContext.Current.SendDiagnosticMessage("{0} {1} ({2} ms)", window.View, address, clock.ElapsedMilliseconds);
        return links.Select(link => link.Split('#')[0]).Where(link => link.StartsWith('/') && !NoPage().IsMatch(link));
    }

    private static async Task<List<string>> JudgeAsync(BrowserWindow window)
    {
        List<string> faults = [.. await window.WidthFaultsAsync()];
        // Without script it is the same page: whether it is whole and fits is all there is to see.
        if (!window.View.Script)
            return faults;
        faults.AddRange([.. await window.LanguageFaultsAsync(), .. await window.WeightFaultsAsync()]);
        // What is built of the same elements was judged before, for somebody else or in the other language.
        if (!Judged.TryAdd(await window.Page.EvaluateAsync<string>(Structure), true))
            return faults;
        foreach (var (width, dark) in ((int, bool)[])[(390, true), (1440, false)])
        {
            await window.ResizeAsync(width, dark);
            faults.AddRange((await window.FaultsAsync()).Select(fault => $"at {width} px{(dark ? ", dark" : "")}: {fault}"));
        }
        await window.ResizeAsync(window.View.Width, window.View.Dark);
        return faults;
    }

    // Two organisations are one kind of page: what stands for a thing's own name is dropped from the address. Every comparison is looked at: each is in another state.
    private static string KindOf(string address) => OwnName().Replace(address.Split('?')[0], "/*");

    [GeneratedRegex(@"(?<!^/comparisons)/(?=[^/]*(?:\d|[A-Z]))[^/?]+")]
    private static partial Regex OwnName();

    [GeneratedRegex(@"^/(?:api|health|assets|files|sign-out|trust/(?:revoked|policy)|log/(?:checkpoint|tile))\b|[?&]lang=|\.(?:json|csv|xlsx|pdf|html|svg|png|zip|xml|crt|ses|tlog-proof)(?:$|\?)")]
    private static partial Regex NoPage();
}
