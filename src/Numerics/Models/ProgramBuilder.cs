namespace Plumbline.Numerics;

/// <summary>Writes the steps of a model: the same step is written once, constants are folded, what changes nothing falls away.</summary>
internal sealed class ProgramBuilder(int inputCount)
{
    private readonly List<Operation> operations = [];
    private readonly List<TextSpan> places = [];
    private readonly Dictionary<Operation, int> known = [];

    /// <summary>Where in the text the steps written next come from.</summary>
    internal TextSpan Place { get; set; }

    internal Operation this[int step] => operations[step];

    internal int Constant(double value) => Add(new(OperationKind.Constant, Constant: value == 0 ? 0 : value));

    internal int Input(int index) => Add(new(OperationKind.Input, index));

    internal int Unary(OperationKind kind, int a)
    {
        if (kind == OperationKind.Negate && operations[a].Kind == OperationKind.Negate)
            return operations[a].Left;
        return Fold(new(kind, a));
    }

    internal int Power(int a, int exponent) => exponent switch
    {
        0 => Constant(1),
        1 => a,
        -1 => Binary(OperationKind.Divide, Constant(1), a),
        _ => Fold(new(OperationKind.IntegerPower, a, exponent)),
    };

    internal int Binary(OperationKind kind, int a, int b)
    {
        double? left = ConstantOf(a), right = ConstantOf(b);
        switch (kind)
        {
            case OperationKind.Add when left == 0:
                return b;
            case OperationKind.Add or OperationKind.Subtract when right == 0:
                return a;
            case OperationKind.Add when operations[b].Kind == OperationKind.Negate:
                return Binary(OperationKind.Subtract, a, operations[b].Left);
            case OperationKind.Subtract when left == 0:
                return Unary(OperationKind.Negate, b);
            case OperationKind.Subtract when operations[b].Kind == OperationKind.Negate:
                return Binary(OperationKind.Add, a, operations[b].Left);
            case OperationKind.Multiply when left == 1:
                return b;
            case OperationKind.Multiply or OperationKind.Divide when right == 1:
                return a;
            case OperationKind.Multiply when left == -1:
                return Unary(OperationKind.Negate, b);
            case OperationKind.Multiply or OperationKind.Divide when right == -1:
                return Unary(OperationKind.Negate, a);
            case OperationKind.Multiply when a == b && left is null:
                return Power(a, 2);
            case OperationKind.Power when right == 0.5:
                return Unary(OperationKind.SquareRoot, a);
            case OperationKind.Power when right is { } exponent && exponent == Math.Round(exponent) && Math.Abs(exponent) <= 64:
                return Power(a, (int)exponent);
            // Constants stand to the right, and sums and products of the same two are one step.
            case OperationKind.Add or OperationKind.Multiply or OperationKind.Hypotenuse or OperationKind.Minimum or OperationKind.Maximum
                when left is not null && right is null || a > b && (left is null) == (right is null):
                (a, b) = (b, a);
                break;
        }
        return Fold(new(kind, a, b));
    }

    internal double? ConstantOf(int step) => operations[step].Kind == OperationKind.Constant ? operations[step].Constant : null;

    private int Fold(Operation o)
    {
        if (ConstantOf(o.Left) is { } a && (!o.IsBinary || ConstantOf(o.Right) is not null))
        {
            var value = OperationRules.Value(o, a, o.IsBinary ? operations[o.Right].Constant : 0);
            // What has no value stays a step, so that the interval check can say where.
            if (double.IsFinite(value))
                return Constant(value);
        }
        return Add(o);
    }

    private int Add(Operation o)
    {
        if (known.TryGetValue(o, out var step))
            return step;
        operations.Add(o);
        places.Add(Place);
        return known[o] = operations.Count - 1;
    }

    /// <summary>Copies another program's steps, its inputs being the given steps or else inputs of the same places; returns where each went.</summary>
    internal int[] Copy(ModelProgram program, int[]? inputs = null)
    {
        var at = new int[program.Count];
        for (var i = 0; i < at.Length; i++)
        {
            var o = program.Operations[i];
            Place = program.PlaceOf(i);
            at[i] = o.Kind switch
            {
                OperationKind.Constant => Constant(o.Constant),
                OperationKind.Input => inputs?[o.Left] ?? Input(o.Left),
                OperationKind.IntegerPower => Power(at[o.Left], o.Right),
                _ => o.IsBinary ? Binary(o.Kind, at[o.Left], at[o.Right]) : Unary(o.Kind, at[o.Left]),
            };
        }
        return at;
    }

    /// <summary>The program of these outputs: only the steps they need, in the order they were written.</summary>
    internal ModelProgram Build(ReadOnlySpan<int> outputs)
    {
        var needed = new bool[operations.Count];
        foreach (var output in outputs)
            needed[output] = true;
        for (var i = needed.Length - 1; i >= 0; i--)
            if (needed[i] && operations[i].Kind > OperationKind.Input)
            {
                needed[operations[i].Left] = true;
                if (operations[i].IsBinary)
                    needed[operations[i].Right] = true;
            }
        var at = new int[needed.Length];
        var kept = new List<Operation>();
        var keptPlaces = new List<TextSpan>();
        for (var i = 0; i < needed.Length; i++)
        {
            if (!needed[i])
                continue;
            var o = operations[i];
            at[i] = kept.Count;
            kept.Add(o.Kind <= OperationKind.Input ? o : o with { Left = at[o.Left], Right = o.IsBinary ? at[o.Right] : o.Right });
            keptPlaces.Add(places[i]);
        }
        return new([.. kept], inputCount, [.. outputs.ToArray().Select(o => at[o])], [.. keptPlaces]);
    }
}
