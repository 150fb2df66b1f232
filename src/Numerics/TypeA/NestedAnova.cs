namespace Plumbline.Numerics;

/// <summary>Nested random effects (嵌套方差分析) by analysis of variance: sites, days within sites, runs within days, replicates; CLSI EP05-A3, ISO 5725-3.</summary>
public static class NestedAnova
{
    private const int MostForExactCovariance = 400;

    /// <summary>Components of variance of a nested design, balanced or not.</summary>
    /// <param name="factors">From the outermost inwards: for each factor the level of every value. An inner level counts within its outer ones.</param>
    /// <param name="values">The values, in one unit.</param>
    /// <returns>One component for each factor, then the error.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Sizes do not agree, or a factor leaves no degree of freedom.</exception>
    /// <remarks>Sums of squares of type I; components from their expectations. Covariances of the components are exact for balanced designs, and for others up to 400 values; beyond, mean squares are taken as independent.</remarks>
    public static NestedResult Of(string[][] factors, double[] values)
    {
        Require.Finite(values, 3);
        ArgumentNullException.ThrowIfNull(factors);
        if (factors.Length == 0)
            throw new ArgumentException("At least one factor is needed.", nameof(factors));
        int n = values.Length, depth = factors.Length;
        // cell[k][i]: to which cell of factor k value i belongs; level 0 is the whole, the last is the value itself.
        var cell = new int[depth + 2][];
        cell[0] = new int[n];
        for (var k = 1; k <= depth; k++)
        {
            Require.SameLength(factors[k - 1], n, nameof(factors));
            var known = new Dictionary<(int, string), int>();
            cell[k] = [.. Enumerable.Range(0, n).Select(i => Number(known, (cell[k - 1][i], factors[k - 1][i])))];
        }
        cell[depth + 1] = [.. Enumerable.Range(0, n)];
        var frame = Frame.Of(values);
        double[] squares = new double[depth + 1];
        int[] degrees = new int[depth + 1];
        var outer = Means(cell[0], frame.Z);
        for (var k = 1; k <= depth + 1; k++)
        {
            var inner = Means(cell[k], frame.Z);
            for (var i = 0; i < n; i++)
                squares[k - 1] += Math.Pow(inner[cell[k][i]] - outer[cell[k - 1][i]], 2);
            degrees[k - 1] = inner.Length - outer.Length;
            if (degrees[k - 1] < 1)
                throw new ArgumentException(k <= depth ? $"Factor {k} has one level within each of the factor outside it: it leaves no degree of freedom." : "Every innermost cell holds one value: no degree of freedom is left for the error.", nameof(factors));
            outer = inner;
        }
        // E[SS_k] = Σ_m coefficient[k, m] σ²_m over factors m from k inwards.
        var coefficients = new double[depth + 1, depth + 1];
        for (var k = 0; k <= depth; k++)
            for (var m = k; m <= depth; m++)
                coefficients[k, m] = Overlap(cell[k + 1], cell[m + 1], n) - Overlap(cell[k], cell[m + 1], n);
        var inverse = InverseOfUpper(coefficients);
        double square = frame.Scale * frame.Scale;
        double[] raw = [.. Matrix.Multiply(inverse, squares).Select(v => v * square)];
        double[] clipped = [.. raw.Select(v => Math.Max(0, v))];
        var covariance = Covariance(cell, inverse, Array.ConvertAll(squares, s => s * square), degrees, clipped, n);
        return new(frame.Location(frame.Z.Average()), [.. squares.Select(s => s * square)], degrees, clipped, raw, covariance);
    }

    private static int Number(Dictionary<(int, string), int> known, (int, string) key)
    {
        if (!known.TryGetValue(key, out var number))
            known[key] = number = known.Count;
        return number;
    }

    private static double[] Means(int[] cell, double[] z)
    {
        double[] sums = new double[cell.Max() + 1], counts = new double[sums.Length];
        for (var i = 0; i < z.Length; i++)
        {
            sums[cell[i]] += z[i];
            counts[cell[i]]++;
        }
        return [.. sums.Select((s, c) => s / counts[c])];
    }

    /// <summary>tr(P_outer Z Z′) = Σ over outer cells of Σ n²_inner / n_outer.</summary>
    private static double Overlap(int[] outer, int[] inner, int n)
    {
        var pairs = new Dictionary<(int Outer, int Inner), double>();
        var sizes = new Dictionary<int, double>();
        for (var i = 0; i < n; i++)
        {
            pairs[(outer[i], inner[i])] = pairs.GetValueOrDefault((outer[i], inner[i])) + 1;
            sizes[outer[i]] = sizes.GetValueOrDefault(outer[i]) + 1;
        }
        return pairs.Sum(p => p.Value * p.Value / sizes[p.Key.Outer]);
    }

    private static double[,] InverseOfUpper(double[,] upper)
    {
        var n = upper.GetLength(0);
        var inverse = new double[n, n];
        for (var j = 0; j < n; j++)
            for (var i = j; i >= 0; i--)
            {
                var sum = i == j ? 1.0 : 0;
                for (var k = i + 1; k <= j; k++)
                    sum -= upper[i, k] * inverse[k, j];
                inverse[i, j] = sum / upper[i, i];
            }
        return inverse;
    }

    /// <summary>cov(SS) = 2 tr(A_i V A_j V), carried to the components.</summary>
    private static double[,] Covariance(int[][] cell, double[,] inverse, double[] squares, int[] degrees, double[] components, int n)
    {
        var size = squares.Length;
        var ofSquares = new double[size, size];
        if (Balanced(cell) || n > MostForExactCovariance)
            for (var i = 0; i < size; i++)
                ofSquares[i, i] = 2 * squares[i] * squares[i] / degrees[i];
        else
        {
            var v = new double[n, n];
            for (var m = 0; m < size; m++)
                for (var i = 0; i < n; i++)
                    for (var j = 0; j < n; j++)
                        if (cell[m + 1][i] == cell[m + 1][j])
                            v[i, j] += components[m];
            double[][,] products = [.. Enumerable.Range(0, size).Select(k => Projected(cell[k], cell[k + 1], v, n))];
            for (var i = 0; i < size; i++)
                for (var j = 0; j < size; j++)
                    for (var a = 0; a < n; a++)
                        for (var b = 0; b < n; b++)
                            ofSquares[i, j] += 2 * products[i][a, b] * products[j][b, a];
        }
        var covariance = new double[size, size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                for (var a = 0; a < size; a++)
                    for (var b = 0; b < size; b++)
                        covariance[i, j] += inverse[i, a] * ofSquares[a, b] * inverse[j, b];
        return covariance;
    }

    /// <summary>(P_inner − P_outer)V: rows replaced by the means over their cells.</summary>
    private static double[,] Projected(int[] outer, int[] inner, double[,] v, int n)
    {
        var result = new double[n, n];
        foreach (var (cells, sign) in ((int[], double)[])[(inner, 1), (outer, -1)])
        {
            var groups = Enumerable.Range(0, n).GroupBy(i => cells[i]).Select(g => g.ToArray());
            foreach (var group in groups)
                for (var j = 0; j < n; j++)
                {
                    var mean = group.Sum(i => v[i, j]) / group.Length;
                    foreach (var i in group)
                        result[i, j] += sign * mean;
                }
        }
        return result;
    }

    /// <summary>Every cell of a level holds the same number of values, and of cells below.</summary>
    private static bool Balanced(int[][] cell) => cell.Skip(1).All(level => level.CountBy(c => c).Select(c => c.Value).Distinct().Count() == 1);
}

/// <summary>A nested analysis of variance.</summary>
/// <param name="Mean">Of all values.</param>
/// <param name="Squares">Sum of squares of each factor, outermost first, then of the error.</param>
/// <param name="Degrees">Their degrees of freedom.</param>
/// <param name="Components">Components of variance, none below zero.</param>
/// <param name="RawComponents">As the mean squares give them, perhaps below zero.</param>
/// <param name="Covariance">Of the components.</param>
public sealed record NestedResult(double Mean, double[] Squares, int[] Degrees, double[] Components, double[] RawComponents, double[,] Covariance)
{
    /// <summary>All components together: the reproducibility variance.</summary>
    public double Total => Components.Sum();

    /// <summary>Satterthwaite's degrees of freedom of the total.</summary>
    public double TotalDegreesOfFreedom
    {
        get
        {
            var total = RawComponents.Sum();
            var variance = 0.0;
            foreach (var element in Covariance)
                variance += element;
            return 2 * total * total / variance;
        }
    }

    /// <summary>Confidence interval of a component: χ² for the error, normal with the component's own standard error for the others, cut at zero.</summary>
    /// <param name="index">The component; the last is the error.</param>
    /// <param name="coverageProbability">Two-sided, strictly between 0 and 1.</param>
    /// <returns>Limits of the variance; null for a component found to be zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public Interval? ComponentInterval(int index, double coverageProbability = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Components.Length);
        Require.Probability(coverageProbability);
        if (!(Components[index] > 0))
            return null;
        if (index == Components.Length - 1)
            return Chi(Components[index], Degrees[index], coverageProbability);
        var half = Normal.UpperQuantile(0.5 * (1 - coverageProbability)) * Math.Sqrt(Covariance[index, index]);
        return new(Math.Max(0, Components[index] - half), Components[index] + half);
    }

    /// <summary>Confidence interval of the total, χ² with Satterthwaite's degrees of freedom.</summary>
    /// <param name="coverageProbability">Two-sided, strictly between 0 and 1.</param>
    /// <returns>Limits of the variance.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside its range.</exception>
    public Interval TotalInterval(double coverageProbability = 0.95)
    {
        Require.Probability(coverageProbability);
        return Chi(Total, TotalDegreesOfFreedom, coverageProbability);
    }

    private static Interval Chi(double variance, double nu, double coverage) =>
        new(nu * variance / ChiSquare.UpperQuantile(0.5 * (1 - coverage), nu), nu * variance / ChiSquare.Quantile(0.5 * (1 - coverage), nu));
}
