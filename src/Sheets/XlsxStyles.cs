using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Plumbline.Sheets;

/// <summary>
/// Turns the stored double of a numeric cell into the digits a person sees: dates as ISO 8601, numbers with their
/// trailing zeros when the cell's format shows them. Digits are added, never rounded away.
/// </summary>
internal sealed partial class XlsxStyles
{
    private static readonly SearchValues<char> dateLetters = SearchValues.Create("ymdhsYMDHS");

    private readonly Dictionary<int, string> formats = new() { [1] = "0", [2] = "0.00", [3] = "#,##0", [4] = "#,##0.00", [11] = "0.00E+00" };
    private readonly List<int> cellFormats = [];

    public bool From1904 { get; set; }

    public void Read(XmlReader xml)
    {
        var inCells = false;
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs")
                inCells = xml.NodeType == XmlNodeType.Element;
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "numFmt" } && Number(xml.GetAttribute("numFmtId")) is { } id)
                formats[id] = xml.GetAttribute("formatCode") ?? "";
            else if (inCells && xml is { NodeType: XmlNodeType.Element, LocalName: "xf" })
                cellFormats.Add(Number(xml.GetAttribute("numFmtId")) ?? 0);
        }
    }

    public string Text(string stored, int style)
    {
        var trimmed = stored.Trim();
        if (!double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            throw new InvalidDataException("A number cannot be read.");
        var format = style < cellFormats.Count ? cellFormats[style] : 0;
        return IsDate(format) && value >= 0 && value < 2_958_466 ? Date(value) : Padded(Digits(trimmed, value), format);
    }

    // Up to 15 digits are what somebody typed; 17 are what a double needs, and then the shortest that reads back the same is meant.
    private static string Digits(string stored, double value) =>
        stored.Count(char.IsAsciiDigit) <= 15 && CellText.Number().IsMatch(stored) ? stored : PaddedExponent().Replace(value.ToString("R", CultureInfo.InvariantCulture), "$1");

    private string Padded(string digits, int format)
    {
        if (!formats.TryGetValue(format, out var code))
            return digits;
        var pattern = Decimals().Match(code.Split(';')[0]);
        if (!pattern.Success)
            return digits;
        var shown = pattern.Groups["decimals"].Length;
        if (pattern.Groups["exponent"].Success)
            return Scientific(digits, shown);
        if (digits.Contains('E', StringComparison.OrdinalIgnoreCase))
            return digits;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var has = point < 0 ? 0 : digits.Length - point - 1;
        return shown <= has ? digits : (point < 0 ? digits + "." : digits) + new string('0', shown - has);
    }

    private static string Scientific(string digits, int decimals)
    {
        var value = double.Parse(digits, CultureInfo.InvariantCulture);
        var shown = value.ToString("0." + new string('0', decimals) + "E+0", CultureInfo.InvariantCulture);
        return double.Parse(shown, CultureInfo.InvariantCulture) == value ? shown : digits;
    }

    private bool IsDate(int format) => format switch
    {
        >= 14 and <= 22 or >= 27 and <= 36 or >= 45 and <= 47 or >= 50 and <= 58 => true,
        _ => formats.TryGetValue(format, out var code) && Literals().Replace(code, "").AsSpan().ContainsAny(dateLetters),
    };

    private string Date(double serial)
    {
        var timeOnly = serial < 1;
        if (From1904)
            serial += 1462;
        else if (serial < 60)
            serial += 1; // The 1900 system counts a 29 February 1900 that never was.
        var instant = new DateTime(1899, 12, 30).AddMilliseconds(Math.Round(serial * 86_400_000));
        if (timeOnly)
            return instant.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        return instant.ToString(
            instant.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : instant.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss.fff",
            CultureInfo.InvariantCulture);
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // .NET writes 1E-06.
    [GeneratedRegex("(E[+-])0+", RegexOptions.CultureInvariant)]
    private static partial Regex PaddedExponent();

    [GeneratedRegex(@"^(#,##)?0(\.(?<decimals>0+))?(?<exponent>E[+-]0+)?_?[ )]?$", RegexOptions.CultureInvariant)]
    private static partial Regex Decimals();

    /// <summary>What in a format code is not a placeholder: quoted text, escapes, spacing, colours and conditions.</summary>
    [GeneratedRegex("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^\\]hms]*\\]|General", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Literals();
}
