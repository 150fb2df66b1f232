using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Numbers and times as D-SI spells them, single or in lists.</summary>
internal static partial class NumberRules
{
    private const string list = "XMLList";
    private static readonly HashSet<string> plain = new(StringComparer.Ordinal) { "value", "valueReal", "valueImag", "valueMagnitude", "valuePhase", "intervalMin", "intervalMax" };
    private static readonly HashSet<string> notNegative = new(StringComparer.Ordinal) { "valueStandardMU", "valueExpandedMU", "uncertainty", "standardUnc" };

    public static void Run(CheckedFile file)
    {
        foreach (var element in file.Root.Descendants().Where(e => e.IsSi && !e.HasElements))
        {
            var isList = element.Local.EndsWith(list, StringComparison.Ordinal);
            var name = isList ? element.Local[..^list.Length] : element.Local;
            if (!IsNumber(name) && name is not ("dateTime" or "significantDigit"))
                continue;
            var tokens = isList ? element.Tokens : [element.Text];
            if (tokens.Length == 0)
                file.Report("list-empty", element);
            for (var i = 0; i < tokens.Length; i++)
                Check(file, element, name, tokens[i], isList ? $" ({i + 1})" : "");
        }
        foreach (var time in file.All("dateTime").Concat(file.All("dateTimeXMLList")).Where(e => e.IsDcc))
            foreach (var token in time.Tokens.Where(t => !Dates.IsTime(t)))
                file.Report("time-form", time, token, "2026-03-05T10:00:00+08:00");
    }

    private static bool IsNumber(string name) => plain.Contains(name) || notNegative.Contains(name) || name is "coverageFactor" or "coverageProbability";

    private static void Check(CheckedFile file, XElement at, string name, string token, string place)
    {
        if (name == "dateTime")
        {
            if (!Dates.IsTime(token))
                file.Report("time-form", at, token, "2026-03-05T10:00:00+08:00");
        }
        else if (name == "significantDigit")
        {
            if (!Whole().IsMatch(token))
                file.Report("digit-form", at, token);
        }
        else if (token == "NaN")
            file.Report("number-missing", at, token + place);
        else if (!Decimal().IsMatch(token))
            file.Report("number-form", at, token + place, "-12.5E-3");
        else if (notNegative.Contains(name) && token[0] == '-')
            file.Report("number-negative", at, token + place, "≥ 0");
        else if (name == "coverageFactor" && !Factor().IsMatch(token))
            file.Report("number-factor", at, token + place, "≥ 1");
        else if (name == "coverageProbability" && !Probability().IsMatch(token))
            file.Report("number-probability", at, token + place, "0 … 1");
        else if (!DecimalText.TryParse(token, out _) || !double.IsFinite(double.Parse(token, NumberStyles.Float, CultureInfo.InvariantCulture)))
            file.Report("number-range", at, token + place);
    }

    [GeneratedRegex(@"^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([Ee][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^\+?[1-9][0-9]*(\.[0-9]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Factor();

    // The leading zero could be left out until D-SI 1.3.
    [GeneratedRegex(@"^\+?(0?\.[0-9]*|0|1(\.0*)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Probability();

    [GeneratedRegex(@"^[-+]?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}
