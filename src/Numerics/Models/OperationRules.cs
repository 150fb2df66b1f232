namespace Plumbline.Numerics;

/// <summary>Value and partial derivatives of every operation, in plain numbers.</summary>
internal static class OperationRules
{
    internal static double Value(in Operation o, double a, double b) => o.Kind switch
    {
        OperationKind.Constant => o.Constant,
        OperationKind.Negate => -a,
        OperationKind.Absolute => Math.Abs(a),
        OperationKind.Sign => a > 0 ? 1 : a < 0 ? -1 : a,
        OperationKind.IntegerPower => WholePower(a, o.Right),
        OperationKind.SquareRoot => Math.Sqrt(a),
        OperationKind.CubeRoot => Math.Cbrt(a),
        OperationKind.Exponential => Math.Exp(a),
        OperationKind.NaturalLogarithm => Math.Log(a),
        OperationKind.DecimalLogarithm => Math.Log10(a),
        OperationKind.Sine => Math.Sin(a),
        OperationKind.Cosine => Math.Cos(a),
        OperationKind.Tangent => Math.Tan(a),
        OperationKind.ArcSine => Math.Asin(a),
        OperationKind.ArcCosine => Math.Acos(a),
        OperationKind.ArcTangent => Math.Atan(a),
        OperationKind.HyperbolicSine => Math.Sinh(a),
        OperationKind.HyperbolicCosine => Math.Cosh(a),
        OperationKind.HyperbolicTangent => Math.Tanh(a),
        OperationKind.AreaSine => Math.Asinh(a),
        OperationKind.AreaCosine => Math.Acosh(a),
        OperationKind.AreaTangent => Math.Atanh(a),
        OperationKind.Add => a + b,
        OperationKind.Subtract => a - b,
        OperationKind.Multiply => a * b,
        OperationKind.Divide => a / b,
        OperationKind.Power => Math.Pow(a, b),
        OperationKind.ArcTangent2 => Math.Atan2(a, b),
        OperationKind.Hypotenuse => double.Hypot(a, b),
        OperationKind.Minimum => Math.Min(a, b),
        OperationKind.Maximum => Math.Max(a, b),
        _ => throw new ArgumentOutOfRangeException(nameof(o), o.Kind, "An input has no value of its own."),
    };

    /// <summary>∂z/∂a and ∂z/∂b at operands a and b with value z.</summary>
    internal static (double Left, double Right) Partials(in Operation o, double a, double b, double z) => o.Kind switch
    {
        OperationKind.Negate => (-1, 0),
        OperationKind.Absolute => (a >= 0 ? 1 : -1, 0),
        OperationKind.IntegerPower => (o.Right * WholePower(a, o.Right - 1), 0),
        OperationKind.SquareRoot => (0.5 / z, 0),
        OperationKind.CubeRoot => (1 / (3 * z * z), 0),
        OperationKind.Exponential => (z, 0),
        OperationKind.NaturalLogarithm => (1 / a, 0),
        OperationKind.DecimalLogarithm => (1 / (a * Ln10), 0),
        OperationKind.Sine => (Math.Cos(a), 0),
        OperationKind.Cosine => (-Math.Sin(a), 0),
        OperationKind.Tangent => (1 + z * z, 0),
        OperationKind.ArcSine => (1 / Math.Sqrt((1 - a) * (1 + a)), 0),
        OperationKind.ArcCosine => (-1 / Math.Sqrt((1 - a) * (1 + a)), 0),
        OperationKind.ArcTangent => (1 / (1 + a * a), 0),
        OperationKind.HyperbolicSine => (Math.Cosh(a), 0),
        OperationKind.HyperbolicCosine => (Math.Sinh(a), 0),
        OperationKind.HyperbolicTangent => ((1 - z) * (1 + z), 0),
        OperationKind.AreaSine => (1 / double.Hypot(a, 1), 0),
        OperationKind.AreaCosine => (1 / Math.Sqrt((a - 1) * (a + 1)), 0),
        OperationKind.AreaTangent => (1 / ((1 - a) * (1 + a)), 0),
        OperationKind.Add => (1, 1),
        OperationKind.Subtract => (1, -1),
        OperationKind.Multiply => (b, a),
        OperationKind.Divide => (1 / b, -z / b),
        // A base of zero or below has no logarithm; an exponent that is known exactly never asks for it.
        OperationKind.Power => (b * Math.Pow(a, b - 1), z == 0 && b > 0 ? 0 : z * Math.Log(a)),
        OperationKind.ArcTangent2 => (b / (a * a + b * b), -a / (a * a + b * b)),
        OperationKind.Hypotenuse => (a / z, b / z),
        OperationKind.Minimum => a <= b ? (1, 0) : (0, 1),
        OperationKind.Maximum => a >= b ? (1, 0) : (0, 1),
        _ => (0, 0),
    };

    internal const double Ln10 = 2.302585092994046;

    /// <summary>x to a whole power by squaring: exact signs, and the same digits as repeated multiplication for small powers.</summary>
    internal static double WholePower(double x, int power)
    {
        var result = 1.0;
        var square = x;
        for (var left = Math.Abs((long)power); left > 0; left >>= 1, square *= square)
            if ((left & 1) != 0)
                result *= square;
        return power < 0 ? 1 / result : result;
    }
}
