using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Issuance;
using Plumbline.Modules.Tests.Web;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Issuance;

public class CertificatePagesTests
{
    [Fact]
    public async Task Two_people_make_a_key_and_a_signatory_issues_through_the_pages()
    {
        await using var site = await TestSite.StartAsync();
        var (_, laboratory) = await PeopleAsync(site);
        using (var officer = await site.SignedInAsync("officer@example.org"))
        {
            await officer.OpenAsync("/trust/authorise");
            await officer.SubmitAsync("grant", ("Form.Institution", "LAB"), ("Form.Number", "示101"), ("Form.ValidFrom", "2026-01-01"), ("Form.Kinds", "CalibrationCertificate"));
            Assert.Equal("/trust/authorise", officer.Location);
        }
        using var signatory = await site.SignedInAsync("signatory@example.org");
        await signatory.OpenAsync("/trust/keys");
        await signatory.SubmitAsync("propose");
        await signatory.FollowAsync();
        var fingerprint = signatory.Page.QuerySelector(".panel.good .mono")!.TextContent.Trim();
        using (var officer = await site.SignedInAsync("officer@example.org"))
        {
            await officer.OpenAsync("/trust/keys");
            Assert.DoesNotContain(fingerprint, officer.Html, StringComparison.Ordinal);
            var confirm = officer.Page.QuerySelector("input[name=_handler][value^=confirm-]")!.GetAttribute("value")!;
            await officer.SubmitAsync(confirm, ("Decision.Fingerprint", "1234"));
            Assert.Equal(["key-fingerprint"], officer.Refusals);
            await officer.SubmitAsync(confirm, ("Decision.Fingerprint", fingerprint));
            Assert.Equal("/trust/keys", officer.Location);
        }
        await signatory.OpenAsync("/certificates/issue");
        var cast = Document(site, laboratory, "P-1");
        await signatory.UploadAsync("prepare", [("Document", "P-1.xml", cast), ("Print", "P-1.pdf", "%PDF-1.7\n%%EOF\n"u8.ToArray())]);
        Assert.Equal(HttpStatusCode.OK, signatory.Status);
        await signatory.SubmitAsync("issue", ("Form.WarningsSeen", "true"), ("Form.Title", "精密压力表"));
        Assert.True(signatory.Location?.StartsWith("/certificates/", StringComparison.Ordinal), string.Join(", ", signatory.Refusals));
        var code = signatory.Location![14..26];
        await signatory.FollowAsync();
        Assert.Contains("P-1", signatory.Html, StringComparison.Ordinal);
        var xml = await signatory.Client.GetByteArrayAsync($"/certificates/{code}/certificate.xml");
        Assert.Equal("P-1.pdf", DccReader.Read(xml).Document.HumanReadable!.FileName);
        Assert.Contains("<svg", await signatory.Client.GetStringAsync($"/certificates/{code}/label.svg"), StringComparison.Ordinal);

        using var anybody = site.Browser();
        await anybody.OpenAsync($"/certificates/{code}");
        Assert.Equal(HttpStatusCode.OK, anybody.Status);
        Assert.DoesNotContain("P-1", anybody.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.Client.GetAsync($"/certificates/{code}/certificate.xml")).StatusCode);
        var proof = LogProof.Parse(await anybody.Client.GetStringAsync($"/certificates/{code}/certificate.tlog-proof"));
        var policy = LogPolicy.Parse(await anybody.Client.GetStringAsync("/trust/policy"));
        proof.Verify(MerkleTree.LeafHash(proof.Extra!.Value.Span), policy);
        foreach (var page in new[] { "/trust", "/log", "/certificates" })
        {
            await anybody.OpenAsync(page);
            Assert.Equal(HttpStatusCode.OK, anybody.Status);
        }
        await signatory.OpenAsync($"/certificates/{code}");
        await signatory.SubmitAsync("change", ("Form.Change", "Revoke"), ("Form.Reason", "数据有误"));
        Assert.Equal($"/certificates/{code}", signatory.Location);
        var status = await anybody.Client.GetFromJsonAsync<JsonElement>($"/api/certificates/{code}/status");
        Assert.Equal("Revoked", status.GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_log_is_served_as_the_files_that_witnesses_expect()
    {
        await using var site = await TestSite.StartAsync();
        using var anybody = site.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.Client.GetAsync("/log/checkpoint")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.Client.GetAsync("/trust/list.json")).StatusCode);
        await PeopleAsync(site);
        using (var officer = await site.SignedInAsync("officer@example.org"))
        {
            await officer.OpenAsync("/trust/authorise");
            await officer.SubmitAsync("grant", ("Form.Institution", "LAB"), ("Form.Number", "示101"), ("Form.ValidFrom", "2026-01-01"), ("Form.Kinds", "CalibrationCertificate"));
        }
        var checkpoint = await anybody.Client.GetAsync("/log/checkpoint");
        Assert.Equal(("text/plain", "no-cache"), (checkpoint.Content.Headers.ContentType!.MediaType, checkpoint.Headers.CacheControl!.ToString()));
        var tile = await anybody.Client.GetAsync("/log/tile/0/000.p/1");
        Assert.Equal(("application/octet-stream", true, 32L), (tile.Content.Headers.ContentType!.MediaType, tile.Headers.CacheControl!.Extensions.Any(e => e.Name == "immutable"), tile.Content.Headers.ContentLength));
        foreach (var wrong in new[] { "/log/tile/0/../../journal", "/log/tile/0/0", "/log/tile/9/000", "/log/tile/entries/000", "/log/journal/1" })
            Assert.Equal(HttpStatusCode.NotFound, (await anybody.Client.GetAsync(wrong)).StatusCode);
        var reader = new LogReader(new WebSource(anybody.Client, new Uri(site.Address, "/log")));
        var note = await reader.ReadCheckpointAsync();
        Assert.Equal(1, LogPolicy.Parse(await anybody.Client.GetStringAsync("/trust/policy")).Accept(note).Size);
        Assert.Equal("authorisation-granted", LogEvent.Decode(await reader.ReadEntryAsync(0, 1)).Reason);
        Assert.NotNull(TrustListFile.Read(await anybody.Client.GetByteArrayAsync("/trust/list.json")).Value);
    }

    [Fact]
    public async Task A_program_issues_once_and_is_told_everything_that_is_wrong()
    {
        await using var site = await TestSite.StartAsync();
        var (regulator, laboratory) = await PeopleAsync(site);
        await ReadyAsync(site, regulator, laboratory);
        using var signatory = await site.SignedInAsync("signatory@example.org");
        await signatory.OpenAsync("/certificates/issue");
        var wrong = await signatory.SendAsync(HttpMethod.Post, "/api/certificates", new { xml = Encoding.UTF8.GetBytes("<a/>") });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var body = new { xml = Document(site, laboratory, "A-7"), warningsSeen = true };
        var created = await signatory.SendAsync(HttpMethod.Post, "/api/certificates", body);
        Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        var receipt = await created.Content.ReadFromJsonAsync<JsonElement>();
        Assert.NotNull(receipt.GetProperty("seal").GetString());
        var again = await signatory.SendAsync(HttpMethod.Post, "/api/certificates", body);
        Assert.Contains("issue-number-taken", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var code = receipt.GetProperty("code").GetString();
        var suspended = await signatory.SendAsync(HttpMethod.Post, $"/api/certificates/{code}/events", new { change = "Suspend", reason = "核查" });
        Assert.Equal(HttpStatusCode.Created, suspended.StatusCode);
        var list = await signatory.Client.GetFromJsonAsync<JsonElement>("/api/certificates?mine=issued&state=Suspended");
        Assert.Equal(1, list.GetProperty("total").GetInt32());
    }

    private static async Task<(Organisation Regulator, Organisation Laboratory)> PeopleAsync(TestSite site)
    {
        var regulator = await site.AddOrganisationAsync("SAMR", OrganisationKind.NationalRegulator);
        var laboratory = await site.AddOrganisationAsync("LAB", OrganisationKind.LegalVerificationInstitution);
        await site.AddPersonAsync("officer@example.org", organisation: regulator.Id, roles: Role.RegulatorOfficer);
        await site.AddPersonAsync("signatory@example.org", organisation: laboratory.Id, roles: Role.Signatory);
        return (regulator, laboratory);
    }

    private static async Task ReadyAsync(TestSite site, Organisation regulator, Organisation laboratory)
    {
        var officer = await ActorAsync(site, "officer@example.org", regulator, Role.RegulatorOfficer);
        var signatory = await ActorAsync(site, "signatory@example.org", laboratory, Role.Signatory);
        await site.WithAsync(async services => IssuingCast.Accept(await services.GetRequiredService<AuthoriseInstitution>().GrantAsync(new() { Institution = "LAB", Kinds = ["CalibrationCertificate"], Number = "示101", ValidFrom = "2026-01-01" }, officer)));
        var key = await site.WithAsync(async services => IssuingCast.Accept(await services.GetRequiredService<ProposeKey>().RunAsync(new() { Institution = "LAB", Algorithm = "EcdsaP256", ValidTo = "2028-01-01" }, signatory)));
        await site.WithAsync(async services => IssuingCast.Accept(await services.GetRequiredService<ConfirmKey>().RunAsync(new() { Id = key.Id, Fingerprint = key.Fingerprint }, officer)));
    }

    private static Task<Actor> ActorAsync(TestSite site, string email, Organisation organisation, Role role) => site.WithAsync(async services =>
        new Actor((await services.GetRequiredService<PlumblineDb>().People.SingleAsync(p => p.Email == email)).Id, email, AdministratorDuty.None, [new ActorRole(organisation.Id, organisation.Code, organisation.Name, organisation.Kind, role)]));

    private static byte[] Document(TestSite site, Organisation laboratory, string number) => DccBuilder.Build(IssuingCast.Gauge(EventRules.DayOf(site.Clock.Now), number, laboratory, laboratory));
}
