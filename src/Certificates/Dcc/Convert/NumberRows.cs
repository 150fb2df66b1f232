using Plumbline.Sheets;

namespace Plumbline.Certificates;

/// <summary>The rows of one quantity in the table <c>results</c>.</summary>
internal sealed class NumberRows(SheetRow[] rows, SheetColumn[] columns, List<Finding> findings)
{
    /// <summary>The value; null where a cell is wrong.</summary>
    public SiValue? Make(string element, bool isList)
    {
        Index();
        var values = Decimals("value", required: true);
        var units = Words("unit", required: true);
        var uncertainty = Uncertainty();
        if (findings.Count > 0 || values.Length == 0)
            return null;
        if (isList)
            return new SiRealListXmlList
            {
                Values = values, Units = Shortest(units), Uncertainty = Listed(uncertainty), Labels = Shortest(Words("label")), DateTimes = Shortest(Words("dateTime")),
                QuantityTypes = Shortest(Words("quantityType")), SignificantDigits = Shortest(Words("significantDigit")),
            };
        if (element != "si:constant")
            return new SiReal { Value = values[0], Unit = units[0], Uncertainty = uncertainty, Label = First("label"), DateTime = First("dateTime"), QuantityType = First("quantityType"), SignificantDigit = First("significantDigit") };
        return new SiConstant
        {
            Value = values[0], Unit = units[0], StandardUncertainty = uncertainty is { Values.Count: > 0 } ? uncertainty.Values[0] : null, Distribution = uncertainty is { Distributions.Count: > 0 } ? uncertainty.Distributions[0] : null,
            Label = First("label"), DateTime = First("dateTime"), QuantityType = First("quantityType"), SignificantDigit = First("significantDigit"),
        };
    }

    private SheetColumn Column(string name)
    {
        for (var i = 0; i < DccTables.ResultColumns.Count; i++)
            if (DccTables.ResultColumns[i] == name)
                return columns[i];
        throw new ArgumentOutOfRangeException(nameof(name), name, null);
    }

    /// <summary>Rows are counted from 1; a row that was moved or lost would shift every value after it.</summary>
    private void Index()
    {
        var column = Column("index");
        for (var i = 0; column.Found && i < rows.Length; i++)
            if (rows[i][column] is { Length: > 0 } index && index != $"{i + 1}")
                Fault("table-index", column, rows[i], index, $"{i + 1}");
    }

    private SiUncertainty? Uncertainty()
    {
        var given = Decimals("uncertainty");
        if (given.Length == 0)
            return null;
        var column = Column("form");
        var forms = rows.Select(r => r[column]).Where(f => f.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        var interval = Decimals("min");
        SiUncertainty? made = (forms.Length == 0 ? interval.Length > 0 ? "coverageIntervalMU" : Decimals("k").Length > 0 ? "expandedMU" : "standardMU" : forms[0]) switch
        {
            "standardMU" => new SiStandardMU(),
            "expandedMU" => new SiExpandedMU(),
            "coverageIntervalMU" => new SiCoverageIntervalMU(),
            "expandedUnc" => new SiExpandedUnc(),
            "coverageInterval" => new SiCoverageIntervalOld(),
            _ => null,
        };
        if (made is null || forms.Length > 1)
        {
            Fault("table-form", column, rows.First(r => r[column].Length > 0), string.Join(' ', forms), "standardMU, expandedMU, coverageIntervalMU, expandedUnc, coverageInterval");
            return null;
        }
        made.Values = Shortest(given);
        made.Distributions = Words("distribution");
        if (made is SiStandardMU)
            return made;
        made.Probabilities = Shortest(Decimals("p", required: true));
        if (made.IsExpanded)
            made.Factors = Shortest(Decimals("k", required: true));
        else
            (made.Minima, made.Maxima) = (Shortest(interval), Shortest(Decimals("max", required: true)));
        return made;
    }

    private static SiUncertainty? Listed(SiUncertainty? uncertainty)
    {
        if (uncertainty is null)
            return null;
        uncertainty.IsList = true;
        uncertainty.Distributions = Shortest([.. uncertainty.Distributions]);
        return uncertainty;
    }

    private string? First(string name) => Words(name) is [var first, ..] ? first : null;

    /// <summary>Numbers of a column: none where all cells are blank; a blank among others is a fault.</summary>
    private DecimalText[] Decimals(string name, bool required = false)
    {
        var column = Column(name);
        var made = new List<DecimalText>();
        foreach (var (row, text) in Given(column, required))
            if (DecimalText.TryParse(text, out var number))
                made.Add(number);
            else
                Fault("table-decimal", column, row, text, "-0.350");
        return [.. made];
    }

    private string[] Words(string name, bool required = false) => [.. Given(Column(name), required).Select(g => g.Text)];

    private List<(SheetRow Row, string Text)> Given(SheetColumn column, bool required)
    {
        var given = new List<(SheetRow, string)>();
        if (!required && rows.All(r => r[column].Length == 0))
            return given;
        foreach (var row in rows)
            if (row[column] is { Length: > 0 } text)
                given.Add((row, text));
            else
                Fault("table-missing", column, row, null);
        return given;
    }

    private void Fault(string rule, SheetColumn column, SheetRow row, string? value, string? expected = null)
    {
        var fault = DccTableReader.Fault(rule, DccTableReader.Cell("results", column, row), value, expected);
        if (!findings.Contains(fault))
            findings.Add(fault);
    }

    private static T[] Shortest<T>(T[] values)
        where T : notnull => values.Length > 1 && values.All(v => v.Equals(values[0])) ? [values[0]] : values;
}
