namespace Plumbline.Numerics;

/// <summary>Uniform numbers in the open interval (0, 1), addressed by seed, input and block: whoever computes a block gets the same digits, on any thread and any machine.</summary>
internal abstract class RandomStream
{
    /// <summary>Lengths that <see cref="Fill"/> takes are multiples of this.</summary>
    internal const int Multiple = 16;

    private readonly double[] spare = new double[4 * Multiple];
    private int used;

    /// <summary>Goes to the beginning of a block of one input.</summary>
    internal void Start(ulong seed, uint input, ulong block)
    {
        used = spare.Length;
        Begin(seed, input, block);
    }

    private protected abstract void Begin(ulong seed, uint input, ulong block);

    internal abstract void Fill(Span<double> target);

    /// <summary>One number, for methods that reject some.</summary>
    internal double Next()
    {
        if (used == spare.Length)
        {
            Fill(spare);
            used = 0;
        }
        return spare[used++];
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(Next())) * Math.Cos(2 * Math.PI * Next());

    /// <summary>A gamma variable of unit scale (Marsaglia and Tsang, 2000).</summary>
    internal double Gamma(double shape)
    {
        if (shape < 1)
            return Gamma(shape + 1) * Math.Pow(Next(), 1 / shape);
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = 1 + c * x;
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Math.Log(Next()) < 0.5 * x * x + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }

    internal static RandomStream Of(RandomGenerator generator) => generator == RandomGenerator.Philox ? new PhiloxStream() : new XoshiroStream();
}

/// <summary>Which generator the draws come from; part of the result's record.</summary>
public enum RandomGenerator
{
    /// <summary>Philox4x32-10 (J. K. Salmon et al., SC11, 2011): counter-based, any block can be drawn again by itself.</summary>
    Philox,

    /// <summary>xoshiro256++ (D. Blackman and S. Vigna, 2019), eight lanes seeded afresh for every block: the fastest.</summary>
    Xoshiro,
}
