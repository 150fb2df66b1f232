using System.Net;
using Microsoft.EntityFrameworkCore;
using Plumbline.Modules.Tests.Web;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

public class PasskeyTests
{
    private const string Email = "ann@lab.example";

    [Theory, EachDatabase]
    public async Task A_passkey_is_registered_signs_in_is_renamed_and_removed(string kind)
    {
        await using var site = await TestSite.StartAsync(kind);
        await site.AddPersonAsync(Email);
        var device = DeviceOf(site);
        using var owner = await RegisterAsync(site, device);

        using var browser = site.Browser();
        await SignInAsync(browser, device);
        Assert.Equal("/", browser.Location);
        await browser.OpenAsync("/account");
        Assert.Equal(HttpStatusCode.OK, browser.Status);

        await owner.OpenAsync("/account/passkeys");
        var form = owner.Page.QuerySelector("input[name=_handler][value^=key-]")!.GetAttribute("value")!;
        await owner.SubmitAsync(form, ("Form.Name", "office"), ("Form.Remove", "false"));
        await owner.FollowAsync();
        Assert.Equal("office", owner.Page.QuerySelector(".rows input[name='Form.Name']")!.GetAttribute("value"));
        await owner.SubmitAsync(form, ("Form.Remove", "true"));
        await owner.FollowAsync();
        Assert.NotNull(owner.Page.QuerySelector(".empty"));
        using var after = site.Browser();
        await SignInAsync(after, device);
        Assert.Equal(["passkey-refused"], after.Refusals);
        await using var db = site.Open();
        Assert.Equal([SignInResultKind.Accepted, SignInResultKind.Accepted, SignInResultKind.WrongPasskey], (await db.SignInAttempts.Select(a => a.Result).ToListAsync()).Order());
    }

    [Fact]
    public async Task An_answer_made_for_another_site_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync(Email);
        var device = DeviceOf(site);
        (await RegisterAsync(site, device)).Dispose();
        device.Origin = "https://evil.example";
        using var browser = site.Browser();
        await SignInAsync(browser, device);
        Assert.Equal(["passkey-refused"], browser.Refusals);
    }

    [Fact]
    public async Task A_device_that_did_not_verify_its_user_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync(Email);
        var device = DeviceOf(site);
        (await RegisterAsync(site, device)).Dispose();
        device.VerifiesUser = false;
        using var browser = site.Browser();
        await SignInAsync(browser, device);
        Assert.Equal(["passkey-refused"], browser.Refusals);
    }

    [Fact]
    public async Task The_same_answer_sent_again_is_refused()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync(Email);
        var device = DeviceOf(site);
        (await RegisterAsync(site, device)).Dispose();
        using var browser = site.Browser();
        var answer = await SignInAsync(browser, device);
        using var thief = site.Browser();
        await thief.OpenAsync("/sign-in/passkey");
        await OptionsAsync(thief, "/sign-in/passkey/options");
        await thief.SubmitAsync("passkey", ("Form.Credential", answer));
        Assert.Equal(["passkey-refused"], thief.Refusals);
    }

    [Theory]
    [InlineData("", "passkey-script")]
    [InlineData("{}", "passkey-refused")]
    [InlineData("nonsense", "passkey-refused")]
    public async Task Nonsense_is_refused_in_words(string credential, string reason)
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browser();
        await browser.OpenAsync("/sign-in/passkey");
        await OptionsAsync(browser, "/sign-in/passkey/options");
        await browser.SubmitAsync("passkey", ("Form.Credential", credential));
        Assert.Equal([reason], browser.Refusals);
    }

    [Fact]
    public async Task A_disabled_account_has_no_passkey_either()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync(Email);
        var device = DeviceOf(site);
        (await RegisterAsync(site, device)).Dispose();
        await using (var db = site.Open())
            await db.People.ExecuteUpdateAsync(p => p.SetProperty(x => x.DisabledAt, site.Clock.GetUtcNow()));
        using var browser = site.Browser();
        await SignInAsync(browser, device);
        Assert.Equal(["passkey-refused"], browser.Refusals);
    }

    private static SoftwareAuthenticator DeviceOf(TestSite site) => new(site.Address.GetLeftPart(UriPartial.Authority));

    private static async Task<TestBrowser> RegisterAsync(TestSite site, SoftwareAuthenticator device)
    {
        var browser = await site.SignedInAsync(Email);
        await browser.OpenAsync("/account/passkeys");
        var credential = device.Create(await OptionsAsync(browser, "/account/passkeys/options"));
        await browser.SubmitAsync("add-passkey", ("Form.Credential", credential), ("Form.Name", "laptop"));
        Assert.True(browser.Location == "/account/passkeys?done=passkey-added", $"{browser.Status}: {string.Join(", ", browser.Refusals)}");
        return browser;
    }

    private static async Task<string> SignInAsync(TestBrowser browser, SoftwareAuthenticator device)
    {
        await browser.OpenAsync("/sign-in/passkey");
        var answer = device.Get(await OptionsAsync(browser, "/sign-in/passkey/options"));
        await browser.SubmitAsync("passkey", ("Form.Credential", answer));
        return answer;
    }

    private static async Task<string> OptionsAsync(TestBrowser browser, string address)
    {
        using var answer = await browser.Client.PostAsync(address, null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
