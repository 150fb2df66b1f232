namespace Plumbline.Certificates.Tests;

public sealed class MonitorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LogClock clock = new();
    private readonly Institutes institutes = new();
    private readonly SoftwareKey key = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
    private readonly NoteSigner signer;
    private readonly LogPolicy policy;
    private readonly string path;
    private readonly string state;

    public MonitorTests()
    {
        signer = NoteSigner.OfLog("log.example", key);
        policy = LogPolicy.Of(signer.Key, [], 0);
        (path, state) = (Path.Combine(folder.Path, "log"), Path.Combine(folder.Path, "monitor.json"));
        LogWriter.Create(path, signer, clock);
    }

    public void Dispose()
    {
        key.Dispose();
        institutes.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_good_log_gives_no_alarm_and_only_what_is_new_is_counted()
    {
        await FillAsync(300);
        Assert.Equal((300, 0), Told(await RunAsync()));
        await FillAsync(10, statusRoot: true);
        Assert.Equal((11, 0), Told(await RunAsync()));
        Assert.Equal((0, 0), Told(await RunAsync()));
    }

    [Fact]
    public async Task A_log_that_another_history_replaced_is_found()
    {
        await FillAsync(20);
        await RunAsync();
        Directory.Delete(path, recursive: true);
        LogWriter.Create(path, signer, clock);
        await FillAsync(10);
        Assert.Equal("monitor-shrunk", Assert.Single((await RunAsync()).Alarms).Rule);
        await FillAsync(10);
        Assert.Equal("monitor-fork", Assert.Single((await RunAsync()).Alarms).Rule);
        await FillAsync(30);
        Assert.Contains("monitor-fork", (await RunAsync()).Alarms.Select(a => a.Rule));
    }

    [Fact]
    public async Task A_changed_tile_a_missing_bundle_and_a_foreign_checkpoint_are_found()
    {
        await FillAsync(300);
        var files = Path.Combine(path, "public");
        var tile = Path.Combine(files, "tile", "0", "000");
        var bytes = File.ReadAllBytes(tile);
        bytes[0] ^= 1;
        File.WriteAllBytes(tile, bytes);
        Assert.Contains("monitor-tile", (await RunAsync()).Alarms.Select(a => a.Rule));
        File.Delete(Path.Combine(files, "tile", "entries", "000"));
        Assert.Contains("file-missing", (await RunAsync()).Alarms.Select(a => a.Rule));
        using var other = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
        var foreign = LogPolicy.Of(NoteSigner.OfLog("log.example", other).Key, [], 0);
        Assert.Equal("checkpoint-unsigned", Assert.Single((await new LogMonitor(new FolderSource(files), foreign, institutes).RunAsync(null)).Alarms).Rule);
    }

    [Fact]
    public async Task An_event_that_the_rules_refuse_is_found_though_the_writer_took_it_in()
    {
        await FillAsync(2);
        await using (var writer = LogWriter.Open(path, signer, clock))
        {
            var id = CertificateId.New();
            await writer.Append(institutes.Issue(id, 2, clock.Now).Encode()).Done;
            await writer.Append(institutes.Issue(id, 3, clock.Now).Encode()).Done;
            await writer.Append("not an event"u8.ToArray()).Done;
            var e = institutes.Issue(CertificateId.New(), 4, clock.Now);
            await writer.Append((e with { Signature = institutes.Issue(CertificateId.New(), 5, clock.Now).Signature }).Encode()).Done;
        }
        Assert.Equal(["event-id-taken", "event-form", "event-signature"], (await RunAsync()).Alarms.Select(a => a.Rule));
        Assert.False(File.Exists(state));
        Assert.Empty((await new LogMonitor(new FolderSource(Path.Combine(path, "public")), policy, null).RunAsync(null)).Alarms);
    }

    [Fact]
    public async Task A_certificate_and_its_proof_are_verified_without_the_log()
    {
        await FillAsync(5);
        var file = "a certificate"u8.ToArray();
        LogProof proof;
        await using (var log = await EventLog.OpenAsync(path, signer, institutes, clock))
        {
            var e = (institutes.Issue(CertificateId.New(), 5, clock.Now) with { Digests = FileDigests.Of(file) }).SignedBy(institutes[Institutes.Institute]);
            proof = LogProof.Parse((await log.ProveAsync((await log.AppendAsync(e)).Appended!.Index)).ToString());
        }
        var logged = LoggedFile.Verify(file, proof, policy, institutes);
        Assert.Equal((5, 6, Institutes.Institute), (logged.Index, logged.Checkpoint.Size, logged.Event.Issuer));
        Assert.Equal("proof-file", Assert.Throws<LogException>(() => LoggedFile.Verify("b certificate"u8, proof, policy, institutes)).Finding.Rule);
        Assert.Equal("proof-no-event", Assert.Throws<LogException>(() => LoggedFile.Verify(file, proof with { Extra = null }, policy, institutes)).Finding.Rule);
        Assert.Equal("proof-inclusion", Assert.Throws<LogException>(() => LoggedFile.Verify(file, proof with { Extra = new byte[3] }, policy, institutes)).Finding.Rule);
    }

    private static (long, int) Told(MonitorReport report) => (report.NewEntries, report.Alarms.Count);

    private Task<MonitorReport> RunAsync() => new LogMonitor(new FolderSource(Path.Combine(path, "public")), policy, institutes).RunAsync(state);

    private async Task FillAsync(int count, bool statusRoot = false)
    {
        await using var log = await EventLog.OpenAsync(path, signer, institutes, clock);
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => log.AppendAsync(institutes.Issue(CertificateId.New(), log.ReserveStatusIndex(), clock.Now))));
        if (statusRoot)
            await log.AppendStatusRootAsync(Institutes.Institute, institutes[Institutes.Institute]);
    }
}
