namespace Plumbline.Numerics;

/// <summary>A number with its uncertainty and its history (不确定数): results of arithmetic know by how much they depend on every input, so that any two have a covariance, for ever.</summary>
/// <remarks>
/// <para>Uncertainty is propagated to first order (JCGM 100:2008, 5.1 and 5.2) with exact derivatives. For strongly curved models see <see cref="SecondOrder"/> and Monte Carlo.</para>
/// <para>Immutable, safe to share between threads. Arithmetic costs the same whatever the number of inputs; the derivatives of a result are found in one walk backwards when first asked for.</para>
/// </remarks>
public sealed partial class UncertainNumber : UncertainNode
{
    private readonly UncertainNumber? left;
    private readonly UncertainNumber? right;
    private readonly double leftPartial;
    private readonly double rightPartial;
    private readonly object? source;
    private Sensitivities? sensitivities;

    /// <param name="source">An input, several parents, a part of an array; null for an exact number.</param>
    private UncertainNumber(double value, object? source, int depth) : base(depth)
    {
        Value = value;
        this.source = source;
    }

    /// <param name="kind">A boxed <see cref="OperationKind"/>: what was done; a constant stands for factor·x + offset. Without a second operand <paramref name="rightPartial"/> holds an exponent.</param>
    private UncertainNumber(double value, object kind, UncertainNumber left, double leftPartial, UncertainNumber? right, double rightPartial)
        : base(1 + (right is null || left.Depth > right.Depth ? left.Depth : right.Depth))
    {
        Value = value;
        source = kind;
        (this.left, this.leftPartial, this.right, this.rightPartial) = (left, leftPartial, right, rightPartial);
    }

    /// <summary>Several parents at once; how the number follows from them is null where only the derivatives are known.</summary>
    private sealed record Composite(UncertainNode[] Parents, double[] Partials, Derivation? How, string? Label);

    /// <summary>An element of an array, or the sum of all with factors.</summary>
    private sealed record ArrayPart(UncertainArray Array, int Index, double[]? Partials);

    /// <summary>The estimate.</summary>
    public double Value { get; }

    /// <summary>What it is called in a budget; null when it has no name.</summary>
    public string? Label => source switch { Elementary e => e.Label, Composite c => c.Label, _ => null };

    /// <summary>The standard uncertainty u, in the unit of the estimate; 0 for an exact number.</summary>
    public double StandardUncertainty => source is Elementary e ? e.StandardUncertainty : Derivatives.StandardUncertainty;

    /// <summary>The input this number is; null for a result.</summary>
    public Elementary? Elementary => source as Elementary;

    /// <summary>Degrees of freedom of the standard uncertainty (JCGM 100, G.4), or why the formula does not apply.</summary>
    public EffectiveDegreesOfFreedom DegreesOfFreedom => EffectiveDegreesOfFreedom.Of(Derivatives);

    internal Sensitivities Derivatives => sensitivities ??= Sensitivities.Of(this);

    /// <summary>An input quantity by its standard uncertainty.</summary>
    /// <param name="value">The estimate, finite.</param>
    /// <param name="standardUncertainty">Same unit, not negative.</param>
    /// <param name="degreesOfFreedom">Greater than zero; infinite when the uncertainty is known without doubt.</param>
    /// <param name="label">What to call it in a budget.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static UncertainNumber Of(double value, double standardUncertainty, double degreesOfFreedom = double.PositiveInfinity, string? label = null)
    {
        Require.Finite(value);
        Require.NotNegative(standardUncertainty);
        Require.DegreesOfFreedom(degreesOfFreedom);
        return Of(new Elementary(value, standardUncertainty, degreesOfFreedom, label));
    }

    /// <summary>An input quantity by its probability distribution: estimate and standard uncertainty are its expectation and standard deviation (JCGM 100, 4.3).</summary>
    /// <param name="distribution">With a standard deviation.</param>
    /// <param name="degreesOfFreedom">Greater than zero; infinite when the distribution is known without doubt.</param>
    /// <param name="label">What to call it in a budget.</param>
    /// <exception cref="ArgumentException">The distribution has no standard deviation.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are not greater than zero.</exception>
    public static UncertainNumber Of(InputDistribution distribution, double degreesOfFreedom = double.PositiveInfinity, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        Require.DegreesOfFreedom(degreesOfFreedom);
        return Of(new Elementary(distribution.Estimate, distribution.RequireStandardDeviation(label ?? "x"), degreesOfFreedom, label, distribution: distribution));
    }

    /// <summary>A number without uncertainty.</summary>
    /// <param name="value">Finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public static UncertainNumber Exact(double value)
    {
        Require.Finite(value);
        return new(value, null, 0);
    }

    internal static UncertainNumber Of(Elementary elementary) => new(elementary.Value, elementary, 0);

    /// <summary>A result by its derivatives, as a model, a fit or an archive gives them.</summary>
    /// <param name="value">The estimate.</param>
    /// <param name="parents">What it follows from.</param>
    /// <param name="partials">The derivatives to them.</param>
    /// <param name="label">The name.</param>
    /// <param name="how">How it follows; null where nobody knows but its derivatives.</param>
    internal static UncertainNumber Of(double value, UncertainNumber[] parents, double[] partials, string? label = null, Derivation? how = null)
    {
        var depth = 0;
        foreach (var parent in parents)
            depth = Math.Max(depth, parent.Depth);
        return new(Checked(value, "result"), new Composite(parents, partials, how, label), depth + 1);
    }

    internal static UncertainNumber OfElement(UncertainArray array, int index) => new(array.Values[index], new ArrayPart(array, index, null), array.Depth + 1);

    internal static UncertainNumber OfAll(double value, UncertainArray array, double[] partials) => new(Checked(value, "sum"), new ArrayPart(array, -1, partials), array.Depth + 1);

    internal static UncertainNumber OfPair(double value, UncertainArray one, double[] onePartials, UncertainArray other, double[] otherPartials) =>
        new(Checked(value, "product"), new Composite([OfAll(0, one, onePartials), OfAll(0, other, otherPartials)], [1, 1], new DotDerivation(one, other), null), 2 + Math.Max(one.Depth, other.Depth));

    /// <summary>The same number under a name: budgets can be regrouped through it.</summary>
    /// <param name="label">The name.</param>
    public UncertainNumber As(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return new(Value, new Composite([this], [1.0], Derivation.Linear, label), Depth + 1);
    }

    /// <summary>u(x, y), in the product of the units.</summary>
    public static double Covariance(UncertainNumber one, UncertainNumber other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.Derivatives.Covariance(other.Derivatives);
    }

    /// <summary>r(x, y), between −1 and 1; 0 where one has no uncertainty.</summary>
    public static double Correlation(UncertainNumber one, UncertainNumber other)
    {
        var covariance = Covariance(one, other);
        return covariance == 0 ? 0 : Math.Clamp(covariance / (one.StandardUncertainty * other.StandardUncertainty), -1, 1);
    }

    /// <summary>∂this/∂x for an input x; 0 where it does not depend on it.</summary>
    /// <exception cref="ArgumentException"><paramref name="input"/> is a result, not an input.</exception>
    public double SensitivityTo(UncertainNumber input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Derivatives.CoefficientOf(input.Elementary ?? throw new ArgumentException("Must be an input quantity; regroup a budget for a result.", nameof(input)));
    }

    /// <summary>c·u for an input: what it contributes to the standard uncertainty, with the sign of the sensitivity.</summary>
    /// <exception cref="ArgumentException"><paramref name="input"/> is a result, not an input.</exception>
    public double ComponentFrom(UncertainNumber input) => SensitivityTo(input) * input.StandardUncertainty;

    /// <summary>U = k·u for a coverage probability, k from Student's t at the effective degrees of freedom (JCGM 100, G.3).</summary>
    /// <param name="coverageProbability">Strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The degrees of freedom cannot be given; the message says why.</exception>
    public double ExpandedUncertainty(double coverageProbability)
    {
        Require.Probability(coverageProbability);
        var freedom = DegreesOfFreedom;
        return StandardUncertainty == 0 ? 0 : StudentT.UpperQuantile((1 - coverageProbability) / 2, freedom.Value ?? throw new InvalidOperationException(freedom.Message)) * StandardUncertainty;
    }

    /// <summary>The estimate and the standard uncertainty, for debugging.</summary>
    public override string ToString() => FormattableString.Invariant($"{Value:G10} ± {StandardUncertainty:G3}");

    internal override ReadOnlySpan<Elementary> Leaves => source is Elementary elementary ? new([elementary]) : default;

    internal override void Visit(Sweep sweep)
    {
        if (left is not null)
        {
            sweep.Reach(left);
            sweep.Reach(right);
        }
        else if (source is Composite composite)
            foreach (var parent in composite.Parents)
                sweep.Reach(parent);
        else if (source is ArrayPart part)
            sweep.Reach(part.Array);
    }

    internal override void Push(Sweep sweep, int slot)
    {
        var weight = sweep.WeightOf(slot);
        if (left is not null)
        {
            sweep.Add(left, weight * leftPartial);
            sweep.Add(right, weight * rightPartial);
            return;
        }
        switch (source)
        {
            case Composite composite:
                for (var i = 0; i < composite.Parents.Length; i++)
                    sweep.Add((UncertainNumber)composite.Parents[i], weight * composite.Partials[i]);
                break;
            case ArrayPart part when weight != 0:
                var weights = sweep.For(part.Array);
                if (part.Partials is null)
                    weights[part.Index] += weight;
                else
                    for (var i = 0; i < weights.Length; i++)
                        weights[i] += weight * part.Partials[i];
                break;
        }
    }

    /// <summary>Its own steps after those of its parents.</summary>
    internal int Write(RecordedProgram to)
    {
        var b = to.Builder;
        if (left is not null)
        {
            var x = to[left];
            return ((OperationKind)source!, right) switch
            {
                (OperationKind.Constant, _) => to.Affine(x, leftPartial, Value - leftPartial * left.Value),
                (OperationKind.IntegerPower, _) => b.Power(x, (int)rightPartial),
                (OperationKind.Power, null) => b.Binary(OperationKind.Power, x, b.Constant(rightPartial)),
                (OperationKind.Divide, null) => b.Binary(OperationKind.Divide, b.Constant(Value * left.Value), x),
                (var kind, null) => b.Unary(kind, x),
                (var kind, _) => b.Binary(kind, x, to[right]),
            };
        }
        return source switch
        {
            Elementary elementary => to.Input(elementary),
            Composite composite => to.Derive(this, composite.Parents, composite.Partials, composite.How),
            ArrayPart { Partials: null } part => to[part.Array][part.Index],
            ArrayPart part => to.Linear(Value, to[part.Array], part.Partials!, i => part.Array.Values[i]),
            _ => b.Constant(Value),
        };
    }

    private static double Checked(double value, string what) => double.IsFinite(value) ? value
        : throw new ArithmeticException($"The {what} has no finite value or derivative at these estimates.");
}
