using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Web;

public class ApiTests
{
    private static readonly string[] Read = ["read"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("en", "Not found", "There is no such thing")]
    [InlineData("zh-CN", "没有找到", "没有找到所请求的内容")]
    public async Task An_unknown_address_of_the_API_says_so_in_the_readers_language(string language, string title, string message)
    {
        await using var site = await TestSite.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/no-such-thing") { Headers = { { "Accept-Language", language } } };
        using var browser = site.Browser();
        browser.Client.DefaultRequestHeaders.Clear();
        using var response = await browser.Client.SendAsync(request);
        var problem = await ProblemAsync(response, HttpStatusCode.NotFound);
        Assert.Equal(title, problem.GetProperty("title").GetString());
        Assert.StartsWith(message, problem.GetProperty("refusals")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_kind_of_failure_is_a_problem_document()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync("a@example.org");
        using var browser = await site.SignedInAsync("a@example.org");
        var csrf = await CsrfAsync(browser);
        async Task<JsonElement> Expect(HttpStatusCode status, HttpMethod method, string address, string? body = null, string type = "application/json", bool header = true)
        {
            using var request = new HttpRequestMessage(method, address);
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, type);
            if (header)
                request.Headers.Add("X-CSRF-Token", csrf);
            using var response = await browser.Client.SendAsync(request);
            return await ProblemAsync(response, status);
        }

        var malformed = await Expect(HttpStatusCode.BadRequest, HttpMethod.Post, "/api/tokens", """{"name": "x", "scopes": 7}""");
        Assert.Equal("scopes", malformed.GetProperty("refusals")[0].GetProperty("field").GetString());
        var misspelt = await Expect(HttpStatusCode.BadRequest, HttpMethod.Post, "/api/tokens", """{"nam": "x"}""");
        Assert.Equal("json", misspelt.GetProperty("refusals")[0].GetProperty("code").GetString());
        await Expect(HttpStatusCode.BadRequest, HttpMethod.Post, "/api/tokens", "{");
        await Expect(HttpStatusCode.UnsupportedMediaType, HttpMethod.Post, "/api/tokens", "a=b", "application/x-www-form-urlencoded");
        await Expect(HttpStatusCode.MethodNotAllowed, HttpMethod.Put, "/api/tokens", "{}");
        await Expect(HttpStatusCode.Forbidden, HttpMethod.Post, "/api/tokens", "{}", header: false);
        await Expect(HttpStatusCode.NotFound, HttpMethod.Delete, $"/api/tokens/{Guid.CreateVersion7()}");
        var refused = await Expect(HttpStatusCode.UnprocessableEntity, HttpMethod.Post, "/api/tokens", "{}");
        Assert.Equal(["token-name", "token-scopes", "token-expiry"], refused.GetProperty("refusals").EnumerateArray().Select(r => r.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_told_with_401()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browser();
        await ProblemAsync(await browser.Client.GetAsync("/api/tokens"), HttpStatusCode.Unauthorized);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/tokens") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "pl_wrong") } };
        await ProblemAsync(await browser.Client.SendAsync(request), HttpStatusCode.Unauthorized);
    }

    [Theory, EachDatabase]
    public async Task A_token_acts_within_its_scopes_until_it_is_revoked_or_ends(string kind)
    {
        await using var site = await TestSite.StartAsync(kind);
        await site.AddPersonAsync("a@example.org");
        using var browser = await site.SignedInAsync("a@example.org");
        var token = await MakeTokenAsync(browser, site.Clock.Now.AddDays(30), Read);
        using var program = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = site.Address };
        program.DefaultRequestHeaders.Authorization = new("Bearer", token.GetProperty("secret").GetString());

        var listed = await program.GetFromJsonAsync<JsonElement>("/api/tokens");
        Assert.NotEqual(JsonValueKind.Null, listed[0].GetProperty("lastUsedAt").ValueKind);
        Assert.DoesNotContain("secret", listed.ToString(), StringComparison.Ordinal);
        await ProblemAsync(await program.PostAsJsonAsync("/api/tokens", new { }), HttpStatusCode.Forbidden);
        Assert.StartsWith("/sign-in", (await program.GetAsync("/account")).Headers.Location!.OriginalString, StringComparison.Ordinal);

        site.Clock.Now = site.Clock.Now.AddDays(32);
        await ProblemAsync(await program.GetAsync("/api/tokens"), HttpStatusCode.Unauthorized);
        site.Clock.Now = site.Clock.Now.AddDays(-32);
        using var revoke = new HttpRequestMessage(HttpMethod.Delete, $"/api/tokens/{token.GetProperty("id").GetGuid()}") { Headers = { { "X-CSRF-Token", await CsrfAsync(browser) } } };
        Assert.Equal(HttpStatusCode.NoContent, (await browser.Client.SendAsync(revoke)).StatusCode);
        await ProblemAsync(await program.GetAsync("/api/tokens"), HttpStatusCode.Unauthorized);
        await using var db = site.Open();
        Assert.DoesNotContain(await db.Audit.Select(a => a.Changes).ToListAsync(), c => c.Contains(token.GetProperty("secret").GetString()!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Too_many_requests_are_told_when_to_come_back()
    {
        await using var site = await TestSite.StartAsync("sqlite", "--Plumbline:Limits:AnonymousPerMinute=5", "--Plumbline:Limits:SignInPerMinute=2");
        using var browser = site.Browser();
        for (var i = 0; i < 5; i++)
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await browser.Client.GetAsync("/api/rules")).StatusCode);
        using var rejected = await browser.Client.GetAsync("/api/rules");
        await ProblemAsync(rejected, HttpStatusCode.TooManyRequests);
        Assert.True(rejected.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        using var page = await browser.Client.GetAsync("/rules");
        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        Assert.Contains("<h1", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.Client.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task A_public_page_is_kept_for_strangers_until_something_public_changes_and_never_for_who_is_signed_in()
    {
        await using var site = await TestSite.StartAsync();
        await site.AddPersonAsync("a@example.org");
        using var stranger = site.Browser();
        using var signedIn = await site.SignedInAsync("a@example.org");
        async Task<(bool Kept, string Html)> Get(TestBrowser browser, string language)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/rules/CMP");
            request.Headers.AcceptLanguage.ParseAdd(language);
            using var response = await browser.Client.SendAsync(request);
            return (response.Headers.Age is not null, await response.Content.ReadAsStringAsync());
        }

        Assert.False((await Get(stranger, "en")).Kept);
        Assert.True((await Get(stranger, "en")).Kept);
        Assert.False((await Get(signedIn, "en")).Kept);
        var own = await Get(signedIn, "en");
        Assert.False(own.Kept);
        Assert.Contains("/account", own.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("/sign-out", (await Get(stranger, "en")).Html, StringComparison.Ordinal);
        await site.WithAsync(async services =>
        {
            await services.GetRequiredService<PublicPages>().ForgetAsync();
            return true;
        });
        Assert.False((await Get(stranger, "en")).Kept);
    }

    [Fact]
    public async Task Health_answers_without_sign_in()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browser();
        Assert.Equal("ok", await browser.Client.GetStringAsync("/health/live"));
        Assert.Equal("ready", (await browser.Client.GetFromJsonAsync<JsonElement>("/health/ready")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_fault_of_ours_shows_a_page_and_no_stack_trace(string method)
    {
        await using var site = await TestSite.StartAsync("sqlite");
        using var browser = site.Browser();
        ((IEndpointRouteBuilder)site.App).MapMethods("/broken", [method], void () => throw new InvalidOperationException("secret detail")).AllowAnonymous();
        ((IEndpointRouteBuilder)site.App).MapMethods("/api/broken", [method], void () => throw new InvalidOperationException("secret detail")).AllowAnonymous();
        using var page = await browser.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/broken"));
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        Assert.Contains("Internal error", html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", html, StringComparison.Ordinal);
        Assert.True(page.Headers.Contains("Content-Security-Policy"));
        using var api = await browser.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/api/broken"));
        var problem = await ProblemAsync(api, HttpStatusCode.InternalServerError);
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_request_with_a_key_runs_once(string kind)
    {
        await using var site = await TestSite.StartAsync(kind);
        await site.AddPersonAsync("a@example.org");
        var started = new TaskCompletionSource();
        ((IEndpointRouteBuilder)site.App).MapPost("/api/test/organisations", async (NewOrganisation request, PlumblineDb db) =>
        {
            if (request.Code == "BAD")
                return Results.UnprocessableEntity();
            if (request.Code == "SLOW")
            {
                started.TrySetResult();
                await Task.Delay(1000);
            }
            var organisation = new Organisation { Id = Guid.CreateVersion7(), Code = request.Code, Name = "示例", Kind = OrganisationKind.Other, Region = "000000", RegisteredAt = default };
            db.Organisations.Add(organisation);
            await db.SaveChangesAsync();
            return Results.Created($"/organisations/{organisation.Id}", new { organisation.Id });
        }).RequireScope(Scopes.RegistryWrite).WithIdempotency();
        using var browser = await site.SignedInAsync("a@example.org");
        var csrf = await CsrfAsync(browser);
        async Task<(HttpStatusCode Status, string? Location, string Body, bool Replayed)> Post(string code, string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/test/organisations") { Content = JsonContent.Create(new NewOrganisation(code)), Headers = { { "X-CSRF-Token", csrf }, { "Idempotency-Key", key } } };
            using var response = await browser.Client.SendAsync(request);
            return (response.StatusCode, response.Headers.Location?.ToString(), await response.Content.ReadAsStringAsync(), response.Headers.Contains("Idempotency-Replayed"));
        }

        var first = await Post("A", "k1");
        var second = await Post("A", "k1");
        Assert.Equal((HttpStatusCode.Created, false), (first.Status, first.Replayed));
        Assert.Equal(first with { Replayed = true }, second);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post("B", "k1")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Post("BAD", "k2")).Status);
        Assert.Equal(HttpStatusCode.Created, (await Post("C", "k2")).Status);

        var slow = Post("SLOW", "k3");
        await started.Task;
        Assert.Equal(HttpStatusCode.Conflict, (await Post("SLOW", "k3")).Status);
        Assert.Equal(HttpStatusCode.Created, (await slow).Status);
        await using var db = site.Open();
        Assert.Equal(["A", "C", "SLOW"], await db.Organisations.Select(o => o.Code).Order().ToListAsync());
    }

    private sealed record NewOrganisation(string Code);

    /// <summary>The described API is the one served. When a change is meant: <c>PLUMBLINE_UPDATE=1 ./test --only ApiTests</c> writes the file.</summary>
    [Fact]
    public async Task The_description_of_the_API_is_the_one_in_the_repository()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browser();
        var served = JsonSerializer.Serialize(await browser.Client.GetFromJsonAsync<JsonElement>("/api/openapi.json"), Indented) + "\n";
        var file = Path.Combine(SourceTree.Root, "docs", "openapi.json");
        if (Environment.GetEnvironmentVariable("PLUMBLINE_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, served);
        }
        Assert.True(File.Exists(file) && await File.ReadAllTextAsync(file) == served, "The API differs from docs/openapi.json. If that is meant, write it anew with PLUMBLINE_UPDATE=1 ./test --only ApiTests, and review the difference.");
    }

    [Fact]
    public void Every_answer_of_the_API_says_what_it_holds()
    {
        using var description = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "openapi.json")));
        Expect.None(from path in description.RootElement.GetProperty("paths").EnumerateObject()
                    from operation in path.Value.EnumerateObject()
                    where !operation.Value.GetProperty("responses").EnumerateObject().Any(r => r.Name.StartsWith('2') && (r.Name == "204" || r.Value.TryGetProperty("content", out _)))
                    select $"{operation.Name} {path.Name}");
    }

    private static async Task<JsonElement> MakeTokenAsync(TestBrowser browser, DateTimeOffset until, string[] scopes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tokens")
        {
            Content = JsonContent.Create(new { name = "laboratory system", scopes, expiresOn = DateOnly.FromDateTime(until.DateTime) }), Headers = { { "X-CSRF-Token", await CsrfAsync(browser) } },
        };
        using var response = await browser.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<string> CsrfAsync(TestBrowser browser) =>
        (await browser.Client.GetFromJsonAsync<JsonElement>("/api/csrf-token")).GetProperty("token").GetString()!;

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode}: {body}");
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", body);
        var problem = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        return problem;
    }
}
