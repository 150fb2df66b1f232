namespace Plumbline.Comparisons;

/// <summary>Numbers tables and figures through a whole report, in the order in which they are rendered.</summary>
public sealed class ReportNumbering
{
    private int tables;
    private int figures;

    public int NextTable() => ++tables;
    public int NextFigure() => ++figures;
}
