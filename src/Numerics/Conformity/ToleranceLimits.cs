namespace Plumbline.Numerics;

/// <summary>Limits of tolerance, or of acceptance (容许限、接受限): one or both.</summary>
public sealed record ToleranceLimits
{
    private ToleranceLimits(double? lower, double? upper) => (Lower, Upper) = (lower, upper);

    /// <summary>T<sub>L</sub>; null where there is none.</summary>
    public double? Lower { get; }

    /// <summary>T<sub>U</sub>; null where there is none.</summary>
    public double? Upper { get; }

    internal double Low => Lower ?? double.NegativeInfinity;

    internal double High => Upper ?? double.PositiveInfinity;

    /// <summary>Two limits.</summary>
    /// <param name="lower">The lower, finite.</param>
    /// <param name="upper">The upper, finite and above the lower.</param>
    /// <returns>The limits.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not finite, or the upper is not above the lower.</exception>
    public static ToleranceLimits Between(double lower, double upper)
    {
        Require.Finite(lower);
        Require.Finite(upper);
        if (!(upper > lower))
            throw new ArgumentOutOfRangeException(nameof(upper), upper, $"Must be above the lower limit {lower}.");
        return new(lower, upper);
    }

    /// <summary>An upper limit alone.</summary>
    /// <param name="upper">Finite.</param>
    /// <returns>The limit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not finite.</exception>
    public static ToleranceLimits AtMost(double upper)
    {
        Require.Finite(upper);
        return new(null, upper);
    }

    /// <summary>A lower limit alone.</summary>
    /// <param name="lower">Finite.</param>
    /// <returns>The limit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not finite.</exception>
    public static ToleranceLimits AtLeast(double lower)
    {
        Require.Finite(lower);
        return new(lower, null);
    }

    /// <summary>A maximum permitted error: ±MPEV about a nominal value.</summary>
    /// <param name="maximumPermittedError">MPEV, greater than zero.</param>
    /// <param name="nominal">The middle, finite.</param>
    /// <returns>The two limits.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static ToleranceLimits Permitted(double maximumPermittedError, double nominal = 0)
    {
        Require.Positive(maximumPermittedError);
        Require.Finite(nominal);
        return new(nominal - maximumPermittedError, nominal + maximumPermittedError);
    }

    /// <summary>Whether a value lies within; the limits themselves conform.</summary>
    /// <param name="value">In the unit of the limits.</param>
    /// <returns>True within.</returns>
    public bool Hold(double value) => value >= Low && value <= High;

    /// <summary>The limits moved inwards (guard band greater than zero) or outwards.</summary>
    /// <param name="guardBand">w, in the unit of the limits.</param>
    /// <returns>The acceptance limits; null where nothing is left between them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The guard band is not finite.</exception>
    public ToleranceLimits? Guarded(double guardBand)
    {
        Require.Finite(guardBand);
        return Lower is { } low && Upper is { } high && !(high - guardBand > low + guardBand) ? null : new(Lower + guardBand, Upper - guardBand);
    }
}
