using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Brings versions 2.x into the form of 3.3.0, element by element, and tells each change.</summary>
internal static class DccUpgrade
{
    // Within an element of the first name, the second was renamed to the third.
    private static readonly (string[] Parents, string Old, string New)[] renamed =
    [
        (["digitalCalibrationCertificate"], "comments", "comment"),
        (["byteData", "document", "descriptionData", "file"], "data", "dataBase64"),
        (["certificate", "previousReport", "linkedReport"], "reference", "referral"),
        (["certificate", "previousReport", "linkedReport"], "referenceID", "referralID"),
        (["influenceCondition"], "state", "status"),
        (["identification"], "description", "name"),
        (["formula"], "siunitx", "latex"),
    ];

    // Where 3.x has one rich text, 2.x had several texts, and files beside them.
    private static readonly HashSet<string> described = ["software", "item", "measuringEquipment", "usedMethod", "items", "respPerson"];

    /// <summary>One change.</summary>
    public static Finding Change(string rule, string path, string? old, string? now, int line = 0) =>
        new(FindingLayer.Form, FindingSeverity.Note, rule, path, old, now) { Line = line };

    /// <summary>A copy of the root in the form of 3.3.0.</summary>
    public static XElement FromVersion2(XElement old, List<Finding> changes)
    {
        Modernise(old, changes);
        var root = new XElement(old);
        foreach (var element in root.DescendantsAndSelf().ToArray())
        {
            if (element.Name.Namespace != DccNames.Si && element.Name.NamespaceName.StartsWith("https://ptb.de/si/", StringComparison.Ordinal))
                element.Name = DccNames.Si + element.Name.LocalName;
            if (element.Parent is { } parent)
                foreach (var (parents, from, to) in renamed)
                    if (element.Name == DccNames.Dcc + from && parents.Contains(parent.Name.LocalName))
                        element.Name = DccNames.Dcc + to;
        }
        foreach (var element in root.Descendants().ToArray())
            Reshape(element, changes);
        Complete(root, changes);
        return root;
    }

    /// <summary>The renamings, told once each with the place in the file as it was.</summary>
    private static void Modernise(XElement root, List<Finding> changes)
    {
        foreach (var element in root.Descendants())
            foreach (var (parents, from, to) in renamed)
                if (element.Name == DccNames.Dcc + from && parents.Contains(element.Parent!.Name.LocalName))
                    changes.Add(Change("upgrade-renamed", DccXml.Path(element), from, to, DccXml.Line(element)));
        if (root.Descendants().FirstOrDefault(e => e.Name.NamespaceName.StartsWith("https://ptb.de/si/", StringComparison.Ordinal)) is { } si)
            changes.Add(Change("upgrade-namespace", DccXml.Path(si), si.Name.NamespaceName, DccNames.Si.NamespaceName, DccXml.Line(si)));
    }

    private static void Reshape(XElement element, List<Finding> changes)
    {
        var name = element.Name.LocalName;
        if (element.Name.Namespace == DccNames.Dcc && described.Contains(name))
            MergeDescriptions(element, changes);
        if (name == "respPerson")
            Person(element, changes);
        if (element.Name == DccNames.Si + "list")
            List(element, changes);
        if (name is "metaData" or "statement" && Child(element, "refId") is { } reference)
        {
            element.SetAttributeValue("refId", reference.Value);
            Moved(reference, "@refId", changes);
        }
        if (name == "formula" && element.Attribute("lang") is { } language)
        {
            changes.Add(Change("upgrade-removed", $"{DccXml.Path(element)}/@lang", language.Value, null));
            language.Remove();
        }
        if (name == "location" && Child(element, "descriptionData") is { } file && element.Parent is { } contact && Child(contact, "descriptionData") is null)
        {
            Moved(file, "../descriptionData", changes);
            element.AddAfterSelf(new XElement(file));
        }
        if (name == "comment" && !element.HasElements && element.Value.Length > 0 && element.Parent?.Name == DccNames.Root)
        {
            // A comment holds elements now, no bare text.
            changes.Add(Change("upgrade-moved", DccXml.Path(element), element.Value, "comment/content"));
            element.ReplaceNodes(new XElement(DccNames.Dcc + "content", element.Value));
        }
    }

    private static void MergeDescriptions(XElement element, List<Finding> changes)
    {
        XElement[] texts = [.. element.Elements(DccNames.Dcc + "description")], files = [.. element.Elements(DccNames.Dcc + "descriptionData"), .. element.Elements(DccNames.Dcc + "furtherInfoPerson")];
        if (texts.Length + files.Length is 0 || texts.Length == 1 && files.Length == 0)
            return;
        var first = texts.FirstOrDefault();
        if (first is null)
        {
            first = new XElement(DccNames.Dcc + "description");
            (files[0].PreviousNode ?? files[0]).AddAfterSelf(first);
        }
        foreach (var text in texts.Skip(1).Concat(files.Where(f => f.Name.LocalName == "furtherInfoPerson")))
        {
            first.Add(text.Elements());
            Moved(text, "description", changes);
        }
        foreach (var file in files.Where(f => f.Name.LocalName == "descriptionData"))
        {
            var moved = new XElement(file) { Name = DccNames.Dcc + "file" };
            first.Add(moved);
            Moved(file, "description/file", changes);
        }
    }

    /// <summary>D-SI 1.x kept numbers in the list itself; 2.x puts a list of one kind inside.</summary>
    private static void List(XElement list, List<Finding> changes)
    {
        var kind = list.Elements(DccNames.Si + "real").Any() ? "realList" : list.Elements(DccNames.Si + "complex").Any() ? "complexList" : null;
        if (kind is null)
            return;
        var inner = new XElement(DccNames.Si + kind, list.Elements());
        list.RemoveNodes();
        list.Add(inner);
        changes.Add(Change("upgrade-moved", DccXml.Path(list), null, $"list/{kind}"));
    }

    /// <summary>2.1 named a person by a bare text with the address beside it.</summary>
    private static void Person(XElement element, List<Finding> changes)
    {
        if (Child(element, "person") is not { HasElements: false } person)
            return;
        var text = person.Value;
        person.RemoveNodes();
        person.Add(new XElement(DccNames.Dcc + "name", new XElement(DccNames.Dcc + "content", text)));
        changes.Add(Change("upgrade-moved", DccXml.Path(person), text, "person/name/content"));
        foreach (var (from, to) in new[] { ("eMailPerson", "eMail"), ("location", "location") })
            if (Child(element, from) is { } part)
            {
                person.Add(new XElement(part) { Name = DccNames.Dcc + to });
                Moved(part, $"person/{to}", changes);
            }
    }

    /// <summary>What 3.x asks for and 2.x did not have.</summary>
    private static void Complete(XElement root, List<Finding> changes)
    {
        var core = Child(Child(root, "administrativeData")!, "coreData");
        if (core is not null && Child(core, "performanceLocation") is null && Child(core, "endPerformanceDate") is { } end)
        {
            end.AddAfterSelf(new XElement(DccNames.Dcc + "performanceLocation", "other"));
            changes.Add(Change("upgrade-added", $"{DccXml.Path(core)}/performanceLocation", null, "other"));
        }
        foreach (var result in Child(root, "measurementResults")!.Elements(DccNames.Dcc + "measurementResult").Where(r => Child(r, "name") is null).ToArray())
        {
            var own = result.Descendants(DccNames.Dcc + "result").Select(r => Child(r, "name")).FirstOrDefault(n => n is not null);
            result.AddFirst(own is not null ? new XElement(own) : new XElement(DccNames.Dcc + "name", new XElement(DccNames.Dcc + "content", "Measurement result")));
            changes.Add(Change("upgrade-added", $"{DccXml.Path(result)}/name", null, Child(result, "name")!.Value));
        }
        if (Child(Child(root, "administrativeData")!, "calibrationLaboratory") is { } laboratory)
            Contacts(laboratory, changes);
        root.SetAttributeValue("schemaVersion", (string?)root.Attribute("schemaVersion") ?? "2.1.0");
    }

    /// <summary>Only one address of the laboratory has a place now: the others become statements with an authority.</summary>
    private static void Contacts(XElement laboratory, List<Finding> changes)
    {
        var administrative = laboratory.Parent!;
        foreach (var contact in laboratory.Elements(DccNames.Dcc + "contact").Skip(1).ToArray())
        {
            var statements = Child(administrative, "statements");
            if (statements is null)
                administrative.Add(statements = new XElement(DccNames.Dcc + "statements"));
            statements.Add(new XElement(DccNames.Dcc + "statement", new XElement(contact) { Name = DccNames.Dcc + "respAuthority" }));
            Moved(contact, "statements/statement/respAuthority", changes);
        }
    }

    private static void Moved(XElement element, string to, List<Finding> changes)
    {
        changes.Add(Change("upgrade-moved", DccXml.Path(element), element.HasElements ? null : element.Value, to));
        element.Remove();
    }

    private static XElement? Child(XElement element, string name) => element.Element(DccNames.Dcc + name);
}
