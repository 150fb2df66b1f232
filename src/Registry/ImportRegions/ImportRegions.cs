using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Sheets;

namespace Plumbline.Registry;

/// <summary>How many regions an import added, and how many it changed.</summary>
internal sealed record ImportedRegions(int Added, int Changed);

/// <summary>行政区划导入: cities, counties and divisions of the corps below those that ship, from a CSV or XLSX table; all or none.</summary>
internal sealed class ImportRegions(PlumblineDb db, Actor actor, Texts texts)
{
    private static readonly SheetLimits Limits = new(MaxBytes: 5 << 20, MaxRows: 10_000, MaxColumns: 20);
    private static readonly (string Key, string[] Names)[] Columns =
        [("code", ["code", "代码"]), ("name", ["name", "名称"]), ("name_en", ["name_en", "英文名称"]), ("parent", ["parent", "上级代码"]), ("short", ["short", "简称"]), ("source", ["source", "出处"])];

    public async Task<Outcome<ImportedRegions>> RunAsync(Stream table, string fileName, CancellationToken cancel = default)
    {
        if (actor.Duty != AdministratorDuty.System)
            return OutcomeKind.Forbidden;
        var reading = Sheet.Read(table, fileName, Limits);
        if (!reading.Succeeded)
            return Refusals(reading.Problems);
        var columns = Columns.ToDictionary(c => c.Key, c => reading.Sheet.Column(c.Key, c.Names));
        var missing = columns.Values.SelectMany(c => c.Problems(c.Key is "code" or "name")).ToArray();
        if (missing.Length > 0)
            return Refusals(missing);
        var rows = reading.Sheet.Rows.Select(row => RowOf(row, columns)).ToArray();
        var known = await db.Regions.ToDictionaryAsync(r => r.Code, cancel);
        var refusals = RegionRules.Refusals(rows, known).Select(fault => new Refusal("region-row", null, fault.Row, fault.Column, texts.Of(fault.Refusal))).ToArray();
        if (refusals.Length > 0)
            return refusals;
        return await EnterAsync(rows, known, cancel);
    }

    private async Task<Outcome<ImportedRegions>> EnterAsync(RegionRow[] rows, Dictionary<string, Region> known, CancellationToken cancel)
    {
        var codes = rows.Select(r => r.Code!).Concat(known.Keys).ToHashSet();
        var added = 0;
        foreach (var row in rows)
        {
            if (!known.TryGetValue(row.Code!, out var region))
            {
                db.Regions.Add(region = new Region { Code = row.Code!, Name = "", NameEn = "", ShortName = "", Type = RegionRules.TypeOf(row.Code!), Source = row.Source ?? "import" });
                added++;
            }
            region.Parent = RegionRules.ParentOf(row, codes, region.Parent);
            (region.Name, region.NameEn, region.ShortName) = (row.Name!, row.NameEn ?? region.NameEn, row.ShortName ?? (region.ShortName.Length > 0 ? region.ShortName : row.Name!));
        }
        var changed = db.ChangeTracker.Entries<Region>().Count(e => e.State == EntityState.Modified);
        await db.SaveChangesAsync(cancel);
        return new ImportedRegions(added, changed);
    }

    private static RegionRow RowOf(SheetRow row, Dictionary<string, SheetColumn> columns)
    {
        string? Cell(string key) => row[columns[key]] is { Length: > 0 } text ? text.Trim() : null;
        return new(row.Number, Cell("code"), Cell("name"), Cell("name_en"), Cell("parent"), Cell("short"), Cell("source"));
    }

    private static Refusal[] Refusals(IEnumerable<SheetProblem> problems) => [.. problems.Select(p => new Refusal("rule-file", "file", SheetsTexts.Describe(p, Texts.IsEnglish ? Texts.English : Texts.Chinese)))];
}
