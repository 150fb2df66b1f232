using System.Globalization;
using System.Resources;
using Plumbline.Interface;

namespace Plumbline.Cli;

/// <summary>What the command line says, in Chinese (neutral) and English.</summary>
internal sealed class CliTexts(CultureInfo culture)
{
    private static readonly ResourceManager resources = new(typeof(CliTexts));
    private static readonly string[] localeVariables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    public CultureInfo Culture => culture;

    public string this[string key, params object?[] arguments] =>
        string.Format(CultureInfo.InvariantCulture, resources.GetString(key, culture) ?? throw new MissingManifestResourceException($"No text for '{key}'."), arguments);

    /// <summary>What a code of the mathematics means; the code itself where a later release of it says something new.</summary>
    public string Warning(string code) => resources.GetString($"warning.{code}", culture) ?? code;

    /// <summary>A refusal in words, one of the command line's own or of what it calls.</summary>
    public string Of(Refusal refusal) => string.Format(CultureInfo.InvariantCulture,
        resources.GetString($"refusal.{refusal.Code}", culture) ?? new ResourceManager(typeof(InterfaceTexts)).GetString($"refusal.{refusal.Code}", culture) ?? refusal.Code, refusal.Arguments);

    /// <summary>The language asked for, or the one of the terminal (LC_ALL, LC_MESSAGES, LANG); Chinese where that says nothing.</summary>
    public static CliTexts For(string? language)
    {
        var wanted = language
            ?? localeVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v)) ?? "";
        return new(CultureInfo.GetCultureInfo(wanted.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "zh"));
    }
}
