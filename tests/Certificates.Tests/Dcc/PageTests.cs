using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Plumbline.Certificates.Tests;

public partial class PageTests
{
    private const string Attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&\u202e";

    public static TheoryData<DocumentKind, string> KindsAndLanguages => [.. Enum.GetValues<DocumentKind>().SelectMany(k => new[] { "zh", "en" }.Select(l => (k, l)))];

    [Theory, MemberData(nameof(KindsAndLanguages))]
    public void A_page_of_each_kind_says_title_number_verdict_and_values_in_its_language(DocumentKind kind, string language)
    {
        var page = DccHtml.Render(DccBuilder.ToDocument(Inputs.Of(kind)), new() { Language = language, Digest = "SHA-256 00", SealSvg = "<svg viewBox='0 0 1 1'></svg>", SealCaption = "V" });
        WellFormed(page);
        var input = Inputs.Of(kind);
        Assert.Equal(input.Title is { } title ? language == "zh" ? title.Chinese : title.English : CertificatesTexts.Get(System.Globalization.CultureInfo.GetCultureInfo(language), $"DocumentKind.{kind}"), page.Title);
        Assert.Contains(input.Number, page.Body, StringComparison.Ordinal);
        Assert.Contains("<figure class=\"seal\"><svg", page.Body, StringComparison.Ordinal);
        Assert.Contains("SHA-256 00", page.Body, StringComparison.Ordinal);
        foreach (var column in input.Results.SelectMany(r => r.Columns))
            foreach (var value in column.Values)
                Assert.Contains(UnitText.Number(value), page.Body, StringComparison.Ordinal);
        if (language == "en")
            Assert.DoesNotMatch(Han(), NoChinese().Replace(page.Body, ""));
    }

    [Fact]
    public void Nothing_of_a_hostile_certificate_becomes_markup()
    {
        var xml = DccWriter.ToXml(DccBuilder.ToDocument(Inputs.Gauge));
        foreach (var element in xml.Root!.Descendants().Where(e => !e.HasElements && e.Name.LocalName is not ("valueXMLList" or "conformity")).ToArray())
            element.Value = Attack;
        foreach (var attribute in xml.Root.Descendants().Attributes().Where(a => a.Name.LocalName is "refType" or "lang").ToArray())
            attribute.Value = attribute.Name.LocalName == "lang" ? "x\" onload=\"alert(3)" : $"{attribute.Value} {Attack}";
        foreach (var language in new[] { "zh", "en" })
        {
            var page = DccHtml.Render(DccReader.Read(xml).Document, new() { Language = language, Digest = Attack, Notice = Attack, SealCaption = Attack });
            WellFormed(page);
            Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\u202e', page.Html);
            Assert.DoesNotMatch(Handler(), page.Html);
        }
    }

    [Theory, MemberData(nameof(RoundTripTests.Samples), MemberType = typeof(RoundTripTests))]
    public void Every_sample_becomes_a_page_with_all_its_numbers(string path)
    {
        Assert.SkipWhen(path.Length == 0, "../shared/certificates is not beside the project");
        var document = DccReader.Read(File.ReadAllBytes(path)).Document;
        var written = DccWriter.ToXml(document);
        foreach (var language in new[] { "zh", "en" })
        {
            var page = DccHtml.Render(document, new() { Language = language });
            WellFormed(page);
            foreach (var value in written.Descendants().Where(e => e.Name.Namespace == DccNames.Si && e.Name.LocalName is "value" or "valueXMLList").SelectMany(e => e.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
                Assert.Contains(UnitText.Number(value), page.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(@"\milli\pascal", "mPa")]
    [InlineData(@"\kilogram\metre\tothe{2}\second\tothe{-3}", "kg·m²·s⁻³")]
    [InlineData(@"\degreecelsius", "°C")]
    [InlineData(@"\one", "")]
    [InlineData(@"\percent", "%")]
    [InlineData(@"\volt\per\metre", "V/m")]
    [InlineData(@"\metre\tothe{0.5}", "m^0.5")]
    [InlineData("|inch", "inch")]
    [InlineData(@"\furlong", @"\furlong")]
    [InlineData(@"\kilo", @"\kilo")]
    [InlineData(null, "")]
    public void Units_are_shown_as_people_write_them(string? dsi, string expected) => Assert.Equal(expected, UnitText.Plain(dsi));

    [Theory]
    [InlineData("-0.350", "−0.350")]
    [InlineData("1.20E-6", "1.20 × 10⁻⁶")]
    [InlineData("NaN", "—")]
    public void Numbers_keep_their_digits(string digits, string expected) => Assert.Equal(expected, UnitText.Number(digits));

    [Fact]
    public void A_seal_must_be_an_svg_and_the_language_known()
    {
        var document = DccBuilder.ToDocument(Inputs.Gauge);
        Assert.Throws<ArgumentException>(() => DccHtml.Render(document, new() { SealSvg = "<p>" }));
        Assert.Throws<ArgumentException>(() => DccHtml.Render(document, new() { SealSvg = "<svg><script/></svg>" }));
        Assert.Throws<ArgumentException>(() => DccHtml.Render(document, new() { Language = "de" }));
    }

    /// <summary>The page is written so that an XML parser can read it: every tag is closed, every text encoded.</summary>
    private static void WellFormed(DccPage page) =>
        Assert.NotNull(XElement.Parse(page.Html[page.Html.IndexOf("<html", StringComparison.Ordinal)..].Replace("<meta", "<meta_", StringComparison.Ordinal).Replace("&emsp;", "", StringComparison.Ordinal).Replace("<br>", "<br/>", StringComparison.Ordinal) is var html
            ? Void().Replace(html, "<$1$2/>") : ""));

    [GeneratedRegex(@"<(meta_|img)([^>]*)>")]
    private static partial Regex Void();

    [GeneratedRegex(@"<[^>]* on[a-z]+=")]
    private static partial Regex Handler();

    [GeneratedRegex(@"[\u3400-\u9fff]")]
    private static partial Regex Han();

    // What is in Chinese says so, or has no language: names of persons and texts without an English form.
    [GeneratedRegex(@"<(\w+)[^>]* lang=""zh"">.*?</\1>|<dd>[^<]*</dd>|<td[^>]*>[^<]*</td>")]
    private static partial Regex NoChinese();
}
