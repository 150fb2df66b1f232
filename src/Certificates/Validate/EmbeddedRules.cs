using System.Buffers.Text;
using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Embedded files and digests of other files.</summary>
internal static class EmbeddedRules
{
    private static readonly Dictionary<string, int> digestBytes = new(StringComparer.Ordinal)
    {
        ["MD5"] = 16, ["SHA1"] = 20, ["SHA224"] = 28, ["SHA256"] = 32, ["SHA384"] = 48, ["SHA512"] = 64, ["SHA3256"] = 32, ["SHA3384"] = 48, ["SHA3512"] = 64, ["SM3"] = 32,
    };

    public static void Run(CheckedFile file)
    {
        foreach (var data in file.All("dataBase64"))
            Embedded(file, data);
        foreach (var hash in file.Root.Descendants().Where(e => e.IsDcc && e.Local is "certificate" or "previousReport" or "linkedReport"))
            if (hash.Child("procedure") is { } procedure && hash.Child("value") is { } value && digestBytes.TryGetValue(string.Concat(procedure.Text.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)), out var bytes) && !IsDigest(value.Text, bytes))
                file.Report("hash-form", value, value.Text, $"{2 * bytes}", procedure.Text);
    }

    private static bool IsDigest(string text, int bytes) =>
        text.Length == 2 * bytes && text.All(char.IsAsciiHexDigit) || Base64.IsValid(text, out var decoded) && decoded == bytes;

    private static void Embedded(CheckedFile file, XElement data)
    {
        if (!Base64.IsValid(data.Value, out var length) || length == 0)
        {
            file.Report("embedded-file", data, data.Text.Length > 40 ? data.Text[..40] : data.Text, "base64", data.Parent?.Child("fileName")?.Text ?? "");
            return;
        }
        if (data.Parent?.Child("mimeType") is { } kind && Mark(kind.Text) is { } mark && !data.Value.AsSpan().TrimStart().StartsWith(mark, StringComparison.Ordinal))
            file.Report("embedded-type", kind, kind.Text);
    }

    /// <summary>How the base64 of such a file begins.</summary>
    private static string? Mark(string type) => type.ToLowerInvariant() switch
    {
        "application/pdf" => "JVBERi0",
        "image/png" => "iVBORw0KGgo",
        "image/jpeg" => "/9j/",
        "image/gif" => "R0lGOD",
        _ => null,
    };
}
