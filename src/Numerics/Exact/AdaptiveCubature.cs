namespace Plumbline.Numerics;

/// <summary>Integrals of several functions at once by adaptive Gauss–Kronrod rules, one inside the other: jumps and kinks are cornered by bisection.</summary>
internal static class AdaptiveCubature
{
    private readonly record struct Piece(double Low, double High, double[] Values, double Error);

    /// <summary>∫f over [low, high], componentwise, until the estimated error of each is below the tolerance.</summary>
    internal static double[] Integrate(Func<double, double[]> f, double low, double high, double[] tolerances, int mostPieces = 400)
    {
        var pieces = new PriorityQueue<Piece, double>();
        var total = new double[tolerances.Length];
        var error = 0.0;
        Add(low, (low + high) / 2);
        Add((low + high) / 2, high);
        while (error > 1 && pieces.Count < mostPieces && pieces.TryDequeue(out var worst, out _))
        {
            error -= worst.Error;
            var middle = (worst.Low + worst.High) / 2;
            if (!(middle > worst.Low && middle < worst.High) || worst.High - worst.Low < 1e-14 * (high - low))
            {
                // The jump is cornered: what is left of it cannot be seen.
                pieces.Enqueue(worst with { Error = 0 }, 0);
                continue;
            }
            Add(worst.Low, middle);
            Add(middle, worst.High);
        }
        foreach (var (piece, _) in pieces.UnorderedItems.OrderBy(p => p.Element.Low))
            for (var k = 0; k < total.Length; k++)
                total[k] += piece.Values[k];
        return total;

        void Add(double a, double b)
        {
            var piece = Rule(f, a, b, tolerances);
            error += piece.Error;
            pieces.Enqueue(piece, -piece.Error);
        }
    }

    private static Piece Rule(Func<double, double[]> f, double low, double high, double[] tolerances)
    {
        double centre = (low + high) / 2, half = (high - low) / 2;
        double[] fine = new double[tolerances.Length], coarse = new double[tolerances.Length];
        for (var i = 0; i < KronrodRule.Nodes.Length; i++)
            for (var side = -1; side <= 1; side += 2)
            {
                if (i == KronrodRule.Nodes.Length - 1 && side > 0)
                    break;
                var values = f(centre + side * half * KronrodRule.Nodes[i]);
                for (var k = 0; k < fine.Length; k++)
                {
                    fine[k] += half * KronrodRule.Weights[i] * values[k];
                    if (i % 2 == 1)
                        coarse[k] += half * KronrodRule.GaussWeights[i / 2] * values[k];
                }
            }
        var error = 0.0;
        for (var k = 0; k < fine.Length; k++)
            error = Math.Max(error, Math.Abs(fine[k] - coarse[k]) / tolerances[k]);
        return new(low, high, fine, error);
    }
}
