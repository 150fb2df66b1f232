using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

using Plumbline.Database;

namespace Plumbline.Registry;

internal static class SessionSetup
{
    /// <summary>People as ASP.NET Core Identity keeps them: passwords, locks, second factors, passkeys.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.Configure<IdentityOptions>(options =>
        {
            options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            options.User.RequireUniqueEmail = true;
            options.SignIn.RequireConfirmedAccount = true;
            options.User.AllowedUserNameCharacters = "";
            // PasswordRules says what a password needs, in the reader's words.
            options.Password = new PasswordOptions { RequiredLength = 1, RequireDigit = false, RequireLowercase = false, RequireNonAlphanumeric = false, RequireUppercase = false, RequiredUniqueChars = 1 };
        });
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // The device asks for a finger, a face or a PIN: only then is a passkey two factors, and worth the second step.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
        });
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromHours(1));
        services.AddScoped<IUserConfirmation<Person>, NotDisabled>();
        services.AddIdentityCore<Person>()
            .AddUserManager<PersonManager>()
            .AddEntityFrameworkStores<PlumblineDb>()
            .AddTokenProvider<DataProtectorTokenProvider<Person>>(TokenOptions.DefaultProvider)
            .AddTokenProvider<TotpProvider>(TokenOptions.DefaultAuthenticatorProvider);
        return services;
    }

    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        // Keys lie in the database, as protected as everything else there; the framework would warn of that at every start.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        services.AddDataProtection().SetApplicationName("Plumbline");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceScopeFactory, TimeProvider>((options, scopes, clock) => options.XmlRepository = new ProtectionKeys(scopes, clock));
        services.AddScoped<SessionCookie>();
        services.AddScoped<IAuthorizationHandler, AccessHandler>();
        new IdentityBuilder(typeof(Person), services).AddSignInManager();
        services.AddAuthentication(Access.Scheme)
            .AddPolicyScheme(Access.Scheme, null, options => options.ForwardDefaultSelector = ChooseScheme)
            .AddIdentityCookies();
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options =>
        {
            options.EventsType = typeof(SessionCookie);
            options.Cookie.Name = "plumbline.session";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // The session's row says when it ends; the cookie only has to live longer.
            options.ExpireTimeSpan = TimeSpan.FromDays(2);
            options.SlidingExpiration = true;
        });
        services.ConfigureAll<CookieAuthenticationOptions>(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, options => options.Cookie.Name = "plumbline.second-step");
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ExternalScheme, options => options.Cookie.Name = "plumbline.external");
        var authorization = services.AddAuthorizationBuilder();
        foreach (var policy in Access.Policies.Keys)
            authorization.AddPolicy(policy, builder => builder.AddRequirements(new AccessRequirement(policy)));
        return services;
    }

    // A token speaks to the API and fetches files: pages would let one of narrow scope do all that its owner may.
    private static string ChooseScheme(HttpContext http)
    {
        var bearer = (http.Request.IsApi() || http.Request.Path.StartsWithSegments("/files")) && http.Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);
        return bearer && http.RequestServices.GetRequiredService<IOptions<AuthenticationOptions>>().Value.SchemeMap.ContainsKey(Access.TokenScheme) ? Access.TokenScheme : IdentityConstants.ApplicationScheme;
    }
}
