namespace Plumbline.Numerics;

/// <summary>Guard bands (保护带): how far acceptance limits must stand inside tolerance limits.</summary>
public static class GuardBand
{
    /// <summary>w = rU, as ILAC-G8:09/2019 recommends with r = 1 and U at k = 2.</summary>
    /// <param name="expandedUncertainty">U, greater than zero.</param>
    /// <param name="multiple">r, not negative.</param>
    /// <returns>w, in the unit of U.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Of(double expandedUncertainty, double multiple = 1)
    {
        Require.Positive(expandedUncertainty);
        Require.NotNegative(multiple);
        return multiple * expandedUncertainty;
    }

    /// <summary>Acceptance limits at which the specific risk reaches a target: an item measured there conforms with just the given probability.</summary>
    /// <param name="standardUncertainty">u, greater than zero.</param>
    /// <param name="limits">The tolerance limits.</param>
    /// <param name="conformanceProbability">1 less the specific risk, strictly between 0 and 1.</param>
    /// <returns>The guard band of one limit alone, z·u, and the exact one that regards both limits; infeasible where even the middle conforms with less.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static GuardBandResult ForSpecificRisk(double standardUncertainty, ToleranceLimits limits, double conformanceProbability)
    {
        Require.Positive(standardUncertainty);
        ArgumentNullException.ThrowIfNull(limits);
        Require.Probability(conformanceProbability);
        var oneSided = Normal.QuantileOf(conformanceProbability) * standardUncertainty;
        if (limits is not { Lower: { } low, Upper: { } high })
            return new(true, oneSided, limits.Guarded(oneSided), conformanceProbability);
        var middle = 0.5 * (low + high);
        var best = ConformanceProbability.Of(middle, standardUncertainty, limits).Within;
        if (best < conformanceProbability)
            return new(false, null, null, best);
        var reach = middle + (high - low) + 40 * standardUncertainty;
        var upper = RootFinder.Brent(y => ConformanceProbability.Of(y, standardUncertainty, limits).Within - conformanceProbability, middle, reach);
        return upper > middle ? new(true, high - upper, limits.Guarded(high - upper), conformanceProbability) : new(false, null, null, best);
    }

    /// <summary>The smallest guard band that keeps the global consumer's risk at a target.</summary>
    /// <param name="process">Distribution of the items.</param>
    /// <param name="measurementUncertainty">u<sub>m</sub>, greater than zero.</param>
    /// <param name="limits">The tolerance limits; both move inwards alike.</param>
    /// <param name="targetProbability">Risk allowed, strictly between 0 and 1.</param>
    /// <param name="amongAccepted">The target holds for the nonconforming among the accepted, not among all items.</param>
    /// <returns>The guard band; infeasible where no acceptance interval reaches the target, with the least risk that can be reached. Negative where the target allows limits outside the tolerance.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <remarks>The risk among all items falls to nothing as the interval closes, so that it can always be met, if by accepting next to nothing: look at the share accepted. The risk among the accepted cannot.</remarks>
    public static GuardBandResult ForGlobalRisk(ProcessDistribution process, double measurementUncertainty, ToleranceLimits limits, double targetProbability, bool amongAccepted = false)
    {
        ArgumentNullException.ThrowIfNull(process);
        Require.Positive(measurementUncertainty);
        ArgumentNullException.ThrowIfNull(limits);
        Require.Probability(targetProbability);
        double? Risk(double w) => limits.Guarded(w) is { } accept && GlobalRisk.Of(process, measurementUncertainty, limits, accept) is var r
            ? amongAccepted ? r.Accepted > 1e-12 ? r.NonconformingAmongAccepted : null : r.FalseAcceptance : null;
        var (low, high) = process.Range;
        var open = -(high - low) - 9 * measurementUncertainty;
        if (Risk(open) is { } without && without <= targetProbability)
            return new(false, null, null, without);
        var closed = limits is { Lower: { } l, Upper: { } u } ? 0.5 * (u - l) * (1 - 1e-9) : high - low + 9 * measurementUncertainty;
        if (!amongAccepted)
        {
            // This risk falls all the way to nothing: one bracket holds the band.
            var only = RootFinder.Brent(w => GlobalRisk.FalseAcceptance(process, measurementUncertainty, limits, limits.Guarded(w)!) - targetProbability, open, closed);
            return new(true, only, limits.Guarded(only), Risk(only)!.Value);
        }
        double best = double.PositiveInfinity, previous = open;
        // The risk among the accepted need not fall all the way: the first crossing is looked for step by step.
        const int steps = 240;
        for (var i = 1; i <= steps; i++)
        {
            var w = open + (closed - open) * i / steps;
            if (Risk(w) is not { } risk)
                break;
            best = Math.Min(best, risk);
            if (risk <= targetProbability)
            {
                var band = RootFinder.Brent(x => Risk(x)!.Value - targetProbability, previous, w);
                return new(true, band, limits.Guarded(band), Risk(band)!.Value);
            }
            previous = w;
        }
        return new(false, null, null, best);
    }

    /// <summary>Factors by which tolerance limits are multiplied (about their middle) to give acceptance limits, by the usual rules for a test uncertainty ratio.</summary>
    /// <param name="testUncertaintyRatio">TUR, greater than zero: half the tolerance over U at 95 %.</param>
    /// <param name="inToleranceProbability">Share of the process within tolerance, for the rules that regard it; strictly between 0 and 1.</param>
    /// <param name="costRatio">Cost of a false acceptance over that of a rejected item, for the rules of least cost; greater than zero.</param>
    /// <returns>The factors, none above 1; null where a rule gives nothing at this ratio.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static GuardBandFactors Factors(double testUncertaintyRatio, double inToleranceProbability = 0.95, double costRatio = 10)
    {
        Require.Positive(testUncertaintyRatio);
        Require.Probability(inToleranceProbability);
        Require.Positive(costRatio);
        var limits = ToleranceLimits.Between(-1, 1);
        var process = ProcessDistribution.InTolerance(limits, inToleranceProbability);
        var atFour = GlobalRisk.Of(process, GlobalRisk.UncertaintyOf(limits, 4), limits).FalseAcceptance;
        var asFour = testUncertaintyRatio >= 4 ? 1 : ForGlobalRisk(process, GlobalRisk.UncertaintyOf(limits, testUncertaintyRatio), limits, atFour) is { GuardBand: { } w } ? 1 - w : (double?)null;
        var inverse = 1 / testUncertaintyRatio;
        return new(inverse <= 1 ? Math.Sqrt(1 - inverse * inverse) : null, Sound(1 - inverse), Sound(Math.Min(1, 1.25 - inverse)),
            Sound(Math.Min(1, 1 - (1.04 - Math.Exp(0.38 * Math.Log(testUncertaintyRatio) - 0.54)) * inverse)), asFour)
        {
            MinimumCost = LeastCost(Normal.Quantile(1 - (1 - inToleranceProbability) / 2)), Minimax = LeastCost(0),
        };

        // Accepted where the expected cost of accepting is below that of rejecting, P(conforms | y) ≥ c/(1 + c), against one limit and a centred process of relative precision λ: m = y/(1 + λ²u²), s = u/√(1 + λ²u²).
        double? LeastCost(double precision)
        {
            double u = inverse / 2, shrink = precision * precision * u * u;
            return Sound(Math.Min(1, 1 + shrink - Normal.QuantileOf(costRatio / (1 + costRatio)) * u * Math.Sqrt(1 + shrink)));
        }

        static double? Sound(double factor) => factor > 0 ? factor : null;
    }
}

/// <summary>A guard band sought.</summary>
/// <param name="Feasible">Whether a guard band keeps the target. Not feasible as well where the target is met whatever the limits.</param>
/// <param name="GuardBand">w; null where infeasible.</param>
/// <param name="Acceptance">The acceptance limits; null where infeasible or where nothing is left between them.</param>
/// <param name="Reached">The conformance probability or risk at the limits found; where infeasible, the best that can be had.</param>
public sealed record GuardBandResult(bool Feasible, double? GuardBand, ToleranceLimits? Acceptance, double Reached);

/// <summary>Guard-band factors for a test uncertainty ratio.</summary>
/// <param name="RootSumSquare">√(1 − 1/TUR²).</param>
/// <param name="TestUncertainty">1 − 1/TUR: U at 95 % is subtracted (ILAC-G8, w = U).</param>
/// <param name="Rp10">1.25 − 1/TUR (NCSLI RP-10).</param>
/// <param name="Dobbert">1 − (1.04 − e<sup>0.38 ln TUR − 0.54</sup>)/TUR: PFA at most 2 % for any process.</param>
/// <param name="AsFourToOne">The same PFA as at 4:1 without a guard band.</param>
public sealed record GuardBandFactors(double? RootSumSquare, double? TestUncertainty, double? Rp10, double? Dobbert, double? AsFourToOne)
{
    /// <summary>Least expected cost of wrong decisions for the process (R. G. Easterling et al., 1991); never beyond the tolerance.</summary>
    public double? MinimumCost { get; init; }

    /// <summary>Least of the greatest expected cost, whatever the process: 1 − z·u.</summary>
    public double? Minimax { get; init; }
}
