namespace Plumbline.Comparisons;

/// <summary>传递环节: a stay of one transfer standard at one laboratory, as planned.</summary>
public sealed class Leg
{
    public required Guid Id { get; init; }
    public required Guid TransferStandardId { get; init; }
    public required Guid ParticipantId { get; init; }
    /// <summary>Order along the route of its transfer standard, from 1. The pilot's stays are legs too.</summary>
    public required int Ordinal { get; set; }
    /// <summary>Loop or petal number, from 1.</summary>
    public int Loop { get; set; } = 1;
    public required DateOnly PlannedArrival { get; set; }
    public required DateOnly PlannedDeparture { get; set; }
    public List<LegEvent> Events { get; } = [];

    public LegEvent? Received => Events.Where(e => e.Kind == LegEventKind.Received).MaxBy(e => e.RecordedAt);
    public LegEvent? Sent => Events.Where(e => e.Kind == LegEventKind.Sent).MaxBy(e => e.RecordedAt);

    public LegState State => Sent is not null ? LegState.SentOn : Received is not null ? LegState.AtLaboratory : LegState.Expected;

    /// <summary>Days by which the leg is behind its plan on <paramref name="today"/>; zero when it is not.</summary>
    public int DaysLate(DateOnly today) => State switch
    {
        LegState.Expected => Math.Max(0, today.DayNumber - PlannedArrival.DayNumber),
        LegState.AtLaboratory => Math.Max(0, today.DayNumber - PlannedDeparture.DayNumber),
        _ => 0,
    };
}

public enum LegState { Expected, AtLaboratory, SentOn }

public enum LegEventKind
{
    Received,
    Sent,
    /// <summary>Stops the circulation of the transfer standard until the pilot laboratory releases it.</summary>
    Damaged,
    Remark,
    /// <summary>恢复传递: the pilot laboratory found it fit to travel on.</summary>
    Released,
}

public enum ArtefactCondition { Good, Doubtful, Damaged }

/// <summary>交接记录: what happened to the transfer standard. Appended, never changed.</summary>
public sealed class LegEvent
{
    public required Guid Id { get; init; }
    public required LegEventKind Kind { get; init; }
    public required DateOnly On { get; init; }
    public required ArtefactCondition Condition { get; init; }
    public string? Carrier { get; init; }
    public string? Note { get; init; }
    /// <summary>Photograph, kept in Registry.</summary>
    public Guid? PhotoId { get; init; }
    public required string RecordedBy { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>Where a transfer standard is on its way.</summary>
public static class CirculationProgress
{
    public static IReadOnlyList<Leg> LegsOf(this Comparison comparison, Guid transferStandardId) =>
        [.. comparison.Legs.Where(l => l.TransferStandardId == transferStandardId).OrderBy(l => l.Ordinal)];

    /// <summary>Whether the leg is over: sent on, or arrived at the end of the route.</summary>
    public static bool IsOver(this Comparison comparison, Leg leg) =>
        leg.State == LegState.SentOn || (leg.State == LegState.AtLaboratory && comparison.LegsOf(leg.TransferStandardId)[^1].Id == leg.Id);

    /// <summary>The leg that the transfer standard is on, or is on its way to; null when it is back.</summary>
    public static Leg? CurrentLeg(this Comparison comparison, Guid transferStandardId) => comparison.LegsOf(transferStandardId).FirstOrDefault(l => !comparison.IsOver(l));

    /// <summary>Whether the transfer standard is still to arrive there; at its first leg it is at home.</summary>
    public static bool IsExpected(this Comparison comparison, Leg leg) => leg.State == LegState.Expected && comparison.LegsOf(leg.TransferStandardId)[0].Id != leg.Id;

    /// <summary>Days by which a leg that is not over is behind its plan.</summary>
    public static int DaysLate(this Comparison comparison, Leg leg, DateOnly today) =>
        comparison.IsOver(leg) ? 0 : Math.Max(0, today.DayNumber - (comparison.IsExpected(leg) ? leg.PlannedArrival : leg.PlannedDeparture).DayNumber);

    /// <summary>Whether every transfer standard has come to the end of its route.</summary>
    public static bool AllReturned(this Comparison comparison) => comparison.Legs.Count > 0 && comparison.TransferStandards.All(s => comparison.CurrentLeg(s.Id) is null);

    /// <summary>The damage that keeps the transfer standard where it is; null when it may travel.</summary>
    public static LegEvent? StoppedBy(this Comparison comparison, Guid transferStandardId)
    {
        var last = comparison.LegsOf(transferStandardId).SelectMany(l => l.Events).OrderBy(e => e.RecordedAt).ThenBy(e => e.Id)
            .LastOrDefault(e => e.Kind is LegEventKind.Damaged or LegEventKind.Released || e.Condition == ArtefactCondition.Damaged);
        return last is null || last.Kind == LegEventKind.Released ? null : last;
    }
}

public enum PreparationKind { Homogeneity, Stability, Transport, PilotReturn }

/// <summary>前期试验: data on the transfer standard and what they say. Appended: a repeat supersedes the one before.</summary>
public sealed class PreparationTest
{
    public required Guid Id { get; init; }
    public required Guid ComparisonId { get; init; }
    public required Guid TransferStandardId { get; init; }
    public required Guid PointId { get; init; }
    public required PreparationKind Kind { get; init; }
    /// <summary>JSON of the readings as entered (digits kept).</summary>
    public required string Data { get; init; }
    /// <summary>JSON of every computed figure and the criterion.</summary>
    public required string Result { get; init; }
    public required bool Passed { get; init; }
    /// <summary>Standard uncertainty that the test adds to every result, in the comparison's unit.</summary>
    public required double StandardUncertainty { get; init; }
    public required string EnteredBy { get; init; }
    public required DateTimeOffset EnteredAt { get; init; }
}
