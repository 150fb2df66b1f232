using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;
using Plumbline.Sheets;

namespace Plumbline.Comparisons;

/// <summary>What is looked for, as the address of the list carries it.</summary>
internal sealed record ComparisonQuery
{
    public string? Q { get; init; }
    public string? State { get; init; }
    public string? Level { get; init; }
    public string? Field { get; init; }
    public string? Year { get; init; }
    /// <summary>Code of the organiser.</summary>
    public string? Organiser { get; init; }
    /// <summary>recent (default), code, title or due.</summary>
    public string? Sort { get; init; }
    public int? Page { get; init; }

    /// <summary>Nothing but the state, the order and the page is asked for.</summary>
    public bool IsOfAll => string.IsNullOrWhiteSpace(Q) && string.IsNullOrEmpty(Level + Field + Year + Organiser);

    public static readonly IReadOnlyList<string> Sorts = ["recent", "code", "title", "due"];
}

internal sealed record ComparisonRow(string Code, string Title, string? TitleEn, ComparisonLevel Level, MeasurementField Field, string Quantity, string? QuantityEn, ComparisonState State,
    string Organiser, string OrganiserName, string? OrganiserNameEn, string Pilot, string PilotName, string? PilotNameEn,
    DateTimeOffset EnrolmentDue, DateTimeOffset ResultsDue, DateTimeOffset? PublishedAt, int Points, int Participants, bool IsDemonstration, string Undecided)
{
    internal bool IsDecided(string field) => !Undecided.Split(' ').Contains(field);
}

internal sealed record ComparisonList(int Total, int Page, int Pages, IReadOnlyDictionary<ComparisonState, int> States, IReadOnlyList<ComparisonRow> Items)
{
    /// <summary>Years and organisers of all comparisons that the reader may see: what the filters offer.</summary>
    [JsonIgnore] public IReadOnlyList<string> Years { get; init; } = [];
    [JsonIgnore] public IReadOnlyList<(string Code, string Name, string? NameEn)> Organisers { get; init; } = [];
}

/// <summary>Finds the comparisons that the reader may see: announced ones, and those on whose side they are.</summary>
internal sealed class FindComparisons(PlumblineDb db, PublicPages pages)
{
    public const int PageSize = 20;
    public const int MostExported = 10_000;

    public Task<ComparisonList> RunAsync(ComparisonQuery query, Actor actor, CancellationToken cancel, int pageSize = PageSize) => actor.IsSignedIn
        ? ListAsync(query, actor, pageSize, cancel)
        : pages.KeepAsync((query, pageSize), () => ListAsync(query, actor, pageSize, cancel));

    private async Task<ComparisonList> ListAsync(ComparisonQuery query, Actor actor, int pageSize, CancellationToken cancel)
    {
        var visible = Visible(actor);
        var found = Filter(visible, query);
        var choices = await ChoicesAsync(visible, cancel);
        var counts = query.IsOfAll ? choices.GroupBy(c => c.State).ToDictionary(g => g.Key, g => g.Sum(c => c.Count))
            : await found.GroupBy(c => c.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var state = DraftState(query.State);
        if (query.State is { Length: > 0 })
            found = found.Where(c => c.State == state);
        var total = query.State is { Length: > 0 } ? state is { } one ? counts.GetValueOrDefault(one) : 0 : counts.Values.Sum();
        var pages = Math.Max(1, (total + pageSize - 1) / pageSize);
        var page = Math.Clamp(query.Page ?? 1, 1, pages);
        var items = await Rows(Sort(found, query.Sort).Skip((page - 1) * pageSize).Take(pageSize)).ToListAsync(cancel);
        return new(total, page, pages, counts, items)
        {
            Years = [.. choices.Select(c => c.Year).Distinct().OrderDescending()],
            Organisers = [.. choices.DistinctBy(c => c.Organiser).OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => (c.Organiser, c.Name, c.NameEn))],
        };
    }

    private sealed record Choice(ComparisonState State, string Year, string Organiser, string Name, string? NameEn, int Count);

    /// <summary>Everything that the filters offer, in one query: how many there are of each state, year and organiser.</summary>
    private Task<List<Choice>> ChoicesAsync(IQueryable<Comparison> visible, CancellationToken cancel) =>
        (from c in visible
         join o in db.Organisations on c.OrganiserId equals o.Id
         group c by new { c.State, Year = c.Code.Substring(0, 4), o.Code, o.Name, o.NameEn } into g
         select new Choice(g.Key.State, g.Key.Year, g.Key.Code, g.Key.Name, g.Key.NameEn, g.Count())).ToListAsync(cancel);

    private IQueryable<Comparison> Visible(Actor actor)
    {
        var mine = actor.Roles.Select(r => r.OrganisationId).Distinct().ToArray();
        var all = db.Comparisons.AsNoTracking();
        return mine.Length == 0
            ? all.Where(c => c.State != ComparisonState.Draft && c.State != ComparisonState.Proposed && c.State != ComparisonState.Cancelled)
            : all.Where(c => (c.State != ComparisonState.Draft && c.State != ComparisonState.Proposed && c.State != ComparisonState.Cancelled)
                || mine.Contains(c.OrganiserId) || mine.Contains(c.RegulatorId) || mine.Contains(c.PilotId) || c.Participants.Any(p => mine.Contains(p.OrganisationId)));
    }

#pragma warning disable CA1862 // This becomes SQL, which knows lower() and no StringComparison.
    private IQueryable<Comparison> Filter(IQueryable<Comparison> comparisons, ComparisonQuery query)
    {
        var organisations = db.Organisations;
        foreach (var word in (query.Q ?? "").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(8))
        {
            comparisons = comparisons.Where(c => c.Code.ToLower().Contains(word) || c.Title.ToLower().Contains(word) || c.TitleEn!.ToLower().Contains(word)
                || c.Quantity.ToLower().Contains(word) || c.QuantityEn!.ToLower().Contains(word)
                || organisations.Any(o => (o.Id == c.PilotId || o.Id == c.OrganiserId) && (o.Name.ToLower().Contains(word) || o.NameEn!.ToLower().Contains(word))));
        }
        if (query.Level is { Length: > 0 })
            comparisons = Enum.TryParse<ComparisonLevel>(query.Level, out var level) ? comparisons.Where(c => c.Level == level) : comparisons.Where(_ => false);
        if (query.Field is { Length: > 0 })
            comparisons = Enum.TryParse<MeasurementField>(query.Field, out var field) ? comparisons.Where(c => c.Field == field) : comparisons.Where(_ => false);
        if (query.Year is { Length: > 0 } year)
            comparisons = comparisons.Where(c => c.Code.StartsWith(year + "-"));
        if (query.Organiser is { Length: > 0 } organiser)
            comparisons = comparisons.Where(c => organisations.Any(o => o.Id == c.OrganiserId && o.Code == organiser));
        return comparisons;
    }

#pragma warning restore CA1862

    // The code at the end makes every order a full one, so that no row is on two pages.
    private static IQueryable<Comparison> Sort(IQueryable<Comparison> comparisons, string? sort) => sort switch
    {
        "code" => comparisons.OrderBy(c => c.Code),
        "title" => comparisons.OrderBy(c => c.Title).ThenBy(c => c.Code),
        "due" => comparisons.OrderBy(c => c.ResultsDue).ThenBy(c => c.Code),
        _ => comparisons.OrderByDescending(c => c.StateSince).ThenByDescending(c => c.Code),
    };

    private IQueryable<ComparisonRow> Rows(IQueryable<Comparison> comparisons)
    {
        var organisations = db.Organisations;
        return from c in comparisons
               from organiser in organisations.Where(o => o.Id == c.OrganiserId)
               from pilot in organisations.Where(o => o.Id == c.PilotId)
               select new ComparisonRow(c.Code, c.Title, c.TitleEn, c.Level, c.Field, c.Quantity, c.QuantityEn, c.State, organiser.Code, organiser.Name, organiser.NameEn,
                   pilot.Code, pilot.Name, pilot.NameEn, c.EnrolmentDue, c.ResultsDue, c.PublishedAt, c.Points.Count, c.Participants.Count(p => p.State == ParticipantState.Confirmed), c.IsDemonstration, c.Undecided);
    }

    private static ComparisonState? DraftState(string? text) => Enum.TryParse<ComparisonState>(text, out var state) && Enum.IsDefined(state) ? state : null;

    internal static async Task<IResult> Get([AsParameters] ComparisonQuery query, FindComparisons find, Actor actor, CancellationToken cancel) =>
        Results.Json(await find.RunAsync(query, actor, cancel), ComparisonsJson.Stored);

    internal static async Task<IResult> Csv([AsParameters] ComparisonQuery query, FindComparisons find, Actor actor, Texts texts, LocalTime time, CancellationToken cancel)
    {
        var table = await find.TableAsync(query, actor, texts, time, cancel);
        return Results.Stream(output => SheetWriter.WriteCsvAsync(output, table, cancel), SheetWriter.CsvContentType, "comparisons.csv");
    }

    internal static async Task<IResult> Xlsx([AsParameters] ComparisonQuery query, FindComparisons find, Actor actor, Texts texts, LocalTime time, CancellationToken cancel)
    {
        var table = await find.TableAsync(query, actor, texts, time, cancel);
        return Results.Stream(output => SheetWriter.WriteXlsxAsync(output, [table], cancel), SheetWriter.XlsxContentType, "comparisons.xlsx");
    }

    private async Task<SheetTable> TableAsync(ComparisonQuery query, Actor actor, Texts texts, LocalTime time, CancellationToken cancel)
    {
        var list = await RunAsync(query with { Page = 1 }, actor, cancel, MostExported);
        string[] columns = ["comparison.code", "comparison.title", "comparison.level", "comparison.field", "comparison.quantity", "comparison.state", "comparison.organiser", "comparison.pilot", "comparison.enrolment-due", "comparison.results-due", "comparison.points", "comparison.participants"];
        return new(texts["comparisons.title"], [.. columns.Select(c => texts[c])], list.Items.Select(r => (IReadOnlyList<SheetCell>)
        [
            r.Code, Texts.Pick(r.Title, r.TitleEn), r.IsDecided("Level") ? texts.Of(r.Level) : "", r.IsDecided("Field") ? texts.Of(r.Field) : "", Texts.Pick(r.Quantity, r.QuantityEn), texts.Of(r.State), Texts.Pick(r.OrganiserName, r.OrganiserNameEn),
            r.IsDecided("Pilot") ? Texts.Pick(r.PilotName, r.PilotNameEn) : "", r.IsDecided("EnrolmentDue") ? SheetCell.Of(time.Day(r.EnrolmentDue)) : "", r.IsDecided("ResultsDue") ? SheetCell.Of(time.Day(r.ResultsDue)) : "", SheetCell.Of((long)r.Points), SheetCell.Of((long)r.Participants),
        ]));
    }
}
