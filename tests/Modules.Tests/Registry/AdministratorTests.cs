using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Plumbline.Interface;
using Plumbline.Modules.Tests.Web;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

public class AdministratorTests
{
    [Theory, EachDatabase]
    public async Task The_system_administrator_switches_an_account_off_and_its_sessions_end(string kind)
    {
        await using var site = await DemonstrationAsync(kind);
        using var system = await site.SignedInAsync("system@demo.example", DemonstrationAccounts.Password);
        using var lab = await site.SignedInAsync("lab1@demo.example", DemonstrationAccounts.Password);
        await system.OpenAsync("/administration/people?text=lab1");
        var form = system.Page.QuerySelector("input[name=_handler][value^=switch-]")!.GetAttribute("value")!;
        await system.SubmitAsync(form);
        await lab.OpenAsync("/account");
        Assert.StartsWith("/sign-in", lab.Location, StringComparison.Ordinal);
        using (var again = await site.SignedInAsync("lab1@demo.example", DemonstrationAccounts.Password))
            Assert.Equal(["sign-in-failed"], again.Refusals);
        await system.OpenAsync("/administration/people?text=lab1");
        await system.SubmitAsync(form);
        using var back = await site.SignedInAsync("lab1@demo.example", DemonstrationAccounts.Password);
        Assert.Equal("/", back.Location);
    }

    [Theory, EachDatabase]
    public async Task A_suspended_organisation_gives_its_people_no_rights_until_it_is_active_again(string kind)
    {
        await using var site = await DemonstrationAsync(kind);
        using var system = await site.SignedInAsync("system@demo.example", DemonstrationAccounts.Password);
        using var manager = await site.SignedInAsync("quality1@demo.example", DemonstrationAccounts.Password);
        await manager.OpenAsync("/organisations/DEMO-LAB-1/people");
        Assert.Equal(HttpStatusCode.OK, manager.Status);
        await system.OpenAsync("/administration/organisations");
        await system.SubmitAsync("switch-DEMO-LAB-1");
        Assert.Equal(["suspension-reason-missing"], system.Refusals);
        await system.SubmitAsync("switch-DEMO-LAB-1", ("Form.Reason", "资质过期"));
        await manager.OpenAsync("/organisations/DEMO-LAB-1/people");
        Assert.Equal(HttpStatusCode.NotFound, manager.Status);
        await system.OpenAsync("/administration/organisations");
        await system.SubmitAsync("switch-DEMO-LAB-1");
        await manager.OpenAsync("/organisations/DEMO-LAB-1/people");
        Assert.Equal(HttpStatusCode.OK, manager.Status);
    }

    [Fact]
    public async Task An_organisation_is_entered_with_an_invitation_for_its_manager()
    {
        await using var site = await DemonstrationAsync("sqlite");
        using var system = await site.SignedInAsync("system@demo.example", DemonstrationAccounts.Password);
        await system.OpenAsync("/administration/organisations");
        await system.SubmitAsync("enter", ("Form.Organisation.Name", "新机构"), ("Form.Organisation.Code", "NEWBODY"), ("Form.Organisation.Kind", "Other"), ("Form.Organisation.Region", "foreign"), ("Form.ManagerEmail", "m@new.example"));
        Assert.Empty(system.Refusals);
        var link = new Uri(system.Page.QuerySelector(".panel.good code")!.TextContent).AbsolutePath;
        using var browser = site.Browser();
        await browser.OpenAsync(link);
        await browser.SubmitAsync("accept", ("Form.Name", "M"), ("Form.Password", TestSite.Password), ("Form.Repeated", TestSite.Password));
        Assert.Equal("/sign-in?done=joined", browser.Location);
    }

    [Theory, EachDatabase]
    public async Task The_security_administrator_sees_failures_and_unlocks(string kind)
    {
        await using var site = await DemonstrationAsync(kind);
        for (var failure = 0; failure < 5; failure++)
            (await site.SignedInAsync("lab1@demo.example", "wrong")).Dispose();
        using var security = await site.SignedInAsync("security@demo.example", DemonstrationAccounts.Password);
        await security.OpenAsync("/administration/security");
        Assert.Equal(5, security.Page.QuerySelectorAll("tbody tr").Length);
        await security.SubmitAsync(security.Page.QuerySelector("input[name=_handler][value^=guard-]")!.GetAttribute("value")!, ("Form.Act", "unlock"));
        using var again = await site.SignedInAsync("lab1@demo.example", DemonstrationAccounts.Password);
        Assert.Equal("/", again.Location);
    }

    [Fact]
    public async Task The_security_administrator_resets_a_lost_second_factor_and_ends_sessions()
    {
        await using var site = await DemonstrationAsync("sqlite");
        using var lab = await site.SignedInAsync("lab1@demo.example", DemonstrationAccounts.Password);
        await lab.OpenAsync("/account/second-factor");
        var key = lab.Page.QuerySelector("ol code")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        await lab.SubmitAsync("enable", ("Form.Code", Totp.CodeAt(Totp.FromBase32(key), Totp.StepAt(site.Clock.GetUtcNow()))));
        using var security = await site.SignedInAsync("security@demo.example", DemonstrationAccounts.Password);
        await security.OpenAsync("/administration/security?text=lab1");
        await security.SubmitAsync(security.Page.QuerySelector("input[name=_handler][value^=guard-]")!.GetAttribute("value")!, ("Form.Act", "reset"));
        await lab.OpenAsync("/account");
        Assert.StartsWith("/sign-in", lab.Location, StringComparison.Ordinal);
        using var again = await site.SignedInAsync("lab1@demo.example", DemonstrationAccounts.Password);
        Assert.Equal("/", again.Location);
    }

    [Theory]
    [InlineData("system@demo.example", "/administration/security")]
    [InlineData("system@demo.example", "/administration/audit")]
    [InlineData("security@demo.example", "/administration/people")]
    [InlineData("security@demo.example", "/administration/organisations")]
    [InlineData("audit@demo.example", "/administration/people")]
    [InlineData("audit@demo.example", "/administration/security")]
    [InlineData("officer@demo.example", "/administration/people")]
    public async Task Each_opens_only_what_its_duty_needs(string email, string page)
    {
        await using var site = await DemonstrationAsync("sqlite");
        using var browser = await site.SignedInAsync(email, DemonstrationAccounts.Password);
        await browser.OpenAsync(page);
        Assert.Contains(browser.Status, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
    }

    [Theory, EachDatabase]
    public async Task An_administrator_is_appointed_at_the_machine_and_changes_the_first_password(string kind)
    {
        await using var site = await TestSite.StartAsync(kind);
        var lab = await site.AddOrganisationAsync("LAB", OrganisationKind.AccreditedLaboratory);
        await site.AddPersonAsync("busy@lab.example", organisation: lab.Id, roles: Role.Expert);
        var refused = await site.WithAsync(services => Administrators.AppointAsync(services, AdministratorDuty.Audit, "busy@lab.example", "Busy"));
        Assert.Equal(["roles-exclude-duty"], refused.Refusals.Select(r => r.Code));
        var appointed = await site.WithAsync(services => Administrators.AppointAsync(services, AdministratorDuty.System, "root@site.example", "Root"));
        Assert.True(appointed.Accepted);
        var second = await site.WithAsync(services => Administrators.AppointAsync(services, AdministratorDuty.Audit, "root@site.example", "Root"));
        Assert.Equal(["duty-second"], second.Refusals.Select(r => r.Code));

        using var browser = await site.SignedInAsync("root@site.example", appointed.Value!);
        await browser.OpenAsync("/account/second-factor");
        var key = browser.Page.QuerySelector("ol code")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        await browser.SubmitAsync("enable", ("Form.Code", Totp.CodeAt(Totp.FromBase32(key), Totp.StepAt(site.Clock.GetUtcNow()))));
        await browser.OpenAsync("/administration/people");
        Assert.Equal("/account/password", browser.Location);
        await site.WithAsync(services => Administrators.DismissAsync(services, "root@site.example"));
        await browser.OpenAsync("/account/password");
        Assert.StartsWith("/sign-in", browser.Location, StringComparison.Ordinal);
    }

    private static Task<TestSite> DemonstrationAsync(string kind) => TestSite.StartAsync(kind, "--Plumbline:Demonstration=true");
}
