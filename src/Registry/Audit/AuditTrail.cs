using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plumbline.Database;

namespace Plumbline.Registry;

/// <summary>Writes every change of every record into the audit trail, in the transaction that makes it.</summary>
internal sealed class AuditTrail(ActorContext context, TimeProvider clock) : IChangeRecorder
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public async Task RecordAsync(PlumblineDb db, CancellationToken cancel)
    {
        db.ChangeTracker.DetectChanges();
        var changed = db.ChangeTracker.Entries()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && !e.Metadata.IsOwned() && !IsUnaudited(e.Metadata))
            .Select(entry => (Entry: entry, Changes: Describe(entry)))
            .Where(c => c.Changes is not null)
            .ToArray();
        if (changed.Length == 0)
            return;

        // One writer at a time, or two entries would follow the same one. SQLite's write transaction is already exclusive.
        if (db.IsPostgres)
            await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(7083200)", cancel);
        var entries = db.Set<AuditEntry>();
        var last = await entries.AsNoTracking().OrderByDescending(e => e.Sequence).Select(e => new { e.Sequence, e.Hash }).FirstOrDefaultAsync(cancel);
        var (sequence, previous) = (last?.Sequence ?? 0, last?.Hash ?? AuditEntry.FirstHash);
        var now = ToMicroseconds(clock.GetUtcNow());
        foreach (var (entry, changes) in changed)
        {
            var (subject, id, operation) = (entry.Metadata.GetTableName()!, KeyOf(entry), Operation(entry.State));
            sequence++;
            var hash = AuditEntry.HashOf(previous, sequence, now, context.Actor.PersonId, context.Actor.Name, context.Address, context.Action, subject, id, operation, changes!);
            entries.Add(new AuditEntry
            {
                Sequence = sequence, At = now, PersonId = context.Actor.PersonId, PersonName = context.Actor.Name, Address = context.Address, Action = context.Action,
                Subject = subject, SubjectId = id, Operation = operation, Changes = changes!, PreviousHash = previous, Hash = hash,
            });
            previous = hash;
        }
    }

    private static string? Describe(EntityEntry entry)
    {
        var changes = new SortedDictionary<string, string?[]>(StringComparer.Ordinal);
        foreach (var property in entry.Properties.Where(p => !p.Metadata.IsPrimaryKey()))
        {
            var secrecy = property.Metadata.FindAnnotation(AuditModel.Annotation)?.Value as string;
            if (secrecy == AuditModel.Ignored || (entry.State == EntityState.Modified && (!property.IsModified || Equals(property.OriginalValue, property.CurrentValue))))
                continue;
            changes[property.Metadata.Name] =
            [
                entry.State == EntityState.Added ? null : Show(property.OriginalValue, secrecy),
                entry.State == EntityState.Deleted ? null : Show(property.CurrentValue, secrecy),
            ];
        }
        return entry.State == EntityState.Modified && changes.Count == 0 ? null : JsonSerializer.Serialize(changes, Json);
    }

    private static string? Show(object? value, string? secrecy) => (value, secrecy) switch
    {
        (null, _) => null,
        (_, AuditModel.Hidden) => "•••",
        (DateTimeOffset at, _) => at.UtcDateTime.ToString("o"),
        (byte[] bytes, _) => $"{bytes.Length} bytes",
        _ => value.ToString(),
    };

    private static bool IsUnaudited(IReadOnlyTypeBase type) => type.FindAnnotation(AuditModel.Annotation)?.Value as string == AuditModel.Ignored;

    private static string KeyOf(EntityEntry entry) =>
        string.Join('/', entry.Metadata.FindPrimaryKey()!.Properties.Select(p => entry.Property(p.Name).CurrentValue switch
        {
            byte[] bytes => Convert.ToHexStringLower(bytes),
            var value => value?.ToString(),
        }));

    private static string Operation(EntityState state) => state switch
    {
        EntityState.Added => "insert",
        EntityState.Modified => "update",
        _ => "delete",
    };

    // PostgreSQL keeps microseconds; the hash must be of what comes back.
    private static DateTimeOffset ToMicroseconds(DateTimeOffset at) => new(at.UtcTicks / 10 * 10, TimeSpan.Zero);
}

/// <summary>What the audit trail may show of a column: its administrators do not read business content, and nobody reads secrets.</summary>
public static class AuditModel
{
    internal const string Annotation = "Plumbline:Audit";
    internal const string Hidden = "hidden";
    internal const string Ignored = "ignored";

    /// <summary>Records that the column changed, never its content: passwords, keys, sealed results.</summary>
    public static PropertyBuilder<T> AuditHidden<T>(this PropertyBuilder<T> property) => property.HasAnnotation(Annotation, Hidden);

    /// <summary>Does not record changes of the column: time last seen, counters.</summary>
    public static PropertyBuilder<T> AuditIgnored<T>(this PropertyBuilder<T> property) => property.HasAnnotation(Annotation, Ignored);

    /// <summary>Does not record the table: the audit trail itself, outboxes, notices.</summary>
    public static EntityTypeBuilder<T> AuditIgnored<T>(this EntityTypeBuilder<T> entity) where T : class => entity.HasAnnotation(Annotation, Ignored);
}
