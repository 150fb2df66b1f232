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
    private readonly bool isArchive;

    private RecordedProgram(UncertainNumber[] results, bool isArchive)
    {
        this.isArchive = isArchive;
        // One step above all results, so that what they share is met once.
        var order = Sweep.Order(results.Length == 1 ? results[0] : UncertainNumber.Of(0, results, new double[results.Length], how: Derivation.Linear));
        foreach (var node in order)
            foreach (var elementary in node.Leaves)
                if (places.TryAdd(elementary, inputs.Count))
                    inputs.Add(elementary);
        if (!isArchive && inputs.Count > MostInputs)
            throw new InvalidOperationException($"The result depends on {inputs.Count} inputs; second order is computed for at most {MostInputs}.");
        Builder = new(inputs.Count);
        // Shallow first: what a step was computed from is written before it.
        for (var i = order.Length - 1; i >= (results.Length == 1 ? 0 : 1); i--)
            if (order[i] is UncertainArray array)
                arrays[array] = array.Write(this);
            else
                Write((UncertainNumber)order[i]);
        Program = Builder.Build([.. results.Select(r => numbers[r]), .. Labels.Select(l => l.Step), .. Derived.SelectMany(d => d.Parents.Select(p => numbers[p]))]);
    }

    private void Write(UncertainNumber number)
    {
        var step = numbers[number] = number.Write(this);
        if (isArchive && number is { Label: { } label, Elementary: null } && !Labels.Contains((step, label)))
            Labels.Add((step, label));
    }

    internal ProgramBuilder Builder { get; }

    internal ModelProgram Program { get; }

    /// <summary>What the program's inputs are.</summary>
    internal IReadOnlyList<Elementary> Inputs => inputs;

    /// <summary>Where a step holds its curvature only at the estimates, the program is not the computation away from them.</summary>
    internal bool IsLocal { get; private set; }

    /// <summary>In an archive: names of steps, in the order of the outputs after the results.</summary>
    internal List<(int Step, string Label)> Labels { get; } = [];

    /// <summary>In an archive: numbers that are no steps, known by their derivatives to others; inputs of the program after its own.</summary>
    internal List<(double Value, string? Label, UncertainNode[] Parents, double[] Partials, double[,]? Curvature)> Derived { get; } = [];

    internal int this[UncertainNode number] => numbers[number];

    internal int[] this[UncertainArray array] => arrays[array];

    internal int Input(Elementary elementary) => Builder.Input(places[elementary]);

    /// <exception cref="InvalidOperationException">A step was read from an archive that keeps derivatives alone, or there are too many inputs.</exception>
    internal static RecordedProgram Of(UncertainNumber result) => new([result], false);

    /// <summary>For an archive: what has no steps is kept by its derivatives.</summary>
    internal static RecordedProgram OfAll(UncertainNumber[] results) => new(results, true);

    /// <summary>A number with several parents.</summary>
    internal int Derive(UncertainNumber number, UncertainNode[] parents, double[] partials, Derivation? how)
    {
        if (how is { IsExact: true })
            return how.Write(this, number.Value, parents, partials);
        if (!isArchive)
        {
            if (how is null)
                throw new InvalidOperationException($"'{number.Label ?? number.ToString()}' comes from an archive that keeps its derivatives alone: its curvature is not known.");
            IsLocal = true;
            return how.Write(this, number.Value, parents, partials);
        }
        Derived.Add((number.Value, number.Label, parents, partials, how?.Curvature()));
        return Builder.Input(inputs.Count + Derived.Count - 1);
    }

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

    /// <summary>Whether its steps are the computation everywhere, not at the estimates alone.</summary>
    internal virtual bool IsExact => true;

    /// <summary>Writes the number's steps and returns the last.</summary>
    internal abstract int Write(RecordedProgram to, double value, UncertainNode[] parents, double[] partials);

    /// <summary>Second derivatives to the parents, of what is not exact.</summary>
    internal virtual double[,]? Curvature() => null;

    private sealed class LinearDerivation : Derivation
    {
        internal override int Write(RecordedProgram to, double value, UncertainNode[] parents, double[] partials) =>
            to.Linear(value, Array.ConvertAll(parents, p => to[p]), partials, i => ((UncertainNumber)parents[i]).Value);
    }
}

/// <summary>A result of a model given as text. The solution of equations has no steps of its own: its parabola at the estimates has the same derivatives to second order.</summary>
internal sealed class ModelDerivation(MeasurementModel model, double[] inputs, int result) : Derivation
{
    internal override bool IsExact => !model.IsImplicit;

    internal override double[,]? Curvature() => IsExact ? null : Numerics.Curvature.Of(model, inputs, result);

    internal override int Write(RecordedProgram to, double value, UncertainNode[] parents, double[] partials) => IsExact
        ? to.Builder.Copy(model.Program, Array.ConvertAll(parents, p => to[p]))[model.Program.Outputs[result]] : new CurvedDerivation(Curvature()!).Write(to, value, parents, partials);
}

/// <summary>A number known by its first and second derivatives.</summary>
internal sealed class CurvedDerivation(double[,] curvature) : Derivation
{
    internal override bool IsExact => false;

    internal override double[,]? Curvature() => curvature;

    internal override int Write(RecordedProgram to, double value, UncertainNode[] parents, double[] partials)
    {
        var b = to.Builder;
        var steps = Array.ConvertAll(parents, p => to[p]);
        var sum = to.Linear(value, steps, partials, i => ((UncertainNumber)parents[i]).Value);
        var moved = steps.Select((s, i) => to.Affine(s, 1, -((UncertainNumber)parents[i]).Value)).ToArray();
        for (var i = 0; i < moved.Length; i++)
            for (var j = 0; j <= i; j++)
                if (curvature[i, j] != 0)
                    sum = b.Binary(OperationKind.Add, sum, b.Binary(OperationKind.Multiply, b.Constant(i == j ? 0.5 * curvature[i, i] : curvature[i, j]), b.Binary(OperationKind.Multiply, moved[i], moved[j])));
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
