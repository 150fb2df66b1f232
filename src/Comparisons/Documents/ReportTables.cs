using Plumbline.Interface;
using Plumbline.Sheets;

namespace Plumbline.Comparisons;

/// <summary>The report's tables for a spreadsheet: reported digits as typed, computed figures unrounded.</summary>
internal static class ReportTables
{
    /// <summary>The first is the one that a CSV holds: everything about every result.</summary>
    public static IReadOnlyList<SheetTable> Of(ReportModel model, Texts t) => [Results(model, t), References(model, t), Pairs(model, t), About(model, t)];

    private static SheetTable Results(ReportModel model, Texts t)
    {
        var unit = Units.Text(model.Unit);
        return new(MathText.Plain(t["report.equivalence"]),
            [t["report.point"], t["report.laboratory"], $"{t["report.column.value"]} x ({unit})", $"{t["report.column.expanded"]} U ({unit})", "k", $"{t["report.column.standard"]} u ({unit})", $"u_TS ({unit})", $"c ({unit})", $"d ({unit})", $"{t["report.column.standard"]} u(d) ({unit})", $"{t["report.column.expanded"]} U(d) ({unit})",
                "E_n", MathText.Plain(t["report.form"]), "E_n independent", "E_n contained", "z", "z'", "zeta", t["report.weight"], t["report.outlier"], t["report.verdict"]],
            model.Result.Points.SelectMany(p => p.Laboratories.Select(l => (IReadOnlyList<SheetCell>)
            [
                SheetCell.Of(model.LabelOf(p)), SheetCell.Of(model.NameOf(l.Laboratory)), SheetCell.Typed(l.ValueText), SheetCell.Typed(l.UncertaintyText), SheetCell.Of(l.CoverageFactor), SheetCell.Of(l.StandardUncertainty),
                SheetCell.Of(l.TransferUncertainty), SheetCell.Of(l.DriftCorrection + l.StandardCorrection), SheetCell.Of(l.Deviation), SheetCell.Of(l.DeviationUncertainty), SheetCell.Of(l.DeviationExpanded),
                SheetCell.Of(l.En), SheetCell.Of(l.Form is { } form ? t.Of(form) : null), SheetCell.Of(l.EnIndependent), SheetCell.Of(l.EnContained), SheetCell.Of(l.Z), SheetCell.Of(l.ZPrime), SheetCell.Of(l.Zeta),
                SheetCell.Of(l.Weight), SheetCell.Of(l.IsOutlier), SheetCell.Of(l.NotScored is { } none ? t.Of(none) : t.Of(l.Verdict)),
            ])));
    }

    private static SheetTable References(ReportModel model, Texts t)
    {
        var unit = Units.Text(model.Unit);
        return new(t["report.reference"],
            [t["report.point"], t["report.method"], $"x_ref ({unit})", $"{t["report.column.standard"]} u(x_ref) ({unit})", "k", $"{t["report.column.expanded"]} U(x_ref) ({unit})", t["report.members"], "chi2", "nu", "chi2 critical", "p", "R_B", $"tau ({unit})"],
            model.Result.Points.Where(p => p.Reference is not null).Select(p => (IReadOnlyList<SheetCell>)
            [
                SheetCell.Of(model.LabelOf(p)), SheetCell.Of(t.Of(p.Reference!.Method)), SheetCell.Of(p.Reference.Value), SheetCell.Of(p.Reference.StandardUncertainty), SheetCell.Of(p.Reference.CoverageFactor), SheetCell.Of(p.Reference.ExpandedUncertainty),
                SheetCell.Of(string.Join(", ", p.Reference.Members)), SheetCell.Of(p.Consistency?.ChiSquared), SheetCell.Of((double?)p.Consistency?.DegreesOfFreedom), SheetCell.Of(p.Consistency?.CriticalValue), SheetCell.Of(p.Consistency?.PValue),
                SheetCell.Of(p.Consistency?.BirgeRatio), SheetCell.Of(p.Reference.Tau),
            ]));
    }

    private static SheetTable Pairs(ReportModel model, Texts t)
    {
        var unit = Units.Text(model.Unit);
        return new(t["report.pairs"], [t["report.point"], "i", "j", $"d_ij ({unit})", $"U(d_ij) ({unit})", "|d_ij|/U"],
            from point in model.Result.Points
            let pairs = point.Pairs
            where pairs is not null
            from i in Enumerable.Range(0, pairs.Laboratories.Count)
            from j in Enumerable.Range(0, pairs.Laboratories.Count)
            where i != j
            select (IReadOnlyList<SheetCell>)
            [
                SheetCell.Of(model.LabelOf(point)), SheetCell.Of(pairs.Laboratories[i]), SheetCell.Of(pairs.Laboratories[j]), SheetCell.Of(pairs.Differences[i][j]), SheetCell.Of(pairs.Expanded[i][j]),
                SheetCell.Of(Math.Abs(pairs.Differences[i][j]) / pairs.Expanded[i][j]),
            ]);
    }

    private static SheetTable About(ReportModel model, Texts t) => new(t["report.repeat"], [t["report.about.name"], t["report.about.value"]],
    [
        [t["report.about.title"], model.Title], ["code", model.Input.Comparison.Code], [t["report.quantity"], model.Quantity], [t["report.unit"], model.Unit],
        [t["report.method"], t.Of(model.Input.Options.Method)], ["k", SheetCell.Of(model.Input.Options.CoverageFactor)], [t["report.software"], model.Software], [t["report.engine"], model.Result.EngineVersion], ["SHA-256", model.Result.InputSha256],
    ]);
}
