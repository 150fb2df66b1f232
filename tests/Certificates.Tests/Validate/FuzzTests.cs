using System.Diagnostics;
using System.Text;
using System.Xml.Linq;

namespace Plumbline.Certificates.Tests;

/// <summary>No bytes and no content make the validator crash or hang.</summary>
public sealed class FuzzTests
{
    private static readonly string[] nasty = ["", " ", "NaN", "-", "+", ".", "1e999999999", "1E-999999999", "-0", "9".PadRight(5000, '9'), "0." + "0".PadRight(5000, '0') + "1", "\\", "\\tothe{2}", "\\metre\\tothe{999999999999}", "\\yotta\\metre\\tothe{60}\\quetta\\metre\\tothe{60}", "|", "|x", "\\metre ".PadRight(3000, '\\'), "P1Y", "P99999999Y", "9999-12-31", "0001-01-01", "2026-13-45", "true", "\u202E", "准绳", "pass", "a b c d e", "0 0 0", "item1", "zh", "t(ν=0.5)", "rectangular", "1/0", "\\metre\\tothe{1/0}", "\\metre\\tothe{0.33333333333}"];

    [Fact]
    public void Mutated_bytes_never_crash()
    {
        var random = new Random(20260301);
        var good = Sample.With();
        var options = new ValidationOptions { Today = Sample.Today };
        for (var round = 0; round < 800; round++)
        {
            var bytes = good.ToList();
            for (var k = random.Next(1, 5); k > 0; k--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(5))
                {
                    case 0: bytes[at] = (byte)random.Next(256); break;
                    case 1: bytes.RemoveAt(at); break;
                    case 2: bytes.Insert(at, (byte)"<>&\"'/ \\{}0-eE.\0"[random.Next(16)]); break;
                    case 3: bytes.RemoveRange(at, Math.Min(random.Next(200), bytes.Count - at)); break;
                    default: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(200), bytes.Count - at))); break;
                }
            }
            Run([.. bytes], options);
        }
    }

    [Fact]
    public void Mutated_content_never_crashes()
    {
        var random = new Random(20260302);
        var options = new ValidationOptions
        {
            Today = Sample.Today,
            Standards = [new("S-2025-1", DateOnly.MinValue, DateOnly.MaxValue)],
            Capabilities = [new(null, @"\pascal", 0, 1e9, 1)],
        };
        for (var round = 0; round < 800; round++)
        {
            var document = Sample.Good();
            for (var k = random.Next(1, 6); k > 0; k--)
            {
                var elements = document.Root!.Descendants().ToArray();
                if (elements.Length == 0)
                    break;
                var (one, other) = (elements[random.Next(elements.Length)], elements[random.Next(elements.Length)]);
                switch (random.Next(6))
                {
                    case 0: one.Remove(); break;
                    case 1: one.AddAfterSelf(new XElement(one)); break;
                    case 2: one.Add(new XElement(other)); break;
                    case 3: one.ReplaceWith(new XElement(other)); break;
                    case 4: one.Name = other.Name; break;
                    default:
                        var leaves = elements.Where(e => !e.HasElements).ToArray();
                        leaves[random.Next(leaves.Length)].Value = nasty[random.Next(nasty.Length)].Replace("\0", "", StringComparison.Ordinal);
                        break;
                }
            }
            Run(Encoding.UTF8.GetBytes(document.ToString()), options);
        }
    }

    [Fact]
    public void Every_nasty_text_in_every_place_is_survived()
    {
        var places = Sample.Good().Descendants().Count();
        for (var place = 0; place < places; place++)
            foreach (var text in nasty.Where((_, i) => (i + place) % 3 == 0))
            {
                var document = Sample.Good();
                var element = document.Descendants().ElementAt(place);
                if (element.HasElements)
                    break;
                element.Value = text;
                Run(Encoding.UTF8.GetBytes(document.ToString()), new() { Today = Sample.Today });
            }
    }

    [Fact]
    public void Large_documents_take_bounded_time()
    {
        var clock = Stopwatch.StartNew();
        var numbers = string.Join(' ', Enumerable.Range(0, 60_000));
        var list = $"""<dcc:quantity><si:realListXMLList><si:valueXMLList>{numbers}</si:valueXMLList><si:unitXMLList>\metre</si:unitXMLList></si:realListXMLList></dcc:quantity>""";
        var file = new string('A', 2 << 20);
        Assert.Contains(Run(Sample.With(("<dcc:quantity refType=\"cnm_hysteresis\">", list + "<dcc:quantity refType=\"cnm_hysteresis\">"), ("iVBORw0KGgo=", "iVBORw0KGgoA" + file)), new() { Today = Sample.Today }).Findings, f => f.Rule == "list-long");
        var wide = string.Concat(Enumerable.Repeat("<dcc:statement id=\"a\"><dcc:date>x</dcc:date></dcc:statement>", 4_000));
        Run(Sample.With(("<dcc:statements>", "<dcc:statements>" + wide)), new() { Today = Sample.Today });
        var verdicts = string.Concat(Enumerable.Repeat("<dcc:metaData><dcc:conformity>pass</dcc:conformity></dcc:metaData>", 4_000));
        Run(Sample.With(("<dcc:measurementMetaData>", "<dcc:measurementMetaData>" + verdicts)), new() { Today = Sample.Today });
        var measurements = string.Concat(Enumerable.Repeat("<dcc:measurementResult><dcc:results><dcc:result><dcc:data><dcc:quantity><si:real/></dcc:quantity></dcc:data></dcc:result></dcc:results></dcc:measurementResult>", 4_000));
        Run(Sample.With(("<dcc:measurementResults>", "<dcc:measurementResults>" + measurements)), new() { Today = Sample.Today });
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"{clock.Elapsed}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("<")]
    [InlineData("<!DOCTYPE a>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-99\"?><a/>")]
    [InlineData("<?xml version=\"1.1\"?><a/>")]
    [InlineData("<!-- <!DOCTYPE a> --><a/>")]
    [InlineData("<a xmlns:b=\"\"/>")]
    public void Other_texts_are_refused_in_words(string text)
    {
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
            Assert.False(DccValidator.Validate(encoding.GetBytes(text), new()).IsGood);
    }

    [Fact]
    public void A_document_type_is_found_in_every_encoding()
    {
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true) })
            Assert.Contains(DccValidator.Validate((byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes("<?xml version=\"1.0\"?>\n<!-- a -->\n<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>")], new()).Findings, f => f.Rule == "form-dtd" && f.Line == 3);
    }

    private static ValidationReport Run(byte[] file, ValidationOptions options)
    {
        var report = DccValidator.Validate(file, options);
        foreach (var finding in report.Findings)
            CertificatesTexts.Describe(finding, System.Globalization.CultureInfo.InvariantCulture);
        return report;
    }
}
