using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>What happened to a transfer standard, as a form or a program says it.</summary>
public sealed record RecordLegRequest
{
    public string? Leg { get; set; }
    /// <summary>Received, Sent, Damaged, Remark or Released.</summary>
    public string? Kind { get; set; }
    /// <summary>The day, such as 2026-03-02; today when blank.</summary>
    public string? On { get; set; }
    /// <summary>Good, Doubtful or Damaged.</summary>
    public string? Condition { get; set; }
    public string? Carrier { get; set; }
    public string? TrackingNumber { get; set; }
    public string? Note { get; set; }
    /// <summary>A photograph uploaded before.</summary>
    public Guid? PhotoId { get; set; }
    public int? Version { get; set; }
}

public sealed record LegReceipt(string Code, Guid Leg, Guid Event, LegState State, int DaysLate, bool Stopped, int Version);

/// <summary>登记交接: a transfer standard was received, sent on, damaged, or may travel again.</summary>
public sealed class RecordLeg(PlumblineDb db, TimeProvider clock, LocalTime time, Notices notices)
{
    public const string PhotoPurpose = "comparison.photo";
    private static readonly Role[] Contacts = [Role.TechnicalContact, Role.QualityContact];
    private static readonly Role[] Pilots = [Role.PilotCoordinator, Role.PilotMetrologist];

    public async Task<Outcome<LegReceipt>> RunAsync(string code, RecordLegRequest request, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.TakesPart(comparison) || comparison.Legs.SingleOrDefault(l => l.Id.ToString() == request.Leg?.ToLowerInvariant()) is not { } leg)
            return OutcomeKind.NotFound;
        var byPilot = actor.IsPilot(comparison);
        if (!byPilot && actor.ParticipationsOf(comparison).All(p => p.Id != leg.ParticipantId))
            return OutcomeKind.Forbidden;
        if (request.Version is { } version && version != comparison.Version)
            return OutcomeKind.Conflict;
        var refusals = new List<Refusal>();
        var record = Read(request, refusals);
        if (refusals.Count == 0)
            refusals.AddRange(RecordLegRules.Refusals(comparison, leg, record, byPilot, time.Today));
        if (request.PhotoId is { } id && !(await db.Files.FindAsync([id], cancel) is { Purpose: PhotoPurpose } photo && photo.OwnerId == comparison.Id))
            refusals.Add(new("results-file-unknown", "Photo", id));
        if (refusals.Count > 0)
            return refusals;

        // Later than every record before it, whatever the clock says: the last one counts.
        var now = comparison.Legs.SelectMany(l => l.Events).Select(e => e.RecordedAt.AddTicks(10)).Append(clock.GetUtcNow()).Max();
        var entry = new LegEvent
        {
            Id = Guid.CreateVersion7(now), Kind = record.Kind, On = record.On, Condition = record.Condition, Carrier = record.Carrier, Note = record.Note,
            PhotoId = request.PhotoId, RecordedBy = actor.Name, RecordedAt = now,
        };
        leg.Events.Add(entry);
        // So that of two people who record at the same moment one is told of the other.
        comparison.Version++;
        await TellAsync(comparison, leg, entry, cancel);
        return await db.TrySaveAsync(cancel)
            ? new LegReceipt(comparison.Code, leg.Id, entry.Id, leg.State, comparison.DaysLate(leg, time.Today), comparison.StoppedBy(leg.TransferStandardId) is not null, comparison.Version)
            : OutcomeKind.Conflict;
    }

    private LegRecord Read(RecordLegRequest request, List<Refusal> refusals)
    {
        if (!Enum.TryParse<LegEventKind>(request.Kind, ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
            refusals.Add(new("leg-kind", "Kind", request.Kind ?? "", string.Join(", ", Enum.GetNames<LegEventKind>())));
        var condition = ArtefactCondition.Good;
        if (!string.IsNullOrWhiteSpace(request.Condition) && (!Enum.TryParse(request.Condition, ignoreCase: true, out condition) || !Enum.IsDefined(condition)))
            refusals.Add(new("leg-condition", "Condition", request.Condition, string.Join(", ", Enum.GetNames<ArtefactCondition>())));
        else if (string.IsNullOrWhiteSpace(request.Condition) && kind is LegEventKind.Received or LegEventKind.Sent)
            refusals.Add(new("leg-condition-missing", "Condition"));
        var on = time.Today;
        if (!string.IsNullOrWhiteSpace(request.On) && !DateOnly.TryParseExact(request.On.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out on))
            refusals.Add(new("leg-date", "On", request.On.Trim()));
        var carrier = string.Join(" · ", new[] { request.Carrier?.Trim(), request.TrackingNumber?.Trim() }.Where(t => !string.IsNullOrEmpty(t)));
        return new(kind, on, kind == LegEventKind.Damaged ? ArtefactCondition.Damaged : condition, carrier.Length == 0 ? null : carrier, string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim());
    }

    private async Task TellAsync(Comparison comparison, Leg leg, LegEvent entry, CancellationToken cancel)
    {
        var standard = comparison.TransferStandards.Single(s => s.Id == leg.TransferStandardId);
        object?[] arguments = [comparison.Code, new Bilingual(comparison.Title, comparison.TitleEn), new Bilingual(standard.Name, standard.NameEn), entry.On, entry.Note ?? entry.Carrier ?? ""];
        var link = $"/comparisons/{comparison.Code}/circulation";
        if (entry.Kind == LegEventKind.Sent && comparison.LegsOf(leg.TransferStandardId).FirstOrDefault(l => l.Ordinal > leg.Ordinal) is { } next)
        {
            var receiver = comparison.Participants.Single(p => p.Id == next.ParticipantId);
            await notices.AddToRoleAsync(receiver.OrganisationId, receiver.IsPilot ? Pilots : Contacts, "leg-sent", link, arguments, cancel);
        }
        if (entry.Condition != ArtefactCondition.Damaged)
            return;
        await notices.AddToRoleAsync(comparison.PilotId, Pilots, "leg-damaged", link, arguments, cancel);
        await notices.AddToRoleAsync(comparison.OrganiserId, [Role.Organiser], "leg-damaged", link, arguments, cancel);
    }

    internal static async Task<IResult> Post(string code, Guid leg, RecordLegRequest request, RecordLeg handler, Actor actor, Texts texts, CancellationToken cancel)
    {
        request.Leg = leg.ToString();
        return (await handler.RunAsync(code, request, actor, cancel)).ToHttp(texts, receipt => Results.Created((string?)null, receipt));
    }

    /// <summary>A photograph as the request's body; the record names it by the id that is answered.</summary>
    internal static async Task<IResult> PostPhoto(string code, HttpRequest http, PlumblineDb db, Files files, Actor actor, Texts texts, CancellationToken cancel)
    {
        var comparison = await db.Comparisons.AsNoTracking().Include(c => c.Participants).SingleOrDefaultAsync(c => c.Code == code, cancel);
        if (comparison is null || !actor.ParticipationsOf(comparison).Any())
            return ProblemResults.Problem(texts, StatusCodes.Status404NotFound, new Refusal("not-found"));
        var stored = await files.StoreAsync(http.Body, http.Query["name"].ToString() is { Length: > 0 } name ? name : "photo.jpg", http.ContentType, PhotoPurpose, comparison.Id, FileLimits.Photos, cancel: cancel);
        if (stored.Accepted)
            await db.SaveChangesAsync(cancel);
        return stored.ToHttp(texts, file => Results.Created(new Uri(file.Address, UriKind.Relative), new PhotoReceipt(file.Id, file.Name, file.Sha256)));
    }
}

/// <summary>Photographs of the transfer standard are for everybody who takes part.</summary>
internal sealed class LegPhotoAccess(PlumblineDb db) : IFileAccess
{
    public string Purpose => RecordLeg.PhotoPurpose;

    public async ValueTask<bool> MayReadAsync(StoredFile file, Actor actor, CancellationToken cancel) =>
        await db.Comparisons.AsNoTracking().Include(c => c.Participants).SingleOrDefaultAsync(c => c.Id == file.OwnerId, cancel) is { } comparison && actor.TakesPart(comparison);
}
