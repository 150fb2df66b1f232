namespace Plumbline.Numerics;

/// <summary>Type A evaluation of repeated readings (A 类评定), JCGM 100:2008, 4.2 and JJF 1059.1-2012, 4.3.2.</summary>
public static class MeanOfReadings
{
    /// <summary>The mean by Bessel's formula, as an uncertain number with n − 1 degrees of freedom.</summary>
    /// <param name="values">Independent readings, at least 2.</param>
    /// <param name="pooledDeviation">Standard deviation of a reading from earlier work, instead of the readings' own; greater than zero.</param>
    /// <param name="pooledDegreesOfFreedom">Its degrees of freedom, greater than zero.</param>
    /// <returns>x̄ with s/√n.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">Too few readings; a pooled deviation without degrees of freedom.</exception>
    public static UncertainNumber Bessel(double[] values, double? pooledDeviation = null, double? pooledDegreesOfFreedom = null)
    {
        Require.Finite(values, pooledDeviation is null ? 2 : 1);
        if (pooledDeviation is { } given)
            Require.Positive(given, nameof(pooledDeviation));
        if (pooledDegreesOfFreedom is { } freedom)
            Require.Positive(freedom, nameof(pooledDegreesOfFreedom));
        var frame = Frame.Of(values);
        double mean = frame.Z.Average(), deviation = pooledDeviation ?? frame.Scale * Math.Sqrt(frame.Z.Sum(z => (z - mean) * (z - mean)) / (values.Length - 1));
        return UncertainNumber.Of(frame.Location(mean), deviation / Math.Sqrt(values.Length), pooledDeviation is null ? values.Length - 1 : pooledDegreesOfFreedom ?? double.PositiveInfinity);
    }

    /// <summary>The standard deviation of one reading from the range (极差法), R/C, with the degrees of freedom of JJF 1059.1-2012, table 1.</summary>
    /// <param name="values">Independent readings, 2 to 9.</param>
    /// <returns>s and ν.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Fewer than 2 or more than 9 readings.</exception>
    public static (double StandardDeviation, double DegreesOfFreedom) Range(double[] values)
    {
        Require.Finite(values, 2);
        double[] factors = [1.13, 1.69, 2.06, 2.33, 2.53, 2.70, 2.85, 2.97], degrees = [0.9, 1.8, 2.7, 3.6, 4.5, 5.3, 6.0, 6.8];
        return values.Length > 9 ? throw new ArgumentException("At most 9 readings: beyond, Bessel's formula is better.", nameof(values)) : ((values.Max() - values.Min()) / factors[values.Length - 2], degrees[values.Length - 2]);
    }

    /// <summary>The pooled standard deviation of several groups of readings (合并样本标准差).</summary>
    /// <param name="groups">A row for each group, at least one with two readings or more.</param>
    /// <returns>s<sub>p</sub> and its degrees of freedom.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">No group has two readings.</exception>
    public static (double StandardDeviation, double DegreesOfFreedom) Pooled(double[][] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        double squares = 0, degrees = 0;
        foreach (var group in groups)
        {
            Require.Finite(group, 1, nameof(groups));
            var frame = Frame.Of(group);
            var mean = frame.Z.Average();
            squares += frame.Scale * frame.Scale * frame.Z.Sum(z => (z - mean) * (z - mean));
            degrees += group.Length - 1;
        }
        return degrees > 0 ? (Math.Sqrt(squares / degrees), degrees) : throw new ArgumentException("At least one group needs two readings.", nameof(groups));
    }
}
