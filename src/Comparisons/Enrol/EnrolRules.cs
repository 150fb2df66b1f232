using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>When a laboratory may enrol, and when an enrolment may be decided.</summary>
internal static class EnrolRules
{
    /// <param name="registers">Whether the organiser enters a laboratory that must take part: then neither the deadline nor the details stop it.</param>
    public static IEnumerable<Refusal> Refusals(Comparison comparison, EnrolRequest request, Organisation? laboratory, bool registers, DateTimeOffset now)
    {
        if (comparison.State != ComparisonState.Enrolling)
            yield return new("not-enrolling", null, comparison.Code, comparison.State);
        else if (!registers && now > comparison.EnrolmentDue)
            yield return new("enrolment-closed", null, comparison.EnrolmentDue);
        if (laboratory is null)
            yield return new("organisation-unknown", "Laboratory", request.Laboratory);
        else if (!laboratory.Kind.IsLaboratory())
            yield return new("not-a-laboratory", "Laboratory", laboratory.Name, laboratory.Kind);
        else if (laboratory.State != OrganisationState.Active)
            yield return new("organisation-inactive", "Laboratory", laboratory.Name, laboratory.State);
        else if (comparison.Participants.Any(p => p.OrganisationId == laboratory.Id && p.State is ParticipantState.Applied or ParticipantState.Confirmed))
            yield return new("already-enrolled", "Laboratory", laboratory.Name);
        foreach (var (field, value, most) in new[] { ("Standard", request.Standard, 300), ("Certificate", request.Certificate, 100), ("ContactName", request.ContactName, 100), ("ContactTelephone", request.ContactTelephone, 50), ("ContactEmail", request.ContactEmail, 256), ("Note", request.Note, 2000) })
        {
            if (value?.Length > most)
                yield return new("text-too-long", field, value.Length, most);
        }
        if (!string.IsNullOrWhiteSpace(request.ContactEmail) && !IsEmail(request.ContactEmail.Trim()))
            yield return new("email-implausible", "ContactEmail", request.ContactEmail);
        if (registers)
            yield break;
        if (string.IsNullOrWhiteSpace(request.Standard))
            yield return new("standard-missing", "Standard");
        if (string.IsNullOrWhiteSpace(request.Certificate))
            yield return new("certificate-missing", "Certificate");
        if (string.IsNullOrWhiteSpace(request.ContactName))
            yield return new("contact-missing", "ContactName");
        if (string.IsNullOrWhiteSpace(request.ContactTelephone) && string.IsNullOrWhiteSpace(request.ContactEmail))
            yield return new("contact-unreachable", "ContactTelephone");
    }

    public static IEnumerable<Refusal> Refusals(Comparison comparison, Participant participant, DecideRequest request)
    {
        if (Outcome(request.Decision) is not { } outcome)
        {
            yield return Choices.Unknown("Decision", request.Decision, new Enum[] { ParticipantState.Confirmed, ParticipantState.Declined, ParticipantState.Withdrawn });
            yield break;
        }
        var withdraws = outcome == ParticipantState.Withdrawn;
        if (comparison.State != ComparisonState.Enrolling && !(withdraws && comparison.State == ComparisonState.Circulating))
            yield return new("not-enrolling", null, comparison.Code, comparison.State);
        if (participant.IsPilot)
            yield return new("pilot-stays", null);
        else if (withdraws ? participant.State is not (ParticipantState.Applied or ParticipantState.Confirmed) : participant.State != ParticipantState.Applied)
            yield return new("enrolment-decided", null, participant.State);
        if (outcome != ParticipantState.Confirmed && string.IsNullOrWhiteSpace(request.Reason))
            yield return new("reason-missing", "Reason");
        if (request.Reason?.Length > 2000)
            yield return new("text-too-long", "Reason", request.Reason.Length, 2000);
    }

    public static ParticipantState? Outcome(string? decision) => decision switch
    {
        "confirm" => ParticipantState.Confirmed,
        "decline" => ParticipantState.Declined,
        "withdraw" => ParticipantState.Withdrawn,
        _ => null,
    };

    private static bool IsEmail(string text) => text.Length >= 3 && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1 && !text.Any(char.IsWhiteSpace);
}
