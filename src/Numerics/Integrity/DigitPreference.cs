namespace Plumbline.Numerics;

/// <summary>Preference for certain last digits (末位数字偏好): invented figures avoid 0 and 5 or love them, instruments do neither.</summary>
public static class DigitPreference
{
    /// <summary>χ² of the ten last digits against equal shares.</summary>
    /// <param name="digits">Last digits as reported, 0 to 9, at least ten of them.</param>
    /// <param name="random">The stream of chance for small samples.</param>
    /// <param name="replicates">Simulated samples when fewer than 50 digits make the χ² distribution unreliable; at least 1000.</param>
    /// <returns>Counts of the digits, χ² and its p-value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A digit is not between 0 and 9, or too few replicates.</exception>
    /// <exception cref="ArgumentException">Fewer than ten digits.</exception>
    /// <remarks>Only meaningful where the spread of the results covers many times the last digit's place: otherwise the digits are not uniform by themselves.</remarks>
    public static (int[] Counts, double ChiSquared, double PValue) Test(int[] digits, Random random, int replicates = 20_000)
    {
        ArgumentNullException.ThrowIfNull(digits);
        ArgumentNullException.ThrowIfNull(random);
        Require.AtLeast(replicates, 1000);
        if (digits.Length < 10)
            throw new ArgumentException("At least ten digits are needed.", nameof(digits));
        var counts = new int[10];
        foreach (var digit in digits)
        {
            if (digit is < 0 or > 9)
                throw new ArgumentOutOfRangeException(nameof(digits), digit, "Must lie between 0 and 9.");
            counts[digit]++;
        }
        var statistic = Statistic(counts, digits.Length);
        return (counts, statistic, digits.Length >= 50 ? ChiSquare.UpperTail(statistic, 9) : Simulated(statistic, digits.Length, random, replicates));
    }

    private static double Simulated(double statistic, int n, Random random, int replicates)
    {
        var counts = new int[10];
        var extreme = 0;
        for (var r = 0; r < replicates; r++)
        {
            Array.Clear(counts);
            for (var i = 0; i < n; i++)
                counts[random.Next(10)]++;
            if (Statistic(counts, n) >= statistic - 1e-9)
                extreme++;
        }
        return (extreme + 1.0) / (replicates + 1);
    }

    private static double Statistic(int[] counts, int n) => counts.Sum(c => (c - n / 10.0) * (c - n / 10.0)) / (n / 10.0);
}
