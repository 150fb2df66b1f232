using System.Numerics;

namespace Plumbline.Numerics;

/// <summary>What is known about an input quantity, as a probability distribution (输入量的概率分布; JCGM 101:2008, 6.4 and Table 1).</summary>
/// <remarks>
/// <para>How a distribution is given is part of the factory's name: half-width, limits, scale or standard deviation are never confused. Immutable and safe to share between threads.</para>
/// <para>A moment that does not exist is null: a t distribution has a standard deviation above two degrees of freedom only.</para>
/// </remarks>
public abstract record InputDistribution
{
    /// <summary>The symbol of JCGM 101 Table 1 with its parameters, such as <c>R(-1, 1)</c>.</summary>
    public abstract string Symbol { get; }

    /// <summary>Its kind and what each number of it is, as an archive keeps them. The names are part of the format.</summary>
    internal abstract (string Kind, (string Name, double Value)[] Values) Parameters { get; }

    /// <summary>The expectation, in the quantity's unit; null where there is none.</summary>
    public abstract double? Mean { get; }

    /// <summary>The variance, in the square of the unit; null where there is none.</summary>
    public abstract double? Variance { get; }

    /// <summary>The standard deviation, in the quantity's unit; null where there is none.</summary>
    public double? StandardDeviation => Variance is { } v ? Math.Sqrt(v) : null;

    /// <summary>E(X − μ)³; null where there is none.</summary>
    public abstract double? ThirdCentralMoment { get; }

    /// <summary>E(X − μ)⁴; null where there is none.</summary>
    public abstract double? FourthCentralMoment { get; }

    /// <summary>The smallest and largest possible values; infinite where there is no limit.</summary>
    public abstract Interval Support { get; }

    /// <summary>Whether values as far above the middle as below are equally probable.</summary>
    public virtual bool IsSymmetric => false;

    /// <summary>The value at which a model is linearised: the expectation, or the median where there is none.</summary>
    public double Estimate => Mean ?? Quantile(0.5);

    /// <summary>The probability density.</summary>
    /// <param name="x">A value in the quantity's unit, finite.</param>
    /// <returns>In the reciprocal of the unit, not negative; infinite at a pole or at a point of probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="x"/> is not finite.</exception>
    public double Density(double x)
    {
        Require.Finite(x);
        return x < Support.Low || x > Support.High ? 0 : DensityAt(x);
    }

    /// <summary>The probability of a value not above <paramref name="x"/>.</summary>
    /// <param name="x">A value in the quantity's unit, finite.</param>
    /// <returns>A probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="x"/> is not finite.</exception>
    public double Cdf(double x)
    {
        Require.Finite(x);
        return x < Support.Low ? 0 : x >= Support.High ? 1 : CdfAt(x);
    }

    /// <summary>The value not exceeded with the given probability.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <returns>A value in the quantity's unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not strictly between 0 and 1.</exception>
    public double Quantile(double probability)
    {
        Require.Probability(probability);
        return QuantileAt(probability);
    }

    /// <summary>E(exp(itX)) where a closed or fast form is known.</summary>
    /// <param name="t">In the reciprocal of the unit, finite.</param>
    /// <returns>The characteristic function; null where none is offered.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="t"/> is not finite.</exception>
    public Complex? CharacteristicFunction(double t)
    {
        Require.Finite(t);
        return t == 0 ? Complex.One : CharacteristicAt(t);
    }

    /// <summary>Independent draws; the same stream gives the same digits.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="count">How many, at least one.</param>
    /// <returns>Values in the quantity's unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than one.</exception>
    public double[] Sample(ulong seed, int count)
    {
        Require.AtLeast(count, 1);
        var values = new double[(count + RandomStream.Multiple - 1) / RandomStream.Multiple * RandomStream.Multiple];
        var stream = new PhiloxStream();
        stream.Start(seed, 0, 0);
        Draw(stream, values, new double[2 * values.Length]);
        return values[..count];
    }

    /// <summary>The standard deviation, or a refusal that says why there is none.</summary>
    /// <exception cref="ArgumentException">The distribution has no standard deviation.</exception>
    internal double RequireStandardDeviation(string quantity) =>
        StandardDeviation ?? throw new ArgumentException($"'{quantity}' has the distribution {Symbol}, which has no standard deviation: give its quantiles by Monte Carlo, or more degrees of freedom.", nameof(quantity));

    internal abstract double DensityAt(double x);

    internal abstract double CdfAt(double x);

    internal abstract double QuantileAt(double p);

    /// <summary>The value exceeded with the given probability: where a probability near 1 would have lost its digits.</summary>
    internal virtual double UpperQuantileAt(double p) => QuantileAt(Math.Min(1 - p, 1 - 1e-16));

    /// <summary>How it takes part in a copula.</summary>
    internal virtual QuantileShape QuantileShape => QuantileShape.Pointwise;

    /// <summary>Middle and unit of the tails, where <see cref="QuantileShape"/> is tailed.</summary>
    internal virtual (double Middle, double Unit) TailedScale => throw new NotSupportedException();

    /// <summary>A block of probabilities becomes values, where <see cref="QuantileShape"/> says so.</summary>
    internal virtual void Quantiles(Span<double> probabilities) => throw new NotSupportedException();

    internal virtual Complex? CharacteristicAt(double t) => null;

    /// <summary>Fills <paramref name="target"/>; its length is a multiple of <see cref="RandomStream.Multiple"/>, <paramref name="scratch"/> is twice as long.</summary>
    internal virtual void Draw(RandomStream stream, Span<double> target, Span<double> scratch)
    {
        stream.Fill(target);
        for (var i = 0; i < target.Length; i++)
            target[i] = QuantileAt(target[i]);
    }

    private protected static string Show(string name, params double[] parameters) =>
        $"{name}({string.Join(", ", parameters.Select(p => p.ToString("G12", System.Globalization.CultureInfo.InvariantCulture)))})";

    /// <summary>sin(x)/x.</summary>
    private protected static double Sinc(double x) => Math.Abs(x) < 1e-4 ? 1 - x * x / 6 : Math.Sin(x) / x;

    /// <summary>exp(i·middle·t)·factor, the characteristic function of a symmetric distribution.</summary>
    private protected static Complex Turned(double middle, double t, double factor) => Complex.FromPolarCoordinates(1, middle * t) * factor;
}
