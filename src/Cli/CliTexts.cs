using System.Globalization;
using System.Resources;

namespace Plumbline.Cli;

/// <summary>What the command line says, in Chinese (neutral) and English.</summary>
internal sealed class CliTexts(CultureInfo culture)
{
    private static readonly ResourceManager resources = new(typeof(CliTexts));
    private static readonly string[] localeVariables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    public CultureInfo Culture => culture;

    public string this[string key, params object?[] arguments] =>
        string.Format(CultureInfo.InvariantCulture, resources.GetString(key, culture) ?? throw new MissingManifestResourceException($"No text for '{key}'."), arguments);

    /// <summary>The language asked for, or the one of the terminal (LC_ALL, LC_MESSAGES, LANG); Chinese where that says nothing.</summary>
    public static CliTexts For(string? language)
    {
        var wanted = language
            ?? localeVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v)) ?? "";
        return new(CultureInfo.GetCultureInfo(wanted.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "zh"));
    }
}
