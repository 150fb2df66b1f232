using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline validate PATH… [--json]</c>: runs reference cases and holds every computed quantity against the expected one.</summary>
internal static class Validate
{
    private enum Form
    {
        Table,
        Json,
        Markdown,
    }

    private static readonly JsonSerializerOptions json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static Command Command(CliTexts? spoken = null)
    {
        var texts = spoken ?? CliTexts.For(null);
        var paths = new Argument<string[]>("PATH") { Description = texts["validate.paths"], Arity = ArgumentArity.OneOrMore };
        var asJson = new Option<bool>("--json") { Description = texts["validate.json"] };
        var asMarkdown = new Option<bool>("--markdown") { Description = texts["validate.markdown"] };
        var page = new Option<string?>("--page") { Description = texts["validate.page"] };
        var language = new Option<string?>("--language", "--lang") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("validate", texts["validate.summary"]) { paths, asJson, asMarkdown, page, language };
        command.SetAction(result =>
        {
            var form = result.GetValue(asJson) ? Form.Json : result.GetValue(asMarkdown) ? Form.Markdown : Form.Table;
            return Run(result.GetRequiredValue(paths), form, result.GetValue(page), CliTexts.For(result.GetValue(language)), result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        });
        return command;
    }

    /// <returns>0 when every case that this release knows is within tolerance, 1 when one is not or could not be computed, 2 when a path does not exist.</returns>
    private static int Run(string[] paths, Form form, string? page, CliTexts texts, TextWriter output, TextWriter error)
    {
        var missing = paths.Where(p => !File.Exists(p) && !Directory.Exists(p)).ToArray();
        foreach (var path in missing)
            error.WriteLine(texts["validate.missing", path]);
        if (missing.Length > 0)
            return 2;
        CaseOutcome[] outcomes = [.. paths.SelectMany(Files).SelectMany(Read)];
        if (page is not null)
            return Rewrite(page, outcomes, texts, output, error);
        if (form == Form.Json)
            output.WriteLine(new JsonArray([.. outcomes.Select(Json)]).ToJsonString(json));
        else if (form == Form.Markdown)
            output.Write(ValidationTable.Markdown(outcomes));
        else
            Print(outcomes, texts, output);
        return outcomes.Any(o => o.Status != CaseStatus.Unsupported && !o.Pass) ? 1 : 0;
    }

    /// <summary>Writes the generated part of a page anew.</summary>
    private static int Rewrite(string path, CaseOutcome[] outcomes, CliTexts texts, TextWriter output, TextWriter error)
    {
        if (!File.Exists(path) || !File.ReadAllText(path).Contains(ValidationTable.Marker, StringComparison.Ordinal))
        {
            error.WriteLine(texts["validate.no-marker", path, ValidationTable.Marker]);
            return 2;
        }
        // Files in the same folders that hold no cases, such as tables of constants, and kinds of other releases take no part.
        CaseOutcome[] cases = [.. outcomes.Where(o => o.Kind.Length > 0 && o.Status != CaseStatus.Unsupported)];
        File.WriteAllText(path, ValidationTable.Page(File.ReadAllText(path), cases));
        output.WriteLine(texts["validate.page-written", path, cases.Length]);
        return cases.All(o => o.Pass) ? 0 : 1;
    }

    private static IEnumerable<string> Files(string path) => File.Exists(path) ? [path]
        : Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static CaseOutcome[] Read(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        try
        {
            return ReferenceCases.Run(File.ReadAllText(file), name, data => Open(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, data)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [new(name, "", null, CaseStatus.Failed, e.Message, null, [])];
        }
    }

    /// <summary>A data file that a case names, beside the case; unpacked where its name ends in .gz.</summary>
    private static StreamReader Open(string path) => new(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
        ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress) : File.OpenRead(path));

    private static JsonNode Json(CaseOutcome o) => new JsonObject
    {
        ["id"] = o.Id, ["kind"] = o.Kind, ["status"] = o.Status switch { CaseStatus.Computed => "computed", CaseStatus.Unsupported => "unsupported", _ => "failed" },
        ["message"] = o.Message, ["computed"] = o.Computed?.DeepClone(),
    };

    private static void Print(CaseOutcome[] outcomes, CliTexts texts, TextWriter output)
    {
        foreach (var o in outcomes)
        {
            output.WriteLine($"{o.Id}  [{o.Kind}]  {texts[Verdict(o)]}");
            if (o.Source is not null)
                output.WriteLine($"  {o.Source}");
            if (o.Message is not null)
                output.WriteLine($"  {o.Message}");
            if (o.Comparisons.Length == 0)
                continue;
            string[][] rows = [[texts["validate.quantity"], texts["validate.expected"], texts["validate.computed"], texts["validate.difference"], texts["validate.tolerance"], ""],
                .. o.Comparisons.Select(c => Row(c, texts))];
            TextTable.Write(output, rows, [0, 1, 2, 3, 4, 5], "  ");
            output.WriteLine();
        }
        output.WriteLine(texts["validate.total", outcomes.Length, outcomes.Count(o => o.Pass), outcomes.Count(o => o.Status == CaseStatus.Computed && !o.Pass),
            outcomes.Count(o => o.Status == CaseStatus.Failed), outcomes.Count(o => o.Status == CaseStatus.Unsupported)]);
    }

    private static string Verdict(CaseOutcome o) => o.Status switch
    {
        CaseStatus.Unsupported => "validate.unsupported",
        CaseStatus.Failed => "validate.failed",
        _ => o.Pass ? "validate.pass" : "validate.outside",
    };

    private static string[] Row(CaseComparison c, CliTexts texts) =>
    [
        c.Name, Show(c.Expected), Show(c.Computed), c.Difference?.ToString("0.0e+00", CultureInfo.InvariantCulture) ?? "",
        c.Judged ? c.Tolerance?.ToString("0.0e+00", CultureInfo.InvariantCulture) ?? "" : "",
        texts[!c.Judged ? "validate.shown" : c.Pass ? "validate.pass" : "validate.outside"],
    ];

    private static string Show(JsonNode? node) => node is null ? "–" : node.ToJsonString(json);
}
