using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Plumbline.Certificates.Tests;

public class ReaderFuzzTests
{
    private static readonly byte[][] corpus = [.. Inputs.All.Select(DccBuilder.Build)];
    private static readonly string[] tokens = ["<", ">", "&", "\"", "<dcc:", "</", "/>", "<!DOCTYPE x [<!ENTITY a \"b\">]>", "&a;", "NaN", "-", "1E999", "\u0000", "\ud800", "<![CDATA[", "]]>", "<!--", "si:", "XMLList", " ", "xmlns:dcc=\"x\"", "🙂"];

    [Fact]
    public void A_changed_file_is_read_and_shown_or_refused_with_a_finding_and_nothing_else()
    {
        var mutation = from file in Gen.Choose(0, corpus.Length - 1)
                       from steps in Gen.Choose(1, 8)
                       from seed in Gen.Choose(0, int.MaxValue - 1)
                       select (file, steps, seed);
        var (read, refused) = (0, 0);
        Prop.ForAll(mutation.ToArbitrary(), m =>
        {
            var clock = Stopwatch.StartNew();
            try
            {
                var file = DccReader.Read(Mutate(corpus[m.file], m.steps, new Random(m.seed)));
                foreach (var language in new[] { "zh", "en" })
                    Assert.DoesNotContain("<script", DccHtml.Render(file.Document, new() { Language = language }).Body, StringComparison.OrdinalIgnoreCase);
                // What was read is written, and what is written is read the same.
                var written = DccWriter.Write(file.Document);
                Assert.Equal(written, DccWriter.Write(DccReader.Read(written).Document));
                Assert.NotEmpty(DccJson.Of(file.Document));
                DccModern.Modernise(file.Document);
                Assert.NotEmpty(DccTables.Fields(file.Document).Rows);
                read++;
            }
            catch (DccException fault)
            {
                Assert.All(fault.Findings, f => Assert.NotEmpty(CertificatesTexts.Describe(f, System.Globalization.CultureInfo.GetCultureInfo("en"))));
                refused++;
            }
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
        Assert.True(read > 20 && refused > 20, $"{read} read, {refused} refused");
    }

    [Theory]
    [InlineData("<a/>", "dcc-root")]
    [InlineData("", "xml-form")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "xml-dtd")]
    [InlineData("<?xml version=\"1.0\" encoding=\"no-such\"?><a/>", "xml-form")]
    [InlineData("<digitalCalibrationCertificate xmlns=\"https://ptb.de/dcc\" schemaVersion=\"3.3.0\"/>", "dcc-missing")]
    public void What_is_no_certificate_is_refused_by_rule(string xml, string rule) => Assert.Equal(rule, Assert.Throws<DccException>(() => DccReader.Read(Encoding.UTF8.GetBytes(xml))).Findings[0].Rule);

    [Fact]
    public void Depth_size_and_number_of_nodes_are_bounded()
    {
        var deep = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a>", 200_000)));
        Assert.Equal("xml-depth", Refusal(deep));
        Assert.Equal("xml-size", Refusal(new byte[DccLimits.Default.MaxBytes + 1]));
        Assert.Equal("xml-nodes", Refusal(Encoding.UTF8.GetBytes($"<a>{string.Concat(Enumerable.Repeat("<b/>", DccLimits.Default.MaxNodes))}</a>")));
        // A hash that refers to a hash that refers to a hash: as deep as allowed and no deeper.
        var chain = Encoding.UTF8.GetString(corpus[1]).Replace("<dcc:previousReport>", $"<dcc:previousReport>{string.Concat(Enumerable.Repeat("<dcc:linkedReport>", 100))}", StringComparison.Ordinal);
        Assert.Equal("xml-depth", Refusal(Encoding.UTF8.GetBytes(chain)));
    }

    [Fact]
    public void A_broken_file_is_told_with_its_line()
    {
        var text = Encoding.UTF8.GetString(corpus[0]).Replace("</dcc:uniqueIdentifier>", "</dcc:wrong>", StringComparison.Ordinal);
        var finding = Assert.Throws<DccException>(() => DccReader.Read(Encoding.UTF8.GetBytes(text))).Findings[0];
        Assert.Equal("xml-form", finding.Rule);
        Assert.Equal(text[..text.IndexOf("</dcc:wrong>", StringComparison.Ordinal)].Count(c => c == '\n') + 1, finding.Line);
    }

    private static string Refusal(byte[] xml) => Assert.Throws<DccException>(() => DccReader.Read(xml)).Findings[0].Rule;

    /// <summary>Bytes changed, parts doubled, left out or moved, tokens put in, elements exchanged.</summary>
    private static byte[] Mutate(byte[] file, int steps, Random random)
    {
        var text = Encoding.UTF8.GetString(file);
        for (var i = 0; i < steps; i++)
        {
            var (at, length) = (random.Next(text.Length), random.Next(40));
            var end = Math.Min(text.Length, at + length);
            text = random.Next(7) switch
            {
                0 => text[..at] + (char)random.Next(0x20, 0x7f) + text[Math.Min(text.Length, at + 1)..],
                1 => text[..at] + text[end..],
                2 => text[..end] + text[at..],
                3 => text[..at] + tokens[random.Next(tokens.Length)] + text[at..],
                4 => Elements(text, random, (a, b) => b + a),
                5 => Elements(text, random, (_, b) => b),
                _ => Value(text, random),
            };
        }
        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Two neighbouring lines, each an element or a tag: well-formed more often than not.</summary>
    private static string Elements(string text, Random random, Func<string, string, string> change)
    {
        var lines = text.Split('\n');
        var whole = Enumerable.Range(1, lines.Length - 2).Where(i => lines[i].Contains("</", StringComparison.Ordinal) && lines[i + 1].Contains("</", StringComparison.Ordinal) && lines[i].TrimStart().StartsWith('<') && !lines[i].TrimStart().StartsWith("</", StringComparison.Ordinal)).ToArray();
        if (whole.Length == 0)
            return text;
        var at = whole[random.Next(whole.Length)];
        return string.Join('\n', [.. lines[..at], change(lines[at] + "\n", lines[at + 1]), .. lines[(at + 2)..]]);
    }

    private static string Value(string text, Random random)
    {
        string[] values = ["NaN", "1E999", "-", "", "1 2 3 4 5 6 7", "\\kilo\\kilo", "true", "2026-13-45", "P1Y1M", "pass fail", "9999999999999999999999999999", "\\tothe{", "|x"];
        var starts = System.Text.RegularExpressions.Regex.Matches(text, ">[^<>\n]+</");
        if (starts.Count == 0)
            return text;
        var match = starts[random.Next(starts.Count)];
        return text[..(match.Index + 1)] + values[random.Next(values.Length)] + text[(match.Index + match.Length - 2)..];
    }
}
