namespace Plumbline.Numerics;

/// <summary>Draws from a seeded stream: the same seed gives the same digits on every machine.</summary>
internal static class RandomDraws
{
    /// <summary>Fills with standard normal values by Marsaglia's polar method.</summary>
    internal static void Normal(this Random random, Span<double> target)
    {
        for (var i = 0; i < target.Length; i += 2)
        {
            var (a, b) = random.NormalPair();
            target[i] = a;
            if (i + 1 < target.Length)
                target[i + 1] = b;
        }
    }

    internal static (double, double) NormalPair(this Random random)
    {
        double x, y, square;
        do
        {
            x = 2 * random.NextDouble() - 1;
            y = 2 * random.NextDouble() - 1;
            square = x * x + y * y;
        }
        while (square >= 1 || square == 0);
        var factor = Math.Sqrt(-2 * Math.Log(square) / square);
        return (x * factor, y * factor);
    }

    /// <summary>Marsaglia and Tsang, ACM TOMS 26 (2000) 363; scale one.</summary>
    internal static double Gamma(this Random random, double shape)
    {
        if (shape < 1)
            return random.Gamma(shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = random.NormalPair().Item1;
            var v = 1 + c * x;
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Math.Log(1 - random.NextDouble()) < 0.5 * x * x + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }

    internal static double ChiSquare(this Random random, double degreesOfFreedom) => 2 * random.Gamma(degreesOfFreedom / 2);

    /// <summary>Student's t, or normal for infinitely many degrees of freedom.</summary>
    internal static double StudentT(this Random random, double degreesOfFreedom)
    {
        var z = random.NormalPair().Item1;
        return double.IsPositiveInfinity(degreesOfFreedom) ? z : z / Math.Sqrt(random.ChiSquare(degreesOfFreedom) / degreesOfFreedom);
    }
}
