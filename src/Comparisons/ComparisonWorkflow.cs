using Plumbline.Procedures;
using Plumbline.Registry;
using static Plumbline.Comparisons.ComparisonState;

namespace Plumbline.Comparisons;

/// <summary>The life of a comparison as data: JJF 1117's order, from the draft to the published report.</summary>
public static class ComparisonWorkflow
{
    public static readonly Workflow<ComparisonState> Moves = new(
        Row(Draft, "propose", Proposed, Party.Organiser, Role.Organiser),
        Row(Proposed, "approve", Approved, Party.Regulator, Role.RegulatorOfficer),
        Row(Proposed, "return", Draft, Party.Regulator, Role.RegulatorOfficer),
        Row(Approved, "accept", Preparing, Party.Pilot, Role.PilotCoordinator),
        Row(Preparing, "open-enrolment", Enrolling, Party.Pilot, Role.PilotCoordinator),
        Row(Enrolling, "start-circulation", Circulating, Party.Pilot, Role.PilotCoordinator),
        Row(Circulating, "end-circulation", Collecting, Party.Pilot, Role.PilotCoordinator),
        Row(Collecting, "open-results", Evaluating, Party.Pilot, Role.PilotCoordinator),
        // Without the pilot laboratory's own package only the organiser may go on, and says why.
        Row(Collecting, "open-without-pilot", Evaluating, Party.Organiser, Role.Organiser),
        Row(Evaluating, "issue-draft", DraftReport, Party.Pilot, Role.PilotCoordinator),
        Row(DraftReport, "re-evaluate", Evaluating, Party.Pilot, Role.PilotCoordinator),
        Row(DraftReport, "publish", Published, Party.Organiser, Role.Organiser),
        Row(Draft, "cancel", Cancelled, Party.Organiser, Role.Organiser),
        Row(Proposed, "cancel", Cancelled, Party.Organiser, Role.Organiser),
        Row(Approved, "cancel", Cancelled, Party.Organiser, Role.Organiser),
        Row(Preparing, "cancel", Cancelled, Party.Organiser, Role.Organiser),
        Row(Enrolling, "cancel", Cancelled, Party.Organiser, Role.Organiser),
        Row(Circulating, "cancel", Cancelled, Party.Organiser, Role.Organiser),
        Row(Collecting, "cancel", Cancelled, Party.Organiser, Role.Organiser));

    /// <summary>The states that a comparison passes in order; <see cref="Cancelled"/> stands beside them.</summary>
    public static readonly IReadOnlyList<ComparisonState> Path =
        [Draft, Proposed, Approved, Preparing, Enrolling, Circulating, Collecting, Evaluating, DraftReport, Published];

    /// <summary>States that anybody may see: announced from approval on.</summary>
    public static bool IsPublic(this ComparisonState state) => state is not (Draft or Proposed or Cancelled);

    private static Transition<ComparisonState> Row(ComparisonState from, string action, ComparisonState to, Party party, params Role[] roles) =>
        new(from, action, to, party.ToString(), roles);
}
