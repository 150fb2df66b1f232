namespace Plumbline.Certificates;

/// <summary>Bytes as symbols that stand both in a QR code's alphanumeric mode (ISO/IEC 18004) and in the fragment of a URL (RFC 3986): two bytes in three symbols, a last single byte in two.</summary>
/// <remarks>Built like Base45 (RFC 9285), without blank and <c>%</c>, which break URLs, and without <c>+</c>, which form decoders turn into a blank. Every text has one meaning and every sequence of bytes one text.</remarks>
public static class Base41
{
    /// <summary>The 41 symbols in the order of their values.</summary>
    public const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.:$*";

    private const int Radix = 41;

    /// <summary>The text of <paramref name="bytes"/>.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length / 2 * 3 + bytes.Length % 2 * 2];
        var at = 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            var pair = i + 1 < bytes.Length;
            var value = pair ? bytes[i] << 8 | bytes[i + 1] : bytes[i];
            text[at++] = Alphabet[value % Radix];
            text[at++] = Alphabet[value / Radix % Radix];
            if (pair)
                text[at++] = Alphabet[value / (Radix * Radix)];
        }
        return new(text);
    }

    /// <summary>The bytes of <paramref name="text"/>.</summary>
    /// <param name="text">Symbols of <see cref="Alphabet"/>, upper case.</param>
    /// <returns>The bytes, or what is wrong: rules <c>base41-symbol</c>, <c>base41-length</c>, <c>base41-value</c>.</returns>
    public static Reading<byte[]> Decode(ReadOnlySpan<char> text)
    {
        if (text.Length % 3 == 1)
            return Refuse("base41-length", $"{text.Length}", "3n, 3n + 2");
        var bytes = new byte[text.Length / 3 * 2 + text.Length % 3 / 2];
        var at = 0;
        for (var i = 0; i < text.Length; i += 3)
        {
            var group = text.Slice(i, Math.Min(3, text.Length - i));
            var value = 0;
            for (var j = group.Length - 1; j >= 0; j--)
            {
                var digit = Alphabet.IndexOf(group[j]);
                if (digit < 0)
                    return Refuse("base41-symbol", $"{group[j]}", Alphabet, $"{i + j + 1}");
                value = value * Radix + digit;
            }
            if (value > (group.Length == 3 ? ushort.MaxValue : byte.MaxValue))
                return Refuse("base41-value", group.ToString(), group.Length == 3 ? "≤ 65535" : "≤ 255", $"{i + 1}");
            if (group.Length == 3)
                bytes[at++] = (byte)(value >> 8);
            bytes[at++] = (byte)value;
        }
        return new(bytes);
    }

    private static Reading<byte[]> Refuse(string rule, string value, string expected, params string[] arguments) =>
        new(new Finding(FindingLayer.Form, FindingSeverity.Error, rule, "seal", value, expected) { Arguments = arguments });
}
