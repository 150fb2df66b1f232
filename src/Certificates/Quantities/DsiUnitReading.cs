using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.Certificates;

/// <summary>What is wrong or unusual in the text of a unit.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Detail">The piece of text.</param>
/// <param name="Suggestion">What was likely meant; null where that cannot be said.</param>
internal sealed record UnitProblem(UnitFault Code, string Detail, string? Suggestion = null)
{
    public override string ToString() => Suggestion is null ? $"{Code}: '{Detail}'" : $"{Code}: '{Detail}', meant is perhaps '{Suggestion}'";
}

/// <summary>Kinds of faults in a unit; those up to <see cref="Exponent"/> leave no unit.</summary>
internal enum UnitFault
{
    /// <summary>A piece that is no <c>\name</c>.</summary>
    Form,
    /// <summary>A name that D-SI does not have.</summary>
    Unknown,
    /// <summary>A prefix without a unit, or an exponent without one.</summary>
    Dangling,
    /// <summary>An exponent that is no number, or one beyond reason.</summary>
    Exponent,
    /// <summary>Understood, yet not as D-SI writes it: two prefixes, a prefix where none may stand, an exponent that is no multiple of one half.</summary>
    Style,
    /// <summary>Division by <c>\per</c>.</summary>
    Per,
    /// <summary>Blanks within.</summary>
    Blank,
}

/// <summary>The text of a unit, read with all that is to be said about it.</summary>
internal sealed partial class DsiUnitReading
{
    private const int longest = 1000;
    private readonly List<UnitProblem> problems = [];
    private readonly List<DsiUnitFactor> factors = [];

    private DsiUnitReading()
    {
    }

    /// <summary>The unit; null where the text has none.</summary>
    public DsiUnit? Unit { get; private set; }

    public IReadOnlyList<UnitProblem> Problems => problems;

    public UnitMedal Medal { get; private set; } = UnitMedal.Improvable;

    /// <summary>The unit lies outside the SI by the author's own word: <c>|name</c>.</summary>
    public bool IsOwn { get; private set; }

    public static DsiUnitReading Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reading = new DsiUnitReading { IsOwn = text.StartsWith('|') };
        if (!reading.IsOwn)
            reading.Read(text);
        return reading;
    }

    private void Read(string text)
    {
        if (text.Length > longest || string.IsNullOrWhiteSpace(text))
        {
            problems.Add(new(UnitFault.Form, text.Length > longest ? text[..40] + "…" : text));
            return;
        }
        if (text.AsSpan().ContainsAny(" \t\r\n"))
            problems.Add(new(UnitFault.Blank, text));
        string? prefix = null;
        var (per, open) = (false, false);
        var at = 0;
        foreach (Match piece in Piece().Matches(text))
        {
            if (piece.Index != at)
                problems.Add(new(UnitFault.Form, text[at..piece.Index].Trim()));
            at = piece.Index + piece.Length;
            var name = piece.Groups["name"].Value;
            if (name == "tothe" || piece.Groups["exponent"].Success)
            {
                if (open && Exponent(piece.Groups["exponent"]) is { } power)
                    factors[^1] = factors[^1] with { Exponent = factors[^1].Exponent * power };
                else if (!open)
                    problems.Add(new(UnitFault.Dangling, piece.Value.Trim()));
                open = false;
            }
            else if (name == "per")
            {
                problems.Add(new(UnitFault.Per, text));
                per = true;
            }
            else if (UnitTable.Prefixes.ContainsKey(name))
            {
                if (prefix is not null)
                    problems.Add(new(UnitFault.Dangling, $"\\{prefix}\\{name}"));
                (prefix, open) = (name, false);
            }
            else
            {
                Add(name, prefix, per ? -1 : 1);
                (prefix, per, open) = (null, false, true);
            }
        }
        if (at != text.Length && text[at..].Trim() is { Length: > 0 } rest)
            problems.Add(new(UnitFault.Form, rest));
        if (prefix is not null || per)
            problems.Add(new(UnitFault.Dangling, $"\\{prefix ?? "per"}"));
        if (problems.All(p => p.Code > UnitFault.Exponent) && factors.Count > 0)
        {
            Unit = new(factors);
            Style();
            Grade(text);
        }
        else if (problems.Count == 0)
            problems.Add(new(UnitFault.Form, text));
    }

    private void Add(string name, string? prefix, decimal exponent)
    {
        if (UnitTable.Units.ContainsKey(name))
            factors.Add(new(prefix, name, exponent));
        else
        {
            problems.Add(new(UnitFault.Unknown, $"\\{name}", Suggest(name)));
            // A factor all the same, so that an exponent after it does not dangle.
            factors.Add(new(prefix, "one", exponent));
        }
    }

    private decimal? Exponent(Group group)
    {
        var text = group.Value.Trim();
        if (Fraction().Match(text) is { Success: true } fraction && int.Parse(fraction.Groups[2].Value, CultureInfo.InvariantCulture) is var below and > 0)
        {
            problems.Add(new(UnitFault.Style, text));
            return decimal.Parse(fraction.Groups[1].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) / below;
        }
        if (!Number().IsMatch(text) || !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || Math.Abs(value) > 60)
        {
            problems.Add(new(UnitFault.Exponent, text));
            return null;
        }
        if (!Halves().IsMatch(text))
            problems.Add(new(UnitFault.Style, text));
        return value;
    }

    private void Style()
    {
        foreach (var f in factors.Where(f => f.Prefix is not null && !UnitTable.Units[f.Name].TakesPrefix))
            problems.Add(new(UnitFault.Style, $"\\{f.Prefix}\\{f.Name}"));
        if (factors.Exists(f => f is { Prefix: "kilo", Name: "gram" }))
            problems.Add(new(UnitFault.Style, "\\kilo\\gram", "\\kilogram"));
        if (factors.Exists(f => f is { Prefix: "deci", Name: "bel" }))
            problems.Add(new(UnitFault.Style, "\\deci\\bel", "\\decibel"));
        if (factors.Exists(f => f.Name == "one" && f.Exponent != 1))
            problems.Add(new(UnitFault.Style, "\\one\\tothe"));
        // One prefix above and one below the line of a fraction say a magnitude; more of them hide it.
        foreach (var side in factors.Where(f => f.Prefix is not null).GroupBy(f => f.Exponent < 0).Where(g => g.Count() > 1))
            problems.Add(new(UnitFault.Style, string.Concat(side.Select(f => $"\\{f.Prefix}\\{f.Name}"))));
    }

    private void Grade(string text)
    {
        var worst = factors.Max(f => (UnitMedal)Math.Max((int)UnitTable.Units[f.Name].Medal, f.Prefix is null ? 0 : (int)UnitMedal.Gold));
        Medal = problems.Any(p => p.Code is UnitFault.Style or UnitFault.Per) || text.Trim().Length != text.Length ? UnitMedal.Improvable : worst;
    }

    /// <summary>The nearest name of the table, at most two letters away; a spelling that people often write first.</summary>
    private static string? Suggest(string name)
    {
        if (UnitTable.Spellings.TryGetValue(name, out var usual))
            return "\\" + usual;
        if (UnitTable.Prefixes.Keys.FirstOrDefault(p => name.StartsWith(p, StringComparison.Ordinal) && UnitTable.Units.ContainsKey(name[p.Length..])) is { } glued)
            return $"\\{glued}\\{name[glued.Length..]}";
        return name.Length > 30 ? null : UnitTable.Units.Keys.Concat(UnitTable.Prefixes.Keys).Select(n => (n, Distance: Distance(name.ToLowerInvariant(), n))).Where(p => p.Distance <= Math.Min(2, p.n.Length / 2)).OrderBy(p => p.Distance).ThenBy(p => p.n, StringComparer.Ordinal).Select(p => "\\" + p.n).FirstOrDefault();
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (corner, left) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                left = Math.Min(Math.Min(row[j], left) + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1));
                (corner, row[j]) = (row[j], left);
            }
        }
        return row[b.Length];
    }

    [GeneratedRegex(@"\G\s*\\(?:(?<name>tothe)\s*\{(?<exponent>[^{}\\]*)\}|(?<name>[A-Za-z]+))\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Piece();

    [GeneratedRegex(@"^[-+]?\d{1,12}(\.\d{0,12})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[-+]?\d+(\.5)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Halves();

    [GeneratedRegex(@"^([-+]?\d{1,3})/(\d{1,3})$", RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();
}
