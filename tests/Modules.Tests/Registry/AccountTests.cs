using System.Net;
using Microsoft.EntityFrameworkCore;
using Plumbline.Modules.Tests.Web;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

public class AccountTests
{
    private const string Email = "ann@lab.example";
    private const string Better = "Another-horse-8";

    [Theory, EachDatabase]
    public async Task A_change_of_password_ends_the_other_sessions_and_keeps_this_one(string kind)
    {
        await using var site = await TestSite.StartAsync(kind);
        await site.AddPersonAsync(Email);
        using var other = await site.SignedInAsync(Email);
        using var here = await site.SignedInAsync(Email);
        await here.OpenAsync("/account/password");
        await here.SubmitAsync("password", ("Form.Current", "nonsense"), ("Form.Password", "short"), ("Form.Repeated", "other"));
        Assert.Equal(["password-current", "password-short", "password-kinds", "password-repeat"], here.Refusals);
        await here.SubmitAsync("password", ("Form.Current", TestSite.Password), ("Form.Password", Better), ("Form.Repeated", Better));
        Assert.Equal("/account/password?done=password", here.Location);
        await here.OpenAsync("/account/sessions");
        Assert.Equal(HttpStatusCode.OK, here.Status);
        await other.OpenAsync("/account");
        Assert.Equal("/sign-in?returnUrl=%2Faccount", other.Location);
        using var again = await site.SignedInAsync(Email, Better);
        Assert.Equal(HttpStatusCode.Redirect, again.Status);
    }

    [Theory, EachDatabase]
    public async Task A_session_is_listed_and_ended_from_another_browser(string kind)
    {
        await using var site = await TestSite.StartAsync(kind);
        await site.AddPersonAsync(Email);
        using var lost = await site.SignedInAsync(Email);
        using var here = await site.SignedInAsync(Email);
        await here.OpenAsync("/account/sessions");
        Assert.Equal(2, here.Page.QuerySelectorAll(".rows li").Length);
        var form = here.Page.QuerySelector("input[name=_handler][value^=end-]:not([value=end-others])")!.GetAttribute("value")!;
        await here.SubmitAsync(form);
        await lost.OpenAsync("/account");
        Assert.StartsWith("/sign-in", lost.Location, StringComparison.Ordinal);
        await here.OpenAsync("/account");
        Assert.Equal(HttpStatusCode.OK, here.Status);
    }

    [Fact]
    public async Task Nobody_ends_a_session_of_somebody_else()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync(Email);
        var bob = await site.AddPersonAsync("bob@lab.example");
        using var his = await site.SignedInAsync("bob@lab.example");
        using var hers = await site.SignedInAsync(Email);
        Guid session;
        await using (var db = site.Open())
            session = (await db.Sessions.SingleAsync(s => s.PersonId == bob.Id)).Id;
        await hers.OpenAsync("/account");
        using var answer = await hers.SendAsync(HttpMethod.Delete, $"/api/account/sessions/{session}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await his.OpenAsync("/account");
        Assert.Equal(HttpStatusCode.OK, his.Status);
    }

    [Fact]
    public async Task An_old_password_is_changed_before_anything_else()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync(Email);
        await using (var db = site.Open())
            await db.People.ExecuteUpdateAsync(p => p.SetProperty(x => x.PasswordChangedAt, site.Clock.GetUtcNow().AddDays(-181)));
        using var browser = await site.SignedInAsync(Email);
        await browser.FollowAsync();
        Assert.Equal("/account/password", browser.Location);
        await browser.FollowAsync();
        await browser.SubmitAsync("password", ("Form.Current", TestSite.Password), ("Form.Password", Better), ("Form.Repeated", Better));
        await browser.OpenAsync("/account");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    [Fact]
    public async Task The_profile_decides_the_language()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync(Email);
        using var browser = await site.SignedInAsync(Email);
        await browser.OpenAsync("/account");
        Assert.Equal("zh-CN", browser.Page.DocumentElement.GetAttribute("lang"));
        await browser.SubmitAsync("profile", ("Form.Name", "Ann Lee"), ("Form.Language", "en"));
        await browser.FollowAsync();
        Assert.Equal("en", browser.Page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("Ann Lee", browser.Html, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_forgotten_password_is_mended_by_a_link_that_works_once(string kind)
    {
        await using var site = await TestSite.StartAsync(kind);
        await site.AddPersonAsync(Email);
        using var signedIn = await site.SignedInAsync(Email);
        using var browser = site.Browser();
        foreach (var email in new[] { "nobody@lab.example", Email })
        {
            await browser.OpenAsync("/forgotten-password");
            await browser.SubmitAsync("forgotten", ("Form.Email", email));
            Assert.Equal("/forgotten-password?done=reset-sent", browser.Location);
        }
        string link;
        await using (var db = site.Open())
            link = (await db.Mail.SingleAsync()).Link!;
        for (var use = 1; use <= 2; use++)
        {
            await browser.OpenAsync(link);
            await browser.SubmitAsync("reset", ("Form.Password", Better), ("Form.Repeated", Better));
            if (use == 1)
                Assert.Equal("/sign-in?done=password", browser.Location);
            else
                Assert.Equal(["reset-link"], browser.Refusals);
        }
        await signedIn.OpenAsync("/account");
        Assert.StartsWith("/sign-in", signedIn.Location, StringComparison.Ordinal);
        using var again = await site.SignedInAsync(Email, Better);
        Assert.Equal(HttpStatusCode.Redirect, again.Status);
    }

    [Theory]
    [InlineData("/reset-password?person=0199c0de-0000-7000-8000-000000000000&token=abcd")]
    [InlineData("/reset-password?person=0199c0de-0000-7000-8000-000000000000&token=%25%25%25")]
    [InlineData("/reset-password")]
    public async Task A_made_up_link_is_refused(string link)
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browser();
        await browser.OpenAsync(link);
        await browser.SubmitAsync("reset", ("Form.Password", Better), ("Form.Repeated", Better));
        Assert.Equal(["reset-link"], browser.Refusals);
    }
}
