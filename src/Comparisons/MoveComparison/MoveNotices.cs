using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>Tells those whose turn it is next, and those whom a move concerns.</summary>
internal sealed class MoveNotices(Notices notices)
{
    private static readonly Role[] Pilots = [Role.PilotCoordinator, Role.PilotMetrologist];
    private static readonly Role[] Contacts = [Role.TechnicalContact, Role.QualityContact];

    public async Task TellAsync(Comparison comparison, string action, string? note, CancellationToken cancel)
    {
        foreach (var (organisation, roles) in Addressees(comparison, action))
            await notices.AddToRoleAsync(organisation, roles, $"comparison-{action}", $"/comparisons/{comparison.Code}",
                [comparison.Code, new Bilingual(comparison.Title, comparison.TitleEn), note?.Trim() ?? ""], cancel);
    }

    private static IEnumerable<(Guid Organisation, Role[] Roles)> Addressees(Comparison comparison, string action) => action switch
    {
        "propose" => [(comparison.RegulatorId, [Role.RegulatorOfficer])],
        "approve" => [(comparison.PilotId, [Role.PilotCoordinator]), (comparison.OrganiserId, [Role.Organiser])],
        "return" or "accept" or "open-enrolment" => [(comparison.OrganiserId, [Role.Organiser])],
        "cancel" => [(comparison.RegulatorId, [Role.RegulatorOfficer]), (comparison.PilotId, Pilots), .. Participants(comparison)],
        "start-circulation" => [(comparison.OrganiserId, [Role.Organiser]), .. Participants(comparison)],
        _ => [],
    };

    private static IEnumerable<(Guid, Role[])> Participants(Comparison comparison) =>
        comparison.Participants.Where(p => !p.IsPilot && p.State is ParticipantState.Applied or ParticipantState.Confirmed).Select(p => (p.OrganisationId, Contacts));
}
