namespace Plumbline.Numerics;

/// <summary>The two-sided cumulative sum chart (累积和控制图) of standardised values.</summary>
public static class Cusum
{
    /// <summary>Runs the chart until it alarms.</summary>
    /// <param name="values">Standardised, in order of time.</param>
    /// <param name="allowance">k, half the shift to be found, not negative.</param>
    /// <param name="decisionInterval">h, greater than zero.</param>
    /// <returns>Where and which way it alarmed first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static CusumAlarm Run(double[] values, double allowance, double decisionInterval)
    {
        Require.Finite(values);
        Require.NotNegative(allowance);
        Require.Positive(decisionInterval);
        double up = 0, down = 0;
        for (var i = 0; i < values.Length; i++)
        {
            up = Math.Max(0, up + values[i] - allowance);
            down = Math.Max(0, down - values[i] - allowance);
            if (up > decisionInterval || down > decisionInterval)
                return new(i, up > decisionInterval, up, down);
        }
        return new(null, null, up, down);
    }

    /// <summary>Average run length of one side without a shift, by Siegmund's approximation.</summary>
    /// <param name="allowance">k, not negative.</param>
    /// <param name="decisionInterval">h, greater than zero.</param>
    /// <returns>Values until a false alarm, on average.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double AverageRunLength(double allowance, double decisionInterval)
    {
        Require.NotNegative(allowance);
        Require.Positive(decisionInterval);
        var b = decisionInterval + 1.166;
        return allowance == 0 ? b * b : (Math.Exp(2 * allowance * b) - 2 * allowance * b - 1) / (2 * allowance * allowance);
    }
}

/// <summary>What a cumulative sum chart came to.</summary>
/// <param name="Index">Place of the alarm, counted from zero; null without one.</param>
/// <param name="Upwards">The side that alarmed.</param>
/// <param name="Upper">The upper sum at the end.</param>
/// <param name="Lower">The lower sum at the end.</param>
public sealed record CusumAlarm(int? Index, bool? Upwards, double Upper, double Lower);
