namespace Plumbline.Numerics;

/// <summary>Means and covariances of a model of one or two inputs by quadrature: no trial, about nine digits, also across jumps such as the cut of an angle.</summary>
public static class ConditionalMoments
{
    /// <summary>The most inputs for which this is offered.</summary>
    public const int MostInputs = 2;

    /// <summary>Means and covariances of all results.</summary>
    /// <param name="model">The measurement model, with one or two quantities.</param>
    /// <param name="inputs">Their distributions; correlated ones as <see cref="JointInputs"/> says, by a normal copula.</param>
    /// <returns>Means and covariance matrix; null when there are more inputs, a t copula, or an input without a variance.</returns>
    /// <exception cref="ArgumentException">The inputs are not the model's quantities.</exception>
    public static (double[] Means, double[,] Covariance)? Of(MeasurementModel model, JointInputs inputs)
    {
        _ = TrialSource.Of(model, inputs);
        var n = inputs.Names.Count;
        if (n is 0 or > MostInputs || model.IsImplicit || inputs.Copula != Copula.Normal || inputs.Distributions.Any(d => d.Variance is null))
            return null;
        var r = inputs.Correlation?[0, 1] ?? 0;
        var first = Map(inputs.Distributions[0], 1);
        var second = n == 2 ? Map(inputs.Distributions[1], Math.Sqrt((1 - r) * (1 + r))) : null;
        var values = new double[model.Program.Count];
        var results = model.ResultNames.Count;
        var sums = 1 + results + results * (results + 1) / 2;
        double[] pilot = new double[results], scale = new double[results];
        // Rough centres and scales first: the tolerances are relative to them.
        var rough = Integral(Array.ConvertAll(new double[sums], _ => 1e-2), 60);
        for (var k = 0; k < results; k++)
        {
            pilot[k] = rough[1 + k] / rough[0];
            scale[k] = Math.Sqrt(Math.Max(rough[1 + results + k * (k + 1) / 2 + k] / rough[0] - pilot[k] * pilot[k], 1e-300));
        }
        var tolerances = new double[sums];
        tolerances[0] = 1e-11;
        for (var k = 0; k < results; k++)
        {
            tolerances[1 + k] = 1e-11 * scale[k];
            for (var j = 0; j <= k; j++)
                tolerances[1 + results + k * (k + 1) / 2 + j] = 1e-11 * scale[k] * scale[j];
        }
        var exact = Integral(tolerances, 600);
        var means = new double[results];
        var covariance = new double[results, results];
        for (var k = 0; k < results; k++)
            means[k] = pilot[k] + exact[1 + k] / exact[0];
        for (var k = 0; k < results; k++)
            for (var j = 0; j <= k; j++)
                covariance[k, j] = covariance[j, k] = exact[1 + results + k * (k + 1) / 2 + j] / exact[0] - (means[k] - pilot[k]) * (means[j] - pilot[j]);
        return (means, covariance);

        double[] Integral(double[] allowed, int pieces) => AdaptiveCubature.Integrate(s =>
        {
            var (x, w) = first(s, 0);
            if (second is null)
                return Weigh([x], w);
            return Array.ConvertAll(AdaptiveCubature.Integrate(t =>
            {
                var (y, v) = second(t, r * s);
                return Weigh([x, y], v);
            }, -Reach, Reach, Array.ConvertAll(allowed, a => 0.1 * a), pieces), v => v * w);
        }, -Reach, Reach, allowed, pieces);

        double[] Weigh(double[] at, double weight)
        {
            model.Program.Run(at, values);
            var sum = new double[sums];
            sum[0] = weight;
            for (var k = 0; k < results; k++)
            {
                var deviation = values[model.Program.Outputs[k]] - pilot[k];
                sum[1 + k] = weight * deviation;
                for (var j = 0; j <= k; j++)
                    sum[1 + results + k * (k + 1) / 2 + j] = weight * deviation * (values[model.Program.Outputs[j]] - pilot[j]);
            }
            return sum;
        }

        // A standard normal variable s stands for each input, with the rest of its spread when correlated: the value and the weight of s.
        Func<double, double, (double, double)> Map(InputDistribution d, double own) => (s, shift) =>
        {
            var z = shift + own * s;
            if (d is NormalDistribution)
                return (d.Mean!.Value + d.StandardDeviation!.Value * z, Normal.Density(s));
            return (d.QuantileAt(Math.Clamp(Normal.UpperTailOf(-z), 1e-300, 1 - 1e-16)), Normal.Density(s));
        };
    }

    private const double Reach = 9;
}
