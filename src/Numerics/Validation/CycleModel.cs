using System.Text.RegularExpressions;

namespace Plumbline.Numerics;

/// <summary>A model over quantities with uncertainties, numbers, and columns of readings made in cycles: what is formed of the readings is averaged over the cycles, all such means together with their covariance (JCGM 100, 4.2, 5.2.3 and H.4), and everything else is computed from the means.</summary>
internal sealed partial class CycleModel
{
    private readonly Dictionary<string, UncertainNumber> known;
    private readonly Dictionary<string, double[]> columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> numbers = new(StringComparer.Ordinal);

    /// <param name="i">Numbers, columns and pairs [x, u] stand among its inputs by their names.</param>
    /// <param name="quantities">What is known beside them.</param>
    internal CycleModel(CaseInputs i, Dictionary<string, UncertainNumber> quantities)
    {
        known = new(quantities, StringComparer.Ordinal);
        string[] arrays = [.. i.Names.Where(n => i.IsArray(n) && n is not ("x" or "y" or "new_y"))];
        var cycles = arrays.Select(i.Count).Where(n => n > 3).DefaultIfEmpty(0).GroupBy(n => n).MaxBy(g => g.Count())!.Key;
        foreach (var name in arrays)
            if (i.Count(name) == cycles)
                columns[name] = i.Numbers(name);
            else if (!known.ContainsKey(name))
                known[name] = QuantityInputs.One(i, name);
        foreach (var name in i.Names.Where(i.IsNumber))
            numbers[name] = i.Number(name);
    }

    /// <summary>Every definition by its name, in an order in which each stands after what it uses; a bare formula under the empty name.</summary>
    /// <param name="statements">The model.</param>
    /// <param name="otherwise">Definitions of names that the model leaves open.</param>
    internal Dictionary<string, UncertainNumber> Evaluate(List<(string? Name, string Formula)> statements, (string Name, string Formula)[] otherwise)
    {
        var all = statements.Where(s => IsFormula(s.Formula)).Concat(otherwise.Where(o => !statements.Exists(s => s.Name == o.Name)).Select(o => ((string?)o.Name, o.Formula))).ToList();
        // Columns first: mean(…) and definitions of columns alone become one set of means.
        List<(string Name, double[] Values)> series = [];
        List<(string? Name, string Formula)> rest = [];
        foreach (var (name, formula) in ModelTexts.Ordered(all))
        {
            var open = formula;
            while (Mean().Match(open) is { Success: true } call)
            {
                var inner = Inside(open, call.Index + call.Length);
                var column = $"mean__{series.Count}";
                series.Add((column, Column(inner)));
                open = $"{open[..call.Index]}{column}{open[(call.Index + call.Length + inner.Length + 1)..]}";
            }
            if (name is not null && open.Trim().StartsWith("mean__", StringComparison.Ordinal) && series[^1].Name == open.Trim())
                series[^1] = (name, series[^1].Values);
            else if (name is not null && open == formula && IsColumn(formula))
                series.Add((name, Column(formula)));
            else
                rest.Add((name, open));
        }
        string[] used = [.. columns.Keys.Where(c => rest.Exists(s => ModelTexts.NamesIn(s.Formula).Contains(c)))];
        series.AddRange(used.Select(c => (c, columns[c])));
        if (series.Count > 0)
            foreach (var ((name, _), mean) in series.Zip(CorrelatedInputs.FromObservations([.. series.Select(s => s.Values)], [.. series.Select(s => s.Name)])))
                known[name] = mean;
        var results = series.Where(s => !used.Contains(s.Name) && !s.Name.StartsWith("mean__", StringComparison.Ordinal)).ToDictionary(s => s.Name, s => known[s.Name]);
        foreach (var (name, formula) in rest)
        {
            var value = QuantityInputs.Evaluate(formula, With(n => known.GetValueOrDefault(n)))[0];
            results[name ?? ""] = value;
            if (name is not null)
                known[name] = value;
        }
        return results;
    }

    /// <summary>Words about the model are no model.</summary>
    private static bool IsFormula(string text)
    {
        var problems = new List<ModelProblem>();
        new ModelParser(text, problems).Read();
        return problems.Count == 0;
    }

    private bool IsColumn(string formula)
    {
        string[] names = [.. ModelTexts.NamesIn(formula)];
        return names.Any(columns.ContainsKey) && names.All(n => columns.ContainsKey(n) || numbers.ContainsKey(n) || n == "pi");
    }

    private double[] Column(string formula)
    {
        var count = ModelTexts.NamesIn(formula).Where(columns.ContainsKey).Select(n => columns[n].Length).DefaultIfEmpty(0).First();
        if (count == 0)
            throw new FormatException($"inputs.model: mean({formula}) names no column of readings.");
        return [.. Enumerable.Range(0, count).Select(k => QuantityInputs.Evaluate(formula, With(n => columns.TryGetValue(n, out var values) ? UncertainNumber.Exact(values[k]) : null))[0].Value)];
    }

    private Dictionary<string, UncertainNumber> With(Func<string, UncertainNumber?> first)
    {
        var all = numbers.ToDictionary(n => n.Key, n => UncertainNumber.Exact(n.Value));
        foreach (var name in known.Keys.Concat(columns.Keys))
            if (first(name) is { } number)
                all[name] = number;
        return all;
    }

    private static string Inside(string text, int start)
    {
        var depth = 1;
        for (var i = start; i < text.Length; i++)
            if ((depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0) == 0)
                return text[start..i];
        throw new FormatException($"inputs.model: a parenthesis is not closed: {text}");
    }

    [GeneratedRegex(@"(?<!\w)(?:mean|average|avg)\s*\(")]
    private static partial Regex Mean();
}
