using System.Text.RegularExpressions;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal sealed record RegionRow(int Number, string? Code, string? Name, string? NameEn = null, string? Parent = null, string? ShortName = null, string? Source = null);

/// <summary>Why a table of regions cannot come in, and what follows from a code of GB/T 2260: two digits each for province, city and county.</summary>
internal static partial class RegionRules
{
    private const int MostCharacters = 100;

    public static IEnumerable<(int Row, string Column, Refusal Refusal)> Refusals(IReadOnlyList<RegionRow> rows, IReadOnlyDictionary<string, Region> known)
    {
        var all = rows.Where(r => r.Code is not null).Select(r => r.Code!).Concat(known.Keys).ToHashSet();
        var seen = new HashSet<string>();
        foreach (var row in rows)
        {
            if (row.Code is null || !Code().IsMatch(row.Code) || row.Code == RegionTree.Country)
                yield return (row.Number, "code", new("region-code", null, row.Code ?? ""));
            else if (!seen.Add(row.Code))
                yield return (row.Number, "code", new("region-twice", null, row.Code));
            if (row.Name is null || row.Name.Length > MostCharacters || row.NameEn?.Length > MostCharacters)
                yield return (row.Number, "name", new("region-name", null, MostCharacters));
            if (row.Parent is { } parent && !all.Contains(parent))
                yield return (row.Number, "parent", new("region-parent", null, parent));
            else if (row.Code is not null && Code().IsMatch(row.Code) && row.Parent is null && !known.ContainsKey(row.Code) && ParentByCode(row.Code, all) is null)
                yield return (row.Number, "parent", new("region-parent-missing", null, row.Code));
        }
        var named = rows.Where(r => r is { Code: not null, Parent: not null }).GroupBy(r => r.Code!).ToDictionary(g => g.Key, g => g.First().Parent!);
        foreach (var row in rows.Where(r => r.Code is not null && named.ContainsKey(r.Code) && IsBelowItself(r.Code, named, known)))
            yield return (row.Number, "parent", new("region-circle", null, row.Code!, row.Parent ?? ""));
    }

    /// <summary>The parent that the row names, or the one that its code tells, or the one it had.</summary>
    public static string? ParentOf(RegionRow row, IReadOnlySet<string> codes, string? before) => row.Parent ?? before ?? ParentByCode(row.Code!, codes);

    public static string TypeOf(string code) => !char.IsAsciiDigit(code[0]) ? "own" : code.EndsWith("0000", StringComparison.Ordinal) ? "province" : code.EndsWith("00", StringComparison.Ordinal) ? "city" : "county";

    /// <summary>The nearest region above that is there: a county without a city belongs to its province. Null for a code of one's own.</summary>
    private static string? ParentByCode(string code, IReadOnlySet<string> codes) => !char.IsAsciiDigit(code[0])
        ? null
        : new[] { $"{code[..4]}00", $"{code[..2]}0000", RegionTree.Country }.FirstOrDefault(above => above != code && codes.Contains(above) && (above != RegionTree.Country || code.EndsWith("0000", StringComparison.Ordinal)));

    private static bool IsBelowItself(string code, Dictionary<string, string> named, IReadOnlyDictionary<string, Region> known)
    {
        var (at, steps) = (code, 0);
        while ((named.GetValueOrDefault(at) ?? known.GetValueOrDefault(at)?.Parent) is { } above)
        {
            if (above == code || ++steps > 20)
                return true;
            at = above;
        }
        return false;
    }

    [GeneratedRegex(@"^(?:[0-9]{6}|[A-Z][A-Z0-9-]{1,11})\z")]
    private static partial Regex Code();
}
