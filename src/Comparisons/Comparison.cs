using Plumbline.Procedures;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>比对层级.</summary>
public enum ComparisonLevel { National, Local, Sector, SelfOrganised }

/// <summary>计量专业领域.</summary>
public enum MeasurementField { Length, Thermal, Mechanical, Electromagnetic, Radio, TimeFrequency, Optical, Acoustic, IonisingRadiation, Chemistry, Medical, Other }

/// <summary>传递路线: how the transfer standard travels.</summary>
public enum RouteKind
{
    /// <summary>圆环式: pilot → 1 → 2 → … → pilot.</summary>
    Ring,
    /// <summary>花瓣式: back to the pilot after every few laboratories.</summary>
    Petal,
    /// <summary>星形式: pilot → laboratory → pilot, several standards at once.</summary>
    Star,
    /// <summary>混合式.</summary>
    Mixed,
}

public enum ComparisonState
{
    Draft, Proposed, Approved, Preparing, Enrolling, Circulating, Collecting, Evaluating, DraftReport, Published, Cancelled,
}

/// <summary>The side of a comparison on which somebody acts.</summary>
public enum Party { Organiser, Regulator, Pilot, Participant, System }

/// <summary>计量比对: one comparison project from its draft to its published report.</summary>
public sealed class Comparison
{
    public required Guid Id { get; init; }
    /// <summary>Public code used in addresses: year, level and serial, such as <c>2026-N-001</c>. Settled with the proposal: a draft whose level changes gets another.</summary>
    public required string Code { get; set; }
    public required string Title { get; set; }
    public string? TitleEn { get; set; }
    public required ComparisonLevel Level { get; set; }
    public required MeasurementField Field { get; set; }
    /// <summary>Why it is held and what decides about taking part.</summary>
    public string? Purpose { get; set; }
    public string? PurposeEn { get; set; }
    public required Guid OrganiserId { get; init; }
    /// <summary>The regulator that approves it.</summary>
    public required Guid RegulatorId { get; set; }
    /// <summary>主导实验室.</summary>
    public required Guid PilotId { get; set; }
    /// <summary>被测量, in both languages.</summary>
    public required string Quantity { get; set; }
    public string? QuantityEn { get; set; }
    public required string Unit { get; set; }
    public bool Mandatory { get; set; }
    public RouteKind Route { get; set; }
    public required DateTimeOffset EnrolmentDue { get; set; }
    /// <summary>Last moment for results; until it, nobody reads another's.</summary>
    public required DateTimeOffset ResultsDue { get; set; }
    /// <summary>How results become reference values, equivalence and scores.</summary>
    public required EvaluationOptions Options { get; set; }
    /// <summary>Whether the report names laboratories, or only their codes.</summary>
    public bool NamesLaboratories { get; set; }
    public ComparisonState State { get; private set; } = ComparisonState.Draft;
    public DateTimeOffset StateSince { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }
    /// <summary>Where real published data come from; null for a comparison run here.</summary>
    public string? DataSource { get; init; }
    public bool IsDemonstration { get; init; }
    /// <summary>Names of the fields that the draft leaves open, separated by spaces; what stands in them is only a stand-in. Nothing is open once it is proposed.</summary>
    public string Undecided { get; set; } = "";
    public Guid CreatedBy { get; init; }
    public int Version { get; set; }

    public List<MeasurementPoint> Points { get; } = [];
    public List<TransferStandard> TransferStandards { get; } = [];
    public List<Leg> Legs { get; } = [];
    public List<Participant> Participants { get; } = [];

    /// <summary>Whether somebody has filled this field in, or a stand-in is kept for it.</summary>
    public bool IsDecided(string field) => !Undecided.Split(' ').Contains(field);

    /// <summary>Whether the results have been opened.</summary>
    public bool IsOpened => State is ComparisonState.Evaluating or ComparisonState.DraftReport or ComparisonState.Published;
    public Participant? PilotParticipant => Participants.SingleOrDefault(p => p.IsPilot);
    public IEnumerable<Participant> Confirmed => Participants.Where(p => p.State == ParticipantState.Confirmed);

    /// <summary>Makes a permitted move and returns its entry for the time line.</summary>
    /// <exception cref="InvalidOperationException">The move is not permitted in this state: the caller's rules must have refused it.</exception>
    public ComparisonEvent Move(string action, Actor actor, DateTimeOffset at, string? note = null)
    {
        var move = ComparisonWorkflow.Moves.Find(State, action)
            ?? throw new InvalidOperationException($"{Code} is {State}: '{action}' is not permitted.");
        var entry = ComparisonEvent.Of(this, action, actor, at, note) with { From = State, To = move.To };
        (State, StateSince) = (move.To, at);
        if (move.To == ComparisonState.Published)
            PublishedAt = at;
        Version++;
        return entry;
    }
}

/// <summary>测量点: a nominal value at which every laboratory reports.</summary>
public sealed class MeasurementPoint
{
    public required Guid Id { get; init; }
    public required int Ordinal { get; set; }
    public required string Label { get; set; }
    public string? LabelEn { get; set; }
    /// <summary>Nominal value as typed, in the comparison's unit.</summary>
    public required string NominalText { get; set; }
    public required double Nominal { get; set; }
    /// <summary>Results outside these limits are typing errors; a result beyond them is refused unless confirmed.</summary>
    public double? LowerLimit { get; set; }
    public double? UpperLimit { get; set; }
    /// <summary>Standard uncertainty that the comparison is meant to test, in the comparison's unit: the scale of the stability gate and σ of z.</summary>
    public double? TargetUncertainty { get; set; }
}

/// <summary>传递标准: the artefact or sample that travels.</summary>
public sealed class TransferStandard
{
    public required Guid Id { get; init; }
    public required int Ordinal { get; set; }
    public required string Name { get; set; }
    public string? NameEn { get; set; }
    public string? Model { get; set; }
    public string? Serial { get; set; }
    public string? Description { get; set; }
    /// <summary>溯源性: to which national standard, by which certificate.</summary>
    public string? Traceability { get; set; }
    /// <summary>How many like items or samples travel under this name; more than one must be shown to be homogeneous.</summary>
    public int Items { get; set; } = 1;
}

/// <summary>One entry of a comparison's time line. Appended, never changed.</summary>
public sealed record ComparisonEvent
{
    public required Guid Id { get; init; }
    public required Guid ComparisonId { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>The action, such as <c>approve</c>; its text is <c>event.{Action}</c>.</summary>
    public required string Action { get; init; }
    public ComparisonState? From { get; init; }
    public ComparisonState? To { get; init; }
    public Guid? PersonId { get; init; }
    public required string PersonName { get; init; }
    public string? Note { get; init; }

    public static ComparisonEvent Of(Comparison comparison, string action, Actor actor, DateTimeOffset at, string? note = null) => new()
    {
        Id = Guid.CreateVersion7(at), ComparisonId = comparison.Id, At = at, Action = action, PersonId = actor.PersonId, PersonName = actor.Name, Note = note,
    };
}
