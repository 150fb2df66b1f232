using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Plumbline.Database;

public static class DatabaseServices
{
    /// <summary>Registers <see cref="PlumblineDb"/> on PostgreSQL when the connection string names a host, else on a SQLite file.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, string connectionString) =>
        services.AddDbContext<PlumblineDb>(options => options.UsePlumbline(connectionString));

    /// <summary>Brings the schema up to date. On SQLite it also turns on write-ahead logging, so that readers never wait for a writer.</summary>
    public static async Task MigrateAsync(this PlumblineDb db, CancellationToken cancel = default)
    {
        await db.Database.MigrateAsync(cancel);
        if (!db.IsPostgres)
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;", cancel);
    }

    public static bool IsPostgres(string connectionString) => connectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    internal static DbContextOptionsBuilder UsePlumbline(this DbContextOptionsBuilder options, string connectionString)
    {
        options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
        return IsPostgres(connectionString)
            ? options.UseNpgsql(Prepared(connectionString))
            : options.UseSqlite(new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true, DefaultTimeout = 30 }.ToString());
    }

    // The server keeps the plans of what is asked often; a pooler that does not bear this says so with "Max Auto Prepare=0".
    private static string Prepared(string connectionString)
    {
        if (connectionString.Contains("Max Auto Prepare", StringComparison.OrdinalIgnoreCase))
            return connectionString;
        return new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 200, AutoPrepareMinUsages = 3 }.ToString();
    }
}
