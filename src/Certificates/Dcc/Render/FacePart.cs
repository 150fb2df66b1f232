namespace Plumbline.Certificates;

/// <summary>The face of a certificate: issuer, title, number, parties, item, verdict, persons, dates, seal.</summary>
internal sealed class FacePart(DccDocument document, PageWords words, DccPageOptions options)
{
    private readonly DccAdministrativeData data = document.Administrative;
    private readonly DocumentKind? kind = DccBuilder.KindOf(document);

    /// <summary>The title in the page's language: the document's own, its kind's, or that of a calibration certificate.</summary>
    public string Title => TitleIn(words.Language);

    public string Render()
    {
        var html = new Html();
        html.Raw("<section class=\"face\">\n");
        html.Element("p", Html.Encode(options.Notice), "notice");
        Head(html);
        html.Raw("<dl class=\"facts\">\n");
        Parties(html);
        Items(html);
        Basis(html);
        html.Raw("</dl>\n");
        Verdict(html);
        Signing(html);
        Foot(html);
        return html.Raw("</section>\n").ToString();
    }

    private string TitleIn(string language)
    {
        var own = data.Statements.FirstOrDefault(s => s.Is(CnmTerms.Title))?.Declaration?.In(language);
        return own is { Length: > 0 } ? own : new PageWords(language)[kind is { } known ? $"DocumentKind.{known}" : "dcc.any"];
    }

    private void Head(Html html)
    {
        var name = data.Laboratory.Contact?.Name;
        html.Element("p", words.Text(name), "issuer");
        var other = words.Language == "zh" ? "en" : "zh";
        var bilingual = document.Languages.Contains(other);
        if (bilingual && name?.Contents.Any(c => c.Language == other) == true && name.In(other) != name.In(words.Language))
            html.Raw($"<p class=\"issuer-other\" lang=\"{other}\">{Html.Encode(name.In(other))}</p>\n");
        html.Element("h1", Html.Encode(Title), Title.Length <= 8 ? "short" : null);
        if (bilingual)
            html.Raw($"<p class=\"title-other\" lang=\"{other}\">{Html.Encode(TitleIn(other))}</p>\n");
        html.Raw($"<p class=\"number\"><span>{Html.Encode(words[kind is DocumentKind.VerificationNotice or DocumentKind.ComparisonReport or DocumentKind.ComparisonStatement or DocumentKind.EvaluationReport ? "dcc.number.other" : "dcc.number"])}</span> <b>{Html.Encode(data.Core.UniqueIdentifier)}</b></p>\n");
        if (data.Core.Replacement is { } replaced)
            html.Element("p", $"{Html.Encode(words[replaced.TypeOfChange?.Trim() == "amended" ? "dcc.amends" : "dcc.replaces", replaced.ReplacedIdentifier])}", "replaces");
    }

    private void Parties(Html html)
    {
        html.Fact(words["dcc.customer"], words.Text(data.Customer?.Name));
        if (data.Statements.FirstOrDefault(s => s.Is(CnmTerms.Comparison)) is { } comparison)
            html.Fact(words["dcc.comparison"], $"{words.Rich(comparison.Declaration)} {Html.Encode(comparison.References.FirstOrDefault())}");
        if (data.Statements.FirstOrDefault(s => s.Is(CnmTerms.PilotLaboratory)) is { } pilot)
            html.Fact(words["dcc.pilot"], words.Rich(pilot.Declaration));
        foreach (var number in data.Core.Identifications.Where(i => !i.Is(CnmTerms.CertificateId)).Take(3))
            html.Fact(Plain(number.Name, words["dcc.order"]), Html.Encode(number.Value));
    }

    private void Items(Html html)
    {
        var material = kind == DocumentKind.ReferenceMaterialCertificate;
        var label = words[material ? "dcc.material" : "dcc.item"];
        if (data.Items.Items.Count != 1)
        {
            html.Fact(label, string.Join("<br>", data.Items.Items.Take(6).Select(i => words.Text(i.Name))) + (data.Items.Items.Count > 6 ? $"<br>{Html.Encode(words["dcc.more-items", data.Items.Items.Count - 6])}" : ""));
            return;
        }
        var item = data.Items.Items[0];
        html.Fact(label, words.Text(item.Name));
        html.Fact(words["dcc.model"], Html.Encode(item.Model));
        foreach (var number in item.Identifications.Take(4))
            html.Fact(Plain(number.Name, words[$"dcc.issuer.{Known(number.Issuer)}"]), Html.Encode(number.Value));
        html.Fact(words["dcc.manufacturer"], words.Text((item.Manufacturer ?? data.Items.Manufacturer)?.Name));
        foreach (var quantity in item.Quantities.Take(4))
            html.Fact(Plain(quantity.Name, words["dcc.quantity"]), QuantityText.Inline(quantity, words));
    }

    private void Basis(Html html)
    {
        var norms = AllMethods(document).SelectMany(m => m.Norms.Select(n => (Norm: n.Trim(), Name: words.Text(m.Name)))).DistinctBy(n => n.Norm).Take(4).ToArray();
        var verification = kind is DocumentKind.VerificationCertificate or DocumentKind.VerificationNotice;
        html.Fact(words[verification ? "dcc.basis.verification" : "dcc.basis.other"], string.Join("<br>", norms.Select(n => $"{Html.Encode(n.Norm)} <span class=\"dim\">{n.Name}</span>")));
    }

    private void Verdict(Html html)
    {
        if (data.Statements.FirstOrDefault(s => s.Is("basic_conformity") && s.Conformity is not null) is not { } statement)
            return;
        var said = words.Rich(statement.Declaration);
        // A text that begins with the verdict says it itself: only the mark is added.
        var verdict = words.Verdict(statement.Conformity);
        var word = System.Text.RegularExpressions.Regex.Replace(verdict, "<[^>]*>", "");
        html.Raw($"<div class=\"conclusion\"><span>{Html.Encode(Plain(statement.Name, words["dcc.conformity"]))}</span><div>{(said.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? $"{verdict.Replace($">{word}<", $">{said[..word.Length]}<", StringComparison.Ordinal)}{said[word.Length..]}" : $"{verdict} {said}")}</div></div>\n");
        var items = string.Join("<br>", data.Statements.Where(s => s.Is(CnmTerms.NonconformingItem)).Select(s => words.Rich(s.Declaration)));
        if (items.Length > 0)
            html.Raw($"<div class=\"conclusion\"><span>{Html.Encode(words["dcc.nonconforming"])}</span><div>{items}</div></div>\n");
    }

    private void Signing(Html html)
    {
        html.Raw("<div class=\"signing\">\n");
        if (options.SealSvg is { } seal)
            html.Raw($"<figure class=\"seal\">{seal}<figcaption>{Html.Encode(options.SealCaption)}</figcaption></figure>\n");
        html.Raw("<dl class=\"persons\">\n");
        // Who approves stands first, as certificates have it here; others keep their order.
        foreach (var person in data.Persons.OrderByDescending(p => p.Is(CnmTerms.Approver)).ThenByDescending(p => p.Is(CnmTerms.Checker)))
            html.Fact(Role(person), words.Text(person.Person?.Name) + (person.MainSigner == true && !person.Is(CnmTerms.Approver) ? $" <span class=\"dim\">({Html.Encode(words["dcc.main-signer"])})</span>" : ""));
        html.Raw("</dl>\n<dl class=\"dates\">\n");
        html.Fact(words["dcc.received"], words.Day(data.Core.ReceiptDate));
        html.Fact(words[kind is DocumentKind.VerificationCertificate or DocumentKind.VerificationNotice ? "dcc.performed.verification" : kind is DocumentKind.CalibrationCertificate or null ? "dcc.performed.calibration" : "dcc.performed.other"],
            data.Core.BeginPerformanceDate == data.Core.EndPerformanceDate ? words.Day(data.Core.BeginPerformanceDate) : $"{words.Day(data.Core.BeginPerformanceDate)} – {words.Day(data.Core.EndPerformanceDate)}");
        html.Fact(words["dcc.issued"], words.Day(data.Core.IssueDate));
        if (data.Statements.FirstOrDefault(s => s.Is("basic_recalibration")) is { } validity)
            html.Fact(Plain(validity.Name, words["dcc.valid-until"]), validity.Date is not null ? words.Day(validity.Date) : words.Period(validity.Period));
        html.Raw("</dl>\n</div>\n");
    }

    private string Role(DccResponsiblePerson person)
    {
        var part = person.Is(CnmTerms.Operator) ? PersonRole.Operator : person.Is(CnmTerms.Checker) ? PersonRole.Checker : person.Is(CnmTerms.Approver) ? PersonRole.Approver : (PersonRole?)null;
        if (part is not { } role)
            return person.Role?.Trim() is { Length: > 0 } given ? given : words["dcc.responsible"];
        return words[kind switch
        {
            DocumentKind.VerificationCertificate or DocumentKind.VerificationNotice => $"dcc.role.verification.{role}",
            DocumentKind.CalibrationCertificate => $"dcc.role.calibration.{role}",
            _ => $"dcc.role.report.{role}",
        }];
    }

    private void Foot(Html html)
    {
        var contact = data.Laboratory.Contact;
        string[] parts = [words.Address(contact?.Location), Html.Encode(contact?.Phone), Html.Encode(contact?.Email), Html.Encode(contact?.Link), data.Laboratory.Code is { } code ? $"{Html.Encode(words["dcc.laboratory-code"])} {Html.Encode(code)}" : ""];
        html.Raw("<footer>\n").Element("p", string.Join(" · ", parts.Where(p => p.Length > 0)));
        var id = data.Core.Identifications.FirstOrDefault(i => i.Is(CnmTerms.CertificateId))?.Value;
        string[] last = [Html.Encode(words["dcc.view-of", document.SchemaVersion]), id is null ? "" : $"{Html.Encode(words["dcc.certificate-id"])} <code>{Html.Encode(id)}</code>", string.Join(", ", data.Software.Take(3).Select(s => $"{words.Text(s.Name)} {Html.Encode(s.Release)}")) is { Length: > 0 } made ? $"{Html.Encode(words["dcc.made-with"])} {made}" : ""];
        html.Element("p", string.Join(" · ", last.Where(p => p.Length > 0)), "digest").Element("p", Html.Encode(options.Digest), "digest wrap").Raw("</footer>\n");
    }

    private string Plain(DccText? text, string otherwise) => text?.In(words.Language) is { Length: > 0 } given ? given : otherwise;

    private static string Known(string? issuer) => issuer?.Trim() is "manufacturer" or "calibrationLaboratory" or "customer" or "owner" ? issuer.Trim() : "other";

    /// <summary>Methods at any level, the common ones first.</summary>
    internal static IEnumerable<DccMethod> AllMethods(DccDocument document) => document.Measurements.Methods.Concat(document.Measurements.Results.SelectMany(r => r.Methods));
}
