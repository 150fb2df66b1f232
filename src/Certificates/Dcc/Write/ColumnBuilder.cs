namespace Plumbline.Certificates;

/// <summary>A column of a table of results as a quantity.</summary>
internal sealed class ColumnBuilder(DccWords words)
{
    // A blank would end a word of the list; a no-break space does not.
    private const char NoBreakSpace = '\u00a0';
    private static readonly DecimalText none = DecimalText.Parse("NaN");

    public DccQuantity Column(ColumnInput column)
    {
        var quantity = new DccQuantity { Name = words.Name(column.Name), RefType = column.RefType };
        if (column.Texts.Count > 0)
            quantity.Characters = [.. column.Texts.Select(Token)];
        else
            quantity.Value = new SiRealListXmlList
            {
                Values = [.. column.Values.Select(Number)],
                Units = Shortest([.. column.Units.Select(u => u.Trim())]),
                Uncertainty = Uncertainty(column.Uncertainty, column.Values.Count, single: false),
            };
        if (column.Verdicts.Count > 0 || column.LowerLimits.Count > 0 || column.UpperLimits.Count > 0)
            quantity.MetaData.Add(Conformity(column));
        return quantity;
    }

    /// <summary>Uncertainties in the form of D-SI 2.2; null where none is given.</summary>
    public static SiUncertainty? Uncertainty(UncertaintyInput? input, int count, bool single)
    {
        if (input is null || input.Expanded.Count + input.Standard.Count == 0)
            return null;
        SiUncertainty made = input.Standard.Count > 0 ? new SiStandardMU() : new SiExpandedMU
        {
            Factors = Shortest([.. input.Factors.Select(DecimalText.Parse)]),
            Probabilities = Shortest([.. input.Probabilities.Select(DecimalText.Parse)]),
        };
        made.Values = Shortest([.. (input.Standard.Count > 0 ? input.Standard : input.Expanded).Select(Number)]);
        made.Distributions = single && input.Distributions.Count > 0 ? [input.Distributions[0].Trim()] : Shortest([.. input.Distributions.Select(Token)]);
        return made;
    }

    private DccStatement Conformity(ColumnInput column)
    {
        var statement = new DccStatement { Name = words.Name(DccWords.Own("dcc.conformity")), RefType = "basic_conformity", Declaration = words.Rich(column.LimitText), ConformityList = [.. column.Verdicts.Select(DccWords.Word)] };
        if (column.LowerLimits.Count + column.UpperLimits.Count == 0)
            return statement;
        statement.Data = new();
        Limit(statement.Data, "dcc.limit.lower", "basic_acceptanceLimitLower", column.LowerLimits, column.Units);
        Limit(statement.Data, "dcc.limit.upper", "basic_acceptanceLimitUpper", column.UpperLimits, column.Units);
        return statement;
    }

    private void Limit(DccData data, string name, string refType, IReadOnlyList<string> values, IReadOnlyList<string> units)
    {
        if (values.Count > 0)
            data.Entries.Add(new DccQuantity
            {
                Name = words.Name(DccWords.Own(name)),
                RefType = refType,
                Value = new SiRealListXmlList { Values = Shortest([.. values.Select(DecimalText.Parse)]), Units = Shortest([.. units.Select(u => u.Trim())]) },
            });
    }

    private static DecimalText Number(string? text) => string.IsNullOrWhiteSpace(text) ? none : DecimalText.Parse(text);

    private static string Token(string? text) =>
        string.IsNullOrWhiteSpace(text) ? "—" : string.Join(NoBreakSpace, text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>One entry where all are the same.</summary>
    private static T[] Shortest<T>(T[] values)
        where T : notnull => values.Length > 1 && values.All(v => v.Equals(values[0])) ? [values[0]] : values;
}
