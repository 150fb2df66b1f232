using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.Interface;

/// <summary>One module's resource file: Chinese by default, English beside it.</summary>
public sealed record TextSource(ResourceManager Resources);

/// <summary>Every text for people, by key, in the language of the current request.</summary>
public sealed class Texts(IEnumerable<TextSource> sources, LocalTime localTime)
{
    public static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh");
    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    /// <summary>The cookie that remembers the reader's choice.</summary>
    public const string LanguageCookie = "plumbline.language";
    public static bool IsEnglish => CultureInfo.CurrentUICulture.Name.StartsWith("en", StringComparison.OrdinalIgnoreCase);

    private readonly ResourceManager[] resources = [.. sources.Select(s => s.Resources)];
    private readonly ConcurrentDictionary<(string Language, string Key), string?> found = new();

    /// <summary>The text of <paramref name="key"/>, or the key itself where no module has it (a test forbids that).</summary>
    public string this[string key] => Find(key) ?? key;

    public string this[string key, params object?[] arguments] =>
        string.Format(CultureInfo.InvariantCulture, this[key], [.. arguments.Select(Describe)]);

    public string? Find(string key) => found.GetOrAdd((IsEnglish ? "en" : "zh", key), Look);

    /// <summary>The name of an enumeration's value: key <c>{Type}.{Value}</c>.</summary>
    public string Of(Enum value) => this[$"{value.GetType().Name}.{value}"];

    /// <summary>A refusal in words.</summary>
    public string Of(Refusal refusal) => this[$"refusal.{refusal.Code}", refusal.Arguments];

    /// <summary>The Chinese or the English form of a thing that carries both; the other where one is missing.</summary>
    public static string Pick(string chinese, string? english) =>
        IsEnglish ? string.IsNullOrWhiteSpace(english) ? chinese : english : string.IsNullOrWhiteSpace(chinese) ? english ?? "" : chinese;

    private string? Look((string Language, string Key) wanted)
    {
        var culture = wanted.Language == "en" ? English : Chinese;
        foreach (var resource in resources)
        {
            if (resource.GetString(wanted.Key, culture) is { } text)
                return text;
        }
        return null;
    }

    private object? Describe(object? argument) => argument switch
    {
        DateTimeOffset at => localTime.Show(at),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Enum value => Of(value),
        Enum[] values => string.Join(this["word.comma"], values.Select(Of)),
        _ => argument,
    };
}

public static class TextServices
{
    /// <summary>Registers the resource files named after <typeparamref name="TMarker"/>: <c>{Marker}.resx</c> (Chinese) and <c>{Marker}.en.resx</c>.</summary>
    public static IServiceCollection AddTexts<TMarker>(this IServiceCollection services) =>
        services.AddSingleton(new TextSource(new ResourceManager(typeof(TMarker).FullName!, typeof(TMarker).Assembly)));
}
