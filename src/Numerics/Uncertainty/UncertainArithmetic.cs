namespace Plumbline.Numerics;

public sealed partial class UncertainNumber
{
    /// <summary>The sum.</summary>
    public static UncertainNumber operator +(UncertainNumber a, UncertainNumber b) => Binary(Kind.Add, a, b, Given(a).Value + Given(b).Value, 1, 1);

    /// <summary>The sum.</summary>
    public static UncertainNumber operator +(UncertainNumber a, double b) => Unary(Kind.Affine, a, Given(a).Value + b, 1);

    /// <summary>The sum.</summary>
    public static UncertainNumber operator +(double a, UncertainNumber b) => b + a;

    /// <summary>The difference.</summary>
    public static UncertainNumber operator -(UncertainNumber a, UncertainNumber b) => Binary(Kind.Subtract, a, b, Given(a).Value - Given(b).Value, 1, -1);

    /// <summary>The difference.</summary>
    public static UncertainNumber operator -(UncertainNumber a, double b) => Unary(Kind.Affine, a, Given(a).Value - b, 1);

    /// <summary>The difference.</summary>
    public static UncertainNumber operator -(double a, UncertainNumber b) => Unary(Kind.Affine, b, a - Given(b).Value, -1);

    /// <summary>The negative.</summary>
    public static UncertainNumber operator -(UncertainNumber a) => Unary(Kind.Affine, a, -Given(a).Value, -1);

    /// <summary>The product.</summary>
    public static UncertainNumber operator *(UncertainNumber a, UncertainNumber b) => Binary(Kind.Multiply, a, b, Given(a).Value * Given(b).Value, b.Value, a.Value);

    /// <summary>The product.</summary>
    public static UncertainNumber operator *(UncertainNumber a, double b) => Unary(Kind.Affine, a, Given(a).Value * b, b);

    /// <summary>The product.</summary>
    public static UncertainNumber operator *(double a, UncertainNumber b) => b * a;

    /// <summary>The quotient.</summary>
    /// <exception cref="ArithmeticException">The divisor is zero.</exception>
    public static UncertainNumber operator /(UncertainNumber a, UncertainNumber b)
    {
        var value = Given(a).Value / Given(b).Value;
        return Binary(Kind.Divide, a, b, value, 1 / b.Value, -value / b.Value);
    }

    /// <summary>The quotient.</summary>
    /// <exception cref="ArithmeticException">The divisor is zero.</exception>
    public static UncertainNumber operator /(UncertainNumber a, double b) => Unary(Kind.Affine, a, Given(a).Value / b, 1 / b);

    /// <summary>The quotient.</summary>
    /// <exception cref="ArithmeticException">The divisor is zero.</exception>
    public static UncertainNumber operator /(double a, UncertainNumber b)
    {
        var value = a / Given(b).Value;
        return Unary(Kind.Divide, b, value, -value / b.Value);
    }

    /// <summary>Same as <c>+</c>.</summary>
    public static UncertainNumber Add(UncertainNumber left, UncertainNumber right) => left + right;

    /// <summary>Same as <c>−</c>.</summary>
    public static UncertainNumber Subtract(UncertainNumber left, UncertainNumber right) => left - right;

    /// <summary>Same as <c>×</c>.</summary>
    public static UncertainNumber Multiply(UncertainNumber left, UncertainNumber right) => left * right;

    /// <summary>Same as <c>÷</c>.</summary>
    public static UncertainNumber Divide(UncertainNumber left, UncertainNumber right) => left / right;

    /// <summary>Same as <c>−</c> with one operand.</summary>
    public static UncertainNumber Negate(UncertainNumber item) => -item;

    internal static UncertainNumber Apply(OperationKind kind, UncertainNumber a, UncertainNumber? b = null)
    {
        var operation = new Operation(kind);
        double x = Given(a).Value, y = b?.Value ?? 0, value = OperationRules.Value(operation, x, y);
        var (left, right) = OperationRules.Partials(operation, x, y, value);
        return b is null ? Unary(Kind.All[(int)kind], a, value, left) : Binary(Kind.All[(int)kind], a, b, value, left, b.IsExact ? 0 : right);
    }

    internal static UncertainNumber WholePower(UncertainNumber a, int power) =>
        Unary(Kind.IntegerPower, a, OperationRules.WholePower(Given(a).Value, power), power * OperationRules.WholePower(a.Value, power - 1), power);

    internal static UncertainNumber RealPower(UncertainNumber a, double power) => Unary(Kind.All[(int)OperationKind.Power], a, Math.Pow(a.Value, power), power * Math.Pow(a.Value, power - 1), power);

    internal bool IsExact => source is null && left is null;

    private static UncertainNumber Unary(object kind, UncertainNumber a, double value, double partial, double exponent = 0) =>
        double.IsFinite(value) && double.IsFinite(partial) ? new(value, kind, a, partial, null, exponent) : throw NotFinite(kind);

    private static UncertainNumber Binary(object kind, UncertainNumber a, UncertainNumber b, double value, double left, double right) =>
        double.IsFinite(value) && double.IsFinite(left) && double.IsFinite(right) ? new(value, kind, a, left, b, right) : throw NotFinite(kind);

    private static ArithmeticException NotFinite(object kind) => new($"The {(OperationKind)kind switch
    {
        OperationKind.Constant => "sum or multiple", OperationKind.Add => "sum", OperationKind.Subtract => "difference", OperationKind.Multiply => "product", OperationKind.Divide => "quotient", OperationKind.IntegerPower => "power", var other => other.ToString(),
    }} has no finite value or derivative at these estimates.");

    /// <summary>Each kind boxed once: a step names what it did without room of its own.</summary>
    private static class Kind
    {
        internal static readonly object[] All = [.. Enum.GetValues<OperationKind>().Select(k => (object)k)];
        internal static readonly object Affine = All[(int)OperationKind.Constant], Add = All[(int)OperationKind.Add], Subtract = All[(int)OperationKind.Subtract], Multiply = All[(int)OperationKind.Multiply], Divide = All[(int)OperationKind.Divide],
            IntegerPower = All[(int)OperationKind.IntegerPower];
    }

    private static UncertainNumber Given(UncertainNumber a)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a;
    }
}
