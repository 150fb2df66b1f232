namespace Plumbline.Certificates;

/// <summary>A key with the certificate that says whose it is.</summary>
public sealed class SigningIdentity
{
    /// <summary>Joins a key and its certificates.</summary>
    /// <param name="signer">The key.</param>
    /// <param name="certificates">The key's own certificate first, then those of the authorities between it and the trusted one, which itself may be left out.</param>
    /// <exception cref="ArgumentException">There is no certificate, or the first is for another key.</exception>
    public SigningIdentity(ISigner signer, IReadOnlyList<KeyCertificate> certificates)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(certificates);
        if (certificates.Count == 0)
            throw new ArgumentException("A certificate of the key is needed.", nameof(certificates));
        if (!certificates[0].Spki.Span.SequenceEqual(signer.PublicKey.Spki.Span))
            throw new ArgumentException($"The certificate '{certificates[0].Subject}' is for key {certificates[0].KeyId}, not for {signer.PublicKey.Id}.", nameof(certificates));
        (Signer, Certificates) = (signer, certificates);
    }

    /// <summary>The key.</summary>
    public ISigner Signer { get; }

    /// <summary>The key's certificate, then those of authorities.</summary>
    public IReadOnlyList<KeyCertificate> Certificates { get; }

    /// <summary>The key's certificate.</summary>
    public KeyCertificate Certificate => Certificates[0];
}
