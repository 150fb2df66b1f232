namespace Plumbline.Numerics;

/// <summary>Turns statements into a program, and finds out which names are quantities, results and unknowns.</summary>
internal sealed class ModelCompiler(string text, List<Statement> statements, List<Token> outputs, IReadOnlyList<string>? given, bool naturalLog, List<ModelProblem> problems)
{
    private readonly List<string> quantities = [.. given ?? []];
    private readonly Dictionary<string, Statement> definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> steps = new(StringComparer.Ordinal);
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private ProgramBuilder builder = new(0);

    internal MeasurementModel? Compile()
    {
        foreach (var statement in statements)
            Define(statement);
        // Implicit equations may name quantities that come later, so all names are found before anything is written.
        foreach (var statement in statements)
            Find(statement.Value, statement);
        var unknowns = statements.Where(s => s.IsUnknown).ToArray();
        var equations = statements.Where(s => s.Name is null).ToArray();
        if (equations.Length != unknowns.Length)
            problems.Add(new("equation-count", (equations.FirstOrDefault() ?? unknowns[0]).Place, [$"{equations.Length}", $"{unknowns.Length}"]));
        var results = Results(unknowns);
        if (results.Length == 0 && problems.Count == 0)
            problems.Add(new("no-output", new(0, text.Length), []));
        if (problems.Count > 0)
            return null;
        builder = new(quantities.Count + unknowns.Length);
        for (var i = 0; i < unknowns.Length; i++)
            steps[unknowns[i].Name!] = builder.Input(quantities.Count + i);
        for (var i = 0; i < quantities.Count; i++)
            steps.TryAdd(quantities[i], builder.Input(i));
        foreach (var statement in statements.Where(s => s.Name is not null && !s.IsUnknown))
            steps[statement.Name!] = Write(statement.Value);
        int[] ends = [.. results.Select(r => steps[r]), .. equations.Select(e => Write(e.Value))];
        var starts = Array.ConvertAll(unknowns, u => Start(u.Value));
        return problems.Count > 0 ? null : MeasurementModel.Of(text, [.. statements], [.. quantities], Array.ConvertAll(results, r => r.Length == 0 ? "y" : r), Array.ConvertAll(unknowns, u => u.Name!), starts, builder.Build(ends));
    }

    private void Define(Statement statement)
    {
        if (statement.Name is not { } name)
            return;
        if (quantities.Contains(name))
            problems.Add(new("defines-quantity", statement.Place, [name]));
        else if (!definitions.TryAdd(name, statement))
            problems.Add(new("defined-twice", statement.Place, [name.Length == 0 ? "y" : name]));
    }

    private void Find(Expression e, Statement within)
    {
        switch (e)
        {
            case Expression.Name name:
                Find(name, within);
                break;
            case Expression.Negation negation:
                Find(negation.Operand, within);
                break;
            case Expression.Arithmetic arithmetic:
                Find(arithmetic.Left, within);
                Find(arithmetic.Right, within);
                break;
            case Expression.Call call:
                Check(call);
                foreach (var argument in call.Arguments)
                    Find(argument, within);
                break;
        }
    }

    private void Find(Expression.Name name, Statement within)
    {
        if (definitions.TryGetValue(name.Text, out var definition))
        {
            if (definition == within || within.Name is not null && !definition.IsUnknown && definition.Place.Start > within.Place.Start)
                problems.Add(new("used-before-defined", name.Place, [name.Text]));
            if (!within.IsUnknown && within.Name is not null)
                used.Add(name.Text);
        }
        else if (quantities.Contains(name.Text) || name.Text is "pi" or "π")
            return;
        else if (name.Text.StartsWith("const.", StringComparison.Ordinal))
        {
            if (PhysicalConstants.Find(name.Text[6..]) is not { } constant)
                problems.Add(new("unknown-name", name.Place, [name.Text], NameSuggestion.For(name.Text, PhysicalConstants.All.Select(c => "const." + c.Symbol))));
            else if (constant.StandardUncertainty > 0)
                quantities.Add(name.Text);
        }
        else if (ModelFunctions.Exists(name.Text))
            problems.Add(new("function-as-name", name.Place, [name.Text]));
        else if (given is null)
            quantities.Add(name.Text);
        else
            problems.Add(new("unknown-name", name.Place, [name.Text], NameSuggestion.For(name.Text, [.. quantities, .. definitions.Keys, "pi"])));
    }

    private void Check(Expression.Call call)
    {
        var place = new TextSpan(call.Place.Start, call.Function.Length);
        if (call.Function == "log" && call.Arguments.Length == 1)
        {
            if (!naturalLog)
                problems.Add(new("ambiguous-logarithm", place, [], "ln"));
            return;
        }
        if (!ModelFunctions.Exists(call.Function))
        {
            problems.Add(quantities.Contains(call.Function) || definitions.ContainsKey(call.Function) ? new("not-a-function", place, [call.Function])
                : new("unknown-function", place, [call.Function], NameSuggestion.For(call.Function, ModelFunctions.Names)));
            return;
        }
        var (least, most) = ModelFunctions.Arity(call.Function);
        if (call.Arguments.Length < least || call.Arguments.Length > most)
            problems.Add(new("argument-count", call.Place, [call.Function, least == most ? $"{least}" : $"{least}…", $"{call.Arguments.Length}"]));
    }

    private string[] Results(Statement[] unknowns)
    {
        if (outputs.Count > 0)
        {
            foreach (var output in outputs.Where(o => !definitions.ContainsKey(o.Text)))
                problems.Add(new("unknown-output", output.Place, [output.Text], NameSuggestion.For(output.Text, definitions.Keys)));
            foreach (var twice in outputs.GroupBy(o => o.Text).Where(g => g.Count() > 1))
                problems.Add(new("defined-twice", twice.Last().Place, [twice.Key]));
            return [.. outputs.Select(o => o.Text)];
        }
        string[] last = [.. statements.Where(s => s.Name is not null && !s.IsUnknown && !used.Contains(s.Name)).Select(s => s.Name!)];
        return last.Length > 0 ? last : Array.ConvertAll(unknowns, u => u.Name!);
    }

    private int Write(Expression e)
    {
        switch (e)
        {
            case Expression.Literal literal:
                builder.Place = e.Place;
                return builder.Constant(literal.Value);
            case Expression.Name name:
                builder.Place = e.Place;
                return steps.TryGetValue(name.Text, out var step) ? step
                    : builder.Constant(name.Text is "pi" or "π" ? Math.PI : PhysicalConstants.Find(name.Text[6..])!.Value);
            case Expression.Negation negation:
                var operand = Write(negation.Operand);
                builder.Place = e.Place;
                return builder.Unary(OperationKind.Negate, operand);
            case Expression.Arithmetic arithmetic:
                int left = Write(arithmetic.Left), right = Write(arithmetic.Right);
                builder.Place = e.Place;
                return builder.Binary(arithmetic.Operator switch
                {
                    '+' => OperationKind.Add,
                    '-' => OperationKind.Subtract,
                    '*' => OperationKind.Multiply,
                    '/' => OperationKind.Divide,
                    _ => OperationKind.Power,
                }, left, right);
            default:
                var call = (Expression.Call)e;
                var arguments = Array.ConvertAll(call.Arguments, Write);
                builder.Place = e.Place;
                return call is { Function: "log", Arguments.Length: 1 } ? builder.Unary(OperationKind.NaturalLogarithm, arguments[0]) : ModelFunctions.Compile(builder, call.Function, arguments);
        }
    }

    /// <summary>Where the search for an unknown starts: a number that needs no quantity.</summary>
    private double Start(Expression e)
    {
        var step = Write(e);
        if (builder.ConstantOf(step) is { } value)
            return value;
        problems.Add(new("expected-known-number", e.Place, [text.Substring(e.Place.Start, e.Place.Length)]));
        return 0;
    }
}
