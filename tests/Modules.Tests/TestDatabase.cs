using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Plumbline.Comparisons;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Issuance;
using Plumbline.Procedures;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests;

/// <summary>A fresh, migrated database of one kind with every module's services on it; gone when disposed.</summary>
/// <remarks>Migrations run once for each kind and process; every further database is a copy of that one.</remarks>
internal sealed class TestDatabase : IAsyncDisposable
{
    public static readonly string? PostgresServer = Environment.GetEnvironmentVariable("PLUMBLINE_TEST_POSTGRES");
    private static readonly string Folder = CreateFolder();
    private static readonly Lazy<Task<string>> SqliteTemplate = new(() => MigrateTemplateAsync("sqlite"));
    private static readonly Lazy<Task<string>> PostgresTemplate = new(() => MigrateTemplateAsync("postgres"));
    // Opening a key file takes a good fraction of a second by design; the platform's own keys are the same for every test.
    private static readonly Lazy<KeyFolder> Keys = new(() => new KeyFolder(new ConfigurationBuilder().AddInMemoryCollection([new("Plumbline:DataDirectory", Path.Combine(Folder, "keys"))]).Build(), NullLogger<KeyFolder>.Instance));
    // PostgreSQL copies a database only while nobody else copies or uses it.
    private static readonly SemaphoreSlim Copying = new(1);

    private readonly ServiceProvider services;
    private bool isSecond;

    private TestDatabase(string connectionString, DateTimeOffset now, string? dataDirectory, params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        ConnectionString = connectionString;
        DataDirectory = dataDirectory ?? Path.Combine(Folder, $"data-{Guid.NewGuid():N}");
        Clock = new TestClock(now);
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Plumbline:DataDirectory", DataDirectory)]).AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider>(Clock)
            .AddDatabase(connectionString)
            .AddInterface()
            .AddRegistry()
            .AddProcedures()
            .AddIssuance()
            .AddComparisons()
            .AddSingleton(Keys.Value)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public string ConnectionString { get; }
    public TestClock Clock { get; }
    /// <summary>Where this database's keys and log lie.</summary>
    public string DataDirectory { get; }

    public static async Task<TestDatabase> CreateAsync(string kind, DateTimeOffset? now = null, params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var template = await (kind == "sqlite" ? SqliteTemplate : PostgresTemplate).Value;
        var database = Describe(kind, now, settings);
        if (kind == "sqlite")
        {
            File.Copy(FileOf(template), FileOf(database.ConnectionString));
            return database;
        }
        await Copying.WaitAsync();
        try
        {
            await ExecuteOnServerAsync($"CREATE DATABASE {NameOf(database.ConnectionString)} TEMPLATE {NameOf(template)}");
        }
        finally
        {
            Copying.Release();
        }
        return database;
    }

    /// <summary>An empty database whose tables come straight from the model instead of from the migrations.</summary>
    public static async Task<TestDatabase> CreateFromModelAsync(string kind)
    {
        var database = Describe(kind, null);
        await using var db = database.Open();
        await db.Database.EnsureCreatedAsync();
        return database;
    }

    /// <summary>Another server on the same database and the same folder, which ends before the first.</summary>
    public static TestDatabase Beside(TestDatabase first) => new(first.ConnectionString, first.Clock.Now, first.DataDirectory) { isSecond = true };

    /// <summary>A unit of work of its own, as an anonymous actor.</summary>
    public PlumblineDb Open() => services.CreateScope().ServiceProvider.GetRequiredService<PlumblineDb>();

    /// <summary>What one request of <paramref name="actor"/> would get: its unit of work and its slices.</summary>
    public TestScope As(Actor actor)
    {
        var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ActorContext>().Actor = actor;
        return new TestScope(scope);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (isSecond)
            return;
        if (DatabaseServices.IsPostgres(ConnectionString))
        {
            await using (var connection = new NpgsqlConnection(ConnectionString))
                NpgsqlConnection.ClearPool(connection);
            await ExecuteOnServerAsync($"DROP DATABASE IF EXISTS {NameOf(ConnectionString)} WITH (FORCE)");
            return;
        }
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(Folder, Path.GetFileName(FileOf(ConnectionString)) + "*"))
            File.Delete(file);
    }

    private static TestDatabase Describe(string kind, DateTimeOffset? now, params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var name = $"t_{Guid.NewGuid():N}";
        var connectionString = kind == "sqlite" ? $"Data Source={Path.Combine(Folder, name)}.db" : $"{PostgresServer};Database={name};Maximum Pool Size=20";
        return new TestDatabase(connectionString, now ?? new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8)), null, settings);
    }

    private static async Task<string> MigrateTemplateAsync(string kind)
    {
        var template = Describe(kind, null);
        await using (var db = template.Open())
        {
            await DatabaseServices.MigrateAsync(db);
            await template.services.PrepareRegistryAsync();
            if (kind == "sqlite")
                await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        return template.ConnectionString;
    }

    private static async Task ExecuteOnServerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{PostgresServer};Database=postgres");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string NameOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Database!;
    private static string FileOf(string connectionString) => new SqliteConnectionStringBuilder(connectionString).DataSource;

    private static string CreateFolder()
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-tests-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}

/// <summary>One request's worth of services.</summary>
internal sealed class TestScope(AsyncServiceScope scope) : IAsyncDisposable
{
    public PlumblineDb Db => Get<PlumblineDb>();
    public IServiceProvider Services => scope.ServiceProvider;

    public T Get<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
