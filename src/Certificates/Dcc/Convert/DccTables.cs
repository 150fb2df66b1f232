using System.Xml.Linq;
using Plumbline.Sheets;

namespace Plumbline.Certificates;

/// <summary>A certificate as two tables for spreadsheets: <c>fields</c> (a row for each text of the file) and <c>results</c> (a row for each number with unit, U, k, p and distribution); <see cref="DccTableReader"/> makes a certificate of them again.</summary>
/// <remarks>
/// Nothing is left out: complex numbers, matrices and covariances stand in <c>fields</c> element by element, XML of other vocabularies as XML text.
/// A row <c>#results</c> in <c>fields</c> marks where numbers stand, so that the order of everything is kept. Signatures are not carried.
/// </remarks>
public static class DccTables
{
    /// <summary>Columns of <c>fields</c>.</summary>
    public static IReadOnlyList<string> FieldColumns { get; } = ["path", "value"];

    /// <summary>Columns of <c>results</c>. <c>name</c> and <c>refType</c> are there to read; they are not read back.</summary>
    public static IReadOnlyList<string> ResultColumns { get; } = ["path", "index", "name", "refType", "value", "unit", "uncertainty", "form", "k", "p", "distribution", "min", "max", "label", "dateTime", "quantityType", "significantDigit"];

    internal const string Marker = "#results";

    // A cell of a spreadsheet holds 32,767 characters.
    internal const int LongestCell = 30_000;

    /// <summary>The table <c>fields</c>.</summary>
    public static SheetTable Fields(DccDocument document)
    {
        var rows = new List<IReadOnlyList<SheetCell>>();
        Walk(DccWriter.ToXml(document).Root!, (path, value) =>
        {
            for (var from = 0; from == 0 || from < value.Length; from += LongestCell)
                rows.Add([SheetCell.Of(from == 0 ? path : $"{path}#{from / LongestCell + 1}"), SheetCell.Of(value.Substring(from, Math.Min(LongestCell, value.Length - from)))]);
        }, (path, _) => rows.Add([SheetCell.Of(path), SheetCell.Of(Marker)]));
        return new("fields", FieldColumns, rows);
    }

    /// <summary>The table <c>results</c>.</summary>
    public static SheetTable Results(DccDocument document)
    {
        var rows = new List<IReadOnlyList<SheetCell>>();
        Walk(DccWriter.ToXml(document).Root!, (_, _) => { }, (path, element) =>
        {
            var numbers = SiSeries.Of(Tabular(element)!)[0].Numbers;
            for (var i = 0; i < numbers.Count; i++)
                rows.Add(Row(path, element, numbers[i], i));
        });
        return new("results", ResultColumns, rows);
    }

    /// <summary>The value where it can stand in <c>results</c> without losing anything.</summary>
    internal static SiValue? Tabular(XElement element)
    {
        if (element.Name.Namespace != DccNames.Si || element.Parent?.Name.LocalName is "realList" or "list")
            return null;
        SiValue? value = element.Name.LocalName switch { "real" => new SiReal(), "constant" => new SiConstant(), "realListXMLList" => new SiRealListXmlList(), _ => null };
        if (value is null)
            return null;
        var findings = new List<Finding>();
        DccReading.Read(value, element, findings);
        var whole = value switch
        {
            SiReal real => real.Value is not null && real.Unit is not null,
            SiConstant constant => constant.Value is not null && constant.Unit is not null && (constant.DeprecatedUncertainty is null || constant.StandardUncertainty is null),
            SiRealListXmlList list => list is { Region: null, Values.Count: > 0 } && Fits(list),
            _ => false,
        };
        return findings.Count == 0 && whole ? value : null;
    }

    private static bool Fits(SiRealListXmlList list)
    {
        var n = list.Values.Count;
        var u = list.Uncertainty;
        return list.Units.Count > 0 && new[] { list.Units.Count, list.Labels.Count, list.DateTimes.Count, list.QuantityTypes.Count, list.SignificantDigits.Count, u?.Values.Count ?? 0, u?.Factors.Count ?? 0, u?.Probabilities.Count ?? 0, u?.Minima.Count ?? 0, u?.Maxima.Count ?? 0, u?.Distributions.Count ?? 0 }.All(c => c is 0 or 1 || c == n);
    }

    private static void Walk(XElement element, Action<string, string> field, Action<string, XElement> numbers)
    {
        var path = element.Parent is null ? "" : DccPaths.Of(element);
        foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.Namespace == XNamespace.None && !(element.Parent is null && a.Name.LocalName == "schemaVersion")))
            field($"{path}/@{attribute.Name.LocalName}", attribute.Value);
        if (element.Parent is not null && Tabular(element) is not null)
        {
            numbers(path, element);
            return;
        }
        if (element.Elements().Any(Foreign) || element.HasElements && element.Nodes().OfType<XText>().Any(t => !string.IsNullOrWhiteSpace(t.Value)))
        {
            field($"{path}/{DccPaths.Xml}", string.Concat(element.Nodes().Select(n => n.ToString(SaveOptions.DisableFormatting))));
            return;
        }
        if (!element.HasElements && (element.Value.Length > 0 || !element.HasAttributes))
            field(path, element.Value);
        foreach (var child in element.Elements())
            Walk(child, field, numbers);
    }

    private static bool Foreign(XElement e) =>
        e.Name.Namespace != DccNames.Dcc && e.Name.Namespace != DccNames.Si || e.Attributes().Any(a => !a.IsNamespaceDeclaration && a.Name.Namespace != XNamespace.None);

    private static SheetCell[] Row(string path, XElement element, SiNumber number, int index)
    {
        var quantity = element.Ancestors().FirstOrDefault(a => a.Name.Namespace == DccNames.Dcc && a.Element(DccNames.Dcc + "name") is not null);
        var (kind, digit) = element.Name.LocalName == "realListXMLList" ? (At(element, "quantityTypeQUDTXMLList", index), At(element, "significantDigitXMLList", index)) : ((string?)element.Element(DccNames.Si + "quantityTypeQUDT"), (string?)element.Element(DccNames.Si + "significantDigit"));
        var stated = number.Uncertainty;
        var name = quantity?.Element(DccNames.Dcc + "name")!.Elements().Select(c => c.Value).FirstOrDefault();
        return
        [
            SheetCell.Of(path), SheetCell.Of(index + 1), SheetCell.Of(name), SheetCell.Of((string?)element.Ancestors().First(a => a.Name.Namespace == DccNames.Dcc).Attribute("refType")),
            Number(number.Value), SheetCell.Of(number.Unit), Number(stated?.Value), SheetCell.Of(stated?.Form), Number(stated?.Factor), Number(stated?.Probability), SheetCell.Of(stated?.Distribution), Number(stated?.Minimum), Number(stated?.Maximum),
            SheetCell.Of(number.Label), SheetCell.Of(number.DateTime), SheetCell.Of(kind), SheetCell.Of(digit),
        ];
    }

    private static string? At(XElement element, string list, int index) =>
        SiSeries.At(((string?)element.Element(DccNames.Si + list))?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [], index);

    /// <summary>A number cell where a spreadsheet gives the same digits back, else a text.</summary>
    private static SheetCell Number(string? digits) =>
        digits is { Length: > 0 } && digits.Count(char.IsAsciiDigit) <= 15 && DecimalText.TryParse(digits, out var number) && number.Exponent <= 0 && DecimalText.Of(number.Coefficient, number.Exponent).Text == digits ? SheetCell.Typed(digits) : SheetCell.Of(digits);
}
