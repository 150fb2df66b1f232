namespace Plumbline.Numerics;

/// <summary>Which quantity a figure of a budget is asked for, where the case writes its name in full and the model abbreviates it (or adds a mark before it): V_T1_cal for V1c.</summary>
internal static class NameMatch
{
    /// <summary>Equal names first; then the quantity whose letters stand in the asked name in their order, where there is one alone.</summary>
    internal static Dictionary<string, string> Of(IEnumerable<string> asked, IEnumerable<string> quantities)
    {
        var free = quantities.ToList();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        List<string> open = [];
        foreach (var name in asked)
            if (free.Remove(name))
                found[name] = name;
            else
                open.Add(name);
        for (var progress = true; progress;)
        {
            progress = false;
            foreach (var name in open.ToArray())
            {
                string[] fits = [.. free.Where(q => IsWithin(q, name))];
                if (fits.Length != 1)
                    continue;
                found[name] = fits[0];
                free.Remove(fits[0]);
                progress = open.Remove(name);
            }
        }
        return found;
    }

    private static bool IsWithin(string part, string whole)
    {
        var at = 0;
        foreach (var letter in whole)
            if (at < part.Length && part[at] == letter)
                at++;
        return at == part.Length;
    }
}
