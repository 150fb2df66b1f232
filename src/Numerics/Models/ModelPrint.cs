using System.Globalization;
using System.Text;

namespace Plumbline.Numerics;

public sealed partial class MeasurementModel
{
    /// <summary>The model in LaTeX, a line for each statement.</summary>
    public string ToLatex() => string.Join(@" \\" + "\n", statements.Select(s => s.IsUnknown ? null : $"{(s.Name is { } n ? LatexPrint.Name(n.Length == 0 ? "y" : n) : "0")} = {LatexPrint.Of(s.Value)}").Where(l => l is not null));

    /// <summary>The model in presentation MathML, one <c>math</c> element for each statement.</summary>
    public string ToMathMl() => string.Concat(statements.Where(s => !s.IsUnknown).Select(s =>
        $"<math display=\"block\"><mrow>{(s.Name is { } n ? MathMlPrint.Name(n.Length == 0 ? "y" : n) : "<mn>0</mn>")}<mo>=</mo>{MathMlPrint.Of(s.Value)}</mrow></math>"));
}

/// <summary>How closely an operator binds, and how names and numbers are taken apart for print.</summary>
internal static class PrintRules
{
    internal static int Binding(Expression e) => e switch
    {
        Expression.Arithmetic { Operator: '+' or '-' } => 1,
        Expression.Negation => 1,
        Expression.Arithmetic { Operator: '*' } => 2,
        Expression.Arithmetic { Operator: '/' } => 3,
        _ => 4,
    };

    /// <summary>x_R1, x₁ and x1 have an index; the rest is the name.</summary>
    internal static (string Name, string Index) Split(string name)
    {
        name = name.StartsWith("const.", StringComparison.Ordinal) ? name[6..] : name;
        name = string.Concat(name.Select(c => c is >= '₀' and <= '₉' ? (char)('0' + (c - '₀')) : c));
        var at = name.IndexOf('_', 1 <= name.Length ? 1 : 0);
        if (at > 0)
            return (name[..at], name[(at + 1)..].Replace('_', ','));
        at = name.Length;
        while (at > 1 && char.IsAsciiDigit(name[at - 1]))
            at--;
        return (name[..at], name[at..]);
    }

    internal static readonly Dictionary<string, char> Greek = new(StringComparer.Ordinal)
    {
        ["alpha"] = 'α', ["beta"] = 'β', ["gamma"] = 'γ', ["delta"] = 'δ', ["epsilon"] = 'ε', ["eps"] = 'ε', ["zeta"] = 'ζ', ["eta"] = 'η', ["theta"] = 'θ', ["kappa"] = 'κ', ["lambda"] = 'λ', ["mu"] = 'μ', ["nu"] = 'ν', ["xi"] = 'ξ',
        ["pi"] = 'π', ["rho"] = 'ρ', ["sigma"] = 'σ', ["tau"] = 'τ', ["phi"] = 'φ', ["chi"] = 'χ', ["psi"] = 'ψ', ["omega"] = 'ω',
        ["Gamma"] = 'Γ', ["Delta"] = 'Δ', ["Theta"] = 'Θ', ["Lambda"] = 'Λ', ["Sigma"] = 'Σ', ["Phi"] = 'Φ', ["Psi"] = 'Ψ', ["Omega"] = 'Ω',
    };

    /// <summary>Mantissa and power of ten.</summary>
    internal static (string Mantissa, int? Exponent) Number(string digits)
    {
        var at = digits.IndexOfAny(['e', 'E']);
        return at < 0 ? (digits, null) : (digits[..at], int.Parse(digits[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }
}

/// <summary>Formulas in LaTeX.</summary>
internal static class LatexPrint
{
    internal static string Of(Expression e)
    {
        switch (e)
        {
            case Expression.Literal literal:
                var (mantissa, exponent) = PrintRules.Number(literal.Digits);
                return (exponent is null ? mantissa : $@"{mantissa} \times 10^{{{exponent}}}") + (literal.Unit is null ? "" : $@"\,\mathrm{{{literal.Unit.Replace(" ", @"\,", StringComparison.Ordinal)}}}");
            case Expression.Name name:
                return Name(name.Text);
            case Expression.Negation negation:
                return $"-{Within(negation.Operand, 2)}";
            case Expression.Arithmetic { Operator: '/' } ratio:
                return $@"\frac{{{Of(ratio.Left)}}}{{{Of(ratio.Right)}}}";
            case Expression.Arithmetic { Operator: '^' } power:
                return $"{Within(power.Left, 4)}^{{{Of(power.Right)}}}";
            case Expression.Arithmetic { Operator: '*' } product:
                return $@"{Within(product.Left, 2)} \cdot {Within(product.Right, 2)}";
            case Expression.Arithmetic sum:
                return $"{Of(sum.Left)} {sum.Operator} {Within(sum.Right, sum.Operator == '-' || sum.Right is Expression.Negation ? 2 : 1)}";
            default:
                var call = (Expression.Call)e;
                var arguments = string.Join(", ", call.Arguments.Select(Of));
                return call.Function switch
                {
                    "sqrt" => $@"\sqrt{{{arguments}}}",
                    "cbrt" => $@"\sqrt[3]{{{arguments}}}",
                    "abs" => $@"\left|{arguments}\right|",
                    "sin" or "cos" or "tan" or "sinh" or "cosh" or "tanh" or "exp" or "ln" or "lg" or "arcsin" or "arccos" or "arctan" or "cot" or "min" or "max" => $@"\{call.Function}\left({arguments}\right)",
                    _ => $@"\operatorname{{{call.Function}}}\left({arguments}\right)",
                };
        }
    }

    internal static string Name(string text)
    {
        var (name, index) = PrintRules.Split(text);
        var letters = PrintRules.Greek.ContainsKey(name) ? $@"\{(name == "eps" ? "epsilon" : name)}" : name.Length == 1 ? name : $@"\mathit{{{name}}}";
        return index.Length == 0 ? letters : $@"{letters}_{{\mathrm{{{index}}}}}";
    }

    private static string Within(Expression e, int binding) => PrintRules.Binding(e) < binding || binding == 4 && PrintRules.Binding(e) < 4 ? $@"\left({Of(e)}\right)" : Of(e);
}

/// <summary>Formulas in presentation MathML.</summary>
internal static class MathMlPrint
{
    internal static string Of(Expression e)
    {
        switch (e)
        {
            case Expression.Literal literal:
                var (mantissa, exponent) = PrintRules.Number(literal.Digits);
                var number = exponent is null ? $"<mn>{mantissa}</mn>" : $"<mrow><mn>{mantissa}</mn><mo>×</mo><msup><mn>10</mn><mn>{exponent.Value.ToString(CultureInfo.InvariantCulture).Replace('-', '−')}</mn></msup></mrow>";
                return literal.Unit is null ? number : $"<mrow>{number}<mtext> {Escape(literal.Unit)}</mtext></mrow>";
            case Expression.Name name:
                return Name(name.Text);
            case Expression.Negation negation:
                return $"<mrow><mo>−</mo>{Within(negation.Operand, 2)}</mrow>";
            case Expression.Arithmetic { Operator: '/' } ratio:
                return $"<mfrac>{Of(ratio.Left)}{Of(ratio.Right)}</mfrac>";
            case Expression.Arithmetic { Operator: '^' } power:
                return $"<msup>{Within(power.Left, 4)}{Of(power.Right)}</msup>";
            case Expression.Arithmetic { Operator: '*' } product:
                return $"<mrow>{Within(product.Left, 2)}<mo>·</mo>{Within(product.Right, 2)}</mrow>";
            case Expression.Arithmetic sum:
                return $"<mrow>{Of(sum.Left)}<mo>{(sum.Operator == '-' ? "−" : "+")}</mo>{Within(sum.Right, sum.Operator == '-' || sum.Right is Expression.Negation ? 2 : 1)}</mrow>";
            default:
                var call = (Expression.Call)e;
                var arguments = new StringBuilder();
                foreach (var argument in call.Arguments)
                    arguments.Append(arguments.Length == 0 ? "" : "<mo>,</mo>").Append(Of(argument));
                return call.Function switch
                {
                    "sqrt" => $"<msqrt>{arguments}</msqrt>",
                    "cbrt" => $"<mroot><mrow>{arguments}</mrow><mn>3</mn></mroot>",
                    "abs" => $"<mrow><mo>|</mo>{arguments}<mo>|</mo></mrow>",
                    _ => $"<mrow><mi>{call.Function}</mi><mo>(</mo>{arguments}<mo>)</mo></mrow>",
                };
        }
    }

    internal static string Name(string text)
    {
        var (name, index) = PrintRules.Split(text);
        var letters = $"<mi>{(PrintRules.Greek.TryGetValue(name, out var letter) ? letter.ToString() : Escape(name))}</mi>";
        return index.Length == 0 ? letters : $"<msub>{letters}<mtext>{Escape(index)}</mtext></msub>";
    }

    private static string Within(Expression e, int binding) => PrintRules.Binding(e) < binding || binding == 4 && PrintRules.Binding(e) < 4 ? $"<mrow><mo>(</mo>{Of(e)}<mo>)</mo></mrow>" : Of(e);

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
