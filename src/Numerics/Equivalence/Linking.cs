namespace Plumbline.Numerics;

/// <summary>Linking of comparisons (比对链接): results of one comparison carried to the reference value of another through laboratories that took part in both.</summary>
public static class Linking
{
    /// <summary>All comparisons in one adjustment: result = value of the comparison's artefact + effect of the participant, by weighted least squares.</summary>
    /// <param name="comparisons">The comparison of each result, numbered from 0 without gaps.</param>
    /// <param name="participants">The participant of each result, numbered from 0 without gaps.</param>
    /// <param name="values">The results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="reference">The participant whose effect is zero.</param>
    /// <returns>Every participant's difference to the reference, with covariance and χ².</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, an uncertainty is not positive, or the reference does not exist.</exception>
    /// <exception cref="ArgumentException">Lengths differ, numbers have gaps, or the comparisons are not connected by common participants.</exception>
    /// <remarks>Exact propagation through any network: rings, several linking laboratories, several artefacts (Sutton, Metrologia 41 (2004) 272).</remarks>
    public static LinkedDifferences Network(int[] comparisons, int[] participants, double[] values, double[] standardUncertainties, int reference = 0)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        Require.SameLength(comparisons, values.Length);
        Require.SameLength(participants, values.Length);
        int artefacts = Count(comparisons, nameof(comparisons)), people = Count(participants, nameof(participants));
        if (reference < 0 || reference >= people)
            throw new ArgumentOutOfRangeException(nameof(reference), reference, $"Must lie between 0 and {people - 1}.");
        var design = new double[values.Length, artefacts + people - 1];
        for (var i = 0; i < values.Length; i++)
        {
            design[i, comparisons[i]] = 1;
            if (participants[i] != reference)
                design[i, artefacts + participants[i] - (participants[i] > reference ? 1 : 0)] = 1;
        }
        var frame = Frame.Of(values, standardUncertainties);
        var fit = LeastSquares.Generalised(design, frame.Z, Matrix.Diagonal(Array.ConvertAll(frame.S, s => s * s)));
        var differences = new double[people];
        var covariance = new double[people, people];
        int Column(int p) => artefacts + p - (p > reference ? 1 : 0);
        for (var p = 0; p < people; p++)
        {
            if (p == reference)
                continue;
            differences[p] = frame.Scale * fit.Parameters[Column(p)];
            for (var q = 0; q < people; q++)
                if (q != reference)
                    covariance[p, q] = frame.Scale * frame.Scale * fit.Covariance[Column(p), Column(q)];
        }
        return new(differences, covariance, fit.ChiSquared, fit.DegreesOfFreedom, fit.DegreesOfFreedom > 0 ? ChiSquare.UpperTail(fit.ChiSquared, fit.DegreesOfFreedom) : null);
    }

    /// <summary>A regional comparison carried to a key comparison reference value by linking laboratories; the reference value stays as it is.</summary>
    /// <param name="keyValues">The linking laboratories' results in the key comparison, in one unit.</param>
    /// <param name="regionalValues">The same laboratories' results in the regional comparison, same unit.</param>
    /// <param name="transferUncertainties">Standard uncertainty of each pair's difference: only what changed between the two comparisons (repeatability, transfer standards), same unit, greater than zero.</param>
    /// <param name="values">Results of the other participants of the regional comparison, same unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="reference">The key comparison reference value, same unit.</param>
    /// <param name="referenceStandardUncertainty">Its standard uncertainty, not negative.</param>
    /// <param name="coverageFactor">k of the expanded uncertainties, greater than zero.</param>
    /// <returns>The correction Δ = ΣW(x<sub>key</sub> − x<sub>regional</sub>), the linked degrees of equivalence, and whether the linking laboratories agree.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">No linking laboratory, or lengths differ.</exception>
    /// <remarks>The linked results share u(Δ) and u(reference): their covariance is the off-diagonal given.</remarks>
    public static LinkedComparison ToKeyComparison(double[] keyValues, double[] regionalValues, double[] transferUncertainties,
        double[] values, double[] standardUncertainties, double reference, double referenceStandardUncertainty, double coverageFactor = 2)
    {
        Require.Finite(keyValues);
        Require.Finite(regionalValues);
        Require.SameLength(regionalValues, keyValues.Length);
        Require.Positive(transferUncertainties, keyValues.Length);
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        Require.Finite(reference);
        Require.NotNegative(referenceStandardUncertainty);
        Require.Positive(coverageFactor);
        var correction = WeightedMean.Of([.. keyValues.Zip(regionalValues, (k, r) => k - r)], transferUncertainties);
        var common = double.Hypot(correction.StandardUncertainty, referenceStandardUncertainty);
        double[] d = [.. values.Select(x => x - reference + correction.Value)], u = [.. standardUncertainties.Select(s => double.Hypot(s, common))];
        return new(correction.Value, correction.StandardUncertainty, d, u, Array.ConvertAll(u, s => coverageFactor * s), common * common,
            correction.ChiSquared!.Value, correction.DegreesOfFreedom!.Value, correction.PValue);
    }

    private static int Count(int[] numbers, string name)
    {
        var count = numbers.Max() + 1;
        return numbers.Min() >= 0 && numbers.Distinct().Count() == count ? count : throw new ArgumentException("Must be numbered from 0 without gaps.", name);
    }
}

/// <summary>Participants' effects in a network of comparisons, in the unit of the results.</summary>
/// <param name="Differences">To the reference participant, whose own is zero.</param>
/// <param name="Covariance">Of the differences.</param>
/// <param name="ChiSquared">Of the adjustment.</param>
/// <param name="DegreesOfFreedom">Results less artefacts less participants plus one.</param>
/// <param name="PValue">Pr{χ² ≥ observed}; null without degrees of freedom.</param>
public sealed record LinkedDifferences(double[] Differences, double[,] Covariance, double ChiSquared, int DegreesOfFreedom, double? PValue);

/// <summary>A regional comparison linked to a key comparison, in the unit of the results.</summary>
/// <param name="Correction">Δ, added to every regional result.</param>
/// <param name="CorrectionStandardUncertainty">u(Δ).</param>
/// <param name="Deviations">Linked degrees of equivalence.</param>
/// <param name="StandardUncertainties">u(D).</param>
/// <param name="ExpandedUncertainties">k u(D).</param>
/// <param name="CommonCovariance">cov(D<sub>i</sub>, D<sub>j</sub>) of any two linked participants.</param>
/// <param name="ChiSquared">Of the linking laboratories' differences.</param>
/// <param name="DegreesOfFreedom">Linking laboratories less one.</param>
/// <param name="PValue">Below 0.05 the linking laboratories did not hold their values; null for one laboratory.</param>
public sealed record LinkedComparison(double Correction, double CorrectionStandardUncertainty, double[] Deviations, double[] StandardUncertainties,
    double[] ExpandedUncertainties, double CommonCovariance, double ChiSquared, int DegreesOfFreedom, double? PValue);
