using System.Net;
using Microsoft.EntityFrameworkCore;
using Plumbline.Modules.Tests.Web;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

public class SignInTests
{
    [Theory, EachDatabase]
    public async Task A_person_signs_in_is_named_and_signs_out(string kind)
    {
        await using var site = await TestSite.StartAsync(kind);
        await site.AddPersonAsync("ann@lab.example");
        using var browser = await site.SignedInAsync("ann@lab.example");
        Assert.Equal((HttpStatusCode.Redirect, "/"), (browser.Status, browser.Location));
        await using (var db = site.Open())
            Assert.Null((await db.Sessions.SingleAsync()).EndedAt);

        await browser.OpenAsync("/sign-in");
        Assert.Contains("ann", browser.Page.QuerySelector(".tools")!.TextContent, StringComparison.Ordinal);
        await browser.SubmitAsync("/sign-out");
        Assert.Equal(HttpStatusCode.Redirect, browser.Status);
        await browser.OpenAsync("/sign-in");
        Assert.DoesNotContain("ann", browser.Page.QuerySelector(".tools")!.TextContent, StringComparison.Ordinal);
        await using (var db = site.Open())
        {
            Assert.NotNull((await db.Sessions.SingleAsync()).EndedAt);
            Assert.Equal(SignInResultKind.Accepted, (await db.SignInAttempts.SingleAsync()).Result);
            Assert.Contains(await db.Audit.ToListAsync(), e => e.Subject == "session" && e.PersonName == "ann" && e.Address == "127.0.0.1");
        }
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_account_and_a_disabled_one_are_answered_alike()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync("ann@lab.example");
        var gone = await site.AddPersonAsync("gone@lab.example");
        await using (var db = site.Open())
            await db.People.Where(p => p.Id == gone.Id).ExecuteUpdateAsync(p => p.SetProperty(x => x.DisabledAt, site.Clock.GetUtcNow()));
        var answers = new List<string>();
        foreach (var (email, password) in new[] { ("ann@lab.example", "wrong"), ("nobody@lab.example", "wrong"), ("gone@lab.example", TestSite.Password) })
        {
            using var browser = await site.SignedInAsync(email, password);
            Assert.Equal(["sign-in-failed"], browser.Refusals);
            answers.Add(browser.Page.QuerySelector("#errors")!.InnerHtml);
        }
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task What_is_missing_is_named_all_at_once()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = await site.SignedInAsync("", "");
        Assert.Equal(["email-missing", "password-missing"], browser.Refusals);
    }

    [Fact]
    public async Task Five_failures_lock_the_account_for_a_quarter_of_an_hour()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync("ann@lab.example");
        for (var failure = 0; failure < 5; failure++)
            (await site.SignedInAsync("ann@lab.example", "wrong")).Dispose();
        using (var locked = await site.SignedInAsync("ann@lab.example"))
            Assert.Equal(["sign-in-failed"], locked.Refusals);
        site.Clock.Now += TimeSpan.FromMinutes(16);
        using var later = await site.SignedInAsync("ann@lab.example");
        Assert.Equal(HttpStatusCode.Redirect, later.Status);
        await using var db = site.Open();
        Assert.Equal(SignInResultKind.LockedOut, (await db.SignInAttempts.OrderByDescending(a => a.At).Skip(1).FirstAsync()).Result);
    }

    [Fact]
    public async Task Guesses_that_arrive_together_are_all_counted()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync("ann@lab.example");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ => (await site.SignedInAsync("ann@lab.example", "wrong")).Dispose()));
        await using var db = site.Open();
        Assert.NotNull((await db.People.SingleAsync()).LockoutEnd);
    }

    [Fact]
    public async Task An_idle_session_ends()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync("ann@lab.example");
        using var browser = await site.SignedInAsync("ann@lab.example");
        site.Clock.Now += TimeSpan.FromMinutes(20);
        await browser.OpenAsync("/sign-in");
        Assert.NotNull(browser.Page.QuerySelector("form[action='/sign-out']"));
        site.Clock.Now += TimeSpan.FromMinutes(20);
        await browser.OpenAsync("/sign-in");
        Assert.NotNull(browser.Page.QuerySelector("form[action='/sign-out']"));
        site.Clock.Now += TimeSpan.FromMinutes(31);
        await browser.OpenAsync("/sign-in");
        Assert.Null(browser.Page.QuerySelector("form[action='/sign-out']"));
    }

    [Fact]
    public async Task A_session_ended_elsewhere_is_refused_at_its_next_request()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync("ann@lab.example");
        using var browser = await site.SignedInAsync("ann@lab.example");
        await using (var db = site.Open())
            await db.Sessions.ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, site.Clock.GetUtcNow()));
        await browser.OpenAsync("/sign-in");
        Assert.Null(browser.Page.QuerySelector("form[action='/sign-out']"));
    }

    [Theory]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/comparisons?state=Draft", "/comparisons?state=Draft")]
    public async Task After_signing_in_only_a_page_of_this_site_follows(string returnUrl, string expected)
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync("ann@lab.example");
        using var browser = site.Browser();
        await browser.OpenAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl));
        await browser.SubmitAsync("sign-in", ("Form.Email", "ann@lab.example"), ("Form.Password", TestSite.Password));
        Assert.Equal(expected, browser.Location);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync("ann@lab.example");
        using var browser = site.Browser();
        using var answer = await browser.Client.PostAsync("/sign-in", new FormUrlEncodedContent([new("_handler", "sign-in"), new("Form.Email", "ann@lab.example"), new("Form.Password", TestSite.Password)]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
