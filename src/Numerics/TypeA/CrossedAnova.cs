namespace Plumbline.Numerics;

/// <summary>Two-way analysis of variance (双因素方差分析) of a crossed, balanced design with repeats.</summary>
public static class CrossedAnova
{
    /// <summary>Sums of squares of two crossed factors, their interaction and the repeats.</summary>
    /// <param name="first">Level of the first factor (part) of each value.</param>
    /// <param name="second">Level of the second factor (operator) of each value.</param>
    /// <param name="values">The values, in one unit.</param>
    /// <returns>The table; levels in the order in which they come.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">Sizes do not agree; fewer than two levels; a cell with another number of values than the rest, or fewer than two.</exception>
    public static CrossedTable Of(string[] first, string[] second, double[] values)
    {
        Require.Finite(values, 8);
        Require.SameLength(first, values.Length);
        Require.SameLength(second, values.Length);
        string[] rows = [.. first.Distinct(StringComparer.Ordinal)], columns = [.. second.Distinct(StringComparer.Ordinal)];
        if (rows.Length < 2)
            throw new ArgumentException("At least two levels are needed.", nameof(first));
        if (columns.Length < 2)
            throw new ArgumentException("At least two levels are needed.", nameof(second));
        // Where a value is missing, most cells still have the number that was meant.
        var repeats = (values.Length + rows.Length * columns.Length - 1) / (rows.Length * columns.Length);
        var cells = new double[rows.Length, columns.Length];
        var frame = Frame.Of(values);
        var within = 0.0;
        for (var i = 0; i < rows.Length; i++)
            for (var j = 0; j < columns.Length; j++)
            {
                double[] cell = [.. frame.Z.Where((_, n) => first[n] == rows[i] && second[n] == columns[j])];
                if (cell.Length != repeats || repeats < 2)
                    throw new ArgumentException($"Every pair of levels must have the same number of values, at least two: {rows[i]} with {columns[j]} has {cell.Length}.", nameof(values));
                var mean = cells[i, j] = cell.Average();
                within += cell.Sum(z => (z - mean) * (z - mean));
            }
        int p = rows.Length, o = columns.Length;
        double[] ofRow = [.. Enumerable.Range(0, p).Select(i => Enumerable.Range(0, o).Average(j => cells[i, j]))], ofColumn = [.. Enumerable.Range(0, o).Select(j => Enumerable.Range(0, p).Average(i => cells[i, j]))];
        var grand = ofRow.Average();
        double together = 0, square = frame.Scale * frame.Scale;
        for (var i = 0; i < p; i++)
            for (var j = 0; j < o; j++)
                together += repeats * Math.Pow(cells[i, j] - ofRow[i] - ofColumn[j] + grand, 2);
        return new(rows, columns, repeats, frame.Location(grand), square * o * repeats * ofRow.Sum(m => (m - grand) * (m - grand)), square * p * repeats * ofColumn.Sum(m => (m - grand) * (m - grand)), square * together, square * within);
    }
}

/// <summary>The table of a crossed design with repeats.</summary>
/// <param name="FirstLevels">Levels of the first factor.</param>
/// <param name="SecondLevels">Levels of the second.</param>
/// <param name="Repeats">Values in each cell.</param>
/// <param name="Mean">Of all values.</param>
/// <param name="FirstSquares">Sum of squares of the first factor.</param>
/// <param name="SecondSquares">Of the second.</param>
/// <param name="InteractionSquares">Of their interaction.</param>
/// <param name="RepeatSquares">Of the repeats.</param>
public sealed record CrossedTable(string[] FirstLevels, string[] SecondLevels, int Repeats, double Mean, double FirstSquares, double SecondSquares, double InteractionSquares, double RepeatSquares)
{
    /// <summary>Levels of the first factor less one.</summary>
    public int FirstDegrees => FirstLevels.Length - 1;

    /// <summary>Levels of the second factor less one.</summary>
    public int SecondDegrees => SecondLevels.Length - 1;

    /// <summary>Their product.</summary>
    public int InteractionDegrees => FirstDegrees * SecondDegrees;

    /// <summary>Values less cells.</summary>
    public int RepeatDegrees => FirstLevels.Length * SecondLevels.Length * (Repeats - 1);

    /// <summary>Mean square of the first factor.</summary>
    public double FirstMean => FirstSquares / FirstDegrees;

    /// <summary>Mean square of the second factor.</summary>
    public double SecondMean => SecondSquares / SecondDegrees;

    /// <summary>Mean square of the interaction.</summary>
    public double InteractionMean => InteractionSquares / InteractionDegrees;

    /// <summary>Mean square of the repeats.</summary>
    public double RepeatMean => RepeatSquares / RepeatDegrees;

    /// <summary>Sum of all squares.</summary>
    public double TotalSquares => FirstSquares + SecondSquares + InteractionSquares + RepeatSquares;

    /// <summary>F and p of a factor with both factors random: against the interaction; of the interaction against the repeats.</summary>
    /// <param name="meanSquare">Mean square tested.</param>
    /// <param name="degreesOfFreedom">Its degrees of freedom, greater than zero.</param>
    /// <param name="against">Mean square it is held against.</param>
    /// <param name="againstDegrees">Its degrees of freedom, greater than zero.</param>
    /// <returns>F, null where there is nothing to hold it against, and p.</returns>
    internal static (double? F, double P) Test(double meanSquare, int degreesOfFreedom, double against, int againstDegrees) =>
        against > 0 ? (meanSquare / against, FisherF.UpperTail(meanSquare / against, degreesOfFreedom, againstDegrees)) : (null, meanSquare > 0 ? 0 : 1);
}
