namespace Plumbline.Numerics;

/// <summary>Sums of rectangular quantities about zero, by their half-widths: Σ ±(y ± a₁ ± a₂ …)₊ⁿ / (n! 2ⁿ a₁a₂…).</summary>
internal sealed class RectangleSum
{
    private readonly (double Corner, int Sign)[] corners;
    private readonly int n;
    private readonly double unit, factor, densityFactor;

    private RectangleSum((double, int)[] corners, int n, double unit, double factor, double error)
    {
        (this.corners, this.n, this.unit, this.factor, Error) = (corners, n, unit, factor, error);
        densityFactor = factor * n / unit;
    }

    internal double Error { get; }

    /// <summary>Null when the sum would lose more than six digits to cancellation.</summary>
    internal static RectangleSum? Of(double[] halfWidths)
    {
        var n = halfWidths.Length;
        var unit = halfWidths.Sum();
        var corners = new (double Corner, int Sign)[1 << n];
        for (var mask = 0; mask < corners.Length; mask++)
        {
            double corner = 0;
            var sign = 1;
            for (var i = 0; i < n; i++)
                if ((mask >> i & 1) != 0)
                    (corner, sign) = (corner + halfWidths[i], -sign);
                else
                    corner -= halfWidths[i];
            corners[mask] = (corner / unit, sign);
        }
        Array.Sort(corners);
        var factor = 1.0;
        foreach (var (a, k) in halfWidths.Select((a, k) => (a / unit, k + 1)))
            factor /= 2 * a * k;
        // Below the middle no power exceeds one.
        var error = factor * corners.Length * 1e-16;
        return error < 1e-10 ? new(corners, n, unit, factor, error) : null;
    }

    internal (double Cdf, double Density) At(double y)
    {
        if (y > 0)
        {
            var (cdf, density) = At(-y);
            return (1 - cdf, density);
        }
        double sum = 0, slope = 0, z = y / unit;
        foreach (var (corner, sign) in corners)
        {
            var d = z - corner;
            if (d <= 0)
                break;
            var power = OperationRules.WholePower(d, n - 1);
            slope += sign * power;
            sum += sign * power * d;
        }
        return (factor * sum, densityFactor * slope);
    }
}
