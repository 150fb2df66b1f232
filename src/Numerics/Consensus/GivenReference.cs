namespace Plumbline.Numerics;

/// <summary>A reference value that stands outside the compared results: the pilot laboratory's (主导实验室), a certified value, a formulation.</summary>
public static class GivenReference
{
    /// <summary>Holds the results against a value given with its uncertainty.</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="reference">The reference value, same unit.</param>
    /// <param name="referenceStandardUncertainty">Its standard uncertainty, not negative.</param>
    /// <returns>The reference as given, no weights, and χ² of the results about it with n degrees of freedom (u² + u<sub>ref</sub>² for each).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty is not positive.</exception>
    /// <exception cref="ArgumentException">No result, or the lengths differ.</exception>
    /// <remarks>The common u<sub>ref</sub> correlates the deviations: χ² is exact when u<sub>ref</sub> is small beside the laboratories' uncertainties.</remarks>
    public static ConsensusResult Of(double[] values, double[] standardUncertainties, double reference, double referenceStandardUncertainty)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        Require.Finite(reference);
        Require.NotNegative(referenceStandardUncertainty);
        var q = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var ratio = (values[i] - reference) / double.Hypot(standardUncertainties[i], referenceStandardUncertainty);
            q += ratio * ratio;
        }
        return new()
        {
            Method = "given",
            Value = reference,
            StandardUncertainty = referenceStandardUncertainty,
            Weights = new double[values.Length],
            Included = new bool[values.Length],
            ChiSquared = q,
            DegreesOfFreedom = values.Length,
            PValue = ChiSquare.UpperTail(q, values.Length),
        };
    }
}
