using System.Net;
using Microsoft.EntityFrameworkCore;
using Plumbline.Modules.Tests.Web;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

public class RegisterOrganisationTests
{
    private const string Email = "first@newlab.example";

    private static readonly (string, string)[] Good =
    [
        ("Form.Organisation.Name", "新实验室"), ("Form.Organisation.Code", "NEWLAB"), ("Form.Organisation.CreditCode", "91350100m000100y43"), ("Form.Organisation.Kind", "AccreditedLaboratory"), ("Form.Organisation.Region", "350000"),
        ("Form.PersonName", "First Person"), ("Form.PersonEmail", Email), ("Form.Password", TestSite.Password), ("Form.Repeated", TestSite.Password),
    ];

    [Theory, EachDatabase]
    public async Task A_laboratory_registers_its_province_approves_and_its_manager_may_act(string kind)
    {
        await using var site = await TestSite.StartAsync(kind);
        var (officer, elsewhere) = await RegulatorsAsync(site);
        await RegisterAsync(site, Good);
        using var manager = await site.SignedInAsync(Email);
        await manager.OpenAsync("/organisations/NEWLAB/people");
        Assert.Equal(HttpStatusCode.NotFound, manager.Status);

        using (var other = await site.SignedInAsync(elsewhere))
        {
            await other.OpenAsync("/organisations/pending");
            Assert.DoesNotContain("NEWLAB", other.Html, StringComparison.Ordinal);
        }
        using var browser = await site.SignedInAsync(officer);
        await browser.OpenAsync("/organisations/pending");
        await browser.SubmitAsync("decide-NEWLAB", ("Form.Approve", "false"));
        Assert.Equal(["rejection-reason-missing"], browser.Refusals);
        await browser.SubmitAsync("decide-NEWLAB", ("Form.Approve", "true"));
        Assert.Equal("/organisations/pending?done=approved", browser.Location);

        await manager.OpenAsync("/organisations/NEWLAB/people");
        Assert.Equal(HttpStatusCode.OK, manager.Status);
        await using var db = site.Open();
        var organisation = await db.Organisations.SingleAsync(o => o.Code == "NEWLAB");
        Assert.Equal((OrganisationState.Active, "91350100M000100Y43"), (organisation.State, organisation.CreditCode));
        Assert.Contains(await db.Mail.ToListAsync(), m => m.Key == "registration-approved");
        Assert.Contains(await db.Notices.ToListAsync(), n => n.Key == "registration-to-decide");
    }

    [Theory, EachDatabase]
    public async Task A_rejection_says_why_and_gives_no_rights(string kind)
    {
        await using var site = await TestSite.StartAsync(kind);
        var (officer, _) = await RegulatorsAsync(site);
        await RegisterAsync(site, Good);
        using var browser = await site.SignedInAsync(officer);
        await browser.OpenAsync("/organisations/pending");
        await browser.SubmitAsync("decide-NEWLAB", ("Form.Approve", "false"), ("Form.Reason", "材料不全"));
        Assert.Equal("/organisations/pending?done=rejected", browser.Location);
        await using var db = site.Open();
        Assert.Equal("材料不全", (await db.Organisations.SingleAsync(o => o.Code == "NEWLAB")).StateReason);
        using var anybody = site.Browser();
        await anybody.OpenAsync("/organisations/NEWLAB");
        Assert.Equal(HttpStatusCode.NotFound, anybody.Status);
    }

    [Fact]
    public async Task Everything_wrong_is_named_at_once_with_its_field()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browser();
        await browser.OpenAsync("/organisations/register");
        await browser.SubmitAsync("register", ("Form.Organisation.Code", "register"), ("Form.Organisation.CreditCode", "91350100M000100Y44"), ("Form.PersonEmail", "nonsense"), ("Form.Password", "short"), ("Form.Repeated", "shorter"));
        string[] expected = ["organisation-name-missing", "organisation-code-reserved", "organisation-kind", "organisation-region", "credit-code-check", "name-missing", "email-form", "password-short", "password-kinds", "password-repeat"];
        Assert.Equal(expected, browser.Refusals);
        Assert.Contains("ask for 3, here 4", browser.Page.QuerySelector("[data-code=credit-code-check]")!.TextContent, StringComparison.Ordinal);
        Assert.All(browser.Page.QuerySelectorAll("#errors a"), a => Assert.NotNull(browser.Page.QuerySelector(a.GetAttribute("href")!)));
    }

    [Fact]
    public async Task An_address_that_has_an_account_gets_the_same_answer_and_a_letter()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync(Email);
        await RegisterAsync(site, Good);
        await using var db = site.Open();
        Assert.False(await db.Organisations.AnyAsync());
        Assert.Equal("registration-account-exists", (await db.Mail.SingleAsync()).Key);
    }

    [Fact]
    public async Task A_code_is_taken_once()
    {
        await using var site = await TestSite.StartAsync();
        await RegisterAsync(site, Good);
        using var browser = site.Browser();
        await browser.OpenAsync("/organisations/register");
        await browser.SubmitAsync("register", [.. Good.Where(g => g.Item1 is not ("Form.Organisation.Code" or "Form.PersonEmail")), ("Form.Organisation.Code", "newlab"), ("Form.PersonEmail", "second@newlab.example")]);
        Assert.Equal(["organisation-code-taken", "credit-code-taken"], browser.Refusals);
    }

    [Theory]
    [InlineData(OrganisationKind.ProvincialRegulator, "350000", OrganisationKind.Maker, "350000", true)]
    [InlineData(OrganisationKind.ProvincialRegulator, "350000", OrganisationKind.Maker, "110000", false)]
    [InlineData(OrganisationKind.NationalRegulator, "000000", OrganisationKind.Maker, "110000", true)]
    [InlineData(OrganisationKind.NationalRegulator, "000000", OrganisationKind.AccreditedLaboratory, "foreign", true)]
    [InlineData(OrganisationKind.ProvincialRegulator, "350000", OrganisationKind.ProvincialRegulator, "350000", false)]
    [InlineData(OrganisationKind.NationalRegulator, "000000", OrganisationKind.ProvincialRegulator, "350000", true)]
    [InlineData(OrganisationKind.Society, "000000", OrganisationKind.Maker, "350000", false)]
    public void A_regulator_decides_on_its_region_and_below(OrganisationKind kind, string region, OrganisationKind applicant, string where, bool may)
    {
        var tree = new RegionTree([Region("000000", null), Region("350000", "000000"), Region("110000", "000000")]);
        Assert.Equal(may, Supervision.MayDecide(Organisation(kind, region), Organisation(applicant, where), tree));
    }

    [Fact]
    public async Task The_public_register_is_filtered_by_text_kind_and_region_and_shows_no_contacts()
    {
        await using var site = await TestSite.StartAsync("sqlite", "--Plumbline:Demonstration=true");
        using var browser = site.Browser();
        await browser.OpenAsync("/organisations?region=990000&kind=LegalVerificationInstitution");
        Assert.Equal(2, browser.Page.QuerySelectorAll("tbody tr").Length);
        await browser.OpenAsync("/organisations?text=aerospace");
        Assert.Equal("DEMO-LAB-6", browser.Page.QuerySelector("tbody td")!.TextContent);
        await browser.OpenAsync("/api/organisations/DEMO-LAB-6");
        Assert.Contains("\"contactName\":null", browser.Html, StringComparison.Ordinal);
        using var person = await site.SignedInAsync("lab1@demo.example", DemonstrationAccounts.Password);
        await person.OpenAsync("/organisations/DEMO-LAB-6");
        Assert.Contains("010-00000000", person.Html, StringComparison.Ordinal);
    }

    private static Region Region(string code, string? parent) => new() { Code = code, Parent = parent, Name = code, NameEn = code, ShortName = code, Type = "x", Source = "own" };

    private static Organisation Organisation(OrganisationKind kind, string region) => new() { Id = Guid.CreateVersion7(), Code = "X", Name = "X", Kind = kind, Region = region, RegisteredAt = DateTimeOffset.UnixEpoch };

    private static async Task RegisterAsync(TestSite site, (string, string)[] values)
    {
        using var browser = site.Browser();
        await browser.OpenAsync("/organisations/register");
        await browser.SubmitAsync("register", values);
        Assert.Equal("/organisations/register?done=registration", browser.Location);
    }

    private static async Task<(string Officer, string Elsewhere)> RegulatorsAsync(TestSite site)
    {
        var fujian = await site.AddOrganisationAsync("FJ", OrganisationKind.ProvincialRegulator, "350000");
        var beijing = await site.AddOrganisationAsync("BJ", OrganisationKind.ProvincialRegulator, "110000");
        await site.AddPersonAsync("officer@fj.example", organisation: fujian.Id, roles: Role.RegulatorOfficer);
        await site.AddPersonAsync("officer@bj.example", organisation: beijing.Id, roles: Role.RegulatorOfficer);
        return ("officer@fj.example", "officer@bj.example");
    }
}
