namespace Plumbline.Numerics;

/// <summary>Functions of uncertain numbers.</summary>
/// <remarks>Each throws <see cref="ArithmeticException"/> where the function or its derivative is not finite at the estimate.</remarks>
public static class UncertainMath
{
    /// <summary>|x|.</summary>
    public static UncertainNumber Abs(UncertainNumber x) => UncertainNumber.Apply(OperationKind.Absolute, x);

    /// <summary>√x.</summary>
    public static UncertainNumber Sqrt(UncertainNumber x) => UncertainNumber.Apply(OperationKind.SquareRoot, x);

    /// <summary>The cube root.</summary>
    public static UncertainNumber Cbrt(UncertainNumber x) => UncertainNumber.Apply(OperationKind.CubeRoot, x);

    /// <summary>eˣ.</summary>
    public static UncertainNumber Exp(UncertainNumber x) => UncertainNumber.Apply(OperationKind.Exponential, x);

    /// <summary>The natural logarithm.</summary>
    public static UncertainNumber Log(UncertainNumber x) => UncertainNumber.Apply(OperationKind.NaturalLogarithm, x);

    /// <summary>The decimal logarithm.</summary>
    public static UncertainNumber Log10(UncertainNumber x) => UncertainNumber.Apply(OperationKind.DecimalLogarithm, x);

    /// <summary>The sine of an angle in radians.</summary>
    public static UncertainNumber Sin(UncertainNumber x) => UncertainNumber.Apply(OperationKind.Sine, x);

    /// <summary>The cosine of an angle in radians.</summary>
    public static UncertainNumber Cos(UncertainNumber x) => UncertainNumber.Apply(OperationKind.Cosine, x);

    /// <summary>The tangent of an angle in radians.</summary>
    public static UncertainNumber Tan(UncertainNumber x) => UncertainNumber.Apply(OperationKind.Tangent, x);

    /// <summary>The angle in [−π/2, π/2] with this sine.</summary>
    public static UncertainNumber Asin(UncertainNumber x) => UncertainNumber.Apply(OperationKind.ArcSine, x);

    /// <summary>The angle in [0, π] with this cosine.</summary>
    public static UncertainNumber Acos(UncertainNumber x) => UncertainNumber.Apply(OperationKind.ArcCosine, x);

    /// <summary>The angle in (−π/2, π/2) with this tangent.</summary>
    public static UncertainNumber Atan(UncertainNumber x) => UncertainNumber.Apply(OperationKind.ArcTangent, x);

    /// <summary>The angle of the point (x, y), in (−π, π].</summary>
    public static UncertainNumber Atan2(UncertainNumber y, UncertainNumber x) => UncertainNumber.Apply(OperationKind.ArcTangent2, y, x);

    /// <summary>The hyperbolic sine.</summary>
    public static UncertainNumber Sinh(UncertainNumber x) => UncertainNumber.Apply(OperationKind.HyperbolicSine, x);

    /// <summary>The hyperbolic cosine.</summary>
    public static UncertainNumber Cosh(UncertainNumber x) => UncertainNumber.Apply(OperationKind.HyperbolicCosine, x);

    /// <summary>The hyperbolic tangent.</summary>
    public static UncertainNumber Tanh(UncertainNumber x) => UncertainNumber.Apply(OperationKind.HyperbolicTangent, x);

    /// <summary>The inverse of the hyperbolic sine.</summary>
    public static UncertainNumber Asinh(UncertainNumber x) => UncertainNumber.Apply(OperationKind.AreaSine, x);

    /// <summary>The inverse of the hyperbolic cosine.</summary>
    public static UncertainNumber Acosh(UncertainNumber x) => UncertainNumber.Apply(OperationKind.AreaCosine, x);

    /// <summary>The inverse of the hyperbolic tangent.</summary>
    public static UncertainNumber Atanh(UncertainNumber x) => UncertainNumber.Apply(OperationKind.AreaTangent, x);

    /// <summary>√(x² + y²).</summary>
    public static UncertainNumber Hypot(UncertainNumber x, UncertainNumber y) => UncertainNumber.Apply(OperationKind.Hypotenuse, x, y);

    /// <summary>The smaller by estimate.</summary>
    public static UncertainNumber Min(UncertainNumber x, UncertainNumber y) => UncertainNumber.Apply(OperationKind.Minimum, x, y);

    /// <summary>The larger by estimate.</summary>
    public static UncertainNumber Max(UncertainNumber x, UncertainNumber y) => UncertainNumber.Apply(OperationKind.Maximum, x, y);

    /// <summary>The sum, in one step whatever the count.</summary>
    /// <exception cref="ArgumentException">There are no numbers.</exception>
    public static UncertainNumber Sum(params UncertainNumber[] numbers) => Weighted(numbers, 1);

    /// <summary>The arithmetic mean, in one step whatever the count.</summary>
    /// <exception cref="ArgumentException">There are no numbers.</exception>
    public static UncertainNumber Mean(params UncertainNumber[] numbers) => Weighted(numbers, numbers is { Length: > 0 } ? 1.0 / numbers.Length : 1);

    private static UncertainNumber Weighted(UncertainNumber[] numbers, double weight)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (numbers.Length == 0)
            throw new ArgumentException("At least one number is needed.", nameof(numbers));
        var sum = 0.0;
        foreach (var number in numbers)
            sum += number.Value;
        var weights = new double[numbers.Length];
        Array.Fill(weights, weight);
        return UncertainNumber.Of(sum * weight, [.. numbers], weights, how: Derivation.Linear);
    }

    /// <summary>xʸ.</summary>
    public static UncertainNumber Pow(UncertainNumber x, UncertainNumber y) => UncertainNumber.Apply(OperationKind.Power, x, y);

    /// <summary>xʸ for a known exponent; a whole one serves a negative base too.</summary>
    /// <param name="x">The base.</param>
    /// <param name="exponent">Finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The exponent is not finite.</exception>
    public static UncertainNumber Pow(UncertainNumber x, double exponent)
    {
        ArgumentNullException.ThrowIfNull(x);
        Require.Finite(exponent);
        return exponent == Math.Round(exponent) && Math.Abs(exponent) < 1 << 20 ? UncertainNumber.WholePower(x, (int)exponent)
            : UncertainNumber.RealPower(x, exponent);
    }
}
