namespace Plumbline.Numerics;

/// <summary>What the units of the quantities make of a model: the unit of every result, and what cannot be right.</summary>
/// <param name="ResultUnits">For each result its unit; null where a quantity without a given unit leaves it open.</param>
/// <param name="Problems">What is wrong, in the order of the text.</param>
public sealed record UnitCheckResult(IReadOnlyDictionary<string, Unit?> ResultUnits, ModelProblem[] Problems);

public sealed partial class MeasurementModel
{
    /// <summary>Checks dimensions: only like may be added, functions take numbers, a result declared <c>y [mg] = …</c> must come out so. Kilograms added to grams are found too.</summary>
    /// <param name="units">The unit of each quantity as text; a quantity left out is not checked. A bare number in a sum takes the unit of its neighbour; write <c>1.2 [kg/m^3]</c> to have it checked.</param>
    public UnitCheckResult CheckUnits(IReadOnlyDictionary<string, string> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        return new UnitCheck(this, units).Run();
    }
}

/// <summary>Walks the formulas with units in place of numbers.</summary>
internal sealed class UnitCheck(MeasurementModel model, IReadOnlyDictionary<string, string> units)
{
    /// <summary>A number without unit, which may stand beside any quantity.</summary>
    private static readonly Unit Bare = Unit.One.As("");

    private readonly List<ModelProblem> problems = [];
    private readonly Dictionary<string, Unit?> known = new(StringComparer.Ordinal);

    internal UnitCheckResult Run()
    {
        foreach (var (name, text) in units)
            known[name] = Read(text, default);
        foreach (var statement in model.Statements.Where(s => s.IsUnknown))
            known[statement.Name!] = statement.Unit is null ? null : Read(statement.Unit, statement.Place);
        foreach (var statement in model.Statements.Where(s => !s.IsUnknown))
        {
            var unit = Of(statement.Value);
            if (statement.Name is not { } name)
                continue;
            if (statement.Unit is { } declared && Read(declared, statement.Place) is { } wanted)
            {
                if (unit is not null && !IsBare(unit) && !unit.HasDimensionOf(wanted))
                    problems.Add(new("unit-output", statement.Place, [name, unit.Text, wanted.Text]));
                else if (unit is not null && !IsBare(unit) && !unit.HasFactorOf(wanted))
                    problems.Add(Scale(statement.Value, unit, wanted));
                unit = wanted;
            }
            known[name.Length == 0 ? "y" : name] = unit;
        }
        return new(model.ResultNames.ToDictionary(r => r, r => known.GetValueOrDefault(r) is { } u ? IsBare(u) ? Unit.One : u : null), [.. problems.OrderBy(p => p.Place.Start)]);
    }

    private Unit? Of(Expression e)
    {
        switch (e)
        {
            case Expression.Literal literal:
                return literal.Unit is null ? Bare : Read(literal.Unit, literal.Place);
            case Expression.Name name:
                return known.TryGetValue(name.Text, out var unit) ? unit : name.Text is "pi" or "π" ? Bare
                    : name.Text.StartsWith("const.", StringComparison.Ordinal) ? Unit.Parse(PhysicalConstants.Find(name.Text[6..])!.Unit) : null;
            case Expression.Negation negation:
                return Of(negation.Operand);
            case Expression.Arithmetic { Operator: '+' or '-' } sum:
                return Like(e, Of(sum.Left), Of(sum.Right));
            case Expression.Arithmetic { Operator: '^' } power:
                return Power(power);
            case Expression.Arithmetic product:
                Unit? left = Of(product.Left), right = Of(product.Right);
                return left is null || right is null ? null : IsBare(left) && IsBare(right) ? Bare
                    : product.Operator == '*' ? (IsBare(left) ? Unit.One : left).Times(IsBare(right) ? Unit.One : right) : (IsBare(left) ? Unit.One : left).Over(IsBare(right) ? Unit.One : right);
            default:
                return Function((Expression.Call)e);
        }
    }

    private Unit? Like(Expression at, Unit? left, Unit? right)
    {
        if (left is null || right is null || IsBare(right))
            return left ?? right;
        if (IsBare(left))
            return right;
        if (!left.HasDimensionOf(right))
            problems.Add(new("unit-mismatch", at.Place, [left.Text, right.Text]));
        else if (!left.HasFactorOf(right))
            problems.Add(Scale(at, left, right));
        return left;
    }

    private Unit? Power(Expression.Arithmetic power)
    {
        if (Of(power.Left) is not { } of)
            return null;
        if (Number(power.Right) is { } exponent)
            return IsBare(of) ? Bare : of.To(exponent);
        var unit = Of(power.Right);
        if (unit is not null && !IsBare(unit) && !(unit.IsDimensionless && unit.HasFactorOf(Unit.One)))
            problems.Add(new("unit-argument", power.Right.Place, ["^", unit.Text]));
        if (!IsBare(of) && !of.IsDimensionless)
            problems.Add(new("unit-exponent", power.Place, [of.Text]));
        return Unit.One;
    }

    private Unit? Function(Expression.Call call)
    {
        var arguments = Array.ConvertAll(call.Arguments, Of);
        switch (call.Function)
        {
            case "abs":
                return arguments[0];
            case "sqrt" or "cbrt" or "sqr":
                return arguments[0] is { } a && !IsBare(a) ? a.To(call.Function == "sqrt" ? 0.5 : call.Function == "cbrt" ? 1.0 / 3 : 2) : arguments[0];
            case "sum" or "mean" or "min" or "max" or "hypot":
                return arguments.Aggregate((x, y) => Like(call, x, y));
            case "atan2" or "arctan2":
                Like(call, arguments[0], arguments[1]);
                return Unit.One;
            case "sign":
                return Unit.One;
            case "pow":
                return Power(new('^', call.Arguments[0], call.Arguments[1], call.Place));
            case "rad":
                // The number is one of degrees, whatever its unit says.
                return Unit.One;
            default:
                foreach (var (argument, unit) in call.Arguments.Zip(arguments))
                    if (unit is not null && !IsBare(unit) && !(unit.IsDimensionless && unit.HasFactorOf(Unit.One)))
                        problems.Add(new("unit-argument", argument.Place, [call.Function, unit.Text]));
                return call.Function == "deg" ? Unit.Parse("°") : Unit.One;
        }
    }

    private static double? Number(Expression e) => e switch
    {
        Expression.Literal { Unit: null } literal => literal.Value,
        Expression.Negation negation => -Number(negation.Operand),
        Expression.Arithmetic { Operator: '/' } ratio => Number(ratio.Left) / Number(ratio.Right),
        _ => null,
    };

    private static bool IsBare(Unit unit) => ReferenceEquals(unit, Bare);

    private static ModelProblem Scale(Expression at, Unit left, Unit right) =>
        new("unit-scale", at.Place, [left.Text, right.Text, (left.Factor / right.Factor).ToString("G6", System.Globalization.CultureInfo.InvariantCulture)]);

    private Unit? Read(string text, TextSpan place)
    {
        try
        {
            return Unit.Parse(text);
        }
        catch (UnitFormatException e)
        {
            problems.Add(new("unit", place, [text], e.Suggestion));
            return null;
        }
    }
}
