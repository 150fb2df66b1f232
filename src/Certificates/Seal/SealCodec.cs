using System.Buffers.Binary;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>A seal with its signature.</summary>
/// <param name="Seal">What it says.</param>
/// <param name="Algorithm">The algorithm it states: <see cref="SignatureAlgorithm.EcdsaP256"/> or <see cref="SignatureAlgorithm.Sm2"/>.</param>
/// <param name="Payload">The bytes that are signed (after the prefix).</param>
/// <param name="Signature">64 bytes.</param>
/// <param name="Host">The host of the URL that it was read from; null where it was read from a fragment alone.</param>
public sealed record SignedSeal(Seal Seal, SignatureAlgorithm Algorithm, ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte> Signature, string? Host = null);

/// <summary>Seals as bytes, signed, and as the URL in a QR code: <c>HTTPS://HOST/V#…Z</c>, upper case throughout, whose fragment no browser sends.</summary>
/// <remarks>
/// Layout, numbers big-endian: version 1 and algorithm (1 ES256, 2 SM2) in half a byte each; flags 1; key id 8; certificate number 60 bits and kind 4 bits; instrument kind 2; conclusion 1; date 2 (days from 2000-01-01);
/// status index 4; salt 8; document digest 16; then where the flag from the lowest bit on is set: grade 1; valid until 2; leaf index 5; software fingerprint 8; serial digest 8, length 1, end; length 1, model. Signature 64 over <c>CNM-SEAL-1</c>, a zero byte and all of this.
/// One seal has one sequence of bytes; anything else is refused.
/// </remarks>
public static class SealCodec
{
    /// <summary>Most bytes of a seal without its signature.</summary>
    public const int MostPayloadBytes = 96;

    /// <summary>Bytes of the signature.</summary>
    public const int SignatureBytes = 64;

    /// <summary>The letter that ends every fragment, so that nothing that recognises links cuts off a full stop.</summary>
    public const char End = 'Z';

    private const int Version = 1, FixedBytes = 51;
    private const long MostLeafIndex = (1L << 40) - 1;
    private static readonly DateOnly epoch = new(2000, 1, 1);
    private static readonly UTF8Encoding strictUtf8 = new(false, throwOnInvalidBytes: true);
    internal static readonly byte[] SigningPrefix = Encoding.ASCII.GetBytes("CNM-SEAL-1\0");

    [Flags]
    private enum Parts : byte
    {
        None = 0,
        Grade = 1,
        ValidUntil = 2,
        Leaf = 4,
        Fingerprint = 8,
        Serial = 16,
        Model = 32,
        All = 63,
    }

    /// <summary>Signs a seal.</summary>
    /// <param name="seal">What it says; its key id is that of the signer.</param>
    /// <param name="signer">A key of ECDSA P-256 or SM2.</param>
    /// <exception cref="ArgumentException">A field cannot be said in a seal, the seal is too long, or the signer is another.</exception>
    public static SignedSeal Sign(Seal seal, ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(seal);
        ArgumentNullException.ThrowIfNull(signer);
        if (seal.KeyId != signer.PublicKey.Id)
            throw new ArgumentException($"The seal names the key {seal.KeyId}, the signer is {signer.PublicKey.Id}.", nameof(signer));
        var payload = Encode(seal, signer.PublicKey.Algorithm);
        return new(seal, signer.PublicKey.Algorithm, payload, signer.Sign([.. SigningPrefix, .. payload]));
    }

    /// <summary>The bytes that are signed.</summary>
    /// <exception cref="ArgumentException">A field cannot be said in a seal; the message names it.</exception>
    public static byte[] Encode(Seal seal, SignatureAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(seal);
        if (algorithm is not (SignatureAlgorithm.EcdsaP256 or SignatureAlgorithm.Sm2))
            throw new ArgumentException($"A seal is signed with ECDSA P-256 or SM2, not with {algorithm}.", nameof(algorithm));
        Ensure(seal.SerialEnd is null == seal.SerialDigest is null, "serial number", seal.SerialEnd ?? seal.SerialDigest, "its end and its digest together");
        var parts = (seal.Grade is null ? Parts.None : Parts.Grade) | (seal.ValidUntil is null ? Parts.None : Parts.ValidUntil) | (seal.LeafIndex is null ? Parts.None : Parts.Leaf)
            | (seal.SoftwareFingerprint is null ? Parts.None : Parts.Fingerprint) | (seal.SerialEnd is null ? Parts.None : Parts.Serial) | (seal.Model is null ? Parts.None : Parts.Model);
        Ensure(Enum.IsDefined(seal.Kind), "kind", $"{(int)seal.Kind}", "a kind of document");
        Ensure(Enum.IsDefined(seal.Conclusion), "conclusion", $"{(int)seal.Conclusion}", "a conclusion");
        Ensure(seal.InstrumentKind is >= 0 and <= ushort.MaxValue, "instrument kind", $"{seal.InstrumentKind}", "0 … 65535");
        Span<byte> bytes = stackalloc byte[MostPayloadBytes + 64];
        bytes[0] = (byte)(Version << 4 | (algorithm == SignatureAlgorithm.Sm2 ? 2 : 1));
        bytes[1] = (byte)parts;
        Hex(seal.KeyId, 8, "key id").CopyTo(bytes[2..]);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[10..], seal.Certificate.Value << 4 | (uint)seal.Kind);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[18..], (ushort)seal.InstrumentKind);
        bytes[20] = (byte)seal.Conclusion;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[21..], Days(seal.Date, "date"));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[23..], seal.StatusIndex);
        Hex(seal.Salt, 8, "salt").CopyTo(bytes[27..]);
        Hex(seal.DocumentDigest, 16, "document digest").CopyTo(bytes[35..]);
        var at = FixedBytes;
        if (seal.Grade is { } grade)
        {
            Ensure(SealGrades.NumberOf(grade) > 0, "grade", grade, string.Join(' ', SealGrades.All));
            bytes[at++] = SealGrades.NumberOf(grade);
        }
        if (seal.ValidUntil is { } until)
        {
            Ensure(until >= seal.Date, "valid until", $"{until:yyyy-MM-dd}", $"{seal.Date:yyyy-MM-dd} or later");
            BinaryPrimitives.WriteUInt16BigEndian(bytes[at..], Days(until, "valid until"));
            at += 2;
        }
        if (seal.LeafIndex is { } leaf)
        {
            Ensure(leaf is >= 0 and <= MostLeafIndex, "leaf index", $"{leaf}", $"0 … {MostLeafIndex}");
            bytes[at++] = (byte)(leaf >> 32);
            BinaryPrimitives.WriteUInt32BigEndian(bytes[at..], (uint)leaf);
            at += 4;
        }
        if (seal.SoftwareFingerprint is { } fingerprint)
        {
            Hex(fingerprint, 8, "software fingerprint").CopyTo(bytes[at..]);
            at += 8;
        }
        if (seal.SerialEnd is { } serial)
        {
            Hex(seal.SerialDigest!, 8, "serial digest").CopyTo(bytes[at..]);
            at += 8;
            at += WriteText(serial, "serial number", bytes[at..]);
        }
        if (seal.Model is { } model)
            at += WriteText(model, "model", bytes[at..]);
        Ensure(at <= MostPayloadBytes, "length", $"{at}", $"{MostPayloadBytes} bytes: leave out the software fingerprint or shorten the model");
        return bytes[..at].ToArray();
    }

    /// <summary>The URL of a signed seal.</summary>
    /// <param name="seal">The seal.</param>
    /// <param name="host">Host of the verification page, such as V.EXAMPLE.CN; a port may follow a colon.</param>
    /// <exception cref="ArgumentException">The host is none.</exception>
    public static string ToUrl(SignedSeal seal, string host)
    {
        ArgumentNullException.ThrowIfNull(seal);
        ArgumentNullException.ThrowIfNull(host);
        var upper = host.ToUpperInvariant();
        if (upper.Length is 0 or > 100 || !upper.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '.' or '-' or ':') || !Uri.TryCreate($"https://{host}/", UriKind.Absolute, out _))
            throw new ArgumentException($"'{host}' is not a host name.", nameof(host));
        return $"HTTPS://{upper}/V#{Fragment(seal)}";
    }

    /// <summary>What follows the <c>#</c>.</summary>
    public static string Fragment(SignedSeal seal)
    {
        ArgumentNullException.ThrowIfNull(seal);
        return Base41.Encode([.. seal.Payload.Span, .. seal.Signature.Span]) + End;
    }

    /// <summary>Reads the URL of a seal, or its fragment alone. The signature is judged by <see cref="SealVerifier"/>.</summary>
    /// <param name="text">The text of the QR code; scheme, host and path in any case, as browsers rewrite them.</param>
    public static Reading<SignedSeal> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        if (text.Length > 600)
            return Refuse("seal-url", $"{text[..40]}…", "HTTPS://HOST/V#…");
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        string? host = null;
        if (hash > 0)
        {
            if (!Uri.TryCreate(text[..hash], UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || !uri.AbsolutePath.Equals("/V", StringComparison.OrdinalIgnoreCase))
                return Refuse("seal-url", text[..hash], "HTTPS://HOST/V#…");
            host = uri.Authority;
        }
        var fragment = text[(hash + 1)..];
        if (fragment.Length == 0 || fragment[^1] != End)
            return Refuse("seal-end", fragment.Length == 0 ? "" : $"{fragment[^1]}", $"{End}");
        var decoded = Base41.Decode(fragment.AsSpan(0, fragment.Length - 1));
        if (decoded.Value is not { } bytes)
            return new(null, decoded.Findings);
        var read = Decode(bytes);
        return read.Value is { } seal ? new(seal with { Host = host }) : read;
    }

    /// <summary>Reads payload and signature.</summary>
    public static Reading<SignedSeal> Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is < FixedBytes + SignatureBytes or > MostPayloadBytes + SignatureBytes)
            return Refuse("seal-length", $"{bytes.Length}", $"{FixedBytes + SignatureBytes} … {MostPayloadBytes + SignatureBytes}");
        var payload = bytes[..^SignatureBytes];
        if (payload[0] >> 4 != Version || (payload[0] & 15) is not (1 or 2))
            return Refuse("seal-version", $"{payload[0]:x2}", "11, 12");
        var algorithm = (payload[0] & 15) == 2 ? SignatureAlgorithm.Sm2 : SignatureAlgorithm.EcdsaP256;
        var parts = (Parts)payload[1];
        if ((parts & ~Parts.All) != 0)
            return Refuse("seal-flags", $"{payload[1]:x2}", "00 … 3f");
        var certificate = BinaryPrimitives.ReadUInt64BigEndian(payload[10..]);
        var seal = new Seal
        {
            KeyId = Convert.ToHexStringLower(payload[2..10]),
            Certificate = new(certificate >> 4),
            Kind = (DocumentKind)(certificate & 15),
            InstrumentKind = BinaryPrimitives.ReadUInt16BigEndian(payload[18..]),
            Conclusion = (SealConclusion)payload[20],
            Date = epoch.AddDays(BinaryPrimitives.ReadUInt16BigEndian(payload[21..])),
            StatusIndex = BinaryPrimitives.ReadUInt32BigEndian(payload[23..]),
            Salt = Convert.ToHexStringLower(payload[27..35]),
            DocumentDigest = Convert.ToHexStringLower(payload[35..51]),
        };
        var rest = payload[FixedBytes..];
        if ((parts.HasFlag(Parts.Grade) ? 1 : 0) + (parts.HasFlag(Parts.ValidUntil) ? 2 : 0) + (parts.HasFlag(Parts.Leaf) ? 5 : 0) + (parts.HasFlag(Parts.Fingerprint) ? 8 : 0) + (parts.HasFlag(Parts.Serial) ? 10 : 0) + (parts.HasFlag(Parts.Model) ? 2 : 0) > rest.Length)
            return Refuse("seal-length", $"{bytes.Length}", null);
        if (parts.HasFlag(Parts.Grade))
        {
            if (rest[0] is 0 || rest[0] > SealGrades.All.Count)
                return Refuse("seal-field", $"{rest[0]}", $"1 … {SealGrades.All.Count}", "grade");
            seal = seal with { Grade = SealGrades.All[rest[0] - 1] };
            rest = rest[1..];
        }
        if (parts.HasFlag(Parts.ValidUntil))
        {
            seal = seal with { ValidUntil = epoch.AddDays(BinaryPrimitives.ReadUInt16BigEndian(rest)) };
            rest = rest[2..];
        }
        if (parts.HasFlag(Parts.Leaf))
        {
            seal = seal with { LeafIndex = (long)rest[0] << 32 | BinaryPrimitives.ReadUInt32BigEndian(rest[1..]) };
            rest = rest[5..];
        }
        if (parts.HasFlag(Parts.Fingerprint))
        {
            seal = seal with { SoftwareFingerprint = Convert.ToHexStringLower(rest[..8]) };
            rest = rest[8..];
        }
        if (parts.HasFlag(Parts.Serial))
        {
            seal = seal with { SerialDigest = Convert.ToHexStringLower(rest[..8]), SerialEnd = ReadText(ref rest, 8) };
            if (seal.SerialEnd is null)
                return Refuse("seal-field", null, $"1 … {Seal.MostTextBytes} B", "serial number");
        }
        if (parts.HasFlag(Parts.Model))
        {
            seal = seal with { Model = ReadText(ref rest, 0) };
            if (seal.Model is null)
                return Refuse("seal-field", null, $"1 … {Seal.MostTextBytes} B", "model");
        }
        if (rest.Length > 0)
            return Refuse("seal-length", $"{bytes.Length}", $"{bytes.Length - rest.Length}");
        if (!Enum.IsDefined(seal.Kind))
            return Refuse("seal-field", $"{(int)seal.Kind}", "1 … 7", "kind");
        if (!Enum.IsDefined(seal.Conclusion))
            return Refuse("seal-field", $"{(int)seal.Conclusion}", "0 … 3", "conclusion");
        if (seal.ValidUntil < seal.Date)
            return Refuse("seal-field", $"{seal.ValidUntil:yyyy-MM-dd}", $"≥ {seal.Date:yyyy-MM-dd}", "valid until");
        return new(new SignedSeal(seal, algorithm, payload.ToArray(), bytes[^SignatureBytes..].ToArray()));
    }

    private static ushort Days(DateOnly date, string field)
    {
        var days = date.DayNumber - epoch.DayNumber;
        Ensure(days is >= 0 and <= ushort.MaxValue, field, $"{date:yyyy-MM-dd}", "2000-01-01 … 2179-06-06");
        return (ushort)days;
    }

    private static byte[] Hex(string digits, int length, string field)
    {
        Ensure(digits is { } && digits.Length == 2 * length && digits.All(char.IsAsciiHexDigitLower), field, digits, $"{2 * length} lower-case hexadecimal digits");
        return Convert.FromHexString(digits!);
    }

    private static int WriteText(string text, string field, Span<byte> target)
    {
        Ensure(IsText(text) && Encoding.UTF8.GetByteCount(text) is >= 1 and <= Seal.MostTextBytes, field, text, $"1 to {Seal.MostTextBytes} bytes of UTF-8 without control characters or blanks at the ends");
        var count = Encoding.UTF8.GetBytes(text, target[1..]);
        target[0] = (byte)count;
        return count + 1;
    }

    private static string? ReadText(ref ReadOnlySpan<byte> rest, int after)
    {
        if (rest.Length <= after)
            return null;
        var count = rest[after];
        if (count is 0 or > Seal.MostTextBytes || rest.Length < after + 1 + count)
            return null;
        try
        {
            var text = strictUtf8.GetString(rest.Slice(after + 1, count));
            rest = rest[(after + 1 + count)..];
            return IsText(text) ? text : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // Not Trim and IsControl: the browser's script has to agree on every symbol.
    private static bool IsText(string text) => text is { Length: > 0 } && text[0] != ' ' && text[^1] != ' ' && !text.Any(c => c < ' ' || c is >= '\x7f' and <= '\x9f' || char.IsSurrogate(c) || c is '\u2028' or '\u2029');

    private static void Ensure(bool holds, string field, string? value, string expected)
    {
        if (!holds)
            throw new ArgumentException($"The seal's {field} '{value}' cannot be sealed; expected: {expected}.");
    }

    private static Reading<SignedSeal> Refuse(string rule, string? value, string? expected, params string[] arguments) =>
        new(new Finding(FindingLayer.Form, FindingSeverity.Error, rule, "seal", value, expected) { Arguments = arguments });
}
