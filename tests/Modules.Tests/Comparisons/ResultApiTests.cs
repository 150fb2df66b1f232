using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plumbline.Comparisons;
using Plumbline.Database;
using Plumbline.Modules.Tests.Web;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

/// <summary>Circulation and results by program alone, with access tokens.</summary>
public class ResultApiTests
{
    private const string Package = """
        {"points": [
          {"point": 1, "value": 1.0010, "unit": "V", "uncertainty": "0.00020", "coverageFactor": 2, "measuredOn": "2026-03-01", "budget": [{"source": "repeatability", "type": "A", "contribution": 0.0001}]},
          {"point": "2", "value": "10.0020", "unit": "V", "uncertainty": 2e-3, "coverageProbability": 0.95, "degreesOfFreedom": 50}
        ], "method": "direct"}
        """;

    [Theory, EachDatabase]
    public async Task A_package_is_handed_in_once_however_often_it_is_sent(string kind)
    {
        await using var site = await TestSite.StartAsync(kind);
        var stage = await Circulating.StartAsync(site.Database);
        using var pilot = await ClientAsync(site, stage.Pilot, Scopes.Submit, Scopes.Read);
        var answers = new List<JsonElement>();
        for (var i = 0; i < 3; i++)
        {
            var (status, answer) = await PostAsync(pilot, $"/api/comparisons/{stage.Code}/results", Package, key: "first");
            Assert.Equal(HttpStatusCode.Created, status);
            answers.Add(answer);
        }
        Assert.Single(answers.Select(a => a.GetProperty("commitment").GetString()).Distinct());
        await using var db = site.Open();
        var submission = await db.Submissions.Include(s => s.Results).SingleAsync();
        Assert.Equal(("api", 1), (submission.Channel, submission.Version));
        Assert.Equal(["1.0010", "10.0020"], submission.Results.OrderBy(r => r.Value).Select(r => r.ValueText));
        Assert.Equal(["0.00020", "2e-3"], submission.Results.OrderBy(r => r.Value).Select(r => r.UncertaintyText));

        var receipt = await GetAsync(pilot, $"/api{answers[0].GetProperty("address").GetString()}");
        var proof = SHA256.HashData([.. Convert.FromHexString(receipt.GetProperty("salt").GetString()![..32]), .. SHA256.HashData(Encoding.UTF8.GetBytes(receipt.GetProperty("content").GetString()!))]);
        Assert.Equal(answers[0].GetProperty("commitment").GetString(), Convert.ToHexStringLower(proof));
    }

    [Fact]
    public async Task Every_reason_comes_back_at_once_in_the_readers_language()
    {
        await using var site = await TestSite.StartAsync();
        var stage = await Circulating.StartAsync(site.Database);
        using var laboratory = await ClientAsync(site, stage.Cast.Laboratories[0], Scopes.Submit);
        laboratory.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var (status, problem) = await PostAsync(laboratory, $"/api/comparisons/{stage.Code}/results", Package.Replace("\"V\"", "\"mV\"", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        var reasons = problem.GetProperty("refusals").EnumerateArray().Select(r => (Code: r.GetProperty("code").GetString(), Field: r.GetProperty("field").GetString(), Message: r.GetProperty("message").GetString())).ToArray();
        Assert.Equal(["results-pilot-first", "results-unit-differs", "results-unit-differs"], reasons.Select(r => r.Code));
        Assert.Equal("Points[1].Unit", reasons[2].Field);
        Assert.Contains("unit \"mV\" is not the protocol's \"V\"", reasons[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_only_reads_hands_nothing_in_and_no_token_gets_in_at_all()
    {
        await using var site = await TestSite.StartAsync();
        var stage = await Circulating.StartAsync(site.Database);
        using var reader = await ClientAsync(site, stage.Pilot, Scopes.Read);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(reader, $"/api/comparisons/{stage.Code}/results", Package)).Status);
        using var nobody = new HttpClient { BaseAddress = site.Address };
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(nobody, $"/api/comparisons/{stage.Code}/results", Package)).Status);
    }

    [Fact]
    public async Task A_file_is_judged_and_handed_in_with_its_raw_record()
    {
        await using var site = await TestSite.StartAsync();
        var stage = await Circulating.StartAsync(site.Database);
        using var pilot = await ClientAsync(site, stage.Pilot, Scopes.Submit, Scopes.Read);
        var template = await pilot.GetStringAsync($"/api/comparisons/{stage.Code}/results/template.csv");
        Assert.Contains("P,1,", template, StringComparison.Ordinal);
        const string head = "point,unit,value,U,k\n";
        var (status, problem) = await PostAsync(pilot, $"/api/comparisons/{stage.Code}/results/file?name=r.csv", head + "1,V,1.0001,0.0002,2\n2,V,abc,0.002,2\n", "text/csv");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        var reason = Assert.Single(problem.GetProperty("refusals").EnumerateArray());
        Assert.Equal((3, "value", "abc", "number-not-a-number"), (reason.GetProperty("row").GetInt32(), reason.GetProperty("column").GetString(), reason.GetProperty("value").GetString(), reason.GetProperty("code").GetString()));

        var (stored, file) = await PostAsync(pilot, $"/api/comparisons/{stage.Code}/results/attachments?name=raw.txt", "raw record", "text/plain");
        Assert.Equal(HttpStatusCode.Created, stored);
        var id = file.GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(pilot, $"/api/comparisons/{stage.Code}/results", Package.Replace("\"method\"", $"\"files\": [\"{id}\"], \"method\"", StringComparison.Ordinal))).Status);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(pilot, $"/api/comparisons/{stage.Code}/results/file?name=r.csv&reasonForChange=typing", head + "1,V,1.0001,0.0002,2\n2,V,10.001,0.002,2\n", "text/csv")).Status);
        await using var db = site.Open();
        Assert.Equal(["api", "file"], await db.Submissions.OrderBy(s => s.Version).Select(s => s.Channel).ToListAsync());
        Assert.Equal(id, (await db.Set<SubmissionFile>().SingleAsync()).FileId);
    }

    [Theory, EachDatabase]
    public async Task The_circulation_is_walked_and_the_results_opened_and_evaluated(string kind)
    {
        await using var site = await TestSite.StartAsync(kind);
        var stage = await Circulating.StartAsync(site.Database);
        await stage.ReceiveAsync(1, 2, 3);
        using var pilot = await ClientAsync(site, stage.Pilot, Scopes.Submit, Scopes.Read, Scopes.ComparisonsWrite);
        var route = (await GetAsync(pilot, $"/api/comparisons/{stage.Code}/circulation")).GetProperty("routes")[0].GetProperty("legs").EnumerateArray().Select(l => l.GetProperty("id").GetGuid()).ToArray();
        for (var i = 0; i < route.Length; i++)
        {
            foreach (var step in i == 0 ? new[] { "Sent" } : i == route.Length - 1 ? ["Received"] : ["Received", "Sent"])
            {
                var (status, answer) = await PostAsync(pilot, $"/api/comparisons/{stage.Code}/circulation/legs/{route[i]}/events", $$"""{"kind": "{{step}}", "condition": "Good", "carrier": "SF"}""");
                Assert.True(status == HttpStatusCode.Created, answer.ToString());
            }
        }
        Assert.True((await GetAsync(pilot, $"/api/comparisons/{stage.Code}/circulation")).GetProperty("allReturned").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(pilot, $"/api/comparisons/{stage.Code}/moves/end-circulation", "{}")).Status);
        var (opened, receipt) = await PostAsync(pilot, $"/api/comparisons/{stage.Code}/moves/open-results", "{}");
        Assert.True(opened == HttpStatusCode.OK, receipt.ToString());
        Assert.Empty(receipt.GetProperty("missing").EnumerateArray());
        Assert.True(receipt.GetProperty("notEvaluated").GetArrayLength() == 0, receipt.ToString());
        Assert.Equal(4, (await GetAsync(pilot, $"/api/comparisons/{stage.Code}/results")).GetProperty("packages").GetArrayLength());
        await using var db = site.Open();
        Assert.Equal(1, await db.Evaluations.CountAsync());
    }

    private static async Task<HttpClient> ClientAsync(TestSite site, Actor actor, params string[] scopes)
    {
        var secret = $"pl_{Guid.NewGuid():N}";
        await using var db = site.Open();
        var now = site.Clock.GetUtcNow();
        db.Set<AccessToken>().Add(new AccessToken
        {
            Id = Guid.NewGuid(), PersonId = actor.PersonId!.Value, Name = "test", Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))), Start = secret[..9], Scopes = string.Join(' ', scopes),
            CreatedAt = now, ExpiresAt = now.AddDays(400),
        });
        await db.SaveChangesAsync();
        var client = new HttpClient { BaseAddress = site.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(HttpClient client, string address, string body, string type = "application/json", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, type) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string address) => JsonDocument.Parse(await client.GetStringAsync(address)).RootElement;
}
