using Plumbline.Interface;

namespace Plumbline.Cli;

/// <summary>Reads laboratory, result and uncertainty, the columns that most commands share.</summary>
internal static class ResultsReader
{
    public static readonly string[] Laboratory = ["lab", "laboratory", "labs", "实验室", "实验室代码", "实验室编号", "labcode", "code", "participant"];
    public static readonly string[] Value = ["x", "value", "测得值", "测量结果", "result", "measured value", "MeasuredValues", "示值"];
    /// <summary>Degrees of equivalence carry the covariance of every pair: this many fit into memory.</summary>
    private const int Most = 5000;

    private static readonly string[] standard = ["u", "标准不确定度", "standard uncertainty", "StdUnc", "uncertainty"];
    private static readonly string[] expanded = ["U", "扩展不确定度", "expanded uncertainty"];
    private static readonly string[] factor = ["k", "包含因子", "coverage factor"];
    private static readonly string[] freedom = ["nu", "ν", "dof", "自由度", "有效自由度", "degrees of freedom", "DegreesOfFreedom"];

    /// <summary>Names in the column of laboratories; numbered from 1 where the file has none.</summary>
    public static string[] Names(TableReader reader, params string[] names) =>
        reader.Optional(names.Length > 0 ? names : Laboratory) is { } column ? reader.Names(column) : [.. Enumerable.Range(1, reader.Count).Select(i => $"{i}")];

    /// <summary>u, or U with its k: in a column of its own, or in the head as <c>U (k=2)</c>.</summary>
    public static double[] Uncertainties(TableReader reader, bool required = true)
    {
        DataColumn? u = reader.Optional(standard), wide = reader.Optional(expanded);
        if (u is not null)
            return reader.Numbers(u, Domain.Positive);
        if (wide is null)
        {
            if (required)
                reader.Refuse("data-uncertainty");
            return [];
        }
        var values = reader.Numbers(wide, Domain.Positive);
        if (reader.Optional(factor) is { } k)
            return [.. values.Zip(reader.Numbers(k, Domain.Positive), (U, f) => U / (f > 0 ? f : 1))];
        if (wide.Unit?.Replace(" ", "", StringComparison.Ordinal) is { } note && note.StartsWith("k=", StringComparison.Ordinal) && Comparisons.TypedNumber.Read(note[2..]) is > 0 and var common)
            return [.. values.Select(U => U / common)];
        reader.Refuse("data-coverage", wide.Header);
        return values;
    }

    public static Outcome<(Results Results, string? Unit)> Read(DataTable table, int seed)
    {
        var reader = new TableReader(table);
        if (reader.Count > Most)
            reader.Refuse("data-many", reader.Count, Most);
        var names = Names(reader);
        var value = reader.Required(Value);
        var x = reader.Numbers(value);
        var u = Uncertainties(reader);
        var nu = reader.Optional(freedom) is { } column ? (double[])[.. reader.OptionalNumbers(column, Domain.Freedom).Select(n => n ?? double.PositiveInfinity)] : null;
        if (reader.Refusals.Count > 0)
            return reader.Refusals.ToList();
        return (new Results(names, x, u, nu is not null && nu.All(double.IsPositiveInfinity) ? null : nu, seed), value!.Unit ?? table.Settings.GetValueOrDefault("unit"));
    }
}
