using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>统一社会信用代码 (GB 32100-2015): 17 characters that say who, and a check character over them.</summary>
/// <remarks>The check is a weighted sum modulo 31 with weights 3⁰, 3¹, … 3¹⁶: 31 is prime and no two neighbouring weights are equal, so one wrong character and two neighbours exchanged are always found.</remarks>
public static class CreditCode
{
    /// <summary>Digits and capitals without I, O, S, V and Z, which read like digits or like each other.</summary>
    public const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    public const int Length = 18;
    private const int Modulus = 31;

    /// <summary>What a person typed, in the form that is kept: no blanks, no hyphens, capitals.</summary>
    public static string Normalise(string typed) => string.Concat(typed.Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();

    /// <summary>The check character that belongs to the first 17 characters.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> first17)
    {
        var (sum, weight) = (0, 1);
        foreach (var character in first17[..(Length - 1)])
        {
            sum += Alphabet.IndexOf(character, StringComparison.Ordinal) * weight;
            weight = weight * 3 % Modulus;
        }
        return Alphabet[(Modulus - sum % Modulus) % Modulus];
    }

    public static bool IsValid(string code) => !Refusals(code).Any();

    /// <summary>Every reason why <paramref name="code"/> is no credit code, in words that say what was expected.</summary>
    public static IEnumerable<Refusal> Refusals(string code, string field = "CreditCode")
    {
        var strange = code.Where(c => !Alphabet.Contains(c, StringComparison.Ordinal)).Distinct().ToArray();
        if (strange.Length > 0)
            yield return new("credit-code-characters", field, string.Join(' ', strange));
        if (code.Length != Length)
            yield return new("credit-code-length", field, code.Length, Length);
        if (strange.Length > 0 || code.Length != Length)
            yield break;
        if (!code[2..8].All(char.IsAsciiDigit))
            yield return new("credit-code-region", field, code[2..8]);
        if (CheckCharacter(code) is var expected && code[^1] != expected)
            yield return new("credit-code-check", field, code[^1], expected);
    }
}
