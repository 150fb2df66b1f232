using System.Xml;

namespace Plumbline.Certificates;

/// <summary>Makes certificates of every <see cref="DocumentKind"/> from plain input.</summary>
/// <remarks>The same input gives the same bytes. Texts given in one of the document's languages only are written without a language, as names of persons are.</remarks>
public static class DccBuilder
{
    /// <summary>The file, version 3.3.0.</summary>
    /// <exception cref="DccException">The input says something that cannot stand in a certificate; every reason names the input's field in <see cref="Finding.Path"/>.</exception>
    public static byte[] Build(CertificateInput input) => DccWriter.Write(ToDocument(input));

    /// <summary>Everything that is wrong with the input; empty where it can be built.</summary>
    public static IReadOnlyList<Finding> Check(CertificateInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return CertificateChecks.Of(input);
    }

    /// <summary>The certificate as a model.</summary>
    /// <exception cref="DccException">See <see cref="Build"/>.</exception>
    public static DccDocument ToDocument(CertificateInput input)
    {
        var findings = Check(input);
        if (findings.Count > 0)
            throw new DccException(findings);
        var words = new DccWords(input.Languages);
        var document = new DccDocument();
        new AdministrativeBuilder(input, words).Fill(document.Administrative);
        new ResultsBuilder(input, words).Fill(document.Measurements);
        if (input.Comparison is { } comparison)
            new ComparisonBuilder(comparison, words).Fill(document.Measurements);
        if (input.HumanReadable is { } file)
            document.HumanReadable = words.File(file);
        var written = DccWriting.Write(DccNames.Root, document);
        Finding[] broken = [.. written.DescendantsAndSelf().Where(e => !e.HasElements && !Writable(e.Value))
            .Select(e => new Finding(FindingLayer.Form, FindingSeverity.Error, "input-characters", DccXml.Path(e), e.Value))];
        return broken.Length > 0 ? throw new DccException(broken) : document;
    }

    /// <summary>What kind of document it says it is (statement <c>cnm_documentKind</c>); null where it says none.</summary>
    public static DocumentKind? KindOf(DccDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var statement = document.Administrative.Statements.FirstOrDefault(s => s.Is(CnmTerms.DocumentKind));
        return Enum.TryParse<DocumentKind>(statement?.References.FirstOrDefault()?.Trim(), out var kind) && Enum.IsDefined(kind) ? kind : null;
    }

    /// <summary>Whether XML can hold the text.</summary>
    internal static bool Writable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (!XmlConvert.IsXmlChar(text[i]))
                return false;
        }
        return true;
    }
}
