namespace Plumbline.Numerics;

/// <summary>A model compiled once: steps in an order in which every operand stands before its use, no step twice, constants folded. Value, derivatives, intervals, units and Monte Carlo all run from it.</summary>
/// <param name="operations">The steps.</param>
/// <param name="inputCount">How many quantities the steps may name.</param>
/// <param name="outputs">The step that holds each output.</param>
/// <param name="places">Where in the text each step stands.</param>
internal sealed class ModelProgram(Operation[] operations, int inputCount, int[] outputs, TextSpan[] places)
{
    internal ReadOnlySpan<Operation> Operations => operations;

    internal int Count => operations.Length;

    internal int InputCount => inputCount;

    internal ReadOnlySpan<int> Outputs => outputs;

    internal TextSpan PlaceOf(int operation) => places[operation];

    /// <summary>Fills <paramref name="values"/>, one for each step.</summary>
    internal void Run(ReadOnlySpan<double> inputs, Span<double> values)
    {
        for (var i = 0; i < operations.Length; i++)
        {
            ref readonly var o = ref operations[i];
            values[i] = o.Kind switch
            {
                OperationKind.Constant => o.Constant,
                OperationKind.Input => inputs[o.Left],
                OperationKind.Add => values[o.Left] + values[o.Right],
                OperationKind.Subtract => values[o.Left] - values[o.Right],
                OperationKind.Multiply => values[o.Left] * values[o.Right],
                OperationKind.Divide => values[o.Left] / values[o.Right],
                _ => OperationRules.Value(o, values[o.Left], o.IsBinary ? values[o.Right] : 0),
            };
        }
    }

    /// <summary>The outputs at these values of the quantities.</summary>
    internal double[] Evaluate(ReadOnlySpan<double> inputs)
    {
        var values = new double[operations.Length];
        Run(inputs, values);
        return Array.ConvertAll(outputs, o => values[o]);
    }

    /// <summary>All derivatives of one output by one sweep backwards. <paramref name="values"/> come from <see cref="Run"/>.</summary>
    /// <param name="output">The step to differentiate.</param>
    /// <param name="values">The value of each step.</param>
    /// <param name="adjoints">Room for one number a step.</param>
    /// <param name="gradient">Receives ∂output/∂quantity.</param>
    internal void Gradient(int output, ReadOnlySpan<double> values, Span<double> adjoints, Span<double> gradient)
    {
        adjoints[..(output + 1)].Clear();
        gradient.Clear();
        adjoints[output] = 1;
        for (var i = output; i >= 0; i--)
        {
            var weight = adjoints[i];
            if (weight == 0)
                continue;
            ref readonly var o = ref operations[i];
            switch (o.Kind)
            {
                case OperationKind.Constant:
                    break;
                case OperationKind.Input:
                    gradient[o.Left] += weight;
                    break;
                default:
                    var (left, right) = OperationRules.Partials(o, values[o.Left], o.IsBinary ? values[o.Right] : 0, values[i]);
                    adjoints[o.Left] += weight * left;
                    // Where the second operand does not vary, its derivative (a logarithm of a negative base, perhaps) is not asked for.
                    if (o.IsBinary && operations[o.Right].Kind != OperationKind.Constant)
                        adjoints[o.Right] += weight * right;
                    break;
            }
        }
    }

    /// <summary>∂output/∂quantity for every output (rows) and quantity (columns).</summary>
    internal double[,] Jacobian(ReadOnlySpan<double> inputs)
    {
        var values = new double[operations.Length];
        Run(inputs, values);
        // Backwards costs a sweep an output, forwards a sweep for four quantities.
        return outputs.Length <= (inputCount + 3) / 4 ? Backwards(values) : Forwards(values);
    }

    internal double[,] Backwards(double[] values)
    {
        var jacobian = new double[outputs.Length, inputCount];
        double[] adjoints = new double[operations.Length], gradient = new double[inputCount];
        for (var k = 0; k < outputs.Length; k++)
        {
            Gradient(outputs[k], values, adjoints, gradient);
            for (var j = 0; j < inputCount; j++)
                jacobian[k, j] = gradient[j];
        }
        return jacobian;
    }

    /// <summary>Four directions a sweep, side by side in one register.</summary>
    internal double[,] Forwards(double[] values)
    {
        var jacobian = new double[outputs.Length, inputCount];
        var tangents = new System.Runtime.Intrinsics.Vector256<double>[operations.Length];
        for (var first = 0; first < inputCount; first += 4)
        {
            for (var i = 0; i < operations.Length; i++)
            {
                ref readonly var o = ref operations[i];
                if (o.Kind is OperationKind.Constant or OperationKind.Input)
                {
                    var lane = o.Left - first;
                    tangents[i] = o.Kind == OperationKind.Input && lane is >= 0 and < 4
                        ? System.Runtime.Intrinsics.Vector256.WithElement(default(System.Runtime.Intrinsics.Vector256<double>), lane, 1.0) : default;
                    continue;
                }
                var (left, right) = OperationRules.Partials(o, values[o.Left], o.IsBinary ? values[o.Right] : 0, values[i]);
                tangents[i] = tangents[o.Left] * left;
                if (o.IsBinary && operations[o.Right].Kind != OperationKind.Constant)
                    tangents[i] += tangents[o.Right] * right;
            }
            for (var k = 0; k < outputs.Length; k++)
                for (var lane = 0; lane < Math.Min(4, inputCount - first); lane++)
                    jacobian[k, first + lane] = System.Runtime.Intrinsics.Vector256.GetElement(tangents[outputs[k]], lane);
        }
        return jacobian;
    }
}

/// <summary>A stretch of a model's text.</summary>
/// <param name="Start">The first character, counted from 0.</param>
/// <param name="Length">How many characters.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The end, exclusive.</summary>
    public int End => Start + Length;

    /// <summary>From the start of this to the end of the other.</summary>
    internal TextSpan To(TextSpan other) => new(Start, other.End - Start);
}
