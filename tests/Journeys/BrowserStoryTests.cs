using System.Diagnostics;
using Microsoft.Playwright;

namespace Plumbline.Journeys;

/// <summary>A stranger's way through the whole of a comparison, in the browser, from the first draft to the published report.</summary>
public sealed class BrowserStoryTests(Browsers browsers)
{
    private Stage stage = null!;
    private string code = "";

    [BrowserTheory, InlineData(1440)]
    public Task A_comparison_goes_from_draft_to_published_report(int width) => PlayAsync("desk", new View(width));

    [BrowserTheory, InlineData(390)]
    public Task The_same_goes_on_a_phone_without_script(int width) => PlayAsync("phone", new View(width, Script: false));

    private async Task PlayAsync(string name, View view)
    {
        await using (stage = await Stage.SetAsync(browsers, name, view))
        {
            await DraftAsync();
            await ApproveAsync();
            await PrepareAsync();
            await EnrolAsync();
            await CirculateAsync();
            await SubmitAsync();
            await OpenAndEvaluateAsync();
            await ReportAsync();
            await ReadAsPublicAsync();
            Assert.True(stage.Faults.Count == 0, string.Join('\n', stage.Faults));
        }
    }

    private string At(string page = "") => $"/comparisons/{code}{page}";

    private async Task DraftAsync()
    {
        var page = await stage.AtAsync("organiser", "/comparisons");
        await page.PressAsync("main a[href='/comparisons/new']");
        await stage.LookAsync(page, "blank-draft");
        await page.PressAsync("main button[name=Action][value=save]:not(.hidden)");
        Assert.Contains("title-missing", await page.RefusalsAsync());
        await stage.LookAsync(page, "refused-draft");

        await page.FillInAsync(("Form.Title", Script.Title), ("Form.TitleEn", Script.TitleEn), ("Form.Field", "Electromagnetic"), ("Form.Quantity", "直流电压"), ("Form.QuantityEn", "Direct voltage"), ("Form.Unit", "V"),
            ("Form.Purpose", "考察直流电压量值的一致性。"), ("Form.PurposeEn", "To see how well direct voltages agree."), ("Form.Pilot", "DEMO-NMI"), ("Form.Regulator", "DEMO-NR"), ("Form.NamesLaboratories", "true"),
            ("Form.TransferStandards[0].Name", "固态电压标准组"), ("Form.TransferStandards[0].NameEn", "Solid-state voltage standards"), ("Form.TransferStandards[0].Model", "732"), ("Form.TransferStandards[0].Items", "10"),
            ("Form.TransferStandards[0].Traceability", "示例国家直流电压基准"), ("Form.EnrolmentDue", "2026-05-31"), ("Form.ResultsDue", "2026-12-31"), ("Form.Method", "WeightedMean"), ("Form.PilotContributes", "true"));
        await page.PressAsync("main button[value=add-point]");
        foreach (var (point, i) in Script.Points.Select((p, i) => (p, i)))
            await page.FillInAsync(($"Form.Points[{i}].Nominal", point.Nominal), ($"Form.Points[{i}].TargetUncertainty", point.Target));
        await page.PressAsync("main button[name=Action][value=save]:not(.hidden)");
        Assert.Empty(await page.RefusalsAsync());
        code = page.Path().Split('/')[2];
        await stage.LookAsync(page, "saved-draft");
        await MoveAsync("organiser", "propose");
        // Nobody outside knows of it yet.
        await stage.AtAsync(null, At(), status: 404);
        await stage.AtAsync("lab1", At(), status: 404);
    }

    private async Task ApproveAsync()
    {
        var page = await stage.AtAsync("officer", "/tasks");
        await stage.LookAsync(page, "tasks-of-the-officer");
        await page.PressAsync($"main a[href='{At("/moves/approve")}']");
        await stage.LookAsync(page, "approval");
        await page.SendAsync("Form.Version");
        Assert.Equal(At(), page.Path());

        page = await stage.AtAsync("coordinator", At("/moves/accept"));
        await page.SendAsync("Form.Version");
        Assert.Contains("duties-unconfirmed", await page.RefusalsAsync());
        await page.FillInAsync(("Form.DutiesConfirmed", "true"));
        await stage.LookAsync(page, "acceptance");
        await page.SendAsync("Form.Version");
        Assert.Equal(At(), page.Path());
    }

    private async Task PrepareAsync()
    {
        var page = await stage.AtAsync("coordinator", At("/moves/open-enrolment"));
        Assert.Equal(Script.Tests.Length * Script.Points.Length, (await page.RefusalsAsync()).Count(c => c == "test-missing"));
        Assert.Equal(0, await page.Locator("main form [name='Form.Version']").CountAsync());
        await stage.LookAsync(page, "gate");

        foreach (var kind in Script.Tests)
        {
            for (var point = 1; point <= Script.Points.Length; point++)
            {
                await stage.AtAsync("coordinator", At("/preparation"));
                await page.PressAsync($"main a[href*='point={point}'][href*='kind={kind}']");
                var rows = Script.Readings(kind, point);
                while (await page.Locator("main input[name$='.Values']").CountAsync() < rows.Count)
                    await page.PressAsync("main button[value=add-rows]");
                await page.FillInAsync([.. rows.SelectMany((r, i) => ((string, string)[])[($"Form.Rows[{i}].Key", r.Key), ($"Form.Rows[{i}].Values", r.Values)])]);
                await page.PressAsync("main button[name=Action][value=save]:not(.hidden)");
                Assert.Empty(await page.RefusalsAsync());
            }
            await stage.LookAsync(page, $"test-{kind}");
        }
        await MoveAsync("coordinator", "open-enrolment");
    }

    private async Task EnrolAsync()
    {
        stage.ItIs("2026-04-01");
        foreach (var laboratory in (int[])[1, 2])
        {
            var applicant = await stage.AtAsync($"lab{laboratory}", At("/participants"));
            await applicant.FillInAsync(("Form.Standard", "直流电压标准装置"), ("Form.Certificate", $"[2020]国量标示例证字第00{laboratory}号"), ("Form.ContactTelephone", "010-00000000"), ("Form.ContactEmail", $"lab{laboratory}@demo.example"));
            await stage.LookAsync(applicant, $"enrolment-{laboratory}");
            await applicant.SendAsync("Form.Standard");
            Assert.Empty(await applicant.RefusalsAsync());
        }
        var page = await stage.AtAsync("coordinator", At("/participants"));
        await stage.LookAsync(page, "applications");
        foreach (var laboratory in (string[])["示例省计量科学研究院", "示例市计量检测院"])
        {
            await page.PressAsync($"main tr:has-text('{laboratory}') form:has(input[value^='confirm-']) button");
            stage.Site.Clock.Now += TimeSpan.FromMinutes(1);
        }
        Assert.Equal(0, await page.Locator("main form:has(input[value^='confirm-'])").CountAsync());
        await stage.LookAsync(page, "participants");
    }

    private async Task CirculateAsync()
    {
        stage.ItIs("2026-06-01");
        var page = await stage.AtAsync("coordinator", At("/circulation/plan"));
        await PlanAsync(page);
        await MoveAsync("coordinator", "start-circulation");

        stage.ItIs("2026-07-13");
        foreach (var (laboratory, kind, on) in Script.Journey)
        {
            page = await stage.AtAsync(Script.PersonOf(laboratory), At("/circulation"));
            Assert.Equal(kind, await page.InputValueAsync("[name='Form.Kind']"));
            await page.FillInAsync(("Form.On", on), ("Form.Carrier", "专人送达"));
            await page.SendAsync("Form.Leg");
            Assert.Empty(await page.RefusalsAsync());
            if (laboratory == 2)
                await stage.LookAsync(page, $"leg-{kind}");
        }
        await stage.LookAsync(page, "circulation-over");
        await stage.LookAsync(await stage.AtAsync("lab1", At()), "overview-of-a-participant");
        page = await stage.AtAsync("coordinator", At("/circulation/end"));
        await page.SendAsync("Form.Version");
        Assert.Equal(At(), page.Path());
    }

    private async Task PlanAsync(IPage page)
    {
        await page.FillInAsync(("Generate.Start", Script.Route[0].Arrival), ("Generate.Stay", "10"), ("Generate.PilotStay", "5"), ("Generate.Transport", "4"));
        await page.PressAsync("main form:has([name='Generate.Start']) button.button");
        Assert.Empty(await page.RefusalsAsync());
        // Laid out by rule, then changed by hand.
        await page.FillInAsync([.. Script.Route.SelectMany((stay, i) => ((string, string)[])[($"Form.Stays[{i}].Arrival", stay.Arrival), ($"Form.Stays[{i}].Departure", stay.Departure)])]);
        await page.PressAsync("main form:has([name='Form.Version']) button[value=save]:not(.hidden)");
        Assert.Empty(await page.RefusalsAsync());
        await stage.LookAsync(page, "route-plan");
    }

    private async Task SubmitAsync()
    {
        // The pilot laboratory first: it must not know the others'.
        var page = await stage.AtAsync("lab1", At("/results"));
        await FillInResultsAsync(page, 1);
        await page.PressAsync("main button[value=check]");
        Assert.Contains("results-pilot-first", await page.RefusalsAsync());
        await HandInByPageAsync(0);
        await HandInByPageAsync(1);
        await HandInByFileAsync();
        await SealedAsync();
    }

    private async Task HandInByPageAsync(int laboratory)
    {
        var page = await stage.AtAsync(Script.PersonOf(laboratory), At("/results"));
        await FillInResultsAsync(page, laboratory);
        if (laboratory == 1)
            await stage.LookAsync(page, "results");
        await page.PressAsync("main button[value=check]");
        Assert.Empty(await page.RefusalsAsync());
        if (laboratory == 1)
            await stage.LookAsync(page, "check-answers");
        await page.PressAsync("main button[value=submit]");
        Assert.Contains("/results/receipt/", page.Path(), StringComparison.Ordinal);
        if (laboratory == 1)
            await stage.LookAsync(page, "receipt");
    }

    private static async Task FillInResultsAsync(IPage page, int laboratory)
    {
        await page.FillInAsync([.. Script.Results(laboratory).SelectMany((r, i) => ((string, string)[])[($"Form.Points[{i}].Value", r.Value), ($"Form.Points[{i}].Uncertainty", r.Uncertainty), ($"Form.Points[{i}].CoverageFactor", "2"), ($"Form.Points[{i}].MeasuredOn", "2026-06-15")])]);
        await page.FillInAsync(("Form.Method", "与标准组直接比较"), ("Form.Conditions", "(20.0 ± 0.5) °C"), ("Form.Instrument", "示例数字多用表"), ("Form.InstrumentTraceability", "证书 2025-0007"));
    }

    private async Task HandInByFileAsync()
    {
        var page = await stage.AtAsync("lab2", At("/results/upload"));
        await UploadAsync(Script.Csv(2, spoiltUncertainty: "0.0003O"));
        Assert.NotEmpty(await page.RefusalsAsync());
        var row = await page.InnerTextAsync("main tr[data-code]");
        Assert.Contains("3", row, StringComparison.Ordinal);
        Assert.Contains("0.0003O", row, StringComparison.Ordinal);
        await stage.LookAsync(page, "bad-file");
        await UploadAsync(Script.Csv(2));
        Assert.Empty(await page.RefusalsAsync());
        await page.PressAsync("main button[value=submit]");
        Assert.Contains("/results/receipt/", page.Path(), StringComparison.Ordinal);

        async Task UploadAsync(string csv)
        {
            await page.SetInputFilesAsync("[name='Form.Sheet']", new FilePayload { Name = "results.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(csv) });
            await page.FillInAsync(("Form.Method", "直接比较"), ("Form.Instrument", "示例电压表"), ("Form.InstrumentTraceability", "证书 2025-0011"));
            await page.PressAsync("main button[value=check]");
        }
    }

    /// <summary>Until the opening nobody reads what another laboratory measured: not the pilot laboratory, nor who runs or approves it.</summary>
    private async Task SealedAsync()
    {
        var receipt = (await stage.AtAsync("lab1", At("/results"))).Locator("main a[href*='/receipt/']");
        var address = await receipt.First.GetAttributeAsync("href") ?? "";
        foreach (var person in (string[])["lab2", "coordinator", "organiser", "officer"])
            await stage.AtAsync(person, address, status: 404);
        var mine = Script.Results(1)[0].Value;
        Assert.Contains(mine[2..5], await (await stage.AtAsync("lab1", address)).TextAsync(), StringComparison.Ordinal);
        foreach (var person in (string[])["lab2", "coordinator", "organiser"])
        {
            foreach (var page in (string[])["", "/results/received"])
            {
                var seen = await stage.AtAsync(person, At(page));
                Assert.DoesNotContain("000011", (await seen.ContentAsync()).Replace("\u2009", "", StringComparison.Ordinal), StringComparison.Ordinal);
                if (person == "coordinator" && page.Length > 0)
                    await stage.LookAsync(seen, "received-sealed");
            }
        }
    }

    private async Task OpenAndEvaluateAsync()
    {
        var page = await stage.AtAsync("coordinator", At("/results/open"));
        await stage.LookAsync(page, "opening-too-early");
        stage.ItIs("2027-01-04");
        page = await stage.AtAsync("coordinator", At("/results/open"));
        await stage.LookAsync(page, "opening");
        await page.SendAsync("Form.Version");
        Assert.Equal(At("/results/received"), page.Path());
        await stage.LookAsync(page, "opened");
        page = await stage.AtAsync("coordinator", At("/evaluation"));
        if (await page.Locator("main article.report").CountAsync() == 0)
            await page.PressAsync("main form:has([name='Form.Method']) button.button:not(.ghost)");
        await stage.LookAsync(page, "evaluation");
        Assert.Contains("-", await page.TextAsync(), StringComparison.Ordinal);
    }

    private async Task ReportAsync()
    {
        var page = await stage.AtAsync("coordinator", At("/report/draft"));
        await page.FillInAsync(("Form.Conclusion", "1 V 处各实验室量值一致；10 V 处一家实验室偏离。"), ("Form.ConclusionEn", "Laboratories agree at 1 V; one deviates at 10 V."), ("Form.Advice", "建议该实验室核查分压器。"), ("Form.AdviceEn", "That laboratory should check its divider."));
        await stage.LookAsync(page, "draft-report");
        await page.SendAsync("Form.Conclusion");
        Assert.Equal(At("/report"), page.Path());

        page = await stage.AtAsync("lab2", At("/report"));
        await stage.LookAsync(page, "report-as-a-participant-sees-it");
        await page.PressAsync($"main a[href='{At("/report/comments")}']");
        await page.FillInAsync(("Form.Text", "10 V 的分压器已重新校准，请在报告中注明。"));
        await page.SendAsync("Form.Text");
        page = await stage.AtAsync("coordinator", At("/report/comments"));
        await page.FillInAsync(("Answer.Text", "将在结论中注明。"));
        await stage.LookAsync(page, "comment");
        await page.SendAsync("Answer.Text");
        await stage.LookAsync(page, "comment-answered");

        page = await stage.AtAsync("organiser", At("/report/publish"));
        await stage.LookAsync(page, "publishing-too-early");
        stage.ItIs("2027-03-01");
        page = await stage.AtAsync("organiser", At("/report/publish"));
        await stage.LookAsync(page, "publishing");
        await page.SendAsync("Form.Version");
        Assert.Equal(At("/report"), page.Path());
    }

    private async Task ReadAsPublicAsync()
    {
        var page = await stage.AtAsync(null, "/");
        await page.PressAsync($"main a[href='{At()}']");
        await stage.LookAsync(page, "published");
        Assert.True(await page.Locator("main svg.chart").CountAsync() >= 2 * Script.Points.Length);
        await stage.AtAsync(null, At("?lang=en"));
        await stage.LookAsync(page, "published-en");
        // The second laboratory's deviation at 10 V, and what follows.
        Assert.Contains("Unsatisfactory", await page.TextAsync(), StringComparison.OrdinalIgnoreCase);
        await stage.LookAsync(await stage.AtAsync(null, At("/report")), "report-en");
        var figures = await page.EvaluateAsync<int[]>("() => [...document.querySelectorAll('main figcaption')].map(c => +(/Figure (\\d+)/.exec(c.textContent) ?? [0, 0])[1])");
        Assert.Equal(Enumerable.Range(1, figures.Length), figures);

        using var client = new HttpClient { BaseAddress = stage.Site.Address };
        var address = await page.Locator("main a[href$='.zh.pdf']").First.GetAttributeAsync("href");
        var pdf = await client.GetByteArrayAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal("%PDF"u8, pdf.AsSpan(0, 4));
        if (File.Exists("/usr/bin/pdftotext"))
            Assert.Contains(Script.Title, await TextOfAsync(pdf), StringComparison.Ordinal);
    }

    private async Task MoveAsync(string person, string action)
    {
        var page = await stage.AtAsync(person, At($"/moves/{action}"));
        await page.SendAsync("Form.Version");
        Assert.Equal(At(), page.Path());
    }

    private static async Task<string> TextOfAsync(byte[] pdf)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, pdf);
            using var reader = Process.Start(new ProcessStartInfo("/usr/bin/pdftotext", ["-enc", "UTF-8", file, "-"]) { RedirectStandardOutput = true })!;
            return await reader.StandardOutput.ReadToEndAsync();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
