namespace Plumbline.Numerics;

/// <summary>The name that was probably meant.</summary>
internal static class NameSuggestion
{
    /// <summary>The nearest candidate within a third of the length (at least one slip), case counting half; null when none is near.</summary>
    internal static string? For(string name, IEnumerable<string> candidates)
    {
        // Of one letter every other is as near as the next.
        var allowed = name.Length == 1 ? 0.75 : Math.Max(1.0, name.Length / 3.0);
        return candidates.Select(c => (Name: c, Distance: Distance(name, c))).Where(c => c.Distance <= allowed)
            .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal).Select(c => c.Name).FirstOrDefault();
    }

    /// <summary>Insertions, deletions, substitutions and exchanges of neighbours.</summary>
    private static double Distance(string a, string b)
    {
        var d = new double[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0.5 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 0.75);
            }
        return d[a.Length, b.Length];
    }
}
