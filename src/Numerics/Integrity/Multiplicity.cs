namespace Plumbline.Numerics;

/// <summary>Many tests at once (多重比较): p-values corrected so that the stated false-alarm rate holds for all of them together.</summary>
public static class Multiplicity
{
    /// <summary>Holm's step-down correction: the chance of even one false alarm stays below the level.</summary>
    /// <param name="probabilities">p-values, between 0 and 1.</param>
    /// <returns>Corrected p-values in the order given, not above 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not a probability.</exception>
    /// <exception cref="ArgumentException">No value.</exception>
    public static double[] Holm(double[] probabilities)
    {
        Check(probabilities);
        var order = Order(probabilities);
        var corrected = new double[order.Length];
        var most = 0.0;
        for (var i = 0; i < order.Length; i++)
            corrected[order[i]] = most = Math.Max(most, Math.Min(1, (order.Length - i) * probabilities[order[i]]));
        return corrected;
    }

    /// <summary>Benjamini and Hochberg's correction: the expected share of false alarms among all alarms stays below the level.</summary>
    /// <param name="probabilities">p-values, between 0 and 1, independent or positively dependent.</param>
    /// <returns>Corrected p-values in the order given, not above 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not a probability.</exception>
    /// <exception cref="ArgumentException">No value.</exception>
    public static double[] BenjaminiHochberg(double[] probabilities)
    {
        Check(probabilities);
        var order = Order(probabilities);
        var corrected = new double[order.Length];
        var least = 1.0;
        for (var i = order.Length - 1; i >= 0; i--)
            corrected[order[i]] = least = Math.Min(least, order.Length * probabilities[order[i]] / (i + 1));
        return corrected;
    }

    private static int[] Order(double[] p) => [.. Enumerable.Range(0, p.Length).OrderBy(i => p[i])];

    private static void Check(double[] probabilities)
    {
        Require.Finite(probabilities, name: nameof(probabilities));
        foreach (var p in probabilities)
            if (p is < 0 or > 1)
                throw new ArgumentOutOfRangeException(nameof(probabilities), p, "Must lie between 0 and 1.");
    }
}
