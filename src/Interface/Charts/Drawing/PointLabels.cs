using System.Text;

namespace Plumbline.Interface;

/// <summary>Codes beside the points of a scatter plot: the farthest from the middle first; one that would cover another is left to the table.</summary>
internal static class PointLabels
{
    private const double Size = 11;

    /// <param name="points">Code and place, those that matter most first.</param>
    /// <param name="right">Where the plot ends: a code that would leave it stands on the other side of its point.</param>
    public static string Draw(IEnumerable<(string Code, double X, double Y)> points, double right, int most)
    {
        var drawn = new StringBuilder();
        var all = points.ToArray();
        var taken = new List<(double Left, double Right, double Y)>();
        foreach (var (code, x, y) in all.Take(most))
        {
            var width = TextWidth.Of(code, Size);
            var left = x + 7 + width > right;
            var (from, to, line) = left ? (x - 7 - width, x - 7, y - 4) : (x + 7, x + 7 + width, y - 4);
            if (taken.Exists(t => from < t.Right + 2 && to > t.Left - 2 && Math.Abs(t.Y - line) < 11)
                || all.Any(p => p.Code != code && p.X > from - 4 && p.X < to + 4 && p.Y > line - 11 && p.Y < line + 4))
                continue;
            taken.Add((from, to, line));
            drawn.Append(Svg.Plain(Ink.Soft, left ? x - 7 : x + 7, line, code, left ? "end" : "start", Size));
        }
        return drawn.ToString();
    }
}
