using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace Plumbline.Certificates;

/// <summary>The digest that an instrument answers with.</summary>
public enum AnswerDigest
{
    /// <summary>SM3.</summary>
    Sm3,
    /// <summary>SHA-256.</summary>
    Sha256,
}

/// <summary>A question that only someone with the registered bytes at hand can answer: the digest of a nonce, never used before, and the content of ranges that nobody could foresee.</summary>
/// <param name="Approval">The type approval.</param>
/// <param name="Unit">The part of the software.</param>
/// <param name="Version">The version that the instrument shows.</param>
/// <param name="Nonce">16 bytes in hexadecimal digits.</param>
/// <param name="Digest">The digest: of nonce, then the bytes of the ranges one after the other.</param>
/// <param name="Ranges">The ranges, in the order in which they are digested.</param>
/// <param name="MostMilliseconds">How long the instrument may take: what it needs itself, and not what asking another takes.</param>
public sealed record SoftwareChallenge(string Approval, string Unit, string Version, string Nonce, AnswerDigest Digest, IReadOnlyList<MemoryRange> Ranges, int MostMilliseconds)
{
    private const string Format = "plumbline-software-challenge";
    private const int NonceBytes = 16, MostRanges = 100_000;

    /// <summary>Makes a challenge about every registered byte of a version, in an order drawn at random: any change of a registered byte changes the answer.</summary>
    /// <param name="record">The approval.</param>
    /// <param name="unit">The version.</param>
    /// <param name="nonce">16 random bytes, used once.</param>
    /// <param name="seed">Random bytes that the order is drawn with.</param>
    /// <param name="pieceBytes">Length of a piece, from 16.</param>
    /// <param name="digest">The digest.</param>
    /// <param name="mostMilliseconds">How long the answer may take.</param>
    public static SoftwareChallenge OfEverything(SoftwareRecord record, SoftwareUnit unit, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> seed, int pieceBytes, AnswerDigest digest, int mostMilliseconds)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieceBytes, 16);
        var pieces = new List<MemoryRange>();
        foreach (var stretch in Stretches(unit))
            for (var at = stretch.Address; at < stretch.End; at += pieceBytes)
                pieces.Add(new(at, Math.Min(pieceBytes, stretch.End - at)));
        if (pieces.Count > MostRanges)
            throw new ArgumentException($"{pieces.Count} pieces: at most {MostRanges}, take longer ones.", nameof(pieceBytes));
        var stream = new SeedStream(seed);
        for (var i = pieces.Count - 1; i > 0; i--)
        {
            var other = (int)stream.Below(i + 1);
            (pieces[i], pieces[other]) = (pieces[other], pieces[i]);
        }
        return Make(record, unit, nonce, digest, pieces, mostMilliseconds);
    }

    /// <summary>Makes a challenge about ranges drawn at random from the registered bytes of a version: quicker, and a change is caught with the chance that <see cref="ChanceToCatch"/> tells.</summary>
    /// <param name="record">The approval.</param>
    /// <param name="unit">The version.</param>
    /// <param name="nonce">16 random bytes, used once.</param>
    /// <param name="seed">Random bytes that the ranges are drawn with.</param>
    /// <param name="count">How many ranges, from 1.</param>
    /// <param name="rangeBytes">Length of a range, from 16; ranges at the end of a stretch are shorter.</param>
    /// <param name="digest">The digest.</param>
    /// <param name="mostMilliseconds">How long the answer may take.</param>
    public static SoftwareChallenge OfSample(SoftwareRecord record, SoftwareUnit unit, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> seed, int count, int rangeBytes, AnswerDigest digest, int mostMilliseconds)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostRanges);
        ArgumentOutOfRangeException.ThrowIfLessThan(rangeBytes, 16);
        MemoryRange[] stretches = [.. Stretches(unit)];
        var (stream, total) = (new SeedStream(seed), stretches.Sum(s => s.Length));
        var ranges = new List<MemoryRange>();
        while (ranges.Count < count)
        {
            var at = stream.Below(total);
            var stretch = stretches.First(s => (at -= s.Length) < 0);
            var from = stretch.End + at;
            ranges.Add(new(from, Math.Min(rangeBytes, stretch.End - from)));
        }
        return Make(record, unit, nonce, digest, ranges, mostMilliseconds);
    }

    /// <summary>The chance that one sample of ranges meets a changed stretch.</summary>
    /// <param name="registeredBytes">Registered bytes in all.</param>
    /// <param name="changedBytes">Length of the changed stretch.</param>
    /// <param name="count">How many ranges are drawn.</param>
    /// <param name="rangeBytes">Length of a range.</param>
    /// <returns>0 to 1.</returns>
    public static double ChanceToCatch(long registeredBytes, long changedBytes, int count, int rangeBytes) =>
        1 - Math.Pow(1 - Math.Min(1, (changedBytes + rangeBytes - 1.0) / registeredBytes), count);

    /// <summary>The right answer, from an image.</summary>
    /// <returns>64 hexadecimal digits; null where the image does not hold all the ranges.</returns>
    public string? Answer(SoftwareImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var message = new byte[NonceBytes + Ranges.Sum(r => r.Length)];
        Convert.FromHexString(Nonce).CopyTo(message, 0);
        var at = NonceBytes;
        foreach (var range in Ranges)
        {
            if (image.Read(range) is not { } bytes)
                return null;
            bytes.CopyTo(message.AsMemory(at));
            at += bytes.Length;
        }
        return Convert.ToHexStringLower(Digest == AnswerDigest.Sm3 ? Digests.Sm3(message) : Digests.Sha256(message));
    }

    /// <summary>Judges an instrument's answer.</summary>
    /// <param name="checks">The registry.</param>
    /// <param name="shown">What the display shows.</param>
    /// <param name="date">The day of the check.</param>
    /// <param name="answer">The answer, hexadecimal digits in any case.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="escrow">The image kept in escrow.</param>
    public SoftwareReport Judge(SoftwareChecks checks, DisplayedSoftware shown, DateOnly date, string answer, TimeSpan elapsed, SoftwareImage escrow)
    {
        ArgumentNullException.ThrowIfNull(checks);
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(escrow);
        var findings = new List<Finding>();
        var (verdict, record, unit) = checks.Find(shown, date, null, findings);
        if (unit is null)
            return new(verdict, record, null, findings);
        if ((record!.Approval, unit.Name, unit.Version) != (Approval, Unit, Version))
        {
            findings.Add(SoftwareChecks.Bad("software-challenge-other", $"{Approval} {Unit} {Version}", $"{record.Approval} {unit.Name} {unit.Version}"));
            return new(SoftwareChecks.Worse(verdict, differs: true), record, unit, findings);
        }
        if (unit.Modules.Any(m => m.Bytes(escrow) is not { } bytes || ModuleDigests.Of(bytes).Sha256 != m.Sha256) || Answer(escrow) is not { } right)
        {
            findings.Add(SoftwareChecks.Say(FindingSeverity.Unsupported, "software-escrow-differs", unit.Escrow?.Reference, null, unit.Version));
            return new(verdict, record, unit, findings);
        }
        var isRight = string.Equals(answer.Trim(), right, StringComparison.OrdinalIgnoreCase);
        findings.Add(isRight ? SoftwareChecks.Say(FindingSeverity.Note, "software-answer", answer.Trim(), null, $"{Ranges.Sum(r => r.Length)}") : SoftwareChecks.Bad("software-answer-wrong", answer.Trim(), right));
        var isInTime = elapsed.TotalMilliseconds <= MostMilliseconds;
        if (!isInTime)
            findings.Add(SoftwareChecks.Bad("software-answer-late", $"{elapsed.TotalMilliseconds:0}", $"{MostMilliseconds}"));
        findings.Add(SoftwareChecks.Say(FindingSeverity.Note, "software-challenge-limits", null, null));
        return new(SoftwareChecks.Worse(verdict, !isRight || !isInTime), record, unit, findings);
    }

    /// <summary>The challenge as a file for the reading tool.</summary>
    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("formatVersion", 1);
            json.WriteString("approval", Approval);
            json.WriteString("unit", Unit);
            json.WriteString("version", Version);
            json.WriteString("nonce", Nonce);
            json.WriteString("digest", $"{Digest}");
            json.WriteNumber("mostMilliseconds", MostMilliseconds);
            json.WriteStartArray("ranges");
            foreach (var range in Ranges)
            {
                json.WriteStartObject();
                json.WriteString("address", $"0x{range.Address:x8}");
                json.WriteNumber("length", range.Length);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>Reads the file of a challenge.</summary>
    public static Reading<SoftwareChallenge> Read(ReadOnlyMemory<byte> file)
    {
        var json = new JsonFile("software challenge");
        if (json.Open(file, Format, 1, 16 * 1024 * 1024) is not { } root)
            return new(null, json.Findings);
        var challenge = new SoftwareChallenge(root.Text("approval"), root.Text("unit"), root.Text("version"), Convert.ToHexStringLower(root.Hex("nonce", NonceBytes)), root.Choice<AnswerDigest>("digest"),
            [.. root.Objects("ranges").Select(r =>
            {
                var range = new MemoryRange(r.Address("address"), r.Number("length", 1, SoftwareImage.MostBytes));
                r.End();
                return range;
            })], (int)root.Number("mostMilliseconds", 1, 86_400_000));
        root.End();
        if (challenge.Ranges.Count is 0 or > MostRanges || challenge.Ranges.Sum(r => r.Length) > SoftwareImage.MostBytes)
            root.Refuse("ranges", $"{challenge.Ranges.Count}", $"1 … {MostRanges}");
        return json.Findings.Count == 0 ? new(challenge) : new(null, json.Findings);
    }

    private static IEnumerable<MemoryRange> Stretches(SoftwareUnit unit) => unit.Modules.OrderBy(m => m.Range.Address).SelectMany(m => m.Included(m.Range));

    private static SoftwareChallenge Make(SoftwareRecord record, SoftwareUnit unit, ReadOnlySpan<byte> nonce, AnswerDigest digest, IReadOnlyList<MemoryRange> ranges, int mostMilliseconds)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostMilliseconds, 1);
        if (nonce.Length != NonceBytes)
            throw new ArgumentException($"A nonce has {NonceBytes} bytes, not {nonce.Length}.", nameof(nonce));
        if (!record.Units.Contains(unit))
            throw new ArgumentException($"{unit.Name} {unit.Version} is not a version of {record.Approval}.", nameof(unit));
        return new(record.Approval, unit.Name, unit.Version, Convert.ToHexStringLower(nonce), digest, ranges, mostMilliseconds);
    }

    /// <summary>Numbers without bias from SHA-256(seed ‖ counter).</summary>
    private sealed class SeedStream(ReadOnlySpan<byte> seed)
    {
        private readonly byte[] block = [.. seed, 0, 0, 0, 0, 0, 0, 0, 0];
        private ulong counter;

        public long Below(long limit)
        {
            var most = ulong.MaxValue - ulong.MaxValue % (ulong)limit;
            while (true)
            {
                BinaryPrimitives.WriteUInt64BigEndian(block.AsSpan(^8), counter++);
                var drawn = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(block));
                if (drawn < most)
                    return (long)(drawn % (ulong)limit);
            }
        }
    }
}
