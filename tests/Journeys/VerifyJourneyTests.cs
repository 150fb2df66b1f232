using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Issuance;

namespace Plumbline.Journeys;

/// <summary>Codes on labels of the demonstration's certificates, read from their pictures and opened as a phone's camera does.</summary>
public sealed class VerifyJourneyTests(Sites sites, Browsers browsers)
{
    [BrowserTheory, InlineData("zh", 390), InlineData("en", 1440)]
    public async Task A_scanned_code_is_verified_on_the_page_and_its_fragment_is_sent_nowhere(string language, int width)
    {
        var site = await sites.OnAsync("sqlite");
        var certificates = await site.WithAsync(services => services.GetRequiredService<PlumblineDb>().IssuedCertificates.AsNoTracking().Where(c => c.Serial != null).OrderBy(c => c.StatusIndex).ToListAsync());
        await using var window = await browsers.OpenAsync(site.Address, new View(width, Language: language));
        await window.GoAsync($"/?lang={language}");
        // The examples live on the site's own clock.
        await window.Page.Clock.SetFixedTimeAsync(site.Clock.GetUtcNow().UtcDateTime);
        var faults = new List<string>();
        foreach (var (state, outcome) in new[] { (CertificateStanding.Current, "InForce"), (CertificateStanding.Replaced, "Superseded"), (CertificateStanding.Revoked, "Revoked") })
        {
            var certificate = certificates.First(c => c.State == state);
            var scanned = SealPicture.ReadText(SealSymbol.Make(certificate.Seal!).ToPng(8)).Value!;
            var fragment = scanned[scanned.IndexOf('#', StringComparison.Ordinal)..];
            var asked = new List<string>();
            void Note(object? _, IRequest request) => asked.Add(request.Url + request.PostData);
            window.Page.Request += Note;
            await window.GoAsync("/health/live");
            await window.GoAsync($"/V{fragment}");
            await window.Page.WaitForSelectorAsync("[data-verify][data-ready]", new() { State = WaitForSelectorState.Attached });
            window.Page.Request -= Note;
            Assert.Equal(outcome, await window.Page.GetAttributeAsync("[data-verify]", "data-outcome"));
            Assert.Equal("true", await window.Page.GetAttributeAsync("[data-part=proof] li[data-included]", "data-included"));
            Assert.Equal("true", await window.Page.GetAttributeAsync("[data-part=proof] li[data-signed]", "data-signed"));
            Assert.Equal(certificate.Code, await window.Page.InnerTextAsync("[data-fact=code]"));
            Assert.DoesNotContain(asked, url => url.Contains(fragment[20..60], StringComparison.Ordinal) && !url.StartsWith($"{site.Address}V#", StringComparison.Ordinal));
            await window.Page.FillAsync("[data-field=serial]", certificate.Serial!);
            await window.Page.PressAsync("[data-field=serial]", "Tab");
            await Assertions.Expect(window.Page.Locator("[data-answer=serial]")).ToHaveClassAsync("good");
            faults.AddRange(await window.FaultsAsync());
            faults.AddRange(await window.WidthFaultsAsync());
        }
        Assert.Empty(faults.Concat(window.Errors).Distinct());
    }

    [BrowserTheory, InlineData(390)]
    public async Task A_forged_code_is_not_believed(int width)
    {
        var site = await sites.OnAsync("sqlite");
        var seal = await site.WithAsync(services => services.GetRequiredService<PlumblineDb>().IssuedCertificates.AsNoTracking().OrderBy(c => c.StatusIndex).Select(c => c.Seal!).FirstAsync());
        await using var window = await browsers.OpenAsync(site.Address, new View(width, Language: "en"));
        var fragment = seal[seal.IndexOf('#', StringComparison.Ordinal)..];
        await window.GoAsync($"/v{fragment[..^4]}{(fragment[^4] == '0' ? '1' : '0')}{fragment[^3..]}");
        await window.Page.WaitForSelectorAsync("[data-verify][data-ready]", new() { State = WaitForSelectorState.Attached });
        Assert.Contains(await window.Page.GetAttributeAsync("[data-verify]", "data-outcome"), new[] { "NotGenuine", "Unreadable" });
    }
}
