using System.Text;

namespace Plumbline.Certificates;

/// <summary>The script that verifies seals in a browser: an ES module without dependencies, kept in step with <see cref="SealVerifier"/>.</summary>
public static class SealScript
{
    private static readonly Lazy<string> text = new(() =>
    {
        using var stream = typeof(SealScript).Assembly.GetManifestResourceStream("seal.js")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    });

    /// <summary>The module's text, to be served as <c>text/javascript</c>.</summary>
    public static string Text => text.Value;
}
