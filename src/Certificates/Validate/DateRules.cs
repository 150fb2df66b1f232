using System.Globalization;
using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Days in their order: received, measured, issued, valid until; and none of them yet to come.</summary>
internal static class DateRules
{
    private static readonly string[] starting = ["issueDate", "endPerformanceDate", "beginPerformanceDate"];
    private static readonly string[] past = ["receiptDate", "beginPerformanceDate", "endPerformanceDate", "issueDate"];

    public static void Run(CheckedFile file)
    {
        foreach (var date in file.Root.Descendants().Where(e => e.IsDcc && (past.Contains(e.Local) || e.Local == "date") && Dates.Of(e) is null))
            file.Report("date-form", date, date.Text, "2026-03-05");
        if (file.Core is not { } core)
            return;
        // Between the zones of the Earth it can be tomorrow already.
        if (file.Options.Today is { } today)
            foreach (var date in past.Select(core.Child).OfType<XElement>().Where(d => Dates.Of(d) is { } day && day.DayNumber > today.DayNumber + 1))
                file.Report("date-future", date, date.Text, "≤ " + Text(today));
        Order(file, core, "receiptDate", "beginPerformanceDate");
        Order(file, core, "receiptDate", "issueDate");
        Order(file, core, "endPerformanceDate", "issueDate");
        foreach (var statement in file.Statements.Where(s => s.HasRefType("basic_recalibration") || s.HasRefType(CnmTerms.Period)))
            Validity(file, core, statement);
        Times(file, core);
    }

    private static void Order(CheckedFile file, XElement core, string earlier, string later)
    {
        if (core.Child(earlier) is { } first && core.Child(later) is { } second && Dates.Of(first) is { } a && Dates.Of(second) is { } b && b < a)
            file.Report("date-order", second, second.Text, "≥ " + first.Text, first.Local);
    }

    private static void Validity(CheckedFile file, XElement core, XElement statement)
    {
        if (statement.Child("date") is not { } date || Dates.Of(date) is not { } until)
            return;
        DateOnly[] starts = [.. starting.Select(core.Child).OfType<XElement>().Select(Dates.Of).OfType<DateOnly>()];
        if (starts.Length == 0)
            return;
        if (until < starts[0])
            file.Report("validity-order", date, date.Text, "≥ " + Text(starts[0]));
        // The last day is the one before the anniversary, or the anniversary itself.
        else if (statement.Child("period") is { } period && starts.Select(s => Dates.Add(s, period.Text)).OfType<DateOnly>().ToArray() is { Length: > 0 } ends && !ends.Any(e => e.DayNumber - until.DayNumber is 0 or 1))
            file.Report("validity-period", date, date.Text, $"{Text(DateOnly.FromDayNumber(Math.Max(0, ends[0].DayNumber - 1)))} / {Text(ends[0])}", period.Text);
    }

    /// <summary>Readings of the results were taken while the measurement went on.</summary>
    private static void Times(CheckedFile file, XElement core)
    {
        if (core.Child("beginPerformanceDate") is not { } from || core.Child("endPerformanceDate") is not { } to || Dates.Of(from) is not { } first || Dates.Of(to) is not { } last)
            return;
        foreach (var time in file.Root.Descendants().Where(e => (e.IsSi || e.IsDcc) && e.Local is "dateTime" or "dateTimeXMLList" && e.Ancestors().Any(a => a.Local == "result")))
            foreach (var token in time.Tokens.Where(t => t.Length > 10 && DateOnly.TryParseExact(t[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && (day.DayNumber < first.DayNumber - 1 || day.DayNumber > last.DayNumber + 1)).Take(1))
                file.Report("time-outside", time, token, $"{from.Text} … {to.Text}");
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
