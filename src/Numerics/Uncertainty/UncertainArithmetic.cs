namespace Plumbline.Numerics;

public sealed partial class UncertainNumber
{
    /// <summary>The sum.</summary>
    public static UncertainNumber operator +(UncertainNumber a, UncertainNumber b) => Binary(a, b, Given(a).Value + Given(b).Value, 1, 1, "sum");

    /// <summary>The sum.</summary>
    public static UncertainNumber operator +(UncertainNumber a, double b) => Unary(a, Given(a).Value + b, 1, "sum");

    /// <summary>The sum.</summary>
    public static UncertainNumber operator +(double a, UncertainNumber b) => b + a;

    /// <summary>The difference.</summary>
    public static UncertainNumber operator -(UncertainNumber a, UncertainNumber b) => Binary(a, b, Given(a).Value - Given(b).Value, 1, -1, "difference");

    /// <summary>The difference.</summary>
    public static UncertainNumber operator -(UncertainNumber a, double b) => Unary(a, Given(a).Value - b, 1, "difference");

    /// <summary>The difference.</summary>
    public static UncertainNumber operator -(double a, UncertainNumber b) => Unary(b, a - Given(b).Value, -1, "difference");

    /// <summary>The negative.</summary>
    public static UncertainNumber operator -(UncertainNumber a) => Unary(a, -Given(a).Value, -1, "negative");

    /// <summary>The product.</summary>
    public static UncertainNumber operator *(UncertainNumber a, UncertainNumber b) => Binary(a, b, Given(a).Value * Given(b).Value, b.Value, a.Value, "product");

    /// <summary>The product.</summary>
    public static UncertainNumber operator *(UncertainNumber a, double b) => Unary(a, Given(a).Value * b, b, "product");

    /// <summary>The product.</summary>
    public static UncertainNumber operator *(double a, UncertainNumber b) => b * a;

    /// <summary>The quotient.</summary>
    /// <exception cref="ArithmeticException">The divisor is zero.</exception>
    public static UncertainNumber operator /(UncertainNumber a, UncertainNumber b)
    {
        var value = Given(a).Value / Given(b).Value;
        return Binary(a, b, value, 1 / b.Value, -value / b.Value, "quotient");
    }

    /// <summary>The quotient.</summary>
    /// <exception cref="ArithmeticException">The divisor is zero.</exception>
    public static UncertainNumber operator /(UncertainNumber a, double b) => Unary(a, Given(a).Value / b, 1 / b, "quotient");

    /// <summary>The quotient.</summary>
    /// <exception cref="ArithmeticException">The divisor is zero.</exception>
    public static UncertainNumber operator /(double a, UncertainNumber b)
    {
        var value = a / Given(b).Value;
        return Unary(b, value, -value / b.Value, "quotient");
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
        return b is null ? Unary(a, value, left, kind.ToString()) : Binary(a, b, value, left, b.IsExact ? 0 : right, kind.ToString());
    }

    internal static UncertainNumber WholePower(UncertainNumber a, int power) =>
        Unary(a, OperationRules.WholePower(Given(a).Value, power), power * OperationRules.WholePower(a.Value, power - 1), "power");

    internal bool IsExact => source is null && left is null && right is null;

    internal static UncertainNumber Unary(UncertainNumber a, double value, double partial, string what) => new(Checked(value, what), a, Checked(partial, what), null, 0);

    internal static UncertainNumber Binary(UncertainNumber a, UncertainNumber b, double value, double left, double right, string what) =>
        new(Checked(value, what), a, Checked(left, what), b, Checked(right, what));

    private static UncertainNumber Given(UncertainNumber a)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a;
    }
}
