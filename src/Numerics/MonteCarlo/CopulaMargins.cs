namespace Plumbline.Numerics;

/// <summary>How the quantile function of a distribution is tabulated over a copula's variable.</summary>
internal enum QuantileShape
{
    /// <summary>Not at all: it is worked out value by value from the probability.</summary>
    Pointwise,

    /// <summary>It has corners, but is worked out quickly for a block of probabilities.</summary>
    Block,

    /// <summary>Smooth: the value itself.</summary>
    Linear,

    /// <summary>Smooth, positive, over orders of magnitude: its logarithm.</summary>
    Logarithmic,

    /// <summary>Smooth with heavy tails on both sides: its inverse hyperbolic sine.</summary>
    Tailed,
}

/// <summary>From the normal or t variables of a copula to the values of the inputs, block by block. Made once for an evaluation, read by all threads.</summary>
internal sealed class CopulaMargins
{
    /// <summary>Beyond this the probability is below 10⁻¹⁷.</summary>
    private const double Farthest = 8.6, Step = 0.0085;
    private const double FarthestOdds = 37;

    private readonly double nu, root;
    private readonly bool isHeavy;
    private readonly SmoothTable? probability, radius;
    private readonly Action<double[]>[] margins;

    internal CopulaMargins(IReadOnlyList<InputDistribution> distributions, Copula copula, double nu)
    {
        isHeavy = copula == Copula.StudentT;
        (this.nu, root) = (nu, Math.Sqrt(nu));
        if (isHeavy)
            radius = new SmoothTable(LogRadius, -FarthestOdds, FarthestOdds, 0.02);
        if (distributions.Any(d => d.QuantileShape is QuantileShape.Block or QuantileShape.Pointwise))
            probability = new SmoothTable(x => Probability(x).Lower, -Most, Most, Width);
        margins = [.. distributions.Select(Margin)];
    }

    private double Most => isHeavy ? Math.Asinh(StudentT.UpperQuantileOf(1e-17, nu) / root) : Farthest;

    /// <summary>In the middle the place is t/√ν: the step stays one of t.</summary>
    private double Width => isHeavy ? Step / Math.Max(1, root) : Step;

    /// <summary>½ ln(ν/χ²) at the odds of a uniform number.</summary>
    private double LogRadius(double logOdds)
    {
        var square = logOdds < 0 ? ChiSquare.Quantile(1 / (1 + Math.Exp(-logOdds)), nu) : ChiSquare.UpperQuantile(1 / (1 + Math.Exp(logOdds)), nu);
        return 0.5 * Math.Log(nu / Math.Max(square, double.Epsilon));
    }

    /// <summary>Both tails at a place of the table: z, or asinh(t/√ν).</summary>
    private (double Lower, double Upper) Probability(double x)
    {
        var upper = isHeavy ? StudentT.UpperTailOf(root * Math.Sinh(Math.Abs(x)), nu) : Normal.UpperTailOf(Math.Abs(x));
        return x < 0 ? (upper, 1 - upper) : (1 - upper, upper);
    }

    /// <summary>Uniform numbers become the factor √(ν/χ²) that makes normal variables of one trial t variables.</summary>
    internal void Radius(double[] uniform)
    {
        BlockMath.LogOdds(uniform);
        radius!.Apply(uniform);
        BlockMath.Exponentiate(uniform);
    }

    /// <summary>The copula's variables become values of the input at this place among the correlated ones.</summary>
    internal void Place(int input, double[] values) => margins[input](values);

    /// <summary>Places of the table become probabilities strictly between 0 and 1.</summary>
    private void Share(double[] v)
    {
        probability!.Apply(v);
        for (var i = 0; i < v.Length; i++)
            v[i] = Math.Min(Math.Max(v[i], 1e-300), 1 - 1e-16);
    }

    private Action<double[]> Margin(InputDistribution d)
    {
        if (!isHeavy && d is NormalDistribution)
            return v => BlockMath.Affine(v, d.StandardDeviation!.Value, d.Mean!.Value);
        if (isHeavy && d is StudentTDistribution t && t.DegreesOfFreedom == nu)
            return v => BlockMath.Affine(v, t.ScaleParameter, t.Location);
        Action<double[]> spread = isHeavy ? v => BlockMath.InverseSinh(v, 1 / root) : _ => { };
        if (d.QuantileShape == QuantileShape.Pointwise)
            return v =>
            {
                spread(v);
                Share(v);
                for (var i = 0; i < v.Length; i++)
                    v[i] = d.QuantileAt(v[i]);
            };
        if (d.QuantileShape == QuantileShape.Block)
            return v =>
            {
                spread(v);
                Share(v);
                d.Quantiles(v);
            };
        var (middle, unit) = d.QuantileShape == QuantileShape.Tailed ? d.TailedScale : (0, 1);
        double Value(double x)
        {
            // Beyond the middle the other tail has the digits: a probability near 1 has lost them.
            var (lower, upper) = Probability(x);
            var value = x < 0 ? d.QuantileAt(Math.Max(lower, 1e-300)) : d.UpperQuantileAt(Math.Max(upper, 1e-300));
            return d.QuantileShape switch { QuantileShape.Logarithmic => Math.Log(Math.Max(value, 1e-300)), QuantileShape.Tailed => Math.Asinh((value - middle) / unit), _ => value };
        }
        var table = new SmoothTable(Value, -Most, Most, Width);
        return v =>
        {
            spread(v);
            table.Apply(v);
            if (d.QuantileShape == QuantileShape.Logarithmic)
                BlockMath.Exponentiate(v);
            else if (d.QuantileShape == QuantileShape.Tailed)
                BlockMath.Sinh(v, middle, unit);
        };
    }
}
