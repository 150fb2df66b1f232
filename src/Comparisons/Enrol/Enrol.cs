using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>What a laboratory fills in to take part.</summary>
internal sealed record EnrolRequest
{
    /// <summary>Code of the laboratory; may be left out by somebody who speaks for one only.</summary>
    public string? Laboratory { get; set; }
    public string? Standard { get; set; }
    public string? Certificate { get; set; }
    public string? ContactName { get; set; }
    public string? ContactTelephone { get; set; }
    public string? ContactEmail { get; set; }
    public string? Note { get; set; }
}

internal sealed record DecideRequest
{
    /// <summary>confirm, decline or withdraw.</summary>
    public string? Decision { get; set; }
    public string? Reason { get; set; }
}

internal sealed record EnrolReceipt(Guid Id, ParticipantState State);

/// <summary>报名: laboratories ask to take part, the pilot laboratory or the organiser decides, and a laboratory may withdraw.</summary>
internal sealed class Enrol(PlumblineDb db, TimeProvider clock, Notices notices, PublicPages pages)
{
    private static readonly Role[] Contacts = [Role.TechnicalContact, Role.QualityContact];

    public async Task<Outcome<EnrolReceipt>> RunAsync(string code, EnrolRequest request, Actor actor, CancellationToken cancel)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        var laboratory = await LaboratoryAsync(request, actor, cancel);
        var registers = comparison.Mandatory && actor.IsOrganiser(comparison) && !(laboratory is { } own && actor.HasAny(own.Id, Contacts));
        if (!registers && (laboratory is null ? actor.Organisations(Contacts).Count == 0 : !actor.HasAny(laboratory.Id, Contacts)))
            return OutcomeKind.Forbidden;
        var now = clock.GetUtcNow();
        var refusals = EnrolRules.Refusals(comparison, request, laboratory, registers, now).ToArray();
        if (refusals.Length > 0)
            return refusals;

        var participant = comparison.Participants.SingleOrDefault(p => p.OrganisationId == laboratory!.Id);
        if (participant is null)
            comparison.Participants.Add(participant = new() { Id = Guid.CreateVersion7(now), OrganisationId = laboratory!.Id, AppliedAt = now, AppliedBy = actor.PersonId });
        Fill(participant, request);
        participant.State = registers ? ParticipantState.Confirmed : ParticipantState.Applied;
        (participant.DecidedAt, participant.Reason) = (registers ? now : null, null);
        db.ComparisonEvents.Add(ComparisonEvent.Of(comparison, registers ? "register" : "enrol", actor, now, laboratory!.Name));
        await TellAsync(comparison, registers ? "enrolment-registered" : "enrolment-applied", registers ? laboratory.Id : comparison.PilotId, laboratory, null, cancel);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            // The same laboratory enrolled twice at the same moment: the unique index kept one.
            return OutcomeKind.Conflict;
        }
        await pages.ForgetAsync(cancel);
        return new EnrolReceipt(participant.Id, participant.State);
    }

    public async Task<Outcome<EnrolReceipt>> DecideAsync(string code, Guid id, DecideRequest request, Actor actor, CancellationToken cancel)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        var participant = comparison?.Participants.SingleOrDefault(p => p.Id == id);
        if (comparison is null || participant is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        var runs = actor.IsOrganiser(comparison) || actor.Has(Role.PilotCoordinator, comparison.PilotId);
        if (!runs && !(request.Decision == "withdraw" && actor.HasAny(participant.OrganisationId, Contacts)))
            return OutcomeKind.Forbidden;
        var refusals = EnrolRules.Refusals(comparison, participant, request).ToArray();
        if (refusals.Length > 0)
            return refusals;

        var now = clock.GetUtcNow();
        participant.State = EnrolRules.Outcome(request.Decision)!.Value;
        (participant.DecidedAt, participant.Reason) = (now, string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason.Trim());
        comparison.Version++;
        var laboratory = await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == participant.OrganisationId, cancel);
        db.ComparisonEvents.Add(ComparisonEvent.Of(comparison, request.Decision!, actor, now, participant.Reason is { } reason ? $"{laboratory.Name} — {reason}" : laboratory.Name));
        if (runs)
            await TellAsync(comparison, $"enrolment-{request.Decision}", participant.OrganisationId, laboratory, participant.Reason, cancel);
        else
            await TellAsync(comparison, "enrolment-withdraw", comparison.PilotId, laboratory, participant.Reason, cancel);
        if (!await db.TrySaveAsync(cancel))
            return OutcomeKind.Conflict;
        await pages.ForgetAsync(cancel);
        return new EnrolReceipt(participant.Id, participant.State);
    }

    private async Task<Organisation?> LaboratoryAsync(EnrolRequest request, Actor actor, CancellationToken cancel)
    {
        var mine = actor.Organisations(Contacts);
        var code = string.IsNullOrWhiteSpace(request.Laboratory) && mine.Count == 1 ? mine[0].OrganisationCode : request.Laboratory?.Trim();
        return code is null ? null : await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Code == code, cancel);
    }

    private Task TellAsync(Comparison comparison, string key, Guid addressee, Organisation laboratory, string? reason, CancellationToken cancel) =>
        notices.AddToRoleAsync(addressee, addressee == comparison.PilotId ? [Role.PilotCoordinator] : Contacts, key, $"/comparisons/{comparison.Code}/participants",
            [comparison.Code, new Bilingual(comparison.Title, comparison.TitleEn), new Bilingual(laboratory.Name, laboratory.NameEn), reason ?? ""], cancel);

    private static void Fill(Participant participant, EnrolRequest request)
    {
        (participant.Standard, participant.Certificate, participant.Note) = (Text(request.Standard), Text(request.Certificate), Text(request.Note));
        (participant.ContactName, participant.ContactTelephone, participant.ContactEmail) = (Text(request.ContactName), Text(request.ContactTelephone), Text(request.ContactEmail));
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    internal static async Task<IResult> Post(string code, EnrolRequest request, Enrol enrol, Actor actor, Texts texts, CancellationToken cancel) =>
        (await enrol.RunAsync(code, request, actor, cancel)).ToHttp(texts, r => Results.Json(r, ComparisonsJson.Stored, statusCode: StatusCodes.Status201Created));

    internal static async Task<IResult> PostDecision(string code, Guid id, DecideRequest request, Enrol enrol, Actor actor, Texts texts, CancellationToken cancel) =>
        (await enrol.DecideAsync(code, id, request, actor, cancel)).ToHttp(texts, r => Results.Json(r, ComparisonsJson.Stored));
}
