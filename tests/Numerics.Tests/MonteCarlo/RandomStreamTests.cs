using System.Runtime.Intrinsics;

namespace Plumbline.Numerics.Tests.MonteCarlo;

public class RandomStreamTests
{
    /// <summary>Known answers of the Random123 distribution (kat_vectors).</summary>
    [Theory]
    [InlineData(new uint[] { 0, 0, 0, 0 }, 0u, 0u, new uint[] { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 })]
    [InlineData(new uint[] { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff }, 0xffffffffu, 0xffffffffu, new uint[] { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd })]
    [InlineData(new uint[] { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, 0xa4093822u, 0x299f31d0u, new uint[] { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 })]
    public void Philox_gives_the_answers_of_its_authors(uint[] counter, uint key0, uint key1, uint[] expected) =>
        Assert.Equal(expected, PhiloxStream.Block(counter, key0, key1));

    [Fact]
    public void Philox_in_lanes_is_philox()
    {
        ulong seed = 0x0123_4567_89AB_CDEF, block = 0x1_0000_0007;
        var stream = new PhiloxStream();
        stream.Start(seed, 3, block);
        var numbers = new double[64];
        stream.Fill(numbers);
        for (var counter = 0u; counter < 32; counter++)
        {
            var words = PhiloxStream.Block([counter, 3, (uint)block, (uint)(block >> 32)], (uint)seed, (uint)(seed >> 32));
            var at = (int)(counter / 8 * 16 + counter % 8);
            Assert.Equal(Unit(words[0] | (ulong)words[1] << 32), numbers[at]);
            Assert.Equal(Unit(words[2] | (ulong)words[3] << 32), numbers[at + 8]);
        }
    }

    private static double Unit(ulong bits) => BitConverter.UInt64BitsToDouble(bits >> 12 | 0x3FF0_0000_0000_0000) - (1 - 1.0 / (1UL << 53));

    [Fact]
    public void Xoshiro_gives_the_answers_of_its_authors_and_the_lanes_follow_it()
    {
        ulong[] state = [1, 2, 3, 4];
        Assert.Equal([41943041UL, 58720359UL, 3588806011781223UL, 3591011842654386UL, 9228616714210784205UL], Enumerable.Range(0, 5).Select(_ => XoshiroStream.Next(state)));
        var stream = new XoshiroStream();
        stream.Start(7, 1, 2);
        var lane = stream.Lane(5);
        var numbers = new double[160];
        stream.Fill(numbers);
        for (var i = 0; i < 20; i++)
            Assert.Equal(Unit(XoshiroStream.Next(lane)), numbers[8 * i + 5]);
    }

    [Theory]
    [InlineData(RandomGenerator.Philox)]
    [InlineData(RandomGenerator.Xoshiro)]
    public void Uniform_numbers_are_uniform_and_unrelated_in_sequence_between_blocks_and_between_inputs(RandomGenerator generator)
    {
        const int n = 1 << 16;
        double[] a = Draw(0, 0), b = Draw(1, 0), c = Draw(0, 1);
        var cells = new int[256];
        foreach (var v in a)
        {
            Assert.InRange(v, double.Epsilon, 1 - 1e-17);
            cells[(int)(v * 256)]++;
        }
        Assert.InRange(cells.Sum(k => Math.Pow(k - n / 256.0, 2) / (n / 256.0)), 160, 370);
        foreach (var (x, y) in new[] { (a[..^1], a[1..]), (a[..^8], a[8..]), (a[..^16], a[16..]), (a, b), (a, c), (b, c) })
            Assert.InRange(Correlation(x, y) * Math.Sqrt(n), -4.5, 4.5);
        // The gap test of the low bits: parities must not repeat.
        Assert.InRange(a.Zip(a.Skip(1), (x, y) => ((BitConverter.DoubleToInt64Bits(x + 1) ^ BitConverter.DoubleToInt64Bits(y + 1)) >> 2 & 1) == 0 ? 1 : -1).Sum() / Math.Sqrt(n), -4.5, 4.5);

        double[] Draw(uint input, ulong block)
        {
            var stream = RandomStream.Of(generator);
            stream.Start(42, input, block);
            var values = new double[n];
            stream.Fill(values);
            return values;
        }
    }

    private static double Correlation(double[] x, double[] y) => 12 * x.Zip(y, (p, q) => (p - 0.5) * (q - 0.5)).Average();

    [Fact]
    public void Logarithm_exponential_and_circle_are_good_to_the_last_digits()
    {
        for (var i = 1; i < 20_000; i++)
        {
            var x = i / 20_000.0;
            Assert.Equal(1, At(BlockMath.Log(Vector256.Create(x)), 0) / Math.Log(x), 4e-16);
            var tiny = Math.Pow(2, -52.0 * x);
            Assert.Equal(1, At(BlockMath.Log(Vector256.Create(tiny)), 1) / Math.Log(tiny), 4e-16);
            var big = 1300 * (x - 0.5);
            Assert.Equal(1, At(BlockMath.Exp(Vector256.Create(big)), 2) / Math.Exp(big), 4e-16);
            var (sin, cos) = BlockMath.SinCosTurn(Vector256.Create(x));
            Assert.Equal(double.SinPi(2 * x), At(sin, 3), 3e-16);
            Assert.Equal(double.CosPi(2 * x), At(cos, 3), 3e-16);
        }
    }

    private static double At(Vector256<double> v, int lane) => v.GetElement(lane);

    /// <summary>Where the machine has no such lanes they are emulated: the digits are the same all the same.</summary>
    [Fact]
    public void Eight_lanes_give_the_digits_of_four()
    {
        var stream = new PhiloxStream();
        double[] Uniform(uint input)
        {
            var u = new double[1024];
            stream.Start(5, input, 9);
            stream.Fill(u);
            // Ends and middles too.
            (u[0], u[1], u[2], u[3], u[600], u[601]) = (1.0 / (1UL << 53), 1 - 1.0 / (1UL << 53), 0.5, 0.25, 0.75, 1e-9);
            return u;
        }
        double[] narrow = Uniform(1), wide = Uniform(1);
        BlockMath.NormalNarrow(narrow, 3, 0.7);
        BlockMathWide.Normal(wide, 3, 0.7);
        Assert.Equal(narrow, wide);
        foreach (var nu in (double[])[1, 2.5, 18, 1e5])
        {
            BlockMath.StudentTNarrow(Uniform(2), Uniform(3), -1, 2, nu, narrow);
            BlockMathWide.StudentT(Uniform(2), Uniform(3), -1, 2, nu, wide);
            Assert.Equal(narrow, wide);
        }
        (narrow, wide) = (Uniform(4), Uniform(4));
        BlockMath.ArcSineNarrow(narrow, 1, 0.5);
        BlockMathWide.ArcSine(wide, 1, 0.5);
        Assert.Equal(narrow, wide);
    }
}
