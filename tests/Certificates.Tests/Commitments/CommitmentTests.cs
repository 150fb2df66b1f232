using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Certificates.Tests;

/// <summary>A comparison of a pilot laboratory and two others, whose commitments and openings stand in a log of their own.</summary>
public sealed class CommitmentTests : IDisposable
{
    private static readonly DateTimeOffset due = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SoftwareKey platform = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256);
    private readonly SoftwareKey logKey = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
    private readonly List<byte[]> entries = [];

    public void Dispose()
    {
        platform.Dispose();
        logKey.Dispose();
    }

    [Fact]
    public void What_was_committed_before_the_opening_is_proved_with_the_pilots_first()
    {
        var (file, policy, history) = Make("P", "L1", "L2");
        var read = CommitmentFile.Read(file.Write()).Value!;
        Assert.Equal(file.Write(), read.Write());
        var findings = CommitmentCheck.Check(read, policy, history);
        Assert.DoesNotContain(findings, f => f.Severity != FindingSeverity.Note);
        Assert.Equal(["commitments-pilot-first", "commitments-before-opening", "commitments-proved"], findings.Select(f => f.Rule));
        Assert.All(findings, f => Assert.NotEmpty(CertificatesTexts.Describe(f, System.Globalization.CultureInfo.GetCultureInfo("en"))));
    }

    [Fact]
    public void A_changed_digit_a_foreign_content_and_a_wrong_salt_are_named()
    {
        var (file, policy, _) = Make("P", "L1");
        var one = file.Results[1];
        Expect("commitments-content", file, policy, one with { Content = one.Content!.Replace("1.0001", "1.0002", StringComparison.Ordinal) });
        Expect("commitments-content", file, policy, one with { Salt = new byte[16] });
        Expect("commitments-content-of", file, policy, one with { Version = 2 });
        Expect("commitments-opening", file, policy, one with { Opening = file.Results[0].Opening });
        Expect("proof-inclusion", file, policy, one with { Entry = one.Entry with { Leaf = file.Results[0].Entry.Leaf } });
    }

    [Fact]
    public void A_result_that_is_left_out_is_missed_by_whoever_has_the_log()
    {
        var (file, policy, history) = Make("P", "L1", "L2");
        var findings = CommitmentCheck.Check(file with { Results = [.. file.Results.Take(2)] }, policy, history);
        Assert.Contains(findings, f => f is { Rule: "commitments-left-out", Severity: FindingSeverity.Error });
        var quiet = CommitmentCheck.Check(file with { Results = [.. file.Results.Take(2), file.Results[2] with { Opening = null }] }, policy, history);
        Assert.Contains(quiet, f => f.Rule == "commitments-opening-left-out");
    }

    [Fact]
    public void A_pilot_that_was_not_first_is_named()
    {
        var (file, policy, _) = Make("L1", "P");
        Assert.Contains(CommitmentCheck.Check(file, policy), f => f.Rule == "commitments-pilot-later");
    }

    [Fact]
    public void A_log_that_is_not_believed_proves_nothing()
    {
        var (file, _, _) = Make("P", "L1");
        using var other = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
        var policy = LogPolicy.Of(NoteSigner.OfLog("log.example", other).Key, [], 0);
        Assert.All(CommitmentCheck.Check(file, policy), f => Assert.Equal(FindingSeverity.Error, f.Severity));
    }

    [Fact]
    public void A_file_of_another_form_is_refused_with_every_reason()
    {
        Assert.Equal(["json-unreadable"], CommitmentFile.Read("{"u8.ToArray()).Findings.Select(f => f.Rule));
        var findings = CommitmentFile.Read("""{"format":"plumbline-comparison-commitments","formatVersion":1,"comparison":"C","resultsDue":"soon","results":[{"laboratory":"L"}]}"""u8.ToArray()).Findings;
        Assert.Contains(findings, f => f.Path.EndsWith("/resultsDue", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.Path.Contains("results[1]", StringComparison.Ordinal));
    }

    private static void Expect(string rule, CommitmentFile file, LogPolicy policy, CommittedResult changed) =>
        Assert.Contains(CommitmentCheck.Check(file with { Results = [file.Results[0], changed] }, policy), f => f.Rule == rule && f.Severity == FindingSeverity.Error && f.Path.StartsWith("results[2]", StringComparison.Ordinal));

    private (CommitmentFile, LogPolicy, EventHistory) Make(params string[] laboratories)
    {
        entries.Clear();
        var made = laboratories.Select((code, i) => Commit(code, i)).ToArray();
        var openings = made.Select(Open).ToArray();
        var leaves = entries.Select(e => MerkleTree.LeafHash(e)).ToArray();
        var signer = NoteSigner.OfLog("log.example", logKey);
        var text = new Checkpoint("log.example", leaves.Length, MerkleTree.Root(leaves)).Text;
        var note = new SignedNote(text, [signer.Sign(text, due)]);
        ProvenEntry Prove(int index) => new(entries[index], new LogProof(index, [.. MerkleProof.Inclusion(index, leaves.Length).Select(r => MerkleTree.Root(leaves.AsSpan((int)r.Start, (int)r.Count)))], note).ToString());
        var results = made.Select((m, i) => new CommittedResult(m.Code, m.Code == "P", 1, Prove(i)) { Content = m.Content, Salt = m.Salt, Opening = Prove(openings[i]) });
        var history = new EventHistory();
        foreach (var entry in entries)
            history.Apply(LogEvent.Decode(entry), MerkleTree.LeafHash(entry));
        return (new("C-2026-1", due, [.. results]), LogPolicy.Of(signer.Key, [], 0), history);
    }

    private (string Code, string Content, byte[] Salt, int Index) Commit(string code, int minute)
    {
        var content = $$"""{"comparison":"C-2026-1","laboratory":"{{code}}","results":[{"value":"1.0001"}],"version":1}""";
        var salt = SaltedCommitment.NewSalt();
        Add(new(LogEventType.Commitment, "PLATFORM", due.AddDays(-1).AddMinutes(minute)) { Reference = "C-2026-1", Commitment = SaltedCommitment.OfFile(salt, new(SHA256.HashData(Encoding.UTF8.GetBytes(content)))) });
        return (code, content, salt, entries.Count - 1);
    }

    private int Open((string Code, string Content, byte[] Salt, int Index) made)
    {
        Add(new(LogEventType.Opening, "PLATFORM", due.AddHours(1))
        {
            Reference = "C-2026-1", Target = new(null, made.Index, MerkleTree.LeafHash(entries[made.Index])), Digests = FileDigests.Of(Encoding.UTF8.GetBytes(made.Content)), Salt = Convert.ToHexStringLower(made.Salt),
        });
        return entries.Count - 1;
    }

    private void Add(LogEvent e) => entries.Add(e.SignedBy(platform).Encode());
}
