using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Plumbline.Registry;

namespace Plumbline.Journeys;

/// <summary>The same way through a comparison by programs alone: each person's access token, JSON in and out.</summary>
public sealed class ApiStoryTests
{
    private readonly Dictionary<string, HttpClient> clients = [];
    private TestSite site = null!;
    private string root = "";

    [Theory, EachDatabase]
    public async Task A_comparison_goes_from_draft_to_published_report(string kind)
    {
        await using (site = await TestSite.StartAsync(kind, "--Plumbline:Demonstration=true"))
        {
            await MakeTokensAsync();
            await DraftAsync();
            await PrepareAsync();
            await EnrolAsync();
            await CirculateAsync();
            await SubmitAsync();
            await EvaluateAsync();
            await ReportAsync();
            await ReadAsPublicAsync();
        }
        foreach (var client in clients.Values)
            client.Dispose();
    }

    private async Task MakeTokensAsync()
    {
        foreach (var (person, scopes) in ((string, string[])[])[("organiser", ["read", "comparisons:write"]), ("officer", ["read", "comparisons:write"]), ("coordinator", ["read", "comparisons:write", "submit"]), ("lab1", ["read", "comparisons:write", "submit"]), ("lab2", ["read", "comparisons:write", "submit"]), ("quality1", ["read"])])
            clients[person] = await TokenAsync(person, scopes);
        clients[""] = new HttpClient { BaseAddress = site.Address };
    }

    private async Task<HttpClient> TokenAsync(string person, string[] scopes)
    {
        using var browser = await site.SignedInAsync($"{person}@demo.example", DemonstrationAccounts.Password);
        var csrf = (await browser.Client.GetFromJsonAsync<JsonElement>("/api/csrf-token")).GetProperty("token").GetString();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tokens") { Headers = { { "X-CSRF-Token", csrf } }, Content = JsonContent.Create(new { name = "story", scopes, expiresOn = "2027-02-28" }) };
        var made = await ReadAsync(await browser.Client.SendAsync(request), HttpStatusCode.Created);
        return new HttpClient { BaseAddress = site.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", made.GetProperty("secret").GetString()), AcceptLanguage = { new("en") } } };
    }

    private void ItIs(string day) => site.Clock.Now = new DateTimeOffset(DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddHours(9), TimeSpan.FromHours(8));

    private async Task DraftAsync()
    {
        var draft = new
        {
            title = Script.Title, titleEn = Script.TitleEn, level = "National", field = "Electromagnetic", purpose = "考察直流电压量值的一致性。", organiser = "DEMO-SOCIETY", pilot = "DEMO-NMI", regulator = "DEMO-NR",
            quantity = "直流电压", quantityEn = "Direct voltage", unit = "V", namesLaboratories = true, route = "Ring", enrolmentDue = "2026-05-31", resultsDue = "2026-12-31",
            points = Script.Points.Select(p => new { nominal = p.Nominal, targetUncertainty = p.Target }),
            transferStandards = (object[])[new { name = "固态电压标准组", model = "732", items = "10", traceability = "示例国家直流电压基准" }],
            method = "WeightedMean", coverageFactor = "2", consistencyLevel = "0.05", outlierLevel = "0.05", excludeOutliers = true, pilotContributes = true,
        };
        var refused = await PostAsync("organiser", "/api/comparisons", draft with { title = "", unit = "V/" }, HttpStatusCode.UnprocessableEntity);
        Assert.Contains("title-missing", CodesOf(refused));
        await PostAsync("quality1", "/api/comparisons", draft, HttpStatusCode.Forbidden);
        var made = await PostAsync("organiser", "/api/comparisons", draft, HttpStatusCode.Created);
        root = $"/api/comparisons/{made.GetProperty("code").GetString()}";
        await GetAsync("", root, HttpStatusCode.NotFound);
        await MoveAsync("organiser", "propose");
        await PostAsync("organiser", $"{root}/moves/approve", new { }, HttpStatusCode.Forbidden);
        await MoveAsync("officer", "approve");
        await MoveAsync("coordinator", "accept", new { dutiesConfirmed = true });
    }

    private async Task PrepareAsync()
    {
        var gate = CodesOf(await PostAsync("coordinator", $"{root}/moves/open-enrolment", new { }, HttpStatusCode.UnprocessableEntity));
        Assert.Equal(Script.Tests.Length * Script.Points.Length, gate.Count(c => c == "test-missing"));
        foreach (var test in Script.Tests)
        {
            for (var point = 1; point <= Script.Points.Length; point++)
            {
                var receipt = await PostAsync("coordinator", $"{root}/preparation", new { standard = 1, point, kind = test, rows = Script.Readings(test, point).Select(r => new { key = r.Key, values = r.Values }) }, HttpStatusCode.Created);
                Assert.True(receipt.GetProperty("result").GetProperty("passed").GetBoolean(), $"{test} at point {point}: {receipt}");
            }
        }
        await MoveAsync("coordinator", "open-enrolment");
    }

    private async Task EnrolAsync()
    {
        ItIs("2026-04-01");
        foreach (var laboratory in (int[])[1, 2])
        {
            var enrolled = await PostAsync($"lab{laboratory}", $"{root}/participants", new { standard = "直流电压标准装置", certificate = $"[2020]国量标示例证字第00{laboratory}号", contactName = "示例联系人", contactTelephone = "010-00000000" }, HttpStatusCode.Created);
            var decision = $"{root}/participants/{enrolled.GetProperty("id").GetString()}/decision";
            await PostAsync($"lab{laboratory}", decision, new { decision = "confirm" }, HttpStatusCode.Forbidden);
            await PostAsync("coordinator", decision, new { decision = "confirm" });
            site.Clock.Now += TimeSpan.FromMinutes(1);
        }
    }

    private async Task CirculateAsync()
    {
        ItIs("2026-06-01");
        await PostAsync("coordinator", $"{root}/route/generate", new { start = Script.Route[0].Arrival, stay = "10", pilotStay = "5", transport = "4" });
        await MoveAsync("coordinator", "start-circulation");
        ItIs("2026-07-13");
        foreach (var (laboratory, kind, on) in Script.Journey)
        {
            var legs = (await GetAsync(Script.PersonOf(laboratory), $"{root}/circulation")).GetProperty("routes")[0].GetProperty("legs").EnumerateArray().ToArray();
            var current = legs.First(l => l.GetProperty("isCurrent").GetBoolean()).GetProperty("id").GetString();
            await PostAsync(Script.PersonOf(laboratory), $"{root}/circulation/legs/{current}/events", new { kind, on, condition = "Good", carrier = "专人送达" });
        }
        Assert.True((await GetAsync("coordinator", $"{root}/circulation")).GetProperty("allReturned").GetBoolean());
        await MoveAsync("coordinator", "end-circulation");
    }

    private async Task SubmitAsync()
    {
        Assert.Contains("results-pilot-first", CodesOf(await PostAsync("lab1", $"{root}/results", Package(1), HttpStatusCode.UnprocessableEntity)));
        await PostAsync("coordinator", $"{root}/results", Package(0), HttpStatusCode.Created);
        // A token that only reads hands nothing in.
        await PostAsync("quality1", $"{root}/results", Package(1), HttpStatusCode.Forbidden);

        var first = await SubmitOnceAsync("key-1", Package(1), HttpStatusCode.Created, replayed: false);
        Assert.Equal(first.ToString(), (await SubmitOnceAsync("key-1", Package(1), HttpStatusCode.Created, replayed: true)).ToString());
        await SubmitOnceAsync("key-1", Package(2), HttpStatusCode.UnprocessableEntity, replayed: false);
        var own = await GetAsync("lab1", "/api" + first.GetProperty("address").GetString());
        Assert.Equal("1.000011", own.GetProperty("package").GetProperty("results")[0].GetProperty("value").GetString());
        Assert.Equal(1, own.GetProperty("version").GetInt32());

        // One is still missing, and the deadline has not passed.
        await PostAsync("coordinator", $"{root}/moves/open-results", new { }, HttpStatusCode.UnprocessableEntity);
        var bad = await UploadAsync(Script.Csv(2, spoiltUncertainty: "-0.00030"), HttpStatusCode.UnprocessableEntity);
        var row = Assert.Single(bad.GetProperty("refusals").EnumerateArray());
        Assert.Equal(3, row.GetProperty("row").GetInt32());
        await UploadAsync(Script.Csv(2), HttpStatusCode.Created);

        foreach (var person in (string[])["lab2", "coordinator", "organiser"])
        {
            await GetAsync(person, "/api" + first.GetProperty("address").GetString(), HttpStatusCode.NotFound);
            Assert.DoesNotContain("1.000011", (await GetAsync(person, $"{root}/results")).ToString(), StringComparison.Ordinal);
        }
    }

    private async Task<JsonElement> SubmitOnceAsync(string key, object package, HttpStatusCode status, bool replayed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{root}/results") { Headers = { { "Idempotency-Key", key } }, Content = JsonContent.Create(package) };
        using var response = await clients["lab1"].SendAsync(request);
        Assert.Equal(replayed, response.Headers.Contains("Idempotency-Replayed"));
        return await ReadAsync(response, status);
    }

    private async Task<JsonElement> UploadAsync(string csv, HttpStatusCode status)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(csv)) { Headers = { ContentType = new("text/csv") } };
        using var response = await clients["lab2"].PostAsync($"{root}/results/file?name=results.csv", content);
        return await ReadAsync(response, status);
    }

    private static object Package(int laboratory) => new
    {
        points = Script.Results(laboratory).Select((r, i) => new { point = i + 1, value = r.Value, unit = "V", uncertainty = r.Uncertainty, coverageFactor = 2, measuredOn = "2026-06-15" }),
        method = "与标准组直接比较", conditions = "(20.0 ± 0.5) °C", instrument = "示例数字多用表", instrumentTraceability = "证书 2025-0007",
    };

    private async Task EvaluateAsync()
    {
        ItIs("2027-01-04");
        await MoveAsync("coordinator", "open-results");
        await PostAsync("coordinator", $"{root}/evaluation", new { }, HttpStatusCode.Created);
        var evaluation = await GetAsync("coordinator", $"{root}/evaluation");
        var points = evaluation.GetProperty("result").GetProperty("points");
        Assert.Equal(Script.Points.Length, points.GetArrayLength());
        Assert.All(points.EnumerateArray(), p => Assert.Equal(3, p.GetProperty("laboratories").GetArrayLength()));
        // Nobody but the pilot laboratory before the draft report.
        await GetAsync("lab1", $"{root}/evaluation", HttpStatusCode.Forbidden, HttpStatusCode.NotFound);
    }

    private async Task ReportAsync()
    {
        await PostAsync("coordinator", $"{root}/report/draft", new { conclusion = "1 V 处一致；10 V 处一家实验室偏离。", conclusionEn = "Laboratories agree at 1 V; one deviates at 10 V.", advice = "建议核查分压器。" });
        await GetAsync("", $"{root}/report", HttpStatusCode.NotFound);
        var comment = await PostAsync("lab2", $"{root}/report/comments", new { text = "分压器已重新校准。" });
        Assert.NotEmpty(CodesOf(await PostAsync("organiser", $"{root}/report/publish", new { }, HttpStatusCode.UnprocessableEntity)));
        await PostAsync("coordinator", $"{root}/report/answers", new { commentId = comment.GetProperty("id").GetString(), text = "将注明。" });
        ItIs("2027-02-20");
        await PostAsync("organiser", $"{root}/report/publish", new { });
    }

    private async Task ReadAsPublicAsync()
    {
        var view = await GetAsync("", root);
        Assert.Equal("Published", view.GetProperty("state").GetString());
        var report = await GetAsync("", $"{root}/report");
        var deviating = from point in report.GetProperty("result").GetProperty("points").EnumerateArray()
                        from laboratory in point.GetProperty("laboratories").EnumerateArray()
                        let en = laboratory.TryGetProperty("en", out var found) && found.ValueKind == JsonValueKind.Number ? found.GetDouble() : 0
                        where Math.Abs(en) > 1
                        select en;
        Assert.NotEmpty(deviating);
        Assert.Contains(root.Split('/')[^1], (await GetAsync("", "/api/comparisons?state=Published")).ToString(), StringComparison.Ordinal);
    }

    private Task<JsonElement> MoveAsync(string person, string action, object? body = null) => PostAsync(person, $"{root}/moves/{action}", body ?? new { });

    private async Task<JsonElement> PostAsync(string person, string address, object body, HttpStatusCode? status = null)
    {
        using var response = await clients[person].PostAsJsonAsync(address, body);
        return await ReadAsync(response, status is { } only ? [only] : [HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.NoContent]);
    }

    private async Task<JsonElement> GetAsync(string person, string address, params HttpStatusCode[] status)
    {
        using var response = await clients[person].GetAsync(address);
        return await ReadAsync(response, status.Length > 0 ? status : [HttpStatusCode.OK]);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, params HttpStatusCode[] status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status.Contains(response.StatusCode), $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.PathAndQuery}: {(int)response.StatusCode} instead of {string.Join(" or ", status.Select(s => (int)s))}\n{text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static string[] CodesOf(JsonElement problem) => [.. problem.GetProperty("refusals").EnumerateArray().Select(r => r.GetProperty("code").GetString()!)];
}
