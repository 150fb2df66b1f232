namespace Plumbline.Numerics;

/// <summary>Draws a block of every input: one stream an input, so that adding an input leaves the digits of the others alone. One for each thread.</summary>
internal sealed class InputDrawer(JointInputs inputs, ulong seed, RandomGenerator generator, uint firstStream = 0)
{
    /// <summary>Trials in a block: the unit that is drawn, counted and merged.</summary>
    internal const int Lanes = 1024;

    private readonly RandomStream stream = RandomStream.Of(generator);
    private readonly double[] scratch = new double[2 * Lanes], radius = new double[Lanes];
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

    /// <summary>Variables of the copula become values of the inputs.</summary>
    private void Correlate(ulong block)
    {
        var margins = inputs.Margins;
        var heavy = inputs.Copula == Copula.StudentT;
        if (heavy)
        {
            stream.Start(seed, uint.MaxValue - firstStream, block);
            stream.Fill(radius);
            margins.Radius(radius);
        }
        for (var row = 0; row < normals.Length; row++)
        {
            var target = Values[inputs.Correlated[row]];
            target.AsSpan().Clear();
            for (var k = 0; k <= row; k++)
                BlockMath.AddScaled(normals[k], inputs.Factor[row, k], target);
            if (heavy)
                BlockMath.Multiply(target, radius);
            margins.Place(row, target);
        }
    }
}
