using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Plumbline.Database;

namespace Plumbline.Registry;

/// <summary>统一认证: signs in a person whom an OpenID Connect provider vouches for and who has an account here already. It makes no accounts.</summary>
internal sealed class ProviderSignIn(SignInManager<Person> manager, PlumblineDb db, ActorContext actors, TimeProvider clock)
{
    private const string Scheme = "OpenIdConnect";

    public static void Add(IServiceCollection services, IConfiguration settings)
    {
        services.AddScoped<ProviderSignIn>();
        if (SignInProvider.Of(settings["Plumbline:OpenIdConnect:Name"], settings["Plumbline:OpenIdConnect:Authority"]) is not { } provider)
            return;
        services.AddSingleton(provider);
        services.AddAuthentication().AddOAuth<ProviderOptions, ProviderHandler>(Scheme, options =>
        {
            var authority = new Uri(provider.Authority);
            options.Provider = new ConfigurationManager<OpenIdConnectConfiguration>($"{provider.Authority.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever { RequireHttps = !authority.IsLoopback });
            options.ClientId = settings["Plumbline:OpenIdConnect:ClientId"] ?? throw new InvalidOperationException("Plumbline:OpenIdConnect:ClientId is missing.");
            options.ClientSecret = settings["Plumbline:OpenIdConnect:ClientSecret"] ?? throw new InvalidOperationException("Plumbline:OpenIdConnect:ClientSecret is missing.");
            // Replaced by what discovery says; the framework wants them to be set.
            (options.AuthorizationEndpoint, options.TokenEndpoint) = (provider.Authority, provider.Authority);
            options.CallbackPath = "/sign-in/provider/callback";
            options.SignInScheme = IdentityConstants.ExternalScheme;
            options.UsePkce = true;
            (options.CorrelationCookie.SameSite, options.CorrelationCookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
            options.Scope.Add("openid");
            options.Scope.Add("email");
            options.Scope.Add("profile");
            options.Events = new OAuthEvents
            {
                OnRemoteFailure = context =>
                {
                    context.Response.Redirect("/sign-in?failed=provider-failed");
                    context.HandleResponse();
                    return Task.CompletedTask;
                },
            };
        });
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<SignInProvider>() is null)
            return;
        routes.MapGet("/sign-in/provider", (string? returnUrl, SignInManager<Person> manager) =>
            Results.Challenge(manager.ConfigureExternalAuthenticationProperties(Scheme, "/sign-in/provider/done?returnUrl=" + Uri.EscapeDataString(LocalAddress.Or(returnUrl))), [Scheme])).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/sign-in/provider/done", async (string? returnUrl, ProviderSignIn signIn, HttpContext http) => Results.LocalRedirect(await signIn.FinishAsync(LocalAddress.Or(returnUrl), http))).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Where to go next.</summary>
    private async Task<string> FinishAsync(string target, HttpContext http)
    {
        if (await manager.GetExternalLoginInfoAsync() is not { } login)
            return "/sign-in?failed=provider-failed";
        await http.SignOutAsync(IdentityConstants.ExternalScheme);
        var person = await manager.UserManager.FindByLoginAsync(login.LoginProvider, login.ProviderKey) ?? await LinkAsync(login);
        var result = person is null ? SignInResult.Failed : await manager.ExternalLoginSignInAsync(login.LoginProvider, login.ProviderKey, isPersistent: false, bypassTwoFactor: false);
        if (result.RequiresTwoFactor)
            return $"/sign-in/second-factor?returnUrl={Uri.EscapeDataString(target)}";
        var kind = result.Succeeded ? SignInResultKind.Accepted : person is null ? SignInResultKind.UnknownAtProvider : result.IsLockedOut ? SignInResultKind.LockedOut : SignInResultKind.Disabled;
        db.SignInAttempts.Add(SignInAttempt.Of(person?.Email ?? login.Principal.FindFirstValue(ClaimTypes.Email) ?? "", person, kind, actors.Address, http.Request.Headers.UserAgent, clock.GetUtcNow()));
        await db.SaveChangesAsync();
        return result.Succeeded ? target : "/sign-in?failed=provider-unknown";
    }

    /// <summary>Ties the provider's person to the account of the same address, where both sides have seen that the address is theirs: else who registers somebody else's address first would share the account.</summary>
    private async Task<Person?> LinkAsync(ExternalLoginInfo login)
    {
        if (login.Principal.FindFirstValue(ClaimTypes.Email) is not { } email || await manager.UserManager.FindByEmailAsync(email) is not { EmailConfirmed: true, DisabledAt: null } person)
            return null;
        return (await manager.UserManager.AddLoginAsync(person, login)).Succeeded ? person : null;
    }
}
