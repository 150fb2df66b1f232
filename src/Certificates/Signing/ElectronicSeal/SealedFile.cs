using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>What the check of a seal on a file found.</summary>
/// <param name="State">Valid, invalid or not to be judged.</param>
/// <param name="Findings">What speaks against it, layer <see cref="FindingLayer.Signature"/>.</param>
/// <param name="Seal">The seal; null where it could not be read.</param>
/// <param name="Signer">Who sealed; null where it could not be read.</param>
/// <param name="Time">When, as the signer claims.</param>
/// <param name="SignerPath">The signer's path to the trusted certificates at that time.</param>
/// <param name="MakerPath">The seal maker's path.</param>
public sealed record ElectronicSealReport(SignatureState State, IReadOnlyList<Finding> Findings, ElectronicSeal? Seal = null, KeyCertificate? Signer = null, DateTimeOffset? Time = null, CertificatePath? SignerPath = null, CertificatePath? MakerPath = null)
{
    /// <summary>Whether the file may be relied on: the seal is valid and no finding is an error.</summary>
    public bool IsGood => State == SignatureState.Valid && !Findings.Any(f => f.Severity == FindingSeverity.Error);
}

/// <summary>A seal set on a file (SES_Signature of GB/T 38540-2020), detached: SM2 with SM3 over the file's SM3 digest, and over its SHA-256 digest besides, as a property.</summary>
public static class SealedFile
{
    private const string Property = "sha256:";

    /// <summary>Seals a file.</summary>
    /// <param name="file">The file as it will be handed out.</param>
    /// <param name="seal">The seal; the signer's certificate must be among its holders.</param>
    /// <param name="signer">The signer's key (SM2) and certificate.</param>
    /// <param name="time">The time of sealing, which the signer claims; whole seconds, within the seal's validity.</param>
    /// <returns>SES_Signature in DER, to be kept beside the file.</returns>
    /// <exception cref="ArgumentException">The key is not of SM2, the seal does not admit the certificate, or is not valid at the time.</exception>
    public static byte[] Sign(ReadOnlySpan<byte> file, ElectronicSeal seal, SigningIdentity signer, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(seal);
        SealDer.RequireSm2(signer);
        if (!seal.Admits(signer.Certificate))
            throw new ArgumentException($"The seal '{seal.Name}' does not admit the certificate '{signer.Certificate.Subject}'.", nameof(signer));
        if (time < seal.ValidFrom || time > seal.ValidTo)
            throw new ArgumentException($"The seal '{seal.Name}' is valid from {seal.ValidFrom:O} to {seal.ValidTo:O}, not at {time:O}.", nameof(time));
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(ElectronicSeal.WrittenVersion);
            writer.WriteEncodedValue(seal.Der.Span);
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
            writer.WriteBitString(Digests.Sm3(file));
            writer.WriteCharacterString(UniversalTagNumber.IA5String, Property + Convert.ToHexStringLower(Digests.Sha256(file)));
        }
        return SealDer.Signed(writer.Encode(), signer);
    }

    /// <summary>Checks a seal on a file, in the order of GB/T 38540: structure, the maker's signature, the seal's period at the time of sealing, the signer among its holders, the signature, the digest.</summary>
    /// <param name="file">The file.</param>
    /// <param name="signature">SES_Signature in DER.</param>
    /// <param name="trust">Trusted certificates; paths are judged for the time of sealing, which must not be after <see cref="SignatureTrust.At"/>.</param>
    /// <exception cref="PlatformNotSupportedException">libcrypto 3 is not installed.</exception>
    public static ElectronicSealReport Verify(ReadOnlySpan<byte> file, ReadOnlyMemory<byte> signature, SignatureTrust trust)
    {
        ArgumentNullException.ThrowIfNull(trust);
        try
        {
            return Check(file, signature, trust);
        }
        catch (Exception fault) when (fault is AsnContentException or CryptographicException)
        {
            return new(SignatureState.Invalid, [Finding("eseal-form", "/", fault.Message)]);
        }
    }

    private static Finding Finding(string rule, string part, string? value = null, string? expected = null, FindingSeverity severity = FindingSeverity.Error) => new(FindingLayer.Signature, severity, rule, part, value, expected);

    private static ElectronicSealReport Check(ReadOnlySpan<byte> file, ReadOnlyMemory<byte> encoded, SignatureTrust trust)
    {
        var outer = new AsnReader(encoded, AsnEncodingRules.DER);
        var whole = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var toSign = whole.PeekEncodedValue();
        var body = whole.ReadSequence();
        var signer = KeyCertificate.FromDer(whole.ReadOctetString());
        var algorithm = whole.ReadObjectIdentifier();
        var value = whole.ReadBytes();

        var version = body.TryReadInt32(out var written) ? written : 0;
        var seal = new ElectronicSeal(body.ReadEncodedValue());
        var time = body.ReadGeneralizedTime();
        var digest = body.ReadBytes();
        var property = body.ReadCharacterString(UniversalTagNumber.IA5String);

        var findings = new List<Finding>();
        if (version != ElectronicSeal.WrittenVersion || seal.Version != ElectronicSeal.WrittenVersion)
            findings.Add(Finding("eseal-version", "/toSign/version", $"{version}, {seal.Version}", $"{ElectronicSeal.WrittenVersion}", FindingSeverity.Unsupported));
        Signature(seal.IsSignedByMaker(), "eseal-maker", "/toSign/eseal/signedValue", seal.Maker, seal.Algorithm);
        if (time < seal.ValidFrom || time > seal.ValidTo)
            findings.Add(Finding("eseal-period", "/toSign/timeInfo", $"{time:yyyy-MM-dd'T'HH:mm:ss}Z", $"{seal.ValidFrom:yyyy-MM-dd} – {seal.ValidTo:yyyy-MM-dd}"));
        if (time > trust.At.AddMinutes(5))
            findings.Add(Finding("eseal-future", "/toSign/timeInfo", $"{time:yyyy-MM-dd'T'HH:mm:ss}Z", $"{trust.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}Z"));
        if (!seal.Admits(signer))
            findings.Add(Finding("eseal-holder", "/cert", signer.Subject, seal.Name));
        Signature(X509Algorithms.Verify(algorithm, signer, toSign.Span, value), "eseal-signature", "/signature", signer, algorithm);
        if (whole.HasData)
            findings.Add(Finding("timestamp-unsupported", "/timeStamp", severity: FindingSeverity.Note));
        var actual = Digests.Sm3(file);
        if (!digest.AsSpan().SequenceEqual(actual))
            findings.Add(Finding("eseal-digest", "/toSign/dataHash", Convert.ToHexStringLower(actual), Convert.ToHexStringLower(digest)));
        var sha256 = Property + Convert.ToHexStringLower(Digests.Sha256(file));
        if (property.StartsWith(Property, StringComparison.Ordinal) && property != sha256)
            findings.Add(Finding("eseal-digest", "/toSign/propertyInfo", sha256, property));

        var signerPath = CertificatePath.Check(signer, [], trust.Anchors, time);
        var makerPath = CertificatePath.Check(seal.Maker, [], trust.Anchors, seal.Created);
        var state = findings.Exists(f => f.Severity == FindingSeverity.Error) ? SignatureState.Invalid : findings.Exists(f => f.Severity == FindingSeverity.Unsupported) ? SignatureState.Unsupported : SignatureState.Valid;
        Path(signerPath, "/cert");
        Path(makerPath, "/toSign/eseal/cert");
        return new(state, findings, seal, signer, time, signerPath, makerPath);

        void Signature(bool? verified, string rule, string part, KeyCertificate by, string oid)
        {
            if (verified is null)
                findings.Add(Finding("signature-algorithm", part, X509Algorithms.NameOf(oid), severity: FindingSeverity.Unsupported));
            else if (verified == false)
                findings.Add(Finding(rule, part, by.Subject));
        }

        void Path(CertificatePath path, string part)
        {
            if (path.State == PathState.NotChecked)
                findings.Add(Finding("signer-notchecked", part, path.Certificates[0].Subject, severity: FindingSeverity.Note));
            else if (path.State != PathState.Trusted)
                findings.Add(Finding($"signer-{path.State}".ToLowerInvariant(), part, path.Certificates[0].Subject, path.Fault, path.State == PathState.Unsupported ? FindingSeverity.Unsupported : FindingSeverity.Error));
        }
    }
}
