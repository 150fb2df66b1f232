namespace Plumbline.Certificates;

/// <summary>Quantities that belong together as a table: a column each where they hold several numbers, a row each where they hold one.</summary>
internal sealed class ResultTable(PageWords words)
{
    private const int Wide = 7, Widest = 11, LongestList = 20_000;

    private sealed record Column(string Header, IReadOnlyList<string> Cells, bool IsNumber);

    public string Render(IReadOnlyList<DccQuantity> quantities, IReadOnlyList<string> instants)
    {
        if (quantities.Count == 0)
            return "";
        var rows = quantities.Max(Count);
        var html = new Html();
        if (rows <= 1)
        {
            html.Raw(Singles(quantities));
        }
        else
        {
            html.Raw(Singles([.. quantities.Where(q => Count(q) <= 1)]));
            var columns = quantities.Where(q => Count(q) > 1).SelectMany(q => Columns(q)).ToList();
            if (instants.Count > 1)
                columns.Insert(0, new(Html.Encode(words["dcc.instant"]), [.. instants.Select(Html.Encode)], false));
            // What is too wide for the paper goes on below, with its first column again.
            for (var from = 0; from == 0 || from < columns.Count; from += from == 0 ? Widest : Widest - 1)
                html.Raw(Table(from == 0 ? columns[..Math.Min(columns.Count, Widest)] : [columns[0], .. columns[from..Math.Min(columns.Count, from + Widest - 1)]], Math.Min(rows, LongestList)));
            if (rows > LongestList)
                html.Element("p", Html.Encode(words["dcc.rows-left-out", rows - LongestList]), "dim");
        }
        foreach (var quantity in quantities)
            Remarks(html, quantity, quantities.Count > 1);
        return html.ToString();
    }

    private static int Count(DccQuantity quantity) =>
        quantity.NoQuantity is not null ? 1 : Math.Max(quantity.Characters.Count, SiSeries.Of(quantity.Value).Select(s => s.Numbers.Count).DefaultIfEmpty(0).Max());

    private IEnumerable<Column> Columns(DccQuantity quantity, string otherwise = "")
    {
        var name = QuantityName.Of(quantity, words) is { Length: > 0 } own ? own : otherwise;
        if (quantity.Characters.Count > 0)
            yield return new(name, [.. quantity.Characters.Select(c => quantity.Is("basic_conformity") ? words.Verdict(c) : Html.Encode(c))], false);
        foreach (var series in SiSeries.Of(quantity.Value))
            foreach (var column in Columns(name, series))
                yield return column;
        foreach (var (series, i) in Relative(quantity).Select((s, i) => (s, i)))
            yield return new(Head(words["dcc.relative-uncertainty"], Common(series.Numbers.Select(n => n.Unit))), [.. series.Numbers.Select(n => Html.Encode(UnitText.Number(n.Value)))], true);
        foreach (var statement in quantity.MetaData.Where(m => m.ConformityList.Count > 1))
            yield return new(words.Text(statement.Name) is { Length: > 0 } given ? given : Html.Encode(words["dcc.conformity"]), [.. statement.ConformityList.Select(words.Verdict)], false);
        foreach (var statement in quantity.MetaData)
            foreach (var limit in (statement.Data?.Entries.OfType<DccQuantity>() ?? []).Where(q => Count(q) > 1))
                foreach (var column in Columns(limit, Heading(statement)))
                    yield return column;
    }

    private static IReadOnlyList<SiSeries> Relative(DccQuantity quantity) => SiSeries.Of((SiValue?)quantity.RelativeUncertainty?.List ?? quantity.RelativeUncertainty?.ForAll);

    private IEnumerable<Column> Columns(string name, SiSeries series)
    {
        var numbers = series.Numbers;
        if (numbers.Any(n => n.Label is not null))
            yield return new("", [.. numbers.Select(n => Html.Encode(n.Label))], false);
        if (numbers.Any(n => n.DateTime is not null))
            yield return new(Html.Encode(words["dcc.instant"]), [.. numbers.Select(n => Html.Encode(n.DateTime))], false);
        var unit = Common(numbers.Select(n => n.Unit));
        yield return new(Head(name, unit, encoded: true), [.. numbers.Select(n => Html.Encode(n.Second is null ? Shown(n.Value, unit is null ? n.Unit : null) : QuantityText.Complex(n, series.IsPolar) + (unit is null ? " " + UnitText.Plain(n.Unit) : "")))], true);
        if (numbers.Any(n => n.Uncertainty is { Minimum: not null }))
            yield return new(Head($"{words["dcc.coverage-interval"]}{Constant("p", numbers.Select(n => n.Uncertainty?.Probability))}", unit), [.. numbers.Select(n => n.Uncertainty is { Minimum: { } low, Maximum: { } high } ? $"[{Html.Encode(UnitText.Number(low))}, {Html.Encode(UnitText.Number(high))}]" : "—")], true);
        if (!numbers.Any(n => n.Uncertainty is not null))
            yield break;
        var expanded = numbers.Any(n => n.Uncertainty is { IsExpanded: true });
        var factors = numbers.Select(n => n.Uncertainty is { Value: not "NaN" } stated ? stated.Factor : null).ToArray();
        var note = Constant("k", factors);
        yield return new($"<i>{(expanded ? "U" : "u")}</i>{note}{(unit is null ? "" : Slash(unit))}", [.. numbers.Select(n => Html.Encode(n.Uncertainty is null ? "—" : Shown(n.Uncertainty.Value, unit is null ? n.Unit : null)))], true);
        if (note.Length == 0 && factors.Any(f => f is not null))
            yield return new("<i>k</i>", [.. factors.Select(f => Html.Encode(UnitText.Number(f)))], true);
    }

    /// <summary>What a statement's own numbers are called where they have no name: by its name, its one line, its term.</summary>
    private string Heading(DccStatement statement) =>
        words.Text(statement.Name) is { Length: > 0 } name ? name : IsHeading(statement) ? words.Rich(statement.Declaration) : statement.RefType is { } type ? Html.Encode(QuantityName.Term(type, words)) : "";

    private static bool IsHeading(DccStatement statement) =>
        statement.Declaration is { Entries.Count: > 0 } said && said.Contents.All(c => c.Value.Length <= 40) && statement.Data?.Entries.OfType<DccQuantity>().Any(q => Count(q) > 1 && q.Name is null) == true;

    /// <summary>" (k = 2)" where all numbers that have it have the same.</summary>
    private static string Constant(string symbol, IEnumerable<string?> values)
    {
        var given = values.Where(v => v is not null).Distinct(StringComparer.Ordinal).Take(2).ToArray();
        return given.Length == 1 ? $" <span class=\"unit\">(<i>{symbol}</i>\u00a0=\u00a0{Html.Encode(UnitText.Number(given[0]))})</span>" : "";
    }

    private static string? Common(IEnumerable<string?> units)
    {
        var distinct = units.Distinct(StringComparer.Ordinal).Take(2).ToArray();
        return distinct.Length == 1 ? distinct[0] ?? "" : null;
    }

    private static string Shown(string digits, string? unit) => unit is null ? UnitText.Number(digits) : UnitText.Quantity(digits, unit);

    private static string Head(string name, string? unit, bool encoded = false) => (encoded || name.Contains("<i>", StringComparison.Ordinal) ? name : Html.Encode(name)) + Slash(unit);

    private static string Slash(string? unit) => UnitText.Plain(unit) is { Length: > 0 } symbol ? $"<span class=\"unit\"> / {Html.Encode(symbol)}</span>" : "";

    private static string Table(List<Column> columns, int rows)
    {
        var html = new Html();
        html.Element("thead", $"<tr>{string.Concat(columns.Select(c => $"<th scope=\"col\"{(c.IsNumber ? " class=\"num\"" : "")}>{c.Header}</th>"))}</tr>");
        var body = new Html();
        for (var r = 0; r < rows; r++)
            body.Raw("<tr>").Raw(string.Concat(columns.Select(c => $"<td{(c.IsNumber ? " class=\"num\"" : "")}>{(r < c.Cells.Count ? c.Cells[r] : c.Cells.Count == 1 ? c.Cells[0] : "")}</td>"))).Raw("</tr>\n");
        html.Element("tbody", body.ToString());
        return new Html().Element("div", new Html().Element("table", html.ToString(), (columns.Count >= Wide, rows <= 12) switch { (true, true) => "small keep", (true, false) => "small", (false, true) => "keep", _ => null }).ToString()).ToString();
    }

    private string Singles(IReadOnlyList<DccQuantity> quantities)
    {
        var table = new TableHtml(words["dcc.quantity"], words["dcc.value"], words["dcc.uncertainty"], words["dcc.conformity"]);
        foreach (var quantity in quantities)
            table.Row(Named(quantity), Value(quantity), Uncertainty(quantity), string.Join("<br>", quantity.MetaData.SelectMany(m => m.ConformityList.Append(m.Conformity ?? "")).Where(c => c.Length > 0).Select(words.Verdict)));
        return table.ToString();
    }

    /// <summary>A quantity without a name is called by its description.</summary>
    private string Named(DccQuantity quantity) => QuantityName.Of(quantity, words) is { Length: > 0 } name ? name : words.Rich(quantity.Description);

    private string Value(DccQuantity quantity) => quantity.Value is null
        ? QuantityText.Inline(quantity, words)
        : string.Join("<br>", SiSeries.Of(quantity.Value).SelectMany(s => s.Numbers.Select(n => QuantityText.Number(n with { Uncertainty = null }, s.IsPolar))));

    private static string Uncertainty(DccQuantity quantity) => string.Join("<br>", SiSeries.Of(quantity.Value).SelectMany(s => s.Numbers).Where(n => n.Uncertainty is not null).Select(n => QuantityText.Stated(n.Uncertainty!, n.Unit))
        .Concat(Relative(quantity).SelectMany(s => s.Numbers).Select(n => $"<i>U</i><sub>rel</sub> = {Html.Encode(UnitText.Quantity(n.Value, n.Unit))}")));

    /// <summary>What is said about one quantity of the table.</summary>
    private void Remarks(Html html, DccQuantity quantity, bool named)
    {
        var own = new Html();
        if (Count(quantity) > 1 || QuantityName.Of(quantity, words).Length > 0)
            own.Element("div", words.Rich(quantity.Description));
        own.Raw(new MeansPart(words).Scope(quantity, "h5"));
        foreach (var statement in quantity.MetaData)
        {
            string[] parts =
            [
                statement.Declaration is { Entries.Count: > 0 } && !IsHeading(statement) ? words.Rich(statement.Declaration) : "", string.Join(", ", statement.Norms.Concat(statement.References).Select(Html.Encode)),
                .. (statement.Data?.Entries.OfType<DccQuantity>() ?? []).Where(q => Count(q) == 1).Select(q => $"{QuantityName.Of(q, words)} {QuantityText.Inline(q, words)}"),
                .. (statement.Data?.Entries.OfType<DccRichText>() ?? []).Select(words.Rich),
                statement.Valid is { } valid ? Html.Encode(words[valid ? "dcc.valid" : "dcc.not-valid"]) : "",
            ];
            if (parts.Any(p => p.Length > 0))
                own.Element("div", $"{(words.Text(statement.Name) is { Length: > 0 } name ? name + words["dcc.colon"] : "")}{string.Join("; ", parts.Where(p => p.Length > 0))}");
        }
        if (own.ToString() is { Length: > 0 } said)
            html.Element("div", (named ? $"<b>{QuantityName.Of(quantity, words)}</b> " : "") + said, "remark");
    }
}
