using System.Text;

namespace Plumbline.Interface;

internal enum BarKind
{
    Plain,
    Significant,
    Excluded,
}

/// <summary>One laboratory: value, half-width of its bar, and of a wider thin one.</summary>
internal sealed record ErrorBar(string Label, double Value, double Half, BarKind Kind, string Hover, double? Wide = null);

/// <summary>
/// Values with uncertainty bars, laboratory by laboratory, about a reference with its band. A laboratory far outside
/// all others is drawn as an arrow at the edge with its value, so that it does not flatten the rest.
/// </summary>
internal sealed class ErrorBarPlot(Chart chart, IReadOnlyList<ErrorBar> bars)
{
    private const double DefaultHeight = 400;
    private const int MostHovers = 120;

    public required string ValueAxis { get; init; }

    public required string LaboratoryAxis { get; init; }

    public required IReadOnlyList<LegendItem> Legends { get; init; }

    public (double Value, double? Half)? Reference { get; init; }

    public string? Own { get; init; }

    public double Height => chart.Height ?? DefaultHeight;

    public string Draw()
    {
        var head = Legend.HeightOf(Legends, chart.Width - 60) + 22;
        var (low, high) = Range();
        // The codes' depth does not depend on the left margin by more than a label's width: a first guess settles both.
        var guess = new LaboratoryAxis([.. bars.Select(bar => bar.Label)], 90, chart.Width - 12, Matters);
        var (plot, scale) = Plot.WithValueAxis(low, high, chart.Width, head, Height - guess.Depth - 26);
        var axis = new LaboratoryAxis([.. bars.Select(bar => bar.Label)], plot.Left, plot.Right, Matters);
        var drawn = new StringBuilder();
        drawn.Append(Legend.Draw(Legends, plot.Left, 4, chart.Width - 60));
        if (bars.ToList().FindIndex(bar => bar.Label == Own) is var own and >= 0)
            drawn.Append(Svg.Rect(Ink.Own, axis.At(own) - (axis.Step / 2), plot.Top, axis.Step, plot.Bottom - plot.Top));
        if (Reference is { Half: { } half } banded)
            drawn.Append(plot.Band(scale, banded.Value - half, banded.Value + half));
        drawn.Append(plot.ValueAxis(scale, ValueAxis));
        if (Reference is { } reference)
            drawn.Append(plot.Across(scale, reference.Value, Ink.Reference, 1.6));
        drawn.Append(plot.Frame());
        foreach (var kind in Enum.GetValues<BarKind>())
            DrawKind(drawn, kind, scale, axis);
        DrawBeyond(drawn, plot, scale, axis);
        DrawHovers(drawn, plot, axis);
        return drawn.Append(axis.Draw(plot.Bottom)).Append(plot.Title(LaboratoryAxis, Height - 8)).ToString();
    }

    private bool Matters(int index) => bars[index].Kind == BarKind.Significant || bars[index].Label == Own;

    private void DrawKind(StringBuilder drawn, BarKind kind, Scale scale, LaboratoryAxis axis)
    {
        var (line, point, shape) = kind switch
        {
            BarKind.Significant => (Ink.MarkLine, Ink.Mark, Shape.Diamond),
            BarKind.Excluded => (Ink.OutLine, Ink.Out, Shape.Circle),
            _ => (Ink.Line, Ink.Dot, Shape.Circle),
        };
        var (cap, radius) = (axis.Half(5), Math.Clamp(axis.Step * 0.34, 1.1, 4.2));
        StringBuilder wide = new(), stems = new(), points = new();
        for (var i = 0; i < bars.Count; i++)
        {
            var bar = bars[i];
            if (bar.Kind != kind || !scale.Holds(bar.Value))
                continue;
            if (bar.Wide is { } extent)
                wide.Append(Svg.Bar(axis.At(i), Cut(scale, bar.Value - extent), Cut(scale, bar.Value + extent), axis.Step < 7 ? 0 : cap / 2));
            stems.Append(Svg.Bar(axis.At(i), Cut(scale, bar.Value - bar.Half), Cut(scale, bar.Value + bar.Half), axis.Step < 7 ? 0 : cap));
            points.Append(Svg.Outline(shape, axis.At(i), scale.At(bar.Value), radius));
        }

        drawn.Append(Svg.Path(Ink.Thin, wide.ToString(), axis.Step < 6 ? 0.6 : 1))
            .Append(Svg.Path(line, stems.ToString(), axis.Step < 6 ? 0.9 : 1.9))
            .Append(Svg.Path(point, points.ToString(), kind == BarKind.Excluded ? 1.5 : 0.6));
    }

    private static double Cut(Scale scale, double value) => scale.At(Math.Clamp(value, scale.Min, scale.Max));

    private void DrawBeyond(StringBuilder drawn, Plot plot, Scale scale, LaboratoryAxis axis)
    {
        for (var i = 0; i < bars.Count; i++)
        {
            if (scale.Holds(bars[i].Value))
                continue;
            var above = bars[i].Value > scale.Max;
            var (x, edge, sign) = (axis.At(i), above ? plot.Top : plot.Bottom, above ? 1 : -1);
            var (line, point) = bars[i].Kind switch
            {
                BarKind.Significant => (Ink.MarkLine, Ink.Mark),
                BarKind.Excluded => (Ink.OutLine, Ink.Out),
                _ => (Ink.Line, Ink.Dot),
            };
            drawn.Append(Svg.Line(line, x, edge + (sign * 26), x, edge + (sign * 8), 1.6))
                .Append(Svg.Path(point, $"M{Svg.N(x)} {Svg.N(edge + (sign * 1))}l5 {Svg.N(sign * 9)}h-10Z", 1));
            var left = x > (plot.Left + plot.Right) / 2;
            drawn.Append(Svg.Text(Ink.Text, x + (left ? -8 : 8), edge + (sign * 14) + 4, scale.Text(bars[i].Value), left ? "end" : "start", 11.5));
        }
    }

    // Transparent strips that name the laboratory under the pointer; the table behind the chart has the same for everybody.
    private void DrawHovers(StringBuilder drawn, Plot plot, LaboratoryAxis axis)
    {
        if (bars.Count > MostHovers)
            return;
        drawn.Append("<g fill=\"none\" pointer-events=\"all\">");
        for (var i = 0; i < bars.Count; i++)
            drawn.Append($"<rect x=\"{Svg.N(axis.At(i) - (axis.Step / 2))}\" y=\"{Svg.N(plot.Top)}\" width=\"{Svg.N(axis.Step)}\" height=\"{Svg.N(plot.Bottom - plot.Top)}\"><title>{Svg.Encode(bars[i].Hover)}</title></rect>");
        drawn.Append("</g>");
    }

    private (double Low, double High) Range()
    {
        var lows = bars.Select(bar => bar.Value - Math.Max(bar.Half, bar.Wide ?? 0)).ToList();
        var highs = bars.Select(bar => bar.Value + Math.Max(bar.Half, bar.Wide ?? 0)).ToList();
        if (Reference is { } reference)
        {
            lows.Add(reference.Value - (reference.Half ?? 0));
            highs.Add(reference.Value + (reference.Half ?? 0));
        }

        return Spread.Visible(lows, highs, [.. bars.Select(bar => bar.Value)]);
    }
}

/// <summary>How much of the data a value axis shows.</summary>
internal static class Spread
{
    /// <summary>
    /// The whole range, unless values lie more than six times the usual spread away from the middle: then the range of
    /// all others with some air, so that the far ones are drawn at the edge.
    /// </summary>
    public static (double Low, double High) Visible(List<double> lows, List<double> highs, double[] values)
    {
        var (low, high) = (lows.DefaultIfEmpty(0).Min(), highs.DefaultIfEmpty(1).Max());
        if (values.Length < 5)
            return (low, high);
        double middle = Quantile(values, 0.5), reach = Math.Max(Quantile(values, 0.75) - middle, middle - Quantile(values, 0.25));
        var typical = Math.Max(reach, Quantile([.. values.Select((_, i) => (highs[i] - lows[i]) / 2)], 0.5));
        var near = Enumerable.Range(0, lows.Count).Where(i => i >= values.Length || Math.Abs(values[i] - middle) <= 6 * typical).ToList();
        if (near.Count(i => i < values.Length) == values.Length || typical <= 0)
            return (low, high);
        // One laboratory with a huge uncertainty does not stretch the axis either: its bar is cut at the edge.
        var cut = 8 * typical;
        var (lowNear, highNear) = (near.Min(i => Math.Max(lows[i], middle - cut)), near.Max(i => Math.Min(highs[i], middle + cut)));
        return (high - low) > 2 * (highNear - lowNear) ? (lowNear, highNear) : (low, high);
    }

    public static double Quantile(double[] values, double p)
    {
        var sorted = values.Order().ToArray();
        var at = p * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
