using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>A text in one language.</summary>
public sealed class DccContent : DccPart
{
    /// <summary>ISO 639-1 code; null where the text says none.</summary>
    public string? Language { get; set; }

    /// <summary>The text.</summary>
    public string Value { get; set; } = "";

    internal override void Map(DccMap map)
    {
        Language = map.Attribute("lang", Language);
        Value = map.Content(Value);
    }
}

/// <summary>A text in several languages (<c>textType</c>).</summary>
public sealed class DccText : DccPart
{
    /// <summary>The text, a language each.</summary>
    public IList<DccContent> Contents { get; } = [];

    /// <summary>A text in Chinese, English or both; null where neither is given.</summary>
    public static DccText? Of(string? chinese, string? english = null)
    {
        var text = new DccText();
        if (!string.IsNullOrWhiteSpace(chinese))
            text.Contents.Add(new() { Language = "zh", Value = chinese.Trim() });
        if (!string.IsNullOrWhiteSpace(english))
            text.Contents.Add(new() { Language = "en", Value = english.Trim() });
        return text.Contents.Count > 0 ? text : null;
    }

    /// <summary>The text in the language; the one without a language, English or the first where it is not given; empty without any.</summary>
    public string In(string language) => DccContentChoice.In(Contents, language)?.Value.Trim() ?? "";

    internal override void Map(DccMap map) => map.Parts("content", Contents);
}

/// <summary>Text, formulas and files in any order (<c>richContentType</c>).</summary>
public sealed class DccRichText : DccPart
{
    /// <summary>Its heading.</summary>
    public DccText? Name { get; set; }

    /// <summary><see cref="DccContent"/>, <see cref="DccByteData"/> and <see cref="DccFormula"/> in order.</summary>
    public IList<DccPart> Entries { get; } = [];

    /// <summary>The entries that are text.</summary>
    public IEnumerable<DccContent> Contents => Entries.OfType<DccContent>();

    /// <summary>A text in Chinese, English or both; null where neither is given.</summary>
    public static DccRichText? Of(string? chinese, string? english = null)
    {
        if (DccText.Of(chinese, english) is not { } text)
            return null;
        var rich = new DccRichText();
        foreach (var content in text.Contents)
            rich.Entries.Add(content);
        return rich;
    }

    /// <summary>All paragraphs in the language; see <see cref="DccText.In"/>.</summary>
    public string In(string language) => string.Join('\n', DccContentChoice.AllIn([.. Contents], language).Select(c => c.Value.Trim()));

    internal override void Map(DccMap map)
    {
        Name = map.Part("name", Name);
        map.Mixed(Entries, DccChoice.Of<DccContent>("content"), DccChoice.Of<DccByteData>("file"), DccChoice.Of<DccFormula>("formula"));
    }
}

/// <summary>A formula, as LaTeX or as MathML.</summary>
public sealed class DccFormula : DccPart
{
    /// <summary>LaTeX source; null for MathML.</summary>
    public string? Latex { get; set; }

    /// <summary>The <c>mathml</c> element with its content; null for LaTeX.</summary>
    public XElement? MathMl { get; set; }

    internal override void Map(DccMap map)
    {
        Latex = map.Text("latex", Latex);
        MathMl = map.Raw("mathml", MathMl);
    }
}

/// <summary>A file inside the certificate.</summary>
public sealed class DccByteData : DccPart
{
    /// <summary>What it is called.</summary>
    public DccText? Name { get; set; }

    /// <summary>What it shows.</summary>
    public DccRichText? Description { get; set; }

    /// <summary>File name.</summary>
    public string? FileName { get; set; }

    /// <summary>Media type such as <c>application/pdf</c>.</summary>
    public string? MimeType { get; set; }

    /// <summary>The bytes in base64, as they stand.</summary>
    public string? Base64 { get; set; }

    internal override void Map(DccMap map)
    {
        Name = map.Part("name", Name);
        Description = map.Part("description", Description);
        FileName = map.Text("fileName", FileName);
        MimeType = map.Text("mimeType", MimeType);
        Base64 = map.Text("dataBase64", Base64);
    }
}

/// <summary>XML of another vocabulary.</summary>
public sealed class DccXmlData : DccPart
{
    /// <summary>The foreign elements.</summary>
    public IList<XElement> Elements { get; } = [];

    internal override void Map(DccMap map) => map.Raws(Elements);
}

/// <summary>Which of several texts a reader gets.</summary>
internal static class DccContentChoice
{
    public static DccContent? In(IList<DccContent> contents, string language) => AllIn(contents, language).FirstOrDefault();

    public static IEnumerable<DccContent> AllIn(IList<DccContent> contents, string language)
    {
        var chosen = new[] { language, null, "en", contents.FirstOrDefault()?.Language }.FirstOrDefault(l => contents.Any(c => c.Language == l && c.Value.Length > 0), "");
        return contents.Where(c => c.Language == chosen || c.Language is null && chosen == language);
    }
}
