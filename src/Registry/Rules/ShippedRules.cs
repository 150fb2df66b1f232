using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.VisualBasic.FileIO;
using Plumbline.Database;

namespace Plumbline.Registry;

/// <summary>Brings the rules that ship with the software into the database: adds codes it does not know, never touches one it has.</summary>
internal static class ShippedRules
{
    public static async Task LoadAsync(PlumblineDb db, DateTimeOffset now, CancellationToken cancel = default)
    {
        var tables = await db.RuleTables.Select(t => t.Code).ToHashSetAsync(cancel);
        foreach (var row in Read("rule-tables.csv").Where(row => !tables.Contains(row["code"])))
            db.RuleTables.Add(new RuleTable { Code = row["code"], Title = row["title_zh"], TitleEn = row["title_en"] });
        var codes = await db.Rules.Select(r => r.Code).Distinct().ToHashSetAsync(cancel);
        db.Rules.AddRange(Read("rules.csv").Where(row => !codes.Contains(row["code"])).Select(row => FromRow(row, now)));
        await db.SaveChangesAsync(cancel);
    }

    private static Rule FromRow(Dictionary<string, string> row, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Code = row["code"], Table = row["table"], Item = row["item_zh"], ItemEn = row["item_en"], Value = row["value"],
        Number = row["number"].Length == 0 ? null : double.Parse(row["number"], CultureInfo.InvariantCulture),
        Unit = OrNull(row["unit"]), Kind = Enum.Parse<RuleKind>(row["kind"]), Source = row["source"], Clause = OrNull(row["clause"]),
        ValidFrom = row["valid_from"].Length == 0 ? null : DateOnly.ParseExact(row["valid_from"], "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Status = Enum.Parse<RuleStatus>(row["status"]), Note = OrNull(row["note"]), ProposedAt = now,
    };

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static IEnumerable<Dictionary<string, string>> Read(string name)
    {
        using var stream = typeof(ShippedRules).Assembly.GetManifestResourceStream($"Data/{name}") ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var parser = new TextFieldParser(stream) { Delimiters = [","], HasFieldsEnclosedInQuotes = true };
        var columns = parser.ReadFields()!;
        while (parser.ReadFields() is { } fields)
            yield return columns.Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
