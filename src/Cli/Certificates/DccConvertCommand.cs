using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using Plumbline.Certificates;
using Plumbline.Sheets;

namespace Plumbline.Cli;

/// <summary><c>plumbline dcc convert FILE --out x.xml|x.xlsx|x.csv|x.json</c>: older versions to the newest, certificates to tables and back.</summary>
internal static class DccConvertCommand
{
    private static readonly System.Text.Json.JsonSerializerOptions indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] targets = [".xml", ".xlsx", ".csv", ".json"];

    public static Command Create(CliTexts texts)
    {
        var file = new Argument<string>("FILE") { Description = texts["dcc.convert.file"] };
        var target = new Option<string>("--out") { Description = texts["dcc.convert.out"], Required = true };
        var language = DccInput.Language(texts);
        var command = new Command("convert", texts["dcc.convert.summary"]) { file, target, language };
        command.SetAction(async (call, cancel) =>
        {
            var words = CliTexts.For(call.GetValue(language) ?? texts.Culture.Name);
            var error = call.InvocationConfiguration.Error;
            var (from, to) = (call.GetRequiredValue(file), call.GetRequiredValue(target));
            if (!targets.Contains(Path.GetExtension(to).ToLowerInvariant()))
            {
                await error.WriteLineAsync(words["dcc.convert.format", to, string.Join(", ", targets)]);
                return 2;
            }
            var read = Path.GetExtension(from).ToLowerInvariant() is ".xlsx" or ".csv" ? await TablesAsync(from, words, error, cancel) : (await DccInput.ReadAsync(from, words, error, cancel))?.File;
            if (read is null)
                return 1;
            // What is changed is said; what is not understood is kept, and said.
            var changes = Path.GetExtension(to).Equals(".xml", StringComparison.OrdinalIgnoreCase) ? DccModern.Modernise(read.Document) : [];
            DccInput.Tell(from, [.. read.Changes, .. changes, .. read.NotUnderstood], words, error);
            return await WriteAsync(read.Document, to, words, error, cancel) ? 0 : 1;
        });
        return command;
    }

    private static async Task<bool> WriteAsync(DccDocument document, string path, CliTexts words, TextWriter error, CancellationToken cancel)
    {
        using var memory = new MemoryStream();
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".xml":
                return await DccInput.SaveAsync(path, DccWriter.Write(document), words, error, cancel);
            case ".json":
                return await DccInput.SaveAsync(path, Encoding.UTF8.GetBytes(DccJson.Of(document).ToJsonString(indented) + "\n"), words, error, cancel);
            case ".xlsx":
                await SheetWriter.WriteXlsxAsync(memory, [DccTables.Fields(document), DccTables.Results(document)], cancel);
                return await DccInput.SaveAsync(path, memory.ToArray(), words, error, cancel);
            default:
                await SheetWriter.WriteCsvAsync(memory, DccTables.Fields(document), cancel);
                using (var results = new MemoryStream())
                {
                    await SheetWriter.WriteCsvAsync(results, DccTables.Results(document), cancel);
                    return await DccInput.SaveAsync(Part(path, "fields"), memory.ToArray(), words, error, cancel) && await DccInput.SaveAsync(Part(path, "results"), results.ToArray(), words, error, cancel);
                }
        }
    }

    /// <summary>c.csv stands for c.fields.csv and c.results.csv; either of them may be named too.</summary>
    private static string Part(string path, string table)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        foreach (var end in new[] { ".fields", ".results" })
            if (name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
                name = name[..^end.Length];
        return Path.Combine(Path.GetDirectoryName(path) ?? "", $"{name}.{table}.csv");
    }

    private static async Task<DccFile?> TablesAsync(string path, CliTexts words, TextWriter error, CancellationToken cancel)
    {
        var csv = Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase);
        var (first, second) = csv ? (Part(path, "fields"), Part(path, "results")) : (path, path);
        if (await SheetAsync(first, "fields", words, error, cancel) is not { } fields || await SheetAsync(second, "results", words, error, cancel) is not { } results)
            return null;
        if (fields.Sheet is null)
        {
            await error.WriteLineAsync(words["dcc.convert.no-rows", first]);
            return null;
        }
        var reading = DccTableReader.Read(fields.Sheet, results.Sheet);
        DccInput.Tell(path, reading.Findings, words, error);
        return reading.File;
    }

    /// <summary>The table, or none where it has no rows; null after it has been told why it cannot be read.</summary>
    private static async Task<SheetReading?> SheetAsync(string path, string worksheet, CliTexts words, TextWriter error, CancellationToken cancel)
    {
        if (await DccInput.BytesAsync(path, words, error, cancel) is not { } bytes)
            return null;
        var reading = Sheet.Read(new MemoryStream(bytes), Path.GetFileName(path), DccTableReader.Limits, worksheet);
        if (reading.Succeeded || reading.Problems is [{ Code: "sheet.no-rows" }])
            return reading;
        foreach (var problem in reading.Problems)
            await error.WriteLineAsync(SheetsTexts.Describe(problem, words.Culture));
        return null;
    }
}
