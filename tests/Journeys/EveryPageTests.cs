using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Plumbline.Journeys;

/// <summary>Walks the site as a visitor and as each demonstration role does, and looks hard at one page of every kind it finds.</summary>
public sealed partial class EveryPageTests(Sites sites, Browsers browsers)
{
    /// <summary>Most that the document itself may weigh, uncompressed charts aside.</summary>
    private const int MostPages = 80;

    public static TheoryData<string, View> Visits => [.. from view in (View[])[new(), new(390, Dark: true, Language: "en"), new(320, Script: false)] select new TheoryDataRow<string, View>("", view)];

    [BrowserTheory, MemberData(nameof(Visits))]
    public async Task Every_page_that_can_be_reached_is_sound(string email, View view)
    {
        var site = await sites.OnAsync("sqlite");
        await using var window = await browsers.OpenAsync(site.Address, view);
        await window.GoAsync($"/?lang={view.Language}");

        var faults = new List<string>();
        var (seen, ahead) = (new HashSet<string> { "/" }, new Queue<string>(["/"]));
        while (ahead.TryDequeue(out var address) && seen.Count < MostPages)
        {
            var clock = Stopwatch.StartNew();
            var status = await window.GoAsync(address);
            if (status != 200)
            {
                faults.Add($"{address}: status {status}");
                continue;
            }
            faults.AddRange((await window.FaultsAsync()).Select(fault => $"{address}: {fault}"));
            foreach (var link in await window.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]:not([download])')].filter(a => a.origin === location.origin).map(a => a.getAttribute('href'))"))
            {
                var target = link.Split('#')[0];
                if (target.StartsWith('/') && !NoPage().IsMatch(target) && seen.Add(KindOf(target)))
                    ahead.Enqueue(target);
            }
            TestContext.Current.SendDiagnosticMessage("{0} {1} ({2} ms)", view, address, clock.ElapsedMilliseconds);
        }
        faults.AddRange(window.Errors);
        Assert.True(faults.Count == 0, $"{view}{(email.Length > 0 ? $", {email}" : "")}:\n{string.Join('\n', faults.Distinct())}");
    }

    // Two comparisons are one kind of page: what stands for a thing's own name is dropped from the address.
    private static string KindOf(string address) => OwnName().Replace(address.Split('?')[0], "/*");

    [GeneratedRegex(@"/(?=[^/]*(?:\d|[A-Z]))[^/?]+")]
    private static partial Regex OwnName();

    [GeneratedRegex(@"^/(?:api|health|assets|files|sign-out)\b|[?&]lang=|\.(?:json|csv|xlsx|pdf|svg|png|zip)(?:$|\?)")]
    private static partial Regex NoPage();
}
