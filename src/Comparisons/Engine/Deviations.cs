using Plumbline.Numerics;

namespace Plumbline.Comparisons;

/// <summary>Degrees of equivalence and scores of every laboratory at one point, each in the form that fits how the reference value was made.</summary>
internal static class Deviations
{
    public static IReadOnlyList<LaboratoryFigures> Of(IReadOnlyList<Reading> readings, ReferenceValue? reference, InputPoint point, EvaluationOptions options,
        IReadOnlySet<string> outliers, List<EvaluationWarning> warnings)
    {
        if (reference is null)
            return [.. readings.Select(r => Plain(r, options, outliers) with { NotScored = NotScored.NoReference })];
        var scored = readings.Where(r => r.Laboratory.Code != reference.Figures.GivenBy).ToArray();
        var degrees = DegreesOfEquivalence.Unilateral([.. scored.Select(r => r.Value)], [.. scored.Select(r => r.Combined)], reference.Consensus, options.CoverageFactor);
        var negligible = point.TargetUncertainty is { } target && reference.Figures.StandardUncertainty <= 0.3 * target;
        if (point.TargetUncertainty is not null && !negligible)
            warnings.Add(new("z-prime", point.Id));
        var figures = new List<LaboratoryFigures>();
        for (int i = 0, j = 0; i < readings.Count; i++)
        {
            var plain = Plain(readings[i], options, outliers);
            figures.Add(readings[i].Laboratory.Code == reference.Figures.GivenBy
                ? plain with { Deviation = 0, NotScored = NotScored.IsReference }
                : Score(plain, readings[i], reference, degrees, j++, point, options, negligible));
        }
        foreach (var none in figures.Where(f => f.NotScored == NotScored.DenominatorNotPositive))
            warnings.Add(new("denominator", point.Id, none.Laboratory));
        return figures;
    }

    private static LaboratoryFigures Plain(Reading reading, EvaluationOptions options, IReadOnlySet<string> outliers) => new()
    {
        Laboratory = reading.Laboratory.Code,
        ValueText = reading.Result.ValueText,
        UncertaintyText = reading.Result.UncertaintyText,
        Value = reading.Value,
        DriftCorrection = reading.DriftCorrection,
        StandardCorrection = reading.StandardCorrection,
        CoverageFactor = reading.CoverageFactor,
        StandardUncertainty = reading.Own,
        TransferUncertainty = reading.Transfer,
        DriftUncertainty = reading.DriftUncertainty,
        CombinedUncertainty = reading.Combined,
        ExpandedUncertainty = options.CoverageFactor * reading.Own,
        IsOutlier = outliers.Contains(reading.Laboratory.Code),
    };

    private static LaboratoryFigures Score(LaboratoryFigures plain, Reading reading, ReferenceValue reference, EquivalenceResult degrees, int i,
        InputPoint point, EvaluationOptions options, bool negligible)
    {
        var consensus = reference.Consensus;
        var contained = degrees.Contributed[i];
        var d = degrees.Deviations[i];
        var independent = EnScore.Independent(d, options.CoverageFactor * reading.Own, 0, reference.Figures.ExpandedUncertainty, options.CoverageFactor * reading.Transfer);
        var containedScore = EnScore.OfDegree(d, degrees.ExpandedUncertainties[i]);
        var en = contained ? containedScore : independent;
        var (z, zPrime) = point.TargetUncertainty is not { } sigma ? (null, null)
            : negligible ? (ProficiencyScores.Z(d, 0, sigma).Value, (double?)null)
            : (null, ProficiencyScores.ZPrime(d, 0, sigma, consensus.StandardUncertainty).Value);
        var covariance = (consensus.Weights?[i] ?? 0) * reading.Combined * reading.Combined;
        return plain with
        {
            Weight = consensus.Weights?[i] ?? 0,
            Deviation = d,
            DeviationUncertainty = degrees.StandardUncertainties[i],
            DeviationExpanded = degrees.ExpandedUncertainties[i],
            En = en.Value,
            Form = contained ? EnForm.Contained : EnForm.Independent,
            Reason = ReasonOf(plain, reading, reference, i, options),
            NotScored = en.Evaluable ? null : NotScored.DenominatorNotPositive,
            EnIndependent = independent.Value,
            EnContained = contained ? containedScore.Value : null,
            Z = z,
            ZPrime = zPrime,
            Zeta = ProficiencyScores.Zeta(d, reading.Combined, 0, consensus.StandardUncertainty, covariance).Value,
            Verdict = en.Verdict,
        };
    }

    private static EnReason ReasonOf(LaboratoryFigures plain, Reading reading, ReferenceValue reference, int i, EvaluationOptions options)
    {
        if (reference.Figures.Method == ReferenceMethod.PilotValue)
            return EnReason.GivenReference;
        if (reference.Consensus.Included[i])
            return reference.Consensus.Weights is null ? EnReason.NoWeights : EnReason.CarriesWeight;
        if (reading.Laboratory.IsPilot && !options.PilotContributes)
            return EnReason.PilotDoesNotContribute;
        return plain.IsOutlier && options.ExcludeOutliers ? EnReason.OutlierExcluded
            : reference.Figures.Method == ReferenceMethod.PowerModeratedMean ? EnReason.LeftOut : EnReason.NotInSubset;
    }
}
