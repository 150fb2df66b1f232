using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Web;

/// <summary>Every door has a sign that says who may enter.</summary>
public class AccessTests
{
    [Fact]
    public async Task Every_page_and_route_states_who_may_use_it()
    {
        await using var site = await TestSite.StartAsync();
        var endpoints = site.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToArray();
        Assert.True(endpoints.Length > 20, $"only {endpoints.Length} endpoints");
        // The framework's own helper endpoints fall under the fallback policy: signed in.
        Expect.None(endpoints.Where(e => e.RoutePattern.RawText?.StartsWith("/_framework/", StringComparison.Ordinal) != true).Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null).Select(e => $"{e.DisplayName} ({e.RoutePattern.RawText}) says neither [Authorize] nor [AllowAnonymous]"));
    }

    [Theory]
    [InlineData(AdministratorDuty.System)]
    [InlineData(AdministratorDuty.Security)]
    [InlineData(AdministratorDuty.Audit)]
    public async Task An_administrator_opens_no_business_page(AdministratorDuty duty)
    {
        await using var site = await TestSite.StartAsync("sqlite", "--Plumbline:Demonstration=true");
        using var browser = await site.SignedInAsync($"{duty.ToString().ToLowerInvariant()}@demo.example", DemonstrationAccounts.Password);
        await browser.OpenAsync("/organisations/pending");
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
        Assert.NotNull(browser.Page.QuerySelector("main h1"));
        await browser.OpenAsync("/api/organisations/DEMO-NMI/people");
        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_sent_to_sign_in_by_pages_and_told_so_by_the_API()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browser();
        await browser.OpenAsync("/account/sessions?x=1");
        Assert.Equal("/sign-in?returnUrl=%2Faccount%2Fsessions%3Fx%3D1", browser.Location);
        using var answer = await browser.Client.GetAsync("/api/account/sessions");
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task An_unknown_address_is_a_page_that_says_so()
    {
        await using var site = await TestSite.StartAsync();
        using var browser = site.Browser();
        await browser.OpenAsync("/organisations/NOBODY");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        Assert.Contains("Not found", browser.Page.QuerySelector("main h1")!.TextContent, StringComparison.Ordinal);
    }
}
