namespace Plumbline.Comparisons;

/// <summary>Where the transfer standards are, as a program reads it.</summary>
public sealed record CirculationAnswer(string Comparison, ComparisonState State, int Version, bool AllReturned, IReadOnlyList<RouteAnswer> Routes)
{
    public static CirculationAnswer Of(CirculationView view) => new(view.Comparison.Code, view.Comparison.State, view.Comparison.Version, view.Comparison.AllReturned(),
        [.. view.Routes.Select(r => new RouteAnswer(r.Standard.Ordinal, r.Standard.Name, r.StoppedBy is not null, [.. r.Legs.Select(LegAnswer.Of)]))]);
}

/// <param name="Stopped">An accident stopped it: it goes no further.</param>
public sealed record RouteAnswer(int TransferStandard, string Name, bool Stopped, IReadOnlyList<LegAnswer> Legs);

public sealed record LegAnswer(Guid Id, int Ordinal, int Loop, string Laboratory, DateOnly PlannedArrival, DateOnly PlannedDeparture, DateOnly? Received, DateOnly? Sent, LegState State, int DaysLate, bool IsCurrent,
    IReadOnlyList<LegEventAnswer> Events)
{
    public static LegAnswer Of(LegRow row) => new(row.Leg.Id, row.Leg.Ordinal, row.Leg.Loop, row.Laboratory, row.Leg.PlannedArrival, row.Leg.PlannedDeparture, row.Leg.Received?.On, row.Leg.Sent?.On, row.Leg.State, row.DaysLate,
        row.IsCurrent, [.. row.Leg.Events.OrderBy(e => e.RecordedAt).Select(e => new LegEventAnswer(e.Id, e.Kind, e.On, e.Condition, e.Carrier, e.Note, e.PhotoId, e.RecordedBy, e.RecordedAt))]);
}

public sealed record LegEventAnswer(Guid Id, LegEventKind Kind, DateOnly On, ArtefactCondition Condition, string? Carrier, string? Note, Guid? Photo, string RecordedBy, DateTimeOffset RecordedAt);

/// <summary>A photograph that was taken in; a leg's record names it by its id.</summary>
public sealed record PhotoReceipt(Guid Id, string Name, string Sha256);
