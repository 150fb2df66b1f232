using System.Text;

namespace Plumbline.Interface;

/// <summary>The rectangle data are drawn in, with its grid, value axis and titles.</summary>
internal sealed record Plot(double Left, double Top, double Right, double Bottom)
{
    private const double AxisTitleRoom = 26;

    /// <summary>A plot whose left margin fits the tick labels of its value axis.</summary>
    public static (Plot Plot, Scale Scale) WithValueAxis(double min, double max, double width, double top, double bottom, double right = 12)
    {
        var scale = Scale.Nice(min, max, bottom, top, Math.Clamp((int)((bottom - top) / 44), 3, 9));
        return (new(AxisTitleRoom + scale.LabelWidth + 10, top, width - right, bottom), scale);
    }

    public string ValueAxis(Scale scale, string title)
    {
        var drawn = new StringBuilder();
        drawn.Append(Svg.Path(Ink.Grid, string.Concat(scale.Ticks.Select(tick => $"M{Svg.N(Left)} {Svg.N(scale.At(tick.Value))}H{Svg.N(Right)}"))));
        foreach (var tick in scale.Ticks)
            drawn.Append(Svg.Text(Ink.Text, Left - 8, scale.At(tick.Value) + 4.3, tick.Label, "end"));
        if (scale.Factor.Length > 0)
            drawn.Append(Svg.Text(Ink.Soft, Left - 8, Top - 14, scale.Factor, "end"));
        return drawn.Append(Svg.Text(Ink.Text, 15, (Top + Bottom) / 2, title, "middle", Svg.LabelSize, -90)).ToString();
    }

    /// <summary>A horizontal axis with numbers, for plots of one value against another.</summary>
    public string HorizontalAxis(Scale scale, string title, bool grid = true)
    {
        var drawn = new StringBuilder();
        drawn.Append(Svg.Path(grid ? Ink.Grid : Ink.Axis, string.Concat(scale.Ticks.Select(tick => grid ? $"M{Svg.N(scale.At(tick.Value))} {Svg.N(Top)}V{Svg.N(Bottom)}" : $"M{Svg.N(scale.At(tick.Value))} {Svg.N(Bottom)}v4"))));
        foreach (var tick in scale.Ticks)
            drawn.Append(Svg.Text(Ink.Text, scale.At(tick.Value), Bottom + 18, tick.Label, "middle"));
        return drawn.Append(Title(title + (scale.Factor.Length > 0 ? $"  ({scale.Factor})" : ""), Bottom + 40)).ToString();
    }

    public string Frame() => Svg.Path(Ink.Axis, $"M{Svg.N(Left)} {Svg.N(Top)}V{Svg.N(Bottom)}H{Svg.N(Right)}");

    public string Title(string title, double y) => Svg.Text(Ink.Text, (Left + Right) / 2, y, title, "middle", Svg.LabelSize);

    /// <summary>A band across the plot, cut to it.</summary>
    public string Band(Scale scale, double low, double high)
    {
        var (bottom, top) = (scale.At(Math.Max(low, scale.Min)), scale.At(Math.Min(high, scale.Max)));
        return bottom > top ? Svg.Rect(Ink.Band, Left, top, Right - Left, bottom - top) : "";
    }

    public string Across(Scale scale, double value, Ink ink, double width = 1.4, string? dash = null) =>
        scale.Holds(value) ? Svg.Line(ink, Left, scale.At(value), Right, scale.At(value), width, dash) : "";
}
