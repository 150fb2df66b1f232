using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

internal sealed record DraftReceipt(string Code, int Version);

/// <summary>Creates a comparison, or changes one that is still a draft. It may stay incomplete until it is proposed.</summary>
internal sealed class DraftComparison(PlumblineDb db, TimeProvider clock, LocalTime time)
{
    private const int Attempts = 8;

    /// <param name="code">The comparison to change; null for a new one.</param>
    public async Task<Outcome<DraftReceipt>> RunAsync(string? code, ComparisonDraft draft, Actor actor, CancellationToken cancel) =>
        code is null ? await CreateAsync(draft, actor, cancel) : await ChangeAsync(code, draft, actor, cancel);

    private async Task<Outcome<DraftReceipt>> CreateAsync(ComparisonDraft draft, Actor actor, CancellationToken cancel)
    {
        if (actor.Organisations(Role.Organiser).Count == 0)
            return OutcomeKind.Forbidden;
        var parties = await PartiesAsync(draft, actor, cancel);
        var refusals = DraftRules.Refusals(draft, parties).ToArray();
        if (refusals.Length > 0)
            return refusals;
        var now = clock.GetUtcNow();
        var prefix = PrefixOf(draft, time.Today.Year);
        for (var attempt = 1; ; attempt++)
        {
            var comparison = New($"{prefix}{await NextSerialAsync(prefix, cancel):000}", draft, parties, actor, now);
            db.Comparisons.Add(comparison);
            db.ComparisonEvents.Add(ComparisonEvent.Of(comparison, "draft", actor, now) with { To = ComparisonState.Draft });
            try
            {
                await db.SaveChangesAsync(cancel);
                return new DraftReceipt(comparison.Code, comparison.Version);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // Somebody else took the same code, or the same place in the audit trail, between our look and our save.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<Outcome<DraftReceipt>> ChangeAsync(string code, ComparisonDraft draft, Actor actor, CancellationToken cancel)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        if (!actor.IsOrganiser(comparison))
            return OutcomeKind.Forbidden;
        if (comparison.State != ComparisonState.Draft)
            return new Refusal("not-a-draft", null, comparison.Code, comparison.State);
        if (draft.Version is { } version && version != comparison.Version)
            return OutcomeKind.Conflict;
        draft.Organiser = await db.Organisations.Where(o => o.Id == comparison.OrganiserId).Select(o => o.Code).SingleAsync(cancel);
        var parties = await PartiesAsync(draft, actor, cancel);
        Refusal[] refusals = [.. DraftRules.Refusals(draft, parties)];
        if (refusals.Length > 0)
            return refusals;
        Apply(draft, parties, comparison);
        // The code tells the level; nobody but the organiser knows it yet, so it may follow.
        var prefix = PrefixOf(draft, int.Parse(comparison.Code.AsSpan(0, 4), CultureInfo.InvariantCulture));
        if (!comparison.Code.StartsWith(prefix, StringComparison.Ordinal))
        {
            var before = comparison.Code;
            comparison.Code = $"{prefix}{await NextSerialAsync(prefix, cancel):000}";
            db.ComparisonEvents.Add(ComparisonEvent.Of(comparison, "recode", actor, clock.GetUtcNow(), $"{before} → {comparison.Code}"));
        }
        comparison.Version++;
        return await db.TrySaveAsync(cancel) ? new DraftReceipt(comparison.Code, comparison.Version) : OutcomeKind.Conflict;
    }

    private async Task<DraftParties> PartiesAsync(ComparisonDraft draft, Actor actor, CancellationToken cancel)
    {
        var mine = actor.Organisations(Role.Organiser);
        var organiser = string.IsNullOrWhiteSpace(draft.Organiser) && mine.Count == 1 ? mine[0] : mine.FirstOrDefault(o => o.OrganisationCode == draft.Organiser?.Trim());
        string?[] codes = [organiser?.OrganisationCode, draft.Pilot?.Trim(), draft.Regulator?.Trim()];
        var found = await db.Organisations.AsNoTracking().Where(o => codes.Contains(o.Code)).ToDictionaryAsync(o => o.Code, cancel);
        return new(Find(codes[0]), Find(codes[1]), Find(codes[2]));

        Organisation? Find(string? code) => code is null ? null : found.GetValueOrDefault(code);
    }

    private async Task<int> NextSerialAsync(string prefix, CancellationToken cancel)
    {
        var taken = await db.Comparisons.Where(c => c.Code.StartsWith(prefix)).Select(c => c.Code).ToListAsync(cancel);
        return taken.Select(c => int.TryParse(c[prefix.Length..], out var serial) ? serial : 0).DefaultIfEmpty().Max() + 1;
    }

    private Comparison New(string code, ComparisonDraft draft, DraftParties parties, Actor actor, DateTimeOffset now)
    {
        var comparison = new Comparison
        {
            Id = Guid.CreateVersion7(now), Code = code, Title = "", Level = default, Field = default, OrganiserId = parties.Organiser!.Id,
            RegulatorId = parties.Organiser.Id, PilotId = parties.Organiser.Id, Quantity = "", Unit = "", EnrolmentDue = now, ResultsDue = now, Options = new(),
            CreatedBy = actor.PersonId ?? Guid.Empty, IsDemonstration = parties.Organiser.IsDemonstration,
        };
        Apply(draft, parties, comparison);
        return comparison;
    }

    private void Apply(ComparisonDraft draft, DraftParties parties, Comparison comparison)
    {
        (comparison.Title, comparison.TitleEn) = (draft.Title!.Trim(), Text(draft.TitleEn));
        comparison.Undecided = string.Join(' ', draft.Undecided());
        comparison.Level = DraftRules.Choice<ComparisonLevel>(draft.Level) ?? ComparisonLevel.SelfOrganised;
        comparison.Field = DraftRules.Choice<MeasurementField>(draft.Field) ?? MeasurementField.Other;
        (comparison.Purpose, comparison.PurposeEn) = (Text(draft.Purpose), Text(draft.PurposeEn));
        (comparison.PilotId, comparison.RegulatorId) = (parties.Pilot?.Id ?? comparison.OrganiserId, parties.Regulator?.Id ?? comparison.OrganiserId);
        (comparison.Quantity, comparison.QuantityEn, comparison.Unit) = (draft.Quantity?.Trim() ?? "", Text(draft.QuantityEn), draft.Unit?.Trim() ?? "");
        (comparison.Mandatory, comparison.NamesLaboratories) = (draft.Mandatory, draft.NamesLaboratories);
        comparison.Route = DraftRules.Choice<RouteKind>(draft.Route) ?? default;
        var today = time.EndOf(time.Today);
        comparison.EnrolmentDue = DraftRules.Day(draft.EnrolmentDue) is { } enrolment ? time.EndOf(enrolment) : today;
        comparison.ResultsDue = DraftRules.Day(draft.ResultsDue) is { } results ? time.EndOf(results) : today;
        // What the protocol need not say is evaluated as everybody does.
        var usual = new EvaluationOptions();
        comparison.Options = comparison.Options with
        {
            Method = DraftRules.Choice<ReferenceMethod>(draft.Method) ?? usual.Method, CoverageFactor = TypedNumber.Read(draft.CoverageFactor) ?? usual.CoverageFactor,
            ConsistencyLevel = TypedNumber.Read(draft.ConsistencyLevel) ?? usual.ConsistencyLevel, OutlierLevel = TypedNumber.Read(draft.OutlierLevel) ?? usual.OutlierLevel,
            Coverage = TypedNumber.Read(draft.Coverage) ?? usual.Coverage, RequiredShare = DraftRules.RequiredShare(draft) ?? usual.RequiredShare,
            PowerAlpha = TypedNumber.Read(draft.PowerAlpha), PowerOutlierFactor = TypedNumber.Read(draft.PowerOutlierFactor), HuberTuning = TypedNumber.Read(draft.HuberTuning), TauPriorScale = TypedNumber.Read(draft.TauPriorScale),
            ExcludeOutliers = draft.ExcludeOutliers, PilotContributes = draft.PilotContributes, CorrectDrift = draft.CorrectDrift,
        };
        ApplyPoints(draft, comparison);
        ApplyStandards(draft, comparison);
    }

    // Rows are changed in place, so that the audit trail shows what changed and not that everything was typed anew.
    private void ApplyPoints(ComparisonDraft draft, Comparison comparison)
    {
        var rows = draft.Points.Where(p => !p.IsBlank).ToArray();
        foreach (var (index, row) in rows.Index())
        {
            var point = comparison.Points.ElementAtOrDefault(index);
            if (point is null)
                comparison.Points.Add(point = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), Ordinal = index + 1, Label = "", NominalText = "", Nominal = 0 });
            (point.Ordinal, point.Label, point.LabelEn) = (index + 1, DraftRules.LabelOf(row, draft.Unit), Text(row.LabelEn));
            (point.NominalText, point.Nominal) = (TypedNumber.Plain(row.Nominal), TypedNumber.Read(row.Nominal) ?? 0);
            (point.LowerLimit, point.UpperLimit, point.TargetUncertainty) = (TypedNumber.Read(row.LowerLimit), TypedNumber.Read(row.UpperLimit), TypedNumber.Read(row.TargetUncertainty));
        }
        comparison.Points.RemoveRange(rows.Length, comparison.Points.Count - rows.Length);
    }

    private void ApplyStandards(ComparisonDraft draft, Comparison comparison)
    {
        var rows = draft.TransferStandards.Where(s => !s.IsBlank).ToArray();
        foreach (var (index, row) in rows.Index())
        {
            var standard = comparison.TransferStandards.ElementAtOrDefault(index);
            if (standard is null)
                comparison.TransferStandards.Add(standard = new() { Id = Guid.CreateVersion7(clock.GetUtcNow()), Ordinal = index + 1, Name = "" });
            (standard.Ordinal, standard.Name, standard.NameEn, standard.Model, standard.Serial) = (index + 1, row.Name?.Trim() ?? "", Text(row.NameEn), Text(row.Model), Text(row.Serial));
            (standard.Description, standard.Traceability, standard.Items) = (Text(row.Description), Text(row.Traceability), DraftRules.Items(row)!.Value);
        }
        comparison.TransferStandards.RemoveRange(rows.Length, comparison.TransferStandards.Count - rows.Length);
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string PrefixOf(ComparisonDraft draft, int year) => $"{year}-{LetterOf(DraftRules.Choice<ComparisonLevel>(draft.Level))}-";

    // D for a draft that does not know its level yet.
    private static char LetterOf(ComparisonLevel? level) => level switch
    {
        null => 'D',
        ComparisonLevel.National => 'N',
        ComparisonLevel.Local => 'L',
        ComparisonLevel.Sector => 'S',
        _ => 'O',
    };

    internal static async Task<IResult> Post(ComparisonDraft draft, DraftComparison handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(null, draft, actor, cancel)).ToHttp(texts, receipt => Results.Created($"/api/comparisons/{receipt.Code}", receipt));

    internal static async Task<IResult> Put(string code, ComparisonDraft draft, DraftComparison handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(code, draft, actor, cancel)).ToHttp(texts);
}
