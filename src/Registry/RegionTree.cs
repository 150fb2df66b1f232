namespace Plumbline.Registry;

/// <summary>The regions as a tree: who is above whom.</summary>
public sealed class RegionTree(IEnumerable<Region> regions)
{
    public const string Country = "000000";
    /// <summary>Where a laboratory outside the country is.</summary>
    public const string Foreign = "foreign";

    private readonly Dictionary<string, Region> byCode = regions.ToDictionary(r => r.Code);
    // There may be three thousand counties: whoever asks for all below one does not look at each for each.
    private ILookup<string, Region>? below;

    public Region? Find(string? code) => code is null ? null : byCode.GetValueOrDefault(code);

    /// <summary>The region and all above it, the nearest first; a foreign place has only the country above it.</summary>
    public IEnumerable<string> Upward(string code)
    {
        yield return code;
        if (code == Foreign)
            yield return Country;
        for (var parent = Find(code)?.Parent; parent is not null; parent = Find(parent)?.Parent)
            yield return parent;
    }

    public bool IsWithin(string code, string above) => Upward(code).Contains(above);

    /// <summary>The region and everything below it.</summary>
    public IReadOnlyList<string> Downward(string code) => [.. byCode.Keys.Where(c => IsWithin(c, code)).Append(code).Distinct()];

    /// <summary>Every region, each after the one it belongs to, with its depth.</summary>
    public IEnumerable<(Region Region, int Depth)> Walk(string? parent = null, int depth = 0)
    {
        below ??= byCode.Values.OrderBy(r => r.Code, StringComparer.Ordinal).ToLookup(r => r.Parent ?? "");
        foreach (var region in below[parent ?? ""])
        {
            yield return (region, depth);
            foreach (var lower in Walk(region.Code, depth + 1))
                yield return lower;
        }
    }
}
