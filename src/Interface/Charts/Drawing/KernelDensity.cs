namespace Plumbline.Interface;

/// <summary>A smooth picture of where results lie: a Gaussian kernel on every result, as ISO 13528 10.3 draws it. A picture only; nothing is judged by it.</summary>
internal static class KernelDensity
{
    /// <summary>0.9 s*/n^0.2 with the smaller of standard deviation and scaled quartile range for s*, as the standard suggests.</summary>
    public static double Bandwidth(double[] values)
    {
        if (values.Length < 2)
            return 0;
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        var quartiles = (Spread.Quantile(values, 0.75) - Spread.Quantile(values, 0.25)) / 1.349;
        return 0.9 * (quartiles > 0 ? Math.Min(deviation, quartiles) : deviation) / Math.Pow(values.Length, 0.2);
    }

    public static List<(double X, double Density)> Curve(double[] values, double bandwidth, double from, double to, int points = 240)
    {
        var scale = 1 / (values.Length * bandwidth * Math.Sqrt(2 * Math.PI));
        return [.. Enumerable.Range(0, points + 1).Select(i =>
        {
            var x = from + ((to - from) * i / points);
            return (x, scale * values.Sum(value => Math.Exp(-0.5 * Math.Pow((x - value) / bandwidth, 2))));
        })];
    }
}
