using System.Globalization;
using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>What a planned route must say. Whether it suffices to start is asked by <see cref="CirculationGate"/>.</summary>
internal static class RouteRules
{
    public const int MostStays = 500;

    public static IEnumerable<Refusal> Refusals(Comparison comparison, GenerateRequest request)
    {
        if (comparison.State != ComparisonState.Enrolling)
            yield return new("route-not-now", null, comparison.Code, comparison.State);
        if (!comparison.Confirmed.Any(p => !p.IsPilot))
            yield return new("no-participants", null, comparison.Code);
        if (Day(request.Start) is null)
            yield return new("date-unreadable", "Start", request.Start);
        var petals = comparison.Route is RouteKind.Petal or RouteKind.Mixed;
        foreach (var (field, text, least, most, asked) in new[] { ("Stay", request.Stay, 1, 365, true), ("PilotStay", request.PilotStay, 1, 365, true), ("Transport", request.Transport, 0, 120, true), ("PerPetal", request.PerPetal, 1, 50, petals) })
        {
            if (asked && (Whole(text) is not { } number || number < least || number > most))
                yield return new("number-range", field, text, least, most);
        }
    }

    public static RoutePlan Plan(GenerateRequest request) =>
        new(Day(request.Start)!.Value, Whole(request.Stay)!.Value, Whole(request.PilotStay)!.Value, Whole(request.Transport)!.Value, Whole(request.PerPetal) ?? 1);

    public static IEnumerable<Refusal> Refusals(Comparison comparison, RouteRequest request)
    {
        if (comparison.State != ComparisonState.Enrolling)
            yield return new("route-not-now", null, comparison.Code, comparison.State);
        if (request.Stays.Count > MostStays)
            yield return new("rows-too-many", "Stays", request.Stays.Count, MostStays);
        var confirmed = comparison.Confirmed.Select(p => p.Id).ToHashSet();
        foreach (var (index, row) in request.Stays.Index().Where(r => !r.Item.IsBlank))
        {
            if (Whole(row.Standard) is not { } standard || comparison.TransferStandards.All(s => s.Ordinal != standard))
                yield return Choices.Unknown($"Stays[{index}].Standard", row.Standard, $"1 … {comparison.TransferStandards.Count}");
            if (row.Participant is not { } participant || !confirmed.Contains(participant))
                yield return new("stay-nobody", $"Stays[{index}].Participant", index + 1);
            if (!string.IsNullOrWhiteSpace(row.Loop) && Whole(row.Loop) is not (>= 1 and <= 100))
                yield return new("number-range", $"Stays[{index}].Loop", row.Loop, 1, 100);
            var (arrival, departure) = (Day(row.Arrival), Day(row.Departure));
            if (arrival is null)
                yield return new("date-unreadable", $"Stays[{index}].Arrival", row.Arrival);
            if (departure is null)
                yield return new("date-unreadable", $"Stays[{index}].Departure", row.Departure);
            if (departure < arrival)
                yield return new("stay-backwards", $"Stays[{index}].Departure", arrival, departure);
        }
    }

    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static int? Whole(string? text) => int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
