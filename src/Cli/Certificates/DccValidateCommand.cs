using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline dcc validate FILE…</c>: every finding in every layer at once. Exit code 0 good, 1 an error found, 2 wrong call, 3 nothing wrong but something could not be judged.</summary>
internal static class DccValidateCommand
{
    public static Command Create(CliTexts texts)
    {
        var files = new Argument<string[]>("FILE") { Description = texts["dcc.validate.file"], Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = texts["cli.json"] };
        var schemas = new Option<string?>("--schemas") { Description = texts["dcc.schemas.option"] };
        var today = new Option<string?>("--today") { Description = texts["dcc.validate.today"] };
        var standards = new Option<string?>("--standards") { Description = texts["dcc.validate.standards"] };
        var capabilities = new Option<string?>("--capabilities") { Description = texts["dcc.validate.capabilities"] };
        var largest = new Option<long>("--largest") { Description = texts["dcc.validate.largest"], DefaultValueFactory = _ => 64 };
        var trust = new Option<string[]>("--trust") { Description = texts["dcc.verify.trust"] };
        var language = new Option<string?>("--lang", "--language") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("validate", texts["dcc.validate.summary"]) { files, json, schemas, today, standards, capabilities, largest, trust, language };
        command.SetAction(async (call, cancel) =>
        {
            var words = CliTexts.For(call.GetValue(language) ?? texts.Culture.Name);
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            if (InputFile.Certificates(call.GetValue(trust) ?? [], words, error) is not { } anchors)
                return 2;
            var trusted = new SignatureTrust(anchors, TimeProvider.System.GetUtcNow());
            ValidationOptions options;
            try
            {
                options = new()
                {
                    Schemas = new(call.GetValue(schemas) ?? DccSchemasCommand.DefaultFolder),
                    LargestFile = Math.Clamp(call.GetValue(largest), 1, 1024) << 20,
                    Today = call.GetValue(today) is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime),
                    Signature = bytes => XmlSignature.Verify(bytes, trusted).Findings,
                    Standards = call.GetValue(standards) is { } s ? ValidationTables.Standards(await File.ReadAllTextAsync(s, cancel)) : [],
                    Capabilities = call.GetValue(capabilities) is { } c ? ValidationTables.Capabilities(await File.ReadAllTextAsync(c, cancel)) : [],
                };
            }
            catch (Exception wrong) when (wrong is FormatException or IOException or UnauthorizedAccessException)
            {
                await error.WriteLineAsync(wrong.Message);
                return 2;
            }
            var (worst, all) = (0, new JsonArray());
            foreach (var file in call.GetRequiredValue(files))
            {
                byte[] bytes;
                try
                {
                    bytes = await Bytes(file, options.LargestFile, cancel);
                }
                catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
                {
                    await error.WriteLineAsync(words["dcc.unreadable", file, unreadable.Message]);
                    worst = 2;
                    continue;
                }
                var report = DccValidator.Validate(bytes, options);
                worst = Worse(worst, report.IsGood ? report.IsUnsupported ? 3 : 0 : 1);
                if (call.GetValue(json))
                    all.Add(Json(file, report, words.Culture));
                else
                    await WriteAsync(output, file, report, words);
            }
            if (call.GetValue(json))
                await output.WriteLineAsync(all.ToJsonString(new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
            return worst;
        });
        return command;
    }

    /// <summary>Of several files a wrong call weighs most, then an error, then what could not be judged.</summary>
    private static int Worse(int a, int b)
    {
        int[] order = [0, 3, 1, 2];
        return Array.IndexOf(order, a) >= Array.IndexOf(order, b) ? a : b;
    }

    /// <summary>One byte more than allowed is enough to refuse a file for its size.</summary>
    private static async Task<byte[]> Bytes(string file, long largest, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(file);
        var bytes = new byte[Math.Min(stream.Length, largest + 1)];
        await stream.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }

    private static async Task WriteAsync(TextWriter output, string file, ValidationReport report, CliTexts words)
    {
        await output.WriteLineAsync($"{file}{(report.Version is { } version ? $"  DCC {version}" : "")}");
        foreach (var (layer, verdict) in report.Verdicts)
        {
            if (verdict == LayerVerdict.NotRun && report.Findings.All(f => f.Layer != layer))
                continue;
            await output.WriteLineAsync($"  {CertificatesTexts.Get(words.Culture, $"FindingLayer.{layer}")}: {CertificatesTexts.Get(words.Culture, $"LayerVerdict.{verdict}")}");
            foreach (var finding in report.Findings.Where(f => f.Layer == layer))
                await output.WriteLineAsync($"    {CertificatesTexts.Get(words.Culture, $"FindingSeverity.{finding.Severity}")} {finding.Rule}  {(finding.Line > 0 ? words["dcc.line", finding.Line] + " " : "")}{finding.Path}\n      {CertificatesTexts.Describe(finding, words.Culture).TrimEnd()}");
        }
        await output.WriteLineAsync($"  {words[report.IsGood ? report.IsUnsupported ? "dcc.validate.unsupported" : "dcc.validate.good" : "dcc.validate.bad", report.Findings.Count(f => f.Severity == FindingSeverity.Error), report.Findings.Count(f => f.Severity == FindingSeverity.Warning)]}");
    }

    private static JsonObject Json(string file, ValidationReport report, CultureInfo culture) => new()
    {
        ["file"] = file,
        ["version"] = report.Version,
        ["good"] = report.IsGood,
        ["layers"] = new JsonObject(report.Verdicts.Select(v => KeyValuePair.Create(v.Key.ToString(), (JsonNode?)v.Value.ToString()))),
        ["findings"] = new JsonArray([.. report.Findings.Select(f => (JsonNode)new JsonObject
        {
            ["layer"] = f.Layer.ToString(), ["severity"] = f.Severity.ToString(), ["rule"] = f.Rule, ["path"] = f.Path, ["line"] = f.Line, ["value"] = f.Value, ["expected"] = f.Expected, ["text"] = CertificatesTexts.Describe(f, culture).TrimEnd(),
        })]),
    };
}
