using System.Globalization;

namespace Plumbline.Cli;

/// <summary>Repeated values by laboratory or item: several columns in one row, several rows with one name, or both.</summary>
internal sealed record Groups(string[] Names, double[][] Values)
{
    /// <summary>By the names in a column; rows without that column stand each for themselves.</summary>
    /// <param name="taken">Columns that are not values.</param>
    public static Groups Read(TableReader reader, DataColumn? named, params DataColumn?[] taken)
    {
        var names = named is null ? [.. Enumerable.Range(1, reader.Count).Select(i => i.ToString(CultureInfo.InvariantCulture))] : reader.Texts(named);
        return By(names, Wide(reader, [named, .. taken]));
    }

    /// <summary>Every row's values: the one column called value, or all columns that nothing else claims.</summary>
    public static double[][] Wide(TableReader reader, params DataColumn?[] taken)
    {
        var columns = reader.Optional(ResultsReader.Value) is { } one ? [one] : reader.Others(taken);
        if (columns.Length == 0)
            reader.Refuse("data-no-values");
        return reader.Wide(columns);
    }

    public static Groups By(string[] names, double[][] rows)
    {
        string[] distinct = [.. names.Distinct(StringComparer.Ordinal)];
        return new(distinct, [.. distinct.Select(name => (double[])[.. rows.Where((_, i) => names[i] == name).SelectMany(v => v)])]);
    }

    /// <summary>Refuses groups with fewer values than <paramref name="fewest"/>, by name.</summary>
    public void AtLeast(TableReader reader, int fewest)
    {
        for (var i = 0; i < Names.Length; i++)
            if (Values[i].Length < fewest)
                reader.Refuse("data-group-few", Names[i], Values[i].Length, fewest);
    }

    public bool Balanced => Values.All(v => v.Length == Values[0].Length);
}
