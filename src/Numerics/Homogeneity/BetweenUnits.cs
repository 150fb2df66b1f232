namespace Plumbline.Numerics;

/// <summary>Between-unit homogeneity of a reference material (单元间均匀性) by one-way analysis of variance, ISO 33405 (formerly ISO Guide 35).</summary>
public static class BetweenUnits
{
    /// <summary>Analysis of variance of units measured several times, not necessarily equally often.</summary>
    /// <param name="valuesByUnit">A row for each of at least two units, in one unit of measurement; at least one row with two values or more.</param>
    /// <returns>Mean squares, F test, s<sub>bb</sub> and u*<sub>bb</sub>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Too few units or values.</exception>
    public static BetweenUnitsResult Analyse(double[][] valuesByUnit)
    {
        ArgumentNullException.ThrowIfNull(valuesByUnit);
        foreach (var row in valuesByUnit)
            Require.Finite(row, 1, nameof(valuesByUnit));
        int units = valuesByUnit.Length, total = valuesByUnit.Sum(row => row.Length);
        if (units < 2 || total <= units)
            throw new ArgumentException("At least two units are needed, and repeated values of at least one.", nameof(valuesByUnit));
        var frame = Frame.Of([.. valuesByUnit.SelectMany(row => row)]);
        var mean = frame.Z.Average();
        double between = 0, within = 0, squaresOfSizes = 0;
        var start = 0;
        foreach (var row in valuesByUnit)
        {
            var slice = frame.Z[start..(start + row.Length)];
            start += row.Length;
            var own = slice.Average();
            between += slice.Length * (own - mean) * (own - mean);
            within += slice.Sum(z => (z - own) * (z - own));
            squaresOfSizes += (double)slice.Length * slice.Length;
        }
        int nuBetween = units - 1, nuWithin = total - units;
        double msBetween = between / nuBetween, msWithin = within / nuWithin;
        var n0 = (total - squaresOfSizes / total) / nuBetween;
        var f = msWithin > 0 ? msBetween / msWithin : double.PositiveInfinity;
        var square = frame.Scale * frame.Scale;
        return new(units, n0, frame.Location(mean), square * msBetween, square * msWithin,
            msWithin > 0 ? f : null,
            msWithin > 0 ? FisherF.UpperTail(f, nuBetween, nuWithin) : msBetween > 0 ? 0 : 1,
            frame.Scale * Math.Sqrt(Math.Max(0, msBetween - msWithin) / n0),
            n0 > 1 ? frame.Scale * Math.Sqrt(msWithin / n0) * Math.Pow(2 / (units * (n0 - 1)), 0.25) : null);
    }
}

/// <summary>One-way analysis of variance between units.</summary>
/// <param name="Units">N.</param>
/// <param name="EffectiveReplicates">n₀, the effective number of values for each unit.</param>
/// <param name="Mean">The mean of all values.</param>
/// <param name="MeanSquareBetween">MS between, in the unit of the values squared.</param>
/// <param name="MeanSquareWithin">MS within, likewise.</param>
/// <param name="F">Their ratio; null when there is no variation within units.</param>
/// <param name="PValue">Pr{F ≥ observed} if all units are alike.</param>
/// <param name="BetweenUnit">s<sub>bb</sub> = √((MSb − MSw)/n₀), zero when MSb is the smaller.</param>
/// <param name="HiddenByRepeatability">u*<sub>bb</sub> = √(MSw/n₀)·(2/(N(n₀−1)))<sup>1/4</sup>: the inhomogeneity that repeatability could hide; the floor for u<sub>bb</sub>. Null with single values.</param>
public sealed record BetweenUnitsResult(int Units, double EffectiveReplicates, double Mean, double MeanSquareBetween, double MeanSquareWithin,
    double? F, double PValue, double BetweenUnit, double? HiddenByRepeatability)
{
    /// <summary>u<sub>bb</sub>: the larger of s<sub>bb</sub> and u*<sub>bb</sub>.</summary>
    public double StandardUncertainty => Math.Max(BetweenUnit, HiddenByRepeatability ?? 0);
}
