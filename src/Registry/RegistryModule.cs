using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>The module's door: what it registers and which routes it answers.</summary>
public static class RegistryModule
{
    /// <summary>What the module needs without a web server: tables, the audit trail, texts.</summary>
    public static IServiceCollection AddRegistry(this IServiceCollection services) => services
        .AddSingleton<IModelPart, RegistryModel>()
        .AddScoped<ActorContext>()
        .AddScoped(provider => provider.GetRequiredService<ActorContext>().Actor)
        .AddScoped<IChangeRecorder, AuditTrail>()
        .AddScoped<AuditChain>()
        .AddSingleton<IModelPart, RuleModel>()
        .AddSingleton<RuleCache>()
        .AddScoped<Rules>()
        .AddScoped<ProposeRule>()
        .AddScoped<DecideRule>()
        .AddScoped<ImportRules>()
        .AddScoped<ImportRegions>()
        .AddSingleton<IModelPart, FileModel>()
        .AddSingleton<FileStore>()
        .AddScoped<Files>()
        .AddSingleton<IModelPart, NoticeModel>()
        .AddScoped<Notices>()
        .AddScoped<Outbox>()
        .AddSingleton<IModelPart, TokenModel>()
        .AddScoped<AccessTokens>()
        .AddSingleton<IModelPart, RequestKeyModel>()
        .AddSingleton<PublicPages>()
        .AddTexts<RegistryTexts>();

    /// <summary>What signing in and the module's pages need inside the server.</summary>
    public static IServiceCollection AddRegistryWeb(this IServiceCollection services, IConfiguration settings, IHostEnvironment environment)
    {
        services.AddSingleton(new AccessSettings(RegistryDemonstration.IsOn(settings, environment), settings.GetValue("Plumbline:RequireSecondFactor", false)));
        services.AddPeople().AddSessions();
        ProviderSignIn.Add(services, settings);
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TokenHandler>(Access.TokenScheme, null);
        return services
            .AddScoped<SignIn>()
            .AddScoped<FindOrganisations>()
            .AddScoped<RegisterOrganisation>()
            .AddScoped<DecideRegistration>()
            .AddScoped<EditOrganisation>()
            .AddScoped<ManagePeople>()
            .AddScoped<AcceptInvitation>()
            .AddScoped<ManageAccount>()
            .AddScoped<SecondFactor>()
            .AddScoped<ForgottenPassword>()
            .AddScoped<ManagePasskeys>()
            .AddScoped<AdministerAccounts>()
            .AddScoped<AdministerOrganisations>()
            .AddScoped<AdministerSecurity>();
    }

    /// <summary>Between authentication and authorization: who the request acts for.</summary>
    public static IApplicationBuilder UseActor(this IApplicationBuilder app) => app.UseMiddleware<ActorMiddleware>();

    /// <summary>After authorization: what tokens and programs may do, and each request with an Idempotency-Key once.</summary>
    public static IApplicationBuilder UseApiGate(this IApplicationBuilder app) => app.UseMiddleware<ApiGate>().UseMiddleware<Idempotency>();

    /// <summary>Brings in what ships with the software; called at every start, after the schema is up to date.</summary>
    public static async Task PrepareRegistryAsync(this IServiceProvider services, CancellationToken cancel = default)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorContext>().Actor = Actor.System;
        await ShippedRegions.LoadAsync(scope.ServiceProvider.GetRequiredService<PlumblineDb>(), cancel);
        await ShippedRules.LoadAsync(scope.ServiceProvider.GetRequiredService<PlumblineDb>(), scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(), cancel);
    }

    public static void MapRegistry(this IEndpointRouteBuilder routes)
    {
        AccessTokens.Map(routes);
        routes.MapOrganisations();
        routes.MapPeople();
        routes.MapAccount();
        RuleRoutes.Map(routes);
        FileRoutes.Map(routes);
        NoticeRoutes.Map(routes);
        AuditSearch.Map(routes);
        ManagePasskeys.Map(routes);
        ProviderSignIn.Map(routes);
        routes.MapPost("/sign-out", async (SignInManager<Person> manager) =>
        {
            await manager.SignOutAsync();
            return Results.Redirect("/");
        }).RequireAuthorization(Access.SignedIn).ExcludeFromDescription();
    }
}
