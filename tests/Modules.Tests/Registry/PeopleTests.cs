using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Plumbline.Modules.Tests.Web;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

public class PeopleTests
{
    private const string Manager = "boss@lab.example";
    private const string Colleague = "new@lab.example";

    [Theory, EachDatabase]
    public async Task A_colleague_is_invited_by_a_link_that_works_once(string kind)
    {
        await using var site = await TestSite.StartAsync(kind);
        await GivenAsync(site);
        using var manager = await site.SignedInAsync(Manager);
        var link = await InviteAsync(manager, Colleague, Role.TechnicalContact);
        await using (var db = site.Open())
        {
            Assert.DoesNotContain((await db.Invitations.SingleAsync()).SecretHash, link, StringComparison.Ordinal);
            Assert.Equal(link, (await db.Mail.SingleAsync()).Link);
        }
        using var browser = site.Browser();
        await browser.OpenAsync(link);
        await browser.SubmitAsync("accept", ("Form.Name", "New Colleague"), ("Form.Password", TestSite.Password), ("Form.Repeated", TestSite.Password));
        Assert.Equal("/sign-in?done=joined", browser.Location);
        await browser.OpenAsync(link);
        Assert.DoesNotContain("accept", browser.Page.Forms.Select(f => f.QuerySelector("input[name=_handler]")?.GetAttribute("value")));
        using var colleague = await site.SignedInAsync(Colleague);
        await colleague.OpenAsync("/api/account");
        Assert.Contains("TechnicalContact", colleague.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_ends_after_seven_days_and_when_withdrawn()
    {
        await using var site = await TestSite.StartAsync();
        await GivenAsync(site);
        using var manager = await site.SignedInAsync(Manager);
        var withdrawn = await InviteAsync(manager, Colleague, Role.Expert);
        await manager.OpenAsync("/organisations/LAB/people");
        await manager.SubmitAsync(manager.Page.QuerySelector("input[name=_handler][value^=withdraw-]")!.GetAttribute("value")!);
        var late = await InviteAsync(manager, "late@lab.example", Role.Expert);
        site.Clock.Now += TimeSpan.FromDays(7.1);
        foreach (var link in new[] { withdrawn, late, "/invitations/made-up" })
        {
            using var browser = site.Browser();
            await browser.OpenAsync(link);
            Assert.NotNull(browser.Page.QuerySelector("main .empty"));
        }
    }

    [Fact]
    public async Task Somebody_with_an_account_signs_in_to_accept_and_nobody_else_can()
    {
        await using var site = await TestSite.StartAsync();
        await GivenAsync(site);
        await site.AddPersonAsync(Colleague);
        await site.AddPersonAsync("eve@lab.example");
        using var manager = await site.SignedInAsync(Manager);
        var link = await InviteAsync(manager, Colleague, Role.Expert);
        using var eve = await site.SignedInAsync("eve@lab.example");
        await eve.OpenAsync(link);
        await eve.SubmitAsync("accept");
        Assert.Equal(["invitation-for-another"], eve.Refusals);
        using var colleague = await site.SignedInAsync(Colleague);
        await colleague.OpenAsync(link);
        await colleague.SubmitAsync("accept");
        Assert.Equal("/account?done=joined", colleague.Location);
    }

    [Fact]
    public async Task A_role_must_fit_the_organisation_and_the_last_manager_stays()
    {
        await using var site = await TestSite.StartAsync();
        await GivenAsync(site);
        using var manager = await site.SignedInAsync(Manager);
        await manager.OpenAsync("/organisations/LAB/people");
        using (var answer = await manager.SendAsync(HttpMethod.Post, "/api/organisations/LAB/invitations", new { email = "x", roles = new[] { "RegulatorOfficer" } }))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            var problem = await answer.Content.ReadAsStringAsync();
            Assert.Contains("email-form", problem, StringComparison.Ordinal);
            Assert.Contains("role-unfit", problem, StringComparison.Ordinal);
        }
        await manager.SubmitAsync(manager.Page.QuerySelector("input[name=_handler][value^=roles-]")!.GetAttribute("value")!, ("Form.End", "true"));
        Assert.Equal(["last-manager"], manager.Refusals);
    }

    [Theory, EachDatabase]
    public async Task A_manager_gives_and_takes_roles_and_they_hold_at_once(string kind)
    {
        await using var site = await TestSite.StartAsync(kind);
        var lab = await GivenAsync(site);
        var person = await site.AddPersonAsync(Colleague, organisation: lab.Id, roles: Role.QualityContact);
        using var manager = await site.SignedInAsync(Manager);
        using var colleague = await site.SignedInAsync(Colleague);
        await manager.OpenAsync("/organisations/LAB/people");
        using (var answer = await manager.SendAsync(HttpMethod.Put, $"/api/organisations/LAB/people/{person.Id}/roles", new[] { "TechnicalContact", "Auditor" }))
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await colleague.OpenAsync("/api/account");
        Assert.DoesNotContain("QualityContact", colleague.Html, StringComparison.Ordinal);
        Assert.Contains("TechnicalContact", colleague.Html, StringComparison.Ordinal);
        await colleague.OpenAsync("/organisations/LAB/people");
        Assert.Null(colleague.Page.QuerySelector("form[method=post] input[name='Form.Email']"));
        using (var answer = await colleague.SendAsync(HttpMethod.Put, $"/api/organisations/LAB/people/{person.Id}/roles", new[] { "Manager" }))
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await using var db = site.Open();
        Assert.Equal(3, await db.Memberships.CountAsync(m => m.PersonId == person.Id));
    }

    [Theory]
    [InlineData(AdministratorDuty.Security, AdministratorDuty.None, true, "roles-exclude-duty")]
    [InlineData(AdministratorDuty.Security, AdministratorDuty.System, false, "duty-second")]
    [InlineData(AdministratorDuty.Audit, AdministratorDuty.None, false, null)]
    public void Duties_are_never_combined(AdministratorDuty wanted, AdministratorDuty held, bool hasRoles, string? reason) =>
        Assert.Equal(reason is null ? [] : [reason], RoleRules.DutyRefusals(wanted, held, hasRoles).Select(r => r.Code));

    [Fact]
    public void Somebody_with_a_duty_gets_no_role() =>
        Assert.Equal(["duty-excludes-roles"], RoleRules.Refusals([Role.Expert], OrganisationKind.University, AdministratorDuty.Audit).Select(r => r.Code));

    private static async Task<Organisation> GivenAsync(TestSite site)
    {
        var lab = await site.AddOrganisationAsync("LAB", OrganisationKind.AccreditedLaboratory, "350000");
        await site.AddPersonAsync(Manager, organisation: lab.Id, roles: Role.Manager);
        return lab;
    }

    private static async Task<string> InviteAsync(TestBrowser manager, string email, Role role)
    {
        await manager.OpenAsync("/organisations/LAB/people");
        await manager.SubmitAsync("invite", ("Form.Email", email), ("Form.Roles", role.ToString()));
        return new Uri(manager.Page.QuerySelector(".panel.good code")!.TextContent).AbsolutePath;
    }
}
