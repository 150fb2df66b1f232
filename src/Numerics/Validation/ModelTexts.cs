using System.Text.RegularExpressions;

namespace Plumbline.Numerics;

/// <summary>Models as people write them in a case: several definitions on one line, in any order, in the spelling of a programming language.</summary>
internal static partial class ModelTexts
{
    /// <summary>The text as the model language has it: one definition a line, what is used defined before.</summary>
    internal static string Normal(string text) => string.Join("\n", Ordered(Read(text)).Select(s => s.Name is null ? s.Formula : $"{s.Name} = {s.Formula}"));

    /// <summary>Definitions and bare formulas in the order of the text.</summary>
    internal static List<(string? Name, string Formula)> Read(string text) =>
        [.. Break().Split(Products(Prefix().Replace(text, ""))).Select(s => s.Trim()).Where(s => s.Length > 0).Select(s => Definition().Match(s) is { Success: true } m ? ((string?)m.Groups[1].Value, m.Groups[2].Value.Trim()) : (null, s))];

    /// <summary>The names in a formula that are no functions.</summary>
    internal static IEnumerable<string> NamesIn(string formula) => Identifier().Matches(formula).Select(m => m.Value);

    /// <summary>A definition goes before what uses it; otherwise the order stays.</summary>
    internal static List<(string? Name, string Formula)> Ordered(List<(string? Name, string Formula)> statements)
    {
        var left = statements.ToList();
        var done = new List<(string?, string)>();
        while (left.Count > 0)
        {
            var waiting = left.Select(s => s.Name).ToHashSet();
            var next = left.FindIndex(s => !NamesIn(s.Formula).Any(n => n != s.Name && waiting.Contains(n)));
            // A circle is left as it stands, for the compiler to refuse.
            next = Math.Max(next, 0);
            done.Add(left[next]);
            left.RemoveAt(next);
        }
        return done;
    }

    /// <summary>mul2(a, b), a product to second order, is a product: the order is asked for elsewhere.</summary>
    internal static string Products(string text)
    {
        while (Product().Match(text) is { Success: true } start)
        {
            int open = start.Index + start.Length, depth = 1, comma = -1, end = open;
            for (; end < text.Length && depth > 0; end++)
            {
                depth += text[end] == '(' ? 1 : text[end] == ')' ? -1 : 0;
                if (text[end] == ',' && depth == 1)
                    comma = end;
            }
            if (comma < 0 || depth > 0)
                throw new FormatException($"inputs.model: mul2 needs two factors: {text}");
            text = $"{text[..start.Index]}(({text[open..comma]})*({text[(comma + 1)..(end - 1)]})){text[end..]}";
        }
        return text;
    }

    [GeneratedRegex(@"\b(?:math|np|numpy)\.")]
    private static partial Regex Prefix();

    /// <summary>Between definitions; a comma or a word only where a definition follows.</summary>
    [GeneratedRegex(@"[;\n]|(?:,|\bwhere\b|\bwith\b|\band\b)\s*(?:where\b|with\b|and\b)?(?=\s*[\p{L}_][\w]*\s*(?:\[[^\]]*\]\s*)?=)")]
    private static partial Regex Break();

    [GeneratedRegex(@"^([\p{L}_]\w*)\s*=(.*)$", RegexOptions.Singleline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"(?<![\w.])[\p{L}_][\w.]*(?!\w*\s*\()")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\bmul2\s*\(")]
    private static partial Regex Product();
}
