using System.Globalization;
using System.Text.Json;
using Plumbline.Numerics;

namespace Plumbline.Comparisons;

/// <summary>复测: the pilot laboratory's measurements of a transfer standard between its journeys, as they were entered: a day and the readings of that day.</summary>
internal static class PilotReturns
{
    /// <summary>Means of the days; their standard uncertainty is the pooled repeatability over √n, and unknown where no day has two different readings.</summary>
    /// <param name="tests">The returns of one transfer standard at one point.</param>
    public static IEnumerable<InputReturn> Of(IEnumerable<PreparationTest> tests, string point, string? standard)
    {
        var days = tests.OrderBy(t => t.EnteredAt).SelectMany(t => JsonSerializer.Deserialize<PreparationData>(t.Data, ComparisonsJson.Stored)!.Rows)
            .GroupBy(r => r.Key).Select(g => (Day: DateOnly.ParseExact(g.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture), Values: g.Last().Values.Select(v => TypedNumber.Read(v)!.Value).ToArray())).OrderBy(d => d.Day).ToArray();
        var freedom = days.Sum(d => d.Values.Length - 1);
        var squares = days.Sum(d => d.Values.Sum(v => (v - d.Values.Average()) * (v - d.Values.Average())));
        var repeatability = freedom > 0 && squares > 0 ? Math.Sqrt(squares / freedom) : (double?)null;
        foreach (var (day, values) in days)
            yield return new(point, standard, day, TypedNumber.Show(values.Average()), values.Average(), repeatability / Math.Sqrt(values.Length));
    }

    /// <summary>What the returns of one standard at one point say by themselves: for the page on which they are entered.</summary>
    public static DriftFit? Fit(IReadOnlyList<InputReturn> returns)
    {
        if (returns.Count < 2 || (returns.Count < 3 && returns.Any(r => r.StandardUncertainty is null)))
            return null;
        double[] times = [.. returns.Select(r => (double)r.MeasuredOn.DayNumber)], values = [.. returns.Select(r => r.Value)];
        return returns.All(r => r.StandardUncertainty > 0)
            ? TransferStandardDrift.Fit(times, values, [.. returns.Select(r => r.StandardUncertainty!.Value)])
            : TransferStandardDrift.FitFromScatter(times, values);
    }
}
