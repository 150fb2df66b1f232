using System.Text.Json.Nodes;
using System.Xml.Linq;
using Plumbline.Cli;

namespace Plumbline.Modules.Tests.CommandLine;

/// <summary>Conformity, sampling plans, gauges and lines at the terminal.</summary>
public sealed class FiguresCommandTests : CommandLineTests
{
    [Theory]
    [InlineData("conformity", "--value", "9.85", "--u", "0.1", "--upper", "10", "--lower", "8", "--process-sd", "0.6", "--target", "0.001")]
    [InlineData("conformity", "--u", "0.1", "--max-error", "1", "--in-tolerance", "0.95")]
    [InlineData("sampling", "plan", "--lot", "1000", "--aql", "1")]
    [InlineData("sampling", "design", "--good", "0.01", "--bad", "0.08")]
    [InlineData("sampling", "declared", "--dql", "1")]
    [InlineData("sampling", "curve", "--n", "80,80", "--ac", "1,4", "--re", "5,5", "--lot", "2000")]
    public async Task What_needs_no_file_speaks_both_languages(params string[] args)
    {
        var chinese = await RunAsync([.. args, "--lang", "zh"]);
        var english = await RunAsync([.. args, "--lang", "en"]);
        Assert.True(chinese.Code == 0 && english.Code == 0, chinese.Error + english.Error);
        Assert.NotEqual(chinese.Output, english.Output);
        Assert.DoesNotContain(english.Output, c => c is >= '一' and <= '鿿');
    }

    [Fact]
    public async Task Every_rule_judges_every_value_of_a_file()
    {
        var file = Write("values.csv", "name,value,u", "a,9.7,0.1", "b,9.95,0.1", "c,10.3,0.1");
        var json = await JsonAsync("conformity", file, "--upper", "10");
        Assert.Equal(["Pass", "ConditionalPass", "Fail"], json["results"]!.AsArray().Select(r => (string)r!["decisions"]![3]!["verdict"]!));
        Assert.Equal(0.6914624612740157, (double)json["results"]![1]!["conformanceProbability"]!, 1e-12);
        var chart = Path.Combine(Folder, "p.svg");
        Assert.Equal(0, (await RunAsync("conformity", file, "--upper", "10", "--chart", chart)).Code);
        Assert.Equal("svg", XDocument.Load(chart).Root!.Name.LocalName);
    }

    [Fact]
    public async Task A_plan_is_found_and_its_characteristic_drawn()
    {
        var json = await JsonAsync("sampling", "plan", "--lot", "1000", "--level", "II", "--aql", "1");
        Assert.Equal(("J", 80, 2), ((string)json["plans"]![0]!["letter"]!, (int)json["plans"]![0]!["sampleSize"]!, (int)json["plans"]![0]!["acceptanceNumber"]!));
        var chart = Path.Combine(Folder, "oc.svg");
        Assert.Equal(0, (await RunAsync("sampling", "plan", "--lot", "1000", "--aql", "1", "--chart", chart)).Code);
        Assert.True(File.Exists(chart));
    }

    [Fact]
    public async Task Lots_switch_one_after_the_other()
    {
        var json = await JsonAsync("sampling", "switching", Write("lots.csv", "nonconforming", "0", "4", "4", "0"), "--letter", "K", "--aql", "1");
        Assert.Equal(["Normal", "Normal", "Tightened", "Tightened"], json["lots"]!.AsArray().Select(l => (string)l!["state"]!));
    }

    [Fact]
    public async Task A_gauge_and_a_line_are_computed_from_their_columns()
    {
        string[] rows = [.. from p in Enumerable.Range(1, 3) from o in Enumerable.Range(1, 2) from k in Enumerable.Range(0, 2) select $"p{p},o{o},{p + (0.1 * o) + (0.05 * k)}"];
        var gauge = await JsonAsync("gauge", Write("gauge.csv", ["part,operator,value", .. rows]), "--tolerance", "4");
        Assert.Equal(Math.Sqrt(0.00125 * 6 / 8), (double)gauge["components"]![1]!["standardDeviation"]!, 1e-9);
        var line = await JsonAsync("line", Write("line.csv", "x,y", "0,4", "10,21.2", "20,44.6", "30,61.8", "40,78", "50,105.2"), "--signal", "90", "--detection");
        Assert.Equal(43.93, (double)line["inverse"]!["value"]!, 0.01);
        Assert.Equal(13.978, (double)line["quantification"]!, 0.002);
    }

    [Fact]
    public async Task Readings_in_groups_give_mean_and_components()
    {
        var json = await JsonAsync("readings", Write("readings.csv", "value,group", "1,a", "2,a", "4,a", "3,b", "5,b", "4,b", "6,c", "7,c", "5,c"));
        Assert.Equal(37.0 / 9, (double)json["mean"]!, 1e-12);
        Assert.True((double)json["anova"]!["F"]! > 1);
        Assert.NotNull(json["autocorrelation"]);
    }

    [Fact]
    public async Task A_command_without_a_file_refuses_one()
    {
        var file = Write("lots.csv", "nonconforming", "0");
        foreach (var args in (string[][])[["plan", "--lot", "1000", "--aql", "1"], ["curve", "--n", "80", "--ac", "2"], ["design", "--good", "0.01", "--bad", "0.08"], ["declared", "--dql", "1"]])
        {
            var (code, output, error) = await RunAsync(["sampling", args[0], file, .. args[1..], "--lang", "en"]);
            Assert.Equal(2, code);
            Assert.Empty(output);
            Assert.Contains("lots.csv", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Gauges_declared_quality_and_lots_have_pictures()
    {
        var gauge = Write("gauge.csv", ["part,operator,value", .. from p in Enumerable.Range(1, 4) from o in Enumerable.Range(1, 3) from k in Enumerable.Range(0, 2) select $"p{p},o{o},{p + (0.1 * o) + (0.05 * k)}"]);
        var lots = Write("lots.csv", "nonconforming", "0", "4", "4", "0", "1", "0", "0", "9");
        foreach (var (args, names) in ((string[], string[])[])[(["gauge", gauge], ["components", "means"]), (["sampling", "declared", "--dql", "1"], ["contradiction"]), (["sampling", "switching", lots, "--letter", "K", "--aql", "1"], ["lots"]), (["sampling", "plan", "--lot", "1000", "--aql", "1"], ["characteristic", "outgoing", "inspected"])])
            foreach (var language in (string[])["zh", "en"])
            {
                var (code, _, error) = await RunAsync([.. args, "--chart", Path.Combine(Folder, $"{language}.svg"), "--plot", "all", "--lang", language]);
                Assert.True(code == 0, error);
                foreach (var name in names)
                {
                    var svg = XDocument.Load(Path.Combine(Folder, $"{language}-{name}.svg")).Root!;
                    Assert.NotEmpty(svg.Descendants());
                    Assert.Equal(language == "zh", svg.Value.Any(c => c is >= '一' and <= '鿿'));
                }
            }
    }

    [Fact]
    public async Task Two_samples_are_designed_and_set_beside_one()
    {
        var design = await JsonAsync("sampling", "design", "--good", "0.01", "--bad", "0.08");
        Assert.Equal(2, design["attributesDouble"]!["n"]!.AsArray().Count);
        var plan = await JsonAsync("sampling", "plan", "--lot", "1000", "--aql", "1", "--double");
        Assert.True((int)plan["doublePlans"]![0]!["n"]![0]! < 80);
        var wide = await RunAsync("sampling", "switching", Write("half.csv", "nonconforming", "1", "2.5"), "--letter", "K", "--aql", "1", "--lang", "en");
        Assert.Equal(1, wide.Code);
        Assert.Contains("row 3", wide.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--lot", "sampling", "plan", "--aql", "1")]
    [InlineData("1.2", "sampling", "plan", "--lot", "100", "--aql", "1.2")]
    [InlineData("--lower", "conformity", "--value", "1", "--u", "0.1")]
    [InlineData("--value", "conformity", "--upper", "1")]
    public async Task What_is_missing_or_impossible_is_named(string named, params string[] args)
    {
        var (code, _, error) = await RunAsync([.. args, "--lang", "en"]);
        Assert.NotEqual(0, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
    }
}
