using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Plumbline.Comparisons;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Issuance;
using Plumbline.Procedures;
using Plumbline.Registry;
using Plumbline.Sheets;

namespace Plumbline.Web;

/// <summary>The one server: builds it from its settings and runs it.</summary>
public static class Site
{
    /// <summary>The modules that bring pages.</summary>
    internal static readonly Assembly[] Modules = [typeof(RegistryModule).Assembly, typeof(IssuanceModule).Assembly, typeof(ComparisonsModule).Assembly];

    /// <summary>Builds the server and brings its database up to date, without starting it, so that tests and the command line can choose its address.</summary>
    public static Task<WebApplication> BuildAsync(string[] args) => BuildAsync(args, null);

    /// <summary>As above; <paramref name="adjust"/> has the last word on services, so that a test can say what time it is.</summary>
    internal static async Task<WebApplication> BuildAsync(string[] args, Action<IServiceCollection>? adjust)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = "Plumbline.Web", ContentRootPath = AppContext.BaseDirectory });
        AddServices(builder);
        adjust?.Invoke(builder.Services);
        var app = builder.Build();
        Configure(app);
        await PrepareAsync(app);
        return app;
    }

    public static async Task RunAsync(string[] args)
    {
        await using var app = await BuildAsync(args);
        await app.RunAsync();
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        var (services, settings) = (builder.Services, builder.Configuration);
        services.AddSingleton(TimeProvider.System);
        services.AddDatabase(settings.GetConnectionString("Plumbline") ?? "Data Source=plumbline.db");
        services.AddInterface(settings["Plumbline:TimeZone"] ?? "Asia/Shanghai");
        services.AddRegistry();
        services.AddProcedures();
        services.AddIssuance();
        services.AddComparisons();
        services.AddTexts<SheetsTexts>();
        services.AddTexts<WebTexts>();
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        // Whoever says nothing about access asks for a signed-in person.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddRegistryWeb(settings, builder.Environment);
        services.AddAntiforgery(options => (options.Cookie.Name, options.Cookie.SecurePolicy, options.HeaderName) = ("plumbline.antiforgery", CookieSecurePolicy.SameAsRequest, "X-CSRF-Token"));
        services.AddJobLoop(settings);
        services.AddProblems().AddRateLimits(settings).AddApiDescription();
        PublicCache.Add(services);
        builder.AddEdge();
        builder.AddObservation();
    }

    private static void Configure(WebApplication app)
    {
        app.UseEdge();
        app.UseSecurityHeaders();
        app.UseLanguage();
        app.UseProblems();
        app.UseRouting();
        // Before anybody is asked who they are: a kept page costs no query. What is kept is already compressed.
        app.UseOutputCache();
        app.UseResponseCompression();
        app.UseAuthentication();
        app.UseActor();
        app.UseRateLimiter();
        app.UseNotFound();
        app.UseAuthorization();
        app.UseFormLimits();
        app.UseAntiforgery();
        app.UseApiGate();
        app.MapAssets();
        app.MapHealth();
        app.MapApiDescription();
        app.MapRegistry();
        app.MapIssuance();
        app.MapComparisons();
        app.MapRazorComponents<App>().AddAdditionalAssemblies(Modules);
    }

    private static async Task PrepareAsync(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlumblineDb>();
        await db.MigrateAsync();
        await app.Services.PrepareRegistryAsync();
        if (!RegistryDemonstration.IsOn(app.Configuration, app.Environment))
            return;
        scope.ServiceProvider.GetRequiredService<ActorContext>().Actor = Actor.System;
        await RegistryDemonstration.SeedAsync(db, scope.ServiceProvider.GetRequiredService<TimeProvider>());
        if (app.Configuration.GetValue("Plumbline:Examples", false))
        {
            await IssuanceDemonstration.SeedAsync(app.Services);
            await ComparisonsDemonstration.SeedAsync(app.Services);
        }
        Console.WriteLine($"Demonstration accounts (password {DemonstrationAccounts.Password}):");
        foreach (var account in DemonstrationAccounts.All)
            Console.WriteLine($"  {account.Email,-26} {account.NameEn}{(account.Organisation is null ? "" : $", {account.Organisation}")}");
    }
}
