using System.Globalization;
using System.Resources;

namespace Plumbline.Certificates;

/// <summary>The texts of this project, in Chinese (neutral) and English.</summary>
public sealed class CertificatesTexts
{
    private static readonly ResourceManager resources = new(typeof(CertificatesTexts));

    private CertificatesTexts()
    {
    }

    /// <summary>The text of <paramref name="key"/> in the language of <paramref name="culture"/>.</summary>
    /// <exception cref="MissingManifestResourceException">There is no such text.</exception>
    public static string Get(CultureInfo culture, string key, params object?[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, resources.GetString(key, culture) ?? throw new MissingManifestResourceException($"No text for '{key}'."), arguments);

    /// <summary>The finding in words: what is wrong, without the place (which <see cref="Finding.Path"/> names).</summary>
    public static string Describe(Finding finding, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return Get(culture, $"finding.{finding.Rule}", [finding.Value, finding.Expected, .. finding.Arguments]);
    }
}
