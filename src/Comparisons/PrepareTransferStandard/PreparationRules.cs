using System.Globalization;
using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>Which readings make a test, and who may enter them when.</summary>
internal static class PreparationRules
{
    public const int MostRows = 500;
    public const int MostValues = 50;

    public static IEnumerable<Refusal> Refusals(Comparison comparison, TransferStandard? standard, MeasurementPoint? point, PreparationKind? kind, RecordTestRequest request, DateOnly today)
    {
        if (comparison.State != ComparisonState.Preparing)
            yield return new("not-preparing", null, comparison.Code, comparison.State);
        if (standard is null)
            yield return new("choice-unknown", "Standard", request.Standard, $"1 … {comparison.TransferStandards.Count}");
        if (point is null)
            yield return new("choice-unknown", "Point", request.Point, $"1 … {comparison.Points.Count}");
        else if (point.TargetUncertainty is null)
            yield return new("target-missing", "Point", point.Label);
        if (kind is not (PreparationKind.Homogeneity or PreparationKind.Stability or PreparationKind.Transport))
        {
            yield return new("choice-unknown", "Kind", request.Kind, "Homogeneity, Stability, Transport");
            yield break;
        }
        var rows = request.Rows.Index().Where(r => !r.Item.IsBlank).ToArray();
        if (rows.Length > MostRows)
            yield return new("rows-too-many", "Rows", rows.Length, MostRows);
        var unreadable = false;
        foreach (var refusal in rows.SelectMany(r => Row(r.Index, r.Item, point, kind.Value, today)))
        {
            unreadable = true;
            yield return refusal;
        }
        if (unreadable)
            yield break;
        foreach (var refusal in Enough([.. rows.Select(r => r.Item.Typed)], kind.Value))
            yield return refusal;
    }

    private static IEnumerable<Refusal> Row(int index, ReadingRow row, MeasurementPoint? point, PreparationKind kind, DateOnly today)
    {
        var typed = row.Typed;
        if (typed.Key.Length is 0 or > 60)
            yield return new("row-unnamed", $"Rows[{index}].Key", index + 1);
        else if (kind == PreparationKind.Stability && Day(typed.Key) is not { } day)
            yield return new("date-unreadable", $"Rows[{index}].Key", typed.Key);
        else if (kind == PreparationKind.Stability && Day(typed.Key) > today)
            yield return new("date-future", $"Rows[{index}].Key", Day(typed.Key), today);
        else if (kind == PreparationKind.Transport && IsAfter(typed.Key) is null)
            yield return new("stage-unknown", $"Rows[{index}].Key", typed.Key);
        if (typed.Values.Count is 0 or > MostValues)
            yield return new("values-count", $"Rows[{index}].Values", typed.Key, typed.Values.Count, MostValues);
        foreach (var text in typed.Values)
        {
            if (TypedNumber.Read(text) is not { } number)
                yield return new("number-unreadable", $"Rows[{index}].Values", text);
            else if (number < point?.LowerLimit || number > point?.UpperLimit)
                yield return new("value-beyond-limits", $"Rows[{index}].Values", text, point.LowerLimit, point.UpperLimit);
        }
    }

    private static IEnumerable<Refusal> Enough(PreparationRow[] rows, PreparationKind kind)
    {
        switch (kind)
        {
            case PreparationKind.Homogeneity:
                if (rows.Length < 2)
                    yield return new("items-too-few", "Rows", rows.Length);
                if (rows.DistinctBy(r => r.Key).Count() < rows.Length)
                    yield return new("items-twice", "Rows", rows.GroupBy(r => r.Key).First(g => g.Count() > 1).Key);
                if (rows.Any(r => r.Values.Count < 2) || rows.DistinctBy(r => r.Values.Count).Count() > 1)
                    yield return new("replicates-unequal", "Rows", string.Join(", ", rows.Select(r => $"{r.Key}: {r.Values.Count}")));
                break;
            case PreparationKind.Stability:
                if (rows.DistinctBy(r => Day(r.Key)).Count() < 3)
                    yield return new("days-too-few", "Rows", rows.DistinctBy(r => Day(r.Key)).Count());
                break;
            default:
                foreach (var after in new[] { false, true })
                {
                    var count = rows.Where(r => IsAfter(r.Key) == after).Sum(r => r.Values.Count);
                    if (count < 2)
                        yield return new(after ? "after-too-few" : "before-too-few", "Rows", count);
                }
                break;
        }
    }

    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text.Trim(), ["yyyy-MM-dd", "yyyy/M/d", "yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Whether a row was read before or after the transport; null when it says neither.</summary>
    public static bool? IsAfter(string key) => key.Trim().ToLowerInvariant() switch
    {
        "before" or "前" or "运输前" or "传递前" => false,
        "after" or "后" or "运输后" or "传递后" => true,
        _ => null,
    };
}
