namespace Plumbline.Numerics;

/// <summary>Bayesian reference values (贝叶斯参考值) from a hierarchical model, by deterministic quadrature: no chains, no seed, the same digits every time.</summary>
/// <remarks>
/// Laboratory effects are integrated analytically, unknown σ<sub>j</sub> by a trapezoid rule in ln σ<sub>j</sub>, τ by one in asinh τ, μ by adaptive Gauss–Legendre panels.
/// All priors are arguments. With few laboratories the prior of τ matters: try other scales.
/// </remarks>
public static class HierarchicalBayes
{
    /// <summary>The posterior of μ and τ.</summary>
    /// <param name="values">At least three results, two where μ has a proper prior, in one unit, at most 500.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="model">Effects and priors; null for normal effects, flat μ and half-Cauchy τ.</param>
    /// <param name="degreesOfFreedom">Degrees of freedom of the uncertainties; infinity for one without doubt; null for all infinite.</param>
    /// <returns>Mean, standard deviation, median and intervals.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException">Too few or too many results, or the lengths differ.</exception>
    public static PosteriorResult Of(double[] values, double[] standardUncertainties, HierarchicalModel? model = null, double[]? degreesOfFreedom = null)
    {
        var (frame, priors, simple) = Prepare(values, standardUncertainties, ref model, degreesOfFreedom);
        return simple ? new NormalPosterior(frame, priors).Result(model!.Coverage) : new PanelPosterior(frame, priors, degreesOfFreedom).Result(model!.Coverage);
    }

    /// <summary>The posterior with degrees of equivalence: x<sub>j</sub> − μ, widened by the laboratory's own uncertainty and, where recognised, by τ.</summary>
    /// <param name="values">At least three results, two where μ has a proper prior, in one unit, at most 500.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="model">Effects and priors; null for normal effects, flat μ and half-Cauchy τ.</param>
    /// <param name="degreesOfFreedom">Degrees of freedom of the uncertainties; infinity for one without doubt; null for all infinite.</param>
    /// <param name="darkUncertainty">Whether τ counts as part of what a laboratory's result may differ by.</param>
    /// <returns>The posterior, and one degree for each laboratory at the model's coverage.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException">Too few or too many results, or the lengths differ.</exception>
    /// <remarks>As in the NIST Decision Tree, the laboratory's error is taken as independent of μ: for a result that weighs much in μ the degree is somewhat too wide.</remarks>
    public static (PosteriorResult Result, PosteriorDegree[] Degrees) WithDegrees(double[] values, double[] standardUncertainties, HierarchicalModel? model = null,
        double[]? degreesOfFreedom = null, DarkUncertainty darkUncertainty = DarkUncertainty.Recognised)
    {
        var (frame, priors, simple) = Prepare(values, standardUncertainties, ref model, degreesOfFreedom);
        var recognised = darkUncertainty == DarkUncertainty.Recognised;
        var coverage = model!.Coverage;
        PosteriorResult result;
        DifferenceMixture[] mixtures;
        if (simple)
        {
            var posterior = new NormalPosterior(frame, priors);
            (result, mixtures) = (posterior.Result(coverage), posterior.Differences(recognised));
        }
        else
        {
            var posterior = new PanelPosterior(frame, priors, degreesOfFreedom);
            (result, mixtures) = (posterior.Result(coverage), posterior.Differences(recognised));
        }
        return (result, [.. mixtures.Select((m, j) => new PosteriorDegree(values[j] - result.Reference.Value, frame.Scale * m.StandardDeviation, frame.Scale * m.HalfWidth(coverage)))]);
    }

    private static (Frame Frame, Priors Priors, bool Simple) Prepare(double[] values, double[] standardUncertainties, ref HierarchicalModel? model, double[]? degreesOfFreedom)
    {
        model ??= new();
        Check(model);
        // Two results leave μ without a variance unless its prior has one.
        Require.Finite(values, model.MeanPrior == MeanPrior.Flat ? 3 : 2);
        if (values.Length > 500)
            throw new ArgumentException("At most 500 results.", nameof(values));
        Require.Positive(standardUncertainties, values.Length);
        if (degreesOfFreedom is not null)
            Require.DegreesOfFreedom(degreesOfFreedom, values.Length);
        var frame = Frame.Of(values, standardUncertainties);
        var simple = model.Effects == LaboratoryEffects.Gauss && model.MeanPrior != MeanPrior.StudentT3
            && (degreesOfFreedom is null || Array.TrueForAll(degreesOfFreedom, double.IsPositiveInfinity));
        return (frame, Priors.Of(model, frame), simple);
    }

    internal static void Check(HierarchicalModel model)
    {
        Require.Finite(model.MeanLocation, nameof(model));
        Require.Positive(model.MeanScale, nameof(model));
        if (model.TauScale is { } tau)
            Require.Positive(tau, nameof(model));
        if (model.SigmaScale is { } sigma)
            Require.Positive(sigma, nameof(model));
        Require.Probability(model.Coverage, nameof(model));
    }
}

/// <summary>The priors seen from the frame of the data.</summary>
internal sealed record Priors(LaboratoryEffects Effects, MeanPrior Mean, double Location, double Scale, double Tau, double Sigma)
{
    internal static Priors Of(HierarchicalModel model, Frame frame)
    {
        var median = RobustScale.MedianOf(frame.Z);
        var mad = RobustScale.NormalMad * RobustScale.MadOf(frame.Z, median);
        var typical = RobustScale.MedianOf(frame.S);
        return new(model.Effects, model.MeanPrior, (model.MeanLocation - frame.Centre) / frame.Scale, model.MeanScale / frame.Scale,
            model.TauScale / frame.Scale ?? (mad > 0 ? mad : typical), model.SigmaScale / frame.Scale ?? typical);
    }

    /// <summary>ln of the prior density of μ up to a constant.</summary>
    internal double LogOfMean(double mu)
    {
        var t = (mu - Location) / Scale;
        return Mean switch { MeanPrior.Flat => 0, MeanPrior.Normal => -0.5 * t * t, _ => -2 * GammaFunctions.Log1P(t * t / 3) };
    }

    /// <summary>
    /// Trapezoid nodes in v with τ = a sinh v, weights with the prior of τ and dτ/dv. Everything is even in v, so the rule on the half line
    /// converges faster than any power of its step.
    /// </summary>
    internal (double[] Tau, double[] Weight, double[] V) TauNodes(Frame frame, double step)
    {
        var a = frame.S.Min();
        var range = Math.Max(frame.Z.Max() - frame.Z.Min(), frame.S.Max());
        if (Mean != MeanPrior.Flat)
            range = Math.Max(range, frame.Z.Max(z => Math.Abs(z - Location)) > 5 * Scale ? frame.Z.Max(z => Math.Abs(z - Location)) : 0);
        // The posterior of τ falls like τ^−(n+1), and the variance of μ given τ grows like τ²: far enough out the rest is 1e-8.
        var reach = Math.Pow(10, Math.Clamp(8.0 / Math.Max(1, frame.Z.Length - 2), 2, 6));
        var last = (int)Math.Ceiling(Math.Asinh(Math.Max(range, Math.Min(Tau, 100 * range)) * reach / a) / step);
        double[] tau = new double[last + 1], weight = new double[last + 1], v = new double[last + 1];
        for (var i = 0; i <= last; i++)
        {
            v[i] = i * step;
            tau[i] = a * Math.Sinh(v[i]);
            weight[i] = a * Math.Cosh(v[i]) / (1 + tau[i] / Tau * (tau[i] / Tau)) * (i == 0 ? 0.5 : 1);
        }
        return (tau, weight, v);
    }
}
