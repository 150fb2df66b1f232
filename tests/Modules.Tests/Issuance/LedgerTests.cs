using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Issuance;
using Plumbline.Registry;
using static Plumbline.Modules.Tests.Issuance.IssuingCast;

namespace Plumbline.Modules.Tests.Issuance;

public class LedgerTests
{
    [Theory, EachDatabase]
    public async Task A_crash_between_log_and_database_loses_nothing_and_tells_nothing_twice(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        var first = await cast.IssueAsync();
        // The log has them, the database has not heard of it: as after a server that died in between.
        await using (var db = database.Open())
        {
            await db.LogEntries.Where(e => e.LeafIndex >= 2).ExecuteUpdateAsync(set => set.SetProperty(e => e.LeafIndex, (long?)null).SetProperty(e => e.LoggedAt, (DateTimeOffset?)null));
            await db.IssuedCertificates.ExecuteUpdateAsync(set => set.SetProperty(c => c.Seal, (string?)null));
        }
        long size;
        await using (var scope = database.As(Actor.System))
        {
            size = await scope.Get<LogHost>().SizeAsync();
            await scope.Get<Ledger>().PublishAsync();
            Assert.Equal(size, await scope.Get<LogHost>().SizeAsync());
        }
        await using var after = database.Open();
        Assert.Equal(Enumerable.Range(0, (int)size).Select(i => (long?)i), await after.LogEntries.OrderBy(e => e.LeafIndex).Select(e => e.LeafIndex).ToListAsync());
        Assert.Equal(first.LeafIndex, SealCodec.Read((await after.IssuedCertificates.SingleAsync()).Seal!).Value!.Seal.LeafIndex);
    }

    [Theory, EachDatabase]
    public async Task Entries_of_a_transaction_of_the_callers_follow_after_its_end(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        await using var scope = database.As(cast.Signatory);
        IssueReceipt receipt;
        await using (var transaction = await scope.Db.Database.BeginTransactionAsync())
        {
            receipt = Accept(await scope.Get<IssueCertificate>().RunAsync(cast.Request(), cast.Signatory));
            Assert.Null(receipt.LeafIndex);
            await transaction.CommitAsync();
        }
        await using var job = database.As(Actor.System);
        await new PublishJob().RunAsync(job.Services, default);
        Assert.NotNull((await job.Db.IssuedCertificates.SingleAsync(c => c.Code == receipt.Code)).Seal);
    }

    [Theory, EachDatabase]
    public async Task What_was_rolled_back_never_reaches_the_log(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        await using (var scope = database.As(cast.Signatory))
        {
            await using var transaction = await scope.Db.Database.BeginTransactionAsync();
            Accept(await scope.Get<IssueCertificate>().RunAsync(cast.Request(), cast.Signatory));
        }
        await using var job = database.As(Actor.System);
        var size = await job.Get<LogHost>().SizeAsync();
        await job.Get<Ledger>().PublishAsync();
        Assert.Equal(size, await job.Get<LogHost>().SizeAsync());
        Assert.Empty(await job.Db.IssuedCertificates.ToListAsync());
    }

    [Theory, EachDatabase]
    public async Task The_log_is_a_whole_history_by_its_own_rules(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        var certificate = await cast.IssueAsync();
        await using (var scope = database.As(cast.Officer))
            Accept(await scope.Get<ChangeCertificate>().RunAsync(certificate.Code, new() { Change = CertificateChange.Revoke, Reason = "监督检查发现数据不实" }, cast.Officer));
        await using (var job = database.As(Actor.System))
        {
            await new StateJob(database.Clock).RunAsync(job.Services, default);
            await new StateJob(database.Clock).RunAsync(job.Services, default);
        }
        await using var reader = database.As(Actor.System);
        var (host, trust) = (reader.Get<LogHost>(), (await reader.Get<TrustLists>().CurrentAsync())!);
        var checkpoint = host.Policy.Accept((await host.CheckpointAsync())!);
        var history = new EventHistory();
        await foreach (var entry in host.Reader.ReadEntriesAsync(0, checkpoint.Size))
        {
            var e = LogEvent.Decode(entry);
            Assert.Empty(EventRules.Check(e, history, new ListTrust(trust, new HashSet<string> { reader.Get<Platform>().Id }), null).Select(f => $"{f.Rule} {f.Value} {f.Expected}"));
            history.Apply(e, MerkleTree.LeafHash(entry.Span));
        }
        Assert.Equal("status-root", (await reader.Db.LogEntries.OrderByDescending(e => e.LeafIndex).FirstAsync()).Type);
        Assert.Equal(1, await reader.Db.LogEntries.CountAsync(e => e.Type == "status-root"));
        Assert.Equal(CertificateStatus.Revoked, history.Find(CertificateId.Parse(certificate.Code))!.Value.Status);
        Assert.Equal(checkpoint.Root, await host.Reader.RootAsync(checkpoint.Size));
    }

    [Fact]
    public async Task One_server_writes_and_another_leaves_it_to_it()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        var cast = await ReadyAsync(database);
        await using var second = TestDatabase.Beside(database);
        await using (var scope = second.As(cast.Signatory))
        {
            var receipt = Accept(await scope.Get<IssueCertificate>().RunAsync(cast.Request(), cast.Signatory));
            Assert.Null(receipt.LeafIndex);
        }
        await using var writer = database.As(Actor.System);
        await writer.Get<Ledger>().PublishAsync();
        Assert.NotNull((await writer.Db.IssuedCertificates.SingleAsync()).Seal);
    }
}
