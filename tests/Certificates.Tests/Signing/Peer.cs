using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Xml;

namespace Plumbline.Certificates.Tests;

/// <summary>The framework's SignedXml, taught ECDSA and Canonical XML 1.1, as an independent verifier.</summary>
public static class Peer
{
    static Peer()
    {
        CryptoConfig.AddAlgorithm(typeof(EcdsaSha256), XmlAlgorithms.EcdsaSha256);
        CryptoConfig.AddAlgorithm(typeof(CanonicalXml11), "http://www.w3.org/2006/12/xml-c14n11");
    }

    public static bool Verifies(byte[] file)
    {
        var document = Load(file);
        var signed = new Signed(document);
        signed.LoadXml((XmlElement)document.GetElementsByTagName("Signature", SignedXml.XmlDsigNamespaceUrl)[0]!);
        signed.SafeCanonicalizationMethods.Add("http://www.w3.org/2006/12/xml-c14n11");
        var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(document.GetElementsByTagName("X509Certificate", SignedXml.XmlDsigNamespaceUrl)[0]!.InnerText));
        return signed.CheckSignature((AsymmetricAlgorithm?)certificate.GetECDsaPublicKey() ?? certificate.GetRSAPublicKey()!);
    }

    /// <summary>What the framework's transform makes of a document.</summary>
    public static byte[] Canonical(byte[] file, CanonicalForm form)
    {
        Transform transform = form.Method == CanonicalMethod.Exclusive ? new XmlDsigExcC14NTransform(form.WithComments, string.Join(' ', form.InclusivePrefixes)) : new XmlDsigC14NTransform(form.WithComments);
        transform.LoadInput(Load(file));
        using var stream = (Stream)transform.GetOutput(typeof(Stream));
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static XmlDocument Load(byte[] file)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        using var reader = XmlReader.Create(new MemoryStream(file)); // this reader ends lines as XML asks; XmlDocument's own does not
        document.Load(reader);
        return document;
    }

    private sealed class Signed(XmlDocument document) : SignedXml(document)
    {
        public override XmlElement? GetIdElement(XmlDocument? document, string idValue) =>
            base.GetIdElement(document, idValue) ?? document?.GetElementsByTagName("*").OfType<XmlElement>().FirstOrDefault(e => e.GetAttribute("Id") == idValue);
    }

    public sealed class CanonicalXml11 : XmlDsigC14NTransform
    {
        public CanonicalXml11() => Algorithm = "http://www.w3.org/2006/12/xml-c14n11";
    }

    public sealed class EcdsaSha256 : SignatureDescription
    {
        public EcdsaSha256() => (KeyAlgorithm, DigestAlgorithm) = (typeof(ECDsa).AssemblyQualifiedName, "SHA256");

        public override HashAlgorithm CreateDigest() => SHA256.Create();

        public override AsymmetricSignatureDeformatter CreateDeformatter(AsymmetricAlgorithm key) => new Deformatter((ECDsa)key);

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
}
