using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Plumbline.Registry;

/// <summary>Time-based one-time passwords (RFC 6238): six digits of HMAC-SHA1 over the number of the 30-second step.</summary>
internal static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    public const int StepSeconds = 30;
    /// <summary>One step before and after is accepted: clocks of telephones drift.</summary>
    private const int Window = 1;

    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    public static string CodeAt(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> message = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(message, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 as authenticator applications implement it; the strength needed is that of a MAC, not of a digest.
        HMACSHA1.HashData(key, message, hash);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step that <paramref name="code"/> belongs to, when it is later than <paramref name="lastUsed"/>: a code works once.</summary>
    public static long? Accept(ReadOnlySpan<byte> key, string code, DateTimeOffset now, long? lastUsed)
    {
        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        var current = StepAt(now);
        for (var step = current - Window; step <= current + Window; step++)
        {
            if (step > (lastUsed ?? long.MinValue) && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(CodeAt(key, step)), System.Text.Encoding.UTF8.GetBytes(digits)))
                return step;
        }
        return null;
    }

    public static string NewKey() => ToBase32(RandomNumberGenerator.GetBytes(20));

    public static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder();
        var (buffer, bits) = (0, 0);
        foreach (var value in bytes)
        {
            (buffer, bits) = ((buffer << 8) | value, bits + 8);
            for (; bits >= 5; bits -= 5)
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0)
            text.Append(Alphabet[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }

    public static byte[] FromBase32(string text)
    {
        var bytes = new List<byte>();
        var (buffer, bits) = (0, 0);
        foreach (var letter in text)
        {
            (buffer, bits) = ((buffer << 5) | Alphabet.IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits < 8)
                continue;
            bytes.Add((byte)(buffer >> (bits - 8)));
            (bits, buffer) = (bits - 8, buffer & ((1 << (bits - 8)) - 1));
        }
        return [.. bytes];
    }
}
