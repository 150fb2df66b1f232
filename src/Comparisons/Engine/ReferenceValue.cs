using Plumbline.Numerics;

namespace Plumbline.Comparisons;

/// <summary>The reference value of one point by one method, spread over all results, those included that do not enter it.</summary>
internal sealed class ReferenceValue
{
    /// <summary>In the order of the readings that are scored against it: all but the one that gave it.</summary>
    public required ConsensusResult Consensus { get; init; }
    public required ReferenceFigures Figures { get; init; }
    public ConsistencyTest? Consistency { get; init; }

    public static ReferenceValue? Of(EvaluationInput input, InputPoint point, IReadOnlyList<Reading> readings, IReadOnlySet<string> excluded, ReferenceMethod method, List<EvaluationWarning> warnings)
    {
        if (method == ReferenceMethod.PilotValue)
            return Given(input, point, readings, warnings);
        var members = Enumerable.Range(0, readings.Count)
            .Where(i => !excluded.Contains(readings[i].Laboratory.Code) && (input.Options.PilotContributes || !readings[i].Laboratory.IsPilot)).ToArray();
        if (members.Length < FewestFor(method))
        {
            warnings.Add(new("too-few-results", point.Id, null, $"{members.Length}", $"{FewestFor(method)}"));
            return null;
        }
        if (members.Length > MostFor(method))
        {
            warnings.Add(new("too-many-results", point.Id, null, $"{members.Length}", $"{MostFor(method)}"));
            return null;
        }
        double[] x = [.. members.Select(i => readings[i].Value)], u = [.. members.Select(i => readings[i].Combined)];
        var inner = Estimate(method, x, u, input.Options);
        if (!double.IsFinite(inner.Value) || !double.IsFinite(inner.StandardUncertainty))
        {
            warnings.Add(new("not-converged", point.Id, null, $"{inner.Iterations}"));
            return null;
        }
        var consensus = Spread(inner, members, readings.Count);
        var consistency = Test(inner.ChiSquared is null ? WeightedMean.Of(x, u) : inner, inner.ChiSquared is null ? ReferenceMethod.WeightedMean : method, input.Options);
        foreach (var code in inner.Warnings)
            warnings.Add(new($"reference-{code}", point.Id));
        if (!inner.Converged)
            warnings.Add(new("not-converged", point.Id, null, $"{inner.Iterations}"));
        if (consistency is { Passed: false } && method is ReferenceMethod.WeightedMean or ReferenceMethod.ArithmeticMean)
            warnings.Add(new("inconsistent", point.Id));
        return new() { Consensus = consensus, Consistency = consistency, Figures = FiguresOf(method, consensus, readings, input.Options) };
    }

    /// <summary>A value from outside the results, or the pilot laboratory's own.</summary>
    private static ReferenceValue? Given(EvaluationInput input, InputPoint point, IReadOnlyList<Reading> readings, List<EvaluationWarning> warnings)
    {
        var outside = input.References.FirstOrDefault(r => r.Point == point.Id);
        var pilot = outside is null ? readings.FirstOrDefault(r => r.Laboratory.IsPilot) : null;
        if (outside is null && pilot is null)
        {
            warnings.Add(new("no-pilot-value", point.Id));
            return null;
        }
        var others = readings.Where(r => r != pilot).ToArray();
        if (others.Length == 0)
        {
            warnings.Add(new("too-few-results", point.Id, null, "0", "1"));
            return null;
        }
        var consensus = GivenReference.Of([.. others.Select(r => r.Value)], [.. others.Select(r => r.Combined)], outside?.Value ?? pilot!.Value, outside?.StandardUncertainty ?? pilot!.Own);
        return new()
        {
            Consensus = consensus,
            Consistency = Test(consensus, ReferenceMethod.PilotValue, input.Options),
            Figures = FiguresOf(ReferenceMethod.PilotValue, consensus, others, input.Options) with { GivenBy = pilot?.Laboratory.Code, Source = outside?.Source, SourceEn = outside?.SourceEn },
        };
    }

    private static ConsensusResult Estimate(ReferenceMethod method, double[] x, double[] u, EvaluationOptions options) => method switch
    {
        ReferenceMethod.WeightedMean => WeightedMean.Of(x, u),
        ReferenceMethod.LargestConsistentSubset => LargestConsistentSubset.Of(x, u, options.ConsistencyLevel),
        ReferenceMethod.ArithmeticMean => ArithmeticMean.Of(x, u),
        ReferenceMethod.Median => MedianConsensus.Of(x),
        ReferenceMethod.AlgorithmA => AlgorithmA.Of(x),
        ReferenceMethod.DerSimonianLaird => DerSimonianLaird.Of(x, u),
        ReferenceMethod.MandelPaule => PauleMandel.Of(x, u),
        ReferenceMethod.PowerModeratedMean => PowerModeratedMean.Of(x, u, options.PowerAlpha, options.PowerOutlierFactor ?? 2.5),
        ReferenceMethod.RestrictedMaximumLikelihood => MaximumLikelihood.Of(x, u).Reference,
        ReferenceMethod.CutOffWeightedMean => CutOffWeightedMean.Of(x, u),
        ReferenceMethod.Huber => HuberLocation.Of(x, options.HuberTuning ?? 1.5),
        ReferenceMethod.QHampel => QHampel(x),
        ReferenceMethod.HierarchicalGauss => HierarchicalBayes.Of(x, u, new() { TauScale = options.TauPriorScale }).Reference,
        ReferenceMethod.HierarchicalLaplace => HierarchicalBayes.Of(x, u, new() { Effects = LaboratoryEffects.Laplace, TauScale = options.TauPriorScale }).Reference,
        ReferenceMethod.MaximumLikelihood => MaximumLikelihood.Of(x, u, Likelihood.Full).Reference,
        ReferenceMethod.WeightedMedian => WeightedMedian.Of(x, u, new Random(Seed)),
        ReferenceMethod.LinearPool => Pool(x, u),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not a consensus method."),
    };

    // The weighted median's uncertainty is a bootstrap: the same seed gives the same digits whenever it is recomputed.
    private const int Seed = 20150507;

    private static ConsensusResult Pool(double[] x, double[] u)
    {
        var pool = LinearPool.Of(x, u);
        return new() { Method = "linear-pool", Value = pool.Mean, StandardUncertainty = pool.StandardUncertainty ?? double.NaN, Included = [.. Enumerable.Repeat(true, x.Length)] };
    }

    // The priors of the hierarchical models are those of the numeric library; with two results they decide everything.
    private static int FewestFor(ReferenceMethod method) => method is ReferenceMethod.HierarchicalGauss or ReferenceMethod.HierarchicalLaplace ? 3 : 2;

    private static int MostFor(ReferenceMethod method) => method is ReferenceMethod.HierarchicalGauss or ReferenceMethod.HierarchicalLaplace ? 500 : int.MaxValue;

    // u = 1.25 s/√p, as for the other robust means of ISO 13528 (7.7.3).
    private static ConsensusResult QHampel(double[] x)
    {
        var fit = QMethod.Of(x);
        return new()
        {
            Method = "q-hampel", Value = fit.Mean, StandardUncertainty = 1.25 * fit.StandardDeviation / Math.Sqrt(x.Length), Included = [.. x.Select(_ => true)],
            Warnings = [.. fit.Ambiguous ? ["ambiguous"] : Array.Empty<string>(), .. fit.StandardDeviation == 0 ? ["no-spread"] : Array.Empty<string>()],
        };
    }

    private static ConsensusResult Spread(ConsensusResult inner, int[] members, int count)
    {
        var weights = inner.Weights is null ? null : new double[count];
        var included = new bool[count];
        for (var i = 0; i < members.Length; i++)
        {
            included[members[i]] = inner.Included[i];
            if (weights is not null)
                weights[members[i]] = inner.Weights![i];
        }
        return inner with { Weights = weights, Included = included };
    }

    private static ConsistencyTest? Test(ConsensusResult about, ReferenceMethod method, EvaluationOptions options)
    {
        if (about is not { ChiSquared: { } q, DegreesOfFreedom: { } nu and > 0, PValue: { } p })
            return null;
        return new()
        {
            About = method, ChiSquared = q, DegreesOfFreedom = nu, CriticalValue = ChiSquare.UpperQuantile(options.ConsistencyLevel, nu), PValue = p,
            Passed = p >= options.ConsistencyLevel, BirgeRatio = about.BirgeRatio!.Value, ExternalStandardUncertainty = about.ExternalStandardUncertainty,
        };
    }

    private static ReferenceFigures FiguresOf(ReferenceMethod method, ConsensusResult consensus, IReadOnlyList<Reading> readings, EvaluationOptions options) => new()
    {
        Method = method, Value = consensus.Value, StandardUncertainty = consensus.StandardUncertainty, CoverageFactor = options.CoverageFactor,
        ExpandedUncertainty = Coverage.Expand(consensus.StandardUncertainty, options.CoverageFactor),
        Members = [.. readings.Where((_, i) => consensus.Included[i]).Select(r => r.Laboratory.Code)],
        Tau = consensus.Tau, Converged = consensus.Converged, Iterations = consensus.Iterations,
    };
}
