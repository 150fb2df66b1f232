using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Xml;

namespace Plumbline.BenchSignatures;

/// <summary>The framework's SignedXml with the two algorithms it lacks: ECDSA with SHA-256, and Canonical XML 1.1, which for a whole document is 1.0.</summary>
public static class Peer
{
    private const string CanonicalXml11Uri = "http://www.w3.org/2006/12/xml-c14n11";

    public static void Prepare()
    {
        CryptoConfig.AddAlgorithm(typeof(EcdsaSha256), "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256");
        CryptoConfig.AddAlgorithm(typeof(CanonicalXml11), CanonicalXml11Uri);
    }

    /// <summary>What every program with SignedXml does: load, find, check.</summary>
    public static bool Verifies(byte[] file)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        document.Load(new MemoryStream(file));
        var signed = new Signed(document);
        signed.LoadXml((XmlElement)document.GetElementsByTagName("Signature", SignedXml.XmlDsigNamespaceUrl)[0]!);
        signed.SafeCanonicalizationMethods.Add(CanonicalXml11Uri);
        using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(document.GetElementsByTagName("X509Certificate", SignedXml.XmlDsigNamespaceUrl)[0]!.InnerText));
        using var key = certificate.GetECDsaPublicKey()!;
        return signed.CheckSignature(key);
    }

    private sealed class Signed(XmlDocument document) : SignedXml(document)
    {
        public override XmlElement? GetIdElement(XmlDocument? document, string idValue) => document?.SelectSingleNode($"//*[@Id='{idValue}']") as XmlElement;
    }

    public sealed class CanonicalXml11 : XmlDsigC14NTransform
    {
        public CanonicalXml11() => Algorithm = CanonicalXml11Uri;
    }

    public sealed class EcdsaSha256 : SignatureDescription
    {
        public EcdsaSha256() => (KeyAlgorithm, DigestAlgorithm) = (typeof(ECDsa).AssemblyQualifiedName, "SHA256");

        public override HashAlgorithm CreateDigest() => SHA256.Create();

        public override AsymmetricSignatureDeformatter CreateDeformatter(AsymmetricAlgorithm key) => new Deformatter((ECDsa)key);
    }

    private sealed class Deformatter(ECDsa key) : AsymmetricSignatureDeformatter
    {
        public override void SetHashAlgorithm(string strName)
        {
        }

        public override void SetKey(AsymmetricAlgorithm key)
        {
        }

        public override bool VerifySignature(byte[] rgbHash, byte[] rgbSignature) => key.VerifyHash(rgbHash, rgbSignature);
    }
}
