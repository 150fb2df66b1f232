namespace Plumbline.Numerics;

/// <summary>What is wrong with a model's text, as data: a page or a terminal says it in its reader's language.</summary>
/// <param name="Code">A stable name in kebab-case, such as <c>unknown-name</c>; <see cref="Message"/> lists them.</param>
/// <param name="Place">Where in the text.</param>
/// <param name="Arguments">What the sentence names, in its order.</param>
/// <param name="Suggestion">What was probably meant; null where nothing is near.</param>
public sealed record ModelProblem(string Code, TextSpan Place, string[] Arguments, string? Suggestion = null)
{
    /// <summary>The sentence in English, with the position (counted from 1) and the suggestion.</summary>
    public string Message
    {
        get
        {
            var a = Arguments;
            var sentence = Code switch
            {
                "unexpected-character" => $"'{a[0]}' has no meaning here.",
                "expected" => a[1].Length == 0 ? $"{a[0]} is missing at the end." : $"{a[0]} is expected, '{a[1]}' stands here.",
                "number" => $"'{a[0]}' is not a number that can be represented.",
                "unknown-name" => $"'{a[0]}' is neither a quantity nor a constant.",
                "unknown-function" => $"There is no function '{a[0]}'.",
                "not-a-function" => $"'{a[0]}' is a quantity; write '*' between it and the parenthesis.",
                "function-as-name" => $"'{a[0]}' is a function and needs its argument in parentheses.",
                "argument-count" => $"{a[0]} takes {a[1]} argument(s), {a[2]} given.",
                "ambiguous-logarithm" => "'log' means the natural logarithm to some and the decimal to others: write ln, lg or log(x, base).",
                "defined-twice" => $"'{a[0]}' is defined twice.",
                "defines-quantity" => $"'{a[0]}' is a quantity of the evaluation and cannot be defined by the model.",
                "used-before-defined" => $"'{a[0]}' is used before it is defined.",
                "no-output" => "The model gives no result.",
                "unknown-output" => $"'{a[0]}' is asked for as a result but not defined.",
                "equation-count" => $"{a[0]} implicit equation(s) cannot determine {a[1]} unknown(s).",
                "chained-comparison" => "Two equals signs in one statement.",
                "unit" => $"'{a[0]}' is not a unit: {a[1]}.",
                "unit-mismatch" => $"{a[0]} of unit {a[1]} and {a[2]} cannot be {a[3]}.",
                "unit-scale" => $"{a[0]} in {a[1]} and {a[2]} differ by the factor {a[3]}: bring both to one unit.",
                "unit-argument" => $"The argument of {a[0]} must be of unit one, not {a[1]}.",
                "unit-exponent" => $"A power of {a[0]} needs an exponent that is a known number.",
                "unit-output" => $"The result {a[0]} has the unit {a[1]}, not {a[2]}.",
                "too-deep" => "Parentheses are nested too deeply.",
                _ => Code,
            };
            return $"{sentence} (position {Place.Start + 1}{(Suggestion is null ? "" : $"; did you mean '{Suggestion}'?")})";
        }
    }
}

/// <summary>A model's text cannot be understood.</summary>
public sealed class ModelFormatException : FormatException
{
    internal ModelFormatException(string text, ModelProblem[] problems) : base(string.Join(" ", problems.Select(p => p.Message)))
    {
        Text = text;
        Problems = problems;
    }

    /// <summary>The text that was read.</summary>
    public string Text { get; }

    /// <summary>Everything that is wrong with it, in the order of the text.</summary>
    public IReadOnlyList<ModelProblem> Problems { get; }
}
