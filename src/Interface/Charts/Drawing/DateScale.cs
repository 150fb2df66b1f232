using System.Globalization;
using System.Text;

namespace Plumbline.Interface;

/// <summary>A horizontal axis of days with ticks at weeks, months, quarters or years, whichever are far enough apart to read.</summary>
internal sealed class DateScale
{
    private const double LeastApart = 74;

    private readonly int first;
    private readonly int last;
    private readonly double left;
    private readonly double right;

    public DateScale(int firstDay, int lastDay, double left, double right)
    {
        var pad = Math.Max(1, (lastDay - firstDay) / 50);
        (first, last) = (Math.Max(0, firstDay - pad), lastDay + pad);
        (this.left, this.right) = (left, right);
    }

    public double At(DateOnly day) => At(day.DayNumber);

    public double At(double dayNumber) => left + ((dayNumber - first) / (last - first) * (right - left));

    public IEnumerable<(DateOnly Day, string Label)> Ticks()
    {
        var perDay = (right - left) / (last - first);
        return perDay * 7 >= LeastApart ? Days(perDay * 1 >= LeastApart ? 1 : 7)
            : perDay * 14 >= LeastApart ? Days(14)
            : Months(Array.Find([1, 2, 3, 6, 12, 24, 60, 120], months => perDay * months * 30.4 >= LeastApart) is > 0 and var step ? step : 240);
    }

    public string Draw(double y)
    {
        var drawn = new StringBuilder();
        foreach (var (day, label) in Ticks())
        {
            drawn.Append(Svg.Line(Ink.Axis, At(day), y, At(day), y + 5));
            // Labels at the ends step in rather than leave the picture.
            drawn.Append(Svg.Text(Ink.Text, Math.Clamp(At(day), 36, right - 20), y + 19, label, "middle", 12));
        }

        return drawn.ToString();
    }

    private IEnumerable<(DateOnly, string)> Days(int step)
    {
        // Weeks begin on Monday, whose day number is a multiple of seven.
        var start = step == 1 ? first : ((first + step - 1) / step) * step;
        for (var day = start; day <= last; day += step)
            yield return (DateOnly.FromDayNumber(day), DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private IEnumerable<(DateOnly, string)> Months(int step)
    {
        var begin = DateOnly.FromDayNumber(first);
        var month = begin.Year * 12 + begin.Month - 1 + (begin.Day > 1 ? 1 : 0);
        for (month = (month + step - 1) / step * step; ; month += step)
        {
            var day = new DateOnly(month / 12, (month % 12) + 1, 1);
            if (day.DayNumber > last)
                yield break;
            yield return (day, day.ToString(step >= 12 ? "yyyy" : "yyyy-MM", CultureInfo.InvariantCulture));
        }
    }
}
