using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Cli;

namespace Plumbline.Modules.Tests.CommandLine;

public sealed class ClockAndLifeCommandTests : CommandLineTests
{
    [Fact]
    public async Task A_list_of_numbers_a_table_and_a_packed_file_give_the_same()
    {
        string[] numbers = [.. File.ReadAllLines(Path.Combine(Samples, "clock.txt")).Skip(1).Take(500)];
        var plain = await JsonAsync("stability", Write("a.txt", string.Join('\n', numbers)));
        var table = await JsonAsync("stability", Write("b.csv", "t,phase (s)\n" + string.Join('\n', numbers.Select((v, i) => $"{i},{v}"))));
        var headless = await JsonAsync("stability", Write("c.csv", string.Join('\n', numbers)));
        var packed = Path.Combine(Folder, "d.gz");
        await using (var gzip = new GZipStream(File.Create(packed), CompressionLevel.Fastest))
            await gzip.WriteAsync(Encoding.ASCII.GetBytes("# comment\n" + string.Join('\n', numbers)), TestContext.Current.CancellationToken);
        foreach (var other in (JsonNode[])[table, headless, await JsonAsync("stability", packed)])
            Assert.Equal(plain["points"]!.ToJsonString(), other["points"]!.ToJsonString());
        Assert.Equal(8, plain["points"]!.AsArray().Count);
    }

    [Fact]
    public async Task Frequencies_in_hertz_are_made_fractional()
    {
        double[] y = [.. Enumerable.Range(0, 64).Select(i => 1e-9 * Math.Sin(i * i))];
        var fractional = await JsonAsync("stability", Write("y.txt", string.Join('\n', y.Select(v => v.ToString("R")))), "--frequency");
        var hertz = await JsonAsync("stability", Write("f.csv", "频率 (Hz)\n" + string.Join('\n', y.Select(v => (1e7 + 1e7 * v).ToString("F9")))), "--nominal", "1e7");
        Assert.Equal((double)fractional["points"]![0]!["deviation"]!, (double)hertz["points"]![0]!["deviation"]!, 1e-15);
    }

    [Fact]
    public async Task Gaps_are_counted_and_refused_where_nothing_can_be_said()
    {
        var path = Write("gap.csv", "phase\n" + string.Join('\n', Enumerable.Range(0, 60).Select(i => i is 20 or 21 ? "" : (i % 7 * 1e-9).ToString("R"))));
        var marked = Write("gap.txt", string.Join('\n', Enumerable.Range(0, 60).Select(i => i is 20 or 21 ? "nan" : (i % 7 * 1e-9).ToString("R"))));
        var stamped = Write("stamps.csv", "t,phase\n" + string.Join('\n', Enumerable.Range(0, 60).Where(i => i is not (20 or 21)).Select(i => $"{10 * i},{(i % 7 * 1e-9).ToString("R")}")));
        Assert.Equal((await JsonAsync("stability", path))["points"]!.ToJsonString(), (await JsonAsync("stability", marked))["points"]!.ToJsonString());
        Assert.Equal((await JsonAsync("stability", path, "--tau0", "10"))["points"]!.ToJsonString(), (await JsonAsync("stability", stamped))["points"]!.ToJsonString());
        var refused = await RunAsync("stability", path, "--kind", "totdev", "--lang", "en");
        Assert.Equal(1, refused.Code);
        Assert.Contains("gaps", refused.Error, StringComparison.Ordinal);
        Assert.True((int)(await JsonAsync("stability", path))["points"]![0]!["n"]! < 58);
    }

    [Fact]
    public async Task Time_errors_go_over_gaps_and_windows_and_spectra_are_printed()
    {
        var gap = Write("gap.csv", "phase\n" + string.Join('\n', Enumerable.Range(0, 60).Select(i => i is 20 or 21 ? "" : (i % 7 * 1e-9).ToString("R"))));
        foreach (var kind in (string[])["mtie", "tierms"])
            Assert.Equal(6, (await JsonAsync("stability", gap, "--kind", kind))["points"]!.AsArray().Count);
        var clock = Path.Combine(Samples, "clock.txt");
        var json = await JsonAsync("stability", clock, "--kind", "mdev", "--spectrum", "--window", "256");
        Assert.Equal(5, json["spectrum"]!.AsObject().Count);
        Assert.True(json["spectrum"]!.AsObject().Sum(h => (double)h.Value!) > 0);
        Assert.True(json["windows"]!.AsArray().Count > 3);
        Assert.Equal(0, (await RunAsync("stability", clock, "--window", "256", "--chart", Path.Combine(Folder, "d.svg"), "--plot", "dynamic", "--lang", "en")).Code);
        Assert.Contains("totdev", (await RunAsync("stability", clock, "--kind", "totdev", "--spectrum", "--lang", "en")).Error, StringComparison.Ordinal);
        Assert.Contains("adev", (await RunAsync("stability", clock, "--kind", "adev", "--window", "64", "--lang", "en")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phase\n1\n2\nx\n4\n5\n6\n7\n8\n9\n", "row 4")]
    [InlineData("phase\n1\n2\n3\n", "8")]
    [InlineData("t,phase\n1,1\n2,2\n3,1\n4,2\n5.5,1\n6.5,2\n7.5,3\n8.5,1\n", "row 6")]
    [InlineData("t,phase\n1,1\n2,2\n3,1\n4,2\n4,1\n5,2\n6,3\n7,1\n", "row 6")]
    [InlineData("a,b\n1,2\n2,3\n3,4\n4,5\n5,6\n6,7\n7,8\n8,9\n", "phase")]
    public async Task What_is_wrong_with_a_record_is_said(string text, string words)
    {
        var (code, _, error) = await RunAsync("stability", Write("bad.csv", text), "--lang", "en");
        Assert.Equal(1, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--kind", "xdev"), InlineData("--taus", "often"), InlineData("--confidence", "1.5"), InlineData("--tau0", "0")]
    public async Task A_wrong_call_is_told_from_a_wrong_file(string option, string value) =>
        Assert.Equal(2, (await RunAsync("stability", Path.Combine(Samples, "clock.txt"), option, value, "--lang", "en")).Code);

    [Fact]
    public async Task Lives_of_the_handbook()
    {
        var json = await JsonAsync("reliability", Path.Combine(Samples, "lives.csv"));
        Assert.Equal(606.527558004273, (double)json["fit"]!["characteristicLife"]!, 1e-6);
        Assert.Equal(1.7207972608085, (double)json["fit"]!["shape"]!, 1e-9);
        Assert.Equal(0.905645358752191, (double)json["fit"]!["shapeInterval"]![0]!, 1e-6);
        Assert.Equal(3, json["distributions"]!.AsArray().Count);
        Assert.Equal(0.5, (double)json["nonparametric"]![9]!["survival"]!, 1e-12);
    }

    [Fact]
    public async Task Heads_and_words_of_either_language_say_who_failed()
    {
        var expected = (await JsonAsync("reliability", Write("a.csv", "time,status\n10,F\n20,C\n30,F\n45,F\n60,C\n")))["fit"]!.ToJsonString();
        foreach (var text in (string[])["寿命,状态\n10,失效\n20,删失\n30,失效\n45,失效\n60,删失\n", "time,censored\n10,0\n20,1\n30,no\n45,\n60,yes\n", "time,failed\n10,1\n20,0\n30,1\n45,yes\n60,\n", "lower,upper\n10,10\n20,\n30,30\n45,45\n60,\n", "time,status,count\n10,F,1\n20,C,1\n30,F,1\n45,F,1\n60,C,1\n"])
            Assert.Equal(expected, (await JsonAsync("reliability", Write("b.csv", text)))["fit"]!.ToJsonString());
    }

    [Fact]
    public async Task Inspections_give_Turnbull_and_no_ranks()
    {
        var json = await JsonAsync("reliability", Write("i.csv", "lower,upper,count\n0,100,2\n100,200,2\n200,300,2\n300,400,2\n400,500,2\n500,,1\n250,250,1\n150,,1\n"));
        Assert.Equal(1.78603571717678, (double)json["fit"]!["shape"]!, 1e-9);
        Assert.Equal(0.0846153846153846, (double)json["nonparametric"]!.AsArray()[^2]!["survival"]!, 1e-8);
    }

    [Theory]
    [InlineData("time,status\n10,F\n20,perhaps\n", "row 3"), InlineData("time,status\n10,C\n20,C\n", "failed"), InlineData("time\n-1\n2\n", "row 2")]
    [InlineData("lower,upper\n10,5\n1,2\n", "row 2"), InlineData("time\n5\n5\n5\n", "maximum"), InlineData("time,count\n5,1.5\n6,1\n", "row 2")]
    public async Task What_is_wrong_with_lives_is_said(string text, string words)
    {
        var (code, _, error) = await RunAsync("reliability", Write("bad.csv", text), "--lang", "en");
        Assert.Equal(1, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }
}
