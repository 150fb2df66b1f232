using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Units: spelled as D-SI has them, fitting the kind of quantity.</summary>
internal static class UnitRules
{
    private static readonly HashSet<string> names = new(StringComparer.Ordinal) { "unit", "listUnit", "unitPhase", "listUnitPhase", "unitXMLList", "unitPhaseXMLList" };

    /// <summary>Each unit text with its element.</summary>
    public static IEnumerable<(XElement At, string Text)> Units(CheckedFile file) =>
        file.Root.Descendants().Where(e => e.IsSi && names.Contains(e.Local)).SelectMany(e => e.Local.EndsWith("XMLList", StringComparison.Ordinal) ? e.Tokens.Distinct().Select(t => (e, t)) : [(e, e.Value)]);

    public static void Run(CheckedFile file)
    {
        Dictionary<string, DsiUnitReading> readings = new(StringComparer.Ordinal);
        foreach (var (at, text) in Units(file))
        {
            if (!readings.TryGetValue(text, out var reading))
                readings[text] = reading = DsiUnitReading.Of(text);
            Check(file, at, text, reading);
        }
        foreach (var list in file.All("unitXMLList").Select(e => (At: e, Units: e.Tokens)).Where(l => l.Units.Length > 1))
        {
            if (list.Units.Distinct().Count() == 1)
                file.Report("unit-repeated", list.At, $"{list.Units.Length} × {list.Units[0]}", list.Units[0]);
            else if (list.Units.Distinct().Select(u => readings[u].Unit).OfType<DsiUnit>().ToArray() is { Length: > 1 } units && units.Any(u => !u.IsComparableWith(units[0])) && list.At.Parent?.Local != "covarianceXMLList")
                file.Report("unit-mixed", list.At, string.Join(' ', list.Units.Distinct()));
        }
        KindRules.Run(file);
    }

    private static void Check(CheckedFile file, XElement at, string text, DsiUnitReading reading)
    {
        foreach (var problem in reading.Problems.DistinctBy(p => p.Code))
            file.Report(problem.Code switch
            {
                UnitFault.Unknown => "unit-unknown",
                UnitFault.Style => "unit-style",
                UnitFault.Per => "unit-per",
                UnitFault.Blank => "unit-blank",
                _ => "unit-form",
            }, at, text, problem.Suggestion is { } meant ? meant : problem.Code == UnitFault.Per ? reading.Unit?.ToString() : null, problem.Detail);
        if (reading.Unit is not { } unit)
            return;
        if (at.Local.Contains("Phase", StringComparison.Ordinal) && !(unit.IsAngleOnly || unit.Dimension.IsOne && !unit.HasAngle && !unit.IsLevel))
            file.Report("unit-phase", at, text, @"\radian");
        if (reading.Medal == UnitMedal.Bronze)
            file.Report("unit-old", at, text, null, unit.Dimension.ToString());
    }
}
