using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Plumbline.Modules.Tests.Web;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

public class SecondFactorTests
{
    private const string Email = "ann@lab.example";

    // RFC 6238, appendix B, the SHA-1 column, cut to six digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long second, string code) =>
        Assert.Equal(code, Totp.CodeAt("12345678901234567890"u8, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(second))));

    [Fact]
    public void Base32_comes_back_as_it_went()
    {
        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.ToBase32("12345678901234567890"u8));
        Assert.Equal("12345678901234567890"u8, Totp.FromBase32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
    }

    [Theory, EachDatabase]
    public async Task Signing_in_takes_a_second_step_and_a_code_works_once(string kind)
    {
        await using var site = await TestSite.StartAsync(kind);
        await site.AddPersonAsync(Email);
        var (key, _) = await EnrolAsync(site);

        // The code that switched it on is spent.
        using var browser = await site.SignedInAsync(Email);
        Assert.Equal("/sign-in/second-factor?returnUrl=%2F", browser.Location);
        await browser.FollowAsync();
        await browser.SubmitAsync("second-step", ("Form.Code", CodeNow(site, key)));
        Assert.Equal(["code-wrong"], browser.Refusals);

        site.Clock.Now += TimeSpan.FromSeconds(30);
        var code = CodeNow(site, key);
        await browser.SubmitAsync("second-step", ("Form.Code", code));
        Assert.Equal("/", browser.Location);
        using var replay = await site.SignedInAsync(Email);
        await replay.FollowAsync();
        await replay.SubmitAsync("second-step", ("Form.Code", code));
        Assert.Equal(["code-wrong"], replay.Refusals);
        await replay.OpenAsync("/account");
        Assert.StartsWith("/sign-in", replay.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_code_sent_twice_at_once_is_accepted_once()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync(Email);
        var (key, _) = await EnrolAsync(site);
        site.Clock.Now += TimeSpan.FromSeconds(30);
        var browsers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var browser = await site.SignedInAsync(Email);
            await browser.FollowAsync();
            return browser;
        }));
        await Task.WhenAll(browsers.Select(b => b.SubmitAsync("second-step", ("Form.Code", CodeNow(site, key)))));
        Assert.Single(browsers, b => b.Status == HttpStatusCode.Redirect);
        Array.ForEach(browsers, b => b.Dispose());
    }

    [Fact]
    public async Task A_recovery_code_works_once_and_guesses_lock_the_account()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync(Email);
        var (_, codes) = await EnrolAsync(site);
        Assert.Equal(10, codes.Length);
        for (var use = 1; use <= 2; use++)
        {
            using var browser = await site.SignedInAsync(Email);
            await browser.OpenAsync("/sign-in/second-factor?recovery=true");
            await browser.SubmitAsync("second-step", ("Form.Code", codes[0]));
            if (use == 1)
                Assert.Equal("/", browser.Location);
            else
                Assert.Equal(["recovery-code-wrong"], browser.Refusals);
        }
        using var guesser = await site.SignedInAsync(Email);
        await guesser.OpenAsync("/sign-in/second-factor?recovery=true");
        for (var guess = 0; guess < 4; guess++)
            await guesser.SubmitAsync("second-step", ("Form.Code", "AAAAA-AAAAA"));
        await guesser.SubmitAsync("second-step", ("Form.Code", codes[1]));
        Assert.Equal(["locked"], guesser.Refusals);
    }

    [Fact]
    public async Task An_administrator_enrols_before_anything_else_and_cannot_switch_it_off()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync("sec@site.example", AdministratorDuty.Security);
        using var browser = await site.SignedInAsync("sec@site.example");
        await browser.FollowAsync();
        Assert.Equal("/account/second-factor", browser.Location);
        using (var api = await browser.Client.GetAsync("/api/account"))
            Assert.Equal(HttpStatusCode.Forbidden, api.StatusCode);
        await browser.FollowAsync();
        var key = browser.Page.QuerySelector("ol code")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        await browser.SubmitAsync("enable", ("Form.Code", CodeNow(site, key)));
        Assert.Equal(10, browser.Page.QuerySelectorAll(".codes li").Length);
        await browser.OpenAsync("/account/second-factor");
        Assert.Null(browser.Page.QuerySelector("button[name='Form.Disable'][value=true]"));
        await browser.SubmitAsync("factor", ("Form.Password", TestSite.Password), ("Form.Disable", "true"));
        Assert.Equal(["second-factor-required"], browser.Refusals);
    }

    [Fact]
    public async Task Switching_it_off_asks_for_the_password()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync(Email);
        var browser = site.Browser();
        await EnrolAsync(site, browser);
        await browser.OpenAsync("/account/second-factor");
        await browser.SubmitAsync("factor", ("Form.Password", "wrong"), ("Form.Disable", "true"));
        Assert.Equal(["password-current"], browser.Refusals);
        await browser.SubmitAsync("factor", ("Form.Password", TestSite.Password), ("Form.Disable", "true"));
        Assert.Equal("/account/second-factor?done=second-factor-off", browser.Location);
        await using var db = site.Open();
        Assert.False((await db.People.SingleAsync()).TwoFactorEnabled);
        browser.Dispose();
    }

    private static string CodeNow(TestSite site, string key) => Totp.CodeAt(Totp.FromBase32(key), Totp.StepAt(site.Clock.GetUtcNow()));

    private static async Task<(string Key, string[] Codes)> EnrolAsync(TestSite site, TestBrowser? browser = null)
    {
        browser ??= site.Browser();
        await browser.OpenAsync("/sign-in");
        await browser.SubmitAsync("sign-in", ("Form.Email", Email), ("Form.Password", TestSite.Password));
        await browser.OpenAsync("/account/second-factor");
        Assert.StartsWith("data:image/svg+xml;base64,", browser.Page.QuerySelector(".enrol img")!.GetAttribute("src"), StringComparison.Ordinal);
        var key = browser.Page.QuerySelector("ol code")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        await browser.SubmitAsync("enable", ("Form.Code", "000000"));
        Assert.Equal(["code-wrong"], browser.Refusals);
        await browser.SubmitAsync("enable", ("Form.Code", CodeNow(site, key)));
        return (key, [.. browser.Page.QuerySelectorAll(".codes code").Select(c => c.TextContent)]);
    }
}
