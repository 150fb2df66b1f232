using System.Runtime.Intrinsics;

namespace Plumbline.Numerics;

/// <summary>The scaled complementary error function, on which both normal tails and the Laplace mixtures rest.</summary>
internal static class ErrorFunction
{
    // Chebyshev coefficients of (1 + 2x) exp(x²) erfc(x) in t = (x − 3.75)/(x + 3.75), from a 40-digit computation.
    private static readonly double[] Coefficients =
    [
        1.1775789345674017541, -0.0045900545806464773309, -0.084249133366517915584, 0.059209939998191890498,
        -0.026658668435305752277, 0.0090749976707052650939, -0.0024131635404176081909, 0.00049077583652580863229,
        -0.000069169733025012063671, 4.1390279860730101675e-6, 7.7403830661984906686e-7, -2.1886401049234395661e-7,
        1.0764999465670910377e-8, 4.5219598112182868979e-9, -7.7544002088313511065e-10, -6.3180883408866844944e-11,
        2.8687950109306698981e-11, 1.945586854577734723e-13, -9.6546967484334389059e-13, 3.2525481481487398415e-14,
        3.3478119482868053878e-14, -1.8645628804193131015e-15, -1.2507950530688647085e-15, 7.4182352566240434635e-17,
        5.0681489047961113173e-17,
    ];

    /// <summary>exp(x²) erfc(x); overflows to infinity below about −26.6.</summary>
    internal static double Erfcx(double x)
    {
        if (x < 0)
            return 2 * Math.Exp(x * x) - Erfcx(-x);
        var t = x > 1e15 ? 1 : (x - 3.75) / (x + 3.75);
        double current = 0, next = 0;
        for (var i = Coefficients.Length - 1; i > 0; i--)
            (current, next) = (2 * t * current - next + Coefficients[i], current);
        return (t * current - next + Coefficients[0]) / (1 + 2 * x);
    }

    private const int TableSize = 1024;

    /// <summary>Values and slopes of erfcx on equal steps of t = 4/(4 + x).</summary>
    private static readonly double[] table = Tabulate();

    /// <summary>exp(x²) erfc(x) for x ≥ 0 to about 1e-12, by cubic interpolation: for sums of very many terms.</summary>
    internal static double FastErfcx(double x)
    {
        var position = 4 / (4 + x) * TableSize;
        var i = Math.Min((int)position, TableSize - 1);
        double t = position - i, u = 1 - t;
        return u * u * ((1 + 2 * t) * table[2 * i] + t * table[2 * i + 1]) + t * t * ((1 + 2 * u) * table[2 * i + 2] - u * table[2 * i + 3]);
    }

    private const double Middle = 3.75;

    /// <summary>Chebyshev coefficients of (1 + 2x) erfcx(x) in (x − 3.75)/(x + 3.75), after Shepherd and Laframboise, Math. Comput. 36 (1981) 249.</summary>
    private static readonly double[] scaledSeries = ScaledSeries(15);

    private static double[] ScaledSeries(int count)
    {
        var c = new double[count];
        const int points = 64;
        for (var i = 0; i < points; i++)
        {
            var angle = Math.PI * (i + 0.5) / points;
            var x = Middle * (1 + Math.Cos(angle)) / (1 - Math.Cos(angle));
            var value = (1 + 2 * x) * Erfcx(x);
            for (var k = 0; k < count; k++)
                c[k] += (k == 0 ? 1.0 : 2) / points * value * Math.Cos(k * angle);
        }
        return c;
    }

    /// <summary>exp(x²) erfc(x) of four x ≥ 0 to about 1e-8.</summary>
    internal static Vector256<double> FastErfcx(Vector256<double> x)
    {
        Vector256<double> middle = Vector256.Create(Middle), t = (x - middle) / (x + middle), twice = t + t, b1 = Vector256<double>.Zero, b2 = b1;
        for (var k = scaledSeries.Length - 1; k > 0; k--)
            (b1, b2) = (twice * b1 - b2 + Vector256.Create(scaledSeries[k]), b1);
        return (t * b1 - b2 + Vector256.Create(scaledSeries[0])) / (x + x + Vector256<double>.One);
    }

    private const int NormalSteps = 32;
    private static readonly double[] normalTable = [.. Enumerable.Range(0, 2 * (16 * NormalSteps + 1)).Select(i =>
        (i / 2 / (double)NormalSteps - 8) is var x && i % 2 == 0 ? Normal.UpperTailOf(-x) : Normal.Density(x) / NormalSteps)];

    /// <summary>Φ(x) to about 1e-10 absolute, by cubic interpolation.</summary>
    internal static double FastNormalCdf(double x)
    {
        if (x >= 8)
            return 1;
        if (!(x > -8))
            return 0;
        var position = (x + 8) * NormalSteps;
        var i = (int)position;
        double t = position - i, u = 1 - t;
        return u * u * ((1 + 2 * t) * normalTable[2 * i] + t * normalTable[2 * i + 1]) + t * t * ((1 + 2 * u) * normalTable[2 * i + 2] - u * normalTable[2 * i + 3]);
    }

    private static double[] Tabulate()
    {
        var values = new double[2 * TableSize + 2];
        values[1] = 1 / (4 * Math.Sqrt(Math.PI)) / TableSize; // erfcx(x) ≈ 1/(x√π) at t = 0
        for (var i = 1; i <= TableSize; i++)
        {
            var t = (double)i / TableSize;
            var x = 4 / t - 4;
            values[2 * i] = Erfcx(x);
            // erfcx′ = 2x erfcx − 2/√π cancels for large x; its series does not.
            var slope = x > 20 ? -(1 - 1.5 / (x * x) + 3.75 / (x * x * x * x)) / (x * x * Math.Sqrt(Math.PI)) : 2 * x * values[2 * i] - 2 / Math.Sqrt(Math.PI);
            values[2 * i + 1] = slope * -4 / (t * t) / TableSize;
        }
        return values;
    }

    /// <summary>exp(−x²/2) without the error that rounding x² would bring to a large exponent.</summary>
    internal static double ExpOfMinusHalfSquare(double x)
    {
        if (Math.Abs(x) > 40)
            return 0;
        var head = Math.Round(x * 16) / 16;
        return Math.Exp(-0.5 * head * head) * Math.Exp(-0.5 * (x - head) * (x + head));
    }
}
