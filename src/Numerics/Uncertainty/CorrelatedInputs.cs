namespace Plumbline.Numerics;

/// <summary>Input quantities that are correlated with one another (JCGM 100:2008, 5.2 and F.1.2).</summary>
public static class CorrelatedInputs
{
    /// <summary>Inputs with a joint covariance matrix.</summary>
    /// <param name="values">The estimates, finite.</param>
    /// <param name="covariance">Symmetric and not negative definite, in the products of their units. A variance may be zero.</param>
    /// <param name="degreesOfFreedom">Common to all, when they were observed together; infinite otherwise.</param>
    /// <param name="labels">One for each, or null.</param>
    /// <returns>The quantities, in their order.</returns>
    /// <exception cref="ArgumentException">The shapes differ, or the matrix is no covariance matrix: the pair that stands in the way is named.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static UncertainNumber[] Of(double[] values, double[,] covariance, double degreesOfFreedom = double.PositiveInfinity, string[]? labels = null)
    {
        Require.Finite(values);
        Require.DegreesOfFreedom(degreesOfFreedom);
        if (labels is not null)
            Require.SameLength(labels, values.Length);
        RequireCovariance(covariance, values.Length, labels);
        return Make(values, covariance, values.Select(_ => degreesOfFreedom).ToArray(), labels, double.IsFinite(degreesOfFreedom));
    }

    /// <summary>Inputs with standard uncertainties and correlation coefficients.</summary>
    /// <param name="values">The estimates, finite.</param>
    /// <param name="standardUncertainties">One for each, greater than zero.</param>
    /// <param name="correlations">Coefficients between −1 and 1 with ones on the diagonal.</param>
    /// <param name="labels">One for each, or null.</param>
    /// <returns>The quantities, in their order.</returns>
    /// <exception cref="ArgumentException">The shapes differ, or the coefficients contradict one another: the pair that stands in the way is named.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static UncertainNumber[] Of(double[] values, double[] standardUncertainties, double[,] correlations, string[]? labels = null)
    {
        Require.Finite(values);
        Require.Positive(standardUncertainties, values.Length);
        if (labels is not null)
            Require.SameLength(labels, values.Length);
        RequireCovariance(correlations, values.Length, labels);
        for (var i = 0; i < values.Length; i++)
            if (Math.Abs(correlations[i, i] - 1) > 1e-12)
                throw new ArgumentException($"The correlation of {Name(labels, i)} with itself must be 1.", nameof(correlations));
        return Make(values, Scaled(correlations, standardUncertainties), values.Select(_ => double.PositiveInfinity).ToArray(), labels, false);
    }

    /// <summary>The means of repeated observations made together: estimates, covariances and n − 1 common degrees of freedom (type A; JCGM 100, 4.2 and 5.2.3).</summary>
    /// <param name="observations">A row for each quantity, at least two observations, all rows equally long.</param>
    /// <param name="labels">One for each quantity, or null.</param>
    /// <returns>The quantities, in their order.</returns>
    /// <exception cref="ArgumentException">The rows differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An observation is not finite.</exception>
    public static UncertainNumber[] FromObservations(double[][] observations, string[]? labels = null)
    {
        ArgumentNullException.ThrowIfNull(observations);
        if (observations.Length == 0)
            throw new ArgumentException("At least one quantity is needed.", nameof(observations));
        var n = observations[0]?.Length ?? 0;
        foreach (var row in observations)
        {
            Require.Finite(row, 2, nameof(observations));
            Require.SameLength(row, n, nameof(observations));
        }
        if (labels is not null)
            Require.SameLength(labels, observations.Length);
        var means = Array.ConvertAll(observations, row => row[0] + row.Sum(v => v - row[0]) / n);
        var covariance = new double[means.Length, means.Length];
        for (var i = 0; i < means.Length; i++)
            for (var j = 0; j <= i; j++)
                covariance[i, j] = covariance[j, i] = Enumerable.Range(0, n).Sum(k => (observations[i][k] - means[i]) * (observations[j][k] - means[j])) / (n * (n - 1.0));
        return Make(means, covariance, means.Select(_ => n - 1.0).ToArray(), labels, true);
    }

    internal static UncertainNumber[] Make(double[] values, double[,] covariance, double[] degreesOfFreedom, string[]? labels, bool isEnsemble)
    {
        var members = values.Select((v, i) => new Elementary(v, Math.Sqrt(Math.Max(0, covariance[i, i])), degreesOfFreedom[i], labels?[i])).ToArray();
        if (members.Length > 1)
            _ = new CorrelatedGroup(members, (double[,])covariance.Clone(), isEnsemble);
        return Array.ConvertAll(members, UncertainNumber.Of);
    }

    internal static double[,] Scaled(double[,] correlations, double[] u)
    {
        var covariance = new double[u.Length, u.Length];
        for (var i = 0; i < u.Length; i++)
            for (var j = 0; j < u.Length; j++)
                covariance[i, j] = correlations[i, j] * u[i] * u[j];
        return covariance;
    }

    /// <summary>Square, symmetric, finite and semidefinite; the pair that breaks it is named.</summary>
    internal static void RequireCovariance(double[,] values, int count, string[]? labels, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(values))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        if (values.GetLength(0) != count || values.GetLength(1) != count)
            throw new ArgumentException($"Must be {count} × {count}, is {values.GetLength(0)} × {values.GetLength(1)}.", name);
        foreach (var v in values)
            Require.Finite(v, name);
        for (var i = 0; i < count; i++)
        {
            if (values[i, i] < 0)
                throw new ArgumentOutOfRangeException(name, values[i, i], $"The variance of {Name(labels, i)} must not be negative.");
            for (var j = 0; j < i; j++)
            {
                var scale = Math.Sqrt(values[i, i] * values[j, j]);
                if (Math.Abs(values[i, j] - values[j, i]) > 1e-9 * scale)
                    throw new ArgumentException($"Must be symmetric: the two entries of {Name(labels, i)} and {Name(labels, j)} differ.", name);
                if (Math.Abs(values[i, j]) > scale * (1 + 1e-9))
                    throw new ArgumentException($"The correlation of {Name(labels, j)} and {Name(labels, i)} exceeds 1.", name);
            }
        }
        if (FirstContradiction(values, count) is var (row, partner) && row >= 0)
            throw new ArgumentException($"Must not be negative definite: the correlation of {Name(labels, row)} with {Name(labels, partner)} contradicts the others.", name);
    }

    /// <summary>The row at which a semidefinite factorisation fails and the earlier row it is most correlated with; (−1, −1) when it does not fail.</summary>
    private static (int Row, int Partner) FirstContradiction(double[,] values, int n)
    {
        var factor = new double[n, n];
        for (var j = 0; j < n; j++)
        {
            for (var i = 0; i < j; i++)
            {
                var sum = values[j, i];
                for (var k = 0; k < i; k++)
                    sum -= factor[j, k] * factor[i, k];
                factor[j, i] = factor[i, i] > 0 ? sum / factor[i, i] : 0;
                // What an exhausted row leaves over, no later one can explain.
                if (factor[i, i] == 0 && Math.Abs(sum) > 1e-7 * Math.Sqrt(values[j, j] * values[i, i]))
                    return (j, i);
            }
            var pivot = values[j, j];
            for (var k = 0; k < j; k++)
                pivot -= factor[j, k] * factor[j, k];
            if (pivot < -1e-9 * values[j, j])
                return (j, Enumerable.Range(0, j).MaxBy(i => values[i, i] == 0 ? 0 : Math.Abs(values[j, i]) / Math.Sqrt(values[i, i])));
            factor[j, j] = pivot > 1e-13 * values[j, j] ? Math.Sqrt(pivot) : 0;
        }
        return (-1, -1);
    }

    private static string Name(string[]? labels, int i) => labels is null ? $"quantity {i + 1}" : $"'{labels[i]}'";
}
