using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Languages: declared once, real, and every text in all of them.</summary>
internal static class LanguageRules
{
    public static void Run(CheckedFile file)
    {
        var used = Declared(file, "usedLangCodeISO639_1");
        var mandatory = Declared(file, "mandatoryLangCodeISO639_1");
        var known = used.Select(u => u.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var missing in mandatory.Where(m => !known.Contains(m.Text)))
            file.Report("language-mandatory", missing, missing.Text, string.Join(' ', used.Select(u => u.Text)));
        foreach (var country in file.All("countryCodeISO3166_1").Concat(file.All("countryCode")).Where(c => !IsoCodes.Countries.Contains(c.Text)))
            file.Report("country-code", country, country.Text, "ISO 3166-1 alpha-2");
        string[] languages = [.. used.Select(u => u.Text).Distinct().Take(200)];
        if (languages.Length > 0)
            foreach (var text in file.All("content").Where(c => c.IsDcc).GroupBy(c => c.Parent!))
                Check(file, text.Key, [.. text], languages);
    }

    private static XElement[] Declared(CheckedFile file, string name)
    {
        XElement[] codes = [.. file.Core?.Children(name) ?? []];
        foreach (var code in codes.Where(c => !IsoCodes.Languages.Contains(c.Text)))
            file.Report("language-code", code, code.Text, "ISO 639-1");
        foreach (var again in codes.GroupBy(c => c.Text).SelectMany(g => g.Skip(1)))
            file.Report("language-declared-twice", again, again.Text);
        return codes;
    }

    private static void Check(CheckedFile file, XElement text, XElement[] contents, string[] languages)
    {
        var marked = contents.Where(c => c.Attribute("lang") is not null).ToArray();
        foreach (var content in marked.Where(c => !languages.Contains((string)c.Attribute("lang")!)))
            file.Report("language-undeclared", content, (string)content.Attribute("lang")!, string.Join(' ', languages));
        // A text without a language holds in all of them.
        if (marked.Length == 0 || marked.Length != contents.Length)
            return;
        var counts = languages.ToDictionary(l => l, l => marked.Count(c => (string)c.Attribute("lang")! == l));
        foreach (var (language, _) in counts.Where(c => c.Value == 0))
            file.Report("language-missing", text, string.Join(' ', counts.Where(c => c.Value > 0).Select(c => c.Key)), language);
        // Several paragraphs are fine where each language has as many.
        if (counts.Values.Where(n => n > 0).Distinct().Count() > 1 || counts.ContainsValue(0) && counts.Values.Max() > 1 || text.Local == "name" && counts.Values.Max() > 1)
            file.Report("language-repeated", text, string.Join(", ", counts.Where(c => c.Value > 0).Select(c => $"{c.Key} × {c.Value}")), string.Join(", ", languages.Select(l => $"{l} × 1")));
    }
}
