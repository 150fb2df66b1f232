namespace Plumbline.Certificates.Tests;

/// <summary>An institute, its supervising authority, two custodians and their trust list, with keys made anew.</summary>
internal sealed class TrustStage : IDisposable
{
    public const string Institute = "12330000470080000X", Authority = "11330000002482000A";
    public static readonly DateOnly Today = new(2026, 6, 1);

    private readonly SoftwareKey[] keys;

    public TrustStage(SignatureAlgorithm algorithm = SignatureAlgorithm.EcdsaP256)
    {
        keys = [SoftwareKey.Create(algorithm), SoftwareKey.Create(SignatureAlgorithm.EcdsaP256), SoftwareKey.Create(SignatureAlgorithm.EcdsaP256), SoftwareKey.Create(SignatureAlgorithm.EcdsaP256)];
        List = new(1, new(2026, 1, 5), new(2026, 12, 31), 2, [new("First custodian", First.PublicKey), new("Second custodian", Second.PublicKey)],
        [
            new Institution(Authority, "某省市场监督管理局", "Administration for Market Regulation", "330000")
            {
                Keys = [new(Status.PublicKey, [KeyUse.Status], new(2026, 1, 1), new(2030, 12, 31))],
            },
            new Institution(Institute, "某省计量科学研究院", "Institute of Metrology", "330000")
            {
                Supervisor = Authority,
                Authorisations = [new(DocumentKind.VerificationCertificate, "(浙)法计(2025)01001号", new(2025, 1, 1), new(2029, 12, 31)), new(DocumentKind.CalibrationCertificate, "CNAS L0001", new(2025, 1, 1), null)],
                Keys = [new(Signer.PublicKey, [KeyUse.Seal, KeyUse.Document], new(2026, 1, 1), new(2028, 12, 31))],
            },
        ], [new(41, "电子计价秤", "Price-computing scale")]);
    }

    public SoftwareKey Signer => keys[0];

    public SoftwareKey Status => keys[1];

    public SoftwareKey First => keys[2];

    public SoftwareKey Second => keys[3];

    public TrustList List { get; }

    public Seal Seal => new Seal
    {
        KeyId = Signer.PublicKey.Id,
        Certificate = CertificateId.Parse("7K3M9QX2T0AB"),
        Kind = DocumentKind.VerificationCertificate,
        InstrumentKind = 41,
        Model = "ACS-30",
        Conclusion = SealConclusion.Conforms,
        Grade = "Ⅲ",
        Date = new(2026, 5, 20),
        ValidUntil = new(2027, 5, 19),
        StatusIndex = 1_234_567,
        Salt = "00112233445566ff",
        DocumentDigest = Seal.DigestOfDocument("a certificate"u8),
        LeafIndex = 987_654_321,
    }.WithSerial("SN-2026-000123456");

    public RevocationList Revocations(params (uint Index, ListedStatus Status)[] listed) => RevocationList.Read(
        RevocationList.Create(12, new(2026, 5, 31, 22, 0, 0, TimeSpan.Zero), new(2026, 6, 2, 0, 0, 0, TimeSpan.Zero), 0, 20_000_000, listed.Select(l => KeyValuePair.Create(l.Index, l.Status))).Sign(Status)).Value!;

    public SealVerifier Verifier(RevocationList? revocations, TrustList? list = null, DateOnly? today = null) => new(list ?? List, revocations, new Clock(today ?? Today));

    public void Dispose()
    {
        foreach (var key in keys)
            key.Dispose();
    }

    /// <summary>Noon in Beijing, always the same day.</summary>
    internal sealed class Clock(DateOnly today) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(today, new TimeOnly(4, 0), TimeSpan.Zero);
    }
}
