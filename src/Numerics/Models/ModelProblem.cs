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
                "expected-symbol" => $"'{a[1]}' is expected{Instead(a[0])}.",
                "expected-operator" => $"An operator is expected{Instead(a[0])}.",
                "expected-operand" => $"A number, a name or '(' is expected{Instead(a[0])}.",
                "expected-name" => $"A name is expected{Instead(a[0])}.",
                "expected-known-number" => $"A known number is expected{Instead(a[0])}.",
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
                "unit" => $"'{a[0]}' is not a unit.",
                "unit-mismatch" => $"Quantities of unit {a[0]} and {a[1]} cannot be added, subtracted or compared.",
                "unit-scale" => $"{a[0]} and {a[1]} differ by the factor {a[2]}: bring both to one unit.",
                "unit-argument" => $"The argument of {a[0]} must be of unit one, not {a[1]}.",
                "unit-exponent" => $"A power of {a[0]} needs an exponent that is a known number.",
                "unit-output" => $"The result {a[0]} has the unit {a[1]}, not {a[2]}.",
                "domain-division" => $"The divisor in '{a[0]}' may be zero: it lies in {a[1]}.",
                "domain-root" => $"'{a[0]}' takes the root of what may be negative: it lies in {a[1]}.",
                "domain-logarithm" => $"'{a[0]}' takes the logarithm of what may not be positive: it lies in {a[1]}.",
                "domain-power" => $"'{a[0]}' raises to a power what may be negative or zero: it lies in {a[1]}.",
                "domain-tangent" => $"'{a[0]}' may be infinite: the angle lies in {a[1]}.",
                "domain-angle" => $"'{a[0]}' may have no angle: both arguments may be zero.",
                "domain-inverse" => $"'{a[0]}' has no value in all of its domain: the argument lies in {a[1]}.",
                "too-deep" => "Parentheses are nested too deeply.",
                _ => Code,
            };
            return $"{sentence} (position {Place.Start + 1}{(Suggestion is null ? "" : $"; did you mean '{Suggestion}'?")})";
        }
    }

    private static string Instead(string found) => found.Length == 0 ? " at the end" : $", '{found}' stands here";
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
