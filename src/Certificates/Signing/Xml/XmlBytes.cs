using System.Buffers;

namespace Plumbline.Certificates;

/// <summary>Base64 as XML Schema has it: blanks anywhere, but one text only for each sequence of bytes.</summary>
internal static class XmlBytes
{
    private static readonly SearchValues<char> blanks = SearchValues.Create(" \t\r\n");

    public static bool HasBlanks(string text) => text.AsSpan().ContainsAny(blanks);

    /// <returns>Null where it is not base64, or its last digit has bits that stand for nothing.</returns>
    public static byte[]? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (HasBlanks(text))
            text = string.Concat(text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        var bytes = new byte[3 * text.Length / 4 + 3];
        if (text.Length == 0 || !Convert.TryFromBase64String(text, bytes, out var written) || !Canonical(text, bytes.AsSpan(0, written)))
            return null;
        return bytes[..written];
    }

    private static bool Canonical(string text, ReadOnlySpan<byte> bytes) =>
        text.AsSpan(text.Length - 4).SequenceEqual(Convert.ToBase64String(bytes[(bytes.Length - ((bytes.Length + 2) % 3) - 1)..]));
}
