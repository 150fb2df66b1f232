namespace Plumbline.Certificates;

/// <summary>The canonical forms of XML that W3C has recommended.</summary>
public enum CanonicalMethod
{
    /// <summary>Canonical XML 1.0.</summary>
    Inclusive10,
    /// <summary>Canonical XML 1.1.</summary>
    Inclusive11,
    /// <summary>Exclusive XML Canonicalization 1.0.</summary>
    Exclusive,
}

/// <summary>A canonical form, with or without comments.</summary>
/// <param name="Method">Which one.</param>
/// <param name="WithComments">Whether comments are part of it.</param>
public sealed record CanonicalForm(CanonicalMethod Method, bool WithComments = false)
{
    private static readonly string[] uris = ["http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2006/12/xml-c14n11", "http://www.w3.org/2001/10/xml-exc-c14n#"];

    /// <summary>Prefixes that the exclusive form treats as the inclusive ones do (InclusiveNamespaces/@PrefixList); <c>#default</c> for the default namespace.</summary>
    public IReadOnlyList<string> InclusivePrefixes { get; init; } = [];

    /// <summary>The algorithm's identifier.</summary>
    public string Uri => uris[(int)Method] + (WithComments ? Method == CanonicalMethod.Exclusive ? "WithComments" : "#WithComments" : "");

    /// <summary>The form that <paramref name="uri"/> names; null where it names none.</summary>
    public static CanonicalForm? FromUri(string? uri)
    {
        foreach (var method in Enum.GetValues<CanonicalMethod>())
            foreach (var comments in (bool[])[false, true])
                if (new CanonicalForm(method, comments) is var form && form.Uri == uri)
                    return form;
        return null;
    }
}
