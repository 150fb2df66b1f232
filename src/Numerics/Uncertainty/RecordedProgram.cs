namespace Plumbline.Numerics;

/// <summary>The steps from which a number was computed, written as a program of its inputs: what second order needs beyond the derivatives that the steps themselves carry.</summary>
internal sealed class RecordedProgram
{
    /// <summary>Second derivatives of more inputs than this fill no table of a useful size.</summary>
    internal const int MostInputs = 2000;

    private readonly Dictionary<UncertainNode, int> numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<UncertainArray, int[]> arrays = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Elementary, int> places = new(Sensitivities.Same);
    private readonly List<Elementary> inputs = [];

    private RecordedProgram(UncertainNumber result)
    {
        var order = Sweep.Order(result);
        foreach (var node in order)
            foreach (var elementary in node.Leaves)
                if (places.TryAdd(elementary, inputs.Count))
                    inputs.Add(elementary);
        if (inputs.Count > MostInputs)
            throw new InvalidOperationException($"The result depends on {inputs.Count} inputs; second order is computed for at most {MostInputs}.");
        Builder = new(inputs.Count);
        // Shallow first: what a step was computed from is written before it.
        for (var i = order.Length - 1; i >= 0; i--)
            if (order[i] is UncertainArray array)
                arrays[array] = array.Write(this);
            else
                numbers[order[i]] = ((UncertainNumber)order[i]).Write(this);
        Program = Builder.Build([numbers[result]]);
    }

    internal ProgramBuilder Builder { get; }

    internal ModelProgram Program { get; }

    /// <summary>What the program's inputs are.</summary>
    internal IReadOnlyList<Elementary> Inputs => inputs;

    /// <summary>Where a step holds its curvature only at the estimates, the program is not the computation away from them.</summary>
    internal bool IsLocal { get; set; }

    internal int this[UncertainNode number] => numbers[number];

    internal int[] this[UncertainArray array] => arrays[array];

    internal int Input(Elementary elementary) => Builder.Input(places[elementary]);

    /// <exception cref="InvalidOperationException">A step was read from an archive that keeps derivatives alone, or there are too many inputs.</exception>
    internal static RecordedProgram Of(UncertainNumber result) => new(result);

    /// <summary>factor·x + offset.</summary>
    internal int Affine(int x, double factor, double offset) => Builder.Binary(OperationKind.Add, Builder.Binary(OperationKind.Multiply, x, Builder.Constant(factor)), Builder.Constant(offset));

    /// <summary>Σ c·x + offset, the offset being what the value leaves.</summary>
    internal int Linear(double value, ReadOnlySpan<int> steps, double[] coefficients, Func<int, double> estimate)
    {
        int sum = Builder.Constant(0);
        double offset = value, size = 0;
        for (var i = 0; i < steps.Length; i++)
        {
            sum = Builder.Binary(OperationKind.Add, sum, Builder.Binary(OperationKind.Multiply, steps[i], Builder.Constant(coefficients[i])));
            offset -= coefficients[i] * estimate(i);
            size += Math.Abs(coefficients[i] * estimate(i));
        }
        return Math.Abs(offset) < 1e-12 * size ? sum : Builder.Binary(OperationKind.Add, sum, Builder.Constant(offset));
    }
}

/// <summary>How a number with several parents follows from them.</summary>
internal abstract class Derivation
{
    internal static readonly Derivation Linear = new LinearDerivation();

    /// <summary>Writes the number's steps and returns the last.</summary>
    internal abstract int Write(RecordedProgram to, double value, UncertainNode[] parents, double[] partials);

    private sealed class LinearDerivation : Derivation
    {
        internal override int Write(RecordedProgram to, double value, UncertainNode[] parents, double[] partials) =>
            to.Linear(value, Array.ConvertAll(parents, p => to[p]), partials, i => ((UncertainNumber)parents[i]).Value);
    }
}

/// <summary>A result of a model given as text.</summary>
internal sealed class ModelDerivation(MeasurementModel model, double[] inputs, int result) : Derivation
{
    internal override int Write(RecordedProgram to, double value, UncertainNode[] parents, double[] partials)
    {
        var steps = Array.ConvertAll(parents, p => to[p]);
        if (!model.IsImplicit)
            return to.Builder.Copy(model.Program, steps)[model.Program.Outputs[result]];
        // The solution of equations has no steps of its own: its parabola at the estimates has the same derivatives to second order.
        to.IsLocal = true;
        var b = to.Builder;
        var h = Curvature.Of(model, inputs, result);
        var sum = to.Linear(value, steps, partials, i => inputs[i]);
        var moved = steps.Select((s, i) => to.Affine(s, 1, -inputs[i])).ToArray();
        for (var i = 0; i < moved.Length; i++)
            for (var j = 0; j <= i; j++)
                if (h[i, j] != 0)
                    sum = b.Binary(OperationKind.Add, sum, b.Binary(OperationKind.Multiply, b.Constant(i == j ? 0.5 * h[i, i] : h[i, j]), b.Binary(OperationKind.Multiply, moved[i], moved[j])));
        return sum;
    }
}

/// <summary>Σ x_i·y_i of two arrays.</summary>
internal sealed class DotDerivation(UncertainArray one, UncertainArray other) : Derivation
{
    internal override int Write(RecordedProgram to, double value, UncertainNode[] parents, double[] partials)
    {
        var b = to.Builder;
        var sum = b.Constant(0);
        foreach (var (x, y) in to[one].Zip(to[other]))
            sum = b.Binary(OperationKind.Add, sum, b.Binary(OperationKind.Multiply, x, y));
        return sum;
    }
}
