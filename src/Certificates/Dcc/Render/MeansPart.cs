namespace Plumbline.Certificates;

/// <summary>By what means results were obtained: items, standards, methods, conditions, software.</summary>
internal sealed class MeansPart(PageWords words)
{
    /// <summary>What the whole document has in common, and its items where there are several.</summary>
    public string Render(DccDocument document)
    {
        var html = new Html();
        html.Raw(Items(document.Administrative));
        html.Raw(Scope(document.Measurements, "h2"));
        return html.ToString();
    }

    /// <summary>The means of one level.</summary>
    public string Scope(DccScope scope, string heading)
    {
        var html = new Html();
        Section(html, heading, "dcc.standards", Equipment(scope.Equipment));
        Section(html, heading, "dcc.methods", Methods(scope.Methods));
        Section(html, heading, "dcc.conditions", Conditions(scope.Conditions));
        Section(html, heading, "dcc.software", Software(scope.Software));
        return html.ToString();
    }

    private void Section(Html html, string heading, string title, string content)
    {
        if (content.Length > 0)
            html.Element(heading, Html.Encode(words[title])).Raw(content);
    }

    private string Items(DccAdministrativeData data)
    {
        var all = data.Items.Items.SelectMany(i => Flat(i, 0)).ToArray();
        var table = new TableHtml(words["dcc.item"], words["dcc.model"], words["dcc.identification"], words["dcc.manufacturer"], words["dcc.particulars"]);
        if (all.Length > 1)
            foreach (var (item, depth) in all)
                table.Row($"{string.Concat(Enumerable.Repeat("&emsp;", depth))}{words.Text(item.Name)}", Html.Encode(item.Model), Numbers(item.Identifications), words.Text(item.Manufacturer?.Name), Particulars(item.Description, item.Quantities, []));
        var html = new Html();
        Section(html, "h2", "dcc.items", table.ToString());
        var remarks = all.Length == 1 ? Particulars(all[0].Item.Description, [.. all[0].Item.Quantities.Skip(4)], all[0].Item.InstalledSoftware) : Software([.. all.SelectMany(a => a.Item.InstalledSoftware)]);
        if (remarks.Length > 0)
            html.Element("h3", Html.Encode(words["dcc.particulars"])).Element("div", remarks);
        return html.ToString();
    }

    private static IEnumerable<(DccItem Item, int Depth)> Flat(DccItem item, int depth) =>
        item.SubItems is null ? [(item, depth)] : [(item, depth), .. item.SubItems.Items.SelectMany(i => Flat(i, depth + 1))];

    private string Equipment(DccEquipments? equipments)
    {
        if (equipments is null)
            return "";
        var table = new TableHtml(words["dcc.name"], words["dcc.model"], words["dcc.identification"], words["dcc.particulars"], words["dcc.certificate"]);
        foreach (var equipment in equipments.Equipments)
            table.Row(words.Text(equipment.Name), Html.Encode(equipment.Model), Numbers(equipment.Identifications), Particulars(equipment.Description, equipment.Quantities, equipment.InstalledSoftware), Certificate(equipment.Certificate));
        return table.ToString();
    }

    private string Certificate(DccHash? certificate)
    {
        if (certificate is null)
            return "";
        var digest = certificate.Value?.Trim() ?? "";
        return $"{Html.Encode(certificate.ReferralId)}<br><span class=\"dim\">{Html.Encode(certificate.Procedure)} {Html.Encode(digest.Length > 20 ? digest[..16] + "…" : digest)}</span>{(certificate.InValidityRange == false ? $"<br>{Html.Encode(words["dcc.out-of-validity"])}" : "")}";
    }

    private string Particulars(DccRichText? description, IList<DccQuantity> quantities, IList<DccSoftware> software)
    {
        IEnumerable<string> lines = [words.Rich(description), .. quantities.Select(q => $"{(words.Text(q.Name) is { Length: > 0 } name ? name + words["dcc.colon"] : "")}{QuantityText.Inline(q, words)}"), .. software.Select(OneSoftware)];
        return string.Join("<br>", lines.Where(l => l.Length > 0));
    }

    private string Numbers(IList<DccIdentification> numbers) =>
        string.Join("<br>", numbers.Select(n => $"{(n.Name is null ? "" : $"<span class=\"dim\">{words.Text(n.Name)}</span> ")}{Html.Encode(n.Value)}"));

    private string Methods(IList<DccMethod> methods)
    {
        var html = new Html();
        foreach (var method in methods)
            html.Element("li", string.Join(' ', new[]
            {
                words.Text(method.Name), string.Join(", ", method.Norms.Select(Html.Encode)), string.Join(", ", method.References.Concat(method.Links).Select(Html.Encode)) is { Length: > 0 } r ? $"<span class=\"dim\">{r}</span>" : "",
                words.Rich(method.Description) is { Length: > 0 } d ? $"<div class=\"dim\">{d}</div>" : "", string.Join("; ", method.Quantities.Select(q => $"{words.Text(q.Name)} {QuantityText.Inline(q, words)}")),
            }.Where(t => t.Length > 0)));
        return html.ToString() is { Length: > 0 } items ? new Html().Element("ul", items).ToString() : "";
    }

    private string Conditions(IList<DccCondition> conditions)
    {
        var html = new Html();
        foreach (var condition in conditions)
        {
            var status = Status(condition.Status);
            var said = string.Join("; ", new[] { status, words.Rich(condition.Description), Data(condition.Data, status) }.Where(t => t.Length > 0));
            html.Fact(condition.Name?.In(words.Language) is { Length: > 0 } name ? name : condition.RefType ?? words["dcc.conditions"], said);
        }
        return html.ToString() is { Length: > 0 } facts ? new Html().Element("dl", facts, "facts plain").ToString() : "";
    }

    private string Status(string? status) => status?.Trim() switch
    {
        "beforeAdjustment" => Html.Encode(words["dcc.adjustment.BeforeAdjustment"]),
        "afterAdjustment" => Html.Encode(words["dcc.adjustment.AfterAdjustment"]),
        "beforeRepair" => Html.Encode(words["dcc.adjustment.BeforeRepair"]),
        "afterRepair" => Html.Encode(words["dcc.adjustment.AfterRepair"]),
        var other => Html.Encode(other),
    };

    private string Data(DccData? data, string status)
    {
        IEnumerable<string> all = (data?.Entries ?? []).SelectMany(Entry);
        return string.Join("; ", all.Where(t => t.Length > 0 && t != status));

        IEnumerable<string> Entry(DccPart part) => part switch
        {
            DccQuantity quantity => [$"{(words.Text(quantity.Name) is { Length: > 0 } name ? name + words["dcc.colon"] : "")}{QuantityText.Inline(quantity, words)}"],
            DccList list => list.Entries.SelectMany(Entry),
            DccRichText text => [words.Rich(text)],
            DccFormula formula => [PageWords.Formula(formula)],
            DccByteData file => [words.File(file)],
            _ => [],
        };
    }

    private string Software(IList<DccSoftware> software)
    {
        var html = new Html();
        foreach (var one in software)
            html.Element("li", OneSoftware(one));
        return html.ToString() is { Length: > 0 } items ? new Html().Element("ul", items).ToString() : "";
    }

    private string OneSoftware(DccSoftware software) =>
        string.Join(' ', new[] { words.Text(software.Name), Html.Encode(software.Release), words.Rich(software.Description) is { Length: > 0 } d ? $"<span class=\"dim wrap\">{d}</span>" : "" }.Where(t => t.Length > 0));
}

/// <summary>A table of encoded cells that leaves out columns in which nothing stands.</summary>
internal sealed class TableHtml(params string[] headers)
{
    private readonly List<string[]> rows = [];

    public void Row(params string[] cells) => rows.Add(cells);

    public override string ToString()
    {
        if (rows.Count == 0)
            return "";
        int[] shown = [.. Enumerable.Range(0, headers.Length).Where(c => rows.Any(r => r[c].Length > 0))];
        var html = new Html();
        html.Element("thead", $"<tr>{string.Concat(shown.Select(c => $"<th scope=\"col\">{Html.Encode(headers[c])}</th>"))}</tr>");
        html.Element("tbody", string.Concat(rows.Select(r => $"<tr>{string.Concat(shown.Select(c => $"<td>{r[c]}</td>"))}</tr>\n")));
        return new Html().Element("table", html.ToString()).ToString();
    }
}
