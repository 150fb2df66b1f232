using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Procedures;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>The module's door: what it registers and which routes it answers.</summary>
public static class IssuanceModule
{
    public static IServiceCollection AddIssuance(this IServiceCollection services) => services
        .AddSingleton<IModelPart, IssuanceModel>()
        .AddTexts<CertificatesTexts>()
        .AddTexts<IssuanceTexts>()
        .AddSingleton(provider => Platform.From(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<KeyFolder>()
        .AddSingleton<KeyAuthority>()
        .AddSingleton<DocumentSigning>()
        .AddSingleton<LogHost>()
        .AddSingleton<Publisher>()
        .AddSingleton(provider => new InstalledSchemas(provider.GetRequiredService<IConfiguration>()["Plumbline:Schemas"] ?? Path.Combine(provider.GetRequiredService<IConfiguration>()["Plumbline:DataDirectory"] ?? "data", "schemas")))
        .AddScoped<TrustLists>()
        .AddScoped<RevocationLists>()
        .AddScoped<Ledger>()
        .AddSingleton<IJob, PublishJob>()
        .AddSingleton<IJob, StateJob>()
        .AddScoped<AuthoriseInstitution>()
        .AddScoped<ProposeKey>()
        .AddScoped<ConfirmKey>()
        .AddScoped<EndKey>()
        .AddScoped<KeyDesk>()
        .AddScoped<ShowTrust>()
        .AddScoped<ShowLog>()
        .AddScoped<IssueCertificate>()
        .AddScoped<PrepareDocument>()
        .AddScoped<ChangeCertificate>()
        .AddScoped<FindCertificates>()
        .AddScoped<ShowCertificate>()
        .AddScoped<CertificateFiles>()
        .AddScoped<PrintCertificate>()
        .AddScoped<VerifyFile>()
        .AddScoped<IFileAccess, CertificateFileAccess>();

    public static void MapIssuance(this IEndpointRouteBuilder routes)
    {
        LogRoutes.Map(routes);
        TrustRoutes.Map(routes);
        CertificateFiles.Map(routes);
        VerifyRoutes.Map(routes);
        routes.MapGet("/api/log", ShowLog.Get).AllowAnonymous().Produces<LogPageView>();
        routes.MapGet("/api/certificates", FindCertificates.Get).AllowAnonymous().Produces<CertificateList>();
        routes.MapGet("/api/certificates/{code}", ShowCertificate.Get).AllowAnonymous().Produces<CertificateView>().ProducesProblem(404);
        routes.MapGet("/api/certificates/{code}/status", ShowCertificate.GetStatus).AllowAnonymous().Produces<CertificateStatusView>().ProducesProblem(404);
        routes.MapPost("/api/verify", VerifyFile.Post).AllowAnonymous().Accepts<byte[]>("*/*").Produces<FileReport>().ProducesProblem(422);
        var api = routes.MapGroup("/api/certificates").RequireAuthorization(Access.Business).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        api.MapPost("", IssueRoutes.Post).RequireScope(Scopes.CertificatesWrite).WithIdempotency().Produces<IssueReceipt>(201);
        api.MapPost("{code}/events", ChangeCertificate.Post).RequireScope(Scopes.CertificatesWrite).WithIdempotency().Produces<ChangeReceipt>(201);
    }
}
