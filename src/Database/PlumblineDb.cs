using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Plumbline.Database;

/// <summary>What one module adds to the model: its tables, keys and indexes.</summary>
public interface IModelPart
{
    void Configure(ModelBuilder model);
}

/// <summary>Writes down, in the same transaction, what a unit of work is about to change.</summary>
public interface IChangeRecorder
{
    /// <summary>Adds the record of the pending changes to <paramref name="db"/>. Called inside the transaction that will save them.</summary>
    Task RecordAsync(PlumblineDb db, CancellationToken cancel);
}

/// <summary>One unit of work over every module's tables. It knows no table itself: each module brings a part.</summary>
public sealed class PlumblineDb(DbContextOptions<PlumblineDb> options, IEnumerable<IModelPart> parts, IChangeRecorder? recorder = null)
    : DbContext(options)
{
    public bool IsPostgres => Database.ProviderName!.Contains("Npgsql", StringComparison.Ordinal);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var part in parts)
            part.Configure(modelBuilder);
    }

    // SQLite cannot compare a DateTimeOffset in SQL and PostgreSQL takes no offset but zero; a UTC DateTime suits both.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcInstant>();

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (recorder is null || !ChangeTracker.HasChanges())
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (Database.CurrentTransaction is not null)
            return await RecordAndSaveAsync(acceptAllChangesOnSuccess, cancellationToken);
        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        var rows = await RecordAndSaveAsync(acceptAllChangesOnSuccess, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        recorder is null
            ? base.SaveChanges(acceptAllChangesOnSuccess)
            : throw new NotSupportedException("Save asynchronously: a change is recorded before it is saved.");

    private async Task<int> RecordAndSaveAsync(bool acceptAllChangesOnSuccess, CancellationToken cancel)
    {
        await recorder!.RecordAsync(this, cancel);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancel);
    }

    private sealed class UtcInstant() : ValueConverter<DateTimeOffset, DateTime>(
        at => at.UtcDateTime,
        utc => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)));
}
