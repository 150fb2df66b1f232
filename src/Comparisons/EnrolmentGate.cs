using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>前期试验: what must have been tested, and passed, before laboratories are invited (JJF 1117: homogeneity, stability, transport).</summary>
public static class EnrolmentGate
{
    /// <summary>The tests that a transfer standard needs; a single artefact has no homogeneity.</summary>
    public static IEnumerable<PreparationKind> Needed(TransferStandard standard)
    {
        if (standard.Items > 1)
            yield return PreparationKind.Homogeneity;
        yield return PreparationKind.Stability;
        yield return PreparationKind.Transport;
    }

    /// <summary>The test that counts: the last one entered; null when there is none.</summary>
    public static PreparationTest? Latest(IEnumerable<PreparationTest> tests, TransferStandard standard, MeasurementPoint point, PreparationKind kind) =>
        tests.Where(t => t.TransferStandardId == standard.Id && t.PointId == point.Id && t.Kind == kind).MaxBy(t => (t.EnteredAt, t.Id));

    /// <summary>Every test that is missing or has failed, by transfer standard and point.</summary>
    public static IEnumerable<Refusal> Refusals(Comparison comparison, IReadOnlyList<PreparationTest> tests)
    {
        if (comparison.Points.Count == 0 || comparison.TransferStandards.Count == 0)
            yield return new("nothing-to-measure", null, comparison.Code);
        foreach (var standard in comparison.TransferStandards)
        {
            foreach (var point in comparison.Points)
            {
                foreach (var kind in Needed(standard))
                {
                    if (Latest(tests, standard, point, kind) is not { } test)
                        yield return new("test-missing", null, standard.Name, point.Label, kind);
                    else if (!test.Passed)
                        yield return new("test-failed", null, standard.Name, point.Label, kind);
                }
            }
        }
    }
}
