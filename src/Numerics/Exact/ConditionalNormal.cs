namespace Plumbline.Numerics;

/// <summary>Models that are linear in normal inputs when the others are held: a mixture of normal distributions over a Gauss grid of the others.</summary>
internal static class ConditionalNormal
{
    private const int MostOthers = 3;
    private static readonly int[] rules = [8, 12, 16, 24, 48];

    internal static ExactDistribution? Distribution(ModelProgram program, int output, JointInputs inputs)
    {
        var n = inputs.Distributions.Count;
        if (inputs.Correlation is not null || inputs.Distributions.Any(d => d.Variance is null))
            return null;
        var marked = new bool[n];
        // Normal inputs with the largest spread first: as many as the model is jointly linear in.
        var estimates = inputs.Distributions.Select(d => d.Estimate).ToArray();
        foreach (var i in Enumerable.Range(0, n).Where(i => inputs.Distributions[i] is NormalDistribution))
        {
            marked[i] = true;
            marked[i] = AffineModel.IsAffineIn(program, output, marked);
        }
        int[] normals = [.. Enumerable.Range(0, n).Where(i => marked[i])], others = [.. Enumerable.Range(0, n).Where(i => !marked[i] && inputs.Distributions[i] is not ConstantDistribution)];
        if (normals.Length == 0 || others.Length > MostOthers)
            return null;
        // A wide normal sum makes the distribution function smooth, and few nodes do: the next finer rule shows whether they did.
        var fine = Mixture(program, output, inputs, estimates, normals, others, rules[0]);
        double mean = 0, variance = 0, error = double.PositiveInfinity;
        for (var r = 1; r < rules.Length && error > 1e-9; r++)
        {
            var coarse = fine;
            fine = Mixture(program, output, inputs, estimates, normals, others, rules[r]);
            if (fine.Any(c => !(c.Deviation > 0)))
                return null;
            mean = fine.Sum(c => c.Weight * c.Mean);
            variance = fine.Sum(c => c.Weight * (c.Deviation * c.Deviation + (c.Mean - mean) * (c.Mean - mean)));
            var u = Math.Sqrt(variance);
            error = new[] { -2.0, -1, 0, 1, 2 }.Max(z => Math.Abs(At(fine, mean + z * u).Cdf - At(coarse, mean + z * u).Cdf));
        }
        if (!(error < 1e-6))
            return null;
        double low = fine.Min(c => c.Mean - 8.5 * c.Deviation), high = fine.Max(c => c.Mean + 8.5 * c.Deviation);
        return new(ExactMethod.Conditional, mean, variance, new(low, high), error + 1e-12, y => At(fine, y))
        {
            ExcessKurtosis = fine.Sum(c => c.Weight * Fourth(c.Deviation * c.Deviation, (c.Mean - mean) * (c.Mean - mean))) / (variance * variance) - 3,
        };
        static double Fourth(double s, double d) => 3 * s * s + 6 * s * d + d * d;
    }

    private static (double Cdf, double Density) At((double Weight, double Mean, double Deviation)[] mixture, double y)
    {
        double cdf = 0, density = 0;
        foreach (var (w, m, s) in mixture)
        {
            var z = (y - m) / s;
            if (z > 9)
                cdf += w;
            else if (z > -9)
            {
                cdf += w * Normal.UpperTailOf(-z);
                density += w * Math.Exp(-0.5 * z * z) / s;
            }
        }
        return (cdf, density / Math.Sqrt(2 * Math.PI));
    }

    private static (double Weight, double Mean, double Deviation)[] Mixture(ModelProgram program, int output, JointInputs inputs, double[] estimates, int[] normals, int[] others, int nodes)
    {
        var (x, w) = GaussLegendre.Rule(nodes);
        var axes = Array.ConvertAll(others, i => Array.ConvertAll(x, v => inputs.Distributions[i].QuantileAt((v + 1) / 2)));
        var mixture = new (double, double, double)[(int)Math.Pow(nodes, others.Length)];
        double[] at = [.. estimates], values = new double[program.Count];
        for (var cell = 0; cell < mixture.Length; cell++)
        {
            var weight = 1.0;
            for (int a = 0, rest = cell; a < others.Length; a++, rest /= nodes)
            {
                at[others[a]] = axes[a][rest % nodes];
                weight *= w[rest % nodes] / 2;
            }
            program.Run(at, values);
            var mean = values[output];
            var variance = 0.0;
            foreach (var i in normals)
            {
                // Linear in it: one step of a standard deviation is its contribution.
                at[i] = estimates[i] + inputs.Distributions[i].StandardDeviation!.Value;
                program.Run(at, values);
                variance += (values[output] - mean) * (values[output] - mean);
                at[i] = estimates[i];
            }
            mixture[cell] = (weight, mean, Math.Sqrt(variance));
        }
        return mixture;
    }
}
