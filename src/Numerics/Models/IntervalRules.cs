namespace Plumbline.Numerics;

/// <summary>Ranges of operations. Where an operation has no value in a part of its range, the range of the other part is given: the check has reported it.</summary>
internal static class IntervalRules
{
    private static readonly Interval Everything = new(double.NegativeInfinity, double.PositiveInfinity);

    internal static Interval Value(in Operation o, ReadOnlySpan<Interval> inputs, ReadOnlySpan<Interval> values)
    {
        if (o.Kind == OperationKind.Constant)
            return new(o.Constant, o.Constant);
        if (o.Kind == OperationKind.Input)
            return inputs[o.Left];
        Interval a = values[o.Left], b = o.IsBinary ? values[o.Right] : default;
        var operation = o;
        return o.Kind switch
        {
            OperationKind.Negate => new(-a.High, -a.Low),
            OperationKind.Absolute => Even(a, Math.Abs),
            OperationKind.Sign => new(Math.Sign(a.Low), Math.Sign(a.High)),
            OperationKind.IntegerPower => Whole(a, o.Right),
            OperationKind.SquareRoot => new(Math.Sqrt(Math.Max(0, a.Low)), Math.Sqrt(Math.Max(0, a.High))),
            OperationKind.NaturalLogarithm or OperationKind.DecimalLogarithm or OperationKind.CubeRoot or OperationKind.Exponential or OperationKind.ArcTangent
                or OperationKind.HyperbolicSine or OperationKind.HyperbolicTangent or OperationKind.AreaSine => Rising(operation, a, double.NegativeInfinity, double.PositiveInfinity),
            OperationKind.AreaCosine => Rising(operation, a, 1, double.PositiveInfinity),
            OperationKind.ArcSine or OperationKind.AreaTangent => Rising(operation, a, -1, 1),
            OperationKind.ArcCosine => new(Math.Acos(Math.Clamp(a.High, -1, 1)), Math.Acos(Math.Clamp(a.Low, -1, 1))),
            OperationKind.HyperbolicCosine => Even(a, Math.Cosh),
            OperationKind.Sine => Wave(new(a.Low - Math.PI / 2, a.High - Math.PI / 2)),
            OperationKind.Cosine => Wave(a),
            OperationKind.Tangent => Math.Floor(a.Low / Math.PI - 0.5) == Math.Floor(a.High / Math.PI - 0.5) ? new(Math.Tan(a.Low), Math.Tan(a.High)) : Everything,
            OperationKind.Add => new(a.Low + b.Low, a.High + b.High),
            OperationKind.Subtract => o.Left == o.Right ? new(0, 0) : new(a.Low - b.High, a.High - b.Low),
            OperationKind.Multiply => Corners(a, b, (x, y) => x == 0 || y == 0 ? 0 : x * y),
            OperationKind.Divide => o.Left == o.Right ? new(1, 1) : b.Low > 0 || b.High < 0 ? Corners(a, b, (x, y) => x / y) : Everything,
            OperationKind.Power => a.Low > 0 ? Corners(a, b, Math.Pow) : b.Low > 0 ? new(0, Math.Max(0, Math.Max(Math.Pow(Math.Max(0, a.High), b.Low), Math.Pow(Math.Max(0, a.High), b.High)))) : Everything,
            OperationKind.ArcTangent2 => b.Low > 0 || a.Low > 0 || a.High < 0 ? Corners(a, b, Math.Atan2) : new(-Math.PI, Math.PI),
            OperationKind.Hypotenuse => Corners(Even(a, Math.Abs), Even(b, Math.Abs), double.Hypot),
            OperationKind.Minimum => new(Math.Min(a.Low, b.Low), Math.Min(a.High, b.High)),
            _ => new(Math.Max(a.Low, b.Low), Math.Max(a.High, b.High)),
        };
    }

    private static Interval Rising(Operation o, Interval a, double least, double most) =>
        new(NotNaN(OperationRules.Value(o, Math.Clamp(a.Low, least, most), 0), double.NegativeInfinity), NotNaN(OperationRules.Value(o, Math.Clamp(a.High, least, most), 0), double.PositiveInfinity));

    private static double NotNaN(double value, double otherwise) => double.IsNaN(value) ? otherwise : value;

    private static Interval Even(Interval a, Func<double, double> f)
    {
        double low = f(a.Low), high = f(a.High);
        return new(a.Low <= 0 && a.High >= 0 ? f(0) : Math.Min(low, high), Math.Max(low, high));
    }

    private static Interval Whole(Interval a, int power)
    {
        if (power < 0 && a.Low <= 0 && a.High >= 0)
            return Everything;
        double low = OperationRules.WholePower(a.Low, power), high = OperationRules.WholePower(a.High, power);
        return new(power % 2 == 0 && a.Low <= 0 && a.High >= 0 ? 0 : Math.Min(low, high), Math.Max(low, high));
    }

    /// <summary>The cosine's range.</summary>
    private static Interval Wave(Interval a)
    {
        if (!(a.High - a.Low < 2 * Math.PI))
            return new(-1, 1);
        double low = Math.Cos(a.Low), high = Math.Cos(a.High);
        var top = Math.Floor(a.High / (2 * Math.PI)) * 2 * Math.PI >= a.Low;
        var bottom = Math.Floor((a.High - Math.PI) / (2 * Math.PI)) * 2 * Math.PI + Math.PI >= a.Low;
        return new(bottom ? -1 : Math.Min(low, high), top ? 1 : Math.Max(low, high));
    }

    private static Interval Corners(Interval a, Interval b, Func<double, double, double> f)
    {
        Span<double> corners = [f(a.Low, b.Low), f(a.Low, b.High), f(a.High, b.Low), f(a.High, b.High)];
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var v in corners)
        {
            if (double.IsNaN(v))
                return Everything;
            (low, high) = (Math.Min(low, v), Math.Max(high, v));
        }
        return new(low, high);
    }
}
