namespace Plumbline.Numerics;

/// <summary>Draws a block of every input: one stream an input, so that adding an input leaves the digits of the others alone. One for each thread.</summary>
internal sealed class InputDrawer(JointInputs inputs, ulong seed, RandomGenerator generator, uint firstStream = 0)
{
    /// <summary>Trials in a block: the unit that is drawn, counted and merged.</summary>
    internal const int Lanes = 1024;

    private readonly RandomStream stream = RandomStream.Of(generator);
    private readonly double[] scratch = new double[2 * Lanes], radius = new double[Lanes], z = new double[Lanes];
    private readonly double[][] normals = [.. Enumerable.Range(0, inputs.Correlated.Length).Select(_ => new double[Lanes])];

    internal double[][] Values { get; } = [.. inputs.Names.Select(_ => new double[Lanes])];

    internal void Draw(ulong block)
    {
        var correlated = inputs.Correlated;
        for (var i = 0; i < Values.Length; i++)
        {
            var place = correlated.IndexOf(i);
            stream.Start(seed, firstStream + (uint)i, block);
            if (place < 0)
                inputs.Distributions[i].Draw(stream, Values[i], scratch);
            else
            {
                stream.Fill(normals[place]);
                BlockMath.Normal(normals[place], 0, 1);
            }
        }
        if (correlated.Length > 0)
            Correlate(block);
    }

    private void Correlate(ulong block)
    {
        var nu = inputs.CopulaDegreesOfFreedom;
        var heavy = inputs.Copula == Copula.StudentT;
        if (heavy)
        {
            stream.Start(seed, uint.MaxValue - firstStream, block);
            for (var t = 0; t < Lanes; t++)
                radius[t] = Math.Sqrt(nu / (2 * stream.Gamma(nu / 2)));
        }
        for (var row = 0; row < normals.Length; row++)
        {
            z.AsSpan().Clear();
            for (var k = 0; k <= row; k++)
                BlockMath.AddScaled(normals[k], inputs.Factor[row, k], z);
            Place(inputs.Distributions[inputs.Correlated[row]], Values[inputs.Correlated[row]], heavy, nu);
        }
    }

    /// <summary>The value of the distribution at the probability of each underlying variable.</summary>
    private void Place(InputDistribution d, double[] target, bool heavy, double nu)
    {
        if (d is NormalDistribution && !heavy)
        {
            double mean = d.Mean!.Value, deviation = d.StandardDeviation!.Value;
            for (var t = 0; t < Lanes; t++)
                target[t] = mean + deviation * z[t];
            return;
        }
        var same = heavy && d is StudentTDistribution s && s.DegreesOfFreedom == nu;
        for (var t = 0; t < Lanes; t++)
        {
            var v = heavy ? z[t] * radius[t] : z[t];
            if (same)
            {
                target[t] = ((StudentTDistribution)d).Location + ((StudentTDistribution)d).ScaleParameter * v;
                continue;
            }
            var p = heavy ? StudentT.UpperTailOf(-v, nu) : Normal.UpperTailOf(-v);
            target[t] = d.QuantileAt(Math.Clamp(p, 1e-300, 1 - 1e-16));
        }
    }
}
