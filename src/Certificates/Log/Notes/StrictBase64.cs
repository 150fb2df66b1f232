namespace Plumbline.Certificates;

/// <summary>Base64 of RFC 4648 §4 with one spelling for each sequence of bytes: no blanks, no missing padding, no stray bits.</summary>
internal static class StrictBase64
{
    /// <returns>The bytes; null where the text is not canonical base64.</returns>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.Length % 4 != 0)
            return null;
        var bytes = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(text, bytes, out var count))
            return null;
        Array.Resize(ref bytes, count);
        return text.SequenceEqual(Convert.ToBase64String(bytes)) ? bytes : null;
    }
}
