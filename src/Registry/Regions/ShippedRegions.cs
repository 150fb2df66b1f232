using Microsoft.EntityFrameworkCore;
using Plumbline.Database;

namespace Plumbline.Registry;

/// <summary>The region tree that comes with the software.</summary>
internal static class ShippedRegions
{
    public static async Task LoadAsync(PlumblineDb db, CancellationToken cancel = default)
    {
        var known = await db.Regions.ToDictionaryAsync(r => r.Code, cancel);
        foreach (var region in Read().Where(r => !known.ContainsKey(r.Code)))
            db.Regions.Add(region);
        await db.SaveChangesAsync(cancel);
    }

    private static IEnumerable<Region> Read()
    {
        using var reader = new StreamReader(typeof(ShippedRegions).Assembly.GetManifestResourceStream("Data/regions.csv")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Skip(1).Select(line => line.Split(','))
            .Select(cells => new Region { Code = cells[0], Parent = cells[1].Length == 0 ? null : cells[1], Name = cells[2], NameEn = cells[3], ShortName = cells[4], Type = cells[5], Source = cells[6] })];
    }
}
