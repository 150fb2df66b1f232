namespace Plumbline.Certificates;

/// <summary>What an entry of the log tells. The numbers are part of the format: never renumber.</summary>
public enum LogEventType
{
    /// <summary>A certificate is issued 签发.</summary>
    Issue = 1,
    /// <summary>A certificate is issued that amends an earlier one 修改 (ISO/IEC 17025 7.8.8).</summary>
    Amend = 2,
    /// <summary>A certificate is issued in place of an earlier one 替换.</summary>
    Substitute = 3,
    /// <summary>A certificate is revoked 作废.</summary>
    Revoke = 4,
    /// <summary>A certificate is suspended 暂停.</summary>
    Suspend = 5,
    /// <summary>A suspended certificate is in force again 恢复.</summary>
    Reinstate = 6,
    /// <summary>Legally relevant software is registered, changed or withdrawn 软件指纹登记.</summary>
    Software = 7,
    /// <summary>Keys or authorisations change 密钥与授权变更.</summary>
    Key = 8,
    /// <summary>The root of the map from certificates to their latest events 状态根.</summary>
    StatusRoot = 9,
    /// <summary>A participant's result of a comparison is fixed without being shown 比对结果承诺.</summary>
    Commitment = 10,
    /// <summary>What was fixed is shown 比对结果揭示.</summary>
    Opening = 11,
}

/// <summary>The digests of the file that an event is about.</summary>
/// <param name="Sha256">SHA-256.</param>
/// <param name="Sm3">SM3.</param>
public sealed record FileDigests(Hash256 Sha256, Hash256 Sm3)
{
    /// <summary>The digests of a file's bytes.</summary>
    /// <exception cref="PlatformNotSupportedException">libcrypto 3 is not installed.</exception>
    public static FileDigests Of(ReadOnlySpan<byte> file) => new(new(Digests.Sha256(file)), new(Digests.Sm3(file)));
}

/// <summary>The earlier entry that an event acts on: the latest about its certificate, or the commitment that it opens.</summary>
/// <param name="Id">The certificate; null for a commitment.</param>
/// <param name="Index">The entry's place in the log.</param>
/// <param name="Leaf">The entry's hash in the tree.</param>
public sealed record EventTarget(CertificateId? Id, long Index, Hash256 Leaf);

/// <summary>What a status root covers.</summary>
/// <param name="Root">Root of the status tree.</param>
/// <param name="Count">Number of certificates in it.</param>
/// <param name="Size">Number of the log's entries whose events it takes in.</param>
public sealed record StatusSummary(Hash256 Root, long Count, long Size);

/// <summary>An entry of the log: what happened, to which certificate, said and signed by whom. It holds digests and codes only, never a customer, an instrument or a result.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Issuer">Id of the institution that says so.</param>
/// <param name="Time">When, to the second.</param>
public sealed record LogEvent(LogEventType Type, string Issuer, DateTimeOffset Time)
{
    /// <summary>The longest entry, in bytes.</summary>
    public const int MaximumLength = 1024;

    /// <summary>The certificate.</summary>
    public CertificateId? Id { get; init; }

    /// <summary>Name of the <see cref="DocumentKind"/> that is issued.</summary>
    public string? Kind { get; init; }

    /// <summary>Digests of the final file: of the certificate, the software record, the trust list, or the opened result.</summary>
    public FileDigests? Digests { get; init; }

    /// <summary>A salted digest, <see cref="SaltedCommitment"/>: of what the certificate says, or of a result.</summary>
    public Hash256? Commitment { get; init; }

    /// <summary>The earlier entry that this one acts on.</summary>
    public EventTarget? Target { get; init; }

    /// <summary>Why, as a code of lower-case letters, digits and hyphens.</summary>
    public string? Reason { get; init; }

    /// <summary>The certificate's number in revocation lists, counted without gaps.</summary>
    public long? StatusIndex { get; init; }

    /// <summary>The comparison's code, the software unit and version, or the trust list's version.</summary>
    public string? Reference { get; init; }

    /// <summary>What a status root covers.</summary>
    public StatusSummary? Status { get; init; }

    /// <summary>For a compromised key: the last entry whose signature by it is believed.</summary>
    public long? LastTrusted { get; init; }

    /// <summary>The 16 bytes that open a commitment, in hexadecimal.</summary>
    public string? Salt { get; init; }

    /// <summary>Id of the key that signed, <see cref="PublicKey.Id"/>; empty until signed.</summary>
    public string KeyId { get; init; } = "";

    /// <summary>The signature over the rest, 64 bytes in hexadecimal; empty until signed.</summary>
    public string Signature { get; init; } = "";

    /// <summary>Whether the event puts a new certificate into the world.</summary>
    public bool Issues => Type is LogEventType.Issue or LogEventType.Amend or LogEventType.Substitute;

    /// <summary>Signs the event.</summary>
    /// <exception cref="LogException">A field is missing, or one stands there that the type does not have.</exception>
    public LogEvent SignedBy(ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        var named = this with { KeyId = signer.PublicKey.Id, Time = DateTimeOffset.FromUnixTimeSeconds(Time.ToUnixTimeSeconds()), Signature = "" };
        return named with { Signature = Convert.ToHexStringLower(signer.Sign(LogEventCbor.ToBeSigned(named))) };
    }

    /// <summary>Whether the signature is the key's.</summary>
    public bool IsSignedBy(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Id == KeyId && key.Verify(LogEventCbor.ToBeSigned(this), Convert.FromHexString(Signature));
    }

    /// <summary>The entry's bytes: deterministic CBOR (RFC 8949 §4.2).</summary>
    /// <exception cref="LogException">A field is missing or too long, or one stands there that the type does not have, or the event is not signed.</exception>
    public byte[] Encode() => LogEventCbor.Encode(this);

    /// <summary>Reads an entry.</summary>
    /// <exception cref="LogException">It is not an event in its one spelling.</exception>
    public static LogEvent Decode(ReadOnlyMemory<byte> entry) => LogEventCbor.Decode(entry);
}
