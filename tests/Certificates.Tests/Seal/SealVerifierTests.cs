namespace Plumbline.Certificates.Tests;

public sealed class SealVerifierTests : IDisposable
{
    private readonly TrustStage stage = new();

    public void Dispose() => stage.Dispose();

    [Theory]
    [InlineData(SignatureAlgorithm.EcdsaP256)]
    [InlineData(SignatureAlgorithm.Sm2)]
    public void A_genuine_seal_is_in_force_and_says_what_to_compare(SignatureAlgorithm algorithm)
    {
        using var other = new TrustStage(algorithm);
        var report = other.Verifier(other.Revocations((7, ListedStatus.Revoked))).Verify(SealCodec.Sign(other.Seal, other.Signer));
        Words.Check([.. report.Findings, .. report.Compare]);
        Assert.Equal(SealOutcome.InForce, report.Outcome);
        Assert.Equal(["seal-form", "seal-key", "seal-signature", "seal-date", "seal-valid-until", "seal-status"], report.Findings.Select(f => f.Rule));
        Assert.Equal(["seal-compare-serial", "seal-compare-model", "seal-compare-kind"], report.Compare.Select(f => f.Rule));
        Assert.Equal("26-000123456", report.Compare[0].Value);
    }

    [Fact]
    public void Every_changed_byte_is_caught()
    {
        var signed = SealCodec.Sign(stage.Seal, stage.Signer);
        byte[] bytes = [.. signed.Payload.Span, .. signed.Signature.Span];
        var verifier = stage.Verifier(stage.Revocations());
        for (var i = 0; i < bytes.Length; i++)
            foreach (var bit in (byte[])[1, 0x80])
            {
                bytes[i] ^= bit;
                if (SealCodec.Decode(bytes).Value is { } read)
                    Assert.Equal(SealOutcome.NotGenuine, verifier.Verify(read).Outcome);
                bytes[i] ^= bit;
            }
    }

    [Theory]
    [InlineData(ListedStatus.Revoked, SealOutcome.Revoked)]
    [InlineData(ListedStatus.Suspended, SealOutcome.Suspended)]
    [InlineData(ListedStatus.Superseded, SealOutcome.Superseded)]
    public void A_listed_certificate_is_shown_as_such(ListedStatus status, SealOutcome outcome)
    {
        var report = stage.Verifier(stage.Revocations((1_234_567, status))).Verify(SealCodec.Sign(stage.Seal, stage.Signer));
        Words.Check(report.Findings);
        Assert.Equal(outcome, report.Outcome);
    }

    [Fact]
    public void Without_a_list_an_old_one_or_one_of_another_range_the_status_is_unknown_not_good()
    {
        var signed = SealCodec.Sign(stage.Seal, stage.Signer);
        Assert.Equal(SealOutcome.StatusUnknown, stage.Verifier(null).Verify(signed).Outcome);
        Assert.Equal(SealOutcome.StatusUnknown, stage.Verifier(stage.Revocations(), today: new(2026, 7, 1)).Verify(signed).Outcome);
        Assert.Equal(SealOutcome.Revoked, stage.Verifier(stage.Revocations((1_234_567, ListedStatus.Revoked)), today: new(2026, 7, 1)).Verify(signed).Outcome);
        Assert.Equal(SealOutcome.StatusUnknown, stage.Verifier(stage.Revocations()).Verify(SealCodec.Sign(stage.Seal with { StatusIndex = 20_000_000 }, stage.Signer)).Outcome);
        var forged = RevocationList.Read(RevocationList.Create(13, new(2026, 5, 31, 0, 0, 0, TimeSpan.Zero), new(2026, 6, 2, 0, 0, 0, TimeSpan.Zero), 0, 20_000_000, []).Sign(stage.Signer)).Value!;
        var report = stage.Verifier(forged).Verify(signed);
        Assert.Equal(SealOutcome.StatusUnknown, report.Outcome);
        Assert.Contains(report.Findings, f => f is { Rule: "trust-key-use", Severity: FindingSeverity.Error });
    }

    [Fact]
    public void Days_are_those_of_Beijing()
    {
        var signed = SealCodec.Sign(stage.Seal, stage.Signer);
        Assert.Equal(SealOutcome.InForce, stage.Verifier(Fresh(), today: new(2027, 5, 19)).Verify(signed).Outcome);
        Assert.Equal(SealOutcome.Expired, stage.Verifier(Fresh(), today: new(2027, 5, 20)).Verify(signed).Outcome);
        Assert.Equal(SealOutcome.InForce, stage.Verifier(Fresh(), today: new(2026, 5, 20)).Verify(signed).Outcome);
        Assert.Equal(SealOutcome.NotGenuine, stage.Verifier(Fresh(), today: new(2026, 5, 19)).Verify(signed).Outcome);
        var earlyInBeijing = new SealVerifier(stage.List, Fresh(), new Fixed(new(2026, 5, 19, 16, 0, 0, TimeSpan.Zero)));
        Assert.Equal(SealOutcome.InForce, earlyInBeijing.Verify(signed).Outcome);
        Assert.Contains(stage.Verifier(Fresh(), today: new(2027, 5, 19)).Verify(signed).Findings, f => f.Rule == "trust-list-old");
    }

    [Fact]
    public void Who_may_not_issue_is_not_believed()
    {
        SealOutcome Of(Seal seal, ISigner signer, TrustList? list = null) => stage.Verifier(stage.Revocations(), list).Verify(SealCodec.Sign(seal, signer)).Outcome;
        Assert.Equal(SealOutcome.NotGenuine, Of(stage.Seal with { Kind = DocumentKind.ReferenceMaterialCertificate }, stage.Signer));
        Assert.Equal(SealOutcome.NotGenuine, Of(stage.Seal with { KeyId = stage.Status.PublicKey.Id }, stage.Status));
        using var stranger = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256);
        Assert.Equal(SealOutcome.NotGenuine, Of(stage.Seal with { KeyId = stranger.PublicKey.Id }, stranger));
        Assert.Equal(SealOutcome.NotGenuine, Of(stage.Seal with { Date = new(2025, 12, 31) }, stage.Signer));
    }

    [Fact]
    public void A_stolen_key_needs_the_logs_proof_for_what_came_before()
    {
        var list = stage.List.Distrust(stage.Signer.PublicKey.Id, 987_654_321, "stolen", new(2026, 6, 1), new(2026, 12, 31));
        var verifier = stage.Verifier(stage.Revocations(), list);
        var before = SealCodec.Sign(stage.Seal, stage.Signer);
        Assert.Equal(SealOutcome.NeedsLog, verifier.Verify(before).Outcome);
        Assert.Equal(SealOutcome.InForce, verifier.Verify(before, isLeafProven: true).Outcome);
        Assert.Equal(SealOutcome.NotGenuine, verifier.Verify(SealCodec.Sign(stage.Seal with { LeafIndex = 987_654_322 }, stage.Signer), isLeafProven: true).Outcome);
        Assert.Equal(SealOutcome.NotGenuine, verifier.Verify(SealCodec.Sign(stage.Seal with { LeafIndex = null }, stage.Signer)).Outcome);
    }

    private RevocationList Fresh() => RevocationList.Read(RevocationList.Create(1, new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero), new(2028, 1, 1, 0, 0, 0, TimeSpan.Zero), 0, 20_000_000, []).Sign(stage.Status)).Value!;

    private sealed class Fixed(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
