using System.Text.RegularExpressions;

namespace Plumbline.Certificates;

/// <summary>The function join-URI-References of Canonical XML 1.1, section 2.4: RFC 3986 section 5.2, with a base that may be relative and without fragments.</summary>
internal static partial class XmlBase
{
    public static string Join(string outer, string inner)
    {
        Match @base = Uri().Match(outer), reference = Uri().Match(inner);
        var path = reference.Groups["path"].Value;
        if (reference.Groups["scheme"].Success)
            return Compose(reference, reference, Tidy(path), reference);
        if (reference.Groups["authority"].Success)
            return Compose(@base, reference, Tidy(path), reference);
        if (path.Length == 0)
            return Compose(@base, @base, Tidy(@base.Groups["path"].Value), reference.Groups["query"].Success ? reference : @base);
        return Compose(@base, @base, Tidy(path[0] == '/' ? path : Merge(@base, path)), reference);
    }

    private static string Merge(Match @base, string path)
    {
        var before = @base.Groups["path"].Value;
        if (before == ".." || before.EndsWith("/..", StringComparison.Ordinal))
            before += "/";
        return @base.Groups["authority"].Success && before.Length == 0 ? $"/{path}" : before[..(before.LastIndexOf('/') + 1)] + path;
    }

    private static string Compose(Match scheme, Match authority, string path, Match query) =>
        scheme.Groups["scheme"].Value + authority.Groups["authority"].Value + path + query.Groups["query"].Value;

    /// <summary>Removes dot segments and doubled slashes; ".." above the start of a relative path stays.</summary>
    private static string Tidy(string path)
    {
        if (path.Length == 0)
            return path;
        var kept = new List<string>();
        var segments = path.Split('/');
        for (var i = 0; i < segments.Length; i++)
            if (segments[i] == ".." && kept.Count > 0 && kept[^1] != "..")
                kept.RemoveAt(kept.Count - 1);
            else if (segments[i] == ".." ? path[0] != '/' : segments[i] is not ("" or "."))
                kept.Add(segments[i]);
        var closed = segments[^1] is "" or "." or "..";
        return (path[0] == '/' ? "/" : "") + string.Join('/', kept) + (closed && kept.Count > 0 ? "/" : "");
    }

    [GeneratedRegex("^(?<scheme>[^:/?#]+:)?(?<authority>//[^/?#]*)?(?<path>[^?#]*)(?<query>\\?[^#]*)?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Uri();
}
