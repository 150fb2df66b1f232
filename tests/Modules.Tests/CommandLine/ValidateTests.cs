using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Cli;

namespace Plumbline.Modules.Tests.CommandLine;

public sealed class ValidateTests : CommandLineTests
{
    private (int Code, string Output, string Error) Run(params string[] args)
    {
        StringWriter output = new(), error = new();
        var code = Validate.Command().Parse(args).Invoke(new() { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    [Fact]
    public void Every_case_of_a_folder_is_reported_as_json()
    {
        Write("a.json", """[{"id":"pm","kind":"consensus.paule_mandel","inputs":{"x":[1,3],"u":[1,1]},"expected":{"mu":2,"tau":1},"tolerance":{"default":{"abs":1e-9}}},{"id":"new","kind":"consensus.tomorrow","inputs":{},"expected":{"y":1}}]""");
        Write("b.json", "{ broken");
        var (code, output, _) = Run(Folder, "--json");
        var items = JsonNode.Parse(output)!.AsArray();
        Assert.Equal(["computed", "unsupported", "failed"], items.Select(i => (string)i!["status"]!));
        Assert.Equal(2, (double)items[0]!["computed"]!["mu"]!, 12);
        Assert.Equal(1, (double)items[0]!["computed"]!["tau"]!, 12);
        Assert.Equal(1, code);
    }

    [Fact]
    public void A_quantity_outside_its_tolerance_is_told_in_the_language_asked_for()
    {
        var file = Write("c.json", """{"id":"pm","kind":"consensus.paule_mandel","inputs":{"x":[1,3],"u":[1,1]},"expected":{"mu":2.5},"tolerance":{"mu":{"abs":0.1}}}""");
        var english = Run(file, "--language", "en");
        Assert.Contains("outside tolerance", english.Output, StringComparison.Ordinal);
        Assert.Equal(1, english.Code);
        Assert.Contains("不符合", Run(file, "--language", "zh").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_does_not_exist_is_named()
    {
        var (code, _, error) = Run(Path.Combine(Folder, "nothing"), "--language", "en");
        Assert.Equal(2, code);
        Assert.Contains("nothing", error, StringComparison.Ordinal);
    }
}
