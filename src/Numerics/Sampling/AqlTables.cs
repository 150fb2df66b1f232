using System.Globalization;

namespace Plumbline.Numerics;

/// <summary>How strictly lots are inspected.</summary>
public enum InspectionSeverity
{
    /// <summary>正常检验.</summary>
    Normal,

    /// <summary>加严检验.</summary>
    Tightened,

    /// <summary>放宽检验 by the table of MIL-STD-105E, which keeps a gap between Ac and Re; not the reduced table of ISO 2859-1:1999.</summary>
    ReducedMilStd105E,
}

/// <summary>Single sampling plans indexed by acceptance quality limit (AQL): GB/T 2828.1, ISO 2859-1 normal and tightened tables; MIL-STD-105E reduced table.</summary>
/// <remarks>The tables are embedded, each with its source in its first line. The reduced table of ISO 2859-1:1999 (2-C) could not be verified against the standard and is not offered.</remarks>
public static class AqlTables
{
    private static readonly string[][] letters = Read("code-letters");
    private static readonly Dictionary<InspectionSeverity, string[][]> tables = new()
    {
        [InspectionSeverity.Normal] = Read("normal"), [InspectionSeverity.Tightened] = Read("tightened"), [InspectionSeverity.ReducedMilStd105E] = Read("reduced-milstd105e"),
    };

    /// <summary>The inspection levels: S-1 to S-4 and I to III.</summary>
    public static IReadOnlyList<string> Levels => letters[0][2..];

    /// <summary>The code letters, A to R without I and O.</summary>
    public static IReadOnlyList<string> Letters { get; } = [.. tables[InspectionSeverity.Normal].Skip(1).Select(row => row[0])];

    /// <summary>The acceptance quality limits, in percent nonconforming, or nonconformities in 100 items above 10.</summary>
    public static IReadOnlyList<double> Limits { get; } = [.. tables[InspectionSeverity.Normal][0].Skip(1).Select(v => double.Parse(v, CultureInfo.InvariantCulture))];

    /// <summary>The sample size code letter of a lot.</summary>
    /// <param name="lotSize">N, at least 2.</param>
    /// <param name="level">One of <see cref="Levels"/>.</param>
    /// <returns>A letter.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The lot is smaller than 2, or the level unknown.</exception>
    public static string Letter(long lotSize, string level)
    {
        if (lotSize < 2)
            throw new ArgumentOutOfRangeException(nameof(lotSize), lotSize, "Must be at least 2: the tables begin there.");
        var column = Array.IndexOf(letters[0], level);
        if (column < 2)
            throw new ArgumentOutOfRangeException(nameof(level), level, $"Must be one of {string.Join(", ", Levels)}.");
        return letters.Skip(1).First(row => row[1].Length == 0 || lotSize <= long.Parse(row[1], CultureInfo.InvariantCulture))[column];
    }

    /// <summary>The plan of a letter, arrows followed: its sample may be another letter's.</summary>
    /// <param name="letter">One of <see cref="Letters"/>.</param>
    /// <param name="acceptanceQualityLimit">AQL in percent, one of <see cref="Limits"/>.</param>
    /// <param name="severity">Which table.</param>
    /// <returns>n, Ac and Re.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The letter or the AQL is not in the table.</exception>
    public static (int SampleSize, int AcceptanceNumber, int RejectionNumber) OfLetter(string letter, double acceptanceQualityLimit, InspectionSeverity severity = InspectionSeverity.Normal)
    {
        var row = tables[severity].Skip(1).FirstOrDefault(r => r[0] == letter)
            ?? throw new ArgumentOutOfRangeException(nameof(letter), letter, $"Must be one of {string.Join(" ", Letters)}.");
        var cell = row[1 + Column(acceptanceQualityLimit)].Split(':');
        return (int.Parse(cell[0], CultureInfo.InvariantCulture), int.Parse(cell[1], CultureInfo.InvariantCulture), int.Parse(cell[2], CultureInfo.InvariantCulture));
    }

    /// <summary>The plan for a lot.</summary>
    /// <param name="lotSize">N, at least 2.</param>
    /// <param name="level">Inspection level, one of <see cref="Levels"/>; II where nothing else is agreed.</param>
    /// <param name="acceptanceQualityLimit">AQL in percent, one of <see cref="Limits"/>.</param>
    /// <param name="severity">Which table.</param>
    /// <returns>The plan; a sample as large as the lot means that every item is inspected.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not in the tables.</exception>
    public static AqlPlan Find(long lotSize, string level, double acceptanceQualityLimit, InspectionSeverity severity = InspectionSeverity.Normal)
    {
        var letter = Letter(lotSize, level);
        var (n, ac, re) = OfLetter(letter, acceptanceQualityLimit, severity);
        var all = n >= lotSize;
        return new(letter, all ? (int)lotSize : n, ac, re, all, severity);
    }

    internal static int Column(double acceptanceQualityLimit)
    {
        for (var j = 0; j < Limits.Count; j++)
            if (Math.Abs(acceptanceQualityLimit - Limits[j]) <= 1e-9 * Limits[j])
                return j;
        throw new ArgumentOutOfRangeException(nameof(acceptanceQualityLimit), acceptanceQualityLimit, $"Must be one of {string.Join(", ", Limits)} %.");
    }

    private static string[][] Read(string name)
    {
        using var stream = typeof(AqlTables).Assembly.GetManifestResourceStream($"sampling.{name}.csv")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(','))];
    }
}

/// <summary>A plan out of the tables.</summary>
/// <param name="Letter">The code letter that lot size and level give; an arrow may have led to another letter's sample.</param>
/// <param name="SampleSize">n; the lot itself where the table asks for as much or more.</param>
/// <param name="AcceptanceNumber">Ac.</param>
/// <param name="RejectionNumber">Re.</param>
/// <param name="HundredPercent">Every item of the lot is inspected.</param>
/// <param name="Severity">The table it is from.</param>
public sealed record AqlPlan(string Letter, int SampleSize, int AcceptanceNumber, int RejectionNumber, bool HundredPercent, InspectionSeverity Severity);
