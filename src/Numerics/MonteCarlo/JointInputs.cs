namespace Plumbline.Numerics;

/// <summary>How correlated inputs depend on each other.</summary>
public enum Copula
{
    /// <summary>As multivariate normal variables do (JCGM 101, 6.4.8): between normal inputs the coefficients are the correlations themselves.</summary>
    Normal,

    /// <summary>As multivariate t variables do: extremes come together.</summary>
    StudentT,
}

/// <summary>The input quantities of an evaluation with their joint distribution (输入量的联合分布).</summary>
/// <remarks>The coefficients are those of the underlying normal or t variables, the same as the correlation of the quantities where these are normal. Immutable.</remarks>
public sealed class JointInputs
{
    private readonly int[] correlated;
    private readonly Lazy<CopulaMargins> margins;

    private JointInputs(string[] names, InputDistribution[] distributions, double[,]? correlation, Copula copula, double degreesOfFreedom)
    {
        (Names, Distributions, Copula, CopulaDegreesOfFreedom) = (names, distributions, copula, degreesOfFreedom);
        correlated = correlation is null ? [] : [.. Enumerable.Range(0, names.Length).Where(i => Enumerable.Range(0, names.Length).Any(j => j != i && correlation[i, j] != 0))];
        Correlation = correlated.Length == 0 ? null : correlation;
        margins = new(() => new CopulaMargins([.. correlated.Select(i => distributions[i])], copula, degreesOfFreedom));
        Factor = Correlation is null ? new double[0, 0] : SemidefiniteFactor(Correlation, correlated, names);
    }

    /// <summary>What the quantities are called.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Their distributions, in the same order.</summary>
    public IReadOnlyList<InputDistribution> Distributions { get; }

    /// <summary>Their correlation coefficients; null when all are independent.</summary>
    public double[,]? Correlation { get; }

    /// <summary>How correlated inputs depend on each other.</summary>
    public Copula Copula { get; }

    /// <summary>Of the t copula; infinite otherwise.</summary>
    public double CopulaDegreesOfFreedom { get; }

    /// <summary>The places of the inputs that depend on others.</summary>
    internal ReadOnlySpan<int> Correlated => correlated;

    /// <summary>From the copula's variables to the correlated inputs; made when first drawn.</summary>
    internal CopulaMargins Margins => margins.Value;

    /// <summary>The lower factor of the correlated inputs' coefficients.</summary>
    internal double[,] Factor { get; }

    /// <summary>Independent inputs.</summary>
    /// <exception cref="ArgumentException">The counts differ, or a name occurs twice.</exception>
    public static JointInputs Independent(string[] names, InputDistribution[] distributions) => Correlate(names, distributions, null);

    /// <summary>Inputs with correlation coefficients.</summary>
    /// <param name="names">What the quantities are called.</param>
    /// <param name="distributions">One for each.</param>
    /// <param name="correlation">Symmetric with ones on the diagonal, not negative definite; null for none.</param>
    /// <param name="copula">How correlated inputs depend on each other.</param>
    /// <param name="degreesOfFreedom">Of the t copula, greater than zero.</param>
    /// <exception cref="ArgumentException">The counts differ, a name occurs twice, or the coefficients contradict one another: the pair is named.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A coefficient is not between −1 and 1, or ν is not positive.</exception>
    public static JointInputs Correlate(string[] names, InputDistribution[] distributions, double[,]? correlation, Copula copula = Copula.Normal, double degreesOfFreedom = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(names);
        Require.SameLength(distributions, names.Length);
        Require.DegreesOfFreedom(degreesOfFreedom);
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"'{twice.Key}' occurs twice.", nameof(names));
        if (copula == Copula.StudentT && double.IsPositiveInfinity(degreesOfFreedom))
            copula = Copula.Normal;
        if (correlation is not null)
            Check(correlation, names);
        return new([.. names], [.. distributions], correlation is null ? null : (double[,])correlation.Clone(), copula, degreesOfFreedom);
    }

    private static void Check(double[,] correlation, string[] names)
    {
        var n = names.Length;
        if (correlation.GetLength(0) != n || correlation.GetLength(1) != n)
            throw new ArgumentException($"Must be {n} × {n}, is {correlation.GetLength(0)} × {correlation.GetLength(1)}.", nameof(correlation));
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                if (!(correlation[i, j] is >= -1 and <= 1))
                    throw new ArgumentOutOfRangeException(nameof(correlation), correlation[i, j], $"The correlation of '{names[i]}' and '{names[j]}' must lie between -1 and 1.");
                if (correlation[i, j] != correlation[j, i])
                    throw new ArgumentException($"Must be symmetric: the two coefficients of '{names[i]}' and '{names[j]}' differ.", nameof(correlation));
                if (i == j && correlation[i, i] != 1)
                    throw new ArgumentException($"The correlation of '{names[i]}' with itself must be 1.", nameof(correlation));
            }
    }

    private static double[,] SemidefiniteFactor(double[,] r, int[] rows, string[] names)
    {
        var n = rows.Length;
        var factor = new double[n, n];
        for (var j = 0; j < n; j++)
        {
            var pivot = 1.0;
            for (var k = 0; k < j; k++)
                pivot -= factor[j, k] * factor[j, k];
            if (pivot < -1e-9)
                throw Contradiction(j);
            factor[j, j] = pivot > 1e-12 ? Math.Sqrt(pivot) : 0;
            for (var i = j + 1; i < n; i++)
            {
                var sum = r[rows[i], rows[j]];
                for (var k = 0; k < j; k++)
                    sum -= factor[i, k] * factor[j, k];
                if (factor[j, j] == 0 && Math.Abs(sum) > 1e-6)
                    throw Contradiction(i);
                factor[i, j] = factor[j, j] == 0 ? 0 : sum / factor[j, j];
            }
        }
        return factor;

        ArgumentException Contradiction(int row)
        {
            var partner = Enumerable.Range(0, Math.Max(1, row)).MaxBy(i => Math.Abs(r[rows[row], rows[i]]));
            return new($"Must not be negative definite: the correlation of '{names[rows[row]]}' with '{names[rows[partner]]}' contradicts the others.", nameof(Correlation).ToLowerInvariant());
        }
    }
}
