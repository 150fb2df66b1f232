namespace Plumbline.Numerics;

/// <summary>One formula of complex quantities, in the language of <see cref="MeasurementModel"/>; <c>i</c> and <c>j</c> are the imaginary unit unless a quantity has that name.</summary>
public static partial class ComplexModel
{
    /// <summary>Evaluates a formula.</summary>
    /// <param name="text">A bare formula, or <c>name = formula</c>. Functions: sqrt, exp, ln, sin, cos, tanh, conj, abs, arg, real, imag, pow.</param>
    /// <param name="quantities">By name.</param>
    /// <exception cref="ModelFormatException">The text cannot be understood.</exception>
    /// <exception cref="ArithmeticException">The function or its derivative is not finite at the estimates.</exception>
    public static UncertainComplex Evaluate(string text, IReadOnlyDictionary<string, UncertainComplex> quantities)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(quantities);
        var problems = new List<ModelProblem>();
        var source = Imaginary().Replace(text, "$1*j");
        var parser = new ModelParser(source, problems);
        parser.Read();
        if (problems.Count == 0 && parser.Statements.Count == 0)
            problems.Add(new("no-output", new(0, source.Length), []));
        if (problems.Count > 0)
            throw new ModelFormatException(source, [.. problems]);
        var known = new Dictionary<string, UncertainComplex>(quantities, StringComparer.Ordinal);
        UncertainComplex? last = null;
        foreach (var statement in parser.Statements)
        {
            last = Of(statement.Value, known, source);
            if (statement.Name is { Length: > 0 } name)
                known[name] = last;
        }
        return last!;
    }

    private static UncertainComplex Of(Expression e, Dictionary<string, UncertainComplex> q, string text)
    {
        switch (e)
        {
            case Expression.Literal literal:
                return UncertainComplex.Exact(literal.Value);
            case Expression.Negation negation:
                return -Of(negation.Operand, q, text);
            case Expression.Name name:
                return q.TryGetValue(name.Text, out var found) ? found : name.Text switch
                {
                    "i" or "j" => UncertainComplex.Exact(System.Numerics.Complex.ImaginaryOne),
                    "pi" or "π" => UncertainComplex.Exact(Math.PI),
                    _ => throw new ModelFormatException(text, [new("unknown-name", name.Place, [name.Text], NameSuggestion.For(name.Text, q.Keys))]),
                };
            case Expression.Arithmetic { Operator: '^', Right: var exponent } power:
                var whole = exponent is Expression.Negation { Operand: Expression.Literal n } ? -n.Value : exponent is Expression.Literal l ? l.Value : double.NaN;
                return whole == Math.Round(whole) && Math.Abs(whole) <= 64 ? Of(power.Left, q, text).Pow((int)whole) : Of(power.Left, q, text).Pow(Of(exponent, q, text));
            case Expression.Arithmetic a:
                UncertainComplex left = Of(a.Left, q, text), right = Of(a.Right, q, text);
                return a.Operator switch { '+' => left + right, '-' => left - right, '*' => left * right, _ => left / right };
            default:
                var call = (Expression.Call)e;
                return Apply(call, Array.ConvertAll(call.Arguments, x => Of(x, q, text)), text);
        }
    }

    private static UncertainComplex Apply(Expression.Call call, UncertainComplex[] a, string text)
    {
        var name = call.Function;
        if (name == "pow" && a.Length == 2)
            return a[0].Pow(a[1]);
        string[] unary = ["sqrt", "exp", "ln", "log", "sin", "cos", "tanh", "conj", "conjugate", "abs", "mod", "magnitude", "arg", "phase", "real", "re", "imag", "im"];
        if (!unary.Contains(name))
            throw new ModelFormatException(text, [new("unknown-function", new(call.Place.Start, name.Length), [name], NameSuggestion.For(name, unary))]);
        if (a.Length != 1)
            throw new ModelFormatException(text, [new("argument-count", call.Place, [name, "1", $"{a.Length}"])]);
        return name switch
        {
            "sqrt" => a[0].Sqrt(),
            "exp" => a[0].Exp(),
            "ln" or "log" => a[0].Log(),
            "sin" => a[0].Sin(),
            "cos" => a[0].Cos(),
            "tanh" => a[0].Tanh(),
            "conj" or "conjugate" => a[0].Conjugate(),
            "abs" or "mod" or "magnitude" => Real(a[0].Modulus()),
            "arg" or "phase" => Real(a[0].Phase()),
            "real" or "re" => Real(a[0].Real),
            _ => Real(a[0].Imaginary),
        };
        static UncertainComplex Real(UncertainNumber x) => new(x, UncertainNumber.Exact(0));
    }

    // "2j" is how programmers write an imaginary number.
    [System.Text.RegularExpressions.GeneratedRegex(@"(?<![\p{L}_])(\d+\.?\d*(?:[eE][+-]?\d+)?)[ij]\b", System.Text.RegularExpressions.RegexOptions.CultureInvariant)]
    private static partial System.Text.RegularExpressions.Regex Imaginary();
}
