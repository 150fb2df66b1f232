namespace Plumbline.Numerics;

/// <summary>Whether τ, the dark uncertainty of a random-effects reference, is part of what a laboratory's deviation may be.</summary>
public enum DarkUncertainty
{
    /// <summary>A laboratory is judged by the uncertainty it stated.</summary>
    Ignored,

    /// <summary>τ² is added to every laboratory's variance.</summary>
    Recognised,
}

/// <summary>Degrees of equivalence (等效度): how far each laboratory lies from the reference value, and laboratories from each other, with the correlations that the reference value's making brings in.</summary>
public static class DegreesOfEquivalence
{
    /// <summary>D<sub>j</sub> = x<sub>j</sub> − x<sub>ref</sub> with u²(D<sub>j</sub>) = (1 − 2a<sub>j</sub>)u<sub>j</sub>² + u<sub>ref</sub>², for independent results.</summary>
    /// <param name="values">The laboratories' results, in one unit, in the order the reference value was made from.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="reference">The reference value. Where it has no weights it counts as independent of each result, which overstates u(D) a little.</param>
    /// <param name="coverageFactor">k of the expanded uncertainties, greater than zero; 2 by custom.</param>
    /// <param name="transportUncertainties">Standard uncertainty of the transfer standard for each laboratory (drift, transport, inhomogeneity), same unit, not negative; null for none.</param>
    /// <param name="darkUncertainty">Whether the reference's τ counts.</param>
    /// <returns>D, u(D), U(D) and cov(D).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty or k is out of range.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>For the weighted mean this is u<sub>j</sub>² − u<sub>ref</sub>² for a member and u<sub>j</sub>² + u<sub>ref</sub>² for one left out (Cox 2002).</remarks>
    public static EquivalenceResult Unilateral(double[] values, double[] standardUncertainties, ConsensusResult reference,
        double coverageFactor = 2, double[]? transportUncertainties = null, DarkUncertainty darkUncertainty = DarkUncertainty.Ignored)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        var variances = Array.ConvertAll(standardUncertainties, u => u * u);
        return Compute(values, Matrix.Diagonal(variances), reference, coverageFactor, transportUncertainties, darkUncertainty);
    }

    /// <summary>The same for correlated results with covariance matrix V: cov(D) = V − Va1′ − 1a′V + u<sub>ref</sub>²11′.</summary>
    /// <param name="values">The laboratories' results, in one unit, in the order the reference value was made from.</param>
    /// <param name="covariance">V, symmetric, in that unit squared.</param>
    /// <param name="reference">The reference value.</param>
    /// <param name="coverageFactor">k of the expanded uncertainties, greater than zero; 2 by custom.</param>
    /// <param name="transportUncertainties">Standard uncertainty of the transfer standard for each laboratory, same unit, not negative; null for none.</param>
    /// <param name="darkUncertainty">Whether the reference's τ counts.</param>
    /// <returns>D, u(D), U(D) and cov(D).</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty or k is out of range.</exception>
    /// <exception cref="ArgumentException">The sizes differ, or V is not symmetric.</exception>
    public static EquivalenceResult Unilateral(double[] values, double[,] covariance, ConsensusResult reference,
        double coverageFactor = 2, double[]? transportUncertainties = null, DarkUncertainty darkUncertainty = DarkUncertainty.Ignored)
    {
        Require.Finite(values);
        Require.Covariance(covariance, values.Length);
        return Compute(values, (double[,])covariance.Clone(), reference, coverageFactor, transportUncertainties, darkUncertainty);
    }

    /// <summary>Pairwise degrees of equivalence d<sub>ij</sub> = x<sub>i</sub> − x<sub>j</sub> of independent results; the reference value plays no part.</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="coverageFactor">k of the expanded uncertainties, greater than zero; 2 by custom.</param>
    /// <param name="transportUncertainties">Standard uncertainty of the transfer standard for each laboratory, same unit, not negative; null for none.</param>
    /// <param name="tau">Dark uncertainty to recognise, same unit, not negative.</param>
    /// <returns>Two antisymmetric and symmetric matrices: differences and expanded uncertainties.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty or k is out of range.</exception>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static PairwiseResult Pairwise(double[] values, double[] standardUncertainties, double coverageFactor = 2,
        double[]? transportUncertainties = null, double tau = 0)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        Require.Positive(coverageFactor);
        Require.NotNegative(tau);
        if (transportUncertainties is not null)
            Require.NotNegative(transportUncertainties, values.Length);
        var own = new double[values.Length];
        for (var i = 0; i < own.Length; i++)
            own[i] = double.Hypot(double.Hypot(standardUncertainties[i], tau), transportUncertainties?[i] ?? 0);
        return Pairs(values, coverageFactor, (i, j) => double.Hypot(own[i], own[j]));
    }

    /// <summary>Pairwise degrees of equivalence of correlated results: u² = V<sub>ii</sub> + V<sub>jj</sub> − 2V<sub>ij</sub>.</summary>
    /// <param name="values">The laboratories' results, in one unit.</param>
    /// <param name="covariance">V, symmetric, in that unit squared.</param>
    /// <param name="coverageFactor">k of the expanded uncertainties, greater than zero; 2 by custom.</param>
    /// <returns>Two antisymmetric and symmetric matrices: differences and expanded uncertainties.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or a variance or k is not positive.</exception>
    /// <exception cref="ArgumentException">The sizes differ, or V is not symmetric.</exception>
    public static PairwiseResult Pairwise(double[] values, double[,] covariance, double coverageFactor = 2)
    {
        Require.Finite(values);
        Require.Covariance(covariance, values.Length);
        Require.Positive(coverageFactor);
        return Pairs(values, coverageFactor, (i, j) => Math.Sqrt(Math.Max(0, covariance[i, i] + covariance[j, j] - 2 * covariance[i, j])));
    }

    /// <summary>Each laboratory against a reference made without it: D*<sub>j</sub> = x<sub>j</sub> − x<sub>ref</sub>(others), u² = u<sub>j</sub>² + u²(x<sub>ref</sub>), free of correlation.</summary>
    /// <param name="values">At least two results, in one unit.</param>
    /// <param name="standardUncertainties">Their standard uncertainties, same unit, greater than zero.</param>
    /// <param name="estimator">Makes a reference value from the other laboratories' values and uncertainties.</param>
    /// <param name="coverageFactor">k of the expanded uncertainties, greater than zero; 2 by custom.</param>
    /// <param name="darkUncertainty">Whether τ of the others counts for the one left out.</param>
    /// <returns>One entry for each laboratory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite, or an uncertainty or k is out of range.</exception>
    /// <exception cref="ArgumentException">Fewer than two results, or the lengths differ.</exception>
    public static LeaveOneOutDegree[] LeaveOneOut(double[] values, double[] standardUncertainties,
        Func<double[], double[], ConsensusResult> estimator, double coverageFactor = 2, DarkUncertainty darkUncertainty = DarkUncertainty.Ignored)
    {
        Require.Finite(values, 2);
        Require.Positive(standardUncertainties, values.Length);
        Require.Positive(coverageFactor);
        ArgumentNullException.ThrowIfNull(estimator);
        var degrees = new LeaveOneOutDegree[values.Length];
        for (var j = 0; j < degrees.Length; j++)
        {
            var reference = estimator(Without(values, j), Without(standardUncertainties, j));
            var own = darkUncertainty == DarkUncertainty.Recognised ? double.Hypot(standardUncertainties[j], reference.Tau ?? 0) : standardUncertainties[j];
            var u = double.Hypot(own, reference.StandardUncertainty);
            degrees[j] = new(reference, Deviation(values[j], Without(values, j), reference), u, coverageFactor * u);
        }
        return degrees;
    }

    private static double[] Without(double[] items, int index) => [.. items.AsSpan(0, index), .. items.AsSpan(index + 1)];

    private static PairwiseResult Pairs(double[] values, double k, Func<int, int, double> uncertainty)
    {
        var n = values.Length;
        double[,] d = new double[n, n], u = new double[n, n], expanded = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                if (i != j)
                {
                    d[i, j] = values[i] - values[j];
                    u[i, j] = uncertainty(i, j);
                    expanded[i, j] = k * u[i, j];
                }
        return new(d, u, expanded);
    }

    /// <summary>Differences of results first: subtracting the reference value would lose the digits it was rounded to.</summary>
    internal static double Deviation(double value, double[] others, ConsensusResult reference)
    {
        if (reference.Weights is not { } a || Math.Abs(a.Sum() - 1) > 1e-9)
            return value - reference.Value;
        var sum = 0.0;
        for (var j = 0; j < others.Length; j++)
            sum += a[j] * (value - others[j]);
        return sum;
    }

    private static EquivalenceResult Compute(double[] values, double[,] v, ConsensusResult reference, double coverageFactor,
        double[]? transportUncertainties, DarkUncertainty darkUncertainty)
    {
        ArgumentNullException.ThrowIfNull(reference);
        Require.Positive(coverageFactor);
        var n = values.Length;
        if (transportUncertainties is not null)
            Require.NotNegative(transportUncertainties, n);
        if (reference.Included.Length != n)
            throw new ArgumentException($"The reference value was made from {reference.Included.Length} results, {n} are given.", nameof(reference));
        var a = reference.Weights ?? new double[n];
        var tau = darkUncertainty == DarkUncertainty.Recognised ? reference.Tau ?? 0 : 0;
        for (var i = 0; i < n; i++)
            v[i, i] += tau * tau;
        var va = Matrix.Multiply(v, a);
        var square = reference.StandardUncertainty * reference.StandardUncertainty;
        var covariance = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                var transport = i == j ? transportUncertainties?[i] ?? 0 : 0;
                covariance[i, j] = v[i, j] - va[i] - va[j] + square + transport * transport;
            }
        var d = new double[n];
        double?[] u = new double?[n], expanded = new double?[n];
        for (var i = 0; i < n; i++)
        {
            d[i] = Deviation(values[i], values, reference);
            if (covariance[i, i] > 1e-14 * v[i, i])
            {
                u[i] = Math.Sqrt(covariance[i, i]);
                expanded[i] = coverageFactor * u[i];
            }
        }
        return new(d, u, expanded, covariance, [.. a.Select(w => w != 0)]);
    }
}

/// <summary>Degrees of equivalence of all laboratories with the reference value, in the unit of the results.</summary>
/// <param name="Deviations">D.</param>
/// <param name="StandardUncertainties">u(D); null where the variance is not positive and the degree cannot be evaluated.</param>
/// <param name="ExpandedUncertainties">U(D) = k u(D); null likewise.</param>
/// <param name="Covariance">cov(D).</param>
/// <param name="Contributed">Whether the laboratory's result carries weight in the reference value.</param>
public sealed record EquivalenceResult(double[] Deviations, double?[] StandardUncertainties, double?[] ExpandedUncertainties, double[,] Covariance, bool[] Contributed);

/// <summary>Pairwise degrees of equivalence, in the unit of the results; the diagonal is zero.</summary>
/// <param name="Differences">d<sub>ij</sub> = x<sub>i</sub> − x<sub>j</sub>, antisymmetric.</param>
/// <param name="StandardUncertainties">u(d<sub>ij</sub>), symmetric.</param>
/// <param name="ExpandedUncertainties">k u(d<sub>ij</sub>), symmetric.</param>
public sealed record PairwiseResult(double[,] Differences, double[,] StandardUncertainties, double[,] ExpandedUncertainties);

/// <summary>One laboratory against the others.</summary>
/// <param name="Reference">The reference value made without it.</param>
/// <param name="Deviation">D*, in the unit of the results.</param>
/// <param name="StandardUncertainty">u(D*).</param>
/// <param name="ExpandedUncertainty">k u(D*).</param>
public sealed record LeaveOneOutDegree(ConsensusResult Reference, double Deviation, double StandardUncertainty, double ExpandedUncertainty);
