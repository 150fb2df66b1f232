namespace Plumbline.Numerics;

/// <summary>Global risks of a decision rule (全局风险): how often items of a process are wrongly accepted or rejected, JCGM 106:2012, clause 9.5.</summary>
/// <remarks>PFA = ∫ outside g₀(η) P(accept | η) dη and PFR = ∫ inside g₀(η) (1 − P(accept | η)) dη, by adaptive quadrature with break points about every limit, however sharp the measurement.</remarks>
public static class GlobalRisk
{
    private static readonly double[] aroundLimits = [-8, -5, -3, -1.5, 0, 1.5, 3, 5, 8];

    /// <summary>The risks of accepting what is measured within the acceptance limits.</summary>
    /// <param name="process">Distribution of the items.</param>
    /// <param name="measurementUncertainty">u<sub>m</sub>, standard uncertainty of a measurement, greater than zero.</param>
    /// <param name="tolerance">The tolerance limits.</param>
    /// <param name="acceptance">The acceptance limits; the tolerance limits themselves for simple acceptance.</param>
    /// <param name="bias">Systematic error of the measurement, in the unit of the quantity.</param>
    /// <returns>The risks, with an estimate of the error of the quadrature.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static RiskFigures Of(ProcessDistribution process, double measurementUncertainty, ToleranceLimits tolerance, ToleranceLimits? acceptance = null, double bias = 0)
    {
        ArgumentNullException.ThrowIfNull(process);
        Require.Positive(measurementUncertainty);
        ArgumentNullException.ThrowIfNull(tolerance);
        Require.Finite(bias);
        var accept = acceptance ?? tolerance;
        double Accepted(double x) => Between((accept.Low - x - bias) / measurementUncertainty, (accept.High - x - bias) / measurementUncertainty);
        double Rejected(double x) => Tail((accept.High - x - bias) / measurementUncertainty) + Tail((x + bias - accept.Low) / measurementUncertainty);
        var (low, high) = process.Range;
        double[] turns = [.. process.Breaks, .. new[] { accept.Low, accept.High }.Where(double.IsFinite).SelectMany(a => aroundLimits.Select(k => a - bias + k * measurementUncertainty))];
        double error = 0;
        double Integral(Func<double, double> decision, double from, double to)
        {
            double a = Math.Max(from, low), b = Math.Min(to, high);
            if (!(a < b))
                return 0;
            var (value, own) = GaussKronrod.Integrate(x => process.Density(x) * decision(x), [a, b, .. turns.Where(t => t > a && t < b)]);
            error += own;
            return value;
        }
        var falselyAccepted = Integral(Accepted, double.NegativeInfinity, tolerance.Low) + Integral(Accepted, tolerance.High, double.PositiveInfinity);
        var falselyRejected = Integral(Rejected, tolerance.Low, tolerance.High);
        var outside = (tolerance.Lower is { } l ? process.Below(l) : 0) + (tolerance.Upper is { } u ? process.Above(u) : 0);
        var accepted = Math.Max(0, 1 - outside - falselyRejected + falselyAccepted);
        return new(falselyAccepted, falselyRejected, outside, accepted, error);
    }

    /// <summary>The probability of false acceptance alone, without bias.</summary>
    internal static double FalseAcceptance(ProcessDistribution process, double measurementUncertainty, ToleranceLimits tolerance, ToleranceLimits accept)
    {
        var (low, high) = process.Range;
        double[] turns = [.. process.Breaks, .. new[] { accept.Low, accept.High }.Where(double.IsFinite).SelectMany(a => aroundLimits.Select(k => a + k * measurementUncertainty))];
        double Integral(double from, double to) => Math.Max(from, low) is var a && Math.Min(to, high) is var b && a < b
            ? GaussKronrod.Integrate(x => process.Density(x) * Between((accept.Low - x) / measurementUncertainty, (accept.High - x) / measurementUncertainty), [a, b, .. turns.Where(t => t > a && t < b)]).Value : 0;
        return Integral(double.NegativeInfinity, tolerance.Low) + Integral(tolerance.High, double.PositiveInfinity);
    }

    /// <summary>The standard uncertainty that a test uncertainty ratio stands for: TUR = (T<sub>U</sub> − T<sub>L</sub>)/(2U) with U = 2u.</summary>
    /// <param name="limits">Two limits.</param>
    /// <param name="testUncertaintyRatio">TUR, greater than zero.</param>
    /// <returns>u<sub>m</sub>, in the unit of the limits.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not greater than zero.</exception>
    /// <exception cref="ArgumentException">Only one limit.</exception>
    public static double UncertaintyOf(ToleranceLimits limits, double testUncertaintyRatio)
    {
        ArgumentNullException.ThrowIfNull(limits);
        Require.Positive(testUncertaintyRatio);
        return limits is { Lower: { } low, Upper: { } high } ? (high - low) / (4 * testUncertaintyRatio) : throw new ArgumentException("Two limits are needed.", nameof(limits));
    }

    private static double Tail(double x) => double.IsPositiveInfinity(x) ? 0 : Normal.UpperTailOf(x);

    /// <summary>Φ(high) − Φ(low), from the tails of the side on which both lie.</summary>
    private static double Between(double low, double high) =>
        low > 0 ? Tail(low) - Tail(high) : high < 0 ? Tail(-high) - Tail(-low) : 1 - Tail(-low) - Tail(high);
}

/// <summary>Risks of a decision rule over a process.</summary>
/// <param name="FalseAcceptance">PFA, the consumer's risk R<sub>C</sub>: an item is nonconforming and accepted.</param>
/// <param name="FalseRejection">PFR, the producer's risk R<sub>P</sub>: an item conforms and is rejected.</param>
/// <param name="Nonconforming">The share of nonconforming items.</param>
/// <param name="Accepted">The share of accepted items.</param>
/// <param name="QuadratureError">Estimate of the error of both risks.</param>
public sealed record RiskFigures(double FalseAcceptance, double FalseRejection, double Nonconforming, double Accepted, double QuadratureError)
{
    /// <summary>The share of nonconforming among the accepted (CPFA); null where none is accepted.</summary>
    public double? NonconformingAmongAccepted => Accepted > 0 ? FalseAcceptance / Accepted : null;

    /// <summary>The share of conforming among the rejected; null where none is rejected.</summary>
    public double? ConformingAmongRejected => Accepted < 1 ? FalseRejection / (1 - Accepted) : null;
}
