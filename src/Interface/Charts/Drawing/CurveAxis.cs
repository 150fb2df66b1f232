using System.Globalization;
using System.Text;

namespace Plumbline.Interface;

/// <summary>How the numbers of an axis are spaced.</summary>
public enum AxisKind
{
    Linear,
    /// <summary>By decades.</summary>
    Logarithmic,
    /// <summary>Shares failed such that Weibull lives lie on a line over a logarithmic axis.</summary>
    Weibull,
    /// <summary>Shares failed such that normal or lognormal ones do.</summary>
    Normal,
}

/// <summary>An axis of any spacing, with its ticks.</summary>
internal sealed class CurveAxis
{
    private static readonly double[] shares = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.632, 0.8, 0.9, 0.95, 0.99, 0.999];

    private readonly AxisKind kind;
    private readonly double from;
    private readonly double to;
    private readonly double low;
    private readonly double high;
    private readonly Scale? linear;

    public CurveAxis(AxisKind kind, double min, double max, double from, double to, int wanted)
    {
        (this.kind, this.from, this.to) = (kind, from, to);
        linear = kind == AxisKind.Linear ? Scale.Nice(min, max, from, to, wanted) : null;
        (low, high) = kind switch
        {
            AxisKind.Linear => (linear!.Min, linear.Max),
            AxisKind.Logarithmic => Decades(min, max),
            _ => (Spaced(Math.Min(min, 0.05)), Spaced(Math.Max(max, 0.95))),
        };
        Ticks = linear is { } scale ? scale.Ticks : kind == AxisKind.Logarithmic ? Powers() : [.. shares.Where(p => Spaced(p) >= low - 1e-9 && Spaced(p) <= high + 1e-9).Select(p => new Tick(p, (100 * p).ToString("0.###", CultureInfo.InvariantCulture)))];
    }

    public IReadOnlyList<Tick> Ticks { get; }

    public string Factor => linear?.Factor ?? "";

    public double LabelWidth => Ticks.Select(t => TextWidth.Of(t.Label, Svg.TickSize)).DefaultIfEmpty(0).Max();

    /// <summary>The place of a value, held to the ends of the axis.</summary>
    public double At(double value) => from + (Math.Clamp(Spaced(value), low, high) - low) / (high - low) * (to - from);

    private double Spaced(double value) => kind switch
    {
        AxisKind.Linear => value,
        AxisKind.Logarithmic => value > 0 ? Math.Log10(value) : double.MinValue,
        AxisKind.Weibull => value <= 0 ? double.MinValue : value >= 1 ? double.MaxValue : Math.Log(-Math.Log(1 - value)),
        _ => value <= 0 ? double.MinValue : value >= 1 ? double.MaxValue : Probit(value),
    };

    /// <summary>The normal quantile to the width of a line (Hastings 1955; error below 0.0005).</summary>
    private static double Probit(double share)
    {
        var t = Math.Sqrt(-2 * Math.Log(Math.Min(share, 1 - share)));
        var z = t - (2.515517 + (0.802853 + 0.010328 * t) * t) / (1 + (1.432788 + (0.189269 + 0.001308 * t) * t) * t);
        return share < 0.5 ? -z : z;
    }

    /// <summary>Whole decades, or less where the data span only two.</summary>
    private static (double Low, double High) Decades(double min, double max)
    {
        double a = Math.Log10(min), b = Math.Log10(max);
        return b - a > 2.2 ? (Math.Floor(a + 1e-9), Math.Ceiling(b - 1e-9)) : (Math.Floor(10 * a) / 10 - 0.05, Math.Ceiling(10 * b) / 10 + 0.05);
    }

    private List<Tick> Powers()
    {
        var ticks = new List<Tick>();
        int[] digits = high - low <= 1.5 ? [1, 2, 3, 5, 7] : high - low <= 3 ? [1, 2, 5] : [1];
        for (var power = (int)Math.Floor(low); power <= high + 1e-9; power++)
            foreach (var digit in digits)
                if (Math.Log10(digit) + power is var place && place >= low - 1e-9 && place <= high + 1e-9)
                    ticks.Add(new(digit * Math.Pow(10, power), power is >= -2 and <= 4 ? (digit * Math.Pow(10, power)).ToString("0.###", CultureInfo.InvariantCulture) : (digit == 1 ? "10" : $"{digit}×10") + Numbers.Superscript(power)));
        return ticks;
    }
}
