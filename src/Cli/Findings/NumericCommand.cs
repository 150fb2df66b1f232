using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Interface;

namespace Plumbline.Cli;

/// <summary>The frame of every command that computes something from one file: reading, printing, JSON, pictures, reports and exit codes.</summary>
/// <remarks>Exit codes: 0 computed, 1 the input was refused, 2 a wrong call.</remarks>
internal static class NumericCommand
{
    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Software { get; } = $"plumbline {typeof(NumericCommand).Assembly.GetName().Version!.ToString(3)}";

    /// <param name="name">The command's name; its texts stand under <c>command.{name}.summary</c> and <c>command.{name}.file</c>.</param>
    /// <param name="own">Options of this command alone.</param>
    /// <param name="plots">Names of the pictures it can draw, the usual one first.</param>
    /// <param name="work">Computes; an <see cref="ArgumentException"/> out of the mathematics becomes a refusal.</param>
    /// <param name="reader">Reads the file where it is no table of results.</param>
    /// <param name="key">What its texts stand under, where not the name.</param>
    /// <param name="use">Where options may say everything: without a file the work is given an empty table, whose digest is that of the call.</param>
    public static Command Create(string name, CliTexts texts, Option[] own, string[] plots, Func<ParseResult, DataTable, CliTexts, Outcome<Findings>> work,
        Func<string, CliTexts, Outcome<DataTable>>? reader = null, string? key = null, FileUse use = FileUse.Required)
    {
        var file = new Argument<string?>("FILE") { Description = texts[$"command.{key ?? name}.file"], Arity = ArgumentArity.ZeroOrOne, Hidden = use == FileUse.None };
        var json = new Option<bool>("--json") { Description = texts["cli.json"] };
        var chart = new Option<string?>("--chart") { Description = texts["cli.chart"] };
        var plot = new Option<string?>("--plot") { Description = texts["cli.plot", string.Join(", ", plots)] };
        var report = new Option<string?>("--report") { Description = texts["cli.report"] };
        var language = new Option<string?>("--lang", "--language") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");
        var command = new Command(name, texts[$"command.{key ?? name}.summary"]) { file };
        foreach (var option in (Option[])[.. own, json, chart, plot, report, language])
            command.Add(option);
        command.SetAction(async (result, cancel) =>
        {
            var words = CliTexts.For(result.GetValue(language));
            CultureInfo.CurrentUICulture = words.Culture;
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            if (own.OfType<Option<bool>>().FirstOrDefault(o => o.Name == "--list-methods") is { } list && result.GetValue(list))
                return List(words, output);
            if (Wrong(result, file, chart, plot, report, plots, words, use) is { } wrong)
                return Refuse([wrong], words, error, 2);
            var read = result.GetValue(file) is { } path ? (reader ?? DataFile.Read)(path, words)
                : new DataTable(key?.Replace('-', ' ') ?? name, [], [], new Dictionary<string, string>()) { Bytes = Encoding.UTF8.GetBytes(string.Join(' ', result.Tokens.Select(t => t.Value))) };
            if (read.Value is not { } table)
                return Refuse(read.Refusals, words, error);
            Outcome<Findings> outcome;
            try
            {
                outcome = work(result, table, words);
            }
            catch (ArgumentException fault)
            {
                // The rules above name row and column; what the mathematics alone can know comes here.
                outcome = new Refusal("data-not-computable", null, table.File, fault.Message);
            }
            if (outcome.Value is not { } findings)
                return Refuse(outcome.Refusals, words, error);
            if (result.GetValue(json) || result.GetValue(report) is not null)
                Stamp(findings, key?.Replace('-', ' ') ?? name, table, result.GetValue(file) is null);
            if (result.GetValue(json))
                await output.WriteLineAsync(findings.Json.ToJsonString(indented));
            else
                FindingsText.Write(findings, output);
            var code = result.GetValue(chart) is { } picture ? await DrawAsync(findings, picture, result.GetValue(plot), words, error) : 0;
            return code == 0 && result.GetValue(report) is { } document ? await ReportAsync(findings, document, words, error, cancel) : code;
        });
        return command;
    }

    /// <summary>Every reason in words, on the error stream.</summary>
    public static int Refuse(IEnumerable<Refusal> refusals, CliTexts texts, TextWriter error, int code = 1)
    {
        foreach (var refusal in refusals)
            error.WriteLine(texts.Of(refusal));
        return code;
    }

    private static int List(CliTexts texts, TextWriter output)
    {
        TextTable.Write(output, [[texts["head.method"], texts["head.name"]], .. Estimator.All.Select(e => (string[])[e.Name, texts[$"method.{e.Name}"]])], [0, 1]);
        return 0;
    }

    private static Refusal? Wrong(ParseResult result, Argument<string?> file, Option<string?> chart, Option<string?> plot, Option<string?> report, string[] plots, CliTexts texts, FileUse use)
    {
        if (result.GetValue(file) is null && use == FileUse.Required)
            return new("call-file", null, texts.Culture.Name);
        // A file that would not be looked at must not seem to have been.
        if (result.GetValue(file) is { } unread && use == FileUse.None)
            return new("call-no-file", null, unread);
        if (result.GetValue(chart) is { } picture && !picture.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
            return new("call-chart", null, picture);
        if (result.GetValue(plot) is { } wanted && wanted != "all" && !plots.Contains(wanted))
            return new("call-plot", null, wanted, string.Join(", ", plots));
        return result.GetValue(report) is { } document && !FindingsReport.Formats.Contains(Path.GetExtension(document).TrimStart('.').ToLowerInvariant())
            ? new("report-format", null, document, string.Join(", ", FindingsReport.Formats)) : null;
    }

    private static void Stamp(Findings findings, string name, DataTable table, bool fileless)
    {
        (string, JsonNode?)[] stamps = [("command", name), ("file", fileless ? null : table.File), ("sha256", table.Sha256), ("software", Software)];
        for (var i = 0; i < stamps.Length; i++)
            findings.Json.Insert(i, stamps[i].Item1, stamps[i].Item2);
    }

    private static async Task<int> DrawAsync(Findings findings, string path, string? plot, CliTexts texts, TextWriter error)
    {
        var chosen = findings.Charts.Where((c, i) => plot == "all" || (plot is null ? i == 0 : c.Name == plot)).ToArray();
        if (chosen.Length == 0)
            return Refuse([new Refusal("chart-none", null, plot ?? "", string.Join(", ", findings.Charts.Select(c => c.Name)))], texts, error);
        foreach (var chart in chosen)
        {
            var target = plot == "all" ? Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}-{chart.Name}.svg") : path;
            if (await SaveAsync(target, Encoding.UTF8.GetBytes(await chart.SvgAsync()), texts, error) is > 0 and var code)
                return code;
        }
        return 0;
    }

    private static async Task<int> ReportAsync(Findings findings, string path, CliTexts texts, TextWriter error, CancellationToken cancel)
    {
        var format = Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
        var rendered = format == "json" ? Encoding.UTF8.GetBytes(findings.Json.ToJsonString(indented)) : await FindingsReport.RenderAsync(findings, format, texts, cancel);
        return rendered.Value is { } bytes ? await SaveAsync(path, bytes, texts, error) : Refuse(rendered.Refusals, texts, error);
    }

    private static async Task<int> SaveAsync(string path, byte[] bytes, CliTexts texts, TextWriter error)
    {
        try
        {
            await File.WriteAllBytesAsync(path, bytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Refuse([new Refusal("report-not-written", null, path, fault.Message)], texts, error);
        }
        // On the error stream, so that --json can be piped on.
        await error.WriteLineAsync(texts["cli.evaluate.written", path, bytes.Length]);
        return 0;
    }
}

/// <summary>Whether a command reads a file.</summary>
internal enum FileUse
{
    Required,
    Optional,
    None,
}
