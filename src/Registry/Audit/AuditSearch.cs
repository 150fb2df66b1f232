using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Sheets;

namespace Plumbline.Registry;

/// <summary>What the audit administrator looks for; every part may be empty. Days are days of the place.</summary>
public sealed record AuditSearch(string? Person = null, string? From = null, string? To = null, string? Subject = null, string? Record = null, string? Action = null)
{
    // An .xlsx ends at 1 048 576 rows.
    private const int MaxExported = 1_000_000;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public IQueryable<AuditEntry> In(PlumblineDb db, LocalTime time)
    {
        IQueryable<AuditEntry> entries = db.Audit.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(Person))
            entries = Guid.TryParse(Person, out var id) ? entries.Where(e => e.PersonId == id) : entries.Where(e => e.PersonName.Contains(Person.Trim()));
        if (ReadDay(From) is { } from)
        {
            var start = time.StartOf(from);
            entries = entries.Where(e => e.At >= start);
        }
        if (ReadDay(To) is { } to)
        {
            var end = time.StartOf(to.AddDays(1));
            entries = entries.Where(e => e.At < end);
        }
        if (!string.IsNullOrWhiteSpace(Subject))
            entries = entries.Where(e => e.Subject == Subject.Trim());
        if (!string.IsNullOrWhiteSpace(Record))
            entries = entries.Where(e => e.SubjectId == Record.Trim());
        if (!string.IsNullOrWhiteSpace(Action))
            entries = entries.Where(e => e.Action != null && e.Action.Contains(Action.Trim()));
        return entries;
    }

    /// <summary>The days that cannot be read.</summary>
    public IEnumerable<Refusal> Refusals()
    {
        foreach (var (field, text) in new[] { ("from", From), ("to", To) })
        {
            if (!string.IsNullOrWhiteSpace(text) && ReadDay(text) is null)
                yield return new("audit-day", field, text);
        }
    }

    public static SheetTable Table(IEnumerable<AuditEntry> entries) => new SheetTable("audit",
        ["sequence", "at (UTC)", "person", "person id", "address", "action", "table", "record", "operation", "changes", "previous hash", "hash"],
        entries.Select(e => (IReadOnlyList<SheetCell>)
            [SheetCell.Of(e.Sequence), e.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture), e.PersonName, e.PersonId?.ToString(), e.Address, e.Action, e.Subject, e.SubjectId,
                e.Operation, e.Changes.Length > 30_000 ? e.Changes[..30_000] + "…" : e.Changes, e.PreviousHash, e.Hash]));

    /// <summary>One JSON object a line, oldest first: what another program needs to recompute every hash.</summary>
    public static async Task WriteJsonAsync(Stream output, IAsyncEnumerable<AuditEntry> entries, CancellationToken cancel)
    {
        await foreach (var entry in entries.WithCancellation(cancel))
        {
            await JsonSerializer.SerializeAsync(output, entry, Json, cancel);
            await output.WriteAsync("\n"u8.ToArray(), cancel);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/administration/audit/export.{format}", Export).RequireAuthorization(Access.AuditAdministrator).ExcludeFromDescription();

    private static IResult Export(string format, PlumblineDb db, LocalTime time, Texts texts, HttpContext http, string? person, string? from, string? to, string? subject, string? record, string? action)
    {
        var search = new AuditSearch(person, from, to, subject, record, action);
        var refusals = search.Refusals().ToArray();
        if (refusals.Length > 0)
            return ProblemResults.Problem(texts, StatusCodes.Status400BadRequest, refusals);
        var found = search.In(db, time).OrderBy(e => e.Sequence).Take(MaxExported);
        return format == "json"
            ? Results.Stream(stream => WriteJsonAsync(stream, found.AsAsyncEnumerable(), http.RequestAborted), "application/x-ndjson", "audit.ndjson")
            : SheetAnswer.For(format, "audit", Table(found.AsEnumerable()));
    }

    private static DateOnly? ReadDay(string? text) => DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
