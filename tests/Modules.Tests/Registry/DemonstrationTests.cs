using Microsoft.EntityFrameworkCore;
using Plumbline.Modules.Tests.Web;
using Plumbline.Registry;
using Plumbline.Web;

namespace Plumbline.Modules.Tests.Registry;

public class DemonstrationTests
{
    [Theory, EachDatabase]
    public async Task It_is_entered_once_and_breaks_no_rule_of_our_own(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var db = database.Open();
        await RegistryDemonstration.SeedAsync(db, database.Clock);
        await RegistryDemonstration.SeedAsync(db, database.Clock);
        var organisations = await db.Organisations.ToDictionaryAsync(o => o.Id);
        Assert.All(organisations.Values, o => Assert.Empty(CreditCode.Refusals(o.CreditCode!)));
        Assert.All(organisations.Values, o => Assert.True(o.IsDemonstration && o.Name.StartsWith("示例", StringComparison.Ordinal)));
        Assert.Equal(DemonstrationAccounts.All.Count, await db.People.CountAsync());
        var memberships = await db.Memberships.ToListAsync();
        Assert.All(memberships, m => Assert.True(RoleRules.Fits(m.Role, organisations[m.OrganisationId].Kind)));
        Assert.Equal(Enum.GetValues<Role>().Order(), memberships.Select(m => m.Role).Distinct().Order());
        Assert.Empty(await db.People.Where(p => p.Duty != AdministratorDuty.None && p.Memberships.Count > 0).ToListAsync());
    }

    [Fact]
    public async Task Every_account_can_sign_in_and_the_sign_in_page_lists_them()
    {
        await using var site = await TestSite.StartAsync("sqlite", "--Plumbline:Demonstration=true");
        using var browser = site.Browser();
        await browser.OpenAsync("/sign-in");
        Assert.All(DemonstrationAccounts.All, a => Assert.Contains(a.Email, browser.Html, StringComparison.Ordinal));
        foreach (var account in DemonstrationAccounts.All.Where(a => a.Duty != AdministratorDuty.None).Append(DemonstrationAccounts.All[0]))
        {
            using var person = await site.SignedInAsync(account.Email, DemonstrationAccounts.Password);
            Assert.Equal("/", person.Location);
        }
    }

    [Fact]
    public async Task It_is_refused_in_Production_with_a_reason()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Site.BuildAsync(["--environment", "Production", "--Plumbline:Demonstration=true", $"--ConnectionStrings:Plumbline={database.ConnectionString}"]));
        Assert.Contains("Development only", thrown.Message, StringComparison.Ordinal);
    }
}
