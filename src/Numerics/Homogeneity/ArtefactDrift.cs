namespace Plumbline.Numerics;

/// <summary>Several artefacts measured in turn while the instrument drifts: reading = value of the artefact + polynomial in time.</summary>
/// <remarks>Sutton and Clarkson, Metrologia 30 (1994) 487. The artefacts' values are those at time zero; the drift polynomial has no constant.</remarks>
public static class ArtefactDrift
{
    /// <summary>Fits values and drift together.</summary>
    /// <param name="artefacts">Which artefact each reading belongs to, numbered from 0 without gaps.</param>
    /// <param name="times">When it was read, in one unit of time.</param>
    /// <param name="readings">The readings, in one unit; more of them than artefacts and drift terms together.</param>
    /// <param name="order">Degree of the drift polynomial; 0 for none.</param>
    /// <returns>The artefacts' values first, then the drift coefficients of t, t² …; covariance from the residuals.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">Lengths differ, or drift and artefacts cannot be told apart.</exception>
    public static LeastSquaresResult Fit(int[] artefacts, double[] times, double[] readings, int order) => LeastSquares.Ordinary(Design(artefacts, times, readings, order), readings);

    /// <summary>Fits values and drift together where the readings' covariance is known: several returns to several pilot laboratories, each with a part of its uncertainty common to all its readings.</summary>
    /// <param name="artefacts">Which artefact each reading belongs to, numbered from 0 without gaps.</param>
    /// <param name="times">When it was read, in one unit of time.</param>
    /// <param name="readings">The readings, in one unit; as many as artefacts and drift terms together, or more.</param>
    /// <param name="order">Degree of the drift polynomial; 0 for none.</param>
    /// <param name="covariance">V of the readings, symmetric and positive definite, in their unit squared.</param>
    /// <returns>The artefacts' values first, then the drift coefficients of t, t² …; their covariance follows from V alone, χ² tells whether the residuals bear it out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="ArgumentException">Sizes differ, V is not positive definite, or drift and artefacts cannot be told apart.</exception>
    public static LeastSquaresResult Fit(int[] artefacts, double[] times, double[] readings, int order, double[,] covariance) =>
        LeastSquares.Generalised(Design(artefacts, times, readings, order), readings, covariance);

    private static double[,] Design(int[] artefacts, double[] times, double[] readings, int order)
    {
        Require.Finite(times);
        Require.Finite(readings);
        Require.SameLength(artefacts, times.Length);
        Require.SameLength(readings, times.Length);
        if (order is < 0 or > 6)
            throw new ArgumentOutOfRangeException(nameof(order), order, "Must lie between 0 and 6.");
        var count = artefacts.Max() + 1;
        if (artefacts.Min() < 0 || artefacts.Distinct().Count() != count)
            throw new ArgumentException("Artefacts must be numbered from 0 without gaps.", nameof(artefacts));
        var design = new double[times.Length, count + order];
        for (var i = 0; i < times.Length; i++)
        {
            design[i, artefacts[i]] = 1;
            for (var j = 1; j <= order; j++)
                design[i, count + j - 1] = Math.Pow(times[i], j);
        }
        return design;
    }
}
