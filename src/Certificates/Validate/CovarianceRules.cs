using System.Globalization;
using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Covariance matrices: as many rows and columns as values, symmetric, not negative, in the product of the units.</summary>
internal static class CovarianceRules
{
    /// <summary>A matrix beyond this is checked for its size and symmetry only.</summary>
    private const int largest = 200;

    /// <summary>Cells that are calculated with, over all points of a list.</summary>
    private const int most = 1_000_000;

    public static void Run(CheckedFile file)
    {
        foreach (var matrix in file.All("covarianceMatrix").Concat(file.All("covarianceMatrixXMLList")))
            Check(file, matrix);
    }

    private static void Check(CheckedFile file, XElement matrix)
    {
        var lists = matrix.Local.EndsWith("XMLList", StringComparison.Ordinal);
        XElement[][] columns = [.. matrix.Elements().Where(e => e.Local is "column" or "columnXMLList").Select(c => c.Elements().ToArray())];
        var n = columns.Length;
        if (n == 0)
            return;
        if (columns.FirstOrDefault(c => c.Length != n) is { } odd)
        {
            file.Report("covariance-size", odd.FirstOrDefault()?.Parent ?? matrix, Text(odd.Length), Text(n));
            return;
        }
        if (Dimension(matrix) is { } wanted && wanted != n)
            file.Report("covariance-size", matrix, Text(n), Text(wanted));
        string[][][] tokens = [.. columns.Select(c => c.Select(cell => lists ? cell.Child("valueXMLList")?.Tokens ?? [] : cell.Child("value") is { } value ? [value.Text] : []).ToArray())];
        var depth = tokens.Max(c => c.Max(t => t.Length));
        for (var k = 0; k < Math.Min(depth, Math.Max(1, most / (n * n))); k++)
            Values(file, matrix, columns, tokens, k);
        UnitsOf(file, matrix, columns);
    }

    private static void Values(CheckedFile file, XElement matrix, XElement[][] columns, string[][][] tokens, int k)
    {
        var n = columns.Length;
        var values = new Ratio[n, n];
        for (var j = 0; j < n; j++)
            for (var i = 0; i < n; i++)
            {
                if (Token(tokens[j][i], k) is not { } token || ExactDecimal.TryParse(token) is not { } value)
                    return;
                values[i, j] = value.ToRatio();
            }
        for (var j = 0; j < n; j++)
            for (var i = j + 1; i < n; i++)
                if (values[i, j] != values[j, i])
                {
                    file.Report("covariance-symmetry", columns[j][i], Token(tokens[j][i], k), Token(tokens[i][j], k), $"{i + 1}", $"{j + 1}");
                    return;
                }
        for (var i = 0; i < n; i++)
            if (values[i, i].Numerator.Sign < 0)
            {
                file.Report("covariance-definite", columns[i][i], Token(tokens[i][i], k), "≥ 0");
                return;
            }
        if (n <= largest && !IsDefinite(values, n))
            file.Report("covariance-definite", matrix, $"{n} × {n}");
    }

    /// <summary>Cholesky on the correlations; rounding of the figures written may make a matrix of full correlation slightly negative.</summary>
    private static bool IsDefinite(Ratio[,] values, int n)
    {
        var root = Enumerable.Range(0, n).Select(i => Math.Sqrt(values[i, i].ToDouble())).ToArray();
        var l = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
            {
                var scale = root[i] * root[j];
                var c = scale > 0 ? values[i, j].ToDouble() / scale : values[i, j].Numerator.IsZero ? i == j ? 1 : 0 : double.PositiveInfinity;
                for (var k = 0; k < j; k++)
                    c -= l[i, k] * l[j, k];
                if (i == j && !(c >= -1e-3) || !double.IsFinite(c))
                    return false;
                l[i, j] = i == j ? Math.Sqrt(Math.Max(c, 0)) : l[j, j] > 1e-6 ? c / l[j, j] : Math.Abs(c) > 0.05 ? double.NaN : 0;
                if (double.IsNaN(l[i, j]))
                    return false;
            }
        return true;
    }

    /// <summary>How many components the matrix must have: two for a complex value, the number of values for a list.</summary>
    private static int? Dimension(XElement matrix)
    {
        if (matrix.Parent?.Parent is not { } holder)
            return null;
        var owner = holder.Local.Contains("Uncertainty", StringComparison.Ordinal) ? holder.Parent : holder;
        var bivariate = holder.Local.Contains("Bivariate", StringComparison.Ordinal);
        return owner?.Local switch
        {
            "complex" => 2,
            "complexListXMLList" when bivariate => 2,
            "complexListXMLList" => 2 * (owner.Child("valueRealXMLList") ?? owner.Child("valueMagnitudeXMLList"))?.Tokens.Length,
            "realListXMLList" => owner.Child("valueXMLList")?.Tokens.Length,
            "realList" => owner.Children("real").Count(),
            "complexList" => 2 * owner.Children("complex").Count(),
            "listBivariateUnc" => 2,
            _ => null,
        };
    }

    /// <summary>The covariance of x and y has the dimension of xy.</summary>
    private static void UnitsOf(CheckedFile file, XElement matrix, XElement[][] columns)
    {
        var units = Components(matrix);
        if (units.Length != columns.Length)
            return;
        for (var j = 0; j < columns.Length; j++)
            for (var i = 0; i < columns.Length; i++)
                if (units[i] is { } a && units[j] is { } b && (columns[j][i].Child("unit")?.Value ?? columns[j][i].Child("unitXMLList")?.Tokens.FirstOrDefault()) is { } text
                    && DsiUnitReading.Of(text).Unit is { } unit && unit.Dimension != (a.Dimension * b.Dimension))
                {
                    file.Report("covariance-unit", columns[j][i].Child("unit") ?? columns[j][i], text, (a.Dimension * b.Dimension).ToString());
                    return;
                }
    }

    /// <summary>Units of the components: of each real value of a list; of both parts of a complex value.</summary>
    private static DsiUnit?[] Components(XElement matrix)
    {
        if (matrix.Ancestors().FirstOrDefault(a => a.Local is "realList" or "realListXMLList" or "complex") is not { } owner)
            return [];
        if (owner.Local == "complex")
            return [Read(owner.Child("unit")), Read(owner.Child("unitPhase") ?? owner.Child("unit"))];
        var list = QuantityValues.Of(owner);
        return [.. Enumerable.Range(0, list.Count).Select(list.Unit)];
        static DsiUnit? Read(XElement? unit) => unit is null ? null : DsiUnitReading.Of(unit.Value).Unit;
    }

    private static string? Token(string[] tokens, int k) => tokens.Length == 1 ? tokens[0] : k < tokens.Length ? tokens[k] : null;

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
