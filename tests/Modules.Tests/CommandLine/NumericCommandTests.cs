using System.CommandLine;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Plumbline.Cli;
using Plumbline.Sheets;

namespace Plumbline.Modules.Tests.CommandLine;

public sealed class NumericCommandTests : CommandLineTests
{
    public static TheoryData<string, string[]> Calls => new()
    {
        { "consensus", [Sample("pcb28.json")] },
        { "decision-tree", [Sample("pcb28.json")] },
        { "scores", [Sample("wine-lead.csv")] },
        { "homogeneity", [Sample("homogeneity.csv"), "--sigma", "0.02807"] },
        { "homogeneity", [Sample("stability.csv"), "--shelf-life", "1825"] },
        { "precision", [Sample("glucose.csv")] },
        { "uncertainty", [Sample("mass.yaml")] },
        { "uncertainty", [Sample("impedance.json")] },
        { "youden", [Sample("chromium-youden.csv")] },
        { "link", [Sample("link.csv"), "--kcrv", "0.02", "--u-kcrv", "0.02"] },
        { "link", [Sample("network.csv"), "--reference", "P"] },
        { "screen", [Sample("screen.csv")] },
        { "stability", [Sample("clock.txt")] },
        { "stability", [Sample("clock.txt"), "--kind", "mtie", "--taus", "decade"] },
        { "reliability", [Sample("lives.csv"), "--at", "100"] },
    };

    [Theory, MemberData(nameof(Calls))]
    public async Task Every_command_speaks_both_languages_and_aligns_its_tables(string command, string[] args)
    {
        var chinese = await RunAsync([command, .. args, "--lang", "zh"]);
        var english = await RunAsync([command, .. args, "--lang", "en"]);
        Assert.True(chinese.Code == 0 && english.Code == 0, chinese.Error + english.Error);
        Assert.Contains(chinese.Output, c => c is >= '\u4e00' and <= '\u9fff');
        Assert.DoesNotContain(english.Output, c => c is >= '\u4e00' and <= '\u9fff');
        // Head and rule of every table end in the same place, whatever their characters.
        foreach (var output in (string[])[chinese.Output, english.Output])
            foreach (var (head, rule) in output.Split('\n').Zip(output.Split('\n').Skip(1)).Where(p => p.Second.StartsWith("---", StringComparison.Ordinal)))
                Assert.True(TextTable.Width(head.TrimEnd()) <= TextTable.Width(rule.TrimEnd()), $"{head}\n{rule}");
    }

    [Theory, MemberData(nameof(Calls))]
    public async Task Json_names_the_input_and_carries_every_digit(string command, string[] args)
    {
        var json = await JsonAsync([command, .. args]);
        Assert.Equal(command, (string)json["command"]!);
        Assert.Equal(Path.GetFileName(args[0]), (string)json["file"]!);
        Assert.Equal(64, ((string)json["sha256"]!).Length);
        Assert.Equal((await JsonAsync([command, .. args])).ToJsonString(), json.ToJsonString());
    }

    [Theory, MemberData(nameof(Calls))]
    public async Task Every_picture_is_svg_with_colours_of_its_own(string command, string[] args)
    {
        var (code, _, error) = await RunAsync([command, .. args, "--chart", Path.Combine(Folder, "out.svg"), "--plot", "all", "--lang", "en"]);
        Assert.True(code == 0, error);
        var pictures = Directory.GetFiles(Folder, "out-*.svg");
        Assert.NotEmpty(pictures);
        foreach (var picture in pictures)
        {
            var svg = XDocument.Load(picture).Root!;
            Assert.Equal("svg", svg.Name.LocalName);
            Assert.Contains(svg.Descendants(), e => e.Attribute("fill") is not null || e.Attribute("stroke") is not null);
            Assert.DoesNotContain(svg.Value, c => c is >= '\u4e00' and <= '\u9fff');
        }
    }

    [Theory, MemberData(nameof(Calls))]
    public async Task A_report_in_one_file_holds_tables_and_pictures(string command, string[] args)
    {
        var path = Path.Combine(Folder, "report.html");
        var (code, _, error) = await RunAsync([command, .. args, "--report", path, "--lang", "zh"]);
        Assert.True(code == 0, error);
        var html = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains("<html lang=\"zh-CN\">", html, StringComparison.Ordinal);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_report_prints_as_PDF()
    {
        var path = Path.Combine(Folder, "report.pdf");
        var (code, _, error) = await RunAsync("consensus", Sample("pcb28.json"), "--report", path);
        Assert.True(code == 0, error);
        Assert.Equal("%PDF"u8.ToArray(), (await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken))[..4]);
    }

    [Fact]
    public async Task The_consensus_is_that_of_the_reference_case()
    {
        var json = await JsonAsync("consensus", Sample("pcb28.json"), "--compare", "--leave-one-out", "--pairs");
        Assert.Equal(33.6004326241556, (double)json["reference"]!["value"]!, 10);
        Assert.Equal(0.744997909662739, (double)json["reference"]!["standardUncertainty"]!, 10);
        Assert.Equal(1.7114154008844, (double)json["reference"]!["tau"]!, 9);
        Assert.Equal(6, json["laboratories"]!.AsArray().Count);
        Assert.Equal(Estimator.All.Length, json["methods"]!.AsArray().Count);
        Assert.Equal(6, json["leaveOneOut"]!.AsArray().Count);
        Assert.Equal(-(double)json["pairs"]!["differences"]![0]![1]!, (double)json["pairs"]!["differences"]![1]![0]!);
    }

    public static TheoryData<string> Methods => [.. Estimator.All.Select(e => e.Name)];

    [Theory, MemberData(nameof(Methods))]
    public async Task Every_method_works_or_says_what_it_needs(string method)
    {
        var (code, output, error) = await RunAsync("consensus", Sample("gauge-block.csv"), "--method", method, "--json");
        Assert.True(code == 0, error);
        Assert.InRange((double)JsonNode.Parse(output)!["reference"]!["value"]!, 12, 22);
        var lonely = await RunAsync("consensus", Write("one.csv", "lab,x,u\nA,1.5,0.1\n"), "--method", method, "--lang", "en");
        Assert.True(lonely.Code == 0 || lonely.Error.Contains(method, StringComparison.Ordinal), lonely.Error);
    }

    [Fact]
    public async Task A_laboratory_left_out_keeps_its_degree_of_equivalence()
    {
        var json = await JsonAsync("consensus", Sample("pcb28.json"), "--method", "weighted-mean", "--exclude", "NRC");
        var last = json["laboratories"]![5]!;
        Assert.False((bool)last["included"]!);
        Assert.Equal(0, (double)last["weight"]!);
        // Independent of the reference value: u² = u_j² + u_ref².
        var u = (double)json["reference"]!["standardUncertainty"]!;
        Assert.Equal(2 * double.Hypot(0.38, u), (double)last["expandedUncertainty"]!, 12);
        Assert.Equal(1, (await RunAsync("consensus", Sample("pcb28.json"), "--exclude", "XYZ")).Code);
    }

    [Fact]
    public async Task Correlated_results_are_weighted_by_their_covariance()
    {
        var file = Write("pair.csv", "lab,x,u\nA,10.0,0.1\nB,10.4,0.2\n");
        var json = await JsonAsync("consensus", file, "--method", "weighted-mean", "--correlation", Write("r.csv", "lab,A,B\nA,1,0.5\nB,0.5,1\n"), "--pairs");
        // V = [[0.01, 0.01], [0.01, 0.04]]: all the weight falls on A.
        Assert.Equal(10.0, (double)json["reference"]!["value"]!, 12);
        Assert.Equal(0.1, (double)json["reference"]!["standardUncertainty"]!, 12);
        Assert.Equal(2 * Math.Sqrt(0.03), (double)json["pairs"]!["expandedUncertainties"]![0]![1]!, 12);

        var wrong = await RunAsync("consensus", file, "--method", "weighted-mean", "--correlation", Write("bad.csv", "lab,A,B\nA,1,0.5\nB,0.4,1.2\n"), "--lang", "en");
        Assert.Equal(1, wrong.Code);
        Assert.Contains("row 3, column \"B\": \"1.2\"", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("\"B\" and \"A\"", wrong.Error, StringComparison.Ordinal);
        Assert.Equal(10.0, (double)(await JsonAsync("consensus", file, "--method", "paule-mandel", "--correlation", Path.Combine(Folder, "r.csv")))["reference"]!["value"]!, 0.4);
        var other = await RunAsync("consensus", file, "--method", "hartung-knapp", "--correlation", Path.Combine(Folder, "r.csv"), "--lang", "en");
        Assert.Contains("hartung-knapp takes no correlations", other.Error, StringComparison.Ordinal);
        Assert.Contains("“C”", (await RunAsync("consensus", Write("three.csv", "lab,x,u\nA,1,1\nB,1,1\nC,2,1\n"), "--method", "weighted-mean", "--correlation", Path.Combine(Folder, "r.csv"), "--lang", "zh")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_results_than_fit_are_refused()
    {
        var file = Write("many.csv", "lab,x,u\n" + string.Concat(Enumerable.Range(1, 5001).Select(i => $"L{i},{i % 7},1\n")));
        var (code, _, error) = await RunAsync("consensus", file, "--lang", "en");
        Assert.Equal(1, code);
        Assert.Contains("5001 rows", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Precision_is_that_of_the_reference_case()
    {
        var level = (await JsonAsync("precision", Sample("glucose.csv")))["levels"]![1]!;
        Assert.Equal(2.75087864751125, (double)level["repeatability"]!, 10);
        Assert.Equal(3.478918796417, (double)level["reproducibility"]!, 10);
        Assert.Equal(2.14223560435497, (double)level["laboratories"]![3]!["h"]!, 10);
    }

    [Fact]
    public async Task Stability_homogeneity_and_the_change_between_two_files_are_judged()
    {
        var trend = (await JsonAsync("homogeneity", Sample("stability.csv"), "--shelf-life", "1825"))["trend"]!;
        Assert.Equal(-6.43527130414112e-07, (double)trend["slope"]!, 15);
        Assert.Equal(0.000284095213011976, (double)trend["uStability"]!, 12);
        var later = Write("later.csv", "item,replicate 1,replicate 2\n1,0.190,0.191\n2,0.189,0.192\n");
        var json = await JsonAsync("homogeneity", Sample("homogeneity.csv"), "--sigma", "0.02807", "--after", later);
        Assert.True((bool)json["iso13528"]!["passesExpanded"]!);
        Assert.True((bool)json["stability"]!["passesSimple"]!);
    }

    [Fact]
    public async Task Names_with_marks_stay_as_they_are()
    {
        var file = Write("marks.csv", "lab,x,u\nL_1*,1.0,0.1\nL^2,1.1,0.1\n<b>&,1.2,0.1\n");
        var picture = Path.Combine(Folder, "marks.svg");
        var (code, output, error) = await RunAsync("consensus", file, "--chart", picture, "--lang", "en");
        Assert.True(code == 0, error);
        Assert.Contains("L_1*", output, StringComparison.Ordinal);
        var texts = XDocument.Load(picture).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToArray();
        Assert.Contains("L_1*", texts);
        Assert.Contains("<b>&", texts);
    }

    [Fact]
    public async Task CSV_workbook_and_both_forms_of_JSON_give_the_same_figures()
    {
        var csv = Write("a.csv", "实验室,测得值 (mV),扩展不确定度 U,包含因子 k\nA,1.0010,0.0020,2\nB,1.0050,0.0030,3\nC,0.9990,0.0020,2\n");
        var objects = Write("a.json", """[{"lab":"A","x":1.0010,"u":0.0010},{"lab":"B","x":1.0050,"u":0.0010},{"lab":"C","x":0.9990,"u":0.0010}]""");
        var lists = Write("b.json", """{"inputs":{"labs":["A","B","C"],"x":[1.0010,1.0050,0.9990],"u":[0.0010,0.0010,0.0010]}}""");
        var xlsx = Path.Combine(Folder, "a.xlsx");
        await using (var stream = File.Create(xlsx))
            await SheetWriter.WriteXlsxAsync(stream, [new SheetTable("结果", ["lab", "x", "U (k=2)"], [["A", 1.001, 0.002], ["B", 1.005, 0.002], ["C", 0.999, 0.002]])], TestContext.Current.CancellationToken);
        string[] values = [.. (await Task.WhenAll(((string[])[csv, objects, lists, xlsx]).Select(f => JsonAsync("consensus", f)))).Select(j => $"{(double)j["reference"]!["value"]!:R} {(double)j["reference"]!["standardUncertainty"]!:G12}")];
        Assert.Single(values.Distinct());
    }

    public static TheoryData<string, string, string, string[]> Bad => new()
    {
        { "consensus", "lab,x,u\nA,1.0,0.1\nB,abc,0.1\n", "", ["row 3", "\"x\"", "\"abc\"", "finite decimal number"] },
        { "consensus", "lab,x,u\nA,1.0,0.1\nB,1.1,0\n", "", ["row 3", "\"u\"", "\"0\"", "greater than zero"] },
        { "consensus", "lab,x,u\nA,1.0,0.1\nB,1.1,-0.1\n", "", ["row 3", "\"u\"", "\"-0.1\""] },
        { "consensus", "lab,x,u\nA,NaN,0.1\nB,1.1,0.1\n", "", ["row 2", "\"NaN\""] },
        { "consensus", "lab,x,u\nA,1.0,0.1\nA,1.1,0.1\n", "", ["row 3", "\"A\"", "row 2"] },
        { "consensus", "lab,x\nA,1.0\nB,1.1\n", "", ["no column of uncertainties"] },
        { "consensus", "lab,u\nA,1.0\nB,1.1\n", "", ["column \"x\" is missing"] },
        { "consensus", "lab,x,U\nA,1.0,0.1\nB,1.1,0.1\n", "", ["\"U\"", "coverage factor"] },
        { "consensus", "lab,x,u\nA,1.0,\nB,1.1,0.1\n", "", ["row 2", "\"u\"", "blank"] },
        { "decision-tree", "lab,x,u\nA,1.0,0.1\nB,1.1,0.1\n", "", ["2 rows", "3 are needed"] },
        { "decision-tree", "lab,x,u\nA,1,0.1\nB,1,0.1\nC,1,0.1\n", "", ["no spread"] },
        { "scores", "lab,x\nA,1\nB,1\nC,1\n", "", ["no spread"] },
        { "scores", "lab,x\nA,1\nB,1\n", "--assigned=1", ["--sigma"] },
        { "homogeneity", "item,a,b\n1,1.0,1.1\n2,1.2,x\n", "", ["row 3", "\"b\"", "\"x\""] },
        { "homogeneity", "item,value\n1,1.0\n2,1.2\n", "", ["more than once"] },
        { "homogeneity", "time,value\n1,1.0\n2,1.2\n", "", ["at least 3 values"] },
        { "precision", "lab,a,b\nA,1,2\nB,1,2\n", "", ["2 laboratories only"] },
        { "precision", "lab,a,b\nA,1,2\nB,1,\nC,1,2\n", "", ["\"B\"", "1 values only"] },
        { "youden", "lab,x,y\nA,1,2\nB,1,3\n", "", ["2 rows"] },
        { "link", "lab,key,regional,u,u_transfer\nA,,1,0.1,\n", "--kcrv=1 --u-kcrv=0.1", ["no linking laboratory"] },
        { "link", "lab,key,regional,u,u_transfer\nA,1,1,0.1,\nB,,1,0.1,\n", "--kcrv=1 --u-kcrv=0.1", ["\"A\"", "transfer uncertainty"] },
        { "link", "lab,key,regional,u,u_transfer\nA,1,1,0.1,0.1\n", "", ["--kcrv"] },
        { "link", "comparison,lab,x,u\nK,A,1,0.1\nR,B,1,0.1\n", "", ["cannot be computed"] },
        { "screen", "lab,a,b\nA,1,2\nB,1,2\nC,,2\n", "", ["row 4", "\"a\"", "blank"] },
        { "screen", "lab,measurand,value\nA,p,1\nA,q,2\nB,p,1\nB,q,2\nC,p,1\n", "", ["\"C\"", "\"q\""] },
    };

    [Theory, MemberData(nameof(Bad))]
    public async Task What_is_wrong_is_named_with_file_row_column_value_and_expectation(string command, string text, string options, string[] named)
    {
        var file = Write("bad.csv", text);
        string[] call = [command, file, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var (code, output, error) = await RunAsync([.. call, "--lang", "en"]);
        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains("bad.csv", error, StringComparison.Ordinal);
        Assert.All(named, part => Assert.Contains(part, error, StringComparison.Ordinal));
        var chinese = await RunAsync([.. call, "--lang", "zh"]);
        Assert.Equal(1, chinese.Code);
        Assert.Contains(chinese.Error, c => c is >= '\u4e00' and <= '\u9fff');
    }

    [Theory]
    [InlineData("consensus", "--method", "modal")]
    [InlineData("consensus", "-k", "-1")]
    [InlineData("consensus", "--plot", "pie")]
    [InlineData("consensus", "--chart", "out.png")]
    [InlineData("consensus", "--report", "out.doc")]
    [InlineData("scores", "--assigned", "one")]
    [InlineData("scores", "--sigma", "0")]
    [InlineData("link", "--kcrv", "x")]
    public async Task A_wrong_call_is_code_2(string command, string option, string value)
    {
        var (code, _, error) = await RunAsync(command, Sample("pcb28.json"), option, value, "--lang", "en");
        Assert.Equal(2, code);
        Assert.Contains(value, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_and_broken_JSON_are_refused_and_the_methods_are_listed()
    {
        Assert.Equal(2, (await RunAsync("consensus")).Code);
        Assert.Equal(1, (await RunAsync("consensus", Path.Combine(Folder, "none.csv"))).Code);
        var broken = await RunAsync("consensus", Write("broken.json", "{ \"x\": [1, 2"), "--lang", "en");
        Assert.Equal(1, broken.Code);
        Assert.Contains("broken.json: not valid JSON at line 1", broken.Error, StringComparison.Ordinal);
        var uneven = await RunAsync("consensus", Write("uneven.json", """{"x":[1,2],"u":[1]}"""), "--lang", "en");
        Assert.Contains("\"u\" has 1 items; 2", uneven.Error, StringComparison.Ordinal);
        var list = await RunAsync("consensus", "--list-methods", "--lang", "en");
        Assert.Equal(0, list.Code);
        Assert.All(Estimator.All, e => Assert.Contains(e.Name, list.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(new[] { "consensus", "a.csv", "--frobnicate" }, "--frobnicate")]
    [InlineData(new[] { "nonsense" }, "nonsense")]
    [InlineData(new[] { "consensus", "a.csv", "--chart" }, "--chart")]
    [InlineData(new[] { "consensus", "a.csv", "--lang", "fr" }, "fr")]
    [InlineData(new[] { "consensus", "a.csv", "--seed", "many" }, "many")]
    public void A_wrong_call_is_explained_in_the_readers_language(string[] args, string named)
    {
        var chinese = Explain("zh");
        Assert.Contains(named, chinese, StringComparison.Ordinal);
        Assert.All(chinese.Trim().Split('\n'), line => Assert.Contains(line, c => c is >= '\u4e00' and <= '\u9fff'));
        Assert.DoesNotContain(Explain("en"), c => c is >= '\u4e00' and <= '\u9fff');

        string Explain(string language)
        {
            var root = new RootCommand();
            foreach (var command in Commands.Called(args, CliTexts.For(language)))
                root.Add(command);
            var error = new StringWriter();
            Assert.Equal(2, Commands.Explain(root.Parse(args), CliTexts.For(language), error));
            return error.ToString();
        }
    }
}
