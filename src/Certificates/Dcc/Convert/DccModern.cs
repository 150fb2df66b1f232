namespace Plumbline.Certificates;

/// <summary>Deprecated forms of D-SI 1.x made into those of 2.2: the same numbers under other names.</summary>
public static class DccModern
{
    /// <summary>Changes the document; every change is told (rule <c>upgrade-uncertainty</c>) with the old and the new name.</summary>
    public static IReadOnlyList<Finding> Modernise(DccDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var counts = new SortedDictionary<string, (string Now, int Count)>(StringComparer.Ordinal);
        DccWalk.Over(document, part =>
        {
            switch (part)
            {
                case SiReal real:
                    real.Uncertainty = New(real.Uncertainty, counts);
                    break;
                case SiRealListXmlList list:
                    list.Uncertainty = New(list.Uncertainty, counts);
                    break;
                case SiRealList list:
                    list.Uncertainty = New(list.Uncertainty, counts);
                    break;
                case SiConstant { DeprecatedUncertainty: { } u, StandardUncertainty: null } constant:
                    (constant.StandardUncertainty, constant.DeprecatedUncertainty) = (u, null);
                    Count("uncertainty", "valueStandardMU", counts);
                    break;
                default:
                    break;
            }
        });
        return [.. counts.Select(c => new Finding(FindingLayer.Quantity, FindingSeverity.Note, "upgrade-uncertainty", "/digitalCalibrationCertificate", c.Key, c.Value.Now) { Arguments = [$"{c.Value.Count}"] })];
    }

    private static SiUncertainty? New(SiUncertainty? old, SortedDictionary<string, (string, int)> counts)
    {
        // A part that holds something unknown keeps its form, or that would be lost.
        if (old is not { IsDeprecated: true, Unread.Count: 0 })
            return old;
        SiUncertainty made = old is SiExpandedUnc ? new SiExpandedMU() : new SiCoverageIntervalMU();
        (made.Values, made.Factors, made.Probabilities, made.Minima, made.Maxima, made.Distributions, made.IsList) = (old.Values, old.Factors, old.Probabilities, old.Minima, old.Maxima, old.Distributions, old.IsList);
        Count(old is SiExpandedUnc ? "expandedUnc" : "coverageInterval", made is SiExpandedMU ? "expandedMU" : "coverageIntervalMU", counts);
        return made;
    }

    private static void Count(string old, string now, SortedDictionary<string, (string, int)> counts) =>
        counts[old] = (now, counts.TryGetValue(old, out var before) ? before.Item2 + 1 : 1);
}
