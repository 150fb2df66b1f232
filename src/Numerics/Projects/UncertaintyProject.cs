using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>An input quantity of a project: as the GUM framework sees it, and as Monte Carlo draws it.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Unit">Its unit as typed; null when none was given.</param>
/// <param name="Description">What it is, in the author's words.</param>
/// <param name="Distribution">What is known about its values. Relative spreads stay relative.</param>
/// <param name="Estimate">x, in its unit.</param>
/// <param name="StandardUncertainty">u(x), same unit. A t distribution enters the GUM framework with its scale.</param>
/// <param name="DegreesOfFreedom">Of u(x); infinite when known without doubt.</param>
/// <param name="Observations">The readings it is the mean of; null for type B.</param>
public sealed record ProjectQuantity(string Name, string? Unit, string? Description, InputDistribution Distribution, double Estimate, double StandardUncertainty, double DegreesOfFreedom, double[]? Observations);

/// <summary>A whole evaluation as data (测量不确定度评定的项目文件): model, quantities with distributions and units, correlations, coverage probability and the settings of Monte Carlo.</summary>
/// <remarks>
/// <para>JSON (or YAML, converted to it): <c>title</c>, <c>model</c> (text, or a list of lines), <c>quantities</c> by name, <c>correlations</c> (<c>"V, I": -0.36</c>), <c>together</c> (lists of quantities whose observations were made together), <c>coverage</c>, <c>digits</c>, <c>monte_carlo</c> (<c>trials</c>, <c>seed</c>).</para>
/// <para>A quantity has <c>value</c>, <c>unit</c>, <c>description</c>, <c>dof</c>, <c>distribution</c> and its spread: <c>u</c>, <c>expanded</c> with <c>k</c>, <c>half_width</c>, <c>scale</c>, or the same with <c>relative_</c> before it (a fraction, or text such as "0.5 %"); or <c>lower</c> and <c>upper</c>; or <c>observations</c>.</para>
/// </remarks>
public sealed class UncertaintyProject
{
    internal UncertaintyProject(string title, MeasurementModel model, ProjectQuantity[] quantities, double[,] correlations, int[][] together, double coverage, int digits, long? trials, ulong seed)
    {
        (Title, Model, Quantities, Correlations, Together, Coverage, Digits, Trials, Seed) = (title, model, quantities, correlations, together, coverage, digits, trials, seed);
    }

    /// <summary>What is evaluated; empty when the file does not say.</summary>
    public string Title { get; }

    /// <summary>The model.</summary>
    public MeasurementModel Model { get; }

    /// <summary>The quantities in the order of the model. Constants with an uncertainty are among them.</summary>
    public IReadOnlyList<ProjectQuantity> Quantities { get; }

    /// <summary>Correlation coefficients of the quantities: declared, from observations made together, and of constants.</summary>
    public double[,] Correlations { get; }

    /// <summary>The places of quantities observed together.</summary>
    internal int[][] Together { get; }

    /// <summary>The coverage probability, 0.95 unless the file says otherwise.</summary>
    public double Coverage { get; }

    /// <summary>Significant digits of the uncertainty, 1 or 2; 2 unless the file says otherwise.</summary>
    public int Digits { get; }

    /// <summary>How many Monte Carlo trials; null leaves it to the evaluation.</summary>
    public long? Trials { get; }

    /// <summary>The seed of Monte Carlo; 1 unless the file says otherwise.</summary>
    public ulong Seed { get; }

    /// <summary>The quantities as uncertain numbers, in the order of the model; new identities at each call.</summary>
    public UncertainNumber[] ToUncertainNumbers()
    {
        var n = Quantities.Count;
        var numbers = new UncertainNumber[n];
        foreach (var group in Groups())
        {
            if (group.Length == 1)
            {
                var q = Quantities[group[0]];
                numbers[group[0]] = UncertainNumber.Of(new Elementary(q.Estimate, q.StandardUncertainty, q.DegreesOfFreedom, q.Name, distribution: q.Distribution));
                continue;
            }
            var u = Array.ConvertAll(group, i => Quantities[i].StandardUncertainty);
            var r = new double[group.Length, group.Length];
            for (var i = 0; i < group.Length; i++)
                for (var j = 0; j < group.Length; j++)
                    r[i, j] = Correlations[group[i], group[j]];
            var ensemble = Together.Any(t => t.Length == group.Length && t.Order().SequenceEqual(group.Order()));
            var made = CorrelatedInputs.Make(Array.ConvertAll(group, i => Quantities[i].Estimate), CorrelatedInputs.Scaled(r, u), Array.ConvertAll(group, i => Quantities[i].DegreesOfFreedom), Array.ConvertAll(group, i => Quantities[i].Name), ensemble);
            for (var i = 0; i < group.Length; i++)
                numbers[group[i]] = made[i];
        }
        return numbers;
    }

    /// <summary>The quantities as distributions, in the order of the model. Quantities observed together are jointly t distributed (JCGM 102:2011, 5.3.2) where they are all that is correlated; otherwise the coefficients are those of a normal copula.</summary>
    public JointInputs ToDistributions()
    {
        string[] names = [.. Quantities.Select(q => q.Name)];
        InputDistribution[] distributions = [.. Quantities.Select(q => q.Distribution)];
        var isOneGroup = Together is [var group] && Groups().TrueForAll(g => g.Length == 1 || g.Contains(group[0]) && g.Length == group.Length);
        return isOneGroup ? JointInputs.Correlate(names, distributions, Correlations, Copula.StudentT, Quantities[Together[0][0]].DegreesOfFreedom) : JointInputs.Correlate(names, distributions, Correlations);
    }

    /// <summary>Reads a project.</summary>
    /// <exception cref="ProjectFormatException">Every problem is in the exception.</exception>
    public static UncertaintyProject Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return Read(JsonNode.Parse(json, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }));
        }
        catch (JsonException e)
        {
            throw new ProjectFormatException([new("not-json", "", [e.Message.TrimEnd('.')])]);
        }
    }

    /// <summary>Reads a project that was parsed before, from YAML perhaps.</summary>
    /// <exception cref="ProjectFormatException">Every problem is in the exception.</exception>
    public static UncertaintyProject Read(JsonNode? root)
    {
        var reader = new ProjectReader();
        return reader.Read(root) ?? throw new ProjectFormatException(reader.Problems);
    }

    /// <summary>Quantities that hang together by correlation or observation.</summary>
    private List<int[]> Groups() => ConnectedGroups.Of(Quantities.Count, (i, j) => Correlations[i, j] != 0 || Together.Any(t => t.Contains(i) && t.Contains(j)));
}
