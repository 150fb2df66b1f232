using System.Text;

namespace Plumbline.Interface;

/// <summary>
/// Laboratories side by side, from four to hundreds: codes stand upright while they fit, then turned, then only every
/// so many are written, but always those that matter.
/// </summary>
internal sealed class LaboratoryAxis
{
    private readonly IReadOnlyList<string> labels;
    private readonly double left;
    private readonly double step;
    private readonly bool turned;
    private readonly double turnedSize;
    private readonly HashSet<int> written;

    public LaboratoryAxis(IReadOnlyList<string> labels, double left, double right, Func<int, bool> matters)
    {
        this.labels = labels;
        this.left = left;
        step = (right - left) / Math.Max(1, labels.Count);
        var widest = labels.Count == 0 ? 0 : labels.Max(label => TextWidth.Of(label, Size));
        turned = widest + 6 > step;
        turnedSize = Math.Clamp(step * 0.95, 9.5, Size);
        written = turned && step < LeastTurned ? Chosen(matters) : [.. Enumerable.Range(0, labels.Count)];
        Depth = turned ? Math.Min(widest, MaxDepth) + 14 : 24;
    }

    private const double Size = 12;
    private const double LeastTurned = 10;
    private const double MaxDepth = 110;

    /// <summary>Room needed under the plot for codes.</summary>
    public double Depth { get; }

    public double Step => step;

    public double At(int index) => left + ((index + 0.5) * step);

    /// <summary>Half the width of a bar or of an error bar's cap.</summary>
    public double Half(double most) => Math.Clamp(step * 0.3, 0.4, most);

    public string Draw(double y)
    {
        var drawn = new StringBuilder();
        if (written.Count < labels.Count)
            drawn.Append(Svg.Path(Ink.Axis, string.Concat(Enumerable.Range(0, labels.Count).Select(i => $"M{Svg.N(At(i))} {Svg.N(y)}v3")), 0.6));
        foreach (var i in written.Order())
        {
            drawn.Append(turned
                ? Svg.Plain(Ink.Text, At(i) + (turnedSize * 0.35), y + 8, Fit(labels[i]), "end", turnedSize, -90)
                : Svg.Plain(Ink.Text, At(i), y + 17, labels[i], "middle", Size));
        }

        return drawn.ToString();
    }

    private static string Fit(string label)
    {
        while (TextWidth.Of(label, Size) > MaxDepth + 2 && label.Length > 2)
            label = label[..^2] + "…";
        return label;
    }

    private HashSet<int> Chosen(Func<int, bool> matters)
    {
        var chosen = new HashSet<int>();
        var apart = (int)Math.Ceiling(LeastTurned / step);
        var every = apart <= 2 ? 2 : apart <= 5 ? 5 : apart <= 10 ? 10 : 20;
        foreach (var i in Enumerable.Range(0, labels.Count).Where(matters).Concat(Enumerable.Range(0, labels.Count).Where(i => i % every == 0)))
        {
            if (!Enumerable.Range(i - apart + 1, (2 * apart) - 1).Any(chosen.Contains))
                chosen.Add(i);
        }

        return chosen;
    }
}
