using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>One return: which standard, which point, on which day, and the readings with spaces between them.</summary>
public sealed record ReturnRequest
{
    /// <summary>Number of the transfer standard, from 1.</summary>
    public int Standard { get; set; } = 1;
    /// <summary>Number of the measurement point, from 1.</summary>
    public int Point { get; set; } = 1;
    public string? MeasuredOn { get; set; }
    public string? Values { get; set; }
}

public sealed record ReturnSeries(int Standard, int Point, IReadOnlyList<InputReturn> Returns, double? SlopePerDay, double? SlopeUncertainty, double? PValue);

/// <summary>返回复测: the pilot laboratory measures the transfer standard whenever it comes home; the drift is fitted to these measurements.</summary>
public sealed class RecordReturn(PlumblineDb db, LocalTime time)
{
    public async Task<Outcome<IReadOnlyList<ReturnSeries>>> RunAsync(string code, ReturnRequest request, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        if (!actor.IsPilot(comparison))
            return OutcomeKind.Forbidden;
        var values = Values(request);
        if (ReturnRules.Refusals(comparison, request, values, time.Today).ToArray() is { Length: > 0 } refusals)
            return refusals;
        var data = new PreparationData([new PreparationRow(request.MeasuredOn!.Trim(), values)]);
        var mean = values.Average(v => TypedNumber.Read(v)!.Value);
        db.PreparationTests.Add(new()
        {
            Id = Guid.CreateVersion7(time.Now), ComparisonId = comparison.Id, TransferStandardId = comparison.TransferStandards.Single(s => s.Ordinal == request.Standard).Id,
            PointId = comparison.Points.Single(p => p.Ordinal == request.Point).Id, Kind = PreparationKind.PilotReturn, Data = JsonSerializer.Serialize(data, ComparisonsJson.Stored),
            Result = JsonSerializer.Serialize(new { mean, n = values.Length }, ComparisonsJson.Stored), Passed = true, StandardUncertainty = 0, EnteredBy = actor.Name, EnteredAt = time.Now,
        });
        await db.SaveChangesAsync(cancel);
        return (await SeriesAsync(comparison, cancel)).ToList();
    }

    public async Task<Outcome<IReadOnlyList<ReturnSeries>>> ReadAsync(string code, Actor actor, CancellationToken cancel = default)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison) || !actor.IsPilot(comparison))
            return OutcomeKind.NotFound;
        return (await SeriesAsync(comparison, cancel)).ToList();
    }

    private async Task<IEnumerable<ReturnSeries>> SeriesAsync(Comparison comparison, CancellationToken cancel)
    {
        var tests = await db.PreparationTests.AsNoTracking().Where(t => t.ComparisonId == comparison.Id && t.Kind == PreparationKind.PilotReturn).ToListAsync(cancel);
        return from standard in comparison.TransferStandards
               from point in comparison.Points
               let returns = PilotReturns.Of(tests.Where(t => t.TransferStandardId == standard.Id && t.PointId == point.Id), $"{point.Ordinal}", null).ToArray()
               where returns.Length > 0
               let fit = PilotReturns.Fit(returns)
               select new ReturnSeries(standard.Ordinal, point.Ordinal, returns, fit?.Slope, fit?.SlopeStandardUncertainty, fit?.DriftPValue);
    }

    private static string[] Values(ReturnRequest request) =>
        [.. (request.Values ?? "").Split([' ', '\t', ';', '；', '\u3000', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(TypedNumber.Plain)];

    internal static async Task<IResult> Post(string code, ReturnRequest request, RecordReturn handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(code, request, actor, cancel)).ToHttp(texts, r => Results.Json(r, ComparisonsJson.Stored, statusCode: StatusCodes.Status201Created));

    internal static async Task<IResult> Get(string code, RecordReturn handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.ReadAsync(code, actor, cancel)).ToHttp(texts, r => Results.Json(r, ComparisonsJson.Stored));
}

internal static class ReturnRules
{
    public static IEnumerable<Refusal> Refusals(Comparison comparison, ReturnRequest request, string[] values, DateOnly today)
    {
        if (comparison.State is < ComparisonState.Preparing or > ComparisonState.Evaluating)
            yield return new("return-state", null, comparison.State);
        if (comparison.TransferStandards.All(s => s.Ordinal != request.Standard))
            yield return Choices.Unknown("Standard", request.Standard, $"1 … {comparison.TransferStandards.Count}");
        if (comparison.Points.All(p => p.Ordinal != request.Point))
            yield return Choices.Unknown("Point", request.Point, $"1 … {comparison.Points.Count}");
        if (!DateOnly.TryParseExact(request.MeasuredOn?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            yield return new("return-date", "MeasuredOn", request.MeasuredOn);
        else if (day > today)
            yield return new("return-future", "MeasuredOn", day);
        if (values.Length is 0 or > 200)
            yield return new("return-values", "Values", values.Length);
        foreach (var value in values.Where(v => TypedNumber.Read(v) is null))
            yield return new("return-number", "Values", value);
    }
}
