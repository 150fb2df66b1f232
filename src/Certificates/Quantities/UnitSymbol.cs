using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.Certificates;

/// <summary>Reads units as people print them (<c>mΩ</c>, <c>kg/m³</c>, <c>m·s⁻²</c>, <c>µmol/mol</c>), to write them as D-SI wants.</summary>
public static partial class UnitSymbol
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    // What one symbol means twice (B: bel, byte; M, c, e, u …: constants and miles beside prefixes) is not guessed.
    private static readonly FrozenSet<string> unclear = new[] { "bel", "byte", "nauticalmile", "clight", "elementarycharge", "barn" }.ToFrozenSet();
    private static readonly FrozenDictionary<string, string> names = UnitTable.Units.Values.Where(u => !unclear.Contains(u.Name)).GroupBy(u => u.Symbol).Where(g => g.Count() == 1)
        .Select(g => (g.Key, g.First().Name)).Append(("l", "litre")).ToFrozenDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, string> prefixes = UnitTable.Prefixes.ToFrozenDictionary(p => p.Value.Symbol, p => p.Key, StringComparer.Ordinal);

    /// <summary>Reads a printed unit.</summary>
    /// <param name="symbol">Factors joined by ·, *, a blank or /, with powers as superscripts or after ^; <c>1</c> or nothing for the number one.</param>
    /// <returns>The unit; null where a factor is none that D-SI knows.</returns>
    public static DsiUnit? Read(string symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        var text = Plain(symbol);
        if (text.Length == 0 || text == "1")
            return DsiUnit.One;
        var (factors, below, depth) = (new List<DsiUnitFactor>(), false, 0);
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var c = rest[0];
            if (c is '·' or '(' or ')' or '/')
            {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                // What follows a stroke stands below the line until the next sign, in brackets until they close.
                below = c == '/' ? !below || depth == 0 : below && depth > 0;
                rest = rest[1..];
                continue;
            }
            var match = FactorShape().Match(rest.ToString());
            if (!match.Success || Factor(match.Groups[1].Value, match.Groups[2].Value, below) is not { } factor)
                return null;
            if (factor.Name != "one")
                factors.Add(factor);
            rest = rest[match.Length..];
        }
        return depth != 0 ? null : factors.Count == 0 ? DsiUnit.One : new(factors);
    }

    private static DsiUnitFactor? Factor(string symbol, string power, bool below)
    {
        var exponent = power.Length == 0 ? 1 : decimal.Parse(power, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        if (below)
            exponent = -exponent;
        if (symbol == "1")
            return new(null, "one", 1);
        if (names.TryGetValue(symbol, out var name))
            return new(null, name, exponent);
        for (var length = 1; length <= 2 && length < symbol.Length; length++)
            if (prefixes.TryGetValue(symbol[..length], out var prefix) && names.TryGetValue(symbol[length..], out name) && UnitTable.Units[name].TakesPrefix)
                return new(prefix, name, exponent);
        return null;
    }

    private static string Plain(string symbol)
    {
        var plain = new System.Text.StringBuilder();
        foreach (var c in symbol.Normalize(System.Text.NormalizationForm.FormC).Trim())
        {
            var superscript = Superscripts.IndexOf(c, StringComparison.Ordinal);
            plain.Append(superscript >= 0 ? (char)('0' + superscript) : c switch
            {
                'μ' => 'µ',
                '\u2126' => 'Ω',
                '\u212B' => 'Å',
                '\u2212' or '⁻' => '-',
                '⋅' or '∙' or '•' or '*' or '×' => '·',
                _ when char.IsWhiteSpace(c) => '·',
                >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
                _ => c,
            });
        }
        return plain.Replace("^", "").Replace("{", "").Replace("}", "").Replace("℃", "°C").ToString();
    }

    [GeneratedRegex(@"^([\p{L}°%′″_]+|1)(-?\d+(?:\.\d+)?)?", RegexOptions.CultureInvariant)]
    private static partial Regex FactorShape();
}
