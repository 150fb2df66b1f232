using System.Globalization;

namespace Plumbline.Interface;

internal readonly record struct Tick(double Value, string Label);

/// <summary>A linear axis: round ticks by the 1–2–5 rule, exact tick labels, data to drawing units.</summary>
internal sealed class Scale
{
    private readonly double from;
    private readonly double to;
    private readonly int decimals;

    private Scale(double min, double max, double from, double to, int power, IReadOnlyList<Tick> ticks)
    {
        (Min, Max, Power, Ticks) = (min, max, power, ticks);
        (this.from, this.to) = (from, to);
        decimals = ticks[0].Label.Contains('.', StringComparison.Ordinal) ? ticks[0].Label.Split('.')[1].Count(char.IsAsciiDigit) : 0;
    }

    public double Min { get; }

    public double Max { get; }

    /// <summary>Tick labels are to be multiplied by ten to this power; a multiple of three, mostly zero.</summary>
    public int Power { get; }

    public IReadOnlyList<Tick> Ticks { get; }

    /// <summary>The factor as it stands at the end of the axis, "×10⁻⁶"; empty without one.</summary>
    public string Factor => Power == 0 ? "" : "×10" + Numbers.Superscript(Power);

    /// <summary>A value beside the axis, with one digit more than the ticks have.</summary>
    public string Text(double value) =>
        Numbers.Fixed(value / Math.Pow(10, Power), Math.Max(0, decimals + 1 - (Math.Abs(value) > 10 * (Max - Min) && Min * Max <= 0 ? 2 : 0)));

    public double LabelWidth => Ticks.Max(tick => TextWidth.Of(tick.Label, Svg.TickSize));

    public double At(double value) => from + ((value - Min) / (Max - Min) * (to - from));

    public bool Holds(double value) => value >= Min && value <= Max;

    /// <summary>An axis over the data, widened to whole ticks.</summary>
    public static Scale Nice(double min, double max, double from, double to, int wanted = 7) => Create(min, max, from, to, wanted, widened: true);

    /// <summary>An axis over exactly this interval, ticks where they fall.</summary>
    public static Scale Exact(double min, double max, double from, double to, int wanted = 7) => Create(min, max, from, to, wanted, widened: false);

    private static Scale Create(double min, double max, double from, double to, int wanted, bool widened)
    {
        if (!double.IsFinite(min) || !double.IsFinite(max))
            throw new ArgumentOutOfRangeException(nameof(min), $"{min} to {max}", "Only finite values can be drawn.");
        // Below a double's resolution there is nothing to show, and steps would no longer change their sum.
        var size = Math.Max(Math.Abs(min), Math.Abs(max));
        if (max - min <= size * 1e-12)
        {
            var pad = max > min ? size * 1e-12 : size == 0 ? 1 : size * 0.1;
            (min, max) = (min - pad, max + pad);
        }

        var (digit, place) = Step((max - min) / wanted);
        var step = digit * Math.Pow(10, place);
        var first = widened ? Math.Floor((min / step) + 1e-9) : Math.Ceiling((min / step) - 1e-9);
        var last = widened ? Math.Ceiling((max / step) - 1e-9) : Math.Floor((max / step) + 1e-9);
        var magnitude = (int)Math.Floor(Math.Log10(Math.Max(Math.Abs(first), Math.Abs(last)) * step * (1 + 1e-12)));
        var power = magnitude is >= 6 or <= -4 ? (int)Math.Floor(magnitude / 3.0) * 3 : 0;
        var ticks = new List<Tick>();
        for (var i = first; i <= last; i++)
            ticks.Add(new(i * step, Label(i * digit, place, power)));
        return widened ? new(first * step, last * step, from, to, power, ticks) : new(min, max, from, to, power, ticks);
    }

    private static (int Digit, int Place) Step(double raw)
    {
        var place = (int)Math.Floor(Math.Log10(raw));
        var lead = raw / Math.Pow(10, place);
        // A little over a round step keeps it: rather one tick more than half as many.
        return lead <= 1.15 ? (1, place) : lead <= 2.3 ? (2, place) : lead <= 5.75 ? (5, place) : (1, place + 1);
    }

    // From the whole number of steps, so that 3 × 0.1 is labelled 0.3.
    private static string Label(double multiple, int place, int power)
    {
        var digits = Math.Abs(multiple).ToString("F0", CultureInfo.InvariantCulture);
        var exact = new DecimalDigits(multiple < 0, digits.TrimStart('0'), place - power);
        return Numbers.Plain(exact.Place > 0 ? exact.RoundAt(0) : exact);
    }
}

/// <summary>Widths by rule of thumb: a server has no fonts to ask.</summary>
internal static class TextWidth
{
    public static double Of(string text, double size) => size * MathText.Plain(text).Sum(Em);

    private static double Em(char c) => c switch
    {
        >= '\u2E80' => 1.0,
        Numbers.ThinSpace or '.' or ',' or 'i' or 'l' or 'j' or '|' or '\'' => 0.3,
        ' ' or Numbers.NoBreakSpace or '(' or ')' or '/' or '-' or 't' or 'f' or 'r' or 'I' => 0.36,
        'm' or 'w' or 'M' or 'W' => 0.88,
        >= 'A' and <= 'Z' or '±' or '×' or '−' or '=' or '<' or '>' => 0.68,
        _ => 0.58,
    };
}
