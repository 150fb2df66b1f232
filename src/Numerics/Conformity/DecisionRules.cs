namespace Plumbline.Numerics;

/// <summary>A decision rule (判定规则).</summary>
public enum DecisionRule
{
    /// <summary>Simple acceptance, w = 0 (ILAC-G8:09/2019, 4.2.1).</summary>
    SimpleAcceptance,

    /// <summary>Guarded acceptance, w = rU (ILAC-G8, 4.2.2).</summary>
    GuardedAcceptance,

    /// <summary>Guarded rejection: fails only what is measured beyond the limit by w.</summary>
    GuardedRejection,

    /// <summary>Non-binary statement with guard band (ILAC-G8, 4.2.3).</summary>
    NonBinary,

    /// <summary>ISO 14253-1:2017: proof at a probability, 95 % by default.</summary>
    Iso14253,

    /// <summary>JJF 1094-2002, 5.3.1: the uncertainty is neglected up to a third of the maximum permitted error.</summary>
    Jjf1094,
}

/// <summary>What a rule says.</summary>
public enum ConformityVerdict
{
    /// <summary>合格.</summary>
    Pass,

    /// <summary>有条件合格: within the limit, yet in the guard band.</summary>
    ConditionalPass,

    /// <summary>有条件不合格: beyond the limit, yet in the guard band.</summary>
    ConditionalFail,

    /// <summary>不合格.</summary>
    Fail,

    /// <summary>待定: neither conformity nor nonconformity is proven.</summary>
    Undecided,

    /// <summary>The rule needs two limits.</summary>
    NotApplicable,
}

/// <summary>Decides on conformity by every rule side by side; a verdict never stands without its rule.</summary>
public static class DecisionRules
{
    /// <summary>Every rule's verdict on one measured value.</summary>
    /// <param name="value">y, in the unit of the limits.</param>
    /// <param name="standardUncertainty">u(y), greater than zero.</param>
    /// <param name="limits">The tolerance limits.</param>
    /// <param name="coverageFactor">k of the expanded uncertainty U = ku that guard bands use, greater than zero.</param>
    /// <param name="guardMultiple">r of w = rU, not negative.</param>
    /// <param name="proofProbability">One-sided probability of ISO 14253-1, strictly between 0 and 1.</param>
    /// <param name="degreesOfFreedom">ν of u(y), greater than zero; infinity for a normal distribution.</param>
    /// <returns>Verdicts in the order of <see cref="DecisionRule"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static DecisionTable Decide(double value, double standardUncertainty, ToleranceLimits limits, double coverageFactor = 2, double guardMultiple = 1, double proofProbability = 0.95, double degreesOfFreedom = double.PositiveInfinity)
    {
        var conformance = ConformanceProbability.Of(value, standardUncertainty, limits, degreesOfFreedom);
        Require.Positive(coverageFactor);
        Require.NotNegative(guardMultiple);
        Require.Probability(proofProbability);
        var expanded = coverageFactor * standardUncertainty;
        double w = guardMultiple * expanded, g = Normal.QuantileOf(proofProbability) * standardUncertainty;
        // Inwards distance to the nearest limit: negative beyond it.
        var inside = Math.Min(value - limits.Low, limits.High - value);
        Decision[] decisions =
        [
            new(DecisionRule.SimpleAcceptance, inside >= 0 ? ConformityVerdict.Pass : ConformityVerdict.Fail, 0),
            new(DecisionRule.GuardedAcceptance, inside >= w ? ConformityVerdict.Pass : ConformityVerdict.Fail, w),
            new(DecisionRule.GuardedRejection, inside >= -w ? ConformityVerdict.Pass : ConformityVerdict.Fail, -w),
            new(DecisionRule.NonBinary, inside >= w ? ConformityVerdict.Pass : inside >= 0 ? ConformityVerdict.ConditionalPass : inside >= -w ? ConformityVerdict.ConditionalFail : ConformityVerdict.Fail, w),
            new(DecisionRule.Iso14253, inside >= g ? ConformityVerdict.Pass : inside <= -g ? ConformityVerdict.Fail : ConformityVerdict.Undecided, g),
            Jjf1094(inside, expanded, limits),
        ];
        return new(value, standardUncertainty, expanded, conformance, decisions);
    }

    private static Decision Jjf1094(double inside, double expanded, ToleranceLimits limits)
    {
        if (limits is not { Lower: { } low, Upper: { } high })
            return new(DecisionRule.Jjf1094, ConformityVerdict.NotApplicable, null);
        var permitted = 0.5 * (high - low);
        return 3 * expanded <= permitted ? new(DecisionRule.Jjf1094, inside >= 0 ? ConformityVerdict.Pass : ConformityVerdict.Fail, 0)
            : new(DecisionRule.Jjf1094, inside >= expanded ? ConformityVerdict.Pass : inside <= -expanded ? ConformityVerdict.Fail : ConformityVerdict.Undecided, expanded);
    }
}

/// <summary>One rule's verdict.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="GuardBand">w by which it moved the limits inwards; null where it does not apply.</param>
public sealed record Decision(DecisionRule Rule, ConformityVerdict Verdict, double? GuardBand);

/// <summary>A measured value judged by every rule.</summary>
/// <param name="Value">y.</param>
/// <param name="StandardUncertainty">u(y).</param>
/// <param name="ExpandedUncertainty">U = ku.</param>
/// <param name="Conformance">The probability of conforming: its complement is the consumer's specific risk if the item passes, itself the producer's if it fails.</param>
/// <param name="Decisions">One for each rule.</param>
public sealed record DecisionTable(double Value, double StandardUncertainty, double ExpandedUncertainty, Conformance Conformance, Decision[] Decisions)
{
    /// <summary>The verdict of one rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>Its decision.</returns>
    public Decision this[DecisionRule rule] => Decisions.First(d => d.Rule == rule);
}
