using System.Net;
using Plumbline.Comparisons;
using Plumbline.Modules.Tests.Web;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

/// <summary>The pages from draft to route plan, used without script.</summary>
public class ComparisonPagesTests
{
    [Fact]
    public async Task A_comparison_is_drafted_proposed_approved_and_taken_on_by_forms()
    {
        await using var site = await TestSite.StartAsync();
        await StageAsync(site);
        using var organiser = await site.SignedInAsync("organiser@example.org");
        await organiser.OpenAsync("/comparisons/new");
        await organiser.SubmitAsync("draft", ("Action", "add-point"), ("Form.Points[0].Nominal", "1.000"));
        Assert.Equal("1.000", organiser.Page.GetElementById("points-0-nominal")!.GetAttribute("value"));
        Assert.NotNull(organiser.Page.GetElementById("points-1-nominal"));
        await organiser.SubmitAsync("draft", ("Action", "read-points"), ("Paste", "Nominal value,Target standard uncertainty\n10.00,0.01\n"));
        Assert.Equal("10.00", organiser.Page.GetElementById("points-1-nominal")!.GetAttribute("value"));
        await organiser.SubmitAsync("draft", ("Action", "save"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, organiser.Status);
        Assert.Equal(["title-missing"], organiser.Refusals);

        await organiser.SubmitAsync("draft", ("Action", "save"), ("Form.Title", "电压"), ("Form.Field", "Electromagnetic"), ("Form.Pilot", "PILOT"), ("Form.Regulator", "SAMR"), ("Form.Mandatory", "true"),
            ("Form.Purpose", "p"), ("Form.Quantity", "V"), ("Form.Unit", "V"), ("Form.TransferStandards[0].Name", "s"), ("Form.TransferStandards[0].Traceability", "t"));
        await organiser.FollowAsync();
        Assert.Contains("points-0-targetuncertainty", organiser.Html, StringComparison.Ordinal);
        await organiser.SubmitAsync("draft", ("Action", "save"), ("Form.Points[0].TargetUncertainty", "0.001"));
        var code = organiser.Location!.Split('/')[2];
        await organiser.OpenAsync($"/comparisons/{code}/moves/propose");
        await organiser.SubmitAsync("move");
        Assert.Equal($"/comparisons/{code}", organiser.Location);

        using var officer = await site.SignedInAsync("officer@example.org");
        await officer.OpenAsync("/tasks");
        Assert.Contains($"/comparisons/{code}/moves/approve", officer.Html, StringComparison.Ordinal);
        await officer.OpenAsync($"/comparisons/{code}/moves/return");
        await officer.SubmitAsync("move");
        Assert.Equal(["reason-missing"], officer.Refusals);
        await officer.OpenAsync($"/comparisons/{code}/moves/approve");
        await officer.SubmitAsync("move");

        using var anybody = site.Browser();
        await anybody.OpenAsync("/comparisons");
        Assert.Contains(code, anybody.Html, StringComparison.Ordinal);
        using var pilot = await site.SignedInAsync("pilot@example.org");
        await pilot.OpenAsync($"/comparisons/{code}/moves/accept");
        await pilot.SubmitAsync("move", ("Form.DutiesConfirmed", "true"));
        await anybody.OpenAsync($"/comparisons/{code}");
        Assert.Contains("Preparing", anybody.Html, StringComparison.Ordinal);
        await pilot.OpenAsync($"/comparisons/{code}/edit");
        Assert.Equal(HttpStatusCode.Forbidden, pilot.Status);
        foreach (var path in new[] { "/edit", "/preparation", "/moves/cancel", "/circulation/plan" })
        {
            await anybody.OpenAsync($"/comparisons/{code}{path}");
            Assert.Contains("/sign-in", anybody.Location, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Tests_enrolment_and_route_are_entered_by_forms()
    {
        await using var site = await TestSite.StartAsync();
        await StageAsync(site);
        using var organiser = await site.SignedInAsync("organiser@example.org");
        await organiser.OpenAsync("/comparisons/new");
        await organiser.SubmitAsync("draft", ("Action", "save"), ("Form.Title", "电压"), ("Form.Field", "Electromagnetic"), ("Form.Pilot", "PILOT"), ("Form.Regulator", "SAMR"), ("Form.Purpose", "p"), ("Form.Quantity", "V"), ("Form.Unit", "V"),
            ("Form.Points[0].Nominal", "1.000"), ("Form.Points[0].TargetUncertainty", "0.1"), ("Form.TransferStandards[0].Name", "s"), ("Form.TransferStandards[0].Traceability", "t"));
        var code = organiser.Location!.Split('/')[2];
        await MoveAsync(organiser, code, "propose");
        using var officer = await site.SignedInAsync("officer@example.org");
        await MoveAsync(officer, code, "approve");
        using var pilot = await site.SignedInAsync("pilot@example.org");
        await MoveAsync(pilot, code, "accept", ("Form.DutiesConfirmed", "true"));

        await pilot.OpenAsync($"/comparisons/{code}/preparation?standard=1&point=1&kind=Stability");
        await pilot.SubmitAsync("test", ("Action", "read"), ("Paste", "date,a\n2025-12-01,1.00\n2026-01-01,1.01\n2026-02-01,1.00\n"));
        await pilot.SubmitAsync("test", ("Action", "save"));
        Assert.Equal(HttpStatusCode.Found, pilot.Status);
        await pilot.FollowAsync();
        Assert.NotEmpty(pilot.Page.QuerySelectorAll("svg"));
        await pilot.OpenAsync($"/comparisons/{code}/preparation?standard=1&point=1&kind=Transport");
        await pilot.SubmitAsync("test", ("Action", "save"), ("Form.Rows[0].Values", "1.00 1.01"), ("Form.Rows[1].Values", "1.5 1.5"));
        await pilot.FollowAsync();
        await pilot.SubmitAsync("widen");
        Assert.Equal(["reason-missing"], pilot.Refusals);
        site.Clock.Now = site.Clock.Now.AddMinutes(1);
        await pilot.SubmitAsync("test", ("Action", "save"), ("Form.Rows[0].Values", "1.00 1.01"), ("Form.Rows[1].Values", "1.01 1.00"));
        await MoveAsync(pilot, code, "open-enrolment");

        using var laboratory = await site.SignedInAsync("lab@example.org");
        await laboratory.OpenAsync($"/comparisons/{code}/participants");
        await laboratory.SubmitAsync("enrol");
        Assert.Contains("standard-missing", laboratory.Refusals);
        await laboratory.SubmitAsync("enrol", ("Form.Standard", "s"), ("Form.Certificate", "c"), ("Form.ContactTelephone", "1"));
        await pilot.OpenAsync($"/comparisons/{code}/participants");
        var confirm = pilot.Page.QuerySelectorAll("input[name=_handler]").Select(i => i.GetAttribute("value")!).Single(v => v.StartsWith("confirm-", StringComparison.Ordinal));
        await pilot.SubmitAsync(confirm);
        Assert.Equal(HttpStatusCode.Found, pilot.Status);

        await pilot.OpenAsync($"/comparisons/{code}/circulation/plan");
        await pilot.SubmitAsync("generate", ("Generate.Start", "soon"));
        Assert.Equal(["date-unreadable"], pilot.Refusals);
        await pilot.SubmitAsync("generate", ("Generate.Start", "2026-06-05"));
        await pilot.FollowAsync();
        Assert.Equal(3, pilot.Page.QuerySelectorAll("select[id$=-participant]").Length);
        await MoveAsync(pilot, code, "start-circulation");
        await laboratory.OpenAsync($"/comparisons/{code}");
        Assert.Contains("L01", laboratory.Html, StringComparison.Ordinal);
    }

    private static async Task MoveAsync(TestBrowser browser, string code, string action, params (string, string)[] values)
    {
        await browser.OpenAsync($"/comparisons/{code}/moves/{action}");
        await browser.SubmitAsync("move", values);
        Assert.True(browser.Location == $"/comparisons/{code}", $"{action}: {string.Join(", ", browser.Refusals)}");
    }

    private static async Task StageAsync(TestSite site)
    {
        var regulator = await site.AddOrganisationAsync("SAMR", OrganisationKind.NationalRegulator);
        var society = await site.AddOrganisationAsync("ORG", OrganisationKind.Society);
        var pilot = await site.AddOrganisationAsync("PILOT", OrganisationKind.MetrologyInstitute);
        var laboratory = await site.AddOrganisationAsync("LAB", OrganisationKind.AccreditedLaboratory);
        await site.AddPersonAsync("organiser@example.org", organisation: society.Id, roles: Role.Organiser);
        await site.AddPersonAsync("officer@example.org", organisation: regulator.Id, roles: Role.RegulatorOfficer);
        await site.AddPersonAsync("pilot@example.org", organisation: pilot.Id, roles: Role.PilotCoordinator);
        await site.AddPersonAsync("lab@example.org", organisation: laboratory.Id, roles: Role.TechnicalContact);
    }
}
