namespace Plumbline.Numerics;

/// <summary>Integrals of several functions at once by adaptive Gauss–Kronrod rules, one inside the other: jumps and kinks are cornered by bisection.</summary>
internal static class AdaptiveCubature
{
    // Nodes and weights of the Kronrod rule of 15 points and of its Gauss rule of 7 (QUADPACK, qk15).
    private static readonly double[] nodes =
    [
        0.991455371120812639206854697526329, 0.949107912342758524526189684047851, 0.864864423359769072789712788640926, 0.741531185599394439863864773280788,
        0.586087235467691130294144691258447, 0.405845151377397166906606412076961, 0.207784955007898467600689403773245, 0,
    ];

    private static readonly double[] kronrod =
    [
        0.022935322010529224963732008058970, 0.063092092629978553290700663189204, 0.104790010322250183839876322541518, 0.140653259715525918745189590510238,
        0.169004726639267902826583426598550, 0.190350578064785409913256402421014, 0.204432940075298892414161999234649, 0.209482141084727828012999174891714,
    ];

    private static readonly double[] gauss = [0.129484966168869693270611432679082, 0.279705391489276667901467771423780, 0.381830050505118944950369775488975, 0.417959183673469387755102040816327];

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
        for (var i = 0; i < nodes.Length; i++)
            for (var side = -1; side <= 1; side += 2)
            {
                if (i == nodes.Length - 1 && side > 0)
                    break;
                var values = f(centre + side * half * nodes[i]);
                for (var k = 0; k < fine.Length; k++)
                {
                    fine[k] += half * kronrod[i] * values[k];
                    if (i % 2 == 1)
                        coarse[k] += half * gauss[i / 2] * values[k];
                }
            }
        var error = 0.0;
        for (var k = 0; k < fine.Length; k++)
            error = Math.Max(error, Math.Abs(fine[k] - coarse[k]) / tolerances[k]);
        return new(low, high, fine, error);
    }
}
