using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary>Results with their uncertainties, as an estimator takes them.</summary>
/// <param name="DegreesOfFreedom">Null where the file gives none; infinity where a cell is blank.</param>
/// <param name="Seed">Of every estimator that simulates: the same seed gives the same digits.</param>
/// <param name="Correlation">Between the results; null where they are independent.</param>
internal sealed record Results(string[] Laboratories, double[] Values, double[] Uncertainties, double[]? DegreesOfFreedom, int Seed, double[,]? Correlation = null)
{
    /// <summary>V<sub>ij</sub> = r<sub>ij</sub>u<sub>i</sub>u<sub>j</sub>; null where the results are independent.</summary>
    public double[,]? Covariance
    {
        get
        {
            if (Correlation is null)
                return null;
            var v = new double[Values.Length, Values.Length];
            for (var i = 0; i < Values.Length; i++)
                for (var j = 0; j < Values.Length; j++)
                    v[i, j] = Correlation[i, j] * Uncertainties[i] * Uncertainties[j];
            return v;
        }
    }

    /// <summary>Some of the results, with all that belongs to them.</summary>
    public Results Take(bool[] chosen)
    {
        int[] at = [.. Enumerable.Range(0, chosen.Length).Where(i => chosen[i])];
        T[] Of<T>(T[] list) => [.. at.Select(i => list[i])];
        double[,]? r = null;
        if (Correlation is not null)
        {
            r = new double[at.Length, at.Length];
            for (var i = 0; i < at.Length; i++)
                for (var j = 0; j < at.Length; j++)
                    r[i, j] = Correlation[at[i], at[j]];
        }
        return this with { Laboratories = Of(Laboratories), Values = Of(Values), Uncertainties = Of(Uncertainties), DegreesOfFreedom = DegreesOfFreedom is { } nu ? Of(nu) : null, Correlation = r };
    }

    /// <summary>n, for estimators that know uncertainties from replicates.</summary>
    public int[]? Replicates => DegreesOfFreedom is { } nu && nu.All(n => n is >= 1 and < 1e6 && n == Math.Floor(n)) ? Array.ConvertAll(nu, n => (int)n + 1) : null;

    public Random Chance => new(Seed);
}

/// <summary>What an estimator says: reference value, and where it has them interval and degrees of equivalence of its own.</summary>
internal sealed record Estimate(ConsensusResult Reference, Interval? Interval = null, double[]? Deviations = null, double?[]? Expanded = null);

/// <summary>An estimator of the reference value by the name that <c>--method</c> takes.</summary>
/// <param name="Name">Its text is <c>method.{Name}</c>.</param>
/// <param name="Fewest">Results it needs.</param>
/// <param name="Make">Computes it.</param>
/// <param name="NeedsReplicates">It cannot do without whole degrees of freedom.</param>
/// <param name="TakesCorrelation">It knows what to do with correlated results.</param>
internal sealed record Estimator(string Name, int Fewest, Func<Results, Estimate> Make, bool NeedsReplicates = false, bool TakesCorrelation = false)
{
    public const string Usual = "dersimonian-laird";

    public static readonly Estimator[] All =
    [
        new("weighted-mean", 1, r => new(Weighted(r)), TakesCorrelation: true),
        new("weighted-mean-external", 2, r => External(Weighted(r)), TakesCorrelation: true),
        new("cut-off", 1, r => new(CutOffWeightedMean.Of(r.Values, r.Uncertainties))),
        new("cut-off-adjusted", 2, r => new(CutOffWeightedMean.Adjusted(r.Values, r.Uncertainties))),
        new("largest-consistent-subset", 2, r => new(LargestConsistentSubset.Of(r.Values, r.Uncertainties))),
        new("power-moderated-mean", 2, r => new(PowerModeratedMean.Of(r.Values, r.Uncertainties))),
        new("dersimonian-laird", 2, r => new(r.Covariance is { } v ? DerSimonianLaird.Of(r.Values, v) : DerSimonianLaird.Of(r.Values, r.Uncertainties)), TakesCorrelation: true),
        new("hartung-knapp", 2, r => HartungKnappOf(HartungKnapp.Of(r.Values, r.Uncertainties))),
        new("dersimonian-laird-bootstrap", 2, Bootstrap),
        new("paule-mandel", 2, r => new(r.Covariance is { } v ? PauleMandel.Of(r.Values, v) : PauleMandel.Of(r.Values, r.Uncertainties)), TakesCorrelation: true),
        new("paule-mandel-sandwich", 2, r => new(CcqmFamily.PauleMandelSandwich(r.Values, r.Uncertainties))),
        new("maximum-likelihood", 2, r => new(MaximumLikelihood.Of(r.Values, r.Uncertainties, Likelihood.Full).Reference)),
        new("restricted-likelihood", 2, r => new(MaximumLikelihood.Of(r.Values, r.Uncertainties, Likelihood.Restricted).Reference)),
        new("vangel-rukhin", 2, r => new(VangelRukhin.Of(r.Values, [.. r.Uncertainties.Select((u, i) => u * u * r.Replicates![i])], r.Replicates!).Reference), NeedsReplicates: true),
        new("graybill-deal-sinha", 2, r => new(CcqmFamily.GraybillDeal(r.Values, r.Uncertainties, r.Replicates!, GraybillDealCorrection.Sinha)), NeedsReplicates: true),
        new("graybill-deal-zhang", 2, r => new(CcqmFamily.GraybillDeal(r.Values, r.Uncertainties, r.Replicates!, GraybillDealCorrection.Zhang)), NeedsReplicates: true),
        new("schiller-eberhardt", 2, SchillerEberhardt),
        new("mean", 1, r => new(ArithmeticMean.Of(r.Values, r.Uncertainties))),
        new("mean-from-scatter", 2, r => new(ArithmeticMean.FromScatter(r.Values))),
        new("mean-scatter-and-stated", 2, r => new(CcqmFamily.Mean(r.Values, r.Uncertainties))),
        new("type-b-on-bias", 2, r => new(CcqmFamily.TypeBOnBias(r.Values, r.Uncertainties))),
        new("median", 2, r => new(MedianConsensus.Of(r.Values))),
        new("median-scatter-and-stated", 2, r => new(CcqmFamily.Median(r.Values, r.Uncertainties))),
        new("weighted-median", 2, r => new(WeightedMedian.Of(r.Values, r.Uncertainties, r.Chance, r.DegreesOfFreedom))),
        new("algorithm-a", 2, r => new(AlgorithmA.Of(r.Values))),
        new("huber", 2, r => new(HuberLocation.Of(r.Values))),
        new("procedure-b", 2, ProcedureBOf),
        new("linear-pool", 1, Pool),
        new("hierarchical-gauss", 2, r => Posterior(r, LaboratoryEffects.Gauss)),
        new("hierarchical-laplace", 2, r => Posterior(r, LaboratoryEffects.Laplace)),
        new("hierarchical-skew", 3, r => new(SkewHierarchicalBayes.Of(r.Values, r.Uncertainties, degreesOfFreedom: r.DegreesOfFreedom).Reference)),
    ];

    public static Estimator? Find(string name) => Array.Find(All, e => e.Name == name);

    /// <summary>Why the estimator cannot work on these results; null when it can.</summary>
    public string? Hindrance(Results results) => results.Values.Length < Fewest ? "few"
        : results.Correlation is not null && !TakesCorrelation ? "correlation"
        : NeedsReplicates && results.Replicates is null ? "replicates"
        : Name == "linear-pool" && results.DegreesOfFreedom?.Any(nu => nu <= 2) == true ? "freedom" : null;

    private static ConsensusResult Weighted(Results r) => r.Covariance is { } v ? WeightedMean.Of(r.Values, v) : WeightedMean.Of(r.Values, r.Uncertainties);

    private static Estimate External(ConsensusResult mean) => new(mean with { Method = "weighted-mean-external", StandardUncertainty = mean.ExternalStandardUncertainty ?? mean.StandardUncertainty });

    private static Estimate HartungKnappOf(HartungKnappResult fit) => new(fit.Reference with { Method = "hartung-knapp", StandardUncertainty = fit.StandardUncertainty }, fit.Interval);

    private static Estimate Bootstrap(Results r)
    {
        if (r.DegreesOfFreedom is not null)
        {
            var uncertain = DerSimonianLairdBootstrap.Of(r.Values, r.Uncertainties, r.Chance, r.DegreesOfFreedom);
            return new(uncertain.Reference, uncertain.Interval);
        }
        var (fit, deviations, expanded) = DerSimonianLairdBootstrap.Degrees(r.Values, r.Uncertainties, [.. r.Values.Select(_ => true)], r.Chance);
        return new(fit.Reference, fit.Interval, deviations, [.. expanded.Select(u => (double?)u)]);
    }

    private static Estimate SchillerEberhardt(Results r)
    {
        var (reference, expanded) = CcqmFamily.SchillerEberhardt(r.Values, r.Uncertainties);
        return new(reference, new(reference.Value - expanded, reference.Value + expanded));
    }

    private static Estimate ProcedureBOf(Results r)
    {
        var fit = ProcedureB.Of(r.Values, r.Uncertainties, r.Chance, r.DegreesOfFreedom);
        return new(fit.Reference, fit.ShortestInterval, [.. fit.Degrees.Select(d => d.Deviation)], [.. fit.Degrees.Select(d => (double?)((d.Interval.High - d.Interval.Low) / 2))]);
    }

    private static Estimate Pool(Results r)
    {
        var pool = LinearPool.Of(r.Values, r.Uncertainties, r.DegreesOfFreedom);
        return new(new ConsensusResult { Method = "linear-pool", Value = pool.Mean, StandardUncertainty = pool.StandardUncertainty!.Value, Included = [.. r.Values.Select(_ => true)] }, pool.Interval);
    }

    private static Estimate Posterior(Results r, LaboratoryEffects effects)
    {
        var (fit, degrees) = HierarchicalBayes.WithDegrees(r.Values, r.Uncertainties, new HierarchicalModel { Effects = effects }, r.DegreesOfFreedom);
        return new(fit.Reference, fit.Interval, [.. degrees.Select(d => d.Deviation)], [.. degrees.Select(d => (double?)d.ExpandedUncertainty)]);
    }
}
