using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary>One reference value with the degree of equivalence of every laboratory, those left out included.</summary>
/// <param name="Included">Which results the estimator was given.</param>
/// <param name="Reference">Over all laboratories: a result left out has weight zero.</param>
/// <param name="Interval">Of the estimator itself, about 95 %.</param>
/// <param name="Deviations">D, in the unit of the results.</param>
/// <param name="Expanded">U(D); null where it cannot be evaluated.</param>
/// <param name="TauInterval">95 % by the Q profile; null for fewer than two results.</param>
internal sealed record ConsensusStudy(Results All, Estimator Estimator, bool[] Included, double Factor, bool Dark, ConsensusResult Reference, Interval? Interval,
    double[] Deviations, double?[] Expanded, Interval? TauInterval)
{
    public double? Ratio(int i) => Expanded[i] is { } u ? Deviations[i] / u : null;

    public static Outcome<ConsensusStudy> Make(Results all, Estimator estimator, bool[] included, double factor, bool dark, string file)
    {
        var chosen = all.Take(included);
        if (estimator.Hindrance(chosen) is { } why)
            return new Refusal(why switch { "few" => "data-method-few", "replicates" => "data-method-replicates", "correlation" => "data-method-correlation", _ => "data-method-freedom" }, null, file, estimator.Name, chosen.Values.Length, estimator.Fewest);
        var estimate = estimator.Make(chosen);
        var reference = Spread(estimate.Reference, included);
        var recognised = dark ? DarkUncertainty.Recognised : DarkUncertainty.Ignored;
        var degrees = all.Covariance is { } v ? DegreesOfEquivalence.Unilateral(all.Values, v, reference, factor, darkUncertainty: recognised)
            : DegreesOfEquivalence.Unilateral(all.Values, all.Uncertainties, reference, factor, darkUncertainty: recognised);
        var expanded = degrees.ExpandedUncertainties;
        double[] deviations = [.. all.Values.Select(x => x - reference.Value)];
        if (estimate is { Deviations: { } own, Expanded: { } of })
            for (int i = 0, j = 0; i < included.Length; i++)
                if (included[i])
                    (deviations[i], expanded[i]) = (own[j], of[j++]);
        return new ConsensusStudy(all, estimator, included, factor, dark, reference, estimate.Interval, deviations, expanded,
            chosen.Values.Length > 1 && chosen.Correlation is null ? Numerics.TauInterval.Of(chosen.Values, chosen.Uncertainties) : null);
    }

    /// <summary>The results that take part.</summary>
    public Results Members => All.Take(Included);

    /// <summary>All pairs of laboratories, with correlations and, where it is recognised, τ.</summary>
    public PairwiseResult Pairs() => All.Covariance is { } v ? DegreesOfEquivalence.Pairwise(All.Values, v, Factor)
        : DegreesOfEquivalence.Pairwise(All.Values, All.Uncertainties, Factor, tau: Dark ? Reference.Tau ?? 0 : 0);

    private static ConsensusResult Spread(ConsensusResult reference, bool[] included)
    {
        int[] places = [.. Enumerable.Range(0, included.Length).Where(i => included[i])];
        var used = new bool[included.Length];
        var weights = reference.Weights is null ? null : new double[included.Length];
        for (var j = 0; j < places.Length; j++)
        {
            used[places[j]] = reference.Included[j];
            if (weights is not null)
                weights[places[j]] = reference.Weights![j];
        }
        return reference with { Included = used, Weights = weights };
    }
}
