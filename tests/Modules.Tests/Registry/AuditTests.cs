using Microsoft.EntityFrameworkCore;
using Plumbline.Cli;
using Plumbline.Database;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

public class AuditTests
{
    [Theory, EachDatabase]
    public async Task A_chain_that_nobody_touched_is_intact(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await AddAsync(database, 5);
        var verdict = await VerifyAsync(database);
        Assert.True(verdict.IsIntact);
        Assert.True(verdict.Entries >= 5);
        Assert.True((await VerifyAsync(database, verdict.Head)).IsIntact);
        Assert.False((await VerifyAsync(database, new string('a', 64))).IsIntact);
    }

    [Theory, EachDatabase]
    public async Task The_database_refuses_to_change_the_trail(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await AddAsync(database, 1);
        await using var db = database.Open();
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync("UPDATE audit SET \"PersonName\" = 'x'"));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync("DELETE FROM audit"));
    }

    public static TheoryData<string, string, string, AuditFault, int> Tamperings
    {
        get
        {
            var data = new TheoryData<string, string, string, AuditFault, int>();
            foreach (var row in new EachDatabaseAttribute().GetData(typeof(AuditTests).GetMethods()[0], new()).AsTask().GetAwaiter().GetResult())
            {
                var kind = (string)row.GetData()[0]!;
                void Add(string what, string sql, AuditFault fault, int at) => data.Add(new TheoryDataRow<string, string, string, AuditFault, int>(kind, what, sql, fault, at) { Skip = row.Skip });
                Add("a value changed", "UPDATE audit SET \"Changes\" = '{}' WHERE \"Sequence\" = {0}", AuditFault.Content, 0);
                Add("the person changed", "UPDATE audit SET \"PersonName\" = 'somebody else' WHERE \"Sequence\" = {0}", AuditFault.Content, 0);
                Add("the time changed", "UPDATE audit SET \"At\" = '2020-01-01 00:00:00' WHERE \"Sequence\" = {0}", AuditFault.Content, 0);
                Add("an entry deleted", "DELETE FROM audit WHERE \"Sequence\" = {0}", AuditFault.Sequence, 1);
                Add("an entry deleted and the rest renumbered", "DELETE FROM audit WHERE \"Sequence\" = {0}; UPDATE audit SET \"Sequence\" = \"Sequence\" + 999000 WHERE \"Sequence\" > {0}; UPDATE audit SET \"Sequence\" = \"Sequence\" - 999001 WHERE \"Sequence\" > 999000", AuditFault.Link, 0);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Tamperings))]
    public async Task Tampering_behind_the_triggers_is_found_where_it_happened(string kind, string what, string sql, AuditFault fault, int after)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await AddAsync(database, 9);
        await using var db = database.Open();
        var victim = await db.Audit.MaxAsync(e => e.Sequence) - 4;
        await db.Database.ExecuteSqlRawAsync(db.IsPostgres
            ? "ALTER TABLE audit DISABLE TRIGGER USER"
            : "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete");
        await db.Database.ExecuteSqlRawAsync(sql.Replace("{0}", victim.ToString(), StringComparison.Ordinal).Replace("{}", "{{}}", StringComparison.Ordinal));
        var verdict = await VerifyAsync(database);
        Assert.True((victim + after, fault) == (verdict.BrokenAt, verdict.Fault), $"{what}: {verdict}");
    }

    [Theory, EachDatabase]
    public async Task Writers_at_the_same_time_make_one_unbroken_chain(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var before = (await VerifyAsync(database)).Entries;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() => AddAsync(database, 25, $"W{writer}"))));
        var verdict = await VerifyAsync(database);
        Assert.True(verdict.IsIntact, verdict.ToString());
        Assert.Equal(before + 100, verdict.Entries);
    }

    [Theory, EachDatabase]
    public async Task A_search_finds_by_person_day_table_record_and_action(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var organisation = await database.AddOrganisationAsync("FIND", OrganisationKind.Other);
        await using var scope = database.As(new Actor(Guid.CreateVersion7(), "李审计", AdministratorDuty.None, []));
        (scope.Get<ActorContext>().Address, scope.Get<ActorContext>().Action) = ("192.0.2.7", "POST /organisations/FIND");
        var found = await scope.Db.Organisations.SingleAsync(o => o.Id == organisation.Id);
        found.Name = "新名称";
        await scope.Db.SaveChangesAsync();
        var time = scope.Get<Plumbline.Interface.LocalTime>();
        Task<int> Count(AuditSearch search) => search.In(scope.Db, time).CountAsync();
        Assert.Equal(1, await Count(new(Person: "李审")));
        Assert.Equal(2, await Count(new(Subject: "organisation", Record: organisation.Id.ToString())));
        Assert.Equal(1, await Count(new(Action: "/organisations/FIND")));
        Assert.Equal(0, await Count(new(Person: "李审", From: "2026-03-03")));
        Assert.Equal(1, await Count(new(Person: "李审", From: "2026-03-02", To: "2026-03-02")));
        var entry = await new AuditSearch(Person: "李审").In(scope.Db, time).SingleAsync();
        Assert.Contains("\"Name\":[\"示例机构FIND\",\"新名称\"]", entry.Changes, StringComparison.Ordinal);
        Assert.Equal("192.0.2.7", entry.Address);
    }

    [Theory, EachDatabase]
    public async Task The_command_line_verifies_and_exports(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await AddAsync(database, 3);
        using var output = new StringWriter();
        async Task<int> Run(params string[] args) => await Audit.Command().Parse(args).InvokeAsync(new() { Output = output, Error = output });
        Assert.Equal(0, await Run("verify", "--database", database.ConnectionString, "--language", "en"));
        Assert.Contains($"chain intact, head hash {(await VerifyAsync(database)).Head}", output.ToString(), StringComparison.Ordinal);
        foreach (var extension in new[] { "csv", "xlsx", "json" })
        {
            var file = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.{extension}");
            Assert.Equal(0, await Run("export", file, "--database", database.ConnectionString, "--language", "en"));
            Assert.True(new FileInfo(file).Length > 500);
            File.Delete(file);
        }
        Assert.Equal(2, await Run("verify", "--database", "Data Source=/no/such/file.db"));
    }

    private static async Task AddAsync(TestDatabase database, int count, string prefix = "C")
    {
        for (var i = 0; i < count; i++)
            await database.AddOrganisationAsync($"{prefix}{i}", OrganisationKind.Other);
    }

    private static async Task<AuditVerdict> VerifyAsync(TestDatabase database, string? expected = null)
    {
        await using var db = database.Open();
        return await new AuditChain(db).VerifyAsync(expected);
    }
}
