namespace Plumbline.Certificates.Tests;

public sealed class EventLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LogClock clock = new();
    private readonly Institutes institutes = new();
    private readonly SoftwareKey key = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
    private readonly NoteSigner signer;
    private readonly string path;

    public EventLogTests()
    {
        (signer, path) = (NoteSigner.OfLog("log.example", key), Path.Combine(folder.Path, "log"));
        LogWriter.Create(path, signer, clock);
    }

    public void Dispose()
    {
        key.Dispose();
        institutes.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Events_of_many_callers_go_in_once_each_and_the_state_returns_by_replay()
    {
        var ids = Enumerable.Range(0, 300).Select(_ => CertificateId.New()).ToArray();
        await using (var log = await OpenAsync())
        {
            var events = ids.Select(i => institutes.Issue(i, log.ReserveStatusIndex(), clock.Now)).ToArray();
            var receipts = await Task.WhenAll(events.Concat(events).Select(e => Task.Run(() => log.AppendAsync(e))));
            Assert.All(receipts, r => Assert.Empty(r.Refusals));
            Assert.Equal(300, log.Size);
            Assert.Equal(receipts[5].Appended!.Index, receipts[305].Appended!.Index);
            var other = institutes.Issue(ids[0], log.ReserveStatusIndex(), clock.Now);
            Assert.Equal("event-id-taken", Assert.Single((await log.AppendAsync(other)).Refusals).Rule);
            Assert.NotNull((await log.AppendAsync(institutes.Change(LogEventType.Revoke, log.Find(ids[7])!.Value, clock.Now))).Appended);
        }
        await using var again = await OpenAsync();
        Assert.Equal(301, again.Size);
        Assert.Equal(CertificateStatus.Revoked, again.Find(ids[7])!.Value.Status);
        Assert.Equal(ids[7], Assert.Single(again.Where(c => c.Status == CertificateStatus.Revoked)).Id);
        Assert.Equal([LogEventType.Issue, LogEventType.Revoke], (await again.ReadChainAsync(ids[7])).Select(e => e.Event.Type));
        Assert.Equal(300, again.ReserveStatusIndex());
        Assert.Empty(await again.ReadChainAsync(CertificateId.New()));
    }

    [Fact]
    public async Task The_status_root_is_logged_and_answers_with_proofs()
    {
        await using var log = await OpenAsync();
        var (first, second) = (CertificateId.New(), CertificateId.New());
        foreach (var id in new[] { first, second })
            await log.AppendAsync(institutes.Issue(id, log.ReserveStatusIndex(), clock.Now));
        Assert.Equal("event-type-denied", Assert.Single((await log.AppendStatusRootAsync(Institutes.Stranger, institutes[Institutes.Stranger])).Refusals).Rule);
        var receipt = await log.AppendStatusRootAsync(Institutes.Institute, institutes[Institutes.Institute]);
        var logged = LogEvent.Decode(await log.Writer.Reader.ReadEntryAsync(receipt.Appended!.Index, 3)).Status;
        Assert.Equal(new StatusSummary(log.Status.Summary.Root, 2, 2), logged);
        await log.AppendAsync(institutes.Change(LogEventType.Suspend, log.Find(second)!.Value, clock.Now));
        await log.AppendStatusRootAsync(Institutes.Institute, institutes[Institutes.Institute]);
        Assert.Equal(CertificateStatus.Suspended, log.Status.Prove(second).Verify(second)!.Value.Status);
        Assert.Equal(CertificateStatus.Current, log.Status.Prove(first).Verify(first)!.Value.Status);
    }

    [Fact]
    public async Task A_changed_entry_is_found_when_the_log_is_opened()
    {
        await using (var log = await OpenAsync())
            await Task.WhenAll(Enumerable.Range(0, 300).Select(n => log.AppendAsync(institutes.Issue(CertificateId.New(), n, clock.Now))));
        // A new segment of the journal, which would otherwise write anew what is changed below.
        await using (var writer = LogWriter.Open(path, signer, clock, new() { SegmentLength = 1 }))
            await writer.Append(institutes.Issue(CertificateId.New(), 999, clock.Now).Encode()).Done;
        var full = Path.Combine(path, "public", "tile", "entries", "000");
        var bytes = File.ReadAllBytes(full);
        bytes[^1] ^= 1;
        File.WriteAllBytes(full, bytes);
        Assert.Contains((await Assert.ThrowsAsync<LogException>(OpenAsync)).Finding.Rule, new[] { "log-entries", "event-spelling" });
    }

    private Task<EventLog> OpenAsync() => EventLog.OpenAsync(path, signer, institutes, clock);
}
