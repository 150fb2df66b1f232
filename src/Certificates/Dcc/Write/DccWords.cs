using System.Globalization;

namespace Plumbline.Certificates;

/// <summary>Makes texts of a document in its languages.</summary>
internal sealed class DccWords(IReadOnlyList<string> languages)
{
    private static readonly CultureInfo chinese = CultureInfo.GetCultureInfo("zh"), english = CultureInfo.GetCultureInfo("en");

    /// <summary>A text of this project in both languages.</summary>
    public static BilingualText Own(string key) => new(CertificatesTexts.Get(chinese, key), CertificatesTexts.Get(english, key));

    public DccText Name(BilingualText text)
    {
        var name = new DccText();
        foreach (var content in Contents(text))
            name.Contents.Add(content);
        return name;
    }

    public DccText? Optional(BilingualText? text) => text is null || text.IsEmpty ? null : Name(text);

    public DccRichText? Rich(BilingualText? text)
    {
        if (text is null || text.IsEmpty)
            return null;
        var rich = new DccRichText();
        foreach (var content in Contents(text))
            rich.Entries.Add(content);
        return rich;
    }

    public DccByteData File(FileInput file) =>
        new() { Name = Optional(file.Name), FileName = file.FileName.Trim(), MimeType = file.MimeType.Trim(), Base64 = Convert.ToBase64String(file.Bytes.Span) };

    public DccIdentification Identification(NamedNumber number) =>
        new() { Issuer = number.Issuer, Value = number.Value.Trim(), Name = Name(number.Name), RefType = number.RefType };

    public DccSoftware Software(SoftwareInput software, string? refType = null)
    {
        var made = new DccSoftware { Name = Name(software.Name), Release = software.Release.Trim(), Type = software.Type, RefType = refType };
        if (!string.IsNullOrWhiteSpace(software.Fingerprint))
        {
            made.Description = new DccRichText { RefType = CnmTerms.SoftwareFingerprint };
            made.Description.Entries.Add(new DccContent { Value = software.Fingerprint.Trim() });
        }
        return made;
    }

    /// <summary>A day as <c>xs:date</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An enumeration's value as the schema spells it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];

    private IEnumerable<DccContent> Contents(BilingualText text)
    {
        var given = languages.Select(l => (Language: l, Text: (l == "en" ? text.English : text.Chinese)?.Trim() ?? "")).Where(t => t.Text.Length > 0).ToArray();
        if (given.Length == languages.Count)
            return given.Select(t => new DccContent { Language = t.Language, Value = t.Text });
        // In one language only, or in one that the document does not use: a text without a language.
        var only = given.Length > 0 ? given[0].Text : (text.Chinese ?? text.English)!.Trim();
        return [new DccContent { Value = only }];
    }
}
