namespace Plumbline.Numerics;

/// <summary>How the number of nonconforming items in a sample varies (不合格品数的分布).</summary>
public enum CountModel
{
    /// <summary>A sample without replacement from a lot of known size.</summary>
    Hypergeometric,

    /// <summary>A sample from a process, or from a lot much larger than it.</summary>
    Binomial,

    /// <summary>Nonconformities counted on items, any number on each.</summary>
    Poisson,
}

/// <summary>Probability that a sample holds no more than a given number of nonconforming items.</summary>
public static class AcceptanceProbability
{
    /// <summary>Binomial: items taken from a process.</summary>
    /// <param name="sampleSize">n, at least 1.</param>
    /// <param name="acceptanceNumber">Ac, not negative.</param>
    /// <param name="fractionNonconforming">p, from 0 to 1.</param>
    /// <returns>P(d ≤ Ac), with full relative accuracy when small.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Binomial(int sampleSize, int acceptanceNumber, double fractionNonconforming)
    {
        Require.AtLeast(sampleSize, 1);
        Require.AtLeast(acceptanceNumber, 0);
        Fraction(fractionNonconforming);
        return acceptanceNumber >= sampleSize ? 1
            : GammaFunctions.IncompleteBeta(sampleSize - acceptanceNumber, acceptanceNumber + 1, 1 - fractionNonconforming, fractionNonconforming).Lower;
    }

    /// <summary>Poisson: nonconformities counted on <paramref name="sampleSize"/> items.</summary>
    /// <param name="sampleSize">n, at least 1.</param>
    /// <param name="acceptanceNumber">Ac, not negative.</param>
    /// <param name="nonconformitiesPerItem">Mean number for each item, not negative.</param>
    /// <returns>P(d ≤ Ac), with full relative accuracy when small.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Poisson(int sampleSize, int acceptanceNumber, double nonconformitiesPerItem)
    {
        Require.AtLeast(sampleSize, 1);
        Require.AtLeast(acceptanceNumber, 0);
        Require.NotNegative(nonconformitiesPerItem);
        return GammaFunctions.Incomplete(acceptanceNumber + 1, sampleSize * nonconformitiesPerItem).Upper;
    }

    /// <summary>Hypergeometric: a sample without replacement.</summary>
    /// <param name="lotSize">N, at least 1.</param>
    /// <param name="sampleSize">n, from 1 to N.</param>
    /// <param name="acceptanceNumber">Ac, not negative.</param>
    /// <param name="nonconformingInLot">D, from 0 to N.</param>
    /// <returns>P(d ≤ Ac), with full relative accuracy when small.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Hypergeometric(int lotSize, int sampleSize, int acceptanceNumber, int nonconformingInLot)
    {
        Require.AtLeast(lotSize, 1);
        Require.AtLeast(sampleSize, 1);
        Require.AtLeast(acceptanceNumber, 0);
        Require.AtLeast(nonconformingInLot, 0);
        if (sampleSize > lotSize)
            throw new ArgumentOutOfRangeException(nameof(sampleSize), sampleSize, $"Must not exceed the lot size {lotSize}.");
        if (nonconformingInLot > lotSize)
            throw new ArgumentOutOfRangeException(nameof(nonconformingInLot), nonconformingInLot, $"Must not exceed the lot size {lotSize}.");
        int least = Math.Max(0, sampleSize - (lotSize - nonconformingInLot)), most = Math.Min(sampleSize, nonconformingInLot);
        if (acceptanceNumber >= most)
            return 1;
        if (acceptanceNumber < least)
            return 0;
        var term = HypergeometricTerm(lotSize, sampleSize, acceptanceNumber, nonconformingInLot);
        var sum = 0.0;
        for (var d = acceptanceNumber; d >= least; d--)
        {
            sum += term;
            term *= (double)d * (lotSize - nonconformingInLot - sampleSize + d) / ((nonconformingInLot - d + 1.0) * (sampleSize - d + 1.0));
        }
        return Math.Min(1, sum);
    }

    internal static void Fraction(double value, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value >= 0 && value <= 1))
            throw new ArgumentOutOfRangeException(name, value, "Must lie between 0 and 1.");
    }

    internal static double BinomialTerm(int n, int d, double p, double q)
    {
        if (p == 0)
            return d == 0 ? 1 : 0;
        if (q == 0)
            return d == n ? 1 : 0;
        return GammaFunctions.BetaTerm(d + 1, n - d + 1, p, q) / (p * q * (n + 1.0));
    }

    /// <summary>Loader's form: three binomial terms at p = n/N, none of which overflows.</summary>
    internal static double HypergeometricTerm(int lot, int n, int d, int bad)
    {
        if (d < 0 || d > bad || d > n || n - d > lot - bad)
            return 0;
        if (n == lot)
            return d == bad ? 1 : 0;
        double p = (double)n / lot, q = (double)(lot - n) / lot;
        return BinomialTerm(bad, d, p, q) * BinomialTerm(lot - bad, n - d, p, q) / BinomialTerm(lot, n, p, q);
    }
}
