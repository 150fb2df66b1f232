namespace Plumbline.Numerics;

/// <summary>Equivalent degrees of freedom of variances of finite differences (等效自由度), C. A. Greenhall and W. J. Riley, "Uncertainty of stability variances based on finite differences", PTTI 2003; NIST SP 1065, 5.4.</summary>
public static class EquivalentDegreesOfFreedom
{
    private const int LongestSum = 100;

    // Tables 1 and 2 of the paper by α = 2 … −4 and d = 1 … 3: 1/edf ≈ (a₀ − a₁/r)/r.
    private static readonly double[,,] modifiedTable =
    {
        { { 2 / 3.0, 1 / 3.0 }, { 7 / 9.0, 0.5 }, { 22 / 25.0, 2 / 3.0 } },
        { { 0.840, 0.345 }, { 0.997, 0.616 }, { 1.141, 0.843 } },
        { { 1.079, 0.368 }, { 1.033, 0.607 }, { 1.184, 0.848 } },
        { { 0, 0 }, { 1.048, 0.534 }, { 1.180, 0.816 } },
        { { 0, 0 }, { 1.302, 0.535 }, { 1.175, 0.777 } },
        { { 0, 0 }, { 0, 0 }, { 1.194, 0.703 } },
        { { 0, 0 }, { 0, 0 }, { 1.489, 0.702 } },
    };

    private static readonly double[,,] plainTable =
    {
        { { 1.5, 0.5 }, { 35 / 18.0, 1 }, { 2.31, 1.5 } },
        { { 78.6, 25.2 }, { 790, 410 }, { 9950, 6520 } },
        { { 2 / 3.0, 1 / 6.0 }, { 2 / 3.0, 1 / 3.0 }, { 7 / 9.0, 0.5 } },
        { { 0, 0 }, { 0.852, 0.375 }, { 0.997, 0.617 } },
        { { 0, 0 }, { 1.079, 0.368 }, { 1.033, 0.607 } },
        { { 0, 0 }, { 0, 0 }, { 1.053, 0.553 } },
        { { 0, 0 }, { 0, 0 }, { 1.302, 0.535 } },
    };

    // Table 3: the growth of flicker phase noise with m, (b₀ + b₁ ln m).
    private static readonly double[,] flickerTable = { { 6, 4 }, { 15.23, 12 }, { 47.8, 40 } };

    /// <summary>Degrees of freedom of a variance of d-th differences of phase.</summary>
    /// <param name="noise">The dominant noise; d must be large enough for it: α + 2d &gt; 1.</param>
    /// <param name="differences">d: 1 first differences, 2 Allan family, 3 Hadamard family.</param>
    /// <param name="averagingFactor">m in sampling intervals, at least 1.</param>
    /// <param name="phaseCount">N, the number of phases; at least one term must exist.</param>
    /// <param name="overlapping">Differences at every sample, not at every m-th.</param>
    /// <param name="modified">Phases are averaged over m before differencing (MDEV, TDEV).</param>
    /// <returns>Degrees of freedom, greater than zero.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or the variance does not converge for the noise.</exception>
    /// <exception cref="ArgumentException">Too few phases for one term.</exception>
    /// <remarks>White phase noise without modification is summed exactly, the few terms of short records included. Sums of more than a hundred terms are replaced by the paper's scaled and asymptotic forms.</remarks>
    public static double OfDifferences(NoiseType noise, int differences, int averagingFactor, int phaseCount, bool overlapping = true, bool modified = false)
    {
        if (differences is < 1 or > 3)
            throw new ArgumentOutOfRangeException(nameof(differences), differences, "Must be 1, 2 or 3.");
        Require.AtLeast(averagingFactor, 1);
        var alpha = (int)noise;
        if (!Enum.IsDefined(noise) || alpha + 2 * differences <= 1)
            throw new ArgumentOutOfRangeException(nameof(noise), noise, $"A variance of {differences}-fold differences does not converge for this noise.");
        int m = averagingFactor, d = differences, stride = overlapping ? m : 1;
        double span = (modified ? m : 1) + (double)m * d, terms = 1 + Math.Floor(stride * (phaseCount - span) / m);
        if (terms < 1)
            throw new ArgumentException($"{phaseCount} phases are too few for m = {m}: at least {span} are needed.", nameof(phaseCount));
        var r = terms / stride;
        var sum = Math.Min(terms, (d + 1.0) * stride);
        if (modified)
            return sum <= LongestSum ? Summed(sum, terms, stride, 1, alpha, d)
                : r > d + 1 ? Tabulated(modifiedTable, alpha, d, r) : Summed(LongestSum, LongestSum, LongestSum / r, 1, alpha, d);
        return alpha switch
        {
            2 => WhitePhase(terms, r, d),
            1 => FlickerPhase(sum, terms, stride, r, m, d),
            _ => sum <= LongestSum ? Summed(sum, terms, stride, m * (d + 1.0) <= LongestSum ? m : double.PositiveInfinity, alpha, d)
                : r > d + 1 ? Tabulated(plainTable, alpha, d, r) : Summed(LongestSum, LongestSum, LongestSum / r, double.PositiveInfinity, alpha, d),
        };
    }

    /// <summary>Differences of white phase noise are correlated at multiples of m only: the sum is finite, and short where the record is.</summary>
    private static double WhitePhase(double terms, double r, int d)
    {
        double Binomial(int k) => Enumerable.Range(1, k).Aggregate(1.0, (b, i) => b * (2 * d - k + i) / i);
        var whole = Binomial(d) * Binomial(d);
        var sum = whole;
        for (var k = 1; k <= d && k < r; k++)
            sum += 2 * (1 - k / r) * Binomial(d - k) * Binomial(d - k);
        return terms * whole / sum;
    }

    private static double FlickerPhase(double sum, double terms, int stride, double r, int m, int d)
    {
        if (sum <= LongestSum)
            return Summed(sum, terms, stride, m, 1, d);
        var growth = flickerTable[d - 1, 0] + flickerTable[d - 1, 1] * Math.Log(m);
        return r > d + 1 ? growth * growth * Tabulated(plainTable, 1, d, r)
            : growth * growth * LongestSum / BasicSum(LongestSum, LongestSum, LongestSum / r, LongestSum / r, 1, d);
    }

    private static double Tabulated(double[,,] table, int alpha, int d, double r) => r / (table[2 - alpha, d - 1, 0] - table[2 - alpha, d - 1, 1] / r);

    private static double Summed(double sum, double terms, double stride, double filter, int alpha, int d)
    {
        var variance = Covariance(0, filter, alpha, d);
        return variance * variance * terms / BasicSum(sum, terms, stride, filter, alpha, d);
    }

    private static double BasicSum(double last, double terms, double stride, double filter, int alpha, int d)
    {
        double Square(double j) => Math.Pow(Covariance(j / stride, filter, alpha, d), 2);
        var total = Square(0) + (1 - last / terms) * Square(last);
        for (var j = 1; j < last; j++)
            total += 2 * (1 - j / terms) * Square(j);
        return total;
    }

    /// <summary>s<sub>z</sub>(t): the covariance of d-th differences a time t (in τ) apart.</summary>
    private static double Covariance(double t, double filter, int alpha, int d)
    {
        double Phase(double s) => PhaseCovariance(s, filter, alpha);
        return d switch
        {
            1 => 2 * Phase(t) - Phase(t - 1) - Phase(t + 1),
            2 => 6 * Phase(t) - 4 * (Phase(t - 1) + Phase(t + 1)) + Phase(t - 2) + Phase(t + 2),
            _ => 20 * Phase(t) - 15 * (Phase(t - 1) + Phase(t + 1)) + 6 * (Phase(t - 2) + Phase(t + 2)) - Phase(t - 3) - Phase(t + 3),
        };
    }

    /// <summary>s<sub>x</sub>(t): the generalised covariance of phase averaged over 1/F; of phase itself where F is infinite.</summary>
    private static double PhaseCovariance(double t, double filter, int alpha) => double.IsPositiveInfinity(filter) ? PowerLaw(t, alpha + 2)
        : filter * filter * (2 * PowerLaw(t, alpha) - PowerLaw(t - 1 / filter, alpha) - PowerLaw(t + 1 / filter, alpha));

    /// <summary>s<sub>w</sub>(t): −|t|, t² ln|t|, |t|³, … for α = 2, 1, 0, …</summary>
    private static double PowerLaw(double t, int alpha)
    {
        var power = Math.Pow(Math.Abs(t), 3 - alpha);
        return alpha == 2 ? -power : alpha % 2 == 0 ? power : t == 0 ? 0 : power * Math.Log(Math.Abs(t));
    }

    /// <summary>Of the parabolic variance: the covariance of its slopes, worked out from its weights on phase.</summary>
    /// <remarks>m above 32 is scaled down with the record: only the ratio of the two matters then.</remarks>
    internal static double OfParabolic(NoiseType noise, int m, long terms)
    {
        if (m == 1)
            return OfDifferences(noise, 2, 1, (int)terms + 2);
        var small = Math.Min(m, 32);
        double count = Math.Max(1, (double)terms * small / m), sum = 0, variance = 0;
        var weights = new double[2 * small];
        for (var k = 0; k < small; k++)
            weights[small + k] = -(weights[k] = (small - 1) / 2.0 - k);
        for (var lag = 0; lag < Math.Min(count, 6.0 * small); lag++)
        {
            double covariance = 0;
            for (var i = 0; i < weights.Length; i++)
                for (var j = 0; j < weights.Length; j++)
                    covariance += weights[i] * weights[j] * PhaseCovariance(lag + i - j, 1, (int)noise);
            if (lag == 0)
                variance = covariance;
            var rho = covariance / variance;
            sum += (lag == 0 ? 1 : 2 * (1 - lag / count)) * rho * rho;
        }
        // The scaled sum is over small-fold fewer terms at distances small-fold longer.
        return count / sum;
    }

    /// <summary>Of total variances and Thêo1, by the fits of NIST SP 1065, Tables 5 to 9; what those leave out falls back on the variance without continuation.</summary>
    internal static double OfTotal(DeviationKind kind, NoiseType noise, int m, int phaseCount)
    {
        int alpha = (int)noise, n = phaseCount;
        double ratio = (double)n / m;
        switch (kind)
        {
            case DeviationKind.Totdev when alpha <= 0:
                return Math.Max(1, alpha switch { 0 => 1.5 * ratio, -1 => 1.17 * ratio - 0.22, _ => 0.93 * ratio - 0.36 });
            case DeviationKind.Mtotdev or DeviationKind.Ttotdev when m < 16:
                return OfDifferences(noise, 2, m, n, modified: true);
            case DeviationKind.Mtotdev or DeviationKind.Ttotdev:
                return Math.Max(1, alpha switch { 2 => 1.9 * ratio - 2.1, 1 => 1.2 * ratio - 1.4, 0 => 1.1 * ratio - 1.2, -1 => 0.85 * ratio - 0.5, _ => 0.75 * ratio - 0.31 });
            case DeviationKind.Htotdev when alpha <= 0 && m >= 16:
                var (b0, b1) = alpha switch { 0 => (0.559, 1.004), -1 => (0.868, 1.140), -2 => (0.938, 1.696), -3 => (0.974, 2.554), _ => (1.276, 3.149) };
                return Math.Max(1, ratio / (b0 + b1 / ratio));
            case DeviationKind.Htotdev when alpha <= 0:
                return OfDifferences(noise, 3, m, n);
            case DeviationKind.Theo1:
                return Theo1(alpha, 0.75 * m, n);
            default:
                return Math.Max(1, Simple(alpha, m, n));
        }
    }

    /// <summary>SP 1065 Table 5, for phase noises: what an overlapped Allan variance of N phases has.</summary>
    private static double Simple(int alpha, double m, double n) => alpha == 2
        ? (n + 1) * (n - 2 * m) / (2 * (n - m))
        : Math.Exp(Math.Sqrt(Math.Max(0, Math.Log((n - 1) / (2 * m)) * Math.Log((2 * m + 1) * (n - 1) / 4))));

    /// <summary>SP 1065 Table 10, t = 0.75 m.</summary>
    private static double Theo1(int alpha, double t, double n) => Math.Max(1, alpha switch
    {
        2 => 0.86 * (n + 1) * (n - 4 * t / 3) / (n - t) * (t / (t + 1.14)),
        1 => (4.798 * n * n - 6.374 * n * t + 12.387 * t) / (Math.Sqrt(t + 36.6) * (n - t)) * (t / (t + 0.3)),
        0 => ((4.1 * n + 0.8) / t - (3.1 * n + 6.5) / n) * (Math.Pow(t, 1.5) / (Math.Pow(t, 1.5) + 5.2)),
        -1 => (2 * n * n - 1.3 * n * t - 3.5 * t) / (n * t) * (t * t * t / (t * t * t + 2.3)),
        _ => (4.4 * n - 2) / (2.9 * t) * ((Math.Pow(4.4 * n - 1, 2) - 8.6 * t * (4.4 * n - 1) + 11.4 * t * t) / Math.Pow(4.4 * n - 3, 2)),
    });
}
