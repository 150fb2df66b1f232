using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Plumbline.Certificates.Tests;

/// <summary>Mistakes and forgeries seeded one at a time into a good certificate: each must raise a finding that was not there before, at the place or at what it contradicts.</summary>
public sealed class MutationTests
{
    private static readonly MeasurementCapability[] capabilities = [new("basic_measurementError", @"\kilo\pascal", 0, 1000, 1.15), new("cnm_hysteresis", @"\pascal", 0, 10000, 190)];

    private static ValidationReport Check(XDocument document) => Sample.Check(Encoding.UTF8.GetBytes(document.ToString(SaveOptions.DisableFormatting)), new() { Today = Sample.Today, Capabilities = capabilities });

    private static IEnumerable<(string Name, Action<XElement> Change, Func<XElement, bool> Where)> Operators()
    {
        yield return ("verdict turned", e => e.Value = e.Value.Replace("pass", "fail", StringComparison.Ordinal), e => e.Name.LocalName is "conformity" or "conformityXMLList");
        yield return ("one verdict turned", e => e.Value = e.Value[..^4] + "fail", e => e.Name.LocalName == "conformityXMLList");
        yield return ("list shortened", e => e.Value = e.Value[..e.Value.LastIndexOf(' ')], e => IsList(e) && e.Value.Contains(' ', StringComparison.Ordinal));
        yield return ("list lengthened", e => e.Value += " " + e.Value.Split(' ')[^1], e => IsList(e) && e.Value.Contains(' ', StringComparison.Ordinal));
        yield return ("single entry doubled", e => e.Value += " " + e.Value, e => IsList(e) && !e.Value.Contains(' ', StringComparison.Ordinal) && !e.Name.LocalName.StartsWith("quantityType", StringComparison.Ordinal));
        yield return ("letter of a unit lost", e => e.Value = e.Value[..^2] + e.Value[^1], IsNamedUnit);
        yield return ("letter of a unit doubled", e => e.Value += e.Value[^1], IsNamedUnit);
        yield return ("backslash lost", e => e.Value = e.Value[1..], IsNamedUnit);
        yield return ("capital in a unit", e => e.Value = e.Value[..1] + char.ToUpperInvariant(e.Value[1]) + e.Value[2..], IsNamedUnit);
        yield return ("other unit", e => e.Value = @"\lux", e => IsNamedUnit(e) && e.Ancestors().Any(a => a.Name.LocalName is "hybrid" or "list" or "covariance"));
        yield return ("prefix lost", e => e.Value = e.Value[5..], e => e.Value.StartsWith(@"\kilo\", StringComparison.Ordinal) || e.Value.StartsWith(@"\mega\", StringComparison.Ordinal));
        yield return ("comma for point", e => e.Value = e.Value.Replace('.', ','), e => IsNumber(e) && e.Value.Contains('.', StringComparison.Ordinal));
        yield return ("letter O for zero", e => e.Value = e.Value.Replace('0', 'O'), e => IsNumber(e) && e.Value.Contains('0', StringComparison.Ordinal));
        yield return ("number lost", e => e.Value = "", IsNumber);
        yield return ("day that does not exist", e => e.Value = "2026-02-30", IsDate);
        yield return ("year of the century before", e => e.Value = "1926" + e.Value[4..], e => IsDate(e) && e.Name.LocalName is not ("receiptDate" or "beginPerformanceDate"));
        yield return ("year to come", e => e.Value = "2036" + e.Value[4..], IsDate);
        yield return ("reference broken", e => e.SetAttributeValue("refId", "item9"), e => e.Attribute("refId") is not null);
        yield return ("identifier renamed", e => e.SetAttributeValue("id", "item9"), e => e.Attribute("id") is not null);
        yield return ("language lost", e => e.Remove(), e => e.Attribute("lang") is not null);
        yield return ("language unknown", e => e.SetAttributeValue("lang", "qq"), e => e.Attribute("lang") is not null);
        yield return ("factor of three", e => e.Value = "3", e => e.Name.LocalName.StartsWith("coverageFactor", StringComparison.Ordinal) && e.Parent!.Elements().Any(d => d.Name.LocalName.StartsWith("distribution", StringComparison.Ordinal)));
        yield return ("factor below one", e => e.Value = "0.9", e => e.Name.LocalName.StartsWith("coverageFactor", StringComparison.Ordinal));
        yield return ("probability in per cent", e => e.Value = "95", e => e.Name.LocalName.StartsWith("coverageProbability", StringComparison.Ordinal));
        yield return ("probability of 99 %", e => e.Value = "0.99", e => e.Name.LocalName.StartsWith("coverageProbability", StringComparison.Ordinal) && e.Parent!.Elements().Any(d => d.Name.LocalName.StartsWith("distribution", StringComparison.Ordinal)));
        yield return ("uncertainty a tenth", e => e.Value = string.Join(' ', e.Value.Split(' ').Select(t => t + "E-1")), e => e.Name.LocalName.StartsWith("valueExpandedMU", StringComparison.Ordinal) || e.Name.LocalName == "valueStandardMU");
        yield return ("uncertainty negative", e => e.Value = "-" + e.Value, e => e.Name.LocalName.StartsWith("valueExpandedMU", StringComparison.Ordinal) || e.Name.LocalName == "valueStandardMU");
        yield return ("method lost", e => e.Remove(), e => e.Name.LocalName is "usedMethods" or "influenceConditions");
        yield return ("replaced certificate lost", e => e.Remove(), e => e.Name.LocalName == "previousReport");
        yield return ("digest cut", e => e.Value = e.Value[1..], e => e.Name.LocalName == "value" && e.Parent!.Elements().Any(p => p.Name.LocalName == "procedure"));
        yield return ("country that does not exist", e => e.Value = "QQ", e => e.Name.LocalName is "countryCode" or "countryCodeISO3166_1");
    }

    private static bool IsList(XElement e) => e.Name.LocalName.EndsWith("XMLList", StringComparison.Ordinal) && !e.HasElements;

    private static bool IsNamedUnit(XElement e) => e.Name.LocalName is "unit" or "unitXMLList" or "unitPhase" && e.Value.StartsWith('\\') && !e.Value.EndsWith('}');

    private static bool IsNumber(XElement e) => e.Name.Namespace == DccNames.Si && !e.HasElements && e.Value.Length > 0 && e.Value.All(c => char.IsAsciiDigit(c) || c is ' ' or '.' or '-' or 'E');

    private static bool IsDate(XElement e) => !e.HasElements && e.Value.Length == 10 && DateOnly.TryParseExact(e.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [Fact]
    public void Every_seeded_mistake_is_found_and_its_place_named()
    {
        var before = Check(Sample.Good()).Findings.Select(f => (f.Rule, f.Path)).ToHashSet();
        var (seeded, missed) = (0, new List<string>());
        foreach (var (name, change, where) in Operators())
        {
            var places = Sample.Good().Descendants().Select((e, i) => (e, i)).Where(p => where(p.e)).Select(p => p.i).ToArray();
            Assert.True(places.Length > 0, name);
            foreach (var place in places)
            {
                var document = Sample.Good();
                var element = document.Descendants().ElementAt(place);
                var path = element.Path;
                change(element);
                seeded++;
                if (!Check(document).Findings.Any(f => !before.Contains((f.Rule, f.Path)) && Near(f.Path, path)))
                    missed.Add($"{name} at {path}");
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{seeded} seeded, {missed.Count} missed");
        Assert.True(missed.Count == 0, string.Join("\n", missed));
        Assert.True(seeded > 230, $"{seeded}");
    }

    /// <summary>Digits of figures that are said twice in the certificate: in two units, as a difference, or relative.</summary>
    [Fact]
    public void A_changed_digit_is_found_wherever_the_certificate_says_the_same_twice()
    {
        var (seeded, missed) = (0, new List<string>());
        foreach (var (name, digits) in new[] { ("0.2010 0.4020 0.5970", 2), ("1.0 2.0 -3.0", 0), ("<si:valueXMLList>2 4 6", 0), ("<si:value>1500", 2), ("<si:value>1.5<", 0), ("<si:valueExpandedMU>200", 2), ("<si:valueExpandedMU>0.2", 0), ("<si:value>13<", 1) })
            for (var i = name.IndexOf('>', StringComparison.Ordinal) + 1; i < name.Length; i++)
            {
                // The last digits may be rounding; places that only fill up are none.
                if (!char.IsAsciiDigit(name[i]) || digits > 0 && name[i..].TakeWhile(char.IsAsciiDigit).Count() <= digits - (name.Contains('.', StringComparison.Ordinal) ? 1 : 0))
                    continue;
                var changed = string.Concat(name.AsSpan(0, i), ((name[i] - '0' + 3) % 10).ToString(CultureInfo.InvariantCulture), name.AsSpan(i + 1));
                seeded++;
                if (!Sample.Check(Sample.With((name, changed))).Findings.Any(f => f.Rule is "error-differs" or "hybrid-conversion" or "hybrid-uncertainty" or "relative-value"))
                    missed.Add(changed);
            }
        Assert.Empty(missed);
        Assert.True(seeded > 15, $"{seeded}");
    }

    /// <summary>At the place, above it, below it, beside it in the same quantity or table, or at the next sibling that a date or name is compared with.</summary>
    private static bool Near(string found, string mutated) =>
        found == mutated || mutated.StartsWith(found + "/", StringComparison.Ordinal) || found.StartsWith(Block(mutated), StringComparison.Ordinal);

    private static string Block(string path)
    {
        foreach (var container in new[] { "/list", "/data/quantity", "/coreData", "/statements", "/measurementResult" })
            if (path.IndexOf(container, StringComparison.Ordinal) is var at and >= 0)
                return path[..(at + container.Length)];
        return path[..path.LastIndexOf('/')];
    }
}
