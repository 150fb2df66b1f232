namespace Plumbline.Comparisons;

/// <summary>A stay of a transfer standard at a laboratory as a picture shows it; no date of arrival where it started.</summary>
public sealed record RouteStay(string Laboratory, bool IsPilot, DateOnly PlannedArrival, DateOnly PlannedDeparture, DateOnly? Arrived, DateOnly? Left);
