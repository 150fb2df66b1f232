using System.Reflection;

namespace Plumbline.Interface;

/// <summary>The fonts that printed reports carry, from this assembly's resources.</summary>
internal static class PaperFonts
{
    private const string Prefix = "Paper/Fonts/";
    private static readonly Assembly Here = typeof(PaperFonts).Assembly;
    private static readonly Dictionary<string, string> Resources = Here.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(name => name[(name.LastIndexOf('/') + 1)..], StringComparer.Ordinal);

    /// <summary>Which file holds which characters, as <c>@font-face</c> rules with addresses under <c>fonts/</c>.</summary>
    public static readonly string Css = System.Text.Encoding.UTF8.GetString(Read("fonts.css")!);

    /// <summary>A font file by its name; null when there is none.</summary>
    public static byte[]? Read(string name)
    {
        if (!Resources.TryGetValue(name, out var resource))
            return null;
        using var stream = Here.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
