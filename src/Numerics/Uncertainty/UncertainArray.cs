namespace Plumbline.Numerics;

/// <summary>Many uncertain numbers as one (不确定数组): arithmetic element by element costs about as much as with plain numbers, and a sum of ten thousand inputs keeps every derivative.</summary>
/// <remarks>Immutable. Elements keep their identity: an element taken out is correlated with everything computed from the array.</remarks>
public sealed partial class UncertainArray : UncertainNode
{
    private readonly UncertainArray? left;
    private readonly UncertainArray? right;
    private readonly double[]? leftPartials;
    private readonly double[]? rightPartials;
    private readonly UncertainNumber? scalar;
    private readonly double[]? scalarPartials;
    private readonly UncertainNumber[]? numbers;
    private readonly double[,]? matrix;
    private readonly LeafUncertainties? leaf;
    private readonly OperationKind kind;

    private UncertainArray(double[] values, LeafUncertainties leaf) : base(0)
    {
        Values = values;
        this.leaf = leaf;
    }

    private UncertainArray(double[] values, UncertainNumber[] numbers) : base(1 + numbers.Max(n => n.Depth))
    {
        Values = values;
        this.numbers = numbers;
    }

    private UncertainArray(double[] values, UncertainArray left, double[,] matrix) : base(left.Depth + 1)
    {
        Values = values;
        this.left = left;
        this.matrix = matrix;
    }

    /// <param name="kind">What was done element by element; a constant stands for factor·x + offset.</param>
    private UncertainArray(OperationKind kind, double[] values, UncertainArray left, double[] leftPartials, UncertainArray? right, double[]? rightPartials, UncertainNumber? scalar, double[]? scalarPartials)
        : base(1 + Math.Max(left.Depth, Math.Max(right?.Depth ?? 0, scalar?.Depth ?? 0)))
    {
        for (var i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i]) || !double.IsFinite(leftPartials[i]) || rightPartials is not null && !double.IsFinite(rightPartials[i]) || scalarPartials is not null && !double.IsFinite(scalarPartials[i]))
                throw new ArithmeticException($"Element {i + 1} has no finite value or derivative at these estimates.");
        Values = values;
        this.kind = kind;
        (this.left, this.leftPartials, this.right, this.rightPartials, this.scalar, this.scalarPartials) = (left, leftPartials, right, rightPartials, scalar, scalarPartials);
    }

    /// <summary>The estimates. Not to be written to.</summary>
    internal double[] Values { get; }

    /// <summary>How many.</summary>
    public int Count => Values.Length;

    /// <summary>An element, counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public UncertainNumber this[int index] => index >= 0 && index < Count ? UncertainNumber.OfElement(this, index)
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"Must lie between 0 and {Count - 1}.");

    /// <summary>Independent inputs.</summary>
    /// <param name="values">The estimates, finite.</param>
    /// <param name="standardUncertainties">One for each, same unit, not negative.</param>
    /// <param name="degreesOfFreedom">Of all; greater than zero.</param>
    /// <param name="label">What to call them in a budget; a number is added.</param>
    /// <exception cref="ArgumentException">The arrays differ in length or are empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static UncertainArray Of(double[] values, double[] standardUncertainties, double degreesOfFreedom = double.PositiveInfinity, string? label = null)
    {
        Require.Finite(values);
        Require.NotNegative(standardUncertainties, values.Length);
        Require.DegreesOfFreedom(degreesOfFreedom);
        return new([.. values], new LeafUncertainties([.. values], [.. standardUncertainties], degreesOfFreedom, label));
    }

    /// <summary>The given numbers as one array.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static UncertainArray Of(params UncertainNumber[] numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (numbers.Length == 0)
            throw new ArgumentException("At least one number is needed.", nameof(numbers));
        return new(Array.ConvertAll(numbers, n => n.Value), [.. numbers]);
    }

    /// <summary>The estimates, a copy.</summary>
    public double[] ToValues() => [.. Values];

    /// <summary>The sum of all elements.</summary>
    public UncertainNumber Sum()
    {
        var ones = new double[Count];
        Array.Fill(ones, 1);
        return UncertainNumber.OfAll(Values.Sum(), this, ones);
    }

    /// <summary>The arithmetic mean of all elements.</summary>
    public UncertainNumber Mean()
    {
        var shares = new double[Count];
        Array.Fill(shares, 1.0 / Count);
        return UncertainNumber.OfAll(Values.Sum() / Count, this, shares);
    }

    /// <summary>Σ w_i x_i with known weights.</summary>
    /// <param name="weights">One for each element, finite.</param>
    /// <exception cref="ArgumentException">The count differs.</exception>
    public UncertainNumber Dot(double[] weights)
    {
        Require.Finite(weights);
        Require.SameLength(weights, Count);
        return UncertainNumber.OfAll(Matrix.Dot(Values, weights), this, [.. weights]);
    }

    /// <summary>Σ x_i y_i.</summary>
    /// <exception cref="ArgumentException">The count differs.</exception>
    public UncertainNumber Dot(UncertainArray other)
    {
        Same(other);
        return UncertainNumber.OfPair(Matrix.Dot(Values, other.Values), this, other.Values, other, Values);
    }

    /// <summary>A·x with a known matrix: new elements are sums of the old.</summary>
    /// <param name="coefficients">A column for each element, finite.</param>
    /// <exception cref="ArgumentException">The columns are not as many as the elements.</exception>
    public UncertainArray Transform(double[,] coefficients)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        if (coefficients.GetLength(1) != Count || coefficients.GetLength(0) == 0)
            throw new ArgumentException($"Must have {Count} columns and at least one row, is {coefficients.GetLength(0)} × {coefficients.GetLength(1)}.", nameof(coefficients));
        foreach (var c in coefficients)
            Require.Finite(c, nameof(coefficients));
        return new(Matrix.Multiply(coefficients, Values), this, (double[,])coefficients.Clone());
    }

    /// <summary>The standard uncertainty of each element.</summary>
    public double[] StandardUncertainties() => Structured() is { } parts ? parts.Uncertainties(Count) : [.. Enumerable.Range(0, Count).Select(i => this[i].StandardUncertainty)];

    /// <summary>The covariance matrix of the elements: Count sweeps and Count² sums.</summary>
    public double[,] Covariance()
    {
        var numbers = Enumerable.Range(0, Count).Select(i => this[i]).ToArray();
        var covariance = new double[Count, Count];
        for (var i = 0; i < Count; i++)
            for (var j = 0; j <= i; j++)
                covariance[i, j] = covariance[j, i] = UncertainNumber.Covariance(numbers[i], numbers[j]);
        return covariance;
    }

    internal override void Visit(Sweep sweep)
    {
        sweep.Reach(left);
        sweep.Reach(right);
        sweep.Reach(scalar);
        foreach (var number in numbers ?? [])
            sweep.Reach(number);
    }

    internal override void Push(Sweep sweep, int slot)
    {
        if (sweep.ArrayWeightOf(slot) is not { } weights)
            return;
        if (leaf is not null)
        {
            var elementaries = leaf.Elementaries;
            for (var i = 0; i < weights.Length; i++)
                if (weights[i] != 0)
                    sweep.Leaf(elementaries[i], weights[i]);
        }
        else if (numbers is not null)
            for (var i = 0; i < weights.Length; i++)
                sweep.Add(numbers[i], weights[i]);
        else if (matrix is not null)
        {
            var target = sweep.For(left!);
            for (var i = 0; i < weights.Length; i++)
                for (var j = 0; weights[i] != 0 && j < target.Length; j++)
                    target[j] += weights[i] * matrix[i, j];
        }
        else
        {
            AddProducts(sweep.For(left!), weights, leftPartials!);
            if (right is not null)
                AddProducts(sweep.For(right), weights, rightPartials!);
            if (scalar is not null)
                sweep.Add(scalar, Matrix.Dot(weights, scalarPartials!));
        }
    }

    internal override ReadOnlySpan<Elementary> Leaves => leaf is null ? default : leaf.Elementaries;

    /// <summary>Its elements' steps after those of its parents.</summary>
    internal int[] Write(RecordedProgram to)
    {
        if (leaf is not null)
            return Array.ConvertAll(leaf.Elementaries, to.Input);
        if (numbers is not null)
            return Array.ConvertAll(numbers, n => to[n]);
        var x = to[left!];
        if (matrix is not null)
            return [.. Enumerable.Range(0, Count).Select(i => to.Linear(Values[i], x, [.. Enumerable.Range(0, x.Length).Select(j => matrix[i, j])], j => left!.Values[j]))];
        if (kind == OperationKind.Constant)
            return [.. x.Select((s, i) => to.Affine(s, leftPartials![i], Values[i] - leftPartials[i] * left!.Values[i]))];
        return scalar is null && right is null ? Array.ConvertAll(x, s => to.Builder.Unary(kind, s))
            : [.. x.Select((s, i) => to.Builder.Binary(kind, s, right is null ? to[scalar!] : to[right][i]))];
    }

    private static void AddProducts(double[] target, double[] weights, double[] partials)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] += weights[i] * partials[i];
    }

    private void Same(UncertainArray other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count != Count)
            throw new ArgumentException($"{Count} elements are needed, {other.Count} given.", nameof(other));
    }
}

/// <summary>The uncertainties of an array of inputs; the inputs themselves are made when a derivative first asks for them.</summary>
internal sealed class LeafUncertainties(double[] values, double[] uncertainties, double degreesOfFreedom, string? label)
{
    private Elementary[]? elementaries;

    internal double[] Uncertainties => uncertainties;

    internal Elementary[] Elementaries
    {
        get
        {
            if (Volatile.Read(ref elementaries) is { } known)
                return known;
            var made = new Elementary[values.Length];
            for (var i = 0; i < made.Length; i++)
                made[i] = new(values[i], uncertainties[i], degreesOfFreedom, label is null ? null : $"{label}[{i + 1}]");
            // Two threads may both make them; one wins, and only its are ever seen.
            return Interlocked.CompareExchange(ref elementaries, made, null) ?? made;
        }
    }
}
