using System.Text.RegularExpressions;
using System.Xml.Linq;
using Plumbline.Interface;

namespace Plumbline.Modules.Tests.Charts;

public sealed class ChartTests
{
    private static readonly XNamespace svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string, int> Cases => [.. ChartSamples.Names.SelectMany(name => new[] { 0, 1, 2, 4, 14, 60, 300 }.Select(count => (name, count)))];

    private static XElement Picture(string html) =>
        XElement.Parse(Regex.Match(html, "<svg.*</svg>", RegexOptions.Singleline).Value);

    [Theory, MemberData(nameof(Cases))]
    public async Task A_chart_is_well_formed_named_and_free_of_script_and_inline_style(string name, int count)
    {
        var html = await ChartSamples.HtmlAsync(name, count);
        var picture = Picture(html);

        Assert.Equal("img", (string?)picture.Attribute("role"));
        Assert.Equal($"图 {name}", picture.Element(svg + "title")!.Value);
        Assert.Equal("U & <说明>", picture.Element(svg + "desc")!.Value);
        Assert.Equal(
            [picture.Element(svg + "title")!.Attribute("id")!.Value, picture.Element(svg + "desc")!.Attribute("id")!.Value],
            ((string)picture.Attribute("aria-labelledby")!).Split(' '));
        Assert.All(picture.DescendantsAndSelf(), element =>
        {
            Assert.NotEqual("script", element.Name.LocalName);
            Assert.Null(element.Attribute("style"));
            Assert.DoesNotContain(element.Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        });
        Assert.Equal(html, await ChartSamples.HtmlAsync(name, count));
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Everything_drawn_lies_inside_the_picture(string name, int count)
    {
        var picture = Picture(await ChartSamples.HtmlAsync(name, count));
        double width = (double)picture.Attribute("width")!, height = (double)picture.Attribute("height")!;
        foreach (var text in picture.Descendants(svg + "text").Where(text => text.Attribute("transform") is null && text.Ancestors(svg + "g").All(group => group.Attribute("transform") is null)))
        {
            double x = (double)text.Attribute("x")!, size = (double)text.Attribute("font-size")!, extent = TextWidth.Of(text.Value, size) * 0.9;
            var start = (string?)text.Attribute("text-anchor") switch { "end" => x - extent, "middle" => x - (extent / 2), _ => x };
            Assert.True(start >= -2 && start + extent <= width + 2, $"'{text.Value}' from {start} over {extent} leaves {width}");
            Assert.InRange((double)text.Attribute("y")!, size * 0.6, height + 1);
        }
    }

    [Fact]
    public async Task Hundreds_of_laboratories_stay_a_small_file()
    {
        foreach (var name in ChartSamples.Names)
            Assert.InRange((await ChartSamples.HtmlAsync(name, 300)).Length, 200, name == "pairwise" ? 400_000 : 260_000);
    }

    [Fact]
    public async Task What_colour_says_a_shape_says_too()
    {
        var picture = Picture(await ChartSamples.HtmlAsync("equivalence", 14));
        var significant = ChartSamples.Of("equivalence", 14).Parameters["Points"] is List<EquivalencePoint> points ? points.Count(point => point.Significant) : 0;
        Assert.True(significant > 0);
        var marks = picture.Descendants(svg + "path").Where(path => (string?)path.Attribute("class") == "ch-mark").Select(path => (string)path.Attribute("d")!);
        // One diamond in the legend and one for each significant laboratory; a diamond is three lines and a close, a circle two arcs.
        Assert.Equal(significant + 1, marks.Sum(d => d.Count(c => c == 'Z')));
        Assert.All(marks, d => Assert.DoesNotContain('a', d));

        Assert.Contains("ch-out-line", await ChartSamples.HtmlAsync("scores", 6), StringComparison.Ordinal);
        Assert.Contains("不予评价", await ChartSamples.HtmlAsync("scores", 6), StringComparison.Ordinal);
    }

    [Fact]
    public void The_style_sheet_and_the_drawings_have_the_same_colours()
    {
        foreach (var ink in Ink.All)
        {
            var rule = Regex.Match(ChartCss.Text, $@"^\.{ink.Name} {{ (.*) }}$", RegexOptions.Multiline).Groups[1].Value;
            var drawn = Regex.Matches(ink.Attributes, "(fill|stroke)=\"([^\"]+)\"").Select(match => $"{match.Groups[1].Value}:{match.Groups[2].Value}").Order();
            var styled = Regex.Matches(rule, @"(fill|stroke): (?:var\(--[a-z0-9-]+, )?(#[0-9a-f]{6}|none)").Select(match => $"{match.Groups[1].Value}:{match.Groups[2].Value}").Order();
            Assert.Equal(drawn, styled);
            Assert.All(Regex.Matches(rule, "--chart-[a-z0-9-]+").Select(match => match.Value), variable => Assert.Contains(variable + ": light-dark(", ChartCss.Text, StringComparison.Ordinal));
        }

        Assert.DoesNotContain("url(", ChartCss.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_and_lines_have_enough_contrast_in_light_and_dark()
    {
        foreach (var (variable, least) in new[] { ("text", 4.5), ("soft", 4.5), ("ink", 4.5), ("mark", 4.5), ("warn-line", 4.5), ("out", 3), ("reference", 3), ("limit", 4.5), ("axis", 3) })
        {
            var colours = Regex.Match(ChartCss.Text, $@"--chart-{variable}: light-dark\((#\w+), (#\w+)\)");
            Assert.True(Contrast(colours.Groups[1].Value, "#ffffff") >= least, variable);
            Assert.True(Contrast(colours.Groups[2].Value, "#172228") >= least, variable + " in the dark");
        }
    }

    [Fact]
    public async Task A_chart_is_a_file_of_its_own()
    {
        var document = XDocument.Parse(await SvgDocument.RenderAsync<EquivalenceChart>(ChartSamples.Of("equivalence", 14).Parameters));
        Assert.Equal(svg + "svg", document.Root!.Name);
        Assert.Contains(".ch-dot", document.Root.Element(svg + "style")!.Value, StringComparison.Ordinal);
        Assert.Empty(document.Descendants(svg + "figcaption"));
        Assert.Equal("L<1>", Assert.Single(document.Descendants(svg + "text"), text => text.Value == "L<1>").Value);
    }

    [Fact]
    public async Task A_sparkline_is_a_word_sized_picture()
    {
        var html = await ChartSamples.HtmlAsync<Sparkline>(new() { ["Title"] = "1, 2, 3", ["Values"] = new double[] { 1, 2, 3 } });
        Assert.Contains("aria-label=\"1, 2, 3\"", html, StringComparison.Ordinal);
        Assert.NotNull(XElement.Parse(html));
    }

    private static double Contrast(string a, string b)
    {
        double la = Luminance(a), lb = Luminance(b);
        return (Math.Max(la, lb) + 0.05) / (Math.Min(la, lb) + 0.05);
    }

    private static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var value = Convert.ToInt32(hex.Substring(at, 2), 16) / 255.0;
            return value <= 0.03928 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
    }
}
