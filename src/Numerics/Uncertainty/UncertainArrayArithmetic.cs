namespace Plumbline.Numerics;

public sealed partial class UncertainArray
{
    /// <summary>The sum, element by element.</summary>
    public static UncertainArray operator +(UncertainArray a, UncertainArray b) => Combine(OperationKind.Add, a, b);

    /// <summary>The difference, element by element.</summary>
    public static UncertainArray operator -(UncertainArray a, UncertainArray b) => Combine(OperationKind.Subtract, a, b);

    /// <summary>The product, element by element.</summary>
    public static UncertainArray operator *(UncertainArray a, UncertainArray b) => Combine(OperationKind.Multiply, a, b);

    /// <summary>The quotient, element by element.</summary>
    /// <exception cref="ArithmeticException">A divisor is zero.</exception>
    public static UncertainArray operator /(UncertainArray a, UncertainArray b) => Combine(OperationKind.Divide, a, b);

    /// <summary>The sum with one number.</summary>
    public static UncertainArray operator +(UncertainArray a, UncertainNumber b) => Combine(OperationKind.Add, a, b);

    /// <summary>The difference to one number.</summary>
    public static UncertainArray operator -(UncertainArray a, UncertainNumber b) => Combine(OperationKind.Subtract, a, b);

    /// <summary>The product with one number.</summary>
    public static UncertainArray operator *(UncertainArray a, UncertainNumber b) => Combine(OperationKind.Multiply, a, b);

    /// <summary>The quotient by one number.</summary>
    /// <exception cref="ArithmeticException">The divisor is zero.</exception>
    public static UncertainArray operator /(UncertainArray a, UncertainNumber b) => Combine(OperationKind.Divide, a, b);

    /// <summary>Same as <c>+</c>.</summary>
    public static UncertainArray Add(UncertainArray left, UncertainArray right) => left + right;

    /// <summary>Same as <c>−</c>.</summary>
    public static UncertainArray Subtract(UncertainArray left, UncertainArray right) => left - right;

    /// <summary>Same as <c>×</c>.</summary>
    public static UncertainArray Multiply(UncertainArray left, UncertainArray right) => left * right;

    /// <summary>Same as <c>÷</c>.</summary>
    public static UncertainArray Divide(UncertainArray left, UncertainArray right) => left / right;

    /// <summary>a·x + b with known numbers.</summary>
    /// <param name="factor">a, finite.</param>
    /// <param name="offset">b, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite.</exception>
    public UncertainArray Scale(double factor, double offset = 0)
    {
        Require.Finite(factor);
        Require.Finite(offset);
        var partials = new double[Count];
        Array.Fill(partials, factor);
        return new(OperationKind.Constant, Array.ConvertAll(Values, v => factor * v + offset), this, partials, null, null, null, null);
    }

    /// <summary>√x of each element.</summary>
    public UncertainArray Sqrt() => Map(OperationKind.SquareRoot);

    /// <summary>eˣ of each element.</summary>
    public UncertainArray Exp() => Map(OperationKind.Exponential);

    /// <summary>The natural logarithm of each element.</summary>
    public UncertainArray Log() => Map(OperationKind.NaturalLogarithm);

    /// <summary>The sine of each element.</summary>
    public UncertainArray Sin() => Map(OperationKind.Sine);

    /// <summary>The cosine of each element.</summary>
    public UncertainArray Cos() => Map(OperationKind.Cosine);

    /// <summary>The square of each element.</summary>
    public UncertainArray Square() => this * this;

    private UncertainArray Map(OperationKind kind)
    {
        double[] values = new double[Count], partials = new double[Count];
        var operation = new Operation(kind);
        for (var i = 0; i < Count; i++)
        {
            values[i] = OperationRules.Value(operation, Values[i], 0);
            partials[i] = OperationRules.Partials(operation, Values[i], 0, values[i]).Left;
        }
        return new(kind, values, this, partials, null, null, null, null);
    }

    private static UncertainArray Combine(OperationKind kind, UncertainArray a, UncertainArray b)
    {
        ArgumentNullException.ThrowIfNull(a);
        a.Same(b);
        var (values, left, right) = Partials(kind, a.Values, b.Values);
        return new(kind, values, a, left, b, right, null, null);
    }

    private static UncertainArray Combine(OperationKind kind, UncertainArray a, UncertainNumber b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var same = new double[a.Count];
        Array.Fill(same, b.Value);
        var (values, left, right) = Partials(kind, a.Values, same);
        return new(kind, values, a, left, null, null, b, right);
    }

    private static (double[] Values, double[] Left, double[] Right) Partials(OperationKind kind, double[] x, double[] y)
    {
        double[] values = new double[x.Length], left = new double[x.Length], right = new double[x.Length];
        var operation = new Operation(kind);
        for (var i = 0; i < x.Length; i++)
        {
            values[i] = OperationRules.Value(operation, x[i], y[i]);
            (left[i], right[i]) = OperationRules.Partials(operation, x[i], y[i], values[i]);
        }
        return (values, left, right);
    }

    /// <summary>The derivatives while they have structure: of an array of inputs a diagonal, of a single number a column. Null once elements were mixed.</summary>
    private StructuredDerivatives? Structured()
    {
        if (matrix is not null || numbers is not null)
            return null;
        if (leaf is not null)
        {
            var ones = new double[Count];
            Array.Fill(ones, 1);
            return new() { Diagonals = { [leaf] = ones } };
        }
        if (left!.Structured() is not { } parts || scalar?.Derivatives.HasGroups == true)
            return null;
        parts.Scale(leftPartials!);
        if (right is not null)
        {
            if (right.Structured() is not { } others)
                return null;
            others.Scale(rightPartials!);
            parts.Add(others);
        }
        if (scalar is not null)
            parts.Add(scalar, scalarPartials!);
        return parts;
    }

    private sealed class StructuredDerivatives
    {
        internal Dictionary<LeafUncertainties, double[]> Diagonals { get; } = [];

        private readonly Dictionary<Elementary, double[]> columns = [];

        internal void Scale(double[] partials)
        {
            foreach (var part in Diagonals.Values.Concat(columns.Values))
                for (var i = 0; i < part.Length; i++)
                    part[i] *= partials[i];
        }

        internal void Add(StructuredDerivatives other)
        {
            foreach (var (key, part) in other.Diagonals)
                Diagonals[key] = Diagonals.TryGetValue(key, out var own) ? Sum(own, part) : part;
            foreach (var (key, part) in other.columns)
                columns[key] = columns.TryGetValue(key, out var own) ? Sum(own, part) : part;
        }

        internal void Add(UncertainNumber number, double[] partials)
        {
            var s = number.Derivatives;
            for (var k = 0; k < s.Elementaries.Length; k++)
            {
                var c = s.Coefficients[k];
                var part = Array.ConvertAll(partials, p => c * p);
                columns[s.Elementaries[k]] = columns.TryGetValue(s.Elementaries[k], out var own) ? Sum(own, part) : part;
            }
        }

        internal double[] Uncertainties(int count)
        {
            var squares = new double[count];
            foreach (var (leaf, part) in Diagonals)
                for (var i = 0; i < count; i++)
                    squares[i] += part[i] * leaf.Uncertainties[i] * (part[i] * leaf.Uncertainties[i]);
            foreach (var (elementary, part) in columns)
                for (var i = 0; i < count; i++)
                    squares[i] += part[i] * elementary.StandardUncertainty * (part[i] * elementary.StandardUncertainty);
            return Array.ConvertAll(squares, Math.Sqrt);
        }

        private static double[] Sum(double[] own, double[] part)
        {
            for (var i = 0; i < own.Length; i++)
                own[i] += part[i];
            return own;
        }
    }
}
