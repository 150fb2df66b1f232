namespace Plumbline.Numerics;

/// <summary>
/// The data seen from one of their own points, in units of their own spread. Every estimator computes here, so that results do not
/// depend on the unit of the measurand and small differences between large values keep their digits.
/// </summary>
internal readonly struct Frame
{
    private Frame(double centre, double scale, double[] z, double[] s)
    {
        Centre = centre;
        Scale = scale;
        Z = z;
        S = s;
    }

    internal double Centre { get; }

    /// <summary>A power of two: dividing and multiplying by it is exact.</summary>
    internal double Scale { get; }

    internal double[] Z { get; }

    internal double[] S { get; }

    internal static Frame Of(double[] values, double[]? standardUncertainties = null)
    {
        var centre = LowerMedian(values);
        var z = new double[values.Length];
        for (var i = 0; i < z.Length; i++)
        {
            z[i] = values[i] - centre;
            if (!double.IsFinite(z[i]))
                throw new ArgumentOutOfRangeException(nameof(values), values[i], "The values lie further apart than a double can hold.");
        }
        var spread = standardUncertainties is null ? 0 : LowerMedian(standardUncertainties);
        if (spread == 0)
        {
            var distances = Array.ConvertAll(z, Math.Abs);
            spread = LowerMedian(distances);
            if (spread == 0)
                spread = distances.Max();
        }
        var scale = spread > 0 ? Math.ScaleB(1, Math.Clamp(Math.ILogB(spread), -1000, 1000)) : 1;
        for (var i = 0; i < z.Length; i++)
            z[i] /= scale;
        var s = standardUncertainties is null ? [] : Array.ConvertAll(standardUncertainties, u => u / scale);
        return new(centre, scale, z, s);
    }

    internal double Location(double m) => Centre + Scale * m;

    /// <summary>The element of rank ⌈n/2⌉: always a data point, whatever the order of the data.</summary>
    private static double LowerMedian(double[] values)
    {
        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        return sorted[(sorted.Length - 1) / 2];
    }
}
