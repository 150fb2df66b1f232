using Plumbline.Comparisons;
using Plumbline.Modules.Tests.Comparisons;
using Plumbline.Registry;

namespace Plumbline.Journeys;

/// <summary>The pages of circulation and results in a real browser, as a laboratory and as the pilot laboratory see them, full and empty, right and wrong.</summary>
public sealed class ResultJourneyTests(Browsers browsers)
{
    public static TheoryData<View> Views => [.. from view in (View[])[new(), new(390, Dark: true, Language: "en"), new(320, Script: false)] select new TheoryDataRow<View>(view)];

    [BrowserTheory, MemberData(nameof(Views))]
    public async Task Handing_in_and_watching_the_circulation_is_sound_on_every_screen(View view)
    {
        await using var site = await TestSite.StartAsync();
        var stage = await Circulating.StartAsync(site.Database);
        await site.AddPersonAsync("pilot@example.org", organisation: stage.Cast["PILOT"], roles: [Role.PilotCoordinator]);
        await using var window = await browsers.OpenAsync(site.Address, view);
        await window.SignInAsync("pilot@example.org", TestSite.Password);
        await window.GoAsync($"/?lang={view.Language}");
        var faults = new List<string>();
        var root = $"/comparisons/{stage.Code}";

        await LookAsync($"{root}/results");
        await window.Page.ClickAsync(".actions button[value=check]");
        await LookAsync("results with faults");
        await window.Page.FillAsync("#points-0-value", "1.0001");
        await window.Page.FillAsync("#points-0-uncertainty", "0.0002");
        await window.Page.FillAsync("#points-0-coveragefactor", "2");
        await window.Page.ClickAsync("#points-0-budget > summary");
        await window.Page.FillAsync("#points-0-budget-0-source", "重复性");
        await window.Page.SelectOptionAsync("#points-0-budget-0-type", "A");
        await window.Page.FillAsync("#points-0-budget-0-contribution", "0.0001");
        await window.Page.ClickAsync("button[value=add-0]");
        await LookAsync("results with a budget");
        await window.Page.FillAsync("#points-1-value", "10.0020");
        await window.Page.FillAsync("#points-1-uncertainty", "0.0020");
        await window.Page.FillAsync("#points-1-coverageprobability", "95%");
        await window.Page.FillAsync("#points-1-measuredon", "2026-03-01");
        await window.Page.FillAsync("#method", "直接比较");
        await window.Page.ClickAsync(".actions button[value=save]");
        await LookAsync("results with a draft");
        await window.Page.ClickAsync(".actions button[value=check]");
        await LookAsync("check your answers");
        await window.Page.ClickAsync("button[value=submit]");
        await window.Page.WaitForURLAsync(url => url.Contains("/receipt/", StringComparison.Ordinal));
        await LookAsync("receipt");
        await LookAsync($"{root}/results");
        await LookAsync($"{root}/results/upload");
        await window.Page.SetInputFilesAsync("#sheet", new Microsoft.Playwright.FilePayload { Name = "r.csv", MimeType = "text/csv", Buffer = "point,unit,value,U,k\n1,mV,1,0,2\n9,V,x,1,\n"u8.ToArray() });
        await window.Page.ClickAsync("button[value=check]");
        await LookAsync("faults in a file");
        await LookAsync($"{root}/results/received");
        await LookAsync($"{root}/circulation");
        await window.Page.ClickAsync("#record button");
        await window.Page.WaitForURLAsync(url => url.EndsWith("/circulation", StringComparison.Ordinal));
        await LookAsync("circulation after a record");
        Assert.Equal(LegState.SentOn, (await stage.LoadAsync()).Legs.Single(l => l.Ordinal == 1).State);
        await LookAsync($"{root}/circulation/end");
        await ReturnAsync(site.Clock.Now.AddDays(40));
        await LookAsync("/comparisons/overdue");
        await stage.MoveAsync("end-circulation");
        await ReturnAsync(Circulating.AfterDeadline);
        await LookAsync($"{root}/results/open");
        faults.AddRange(window.Errors);
        Assert.True(faults.Count == 0, $"{view}:\n{string.Join('\n', faults.Distinct())}");

        // After so long a time one has been signed out.
        async Task ReturnAsync(DateTimeOffset later)
        {
            site.Clock.Now = later;
            await window.SignInAsync("pilot@example.org", TestSite.Password);
        }

        async Task LookAsync(string what)
        {
            if (what.StartsWith('/'))
                Assert.Equal((200, what), (await window.GoAsync(what), new Uri(window.Page.Url).AbsolutePath));
            faults.AddRange((await window.FaultsAsync()).Select(fault => $"{what}: {fault}"));
            if (Environment.GetEnvironmentVariable("PLUMBLINE_PICTURES") is { } folder)
                await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{view.Width}-{string.Concat(what.Replace(stage.Code, "", StringComparison.Ordinal).Where(char.IsLetter))}.png"), FullPage = true });
        }
    }
}
