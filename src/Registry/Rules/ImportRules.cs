using Plumbline.Interface;
using Plumbline.Sheets;

namespace Plumbline.Registry;

/// <summary>Many proposals at once from a CSV or XLSX table; all or none.</summary>
internal sealed class ImportRules(ProposeRule propose, Actor actor, Texts texts)
{
    private static readonly SheetLimits Limits = new(MaxBytes: 5 << 20, MaxRows: 2000, MaxColumns: 40);

    public async Task<Outcome<IReadOnlyList<Rule>>> RunAsync(Stream table, string fileName, CancellationToken cancel = default)
    {
        if (!RulePowers.MayChange(actor))
            return OutcomeKind.Forbidden;
        var reading = Sheet.Read(table, fileName, Limits);
        if (!reading.Succeeded)
            return Refusals(reading.Problems);
        var sheet = reading.Sheet;
        var columns = Columns.Names.ToDictionary(c => c.Key, c => sheet.Column(c.Key, c.Names));
        var missing = columns.Values.SelectMany(c => c.Problems(c.Key is "code" or "value" or "valid_from" or "reason")).ToArray();
        if (missing.Length > 0)
            return Refusals(missing);
        return await ReadAsync(sheet, columns, cancel);
    }

    private async Task<Outcome<IReadOnlyList<Rule>>> ReadAsync(Sheet sheet, Dictionary<string, SheetColumn> columns, CancellationToken cancel)
    {
        var (proposals, refusals) = (new List<Rule>(), new List<Refusal>());
        foreach (var row in sheet.Rows)
        {
            var outcome = await propose.PrepareAsync(Request(row, columns), "", cancel);
            // The file has no field to go to: the row and the column say where.
            refusals.AddRange(outcome.Refusals.Select(r => new Refusal("rule-row", null, row.Number, r.Field, texts.Of(r))));
            if (outcome.Accepted && proposals.Exists(p => p.Code == outcome.Value!.Code))
                refusals.Add(new Refusal("rule-row-twice", null, row.Number, outcome.Value!.Code));
            else if (outcome.Accepted)
                proposals.Add(outcome.Value!);
        }
        if (refusals.Count > 0)
            return refusals;
        await propose.AddAsync(proposals, cancel);
        return proposals;
    }

    private static ProposeRuleRequest Request(SheetRow row, Dictionary<string, SheetColumn> columns)
    {
        string? Cell(string key) => row[columns[key]] is { Length: > 0 } text ? text : null;
        return new ProposeRuleRequest
        {
            Code = Cell("code"), Table = Cell("table"), Item = Cell("item_zh"), ItemEn = Cell("item_en"), Value = Cell("value"), Number = Cell("number"), Unit = Cell("unit"), Kind = Cell("kind"),
            Source = Cell("source"), Clause = Cell("clause"), ValidFrom = Cell("valid_from"), Status = Cell("status"), Note = Cell("note"), Reason = Cell("reason"),
        };
    }

    private static Refusal[] Refusals(IEnumerable<SheetProblem> problems) => [.. problems.Select(p => new Refusal("rule-file", "file", SheetsTexts.Describe(p, Texts.IsEnglish ? Texts.English : Texts.Chinese)))];

    private static class Columns
    {
        public static readonly (string Key, string[] Names)[] Names =
        [
            ("code", ["code", "代码"]), ("table", ["table", "规则表"]), ("item_zh", ["item_zh", "事项"]), ("item_en", ["item_en", "英文事项"]), ("value", ["value", "值"]), ("number", ["number", "数值"]),
            ("unit", ["unit", "单位"]), ("kind", ["kind", "类型"]), ("source", ["source", "出处"]), ("clause", ["clause", "条款"]), ("valid_from", ["valid_from", "生效日期"]),
            ("status", ["status", "核实状态"]), ("note", ["note", "备注"]), ("reason", ["reason", "变更理由"]),
        ];
    }
}
