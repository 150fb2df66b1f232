using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Plumbline.Modules.Tests.Web;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

public class OpenIdConnectTests
{
    private const string Email = "ann@lab.example";

    [Theory, EachDatabase]
    public async Task A_known_person_with_a_verified_address_signs_in_and_is_linked(string kind)
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var site = await StartAsync(provider, kind);
        using (var first = await RunAsync(site))
            Assert.Equal("/account", first.Location);
        // Linked: from now on the provider's own identifier counts, not the address.
        provider.Email = "changed@lab.example";
        using var again = await RunAsync(site);
        Assert.Equal("/account", again.Location);
        await again.OpenAsync("/account");
        Assert.Equal(HttpStatusCode.OK, again.Status);
    }

    [Fact]
    public async Task An_unknown_person_gets_no_account()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var site = await StartAsync(provider);
        provider.Email = "stranger@lab.example";
        using var browser = await RunAsync(site);
        Assert.Equal("/sign-in?failed=provider-unknown", browser.Location);
        await using var db = site.Open();
        Assert.Equal((1, SignInResultKind.UnknownAtProvider), (await db.People.CountAsync(), (await db.SignInAttempts.SingleAsync()).Result));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task An_address_that_one_side_has_not_verified_links_nobody(bool here, bool there)
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var site = await StartAsync(provider, confirmed: here);
        provider.Verified = there;
        using var browser = await RunAsync(site);
        Assert.Equal("/sign-in?failed=provider-unknown", browser.Location);
    }

    [Theory]
    [InlineData("audience")]
    [InlineData("issuer")]
    [InlineData("nonce")]
    [InlineData("key")]
    [InlineData("expired")]
    public async Task A_token_that_does_not_hold_is_refused(string fault)
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var site = await StartAsync(provider);
        provider.Fault = fault;
        using var browser = await RunAsync(site);
        Assert.Equal("/sign-in?failed=provider-failed", browser.Location);
        await browser.FollowAsync();
        Assert.Equal(["provider-failed"], browser.Refusals);
    }

    private static async Task<TestSite> StartAsync(FakeProvider provider, string kind = "sqlite", bool confirmed = true)
    {
        var site = await TestSite.StartAsync(kind, $"--Plumbline:OpenIdConnect:Authority={provider.Address}", "--Plumbline:OpenIdConnect:ClientId=plumbline", "--Plumbline:OpenIdConnect:ClientSecret=secret", "--Plumbline:OpenIdConnect:Name=Example");
        // The cookie that ties the answer to the question expires by the calendar of the client's cookie jar.
        site.Clock.Now = TimeProvider.System.GetUtcNow();
        provider.Clock = site.Clock;
        await site.AddPersonAsync(Email);
        await using var db = site.Open();
        await db.People.ExecuteUpdateAsync(p => p.SetProperty(x => x.EmailConfirmed, confirmed));
        return site;
    }

    // To the provider, back with the code, and on to where the site sends.
    private static async Task<TestBrowser> RunAsync(TestSite site)
    {
        var browser = site.Browser();
        await browser.OpenAsync("/sign-in/provider?returnUrl=/account");
        for (var step = 0; step < 2; step++)
            await browser.FollowAsync();
        if (browser.Location!.StartsWith("/sign-in/provider/done", StringComparison.Ordinal))
            await browser.FollowAsync();
        return browser;
    }

    /// <summary>A provider with one person, on this machine, that can be told to lie.</summary>
    private sealed class FakeProvider : IAsyncDisposable
    {
        private readonly ECDsaSecurityKey key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "k" };
        private readonly ConcurrentDictionary<string, (string Challenge, string Nonce)> codes = new();
        private readonly WebApplication app;

        private FakeProvider()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            app = builder.Build();
            app.MapGet("/.well-known/openid-configuration", () => new { issuer = Address, authorization_endpoint = $"{Address}/authorize", token_endpoint = $"{Address}/token", jwks_uri = $"{Address}/keys" });
            app.MapGet("/keys", () =>
            {
                var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(key);
                return new { keys = new[] { new { kty = jwk.Kty, crv = jwk.Crv, x = jwk.X, y = jwk.Y, kid = "k", use = "sig", alg = "ES256" } } };
            });
            app.MapGet("/authorize", (string redirect_uri, string state, string nonce, string code_challenge, string code_challenge_method, string scope, string client_id) =>
            {
                Assert.Equal(("S256", "plumbline"), (code_challenge_method, client_id));
                Assert.Contains("openid", scope, StringComparison.Ordinal);
                var code = Guid.NewGuid().ToString("N");
                codes[code] = (code_challenge, nonce);
                return Results.Redirect($"{redirect_uri}?code={code}&state={Uri.EscapeDataString(state)}");
            });
            app.MapPost("/token", async (HttpContext http) =>
            {
                var form = await http.Request.ReadFormAsync();
                if (!codes.TryRemove(form["code"]!, out var asked) || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!))) != asked.Challenge)
                    return Results.BadRequest(new { error = "invalid_grant" });
                return Results.Ok(new { access_token = "x", token_type = "Bearer", id_token = Token(asked.Nonce) });
            });
        }

        public string Address => app.Urls.First();
        public string Email { get; set; } = OpenIdConnectTests.Email;
        public bool Verified { get; set; } = true;
        public string? Fault { get; set; }
        public TimeProvider Clock { get; set; } = TimeProvider.System;

        public static async Task<FakeProvider> StartAsync()
        {
            var provider = new FakeProvider();
            await provider.app.StartAsync();
            return provider;
        }

        private string Token(string nonce)
        {
            var now = Clock.GetUtcNow().UtcDateTime;
            var signer = Fault == "key" ? new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "k" } : key;
            return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Fault == "issuer" ? "https://evil.example" : Address, Audience = Fault == "audience" ? "another" : "plumbline",
                IssuedAt = now, NotBefore = now.AddHours(-2), Expires = Fault == "expired" ? now.AddHours(-1) : now.AddMinutes(5),
                Claims = new Dictionary<string, object> { ["sub"] = "person-1", ["email"] = Email, ["email_verified"] = Verified, ["nonce"] = Fault == "nonce" ? "another" : nonce },
                SigningCredentials = new SigningCredentials(signer, SecurityAlgorithms.EcdsaSha256),
            });
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
