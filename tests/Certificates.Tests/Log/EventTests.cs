using System.Globalization;

namespace Plumbline.Certificates.Tests;

public sealed class EventTests : IDisposable
{
    private static readonly DateTimeOffset noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Institutes institutes = new();
    private readonly EventHistory history = new();

    public void Dispose() => institutes.Dispose();

    [Fact]
    public void An_event_has_one_spelling_and_returns_from_it()
    {
        var id = CertificateId.New();
        var e = institutes.Issue(id, 0, noon);
        var entry = e.Encode();
        Assert.InRange(entry.Length, 100, 400);
        Assert.Equal(e, LogEvent.Decode(entry));
        Assert.Equal(entry, LogEvent.Decode(entry).Encode());
        var full = (e with { Type = LogEventType.Substitute, Target = new(CertificateId.New(), long.MaxValue, new(new byte[32])), Reason = new string('r', 64), Issuer = new string('证', 64), Kind = new string('书', 64) }).SignedBy(institutes[Institutes.Institute]);
        Assert.InRange(full.Encode().Length, 400, LogEvent.MaximumLength);
    }

    [Fact]
    public void Every_changed_byte_of_an_entry_is_caught()
    {
        var entry = institutes.Issue(CertificateId.New(), 0, noon).Encode();
        for (var i = 0; i < entry.Length; i++)
        {
            var changed = entry.ToArray();
            changed[i] ^= 0x15;
            try
            {
                Assert.NotEmpty(EventRules.Check(LogEvent.Decode(changed), history, institutes, noon));
            }
            catch (LogException refused)
            {
                Assert.StartsWith("event-", refused.Finding.Rule, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Fields_fit_the_type()
    {
        var key = institutes[Institutes.Institute];
        Assert.Equal("event-field-missing", Rule(() => new LogEvent(LogEventType.Issue, "a", noon) { Id = CertificateId.New() }.SignedBy(key)));
        Assert.Equal("event-field-extra", Rule(() => (institutes.Issue(CertificateId.New(), 0, noon) with { Salt = new string('0', 32) }).SignedBy(key)));
        Assert.Equal("event-field-value", Rule(() => (institutes.Issue(CertificateId.New(), 0, noon) with { StatusIndex = -1 }).SignedBy(key)));
        Assert.Equal("event-field-value", Rule(() => (institutes.Issue(CertificateId.New(), 0, noon) with { Issuer = "a\nb" }).SignedBy(key)));
        Assert.Equal("event-unsigned", Rule(() => (institutes.Issue(CertificateId.New(), 0, noon) with { Signature = "" }).Encode()));
        Assert.Equal("event-type", Rule(() => new LogEvent((LogEventType)99, "a", noon).SignedBy(key)));
        Assert.Equal("event-size", Rule(() => LogEvent.Decode(new byte[1025])));
    }

    [Fact]
    public void A_certificate_lives_from_issue_to_revocation_and_no_further()
    {
        var (first, second) = (CertificateId.New(), CertificateId.New());
        Take(institutes.Issue(first, 0, noon));
        Assert.Equal(["event-id-taken", "event-status-taken"], Refusals(institutes.Issue(first, 0, noon)));
        Take(institutes.Change(LogEventType.Suspend, State(first), noon));
        Assert.Equal(CertificateStatus.Suspended, State(first).Status);
        Assert.Equal(["event-target-suspended"], Refusals(institutes.Change(LogEventType.Suspend, State(first), noon)));
        Take(institutes.Change(LogEventType.Reinstate, State(first), noon, Institutes.Supervisor));
        Assert.Equal(["event-target-not-suspended"], Refusals(institutes.Change(LogEventType.Reinstate, State(first), noon)));
        Assert.Equal(["event-foreign"], Refusals(institutes.Change(LogEventType.Revoke, State(first), noon, Institutes.Stranger)));
        Assert.Equal(["event-target-moved"], Refusals(institutes.Change(LogEventType.Revoke, State(first) with { LatestIndex = 0 }, noon)));
        Take(institutes.Issue(second, 1, noon, LogEventType.Substitute, State(first).AsTarget));
        Assert.Equal((CertificateStatus.Substituted, (CertificateId?)second), (State(first).Status, State(first).Successor));
        Assert.Equal(["event-target-ended"], Refusals(institutes.Issue(CertificateId.New(), 2, noon, LogEventType.Amend, State(first).AsTarget)));
        Take(institutes.Change(LogEventType.Revoke, State(second), noon));
        Assert.Equal(["event-target-ended"], Refusals(institutes.Change(LogEventType.Reinstate, State(second), noon)));
        Assert.Equal(["event-target"], Refusals(institutes.Change(LogEventType.Revoke, State(second) with { Id = CertificateId.New() }, noon)));
        Assert.Equal(5, history.Size);
        Assert.Equal(2, history.NextStatusIndex);
    }

    [Fact]
    public void All_reasons_are_said_at_once_in_both_languages()
    {
        var e = (institutes.Issue(CertificateId.New(), 70_000, noon.AddDays(-400)) with { Kind = nameof(DocumentKind.ReferenceMaterialCertificate), Issuer = Institutes.Stranger }).SignedBy(institutes[Institutes.Institute]);
        var refusals = EventRules.Check(e, history, institutes, noon);
        Assert.Equal(["event-time-behind", "event-issuer", "event-kind", "event-status-sparse"], refusals.Select(f => f.Rule));
        foreach (var refusal in refusals)
            Assert.NotEqual(CertificatesTexts.Describe(refusal, CultureInfo.GetCultureInfo("zh")), CertificatesTexts.Describe(refusal, CultureInfo.GetCultureInfo("en")));
        Assert.Equal(["event-time-ahead"], Refusals(institutes.Issue(CertificateId.New(), 0, noon.AddMinutes(6))));
        using var unknown = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256);
        Assert.Equal(["event-key"], Refusals(institutes.Issue(CertificateId.New(), 0, noon).SignedBy(unknown)));
    }

    [Fact]
    public void A_result_is_committed_before_it_is_shown_and_cannot_change()
    {
        const string comparison = "CNM-2026-017";
        var (salt, result) = (SaltedCommitment.NewSalt(), FileDigests.Of("10.0003 mm"u8));
        var key = institutes[Institutes.Institute];
        LogEvent Commit(Hash256 commitment, string? role = null) => new LogEvent(LogEventType.Commitment, Institutes.Institute, noon) { Reference = comparison, Commitment = commitment, Reason = role }.SignedBy(key);
        LogEvent Open(EventTarget target, byte[] with, FileDigests shown) => new LogEvent(LogEventType.Opening, Institutes.Institute, noon) { Reference = comparison, Target = target, Salt = Convert.ToHexStringLower(with), Digests = shown }.SignedBy(key);
        Take(Commit(SaltedCommitment.OfFile(salt, result.Sha256), "pilot"));
        Take(Commit(SaltedCommitment.OfFile(SaltedCommitment.NewSalt(), result.Sha256)));
        var commitment = history.Commitments(comparison)[0];
        Assert.Equal("pilot", commitment.Reason);
        Assert.Equal(["event-opening"], Refusals(Open(commitment.AsTarget, salt, FileDigests.Of("10.0004 mm"u8))));
        Assert.Equal(["event-commitment"], Refusals(Open(commitment.AsTarget with { Index = 7 }, salt, result)));
        Take(Open(commitment.AsTarget, salt, result));
        Assert.Equal(2, history.Commitments(comparison)[0].OpenedAt);
        Assert.Equal(["event-opened"], Refusals(Open(commitment.AsTarget, salt, result)));
        Assert.Equal(["event-comparison-open"], Refusals(Commit(SaltedCommitment.OfFile(salt, result.Sha256))));
    }

    [Fact]
    public void The_status_tree_proves_where_each_certificate_stands_and_which_are_not_there()
    {
        var random = new Random(5);
        var ids = Enumerable.Range(0, 700).Select(_ => new CertificateId((ulong)random.NextInt64(1L << 60))).ToArray();
        for (var i = 0; i < 600; i++)
            history.Apply(new(LogEventType.Issue, "a", noon) { Id = ids[i], Kind = "k", StatusIndex = i }, MerkleTree.LeafHash(BitConverter.GetBytes(i)));
        var tree = StatusTree.Empty.Next(history);
        for (var i = 600; i < 700; i++)
            history.Apply(new(LogEventType.Issue, "a", noon) { Id = ids[i], Kind = "k", StatusIndex = i }, MerkleTree.LeafHash(BitConverter.GetBytes(i)));
        history.Apply(new(LogEventType.Revoke, "a", noon) { Id = ids[3], Target = State(ids[3]).AsTarget }, default);
        var next = tree.Next(history);
        Assert.Equal(StatusTree.Of(history).Summary, next.Summary);
        Assert.Equal(new StatusLeaf(ids[3], 700, CertificateStatus.Revoked), next.Prove(ids[3]).Verify(ids[3]));
        Assert.Equal(new StatusLeaf(ids[3], 3, CertificateStatus.Current), tree.Prove(ids[3]).Verify(ids[3]));
        foreach (var id in ids)
            Assert.Equal(id, next.Prove(id).Verify(id)!.Value.Id);
        foreach (var absent in new[] { default, new((1UL << 60) - 1), new CertificateId(1UL << 59) })
            Assert.Null(next.Prove(absent).Verify(absent));
        Assert.Equal("status-proof", Rule(() => next.Prove(ids[0]).Verify(ids[1])));
        Assert.Equal("status-proof", Rule(() => (next.Prove(ids[0]) with { Lines = [] }).Verify(ids[0])));
        Assert.Null(StatusTree.Empty.Prove(ids[0]).Verify(ids[0]));
    }

    private static string Rule(Action action) => Assert.Throws<LogException>(action).Finding.Rule;

    private static string Rule(Func<object?> action) => Assert.Throws<LogException>(() => { action(); }).Finding.Rule;

    private CertificateState State(CertificateId id) => history.Find(id)!.Value;

    private string[] Refusals(LogEvent e) => [.. EventRules.Check(LogEvent.Decode(e.Encode()), history, institutes, noon).Select(f => f.Rule)];

    private void Take(LogEvent e)
    {
        Assert.Empty(Refusals(e));
        history.Apply(e, MerkleTree.LeafHash(e.Encode()));
    }
}
