using System.Globalization;
using Microsoft.AspNetCore.Http;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;
using Plumbline.Sheets;

namespace Plumbline.Comparisons;

/// <summary>The tests of all points from one CSV or Excel file: judged whole and row by row before any is kept.</summary>
internal sealed class ImportTests(PlumblineDb db, PrepareTransferStandard prepare, LocalTime time, Texts texts)
{
    public async Task<Outcome<IReadOnlyList<TestReceipt>>> RunAsync(string code, Stream file, string name, Actor actor, CancellationToken cancel)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        if (!actor.IsPilot(comparison))
            return OutcomeKind.Forbidden;
        var read = TestSheet.Read(file, name, comparison);
        if (read.Value is not { } tests)
            return read.Refusals.ToArray();
        var refusals = tests.SelectMany(t => Located(comparison, t)).ToArray();
        if (refusals.Length > 0)
            return refusals;
        // All of them or none.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        var receipts = new List<TestReceipt>();
        foreach (var test in tests)
        {
            var outcome = await prepare.RunAsync(code, test.Request, actor, cancel);
            if (outcome.Value is not { } receipt)
                return outcome.Kind == OutcomeKind.Refused ? outcome.Refusals.ToArray() : outcome.Kind;
            receipts.Add(receipt);
        }
        if (transaction is not null)
            await transaction.CommitAsync(cancel);
        return receipts;
    }

    private static readonly string[] Stages = ["before", "after"], Unnamed = [""];

    // What is wrong with a row is said with the row's number in the file; what is wrong with a whole test, with its first row's.
    private IEnumerable<Refusal> Located(Comparison comparison, TestOfSheet test)
    {
        var request = test.Request;
        var standard = comparison.TransferStandards.SingleOrDefault(s => s.Ordinal == request.Standard);
        var point = comparison.Points.SingleOrDefault(p => p.Ordinal == request.Point);
        PreparationKind? kind = Enum.TryParse<PreparationKind>(request.Kind, out var parsed) && Enum.IsDefined(parsed) ? parsed : null;
        return PreparationRules.Refusals(comparison, standard, point, kind, request, time.Today).Select(r => new Refusal("tests-row", "Tests", test.Numbers[IndexOf(r.Field) ?? 0], texts.Of(r)));
    }

    private static int? IndexOf(string? field) =>
        field?.Split('[', ']') is { Length: > 1 } parts && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    /// <summary>A file as the request's body.</summary>
    internal static async Task<IResult> Post(string code, ImportTests handler, Actor actor, Texts texts, HttpRequest http, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        await http.Body.CopyToAsync(body, cancel);
        body.Position = 0;
        var name = http.Query["name"].ToString() is { Length: > 0 } given ? given : "tests";
        return (await handler.RunAsync(code, body, name, actor, cancel)).ToHttp(texts, r => Results.Json(r, ComparisonsJson.Stored, statusCode: StatusCodes.Status201Created));
    }

    /// <summary>The template: every test that the gate asks for, with a row to begin with.</summary>
    internal static async Task<IResult> GetTemplate(string code, string format, PlumblineDb db, Actor actor, Texts texts, CancellationToken cancel)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.IsPilot(comparison) || format is not ("csv" or "xlsx"))
            return Results.NotFound();
        var rows = from standard in comparison.TransferStandards
                   from point in comparison.Points
                   from kind in EnrolmentGate.Needed(standard)
                   from key in kind == PreparationKind.Transport ? Stages : Unnamed
                   select (IReadOnlyList<SheetCell>)[SheetCell.Of((long)standard.Ordinal), SheetCell.Of((long)point.Ordinal), texts.Of(kind), key, SheetCell.Blank, SheetCell.Blank, SheetCell.Blank];
        var table = new SheetTable(texts["prepare.tests"], [.. Texts.IsEnglish ? TestSheet.HeaderEn : TestSheet.Header], rows);
        return format == "csv"
            ? Results.Stream(output => SheetWriter.WriteCsvAsync(output, table, cancel), SheetWriter.CsvContentType, $"{comparison.Code}-tests.csv")
            : Results.Stream(output => SheetWriter.WriteXlsxAsync(output, [table], cancel), SheetWriter.XlsxContentType, $"{comparison.Code}-tests.xlsx");
    }
}
