using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Plumbline.Registry;

namespace Plumbline.Web;

/// <summary>The OpenAPI document at <c>/api/openapi.json</c>; a test holds it against <c>docs/openapi.json</c>.</summary>
internal static class ApiDescription
{
    private const string TokenScheme = "token";
    private static readonly (string Status, string Text)[] Failures =
    [
        ("400", "Malformed request; names the place"), ("401", "No valid sign-in or token"), ("403", "Role, scope or antiforgery header missing"),
        ("404", "No such thing, or not visible to you"), ("409", "Changed meanwhile, or the same request is running"), ("422", "Refused, with every reason"), ("429", "Too many requests; see Retry-After"),
    ];

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Plumbline", Version = "1",
                Description = "Measurement comparisons, rules and registry. Texts come in Chinese or English (Accept-Language, or ?lang=zh|en). Lists take ?page= and ?size= (at most 200) and answer with X-Total-Count and Link. "
                    + "A program signs in with an access token (Authorization: Bearer pl_…); a browser's session needs the header X-CSRF-Token for changes (GET /api/csrf-token).",
            };
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [TokenScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = $"An access token made at /account/tokens. Scopes: {string.Join(", ", Scopes.All)}." },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(Describe);
    });

    public static void MapApiDescription(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/api/openapi.json").AllowAnonymous().CacheOutput(PublicPages.Policy);
        routes.MapGet("/api/csrf-token", (HttpContext http, IAntiforgery antiforgery) => new CsrfToken(antiforgery.GetAndStoreTokens(http).RequestToken!))
            .RequireAuthorization(Access.SignedIn).WithTags("Sign-in").WithSummary("The value of X-CSRF-Token for this browser's session");
    }

    private sealed record CsrfToken(string Token);

    private static async Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var endpoint = new Endpoint(null, new EndpointMetadataCollection(metadata), null);
        operation.Responses ??= [];
        var problem = new OpenApiMediaType { Schema = await context.GetOrCreateSchemaAsync(typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), null, cancel) };
        foreach (var (status, text) in Failures)
            operation.Responses.TryAdd(status, new OpenApiResponse { Description = text, Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = problem } });
        if (ApiRoutes.IsIdempotent(endpoint))
            (operation.Parameters ??= []).Add(new OpenApiParameter { Name = "Idempotency-Key", In = ParameterLocation.Header, Description = "Sent again with the same key, the request gets the first answer and changes nothing.", Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 100 } });
        if (metadata.OfType<IAllowAnonymous>().Any())
            return;
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(TokenScheme, context.Document)] = [] }];
        var scope = ApiRoutes.ScopeOf(endpoint) ?? (HttpMethods.IsGet(context.Description.HttpMethod!) ? Scopes.Read : null);
        operation.Description = $"{operation.Description} {(scope is null ? "Browser session only: no token is taken." : $"Scope of the token: {scope}.")}".Trim();
    }
}
