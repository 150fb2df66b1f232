using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>What a certificate concludes, as a seal says it. The numbers are part of the seal's format: never renumber.</summary>
public enum SealConclusion
{
    /// <summary>No conclusion: a calibration, a report.</summary>
    None = 0,
    /// <summary>合格: meets the requirements.</summary>
    Conforms = 1,
    /// <summary>不合格: does not meet them.</summary>
    DoesNotConform = 2,
    /// <summary>限用: may be used within stated limits.</summary>
    Restricted = 3,
}

/// <summary>What the code on a label says: which certificate, of whom, for which instrument, with what conclusion and until when. Equal where every field is.</summary>
public sealed record Seal
{
    /// <summary>Most bytes of UTF-8 for the end of a serial number and for a model.</summary>
    public const int MostTextBytes = 12;

    /// <summary>Id of the key that signs.</summary>
    public required string KeyId { get; init; }

    /// <summary>The certificate's public number.</summary>
    public required CertificateId Certificate { get; init; }

    /// <summary>What the certificate is.</summary>
    public required DocumentKind Kind { get; init; }

    /// <summary>The kind of instrument by its number in the trust list; 0 where none is stated.</summary>
    public int InstrumentKind { get; init; }

    /// <summary>Model as the nameplate says, at most 12 bytes; null where none is stated.</summary>
    public string? Model { get; init; }

    /// <summary>The last at most 12 bytes of the serial number, in clear: what is compared with the nameplate. Null where none is stated.</summary>
    public string? SerialEnd { get; init; }

    /// <summary>8 bytes of the salted digest of the whole serial number, in hexadecimal digits; null exactly where <see cref="SerialEnd"/> is.</summary>
    public string? SerialDigest { get; init; }

    /// <summary>The conclusion.</summary>
    public SealConclusion Conclusion { get; init; }

    /// <summary>Accuracy grade or class, one of <see cref="SealGrades.All"/>; null where none is stated.</summary>
    public string? Grade { get; init; }

    /// <summary>Day of the verification or of issue.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Last day of validity; null where none is set, as for calibrations.</summary>
    public DateOnly? ValidUntil { get; init; }

    /// <summary>Where the revocation list speaks of the certificate.</summary>
    public required uint StatusIndex { get; init; }

    /// <summary>8 random bytes in hexadecimal digits, printed nowhere but here and in the certificate.</summary>
    public required string Salt { get; init; }

    /// <summary>The first 16 bytes of the document's SHA-256, in hexadecimal digits.</summary>
    public required string DocumentDigest { get; init; }

    /// <summary>Where the log holds the certificate; null where it is not logged yet.</summary>
    public long? LeafIndex { get; init; }

    /// <summary>The first 8 bytes of the fingerprint of the instrument's software, in hexadecimal digits; null where none is stated.</summary>
    public string? SoftwareFingerprint { get; init; }

    /// <summary>The seal with what it says of a serial number: its end in clear and its salted digest.</summary>
    /// <exception cref="ArgumentException">The number is empty, or has control characters or blanks at its ends.</exception>
    public Seal WithSerial(string serialNumber)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(serialNumber);
        if (serialNumber != serialNumber.Trim() || serialNumber.Any(char.IsControl))
            throw new ArgumentException($"The serial number '{serialNumber}' has a control character, or a blank at an end.", nameof(serialNumber));
        return this with { SerialEnd = EndOf(serialNumber), SerialDigest = DigestOf(serialNumber) };
    }

    /// <summary>Whether this is the serial number that was sealed.</summary>
    public bool IsSerial(string serialNumber) => SerialDigest is not null && serialNumber is { Length: > 0 } && DigestOf(serialNumber.Trim()) == SerialDigest;

    /// <summary>Whether these are the bytes of the document that was sealed.</summary>
    public bool IsDocument(ReadOnlySpan<byte> document) => DigestOfDocument(document) == DocumentDigest;

    /// <summary>The digest of a document as a seal carries it.</summary>
    public static string DigestOfDocument(ReadOnlySpan<byte> document) => Convert.ToHexStringLower(SHA256.HashData(document).AsSpan(0, 16));

    private string DigestOf(string serialNumber) =>
        Convert.ToHexStringLower(SHA256.HashData([.. "CNM-SERIAL-1\0"u8, .. Convert.FromHexString(Salt), .. Encoding.UTF8.GetBytes(serialNumber)]).AsSpan(0, 8));

    private static string EndOf(string serialNumber)
    {
        var end = serialNumber;
        while (Encoding.UTF8.GetByteCount(end) > MostTextBytes)
            end = end[(char.IsHighSurrogate(end[0]) ? 2 : 1)..];
        return end.TrimStart();
    }
}

/// <summary>The accuracy grades and classes that seals name by number.</summary>
public static class SealGrades
{
    private static readonly string[] all =
    [
        "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "0.01", "0.02", "0.05", "0.1", "0.2", "0.2S", "0.25", "0.3", "0.4", "0.5", "0.5S", "0.6", "1", "1.5", "1.6", "2", "2.5", "3", "4", "5",
        "A", "B", "C", "D", "E", "AA", "E1", "E2", "F1", "F2", "M1", "M12", "M2", "M23", "M3", "00", "0", "K",
    ];

    /// <summary>Every grade; the number of a grade is its place from 1. New ones are put at the end.</summary>
    public static IReadOnlyList<string> All => all;

    /// <summary>The number of a grade; 0 where there is none.</summary>
    internal static byte NumberOf(string grade) => (byte)(Array.IndexOf(all, grade) + 1);
}
