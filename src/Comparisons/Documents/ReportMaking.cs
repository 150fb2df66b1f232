using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>Gathers what a report says, and issues its files.</summary>
public sealed class ReportMaking(PlumblineDb db, ReportFormats formats, LocalTime time)
{
    private static readonly string Software = $"Plumbline {typeof(ReportMaking).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]}";

    /// <summary>What a report made from <paramref name="evaluation"/> says.</summary>
    /// <param name="comparison">With everything, results included.</param>
    public async Task<ReportModel> ModelAsync(Comparison comparison, Evaluation evaluation, ReportKind kind, Report words, CancellationToken cancel = default)
    {
        var organisations = await OrganisationsAsync(comparison, cancel);
        var tests = await db.PreparationTests.AsNoTracking().Where(t => t.ComparisonId == comparison.Id && t.Kind != PreparationKind.PilotReturn).ToListAsync(cancel);
        var input = EvaluationInput.FromJson(evaluation.Input);
        ReportName Standard(Guid id) => comparison.TransferStandards.First(s => s.Id == id) is var s ? new(s.Name, s.NameEn) : null!;
        string Code(Guid participant) => InputOfComparison.CodeOf(comparison, comparison.Participants.First(p => p.Id == participant));
        var confirmed = comparison.Confirmed.Select(p => p.Id).ToHashSet();
        var legs = comparison.Legs.Where(l => confirmed.Contains(l.ParticipantId)).OrderBy(l => l.TransferStandardId).ThenBy(l => l.Ordinal).ToArray();
        return new()
        {
            Kind = kind,
            Number = words.Number,
            IssuedOn = time.Day(words.CreatedAt),
            Input = input,
            Result = EvaluationResult.FromJson(evaluation.Result),
            Software = Software,
            Project = new()
            {
                Level = comparison.Level, Field = comparison.Field, Purpose = comparison.Purpose, PurposeEn = comparison.PurposeEn, Organiser = organisations[comparison.OrganiserId],
                Regulator = organisations[comparison.RegulatorId], Pilot = organisations[comparison.PilotId], Route = comparison.Route, Mandatory = comparison.Mandatory, ResultsDue = time.Day(comparison.ResultsDue),
            },
            Names = comparison.NamesLaboratories ? comparison.Confirmed.ToDictionary(p => InputOfComparison.CodeOf(comparison, p), p => organisations[p.OrganisationId]) : new Dictionary<string, ReportName>(),
            Standards = [.. comparison.TransferStandards.OrderBy(s => s.Ordinal).Select(s => new ReportStandard(new(s.Name, s.NameEn), s.Model, s.Serial, s.Description, s.Traceability))],
            Tests = [.. tests.GroupBy(t => (t.TransferStandardId, t.PointId, t.Kind)).Select(g => g.MaxBy(t => t.EnteredAt)!)
                .OrderBy(t => comparison.TransferStandards.FindIndex(s => s.Id == t.TransferStandardId)).ThenBy(t => Point(comparison, t.PointId).Ordinal).ThenBy(t => t.Kind)
                .Select(t => new ReportTest(t.Kind, Standard(t.TransferStandardId), Point(comparison, t.PointId).Label, t.Passed, t.StandardUncertainty))],
            Legs = [.. legs.Select(l => new ReportLeg(Code(l.ParticipantId), Standard(l.TransferStandardId), l.Loop, l.PlannedArrival, l.PlannedDeparture, l.Received?.On, l.Sent?.On, (l.Sent ?? l.Received)?.Condition))],
            Incidents = [.. legs.SelectMany(l => l.Events.Where(e => e.Kind is LegEventKind.Damaged or LegEventKind.Remark || e.Condition != ArtefactCondition.Good)
                .Select(e => new ReportIncident(e.On, Code(l.ParticipantId), e.Kind, e.Condition, e.Note))).OrderBy(i => i.On)],
            Submissions = [.. input.Laboratories.Select(l => Submission(comparison, l.Code)).OfType<ReportSubmission>()],
            Conclusion = words.Conclusion, ConclusionEn = words.ConclusionEn, Advice = words.Advice, AdviceEn = words.AdviceEn,
        };
    }

    /// <summary>The files that every reader gets. A draft's PDF is left to its first reader, and so is every PDF where this machine cannot print.</summary>
    public async Task<Outcome<List<ReportFile>>> IssueAsync(ReportModel model, DateTimeOffset now, CancellationToken cancel = default)
    {
        var files = new List<ReportFile> { FileOf(Encoding.UTF8.GetBytes(model.ToJson()), "zh", "json", null, now) };
        foreach (var language in ReportFormats.Languages)
        {
            foreach (var format in ReportFormats.All.Where(f => f != "json" && (f != "pdf" || (model.Kind == ReportKind.Final && formats.CanPrint))))
            {
                var rendered = await formats.RenderAsync(model, language, format, cancel);
                if (!rendered.Accepted)
                    return rendered.Refusals.ToArray();
                files.Add(FileOf(rendered.Value!, language, format, null, now));
            }
        }
        return files;
    }

    /// <summary>An issued file; one that was not made yet (a PDF, a laboratory's own copy) is made from the issued data now and kept.</summary>
    public async Task<Outcome<ReportFile>> FileAsync(Guid reportId, string language, string format, Participant? own, Comparison comparison, DateTimeOffset now, CancellationToken cancel = default)
    {
        var files = db.Set<ReportFile>().Where(f => EF.Property<Guid>(f, "ReportId") == reportId);
        var ownId = own?.Id;
        if (format == "json")
            language = "zh";
        if (await files.AsNoTracking().FirstOrDefaultAsync(f => f.Language == language && f.Format == format && f.ParticipantId == ownId, cancel) is { } kept)
            return kept;
        var model = await IssuedAsync(reportId, cancel);
        if (own is not null)
            model = await OwnAsync(model, comparison, own, cancel);
        var rendered = await formats.RenderAsync(model, language, format, cancel);
        if (!rendered.Accepted)
            return rendered.Refusals.ToArray();
        var file = FileOf(rendered.Value!, language, format, ownId, now);
        db.Entry(file).Property("ReportId").CurrentValue = reportId;
        db.Add(file);
        await db.SaveChangesAsync(cancel);
        return file;
    }

    /// <summary>The data of an issued report.</summary>
    public async Task<ReportModel> IssuedAsync(Guid reportId, CancellationToken cancel = default)
    {
        var bytes = await db.Set<ReportFile>().Where(f => EF.Property<Guid>(f, "ReportId") == reportId && f.Format == "json" && f.ParticipantId == null).Select(f => f.Content).SingleAsync(cancel);
        return ReportModel.FromJson(Encoding.UTF8.GetString(bytes));
    }

    /// <summary>The same for one laboratory's eyes: its own line is named.</summary>
    public async Task<ReportModel> OwnAsync(ReportModel model, Comparison comparison, Participant own, CancellationToken cancel = default)
    {
        var name = await db.Organisations.Where(o => o.Id == own.OrganisationId).Select(o => new ReportName(o.Name, o.NameEn)).SingleAsync(cancel);
        var code = InputOfComparison.CodeOf(comparison, own);
        return model with { Own = code, Names = new Dictionary<string, ReportName>(model.Names) { [code] = name } };
    }

    private async Task<Dictionary<Guid, ReportName>> OrganisationsAsync(Comparison comparison, CancellationToken cancel)
    {
        Guid[] ids = [comparison.OrganiserId, comparison.RegulatorId, comparison.PilotId, .. comparison.Participants.Select(p => p.OrganisationId)];
        return await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => new ReportName(o.Name, o.NameEn), cancel);
    }

    private static MeasurementPoint Point(Comparison comparison, Guid id) => comparison.Points.First(p => p.Id == id);

    private static ReportSubmission? Submission(Comparison comparison, string code)
    {
        var participant = comparison.Confirmed.First(p => InputOfComparison.CodeOf(comparison, p) == code);
        return participant.Latest is not { } latest ? null : new()
        {
            Laboratory = code, Version = latest.Version, SubmittedAt = latest.SubmittedAt, Standard = participant.Standard, Instrument = latest.Instrument, Traceability = latest.InstrumentTraceability,
            Method = latest.Method, Conditions = latest.Conditions,
            Budget = [.. latest.Budget.OrderBy(b => Point(comparison, b.PointId).Ordinal).ThenBy(b => b.Ordinal).Select(b => new ReportBudgetLine(Point(comparison, b.PointId).Label, b.Source, b.Type, b.Distribution, b.Contribution, b.DegreesOfFreedom))],
        };
    }

    private static ReportFile FileOf(byte[] content, string language, string format, Guid? participant, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), Language = language, Format = format, ParticipantId = participant, Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)), Content = content,
    };
}
