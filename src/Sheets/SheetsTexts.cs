using System.Globalization;
using System.Resources;

namespace Plumbline.Sheets;

/// <summary>The texts of this project, in Chinese (neutral) and English; a resource marker for <c>IStringLocalizer&lt;SheetsTexts&gt;</c>.</summary>
public sealed class SheetsTexts
{
    private static readonly ResourceManager resources = new(typeof(SheetsTexts));

    private SheetsTexts()
    {
    }

    /// <summary>The problem in words, for callers that have no localiser (the command line).</summary>
    public static string Describe(SheetProblem problem, CultureInfo culture) =>
        string.Format(
            CultureInfo.InvariantCulture,
            resources.GetString(problem.Code, culture) ?? throw new MissingManifestResourceException($"No text for '{problem.Code}'."),
            problem.FormatArguments);
}
