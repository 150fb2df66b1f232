using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Numerics;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>One point of one published comparison of a laboratory.</summary>
public sealed record HistoryPoint(string Label, string? LabelEn, string Unit, double? Deviation, double? DeviationExpanded, double? En, Verdict Verdict);

/// <summary>One published comparison in which a laboratory took part. A coded report gives no figures: they would break the code.</summary>
public sealed record HistoryEntry(string Code, string Title, string? TitleEn, string Quantity, string? QuantityEn, DateTimeOffset PublishedAt, bool IsPilot, bool Coded, Verdict? Verdict, IReadOnlyList<HistoryPoint> Points);

public sealed record LaboratoryRecord(string Code, string Name, string? NameEn, IReadOnlyList<HistoryEntry> Comparisons);

/// <summary>What is publicly known of a laboratory's comparisons.</summary>
internal sealed class LaboratoryHistory(PlumblineDb db, ReportMaking making)
{
    public async Task<Outcome<LaboratoryRecord>> ReadAsync(string organisationCode, CancellationToken cancel = default)
    {
        if (await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Code == organisationCode && o.State == OrganisationState.Active, cancel) is not { } organisation)
            return OutcomeKind.NotFound;
        var comparisons = await db.Comparisons.AsNoTracking().Include(c => c.Participants)
            .Where(c => c.State == ComparisonState.Published && c.Participants.Any(p => p.OrganisationId == organisation.Id && p.State == ParticipantState.Confirmed))
            .OrderByDescending(c => c.PublishedAt).AsSplitQuery().ToListAsync(cancel);
        var entries = new List<HistoryEntry>();
        foreach (var comparison in comparisons)
            entries.Add(await EntryAsync(comparison, organisation, cancel));
        return new LaboratoryRecord(organisation.Code, organisation.Name, organisation.NameEn, entries);
    }

    private async Task<HistoryEntry> EntryAsync(Comparison comparison, Organisation organisation, CancellationToken cancel)
    {
        var participant = comparison.Participants.First(p => p.OrganisationId == organisation.Id);
        HistoryEntry Of(Verdict? verdict, IReadOnlyList<HistoryPoint> points) => new(comparison.Code, comparison.Title, comparison.TitleEn, comparison.Quantity, comparison.QuantityEn, comparison.PublishedAt!.Value, participant.IsPilot, !comparison.NamesLaboratories, verdict, points);
        if (!comparison.NamesLaboratories || await db.LatestReportAsync(comparison.Id, cancel) is not { IsFinal: true } report)
            return Of(null, []);
        var model = await making.IssuedAsync(report.Id, cancel);
        var code = InputOfComparison.CodeOf(comparison, participant);
        return Of(model.Result.Laboratories.FirstOrDefault(l => l.Laboratory == code)?.Verdict,
            [.. from point in model.Result.Points
                from figures in point.Laboratories
                where figures.Laboratory == code
                let about = model.PointOf(point)
                select new HistoryPoint(about.Label, about.LabelEn, model.Unit, figures.Deviation, figures.DeviationExpanded, figures.En, figures.Verdict)]);
    }

    internal static async Task<IResult> Get(string organisationCode, LaboratoryHistory handler, Texts texts, CancellationToken cancel) =>
        (await handler.ReadAsync(organisationCode, cancel)).ToHttp(texts, r => Results.Json(r, ComparisonsJson.Stored));
}
