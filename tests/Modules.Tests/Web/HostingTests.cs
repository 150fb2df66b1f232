using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Web;

/// <summary>Where the server meets the network: headers, proxies, files out, telemetry.</summary>
public class HostingTests
{
    private static readonly string[] Production = ["--environment", "Production", "--Plumbline:Https=true"];

    [Theory]
    [InlineData("/")]
    [InlineData("/comparisons")]
    [InlineData("/nothing-here")]
    [InlineData("/api/nothing-here")]
    [InlineData("/health/ready")]
    public async Task Every_answer_carries_the_headers_that_keep_a_page_to_itself(string address)
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browser();
        using var answer = await browser.Client.GetAsync(address);
        string Header(string name) => string.Join(',', answer.Headers.TryGetValues(name, out var values) ? values : []);
        var policy = Header("Content-Security-Policy");
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(("nosniff", "DENY", "same-origin", "same-origin"), (Header("X-Content-Type-Options"), Header("X-Frame-Options"), Header("Referrer-Policy"), Header("Cross-Origin-Opener-Policy")));
        Assert.Equal(("", ""), (Header("Server"), Header("Strict-Transport-Security")));
    }

    [Fact]
    public async Task Behind_a_proxy_that_is_trusted_it_is_HTTPS_and_the_visitors_own_address()
    {
        await using var site = await TestSite.StartAsync("sqlite", [.. Production, "--Plumbline:Proxies=127.0.0.0/8"]);
        using var browser = Forwarded(site);
        using (var page = await browser.Client.GetAsync("/sign-in"))
            Assert.Equal("max-age=31536000", page.Headers.GetValues("Strict-Transport-Security").Single());
        await browser.OpenAsync("/sign-in?lang=en");
        Assert.Equal(["plumbline.antiforgery", "plumbline.language"], browser.Cookies.GetAllCookies().Where(c => c.Secure && c.HttpOnly).Select(c => c.Name).Order());
        // The proxy of this test speaks HTTP with the visitor too, who must send them nevertheless.
        foreach (var cookie in browser.Cookies.GetAllCookies().ToArray())
            cookie.Secure = false;
        await browser.SubmitAsync("sign-in", ("Form.Email", "nobody@example.org"), ("Form.Password", "x"));
        await using var db = site.Open();
        Assert.Equal("203.0.113.9", (await db.Set<SignInAttempt>().SingleAsync()).Address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--Plumbline:Proxies=192.0.2.1")]
    public async Task What_a_stranger_says_of_itself_is_not_believed(string proxies)
    {
        await using var site = await TestSite.StartAsync("sqlite", [.. Production, .. proxies.Length > 0 ? [proxies] : Array.Empty<string>()]);
        using var browser = Forwarded(site);
        using (var page = await browser.Client.GetAsync("/sign-in"))
            Assert.False(page.Headers.Contains("Strict-Transport-Security"));
        await browser.OpenAsync("/sign-in");
        await browser.SubmitAsync("sign-in", ("Form.Email", "nobody@example.org"), ("Form.Password", "x"));
        await using var db = site.Open();
        Assert.DoesNotContain(await db.Set<SignInAttempt>().Select(a => a.Address).ToListAsync(), address => address?.Contains("203.0.113.9", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("报告 1.pdf", "%PDF-1.7 <script>alert(1)</script>", "application/pdf")]
    [InlineData("page.xml", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>", "application/xml")]
    [InlineData("note.txt", "<html><script>alert(1)</script>", "text/plain")]
    public async Task A_file_is_a_download_that_runs_nowhere(string name, string content, string type)
    {
        await using var site = await TestSite.StartAsync(services => services.AddScoped<IFileAccess, ForAll>());
        var stored = await StoreAsync(site, "test", name, Encoding.UTF8.GetBytes(content));
        using var browser = site.Browser();
        using var answer = await browser.Client.GetAsync($"/files/{stored.Id}");
        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(("attachment", name), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileNameStar));
        Assert.Equal("sandbox; default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(content, await answer.Content.ReadAsStringAsync());
        using var image = await browser.Client.GetAsync($"/files/{stored.Id}/image");
        Assert.Equal(HttpStatusCode.NotFound, image.StatusCode);
    }

    [Fact]
    public async Task A_file_of_others_looks_like_none()
    {
        await using var site = await TestSite.StartAsync(services => services.AddScoped<IFileAccess, ForAll>());
        var stored = await StoreAsync(site, "nobody's", "note.txt", "secret"u8.ToArray());
        using var browser = site.Browser();
        foreach (var address in new[] { $"/files/{stored.Id}", $"/files/{stored.Id}/image", $"/files/{Guid.NewGuid()}" })
        {
            using var answer = await browser.Client.GetAsync(address);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task A_collector_of_telemetry_that_does_not_answer_stops_nothing(string protocol)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await using (var site = await TestSite.StartAsync("sqlite", "--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", $"--OTEL_EXPORTER_OTLP_PROTOCOL={protocol}"))
        {
            using var browser = site.Browser();
            await browser.OpenAsync("/comparisons");
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            using var health = await browser.Client.GetAsync("/health/ready");
            Assert.Equal(HttpStatusCode.OK, health.StatusCode);
            await site.App.StopAsync();
        }
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(40), $"starting and stopping took {clock.Elapsed}");
    }

    // As a proxy passes on a visitor's request.
    private static TestBrowser Forwarded(TestSite site)
    {
        var browser = site.Browser();
        browser.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        browser.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        browser.Client.DefaultRequestHeaders.Add("X-Forwarded-Host", "plumbline.example");
        browser.Client.DefaultRequestHeaders.Remove("Origin");
        return browser;
    }

    private static Task<StoredFile> StoreAsync(TestSite site, string purpose, string name, byte[] content) => site.WithAsync(async services =>
    {
        var stored = (await services.GetRequiredService<Files>().StoreAsync(new MemoryStream(content), name, null, purpose)).Value!;
        await services.GetRequiredService<Plumbline.Database.PlumblineDb>().SaveChangesAsync();
        return stored;
    });

    private sealed class ForAll : IFileAccess
    {
        public string Purpose => "test";
        public ValueTask<bool> MayReadAsync(StoredFile file, Actor actor, CancellationToken cancel) => ValueTask.FromResult(true);
    }
}
