namespace Plumbline.Numerics;

public sealed partial class MeasurementModel
{
    /// <summary>Finds where a model has no value somewhere in the domain of its quantities: a divisor that may be zero, a root of what may be negative, a logarithm of what may not be positive.</summary>
    /// <param name="domains">For each of <see cref="QuantityNames"/> its smallest and largest value, in their order; of a distribution without limits, as far out as it matters.</param>
    /// <returns>Each with its place; the arguments are the formula's text and the range of the operand in question. Ranges come from interval arithmetic on up to a few thousand parts of the domain: they may be too wide, never too narrow. Empty for implicit models, whose unknowns have no domain.</returns>
    /// <exception cref="ArgumentException">The count differs.</exception>
    public ModelProblem[] CheckDomain(Interval[] domains)
    {
        ArgumentNullException.ThrowIfNull(domains);
        Require.SameLength(domains, QuantityNames.Count);
        return IsImplicit ? [] : DomainCheck.Run(this, domains);
    }
}

/// <summary>Interval arithmetic over the steps of a program.</summary>
internal static class DomainCheck
{
    private const int MostBoxes = 4096;

    internal static ModelProblem[] Run(MeasurementModel model, Interval[] domains)
    {
        var program = model.Program;
        var found = new List<ModelProblem>();
        for (var step = 0; step < program.Count; step++)
            if (Worst(program, domains, step) is { } range)
            {
                var place = program.PlaceOf(step);
                found.Add(new(Code(program.Operations[step].Kind), place, [model.Text.Substring(place.Start, place.Length), $"[{range.Low:G6}, {range.High:G6}]"]));
            }
        return [.. found.OrderBy(p => p.Place.Start)];
    }

    /// <summary>The range in which the step has no value; null when it has one everywhere.</summary>
    private static Interval? Worst(ModelProgram program, Interval[] domains, int step)
    {
        var values = new Interval[program.Count];
        if (Offence(program, domains, step, values) is not { } first)
            return null;
        // Interval arithmetic forgets that a name stands twice. Smaller boxes remember better: cut the domain until every part is cleared or the number of parts runs out.
        var boxes = new Stack<(Interval[] Box, int Side)>([(domains, 0)]);
        for (var seen = 0; boxes.Count > 0; seen++)
        {
            var (box, side) = boxes.Pop();
            if (Offence(program, box, step, values) is not { } range)
                continue;
            if (seen >= MostBoxes || box.All(b => b.High - b.Low <= 1e-9 * Math.Max(Math.Abs(b.Low), Math.Abs(b.High))))
                return seen >= MostBoxes ? first : range;
            var middle = box[side].Low / 2 + box[side].High / 2;
            Interval[] low = [.. box], high = [.. box];
            low[side] = new(box[side].Low, middle);
            high[side] = new(middle, box[side].High);
            boxes.Push((low, (side + 1) % box.Length));
            boxes.Push((high, (side + 1) % box.Length));
        }
        return null;
    }

    /// <summary>The operand's range, when it reaches where the step has no value.</summary>
    private static Interval? Offence(ModelProgram program, Interval[] box, int step, Interval[] values)
    {
        for (var i = 0; i < step; i++)
            values[i] = IntervalRules.Value(program.Operations[i], box, values);
        var o = program.Operations[step];
        Interval a = o.Kind > OperationKind.Input ? values[o.Left] : default, b = o.IsBinary ? values[o.Right] : default;
        return o.Kind switch
        {
            OperationKind.Divide => b.Low <= 0 && b.High >= 0 ? b : null,
            OperationKind.IntegerPower => o.Right < 0 && a.Low <= 0 && a.High >= 0 ? a : null,
            OperationKind.SquareRoot => a.Low < 0 ? a : null,
            OperationKind.NaturalLogarithm or OperationKind.DecimalLogarithm => a.Low <= 0 ? a : null,
            OperationKind.ArcSine or OperationKind.ArcCosine => a.Low < -1 || a.High > 1 ? a : null,
            OperationKind.AreaTangent => a.Low <= -1 || a.High >= 1 ? a : null,
            OperationKind.AreaCosine => a.Low < 1 ? a : null,
            OperationKind.Tangent => Math.Floor(a.Low / Math.PI - 0.5) != Math.Floor(a.High / Math.PI - 0.5) ? a : null,
            OperationKind.Power => a.Low < 0 || a.Low == 0 && b.Low <= 0 ? a : null,
            OperationKind.ArcTangent2 => a.Low <= 0 && a.High >= 0 && b.Low <= 0 && b.High >= 0 ? b : null,
            _ => null,
        };
    }

    private static string Code(OperationKind kind) => kind switch
    {
        OperationKind.Divide or OperationKind.IntegerPower => "domain-division",
        OperationKind.SquareRoot => "domain-root",
        OperationKind.NaturalLogarithm or OperationKind.DecimalLogarithm => "domain-logarithm",
        OperationKind.Power => "domain-power",
        OperationKind.Tangent => "domain-tangent",
        OperationKind.ArcTangent2 => "domain-angle",
        _ => "domain-inverse",
    };
}
