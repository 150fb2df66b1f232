using System.Text;

namespace Plumbline.Interface;

internal sealed record LegendItem(Shape Shape, Ink Ink, string? Text, Ink? Stem = null, string? Dash = null);

/// <summary>Keys in rows above the plot; an item without a text is left out.</summary>
internal static class Legend
{
    private const double RowHeight = 20;
    private const double Key = 26;

    public static double HeightOf(IEnumerable<LegendItem> items, double width) => Rows(items, width).Count * RowHeight;

    public static string Draw(IEnumerable<LegendItem> items, double left, double top, double width)
    {
        var drawn = new StringBuilder();
        var y = top + 11;
        foreach (var row in Rows(items, width))
        {
            var x = left;
            foreach (var item in row)
            {
                drawn.Append(KeyOf(item, x, y)).Append(Svg.Text(Ink.Text, x + Key, y + 4.4, item.Text!));
                x += Extent(item);
            }

            y += RowHeight;
        }

        return drawn.ToString();
    }

    private static List<List<LegendItem>> Rows(IEnumerable<LegendItem> items, double width)
    {
        var rows = new List<List<LegendItem>>();
        var used = double.MaxValue;
        foreach (var item in items.Where(item => !string.IsNullOrEmpty(item.Text)))
        {
            if (used + Extent(item) > width)
            {
                rows.Add([]);
                used = 0;
            }

            rows[^1].Add(item);
            used += Extent(item);
        }

        return rows;
    }

    private static double Extent(LegendItem item) => Key + TextWidth.Of(item.Text!, Svg.TickSize) + 22;

    private static string KeyOf(LegendItem item, double x, double y)
    {
        var middle = x + 11;
        var stem = item.Stem is null ? "" : Svg.Path(item.Stem, Svg.Bar(middle, y - 8, y + 8, 3.5), 1.6);
        return item.Shape switch
        {
            Shape.Dash => Svg.Line(item.Ink, x, y, x + 22, y, 1.8, item.Dash),
            Shape.Curve => Svg.Path(item.Ink, $"M{Svg.N(x)} {Svg.N(y + 5)}c5 0 6 -11 11 -11s6 11 11 11", 1.8),
            Shape.Bar => item.Dash is null ? Svg.Path(item.Ink, Svg.Bar(middle, y - 8, y + 8, 3.5), 1.4) : Svg.Line(item.Ink, middle, y - 8, middle, y + 8, 1.4, item.Dash),
            Shape.Box => Svg.Rect(item.Ink, x, y - 6, 22, 12),
            Shape.Cross => Svg.Path(item.Ink, Svg.Outline(Shape.Cross, middle, y, 4), 1.8),
            _ => stem + Svg.Path(item.Ink, Svg.Outline(item.Shape, middle, y, 4.2), 1.6),
        };
    }
}
