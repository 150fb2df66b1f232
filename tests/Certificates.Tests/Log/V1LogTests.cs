namespace Plumbline.Certificates.Tests;

/// <summary>A log that the first release wrote: an issue, its revocation and another issue, cosigned by a witness. It must stay readable for ever.</summary>
public sealed class V1LogTests
{
    private static readonly LogPolicy policy = LogPolicy.Parse(File.ReadAllText(Shared.Own("v1", "log", "policy.txt")));
    private static readonly ListTrust trust = new(TrustListFile.Read(File.ReadAllBytes(Shared.Own("v1", "log", "trust.json"))).Value!, new HashSet<string>());

    [Fact]
    public async Task Its_public_files_are_followed_and_its_events_judged()
    {
        var monitor = new LogMonitor(new FolderSource(Shared.Own("v1", "log", "public")), policy, trust);
        var report = await monitor.RunAsync(null);
        Assert.Empty(report.Alarms);
        Assert.Equal("tHqqCfa74emK40m+rimshpcuS1C1MK1usrZnCptZ5Wk=", report.Checkpoint!.Root.ToString());
        Assert.Equal(CertificateStatus.Revoked, monitor.History.Find(CertificateId.Parse("7K3M9QX2T0AB"))!.Value.Status);
        Assert.Equal((3, 2, 2), (monitor.History.Size, monitor.History.Count, monitor.History.NextStatusIndex));
    }

    [Fact]
    public void Its_proof_is_verified_with_the_file()
    {
        var proof = LogProof.Parse(File.ReadAllBytes(Shared.Own("v1", "log", "c.xml.tlog-proof")));
        var logged = LoggedFile.Verify(File.ReadAllBytes(Shared.Own("v1", "log", "c.xml")), proof, LogPolicy.Of(policy.Logs[0].Key, [], 0), trust);
        Assert.Equal((0, LogEventType.Issue), (logged.Index, logged.Event.Type));
    }

    [Fact]
    public void Its_journal_is_read()
    {
        using var folder = new TemporaryFolder();
        foreach (var segment in Directory.GetFiles(Shared.Own("v1", "log", "journal")))
            File.Copy(segment, Path.Combine(folder.Path, Path.GetFileName(segment)));
        using var journal = Journal.Open(folder.Path, out var edge, out _, out var batches);
        Assert.Equal((0, 3), (edge.Size, batches.Sum(b => b.Entries.Count)));
    }
}
