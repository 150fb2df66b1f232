using Microsoft.Extensions.Configuration;
using Plumbline.Certificates;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>平台证书机构: the platform's own authority, whose root certificate says by X.509 whose a key is. Its key and root lie in the key folder and are made at first need.</summary>
public sealed class KeyAuthority(KeyFolder keys, Platform platform, IConfiguration settings, TimeProvider clock)
{
    private const int RootYears = 20;
    private const int UnlimitedYears = 5;

    private readonly Lock turn = new();
    private SigningIdentity? root;
    private SigningIdentity? sealMaker;

    /// <summary>The root certificate, for whoever checks signatures with other tools.</summary>
    public KeyCertificate Root => Identity.Certificate;

    private SigningIdentity Identity
    {
        get
        {
            lock (turn)
                return root ??= Open();
        }
    }

    /// <summary>A certificate for a key that two people took into use.</summary>
    public byte[] Certify(IssuingKey key, Organisation institution, DateTimeOffset now)
    {
        // A clock a little behind this one must not find the certificate not yet valid.
        var from = now.AddMinutes(-10) < Root.NotBefore ? Root.NotBefore : now.AddMinutes(-10);
        var to = key.ValidTo is { } last ? new DateTimeOffset(last.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) : now.AddYears(UnlimitedYears);
        return CertificateIssue.Issue(Identity, PublicKey.FromSpki(key.PublicKey), $"CN={Quote(institution.Name)}, serialNumber={institution.TrustId()}, C=CN", CertificatePurpose.Signing, from, to).Der.ToArray();
    }

    /// <summary>What signs documents in an institution's name: its key with its certificate.</summary>
    public SigningIdentity? IdentityOf(IssuingKey key) =>
        key.Certificate is { } certificate && keys.Find(key.Fingerprint) is { } signer ? new SigningIdentity(signer, [KeyCertificate.FromDer(certificate), Root]) : null;

    /// <summary>The electronic seal 电子印章 (GB/T 38540) of an institution, which admits its SM2 key; made by the platform's seal maker. Its picture is the QR code of the page of trust.</summary>
    public ElectronicSeal SealOf(IssuingKey sm2, Organisation institution)
    {
        var holder = KeyCertificate.FromDer(sm2.Certificate);
        var picture = SealSymbol.Make($"{platform.Address}trust".ToUpperInvariant()).ToPng(2);
        return ElectronicSeal.Make(SealMaker, $"{institution.TrustId()}-{sm2.Fingerprint[..8]}", institution.Name, [holder], new SealImage("PNG", picture, 42, 42), holder.NotBefore, holder.NotAfter);
    }

    private SigningIdentity SealMaker
    {
        get
        {
            var (maker, now) = (keys.Own("seal-maker", SignatureAlgorithm.Sm2), clock.GetUtcNow());
            lock (turn)
                return sealMaker ??= new SigningIdentity(maker, [CertificateIssue.Issue(root ??= Open(), maker.PublicKey, $"CN={Quote(platform.Name + " 制章")}, serialNumber={platform.Id}, C=CN", CertificatePurpose.Signing, root.Certificate.NotBefore, now.AddYears(RootYears - 1) > root.Certificate.NotAfter ? root.Certificate.NotAfter : now.AddYears(RootYears - 1)), root.Certificate]);
        }
    }

    private SigningIdentity Open()
    {
        var signer = keys.Own("authority", SignatureAlgorithm.EcdsaP256);
        var file = Path.Combine(settings["Plumbline:DataDirectory"] ?? "data", "keys", "authority.crt");
        if (!File.Exists(file))
        {
            var now = clock.GetUtcNow();
            var made = CertificateIssue.Root(signer, $"CN={Quote(platform.Name)}, serialNumber={platform.Id}, C=CN", now.AddMinutes(-10), now.AddYears(RootYears));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, made.ToPem());
        }
        return new SigningIdentity(signer, KeyCertificate.FromFile(File.ReadAllBytes(file)));
    }

    // RFC 4514: a comma, quote or plus sign in a name ends nothing.
    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
