using System.Text;

namespace Plumbline.Sheets;

/// <summary>Bytes to text: UTF-8 and UTF-16 by mark or by look, otherwise GB18030, which Chinese Excel saves by default.</summary>
internal static class TextDecoding
{
    private static readonly UTF8Encoding utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding utf16 = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding utf16BigEndian = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly Encoding gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    public static (string? Text, SheetProblem? Problem) Decode(byte[] bytes, string fileName)
    {
        ReadOnlySpan<byte> all = bytes;
        if (all.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return Strict(utf8, all[3..], fileName);
        if (all.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Strict(utf16, all[2..], fileName);
        if (all.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Strict(utf16BigEndian, all[2..], fileName);
        if (all.Contains((byte)0))
            return MostlyZero(all, 1) ? Strict(utf16, all, fileName)
                : MostlyZero(all, 0) ? Strict(utf16BigEndian, all, fileName)
                : (null, new("sheet.not-a-table", Value: fileName));
        return System.Text.Unicode.Utf8.IsValid(all)
            ? Checked(utf8.GetString(all), fileName)
            : Strict(gb18030, all, fileName);
    }

    private static (string?, SheetProblem?) Strict(Encoding encoding, ReadOnlySpan<byte> bytes, string fileName)
    {
        try
        {
            return Checked(encoding.GetString(bytes), fileName);
        }
        catch (DecoderFallbackException fault)
        {
            var before = bytes[..Math.Clamp(fault.Index, 0, bytes.Length)];
            return before.Count((byte)0) * 8 > before.Length || LooksBinary(bytes)
                ? (null, new("sheet.not-a-table", Value: fileName))
                : (null, new("sheet.bad-encoding", Row: before.Count((byte)'\n') + 1, Value: fileName));
        }
    }

    /// <summary>Text with a NUL or many control characters is a picture, a program or a PDF, whatever it decodes to.</summary>
    private static (string?, SheetProblem?) Checked(string text, string fileName) =>
        text.Contains('\0', StringComparison.Ordinal) || text.StartsWith("%PDF-", StringComparison.Ordinal)
            || text.Count(c => c < ' ' && c is not ('\t' or '\r' or '\n')) * 100 > text.Length
            ? (null, new("sheet.not-a-table", Value: fileName))
            : LooksLikeMarkup(text) ? (null, new("sheet.not-a-table", Value: fileName)) : (text, null);

    // Web pages saved as ".xls" or ".csv" are common; their lines would pass as rows.
    private static bool LooksLikeMarkup(string text)
    {
        var start = text.AsSpan(0, Math.Min(text.Length, 512)).TrimStart();
        return start.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase);
    }

    private static bool LooksBinary(ReadOnlySpan<byte> bytes)
    {
        var control = 0;
        foreach (var b in bytes)
        {
            if (b < 32 && b is not (9 or 10 or 13))
                control++;
        }

        return control * 100 > bytes.Length;
    }

    private static bool MostlyZero(ReadOnlySpan<byte> bytes, int offset)
    {
        var zeros = 0;
        var sample = Math.Min(bytes.Length & ~1, 8192);
        for (var i = offset; i < sample; i += 2)
        {
            if (bytes[i] == 0)
                zeros++;
        }

        return bytes.Length % 2 == 0 && zeros * 3 > sample / 2;
    }
}
