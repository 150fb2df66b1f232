using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using QRCoder;

namespace Plumbline.Registry;

/// <summary>What an authenticator application needs: the key, and the same as a picture.</summary>
internal sealed record Enrolment(string Key, string QrCode);

/// <summary>双因素验证: switches the second step of a person's own sign-in on and off.</summary>
internal sealed class SecondFactor(PlumblineDb db, SignInManager<Person> manager, IUserStore<Person> store, Actor actor, AccessSettings settings, Notices notices, TimeProvider clock)
{
    private const int Codes = 10;

    private UserManager<Person> People => manager.UserManager;
    private IUserAuthenticatorKeyStore<Person> Keys => (IUserAuthenticatorKeyStore<Person>)store;

    public Task<Person> MeAsync(CancellationToken cancel = default) => db.People.SingleAsync(p => p.Id == actor.PersonId, cancel);

    public bool IsRequired(Person me) => !(me.IsDemonstration && settings.Demonstration) && (me.Duty != AdministratorDuty.None || settings.RequireSecondFactor);

    public Task<int> CountCodesAsync(Person me) => People.CountRecoveryCodesAsync(me);

    /// <summary>The key to enrol with; the same one until it is confirmed by a code.</summary>
    public async Task<Enrolment> BeginAsync(Person me, CancellationToken cancel = default)
    {
        var key = await Keys.GetAuthenticatorKeyAsync(me, cancel);
        if (string.IsNullOrEmpty(key))
        {
            key = Totp.NewKey();
            await Keys.SetAuthenticatorKeyAsync(me, key, cancel);
            await db.SaveChangesAsync(cancel);
        }
        var address = $"otpauth://totp/Plumbline:{Uri.EscapeDataString(me.Email!)}?secret={key}&issuer=Plumbline&digits=6&period={Totp.StepSeconds}";
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return new(key, "data:image/svg+xml;base64," + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(code.GetGraphic(4))));
    }

    /// <summary>Switches it on when the code shows that the application has the key. The recovery codes are told this once.</summary>
    public async Task<Outcome<IReadOnlyList<string>>> EnableAsync(string? code, CancellationToken cancel = default)
    {
        var me = await MeAsync(cancel);
        if (string.IsNullOrWhiteSpace(code))
            return new Refusal("code-missing", "Code");
        if (!await People.VerifyTwoFactorTokenAsync(me, TokenOptions.DefaultAuthenticatorProvider, code.Replace(" ", "", StringComparison.Ordinal)))
            return new Refusal("code-wrong", "Code");
        await People.SetTwoFactorEnabledAsync(me, true);
        return await NewCodesAsync(me, "second-factor-on", cancel);
    }

    public async Task<Outcome<IReadOnlyList<string>>> RenewCodesAsync(string? password, CancellationToken cancel = default)
    {
        var me = await MeAsync(cancel);
        return await CheckAsync(me, password) is { } refusal ? refusal : await NewCodesAsync(me, "recovery-codes-new", cancel);
    }

    public async Task<Outcome<Done>> DisableAsync(string? password, CancellationToken cancel = default)
    {
        var me = await MeAsync(cancel);
        if (IsRequired(me))
            return new Refusal("second-factor-required");
        if (await CheckAsync(me, password) is { } refusal)
            return refusal;
        await People.SetTwoFactorEnabledAsync(me, false);
        await Keys.SetAuthenticatorKeyAsync(me, "", cancel);
        notices.Add(me.Id, "second-factor-off", "/account/second-factor", clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        await manager.RefreshSignInAsync(me);
        return Done.It;
    }

    private async Task<Outcome<IReadOnlyList<string>>> NewCodesAsync(Person me, string notice, CancellationToken cancel)
    {
        string[] codes = [.. (await People.GenerateNewTwoFactorRecoveryCodesAsync(me, Codes))!];
        notices.Add(me.Id, notice, "/account/second-factor", clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        await manager.RefreshSignInAsync(me);
        return codes;
    }

    private async Task<Refusal?> CheckAsync(Person me, string? password)
    {
        if (string.IsNullOrEmpty(password))
            return new("password-current-missing", "Password");
        var result = await manager.CheckPasswordSignInAsync(me, password, lockoutOnFailure: true);
        return result.Succeeded ? null : new("password-current", "Password");
    }
}
