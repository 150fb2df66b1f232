using System.Runtime.Intrinsics;

namespace Plumbline.Numerics;

/// <summary>The scaled complementary error function, on which both normal tails and the Laplace mixtures rest.</summary>
internal static class ErrorFunction
{
    // (1 + 2x) exp(x²) erfc(x) in powers of t = (x − 3.75)/(x + 3.75), from the Chebyshev series of a 40-digit computation; the powers cost no digits, their coefficients being as small.
    private static readonly double[] Coefficients =
    [
        1.2375126308378275796, -0.14024059858554696245, 0.0035854154854644293657, 0.082276738490145207683,
        -0.10880393014174885722, 0.09230432116037747776, -0.058693398589636774059, 0.028362277418956404286,
        -0.0097465795580292755337, 0.0017556258528952953569, 0.00029371366559134481992, -0.00029015408054084171104,
        0.000051649098892682403449, 0.000022384239155082229819, -0.000011444146237700523373, -9.7355989673677493407e-7,
        1.7516376488490621431e-6, -5.72182306032240875e-8, -2.5866850716155885443e-7, 2.3263508708859123732e-8,
        3.8675334242222356816e-8, -3.7442100809620186444e-9, -5.1739902140113096271e-9, 3.1114333809799251995e-10,
        4.2514714447963897765e-10,
    ];

    /// <summary>exp(x²) erfc(x); overflows to infinity below about −26.6.</summary>
    internal static double Erfcx(double x)
    {
        if (x < 0)
            return 2 * Math.Exp(x * x) - Erfcx(-x);
        var t = x > 1e15 ? 1 : (x - 3.75) / (x + 3.75);
        // Four chains in t⁴ side by side: one after the other twenty-four steps would wait for each other.
        double s = t * t, q = s * s;
        var c = Coefficients.AsSpan(0, 25);
        double d0 = c[24], d1 = c[21], d2 = c[22], d3 = c[23];
        for (var i = 20; i >= 4; i -= 4)
        {
            d0 = Math.FusedMultiplyAdd(d0, q, c[i]);
            d1 = Math.FusedMultiplyAdd(d1, q, c[i - 3]);
            d2 = Math.FusedMultiplyAdd(d2, q, c[i - 2]);
            d3 = Math.FusedMultiplyAdd(d3, q, c[i - 1]);
        }
        d0 = Math.FusedMultiplyAdd(d0, q, c[0]);
        return Math.FusedMultiplyAdd(Math.FusedMultiplyAdd(d3, t, d2), s, Math.FusedMultiplyAdd(d1, t, d0)) / (1 + 2 * x);
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
