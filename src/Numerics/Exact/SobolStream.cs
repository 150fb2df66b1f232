namespace Plumbline.Numerics;

/// <summary>Points of a Sobol' sequence with a random linear scrambling and a random shift (J. Matoušek, 1998): every Fill gives the next coordinates of the same points.</summary>
/// <remarks>Primitive polynomials and initial direction numbers of S. Joe and F. Y. Kuo, new-joe-kuo-6.21201 (2008; BSD licence), the first 21 dimensions.</remarks>
internal sealed class SobolStream : RandomStream
{
    internal const int MostDimensions = 21;

    /// <summary>For each dimension from the second: the polynomial's inner coefficients, then m₁, m₂, …</summary>
    private static readonly int[][] table =
    [
        [0, 1], [1, 1, 3], [1, 1, 3, 1], [2, 1, 1, 1], [1, 1, 1, 3, 3], [4, 1, 3, 5, 13], [2, 1, 1, 5, 5, 17], [4, 1, 1, 5, 5, 5], [7, 1, 1, 7, 11, 19], [11, 1, 1, 5, 1, 1],
        [13, 1, 1, 1, 3, 11], [14, 1, 3, 5, 5, 31], [1, 1, 3, 3, 9, 7, 49], [13, 1, 1, 1, 15, 21, 21], [16, 1, 3, 1, 13, 27, 49], [19, 1, 1, 1, 15, 7, 5], [22, 1, 3, 1, 15, 13, 25],
        [25, 1, 1, 5, 5, 19, 61], [1, 1, 3, 7, 11, 23, 15, 103], [4, 1, 3, 7, 13, 13, 15, 69],
    ];

    private static readonly uint[][] directions = [.. Enumerable.Range(0, MostDimensions).Select(Directions)];

    private readonly uint[][] scrambled = new uint[MostDimensions][];
    private readonly uint[] shifts = new uint[MostDimensions];
    private readonly int points;
    private uint firstPoint;
    private int dimension;

    /// <param name="points">Points of a block.</param>
    internal SobolStream(int points) => this.points = points;

    internal static uint[] Directions(int dimension)
    {
        var v = new uint[32];
        if (dimension == 0)
        {
            for (var i = 0; i < 32; i++)
                v[i] = 1u << (31 - i);
            return v;
        }
        var row = table[dimension - 1];
        var degree = row.Length - 1;
        for (var i = 0; i < 32; i++)
        {
            if (i < degree)
            {
                v[i] = (uint)row[i + 1] << (31 - i);
                continue;
            }
            v[i] = v[i - degree] ^ (v[i - degree] >> degree);
            for (var k = 1; k < degree; k++)
                if ((row[0] >> (degree - 1 - k) & 1) != 0)
                    v[i] ^= v[i - k];
        }
        return v;
    }

    /// <summary>Scrambles all dimensions anew.</summary>
    internal void Scramble(ulong seed, uint scramble)
    {
        var random = new PhiloxStream();
        random.Start(seed, uint.MaxValue - 1, scramble);
        for (var d = 0; d < MostDimensions; d++)
        {
            // A lower triangular matrix of random bits with ones on the diagonal, row by row.
            var rows = new uint[32];
            for (var i = 0; i < 32; i++)
                rows[i] = (uint)(random.Next() * (1UL << 32)) & ~(uint.MaxValue >> i) | 1u << (31 - i);
            shifts[d] = (uint)(random.Next() * (1UL << 32));
            scrambled[d] = Array.ConvertAll(directions[d], v =>
            {
                uint product = 0;
                for (var i = 0; i < 32; i++)
                    product |= (uint)(System.Numerics.BitOperations.PopCount(rows[i] & v) & 1) << (31 - i);
                return product;
            });
        }
    }

    private protected override void Begin(ulong seed, uint input, ulong block) => (firstPoint, dimension) = ((uint)((long)block * points), 0);

    internal override void Fill(Span<double> target)
    {
        for (var from = 0; from < target.Length; from += points, dimension++)
        {
            var v = scrambled[dimension];
            for (var i = 0; i < points; i++)
            {
                var x = shifts[dimension];
                for (uint index = firstPoint + (uint)i, bit = 0; index != 0; index >>= 1, bit++)
                    if ((index & 1) != 0)
                        x ^= v[bit];
                target[from + i] = (x + 0.5) / (1UL << 32);
            }
        }
    }

    /// <summary>How many coordinates a distribution takes.</summary>
    internal static int Dimensions(InputDistribution d) => d switch
    {
        ConstantDistribution => 0,
        StudentTDistribution { DegreesOfFreedom: <= 1e6 } or CurvilinearTrapezoidDistribution or TrapezoidalDistribution => 2,
        _ => 1,
    };
}
