namespace Plumbline.Certificates.Tests;

public sealed class ListTrustTests
{
    [Fact]
    public void A_trust_list_answers_what_the_rules_of_the_log_ask()
    {
        using var key = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256);
        using var stolen = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
        var (first, last, day) = (new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31), new DateOnly(2026, 6, 1));
        var custodians = new[] { new Custodian("A", key.PublicKey), new Custodian("B", stolen.PublicKey) };
        var authority = new Institution("AUTHORITY", "局", "Bureau", "330000");
        var institute = new Institution("INSTITUTE", "院", "Institute", "330000")
        {
            Supervisor = "AUTHORITY",
            Authorisations = [new(DocumentKind.CalibrationCertificate, "No. 1", first, last)],
            Keys = [new(key.PublicKey, [KeyUse.Document], first, last), new(stolen.PublicKey, [KeyUse.Document], first, last) { DistrustAfterLeaf = 9 }],
        };
        var trust = new ListTrust(new(1, first, last, 2, custodians, [authority, institute]), new HashSet<string> { "AUTHORITY" });

        Assert.Equal("INSTITUTE", trust.FindSigner(key.PublicKey.Id, day, 10)?.Institution);
        Assert.Null(trust.FindSigner(key.PublicKey.Id, last.AddDays(1), 10));
        Assert.NotNull(trust.FindSigner(stolen.PublicKey.Id, day, 9));
        Assert.Null(trust.FindSigner(stolen.PublicKey.Id, day, 10));
        Assert.True(trust.MayIssue(key.PublicKey.Id, nameof(DocumentKind.CalibrationCertificate), day, 10));
        Assert.False(trust.MayIssue(key.PublicKey.Id, nameof(DocumentKind.VerificationCertificate), day, 10));
        Assert.False(trust.MayIssue(key.PublicKey.Id, "3", day, 10));
        Assert.True(trust.Supervises("AUTHORITY", "INSTITUTE"));
        Assert.False(trust.Supervises("INSTITUTE", "AUTHORITY"));
        Assert.True(trust.MayRecord("INSTITUTE", LogEventType.Commitment, day));
        Assert.False(trust.MayRecord("INSTITUTE", LogEventType.StatusRoot, day));
        Assert.True(trust.MayRecord("AUTHORITY", LogEventType.StatusRoot, day));
    }
}
