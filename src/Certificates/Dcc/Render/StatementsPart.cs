namespace Plumbline.Certificates;

/// <summary>Statements that the face does not show, and what else a certificate carries.</summary>
internal sealed class StatementsPart(PageWords words)
{
    private static readonly string[] onFace = [CnmTerms.DocumentKind, CnmTerms.Title, CnmTerms.Comparison, CnmTerms.PilotLaboratory, CnmTerms.NonconformingItem];

    /// <summary>The statements of the document as a whole, its files and its remarks.</summary>
    public string Render(DccDocument document)
    {
        var html = new Html();
        var facts = new Html();
        var conformity = document.Administrative.Statements.FirstOrDefault(s => s.Is("basic_conformity") && s.Conformity is not null);
        foreach (var statement in document.Administrative.Statements.Where(s => !onFace.Any(s.Is)))
            facts.Fact(Name(statement), Said(statement, onFace: statement == conformity || statement.Is("basic_recalibration")));
        if (facts.ToString() is { Length: > 0 } all)
            html.Element("h2", Html.Encode(words["dcc.statements"])).Element("dl", all, "facts plain");
        Attached(html, document);
        return html.ToString();
    }

    /// <summary>Statements about results.</summary>
    public string MetaData(IList<DccStatement> statements)
    {
        var facts = new Html();
        foreach (var statement in statements)
            facts.Fact(Name(statement), Said(statement, onFace: false));
        return facts.ToString() is { Length: > 0 } all ? new Html().Element("dl", all, "facts plain").ToString() : "";
    }

    private string Name(DccStatement statement) =>
        statement.Name?.In(words.Language) is { Length: > 0 } name ? name : statement.RefType is { } type ? QuantityName.Term(type, words) : words["dcc.statement"];

    private string Said(DccStatement statement, bool onFace)
    {
        string[] parts =
        [
            onFace ? "" : words.Verdict(statement.Conformity), onFace && statement.Conformity is not null ? "" : words.Rich(statement.Declaration), words.Rich(statement.Description), string.Join(", ", statement.Norms.Concat(statement.References).Concat(statement.Links).Select(Html.Encode)),
            Html.Encode(statement.Convention), statement.Traceable is { } traceable ? Html.Encode(words[traceable ? "dcc.traceable" : "dcc.not-traceable"]) : "", statement.Valid is { } valid ? Html.Encode(words[valid ? "dcc.valid" : "dcc.not-valid"]) : "",
            onFace ? "" : words.Day(statement.Date), words.Period(statement.Period), string.Join(", ", statement.CountryCodes.Select(Html.Encode)),
            Authority(statement.Authority), words.Address(statement.Location),
            string.Join(' ', statement.ConformityList.Select(words.Verdict)), string.Join(' ', statement.ValidList.Select(Html.Encode)),
            statement.NonSiUnit is null ? "" : $"{Html.Encode(statement.NonSiUnit)}: {Html.Encode(statement.NonSiDefinition)}",
        ];
        var data = new ResultsPart(words).Data(statement.Data);
        return parts.Where(p => p.Length > 0).Aggregate("", (said, part) => said.Length == 0 ? part : said.TrimEnd().EndsWith("</p>", StringComparison.Ordinal) ? said + part : $"{said}; {part}") + data;
    }

    private string Authority(DccContact? authority) => authority is null
        ? ""
        : Html.Encode(words["dcc.authority"]) + string.Join(", ", new[] { words.Text(authority.Name), words.Address(authority.Location) }.Where(t => t.Length > 0));

    private void Attached(Html html, DccDocument document)
    {
        var parts = new Html();
        if (document.HumanReadable is { } file)
            parts.Element("li", words.File(file));
        if (document.Administrative.Core.PreviousReport is { } previous)
            parts.Element("li", $"{words.Text(previous.Referral)} {Html.Encode(previous.ReferralId)} <span class=\"dim wrap\">{Html.Encode(previous.Procedure)} {Html.Encode(previous.Value)}</span>");
        if (document.Signatures > 0)
            parts.Element("li", Html.Encode(words["dcc.signatures", document.Signatures]));
        if (document.Comment is { } comment)
            parts.Element("li", $"{Html.Encode(words["dcc.comment"])} <span class=\"dim\">{Html.Encode(comment.Value.Length > 2000 ? comment.Value[..2000] + "…" : comment.Value)}</span>");
        var unknown = Unknown(document);
        if (unknown > 0)
            parts.Element("li", Html.Encode(words["dcc.not-shown", unknown]));
        if (parts.ToString() is { Length: > 0 } items)
            html.Element("h2", Html.Encode(words["dcc.attached"])).Element("ul", items);
    }

    /// <summary>How many things the page leaves out because nobody knows what they mean.</summary>
    private static int Unknown(DccPart part)
    {
        var count = 0;
        DccWalk.Over(part, p => count += p.Unread.Count);
        return count;
    }
}
