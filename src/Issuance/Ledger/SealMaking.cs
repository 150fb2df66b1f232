using Plumbline.Certificates;

namespace Plumbline.Issuance;

/// <summary>Makes the seal of a certificate: what the QR code on its label says, signed with the institution's key.</summary>
internal static class SealMaking
{
    public static string Make(IssuedCertificate certificate, long? leaf, ISigner signer, string host)
    {
        var seal = new Seal
        {
            KeyId = signer.PublicKey.Id, Certificate = CertificateId.Parse(certificate.Code), Kind = certificate.Kind, Model = Short(certificate.Model), Conclusion = certificate.Conclusion,
            Grade = SealGrades.All.Contains(certificate.Grade) ? certificate.Grade : null, Date = EventRules.DayOf(certificate.IssuedAt), ValidUntil = certificate.ValidUntil, StatusIndex = (uint)certificate.StatusIndex,
            Salt = Convert.ToHexStringLower(certificate.Salt.AsSpan(0, 8)), DocumentDigest = certificate.Sha256[..32], LeafIndex = leaf,
        };
        if (!string.IsNullOrWhiteSpace(certificate.Serial))
            seal = seal.WithSerial(certificate.Serial);
        return SealCodec.ToUrl(SealCodec.Sign(seal, signer), host);
    }

    private static string? Short(string? model) =>
        string.IsNullOrWhiteSpace(model) || System.Text.Encoding.UTF8.GetByteCount(model) > Seal.MostTextBytes ? null : model;
}
