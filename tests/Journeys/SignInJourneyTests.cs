using Plumbline.Registry;

namespace Plumbline.Journeys;

/// <summary>The second ways to sign in, in a real browser: the key of a device, and the six digits of an app.</summary>
public sealed class SignInJourneyTests(Browsers browsers)
{
    private const string Email = "person@example.org";

    [BrowserTheory, InlineData("zh", false), InlineData("en", true)]
    public async Task A_passkey_is_added_signs_in_and_is_removed(string language, bool dark)
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync(Email, organisation: (await site.AddOrganisationAsync("LAB", OrganisationKind.AccreditedLaboratory)).Id, roles: Role.TechnicalContact);
        // The standard allows passkeys for names only, not for numeric addresses.
        await using var window = await browsers.OpenAsync(new UriBuilder(site.Address) { Host = "localhost" }.Uri, new View(390, dark, Language: language));
        await window.AddAuthenticatorAsync();
        await window.GoAsync($"/?lang={language}");
        await window.SignInAsync(Email, TestSite.Password);

        await window.GoAsync("/account/passkeys");
        await window.Page.FillAsync("form[data-passkey] [name='Form.Name']", "办公室");
        await window.Page.PressAsync("form[data-passkey] button.button");
        Assert.Equal(1, await window.Page.Locator("[name='Form.Id']").CountAsync());
        var faults = (await window.FaultsAsync()).Concat(await window.LanguageFaultsAsync()).ToList();

        await window.Page.PressAsync("header form[action='/sign-out'] button");
        await window.GoAsync("/sign-in/passkey?returnUrl=%2Faccount");
        faults.AddRange(await window.FaultsAsync());
        await window.Page.PressAsync("form[data-passkey] button.button");
        Assert.Equal("/account", window.Page.Path());
        Assert.Equal(1, await window.Page.Locator("header form[action='/sign-out']").CountAsync());

        await window.GoAsync("/account/passkeys");
        window.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await window.Page.PressAsync("button[name='Form.Remove'][value=true]");
        Assert.Equal(0, await window.Page.Locator("[name='Form.Id']").CountAsync());

        await window.Page.PressAsync("header form[action='/sign-out'] button");
        await window.GoAsync("/sign-in/passkey");
        await window.Page.PressAsync("form[data-passkey] button.button");
        Assert.Equal(["passkey-refused"], await window.Page.RefusalsAsync());
        Assert.Empty(faults.Concat(window.Errors).Distinct());
    }

    [BrowserTheory, InlineData(true), InlineData(false)]
    public async Task A_second_factor_is_set_up_and_asked_for(bool script)
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync(Email, organisation: (await site.AddOrganisationAsync("LAB", OrganisationKind.AccreditedLaboratory)).Id, roles: Role.TechnicalContact);
        await using var window = await browsers.OpenAsync(site.Address, new View(390, Script: script));
        await window.SignInAsync(Email, TestSite.Password);

        await window.GoAsync("/account/second-factor");
        var faults = (await window.FaultsAsync()).ToList();
        Assert.True(await window.Page.Locator("img[src^='data:image/']").EvaluateAsync<bool>("picture => picture.complete && picture.naturalWidth > 0"), "the QR code is drawn");
        var key = (await window.Page.InnerTextAsync("form ol code")).Replace(" ", "", StringComparison.Ordinal);
        await window.Page.FillAsync("[name='Form.Code']", "000000");
        await window.Page.SendAsync("Form.Code");
        Assert.NotEmpty(await window.Page.RefusalsAsync());
        faults.AddRange(await window.FaultsAsync());
        await window.Page.FillAsync("[name='Form.Code']", CodeNow(site, key));
        await window.Page.SendAsync("Form.Code");
        Assert.Equal(10, await window.Page.Locator("ul.codes code").CountAsync());
        faults.AddRange(await window.FaultsAsync());
        var recovery = await window.Page.Locator("ul.codes code").First.InnerTextAsync();

        await window.Page.PressAsync("header form[action='/sign-out'] button");
        site.Clock.Now = site.Clock.Now.AddMinutes(1);
        await window.SignInAsync(Email, TestSite.Password, "/sign-in/second-factor");
        faults.AddRange(await window.FaultsAsync());
        await window.Page.FillAsync("[name='Form.Code']", CodeNow(site, key));
        await window.Page.SendAsync("Form.Code");
        Assert.Equal(1, await window.Page.Locator("header form[action='/sign-out']").CountAsync());

        await window.Page.PressAsync("header form[action='/sign-out'] button");
        await window.SignInAsync(Email, TestSite.Password, "/sign-in/second-factor");
        await window.Page.PressAsync("main form a[href*='recovery=true']");
        await window.Page.FillAsync("[name='Form.Code']", recovery);
        await window.Page.SendAsync("Form.Code");
        Assert.Equal(1, await window.Page.Locator("header form[action='/sign-out']").CountAsync());
        Assert.Empty(faults.Concat(window.Errors).Distinct());
    }

    private static string CodeNow(TestSite site, string key) => Totp.CodeAt(Totp.FromBase32(key), Totp.StepAt(site.Clock.GetUtcNow()));
}
