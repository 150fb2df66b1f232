using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>What certificates that are no longer in force are; the order is that of the sections of a list.</summary>
public enum ListedStatus
{
    /// <summary>Not on the list: in force as far as the list knows.</summary>
    NotListed,
    /// <summary>Revoked (作废): never to be relied on again.</summary>
    Revoked,
    /// <summary>Suspended (暂停): may come into force again.</summary>
    Suspended,
    /// <summary>Replaced by a later certificate (被替代).</summary>
    Superseded,
}

/// <summary>The bytes of a revocation list and of a delta between two.</summary>
/// <remarks><c>CNMR</c>, version 1, kind (0 list, 1 delta), key id 8, then for a delta base number 4; number 4, issued 8 and next update 8 (seconds of Unix time), first index 4, range 4; for a delta the first 16 bytes of SHA-256 of the content that results; sections of: how many 4, Rice parameter 1, bytes 4, code; at last the signature 64 over <c>CNM-REVOKED-1</c>, a zero byte and everything before. Numbers are big-endian. A list has three sections (revoked, suspended, superseded), a delta six (added and removed of each).</remarks>
internal static class RevocationFile
{
    public const int Sections = 3, SignatureLength = 64, DigestLength = 16, MostBytes = 64 * 1024 * 1024;
    public static readonly byte[] SigningPrefix = Encoding.ASCII.GetBytes("CNM-REVOKED-1\0");
    private const byte Version = 1;

    /// <summary>What a list says of itself.</summary>
    internal sealed record Head(uint Number, DateTimeOffset Issued, DateTimeOffset NextUpdate, uint First, uint Range);

    public static byte[] Content(Head head, uint[][] sections)
    {
        var writer = new ArrayBufferWriter<byte>();
        WriteHead(writer, head);
        WriteSections(writer, sections);
        return writer.WrittenSpan.ToArray();
    }

    public static byte[] Digest(ReadOnlySpan<byte> content) => SHA256.HashData(content)[..DigestLength];

    /// <summary>A signed file.</summary>
    public static byte[] Sign(Head head, uint? baseNumber, byte[]? digest, uint[][] sections, ISigner signer)
    {
        var writer = new ArrayBufferWriter<byte>();
        writer.Write("CNMR"u8);
        writer.Write([Version, (byte)(baseNumber is null ? 0 : 1)]);
        writer.Write(Convert.FromHexString(signer.PublicKey.Id));
        if (baseNumber is { } number)
            Write(writer, number);
        WriteHead(writer, head);
        writer.Write(digest ?? []);
        WriteSections(writer, sections);
        var body = writer.WrittenSpan.ToArray();
        return [.. body, .. signer.Sign([.. SigningPrefix, .. body])];
    }

    /// <summary>The parts of a file; its signature is not looked at.</summary>
    internal sealed record Parts(string KeyId, uint? BaseNumber, Head Head, byte[] Digest, uint[][] Sections, byte[] Body, byte[] Signature);

    public static Reading<Parts> Read(ReadOnlySpan<byte> file, bool delta)
    {
        if (file.Length is < 4 or > MostBytes || !file[..4].SequenceEqual("CNMR"u8))
            return Refuse("revocation-list-magic", file.Length < 4 ? $"{file.Length} B" : Convert.ToHexString(file[..4]), "CNMR");
        var reader = new Cursor(file);
        _ = reader.Take(4);
        if (reader.Byte() is var version && version != Version)
            return Refuse("revocation-list-version", $"{version}", $"{Version}");
        if (reader.Byte() is var kind && kind != (delta ? 1 : 0))
            return Refuse("revocation-list-kind", $"{kind}", delta ? "1" : "0");
        var keyId = Convert.ToHexStringLower(reader.Take(8));
        uint? baseNumber = delta ? reader.Number() : null;
        var number = reader.Number();
        var (issued, next) = (reader.Seconds(), reader.Seconds());
        var head = new Head(number, issued, next, reader.Number(), reader.Number());
        if (!reader.IsGood || head.NextUpdate < head.Issued || head.Range > uint.MaxValue - head.First || delta && baseNumber >= number)
            return Refuse("revocation-list-head", $"{file.Length} B", null);
        var digest = delta ? reader.Take(DigestLength).ToArray() : [];
        var sections = new uint[delta ? 2 * Sections : Sections][];
        for (var i = 0; i < sections.Length; i++)
        {
            var count = reader.Number();
            var parameter = reader.Byte();
            var bytes = reader.Number();
            var code = reader.Take(bytes);
            if (!reader.IsGood || count > head.Range || RiceCoding.Decode(code, (int)Math.Min(count, int.MaxValue), parameter, head.Range) is not { } numbers || parameter != RiceCoding.BestParameter(numbers))
                return Refuse("revocation-list-section", $"{i + 1}", null);
            sections[i] = numbers;
        }
        var end = reader.At;
        var signature = reader.Take(SignatureLength).ToArray();
        if (!reader.IsGood || reader.At != file.Length)
            return Refuse("revocation-list-length", $"{file.Length}", $"{end + SignatureLength}");
        if (!AreApart(delta ? [sections[0], sections[1], sections[2]] : sections))
            return Refuse("revocation-list-twice", $"{head.Number}", null);
        return new(new Parts(keyId, baseNumber, head, digest, sections, file[..end].ToArray(), signature));
    }

    /// <summary>Whether no number stands in two sections.</summary>
    public static bool AreApart(uint[][] sections)
    {
        var all = sections.SelectMany(s => s).ToArray();
        Array.Sort(all);
        for (var i = 1; i < all.Length; i++)
            if (all[i] == all[i - 1])
                return false;
        return true;
    }

    private static Reading<Parts> Refuse(string rule, string? value, string? expected) => new(new Finding(FindingLayer.Log, FindingSeverity.Error, rule, "revocation list", value, expected));

    private static void WriteHead(ArrayBufferWriter<byte> writer, Head head)
    {
        Write(writer, head.Number);
        BinaryPrimitives.WriteInt64BigEndian(writer.GetSpan(8), head.Issued.ToUnixTimeSeconds());
        writer.Advance(8);
        BinaryPrimitives.WriteInt64BigEndian(writer.GetSpan(8), head.NextUpdate.ToUnixTimeSeconds());
        writer.Advance(8);
        Write(writer, head.First);
        Write(writer, head.Range);
    }

    private static void WriteSections(ArrayBufferWriter<byte> writer, uint[][] sections)
    {
        foreach (var numbers in sections)
        {
            var parameter = RiceCoding.BestParameter(numbers);
            var code = RiceCoding.Encode(numbers, parameter);
            Write(writer, (uint)numbers.Length);
            writer.Write([(byte)parameter]);
            Write(writer, (uint)code.Length);
            writer.Write(code);
        }
    }

    private static void Write(ArrayBufferWriter<byte> writer, uint number)
    {
        BinaryPrimitives.WriteUInt32BigEndian(writer.GetSpan(4), number);
        writer.Advance(4);
    }

    /// <summary>Reads on; past the end it turns bad and gives zeros.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> bytes = bytes;

        public int At { get; private set; }

        public bool IsGood { get; private set; } = true;

        public ReadOnlySpan<byte> Take(uint count)
        {
            if (!IsGood || count > bytes.Length - At)
            {
                IsGood = false;
                return new byte[Math.Min(count, 16)];
            }
            At += (int)count;
            return bytes.Slice(At - (int)count, (int)count);
        }

        public byte Byte() => Take(1)[0];

        public uint Number() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

        public DateTimeOffset Seconds()
        {
            var seconds = BinaryPrimitives.ReadInt64BigEndian(Take(8));
            if (seconds is >= 0 and <= 253402300799) // 9999-12-31
                return DateTimeOffset.FromUnixTimeSeconds(seconds);
            IsGood = false;
            return default;
        }
    }
}
