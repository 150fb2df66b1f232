namespace Plumbline.Certificates;

/// <summary>What can be said about the signature of a file. Whether the signer may be believed is another question: <see cref="SignatureRecord.Path"/>.</summary>
public enum SignatureState
{
    /// <summary>Every signature covers the whole document and verifies.</summary>
    Valid,
    /// <summary>Content or signature was changed, or the signature is built in a way that proves nothing.</summary>
    Invalid,
    /// <summary>It uses what is not judged here; it may be right.</summary>
    Unsupported,
    /// <summary>There is no signature.</summary>
    NotSigned,
}

/// <summary>The state of a timestamp (RFC 3161).</summary>
public enum TimestampState
{
    /// <summary>It is for this signature and verifies; whether its authority is trusted says the path.</summary>
    Valid,
    /// <summary>It is for something else, or was changed.</summary>
    Invalid,
    /// <summary>It is not of a kind that is judged here.</summary>
    Unsupported,
}

/// <summary>A timestamp on a signature.</summary>
/// <param name="State">Whether it is one for this signature.</param>
/// <param name="Time">When the authority saw the signature, UTC; null where it could not be read.</param>
/// <param name="Authority">The authority's certificate, where the token holds it.</param>
/// <param name="Path">The authority's path to the trusted certificates at that time.</param>
public sealed record TimestampRecord(TimestampState State, DateTimeOffset? Time, KeyCertificate? Authority, CertificatePath? Path);

/// <summary>One signature of a file.</summary>
public sealed record SignatureRecord
{
    /// <summary>Where it stands.</summary>
    public required string Place { get; init; }

    /// <summary>The verdict on this signature.</summary>
    public required SignatureState State { get; init; }

    /// <summary>The signer's certificate: the one whose digest is signed (XAdES), else the one in KeyInfo; null where there is none to be read.</summary>
    public KeyCertificate? Signer { get; init; }

    /// <summary>Further certificates that the signature brings along; they are not trusted.</summary>
    public IReadOnlyList<KeyCertificate> Others { get; init; } = [];

    /// <summary>The time of signing as the signer claims it; null where the signature claims none.</summary>
    public DateTimeOffset? ClaimedTime { get; init; }

    /// <summary>The signature algorithm in words, such as <c>ECDSA, SHA-256</c>; its identifier where it is not known.</summary>
    public string Algorithm { get; init; } = "";

    /// <summary>Identifiers of the canonical form and the digest of the document.</summary>
    public IReadOnlyList<string> DocumentAlgorithms { get; init; } = [];

    /// <summary>Whether it is XAdES with signed properties.</summary>
    public bool IsXades { get; init; }

    /// <summary>Whether the signer promised that the file is in canonical form byte for byte (files that this program signs), and so every byte counts.</summary>
    public bool BindsEveryByte { get; init; }

    /// <summary>The signer's path to the trusted certificates.</summary>
    public CertificatePath? Path { get; init; }

    /// <summary>The timestamp on the signature; null where there is none.</summary>
    public TimestampRecord? Timestamp { get; init; }

    /// <summary>Latest time at which the signature is proved to have existed: of a valid timestamp of a trusted authority; null where there is none.</summary>
    public DateTimeOffset? ProvedTime => Timestamp is { State: TimestampState.Valid, Path.State: PathState.Trusted } stamp ? stamp.Time : null;
}

/// <summary>What the check of a file's signatures found.</summary>
public sealed class SignatureReport
{
    private readonly Func<byte[]>? covered;

    internal SignatureReport(SignatureState state, IReadOnlyList<SignatureRecord> signatures, IReadOnlyList<Finding> findings, Func<byte[]>? covered = null) =>
        (State, Signatures, Findings, this.covered) = (state, signatures, findings, covered);

    /// <summary>The verdict on the whole file: invalid if any signature is, else unsupported if any is, else valid.</summary>
    public SignatureState State { get; }

    /// <summary>The signatures in the order of the file.</summary>
    public IReadOnlyList<SignatureRecord> Signatures { get; }

    /// <summary>Everything that speaks against, or could not be judged; layer <see cref="FindingLayer.Signature"/>.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Whether the file may be relied on: valid, and no finding is an error (such as a signer who is not trusted).</summary>
    public bool IsGood => State == SignatureState.Valid && !Findings.Any(f => f.Severity == FindingSeverity.Error);

    /// <summary>The bytes that the signature covers: the document in the canonical form that was signed, without the signature. What is read after verification is to be read from these.</summary>
    /// <exception cref="InvalidOperationException">The state is not <see cref="SignatureState.Valid"/>.</exception>
    public byte[] CoveredBytes() => covered?.Invoke() ?? throw new InvalidOperationException("Only a valid signature covers anything.");
}
