using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Comparisons;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Procedures;
using Plumbline.Registry;
using Plumbline.Sheets;

namespace Plumbline.Cli;

/// <summary><c>plumbline audit verify</c> finds the first broken link of the audit trail; <c>plumbline audit export FILE</c> writes it out.</summary>
internal static class Audit
{
    internal static Command Command(CliTexts? spoken = null)
    {
        var texts = spoken ?? CliTexts.For(null);
        var database = new Option<string>("--database") { Description = texts["cli.audit.database"], DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ConnectionStrings__Plumbline") ?? "Data Source=data/plumbline.db" };
        var language = new Option<string?>("--language", "--lang") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");
        var contains = new Option<string?>("--contains") { Description = texts["cli.audit.contains"] };
        var verify = new Command("verify", texts["cli.audit.verify"]) { database, contains, language };
        verify.SetAction((result, cancel) => OpenAsync(result, database, language, (db, words) => VerifyAsync(db, result.GetValue(contains), words, result.InvocationConfiguration.Output, cancel)));

        var file = new Argument<string>("FILE") { Description = texts["cli.audit.file"] };
        var export = new Command("export", texts["cli.audit.export"]) { file, database, language };
        export.SetAction((result, cancel) => OpenAsync(result, database, language, (db, words) => ExportAsync(db, result.GetRequiredValue(file), words, result.InvocationConfiguration.Output, cancel)));
        return new Command("audit", texts["cli.audit.summary"]) { verify, export };
    }

    /// <returns>0 when every link holds, 1 when one does not.</returns>
    private static async Task<int> VerifyAsync(PlumblineDb db, string? expected, CliTexts texts, TextWriter output, CancellationToken cancel)
    {
        var verdict = await new AuditChain(db).VerifyAsync(expected, cancel);
        if (verdict.BrokenAt is { } sequence)
            await output.WriteLineAsync(texts["cli.audit.broken", sequence, texts[$"cli.audit.fault.{verdict.Fault}"], verdict.Entries - 1, verdict.Head]);
        else
            await output.WriteLineAsync(texts["cli.audit.intact", verdict.Entries, verdict.Head]);
        if (verdict is { BrokenAt: null, HasExpected: false })
            await output.WriteLineAsync(texts["cli.audit.cut", expected!]);
        return verdict.IsIntact ? 0 : 1;
    }

    private static async Task<int> ExportAsync(PlumblineDb db, string file, CliTexts texts, TextWriter output, CancellationToken cancel)
    {
        var entries = db.Audit.AsNoTracking().OrderBy(e => e.Sequence);
        var kind = Path.GetExtension(file).ToLowerInvariant();
        if (kind is not (".csv" or ".xlsx" or ".json" or ".ndjson"))
        {
            await output.WriteLineAsync(texts["cli.audit.kind", file]);
            return 2;
        }
        await using var target = File.Create(file);
        if (kind == ".csv")
            await SheetWriter.WriteCsvAsync(target, AuditSearch.Table(entries.AsEnumerable()), cancel);
        else if (kind == ".xlsx")
            await SheetWriter.WriteXlsxAsync(target, [AuditSearch.Table(entries.AsEnumerable())], cancel);
        else
            await AuditSearch.WriteJsonAsync(target, entries.AsAsyncEnumerable(), cancel);
        await output.WriteLineAsync(texts["cli.audit.written", await entries.CountAsync(cancel), file]);
        return 0;
    }

    private static async Task<int> OpenAsync(ParseResult result, Option<string> database, Option<string?> language, Func<PlumblineDb, CliTexts, Task<int>> work)
    {
        var (connection, texts) = (result.GetValue(database)!, CliTexts.For(result.GetValue(language)));
        await using var services = new ServiceCollection().AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddSingleton(TimeProvider.System)
            .AddDatabase(connection).AddInterface().AddRegistry().AddProcedures().AddComparisons().BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlumblineDb>();
        // A SQLite file that is not there would be made, empty and intact.
        if (!db.IsPostgres && !File.Exists(db.Database.GetDbConnection().DataSource))
        {
            await result.InvocationConfiguration.Error.WriteLineAsync(texts["cli.audit.no-database", connection]);
            return 2;
        }
        return await work(db, texts);
    }
}
