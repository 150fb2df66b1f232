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

    [Theory, EachDatabase]
    public async Task A_package_is_saved_by_one_colleague_and_handed_in_by_another(string kind)
    {
        await using var site = await TestSite.StartAsync(kind);
        var stage = await StartAsync(site);
        await site.AddPersonAsync("second@example.org", organisation: stage.Cast["PILOT"], roles: [Role.PilotMetrologist]);
        using var first = await site.SignedInAsync("pilot@example.org");
        using var second = await site.SignedInAsync("second@example.org");
        await first.OpenAsync($"/comparisons/{stage.Code}/results");
        await second.OpenAsync($"/comparisons/{stage.Code}/results");
        await first.SubmitAsync("results", ("Form.Step", "save"), ("Form.Points[0].Value", "1.0010"), ("Form.Points[0].Budget[1].Source", "稳定性"), ("Form.Method", "直接比较"));
        Assert.Equal(HttpStatusCode.Redirect, first.Status);
        await first.FollowAsync();
        Assert.Equal(("1.0010", "稳定性"), (ValueOf(first, "points-0-value"), ValueOf(first, "points-0-budget-0-source")));

        await second.SubmitAsync("results", ("Form.Step", "save"), ("Form.Points[1].Value", "10.5"));
        Assert.Equal(["results-draft-changed"], second.Refusals);
        Assert.Equal("10.5", ValueOf(second, "points-1-value"));
        await second.OpenAsync($"/comparisons/{stage.Code}/results");
        await second.SubmitAsync("results", ("Form.Step", "check"), ("Form.Points[0].Budget[0].Source", ""), ("Form.Points[0].Uncertainty", "0.0002"), ("Form.Points[0].CoverageFactor", "2"),
            ("Form.Points[1].Value", "10.0"), ("Form.Points[1].Uncertainty", "0.002"), ("Form.Points[1].CoverageFactor", "2"));
        Assert.Empty(second.Refusals);
        await second.SubmitAsync("results", ("Form.Step", "save"));
        Assert.Equal(HttpStatusCode.Redirect, second.Status);
        await second.FollowAsync();
        Assert.Equal(("1.0010", "10.0"), (ValueOf(second, "points-0-value"), ValueOf(second, "points-1-value")));
        // The page of the first still names the draft as it was.
        await first.SubmitAsync("results", ("Form.Step", "discard"));
        await first.FollowAsync();
        await second.SubmitAsync("results", ("Form.Step", "check"));
        await second.SubmitAsync("results", ("Form.Step", "submit"));
        Assert.Contains("/results/receipt/", second.Location, StringComparison.Ordinal);
        await using var db = site.Open();
        Assert.False(await db.PackageDrafts.AnyAsync());
        Assert.Equal("直接比较", (await db.Submissions.SingleAsync()).Method);
    }

    [Fact]
    public async Task Lines_of_a_budget_come_and_go_without_script_and_have_to_agree_with_U_over_k()
    {
        await using var site = await TestSite.StartAsync();
        var stage = await StartAsync(site);
        using var browser = await site.SignedInAsync("pilot@example.org");
        await browser.OpenAsync($"/comparisons/{stage.Code}/results");
        (string, string)[] figures = [("Form.Points[0].Value", "1.0"), ("Form.Points[0].Uncertainty", "0.0010"), ("Form.Points[0].CoverageFactor", "2"), ("Form.Points[1].Value", "10.0"), ("Form.Points[1].Uncertainty", "0.002"), ("Form.Points[1].CoverageFactor", "2")];
        await browser.SubmitAsync("results", [("Form.Step", "add-0"), .. figures]);
        Assert.NotNull(browser.Page.GetElementById("points-0-budget-5-source"));
        await browser.SubmitAsync("results", ("Form.Step", "remove-0-0"));
        Assert.Null(browser.Page.GetElementById("points-0-budget-5-source"));
        Assert.Equal("0.0010", ValueOf(browser, "points-0-uncertainty"));
        await browser.SubmitAsync("results", ("Form.Step", "read-0"), ("Form.Points[0].Pasted", "重复性\tA\t正态\t0.0003\t9\n标准器; B类; 均匀; 0.0004"));
        Assert.Equal(("重复性", "0.0004"), (ValueOf(browser, "points-0-budget-0-source"), ValueOf(browser, "points-0-budget-1-contribution")));
        Assert.Equal(2, browser.Page.QuerySelectorAll("#points-0-budget > .meta .symbol:nth-of-type(1), #points-0-budget > .meta sub").Length);

        // A fault stands at its own cell.
        await browser.SubmitAsync("results", ("Form.Step", "check"), ("Form.Points[0].Budget[1].Contribution", "0,0004"));
        Assert.Equal(["number-decimal-comma"], browser.Refusals);
        Assert.Equal("true", browser.Page.GetElementById("points-0-budget-1-contribution")!.GetAttribute("aria-invalid"));
        await browser.SubmitAsync("results", ("Form.Step", "check"), ("Form.Points[0].Budget[1].Contribution", "0.0009"));
        Assert.Contains("results-budget-disagrees", browser.Html, StringComparison.Ordinal);
        await browser.SubmitAsync("results", ("Form.Step", "submit"));
        Assert.Equal(["results-budget-disagrees"], browser.Refusals);
        await browser.SubmitAsync("results", ("Form.Step", "change"));
        await browser.SubmitAsync("results", ("Form.Step", "check"), ("Form.Points[0].Budget[1].Contribution", "0.0004"));
        Assert.DoesNotContain("results-budget-disagrees", browser.Html, StringComparison.Ordinal);
        await browser.SubmitAsync("results", ("Form.Step", "submit"));
        Assert.Contains("/results/receipt/", browser.Location, StringComparison.Ordinal);
        await using var db = site.Open();
        Assert.Equal([("A", "正态", 9.0), ("B", "均匀", null)], (await db.Set<BudgetLine>().OrderBy(l => l.Ordinal).ToListAsync()).Select(l => (l.Type, l.Distribution, l.DegreesOfFreedom)));
    }

    [Fact]
    public async Task The_largest_form_is_taken_and_a_larger_package_is_led_to_the_file()
    {
        await using var site = await TestSite.StartAsync();
        var stage = await Circulating.StartAsync(site.Database, change: d => d with { Points = [.. Enumerable.Range(1, 100).Select(i => d.Points[0] with { Label = $"P{i}" })] });
        await site.AddPersonAsync("pilot@example.org", organisation: stage.Cast["PILOT"], roles: [Role.PilotCoordinator]);
        using var browser = await site.SignedInAsync("pilot@example.org");
        await browser.OpenAsync($"/comparisons/{stage.Code}/results");
        var lines = string.Join('\n', Enumerable.Range(1, 14).Select(i => $"source {i}; A; normal; 0.001; 9"));
        await browser.SubmitAsync("results", [("Form.Step", "save"), ("Form.Points[99].Value", "1.99"), .. Enumerable.Range(0, 100).Select(i => ($"Form.Points[{i}].Pasted", lines))]);
        Assert.Empty(browser.Refusals);
        await browser.FollowAsync();
        Assert.Equal("1.99", ValueOf(browser, "points-99-value"));
        Assert.Equal("source 14", ValueOf(browser, "points-99-budget-13-source"));
        // The largest form is posted back whole; another budget would not fit and everything stays where it is.
        await browser.SubmitAsync("results", ("Form.Step", "save"), ("Form.Points[0].Value", "1.01"));
        Assert.Empty(browser.Refusals);
        await browser.FollowAsync();
        Assert.Equal(("1.01", "source 14"), (ValueOf(browser, "points-0-value"), ValueOf(browser, "points-99-budget-13-source")));
        await browser.SubmitAsync("results", ("Form.Step", "add-0"));
        await browser.SubmitAsync("results", ("Form.Step", "add-0"));
        await browser.SubmitAsync("results", ("Form.Step", "add-0"), ("Form.Points[1].Value", "1.02"));
        Assert.Equal(["results-form-full"], browser.Refusals);
        Assert.Equal("1.02", ValueOf(browser, "points-1-value"));

        // A draft that outgrows the form, as a program may keep it, waits for the file or to be checked as it is.
        await browser.SubmitAsync("results", [("Form.Step", "save"), .. Enumerable.Range(0, 20).Select(i => ($"Form.Points[{i}].Pasted", lines))]);
        await browser.FollowAsync();
        Assert.Null(browser.Page.GetElementById("points-0-value"));
        Assert.Contains("/results/upload", browser.Html, StringComparison.Ordinal);
        await browser.SubmitAsync("results", ("Form.Step", "check-draft"));
        Assert.Contains("number-missing", browser.Refusals);
        await browser.SubmitAsync("results", ("Form.Step", "discard"));
        await browser.FollowAsync();
        Assert.NotNull(browser.Page.GetElementById("points-0-value"));
    }

    [Fact]
    public async Task A_form_beyond_the_limits_is_refused_in_words()
    {
        await using var site = await TestSite.StartAsync();
        var stage = await StartAsync(site);
        using var browser = await site.SignedInAsync("pilot@example.org");
        await browser.OpenAsync($"/comparisons/{stage.Code}/results");
        await browser.SubmitAsync("results", [("Form.Step", "save"), .. Enumerable.Range(0, 9000).Select(i => ($"Form.X{i}", "1"))]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, browser.Status);
        Assert.Contains("8192", browser.Html, StringComparison.Ordinal);
        await using var db = site.Open();
        Assert.False(await db.PackageDrafts.AnyAsync());
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

    private static string? ValueOf(TestBrowser browser, string id) => browser.Page.GetElementById(id)?.GetAttribute("value");

    private static async Task<Circulating> StartAsync(TestSite site)
    {
        var stage = await Circulating.StartAsync(site.Database);
        await site.AddPersonAsync("pilot@example.org", organisation: stage.Cast["PILOT"], roles: [Role.PilotCoordinator]);
        return stage;
    }

    private static Task UploadAsync(TestBrowser browser, Circulating stage, params (string Field, string Name, string Content)[] files) =>
        browser.UploadAsync("results", [.. files.Select(f => (f.Field, f.Name, Encoding.UTF8.GetBytes(f.Content)))], ("Form.Step", "check"));
}
