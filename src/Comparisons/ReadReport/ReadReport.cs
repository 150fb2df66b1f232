using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>A report that somebody may read, as its issued data have it.</summary>
internal sealed record ReadableReport(Comparison Comparison, Report Report, ReportModel Model);

/// <summary>Gives out issued reports: the published one to everybody, a draft to those who take part.</summary>
internal sealed class ReadReport(PlumblineDb db, ReportMaking making, TimeProvider clock)
{
    public async Task<Outcome<ReadableReport>> ReadAsync(string code, int? number, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        // Those outside know only the final report; they are not told that there are drafts.
        var inside = actor.TakesPart(comparison);
        var report = await db.Reports.AsNoTracking().Where(r => r.ComparisonId == comparison.Id && (number == null || r.Number == number) && (inside || r.IsFinal))
            .OrderByDescending(r => r.Number).FirstOrDefaultAsync(cancel);
        if (report is null || (!inside && comparison.State != ComparisonState.Published))
            return OutcomeKind.NotFound;
        var model = await making.IssuedAsync(report.Id, cancel);
        if (!report.IsFinal && Own(comparison, actor) is { } own)
            model = await making.OwnAsync(model, comparison, own, cancel);
        return new ReadableReport(comparison, report, model);
    }

    /// <summary>A file by its name, such as <c>2.zh.pdf</c>; <c>2.zh.own.pdf</c> is the copy that names the reader's laboratory.</summary>
    public async Task<Outcome<(string Name, string Type, ReportFile File)>> FileAsync(string code, string name, Actor actor, CancellationToken cancel = default)
    {
        var parts = name.Split('.');
        if (parts.Length is not (3 or 4) || !int.TryParse(parts[0], out var number) || !ReportFormats.Languages.Contains(parts[1]) || !ReportFormats.All.Contains(parts[^1]) || (parts.Length == 4 && parts[2] != "own"))
            return OutcomeKind.NotFound;
        var readable = await ReadAsync(code, number, actor, cancel);
        if (readable.Value is not { } found)
            return readable.Kind;
        var own = parts.Length == 4 ? Own(found.Comparison, actor) : null;
        if (parts.Length == 4 && (own is null || found.Report.IsFinal))
            return OutcomeKind.NotFound;
        var file = await making.FileAsync(found.Report.Id, parts[1], parts[^1], own, found.Comparison, clock.GetUtcNow(), cancel);
        return file.Accepted ? ($"{found.Comparison.Code}-{name}", ReportFormats.ContentType(parts[^1]), file.Value!) : file.Refusals.ToArray();
    }

    /// <summary>A picture of the published report by its name, in the reader's language.</summary>
    internal static async Task<IResult> DownloadChart(string code, string name, ReadReport handler, Actor actor, Texts texts, HttpContext http, CancellationToken cancel)
    {
        var outcome = await handler.ReadAsync(code, null, actor, cancel);
        if (outcome.Value is not { Report.IsFinal: true, Model: var model } || new ReportCharts(model, texts).All.FirstOrDefault(c => c.Name == name) is not { } chart)
            return Results.NotFound();
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'";
        return Results.File(System.Text.Encoding.UTF8.GetBytes(await ReportCharts.SvgAsync(chart)), "image/svg+xml", $"{model.Input.Comparison.Code}-{name}.svg");
    }

    private static Participant? Own(Comparison comparison, Actor actor) => comparison.Confirmed.FirstOrDefault(p => !p.IsPilot && actor.BelongsTo(p.OrganisationId));

    internal static async Task<IResult> Get(string code, ReadReport handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.ReadAsync(code, null, actor, cancel)).ToHttp(texts, r => Results.Json(r.Model, ComparisonsJson.Stored));

    internal static async Task<IResult> Download(string code, string file, ReadReport handler, Actor actor, Texts texts, HttpContext http, CancellationToken cancel)
    {
        var outcome = await handler.FileAsync(code, file, actor, cancel);
        return outcome.ToHttp(texts, found =>
        {
            http.Response.Headers.ETag = $"\"{found.File.Sha256}\"";
            // An issued document is somebody's words: never run it as a page of this site.
            http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
            return Results.File(found.File.Content, found.Type, found.Type.StartsWith("text/html", StringComparison.Ordinal) ? null : found.Name);
        });
    }
}
