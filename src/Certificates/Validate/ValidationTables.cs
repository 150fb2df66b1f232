using System.Globalization;

namespace Plumbline.Certificates;

/// <summary>Tables that an operator hands to the validator, as comma-separated text with one heading line.</summary>
public static class ValidationTables
{
    /// <summary>Columns: identifier, from, until (days as 2026-03-05).</summary>
    /// <exception cref="FormatException">A line is not as described; the message names it.</exception>
    public static IReadOnlyList<StandardValidity> Standards(string text) => Rows(text, 3, f => new StandardValidity(f[0], Day(f[1]), Day(f[2])));

    /// <summary>Columns: reference type (may be empty), unit in D-SI notation, lower, upper, smallest U, and optionally the part of it in proportion to the value.</summary>
    /// <exception cref="FormatException">A line is not as described; the message names it.</exception>
    public static IReadOnlyList<MeasurementCapability> Capabilities(string text) =>
        Rows(text, 5, f => new MeasurementCapability(f[0].Length == 0 ? null : f[0], DsiUnit.Parse(f[1]).ToString(), Number(f[2]), Number(f[3]), Number(f[4]), f.Length > 5 && f[5].Length > 0 ? Number(f[5]) : 0));

    private static T[] Rows<T>(string text, int columns, Func<string[], T> read)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<T> rows = [];
        foreach (var (line, i) in text.Split('\n').Select((l, i) => (l.Trim(), i + 1)).Skip(1).Where(l => l.Item1.Length > 0))
        {
            var fields = line.Split(',', StringSplitOptions.TrimEntries);
            if (fields.Length < columns)
                throw new FormatException($"Line {i}: {fields.Length} columns, {columns} expected: {line}");
            try
            {
                rows.Add(read(fields));
            }
            catch (FormatException wrong)
            {
                throw new FormatException($"Line {i}: {wrong.Message}", wrong);
            }
        }
        return [.. rows];
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static double Number(string text) => DecimalText.TryParse(text, out var number) && !number.IsNaN ? ExactDecimal.Parse(text).ToDouble() : throw new FormatException($"'{text}' is no number.");
}
