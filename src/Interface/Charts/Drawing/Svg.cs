using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace Plumbline.Interface;

/// <summary>
/// How a mark is drawn: a class for the style sheet (light, dark, print) and presentation attributes that look right
/// where no style sheet is. <c>charts.css</c> holds the same colours as fallbacks.
/// </summary>
internal sealed record Ink(string Name, string Attributes)
{
    public static readonly Ink Text = new("ch-text", "fill=\"#22303a\"");
    public static readonly Ink Soft = new("ch-soft", "fill=\"#4a5b66\"");
    public static readonly Ink Grid = new("ch-grid", "stroke=\"#e1e7ec\" fill=\"none\"");
    public static readonly Ink Axis = new("ch-axis", "stroke=\"#5b6b7b\" fill=\"none\"");
    public static readonly Ink Paper = new("ch-paper", "fill=\"#ffffff\"");
    public static readonly Ink Own = new("ch-own", "fill=\"#fdf1d6\"");
    public static readonly Ink Band = new("ch-band", "fill=\"#dbe8f7\"");
    public static readonly Ink Reference = new("ch-reference", "stroke=\"#0e5a6b\" fill=\"none\"");
    public static readonly Ink Limit = new("ch-limit", "stroke=\"#8a2d27\" fill=\"none\"");
    public static readonly Ink Line = new("ch-line", "stroke=\"#134f9e\" fill=\"none\"");
    public static readonly Ink Dot = new("ch-dot", "fill=\"#134f9e\" stroke=\"#134f9e\"");
    public static readonly Ink MarkLine = new("ch-mark-line", "stroke=\"#b3261e\" fill=\"none\"");
    public static readonly Ink Mark = new("ch-mark", "fill=\"#b3261e\" stroke=\"#b3261e\"");
    public static readonly Ink WarnLine = new("ch-warn-line", "stroke=\"#8a5300\" fill=\"none\"");
    public static readonly Ink Warn = new("ch-warn", "fill=\"#b97712\" stroke=\"#8a5300\"");
    public static readonly Ink OutLine = new("ch-out-line", "stroke=\"#66747f\" fill=\"none\"");
    public static readonly Ink Out = new("ch-out", "fill=\"#ffffff\" stroke=\"#66747f\"");
    public static readonly Ink Thin = new("ch-thin", "stroke=\"#5d83b5\" fill=\"none\"");
    public static readonly Ink Plan = new("ch-plan", "fill=\"#e4e9ee\" stroke=\"#8494a1\"");

    /// <summary>From agreement to disagreement; beyond the fourth the ratio exceeds one.</summary>
    public static readonly IReadOnlyList<Ink> Heat =
    [
        new("ch-heat0", "fill=\"#eef4fb\""),
        new("ch-heat1", "fill=\"#d3e3f5\""),
        new("ch-heat2", "fill=\"#aecbeb\""),
        new("ch-heat3", "fill=\"#7fabda\""),
        new("ch-heat4", "fill=\"#f3b79b\""),
        new("ch-heat5", "fill=\"#dd6f4b\""),
    ];

    public static IEnumerable<Ink> All =>
        [Text, Soft, Grid, Axis, Paper, Own, Band, Reference, Limit, Line, Dot, MarkLine, Mark, WarnLine, Warn, OutLine, Out, Thin, Plan, .. Heat];

    public override string ToString() => $"class=\"{Name}\" {Attributes}";
}

internal enum Shape
{
    Circle,
    Diamond,
    Square,
    Triangle,
    Cross,
    Dash,
    Bar,
    Box,
    DashedLine,
    Curve,
}

/// <summary>SVG fragments as strings: a chart of 300 laboratories has a thousand marks, too many for a component each.</summary>
internal static class Svg
{
    public const double TickSize = 12.5;
    public const double LabelSize = 13.5;

    /// <summary>A coordinate with at most two decimals.</summary>
    public static string N(double value) => double.IsFinite(value)
        ? Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Only finite values can be drawn.");

    public static string Line(Ink ink, double x1, double y1, double x2, double y2, double width = 1, string? dash = null) =>
        $"<path {ink} d=\"M{N(x1)} {N(y1)}L{N(x2)} {N(y2)}\" stroke-width=\"{N(width)}\"{(dash is null ? "" : $" stroke-dasharray=\"{dash}\"")}/>";

    public static string Path(Ink ink, string d, double width = 1, string? extra = null) =>
        d.Length == 0 ? "" : $"<path {ink} d=\"{d}\" stroke-width=\"{N(width)}\"{(extra is null ? "" : " " + extra)}/>";

    public static string Rect(Ink ink, double x, double y, double width, double height, string? extra = null) =>
        $"<rect {ink} x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(Math.Max(0, width))}\" height=\"{N(Math.Max(0, height))}\"{(extra is null ? "" : " " + extra)}/>";

    public static string Polyline(IEnumerable<(double X, double Y)> points) =>
        "M" + string.Join('L', points.Select(p => $"{N(p.X)} {N(p.Y)}"));

    /// <summary>The outline of a point's shape, to be joined with others of the same ink into one path.</summary>
    public static string Outline(Shape shape, double x, double y, double r) => shape switch
    {
        Shape.Diamond => $"M{N(x)} {N(y - (r * 1.35))}L{N(x + (r * 1.35))} {N(y)}L{N(x)} {N(y + (r * 1.35))}L{N(x - (r * 1.35))} {N(y)}Z",
        Shape.Square => $"M{N(x - r)} {N(y - r)}h{N(2 * r)}v{N(2 * r)}h{N(-2 * r)}Z",
        Shape.Triangle => $"M{N(x)} {N(y - (r * 1.3))}L{N(x + (r * 1.2))} {N(y + r)}H{N(x - (r * 1.2))}Z",
        Shape.Cross => $"M{N(x - r)} {N(y - r)}L{N(x + r)} {N(y + r)}M{N(x - r)} {N(y + r)}L{N(x + r)} {N(y - r)}",
        _ => $"M{N(x - r)} {N(y)}a{N(r)} {N(r)} 0 1 0 {N(2 * r)} 0a{N(r)} {N(r)} 0 1 0 {N(-2 * r)} 0Z",
    };

    /// <summary>A vertical error bar with caps.</summary>
    public static string Bar(double x, double y1, double y2, double cap) =>
        $"M{N(x)} {N(y1)}V{N(y2)}" + (cap < 0.5 ? "" : $"M{N(x - cap)} {N(y1)}h{N(2 * cap)}M{N(x - cap)} {N(y2)}h{N(2 * cap)}");

    /// <summary>A label with the marks of <see cref="MathText"/>; sub- and superscripts by shifted spans, which every viewer knows.</summary>
    public static string Text(Ink ink, double x, double y, string label, string anchor = "start", double size = TickSize, double turn = 0, string? extra = null)
    {
        var text = new StringBuilder();
        var turned = turn == 0 ? "" : $" transform=\"rotate({N(turn)} {N(x)} {N(y)})\"";
        text.Append(CultureInfo.InvariantCulture, $"<text {ink} x=\"{N(x)}\" y=\"{N(y)}\" font-size=\"{N(size)}\"{(anchor == "start" ? "" : $" text-anchor=\"{anchor}\"")}{turned}{(extra is null ? "" : " " + extra)}>");
        var shift = 0.0;
        foreach (var run in MathText.Parse(label))
        {
            var wanted = run.Level switch { MathText.Level.Sub => size * 0.26, MathText.Level.Super => size * -0.36, _ => 0 };
            var attributes = (wanted == shift ? "" : $" dy=\"{N(wanted - shift)}\"")
                + (run.Level == MathText.Level.Base ? "" : $" font-size=\"{N(size * 0.74)}\"")
                + (run.Italic ? " font-style=\"italic\"" : "");
            text.Append(attributes.Length == 0 ? Encode(run.Text) : $"<tspan{attributes}>{Encode(run.Text)}</tspan>");
            shift = wanted;
        }

        return text.Append("</text>").ToString();
    }

    /// <summary>A text as it stands, such as a laboratory's code: <c>Lab_1*</c> has no marks.</summary>
    public static string Plain(Ink ink, double x, double y, string text, string anchor = "start", double size = TickSize, double turn = 0, string? extra = null) =>
        $"<text {ink} x=\"{N(x)}\" y=\"{N(y)}\" font-size=\"{N(size)}\"{(anchor == "start" ? "" : $" text-anchor=\"{anchor}\"")}{(turn == 0 ? "" : $" transform=\"rotate({N(turn)} {N(x)} {N(y)})\"")}{(extra is null ? "" : " " + extra)}>{Encode(text)}</text>";

    public static string Encode(string text) => NumbersHtml.Encoder.Encode(text);

    public static MarkupString Markup(params IEnumerable<string> parts) => new(string.Concat(parts));
}
