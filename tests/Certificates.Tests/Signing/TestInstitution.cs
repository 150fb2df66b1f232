namespace Plumbline.Certificates.Tests;

/// <summary>An institution with keys and certificates, made for a test.</summary>
internal sealed class TestInstitution : IDisposable
{
    public static readonly DateTimeOffset Time = new(2026, 3, 27, 8, 30, 0, TimeSpan.Zero);

    private readonly List<SoftwareKey> keys = [];

    public TestInstitution(SignatureAlgorithm algorithm = SignatureAlgorithm.EcdsaP256)
    {
        var root = Key(algorithm);
        Root = CertificateIssue.Root(root, "CN=量值溯源根, O=Plumbline, C=CN", Time.AddYears(-1), Time.AddYears(19));
        RootIdentity = new(root, [Root]);
        var authority = Key(algorithm);
        Authority = new(authority, [CertificateIssue.Issue(RootIdentity, authority.PublicKey, "CN=证书签发机构, O=Plumbline, C=CN", CertificatePurpose.Authority, Time.AddYears(-1), Time.AddYears(9))]);
        var signer = Key(algorithm);
        Signer = new(signer, [CertificateIssue.Issue(Authority, signer.PublicKey, "CN=某省计量科学研究院, C=CN", CertificatePurpose.Signing, Time.AddMonths(-1), Time.AddYears(3)), Authority.Certificate]);
    }

    public KeyCertificate Root { get; }

    public SigningIdentity RootIdentity { get; }

    public SigningIdentity Authority { get; }

    public SigningIdentity Signer { get; }

    public SignatureTrust Trust => new([Root], Time);

    public SoftwareKey Key(SignatureAlgorithm algorithm)
    {
        keys.Add(SoftwareKey.Create(algorithm));
        return keys[^1];
    }

    public TimestampAuthority Clockmaker(TimeProvider clock)
    {
        var key = Key(SignatureAlgorithm.EcdsaP256);
        var certificate = CertificateIssue.Issue(Authority, key.PublicKey, "CN=时间戳机构, C=CN", CertificatePurpose.Timestamping, Time.AddMonths(-1), Time.AddYears(3));
        return new(new(key, [certificate, Authority.Certificate]), "1.3.6.1.4.1.99999.1", clock);
    }

    public void Dispose() => keys.ForEach(k => k.Dispose());
}

/// <summary>A clock that stands.</summary>
internal sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
