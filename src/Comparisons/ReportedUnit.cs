using System.Text;

namespace Plumbline.Comparisons;

/// <summary>Whether two typed units are the same unit: µ and μ, Ω and Ω, m² and m^2, full and half width. Case counts: mV is not MV.</summary>
public static class ReportedUnit
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    public static bool IsSame(string? one, string? other) => Plain(one) == Plain(other);

    private static string Plain(string? unit)
    {
        var plain = new StringBuilder();
        foreach (var c in unit ?? "")
        {
            if (char.IsWhiteSpace(c) || c is '^' or '{' or '}')
                continue;
            var superscript = Superscripts.IndexOf(c, StringComparison.Ordinal);
            plain.Append(superscript >= 0 ? (char)('0' + superscript) : c switch
            {
                'µ' => 'μ',
                '\u2126' => 'Ω',
                '\u212B' => 'Å',
                '\u2212' or '⁻' => '-',
                '⋅' or '∙' or '*' or '•' => '·',
                >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
                _ => c,
            });
        }
        // "1" is how a quantity of unit one is written when a unit has to be named.
        return plain.Replace("℃", "°C").ToString() is "1" ? "" : plain.Replace("℃", "°C").ToString();
    }
}
