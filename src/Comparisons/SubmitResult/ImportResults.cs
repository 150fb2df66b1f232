using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;
using Plumbline.Sheets;

namespace Plumbline.Comparisons;

/// <summary>What a file says: a package that may be handed in, or everything that is wrong, row by row. Never both.</summary>
public sealed record ImportedPackage(SubmitResultRequest Request, CheckedPackage? Checked, IReadOnlyList<RowProblem> Problems, IReadOnlyList<RowProblem> Notices);

/// <summary>Results from a CSV or Excel file: read and judged whole before anything is stored, so that a bad row leaves nothing behind.</summary>
public sealed class ImportResults(PlumblineDb db, SubmitResult submit, Texts texts)
{
    private static readonly string[] BudgetColumns = ["Point", "TransferStandard", "Source", "Type", "Distribution", "Contribution", "DegreesOfFreedom"];

    /// <param name="said">What is said beside the figures: method, conditions, reason of a correction.</param>
    public async Task<Outcome<ImportedPackage>> CheckAsync(string code, byte[] file, string name, byte[]? budget, string? budgetName, SubmitResultRequest said, Actor actor, CancellationToken cancel = default)
    {
        if (await FindAsync(code, said.Laboratory, actor, cancel) is not { Accepted: true, Value: var (comparison, participant) } found)
            return await RefusedAsync(code, said.Laboratory, actor, cancel);
        var organisation = await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == participant.OrganisationId, cancel);
        string?[] names = [participant.LaboratoryCode, organisation.Code, organisation.Name, organisation.NameEn];
        var reader = new ResultFileReader(comparison.Unit, [.. names.OfType<string>()], texts);
        reader.Read(file, name, budget, budgetName);
        var request = said with { Points = reader.Points };
        if (reader.Problems.Count > 0)
            return new ImportedPackage(request, null, reader.Problems, reader.Notices);
        var check = await submit.CheckAsync(code, request, actor, "file", cancel);
        return check.Kind is OutcomeKind.Accepted or OutcomeKind.Refused
            ? new ImportedPackage(request, check.Value, [.. check.Refusals.Select(reader.Locate)], reader.Notices)
            : check.Kind;
    }

    /// <summary>The template: what this laboratory owes, with every figure still blank.</summary>
    public async Task<Outcome<(string Name, IReadOnlyList<SheetTable> Tables)>> TemplateAsync(string code, string? laboratory, Actor actor, CancellationToken cancel = default)
    {
        var found = await FindAsync(code, laboratory, actor, cancel);
        if (!found.Accepted)
            return found.Kind == OutcomeKind.Refused ? found.Refusals.ToArray() : found.Kind;
        var (comparison, participant) = found.Value;
        var slots = comparison.SlotsOf(participant);
        var several = slots.Any(s => s.Standard is not null);
        string[] keys = ["Laboratory", "Point", "Label", "Nominal", .. several ? new[] { "TransferStandard" } : [], "Unit", "Value", "Uncertainty", "StandardUncertainty", "CoverageFactor", "CoverageProbability", "DegreesOfFreedom", "MeasuredOn"];
        var rows = slots.Select(slot => (IReadOnlyList<SheetCell>)[.. keys.Select(key => key switch
        {
            "Laboratory" => SheetCell.Of(participant.LaboratoryCode),
            "Point" => SheetCell.Of((long)slot.Point.Ordinal),
            "Label" => SheetCell.Of(Texts.Pick(slot.Point.Label, slot.Point.LabelEn)),
            "Nominal" => SheetCell.Typed(slot.Point.NominalText),
            "TransferStandard" => slot.Standard is { } s ? SheetCell.Of((long)s.Ordinal) : SheetCell.Blank,
            "Unit" => SheetCell.Of(comparison.Unit),
            _ => SheetCell.Blank,
        })]);
        return ($"{comparison.Code}-{participant.LaboratoryCode}", (IReadOnlyList<SheetTable>)
        [
            new SheetTable(ResultFile.ResultsSheets[Texts.IsEnglish ? 1 : 0], [.. keys.Select(ResultFile.Header)], rows),
            new SheetTable(ResultFile.BudgetSheets[Texts.IsEnglish ? 1 : 0], [.. BudgetColumns.Where(k => several || k != "TransferStandard").Select(ResultFile.Header)], []),
        ]);
    }

    private async Task<Outcome<(Comparison Comparison, Participant Participant)>> FindAsync(string code, string? laboratory, Actor actor, CancellationToken cancel)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        var own = actor.ParticipationsOf(comparison).ToArray();
        if (own.Length == 0)
            return OutcomeKind.Forbidden;
        return (own.Length == 1 ? own[0] : own.FirstOrDefault(p => p.LaboratoryCode == laboratory)) is { } participant
            ? (comparison, participant)
            : new Refusal("results-laboratory-missing", "Laboratory", string.Join("、", own.Select(p => p.LaboratoryCode)));
    }

    private async Task<Outcome<ImportedPackage>> RefusedAsync(string code, string? laboratory, Actor actor, CancellationToken cancel)
    {
        var found = await FindAsync(code, laboratory, actor, cancel);
        return found.Kind == OutcomeKind.Refused ? found.Refusals.ToArray() : found.Kind;
    }

    internal static async Task<IResult> GetTemplate(string code, string format, ImportResults handler, Actor actor, Texts texts, HttpRequest http, CancellationToken cancel)
    {
        var outcome = await handler.TemplateAsync(code, http.Query["laboratory"], actor, cancel);
        return outcome.ToHttp(texts, template => format switch
        {
            "csv" => Results.Stream(body => SheetWriter.WriteCsvAsync(body, template.Tables[0], cancel), SheetWriter.CsvContentType, $"{template.Name}.csv"),
            "budget.csv" => Results.Stream(body => SheetWriter.WriteCsvAsync(body, template.Tables[1], cancel), SheetWriter.CsvContentType, $"{template.Name}-budget.csv"),
            "xlsx" => Results.Stream(body => SheetWriter.WriteXlsxAsync(body, template.Tables, cancel), SheetWriter.XlsxContentType, $"{template.Name}.xlsx"),
            _ => Results.NotFound(),
        });
    }

    /// <summary>A file as the request's body: judged with <c>?check=true</c>, otherwise handed in when nothing is wrong.</summary>
    internal static async Task<IResult> Post(string code, ImportResults handler, SubmitResult submit, Actor actor, Texts texts, HttpRequest http, CancellationToken cancel)
    {
        var query = http.Query;
        using var body = new MemoryStream();
        await http.Body.CopyToAsync(body, cancel);
        var said = new SubmitResultRequest
        {
            Laboratory = query["laboratory"], Method = query["method"], Conditions = query["conditions"], Instrument = query["instrument"], InstrumentTraceability = query["instrumentTraceability"],
            ReasonForChange = query["reasonForChange"], ConfirmOutsideLimits = query["confirmOutsideLimits"] == "true", ConfirmBudget = query["confirmBudget"] == "true",
        };
        var outcome = await handler.CheckAsync(code, body.ToArray(), query["name"].ToString() is { Length: > 0 } name ? name : "results", null, null, said, actor, cancel);
        if (!outcome.Accepted || outcome.Value!.Problems.Count > 0)
            return outcome.Accepted ? Refuse(texts, outcome.Value!.Problems) : outcome.ToHttp(texts);
        if (query["check"] == "true")
            return Results.Ok(new { outcome.Value.Request.Points, outcome.Value.Notices });
        return (await submit.RunAsync(code, outcome.Value.Request, actor, "file", cancel)).ToHttp(texts, receipt => Results.Created(new Uri($"/api{receipt.Address}", UriKind.Relative), receipt));
    }

    private static IResult Refuse(Texts texts, IReadOnlyList<RowProblem> problems)
    {
        var document = ProblemResults.Describe(texts, StatusCodes.Status422UnprocessableEntity, []);
        document.Extensions["refusals"] = problems;
        return Results.Problem(document);
    }
}
