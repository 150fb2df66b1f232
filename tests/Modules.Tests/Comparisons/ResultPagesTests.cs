using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plumbline.Comparisons;
using Plumbline.Modules.Tests.Web;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

/// <summary>The pages of circulation and results, used without script.</summary>
public class ResultPagesTests
{
    [Fact]
    public async Task Figures_are_checked_changed_and_handed_in()
    {
        await using var site = await TestSite.StartAsync();
        var stage = await StartAsync(site);
        using var browser = await site.SignedInAsync("pilot@example.org");
        await browser.OpenAsync($"/comparisons/{stage.Code}/results");
        await browser.SubmitAsync("results", ("Form.Step", "check"), ("Form.Points[0].Value", "1,0"), ("Form.Points[0].Uncertainty", "0.0002"), ("Form.Points[0].CoverageFactor", "2"));
        Assert.Contains("number-decimal-comma", browser.Refusals);
        Assert.Equal("1,0", browser.Page.GetElementById("points-0-value")!.GetAttribute("value"));
        Assert.Equal("true", browser.Page.GetElementById("points-0-value")!.GetAttribute("aria-invalid"));

        await browser.SubmitAsync("results", ("Form.Step", "check"), ("Form.Points[0].Value", "1.500"), ("Form.Points[1].Value", "10.0"), ("Form.Points[1].Uncertainty", "0.0020"), ("Form.Points[1].CoverageFactor", "2"));
        Assert.Empty(browser.Refusals);
        await browser.SubmitAsync("results", ("Form.Step", "change"));
        Assert.Equal("1.500", browser.Page.GetElementById("points-0-value")!.GetAttribute("value"));
        await browser.SubmitAsync("results", ("Form.Step", "check"));
        await browser.SubmitAsync("results", ("Form.Step", "submit"));
        Assert.Equal(["results-outside-limits"], browser.Refusals);
        await browser.SubmitAsync("results", ("Form.Step", "submit"), ("Form.ConfirmOutsideLimits", "true"));
        Assert.Contains("/results/receipt/", browser.Location, StringComparison.Ordinal);
        await browser.FollowAsync();
        await using var db = site.Open();
        var submission = await db.Submissions.Include(s => s.Results).SingleAsync();
        Assert.Equal(("page", 1), (submission.Channel, submission.Version));
        Assert.Contains(submission.Commitment, browser.Html, StringComparison.Ordinal);
        Assert.Equal(["1.500", "10.0"], submission.Results.OrderBy(r => r.Value).Select(r => r.ValueText));
    }

    [Fact]
    public async Task A_file_is_checked_row_by_row_and_then_handed_in_with_what_belongs_to_it()
    {
        await using var site = await TestSite.StartAsync();
        var stage = await StartAsync(site);
        using var browser = await site.SignedInAsync("pilot@example.org");
        const string head = "point,unit,value,U,k\n";
        await browser.OpenAsync($"/comparisons/{stage.Code}/results/upload");
        await UploadAsync(browser, stage, ("Form.Sheet", "r.csv", head + "1,V,1.0001,0.0002,2\n2,mV,10,0.002,2\n"));
        Assert.Contains("results-unit-differs", browser.Html, StringComparison.Ordinal);
        await UploadAsync(browser, stage, ("Form.Sheet", "r.csv", head + "1,V,1.0001,0.0002,2\n2,V,10.00,0.002,2\n"));
        Assert.DoesNotContain("results-unit-differs", browser.Html, StringComparison.Ordinal);
        await browser.SubmitAsync("results", ("Form.Step", "submit"));
        Assert.Contains("/results/receipt/", browser.Location, StringComparison.Ordinal);
        await using var db = site.Open();
        Assert.Equal("file", (await db.Submissions.SingleAsync()).Channel);
    }

    [Fact]
    public async Task A_leg_is_recorded_and_the_circulation_ended_and_the_results_opened_from_the_pages()
    {
        await using var site = await TestSite.StartAsync();
        var stage = await StartAsync(site);
        await stage.ReceiveAsync(1, 2, 3);
        using var browser = await site.SignedInAsync("pilot@example.org");
        await browser.OpenAsync($"/comparisons/{stage.Code}/circulation");
        await browser.SubmitAsync("leg");
        Assert.Equal(HttpStatusCode.Redirect, browser.Status);
        Assert.Equal(LegState.SentOn, (await stage.LoadAsync()).Legs.Single(l => l.Ordinal == 1).State);
        await browser.OpenAsync($"/comparisons/{stage.Code}/circulation/end");
        await browser.SubmitAsync("end");
        Assert.Equal(["circulation-not-over"], browser.Refusals);
        await browser.SubmitAsync("end", ("Form.Reason", "Lost on the way"));
        Assert.Equal(ComparisonState.Collecting, (await stage.LoadAsync()).State);
        await browser.OpenAsync($"/comparisons/{stage.Code}/results/open");
        using var second = await site.SignedInAsync("pilot@example.org");
        await second.OpenAsync($"/comparisons/{stage.Code}/results/open");
        await browser.SubmitAsync("open");
        Assert.Empty(browser.Refusals);
        Assert.Equal(ComparisonState.Evaluating, (await stage.LoadAsync()).State);
        await browser.FollowAsync();
        Assert.Contains("1.0002", browser.Html, StringComparison.Ordinal);
        // The form that lay open on another screen gets a reason, not an unknown form.
        await second.SubmitAsync("open");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.Status);
        Assert.Equal(["move-not-now"], second.Refusals);
    }

    private static async Task<Circulating> StartAsync(TestSite site)
    {
        var stage = await Circulating.StartAsync(site.Database);
        await site.AddPersonAsync("pilot@example.org", organisation: stage.Cast["PILOT"], roles: [Role.PilotCoordinator]);
        return stage;
    }

    private static Task UploadAsync(TestBrowser browser, Circulating stage, params (string Field, string Name, string Content)[] files) =>
        browser.UploadAsync("results", [.. files.Select(f => (f.Field, f.Name, Encoding.UTF8.GetBytes(f.Content)))], ("Form.Step", "check"));
}
