using System.Globalization;

namespace Plumbline.Numerics;

internal enum TokenKind
{
    Number,
    Name,
    Symbol,

    /// <summary>The text between brackets, a unit.</summary>
    Unit,
    EndOfStatement,
    EndOfText,
}

internal readonly record struct Token(TokenKind Kind, string Text, TextSpan Place, double Value = 0);

/// <summary>Cuts a model's text into words. Full-width punctuation, × · ÷ − and ** are taken for what they mean.</summary>
internal static class ModelLexer
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";

    internal static List<Token> Read(string text, List<ModelProblem> problems)
    {
        var tokens = new List<Token>();
        var i = 0;
        while (i < text.Length)
        {
            var start = i;
            var c = Plain(text[i]);
            if (c is '\n' or ';')
                tokens.Add(new(TokenKind.EndOfStatement, c.ToString(), new(i++, 1)));
            else if (char.IsWhiteSpace(c))
                i++;
            else if (c == '#' || c == '/' && i + 1 < text.Length && text[i + 1] == '/')
                while (i < text.Length && text[i] != '\n')
                    i++;
            else if (char.IsAsciiDigit(c) || c == '.' && i + 1 < text.Length && char.IsAsciiDigit(Plain(text[i + 1])))
                tokens.Add(Number(text, ref i, problems));
            else if (IsStart(c))
            {
                while (i < text.Length && (IsStart(text[i]) || char.IsDigit(text[i]) || IsMark(text[i]) || text[i] == '.' && i + 1 < text.Length && IsStart(text[i + 1])))
                    i++;
                tokens.Add(new(TokenKind.Name, text[start..i], new(start, i - start)));
            }
            else if (c == '[' && text.IndexOf(']', i) is var close and > 0)
            {
                tokens.Add(new(TokenKind.Unit, text[(i + 1)..close].Trim(), new(i, close + 1 - i)));
                i = close + 1;
            }
            else if (c == '*' && i + 1 < text.Length && Plain(text[i + 1]) == '*')
                tokens.Add(new(TokenKind.Symbol, "^", new((i += 2) - 2, 2)));
            else if (Superscripts.Contains(c, StringComparison.Ordinal))
                Exponent(text, ref i, tokens);
            else if ("+-*/^(),=".Contains(c, StringComparison.Ordinal))
                tokens.Add(new(TokenKind.Symbol, c.ToString(), new(i++, 1)));
            else
                problems.Add(new("unexpected-character", new(i++, 1), [c.ToString()]));
        }
        tokens.Add(new(TokenKind.EndOfText, "", new(text.Length, 0)));
        return tokens;
    }

    /// <summary>x⁻² is x^(-2).</summary>
    private static void Exponent(string text, ref int i, List<Token> tokens)
    {
        var start = i;
        while (i < text.Length && Superscripts.Contains(text[i], StringComparison.Ordinal))
            i++;
        var place = new TextSpan(start, i - start);
        var digits = string.Concat(text[start..i].Select(c => Superscripts.IndexOf(c, StringComparison.Ordinal) is var d and < 10 ? (char)('0' + d) : '-'));
        tokens.Add(new(TokenKind.Symbol, "^", place));
        if (digits[0] == '-')
            tokens.Add(new(TokenKind.Symbol, "-", place));
        digits = digits.TrimStart('-');
        if (double.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            tokens.Add(new(TokenKind.Number, digits, place, value));
    }

    private static Token Number(string text, ref int i, List<ModelProblem> problems)
    {
        var start = i;
        Digits(text, ref i);
        if (i < text.Length && Plain(text[i]) == '.')
        {
            i++;
            Digits(text, ref i);
        }
        if (i < text.Length && text[i] is 'e' or 'E')
        {
            var mark = i++;
            if (i < text.Length && Plain(text[i]) is '+' or '-')
                i++;
            if (i < text.Length && char.IsAsciiDigit(Plain(text[i])))
                Digits(text, ref i);
            else
                i = mark;
        }
        var digits = string.Concat(text[start..i].Select(Plain));
        var place = new TextSpan(start, i - start);
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            problems.Add(new("number", place, [digits]));
        return new(TokenKind.Number, digits, place, value);
    }

    private static void Digits(string text, ref int i)
    {
        while (i < text.Length && char.IsAsciiDigit(Plain(text[i])))
            i++;
    }

    /// <summary>Full-width forms as half-width ones, and the signs of print as those of the keyboard.</summary>
    private static char Plain(char c) => c switch
    {
        '×' or '·' or '⋅' or '∙' => '*',
        '÷' or '∕' => '/',
        '−' or '–' => '-',
        '\u3000' => ' ',
        '、' => ',',
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        _ => c,
    };

    private static bool IsStart(char c) => char.IsLetter(c) || c is '_' or '∆';

    /// <summary>Primes, subscripts and combining marks belong to a name: x′, x₁, x̄.</summary>
    private static bool IsMark(char c) => c is '\'' or '′' or (>= '₀' and <= '₉') || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;
}
