namespace Plumbline.Numerics;

/// <summary>One line of a budget.</summary>
/// <param name="Name">The label of the quantity; empty when it has none.</param>
/// <param name="Estimate">x, in its unit.</param>
/// <param name="StandardUncertainty">u(x), same unit.</param>
/// <param name="DegreesOfFreedom">Of u(x); null where they cannot be given.</param>
/// <param name="Sensitivity">c = ∂y/∂x.</param>
/// <param name="Contribution">c·u(x), in the unit of the result, with the sign of c.</param>
/// <param name="Share">(c·u(x))²/u²(y). Shares of lines and covariances add up to 1.</param>
public sealed record BudgetLine(string Name, double Estimate, double StandardUncertainty, double? DegreesOfFreedom, double Sensitivity, double Contribution, double Share);

/// <summary>What the covariance of two lines contributes.</summary>
/// <param name="First">The name of a line.</param>
/// <param name="Second">The name of a line.</param>
/// <param name="Correlation">The coefficient of the two quantities.</param>
/// <param name="Contribution">2·c₁·c₂·u(x₁, x₂), in the square of the unit of the result; may be negative.</param>
/// <param name="Share">Of u²(y); may be negative.</param>
public sealed record BudgetCovariance(string First, string Second, double Correlation, double Contribution, double Share);

/// <summary>An uncertainty budget (不确定度预算表): what contributes how much to the uncertainty of a result (JCGM 100:2008, 5.1, 5.2, 8; JJF 1059.1-2012, 4.4).</summary>
public sealed class UncertaintyBudget
{
    private UncertaintyBudget(UncertainNumber result, BudgetLine[] lines, BudgetCovariance[] covariances)
    {
        Estimate = result.Value;
        StandardUncertainty = result.StandardUncertainty;
        DegreesOfFreedom = result.DegreesOfFreedom;
        Lines = lines;
        Covariances = covariances;
    }

    /// <summary>y.</summary>
    public double Estimate { get; }

    /// <summary>u(y), the unit of y.</summary>
    public double StandardUncertainty { get; }

    /// <summary>Of u(y), or why there are none.</summary>
    public EffectiveDegreesOfFreedom DegreesOfFreedom { get; }

    /// <summary>Largest contribution first.</summary>
    public IReadOnlyList<BudgetLine> Lines { get; }

    /// <summary>Of lines that are correlated, largest first. Contributions of correlated lines do not add in quadrature: without these rows a budget would be wrong.</summary>
    public IReadOnlyList<BudgetCovariance> Covariances { get; }

    /// <summary>The budget by inputs.</summary>
    /// <param name="result">The result.</param>
    public static UncertaintyBudget Of(UncertainNumber result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var s = result.Derivatives;
        var variance = s.Variance;
        var lines = new BudgetLine[s.Elementaries.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            var e = s.Elementaries[i];
            var contribution = s.Coefficients[i] * e.StandardUncertainty;
            lines[i] = new(e.Label ?? "", e.Value, e.StandardUncertainty, e.DegreesOfFreedom, s.Coefficients[i], contribution, variance == 0 ? 0 : contribution * contribution / variance);
        }
        var covariances = new List<BudgetCovariance>();
        if (s.HasGroups)
            for (var i = 0; i < lines.Length; i++)
                for (var j = 0; j < i && s.Elementaries[i].Group is not null; j++)
                    if (s.Elementaries[i].Group!.IsSame(s.Elementaries[j].Group))
                        AddCovariance(covariances, lines[j], lines[i], s.Elementaries[i].Group!.Covariance(s.Elementaries[i].GroupIndex, s.Elementaries[j].GroupIndex), variance);
        return new(result, Sorted(lines), [.. covariances.OrderByDescending(c => Math.Abs(c.Contribution))]);
    }

    /// <summary>The budget through intermediate results: each of them is one line, u(z)·∂y/∂z; what reaches the result past them keeps lines of its own.</summary>
    /// <param name="result">The result.</param>
    /// <param name="intermediates">Steps of its computation, the very objects; those it does not depend on give a line of zero.</param>
    public static UncertaintyBudget Through(UncertainNumber result, params UncertainNumber[] intermediates)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(intermediates);
        if (Array.IndexOf(intermediates, result) >= 0)
            throw new ArgumentException("The result is no intermediate of itself.", nameof(intermediates));
        var sweep = new Sweep(result, intermediates);
        var rest = Sensitivities.Of(sweep.Elementaries, sweep.Coefficients);
        UncertainNumber[] parts = [.. intermediates, .. rest.Elementaries.Select(UncertainNumber.Of)];
        double[] weights = [.. sweep.StopWeights, .. rest.Coefficients];
        var variance = result.Derivatives.Variance;
        var lines = new BudgetLine[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var contribution = weights[i] * parts[i].StandardUncertainty;
            lines[i] = new(parts[i].Label ?? "", parts[i].Value, parts[i].StandardUncertainty,
                parts[i].Elementary?.DegreesOfFreedom ?? parts[i].DegreesOfFreedom.Value, weights[i], contribution, variance == 0 ? 0 : contribution * contribution / variance);
        }
        var covariances = new List<BudgetCovariance>();
        for (var i = 0; i < parts.Length; i++)
            for (var j = 0; j < i; j++)
                AddCovariance(covariances, lines[j], lines[i], UncertainNumber.Covariance(parts[i], parts[j]), variance);
        return new(result, Sorted(lines), [.. covariances.OrderByDescending(c => Math.Abs(c.Contribution))]);
    }

    private static BudgetLine[] Sorted(BudgetLine[] lines)
    {
        var keys = new double[lines.Length];
        var sorted = true;
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = -Math.Abs(lines[i].Contribution);
            sorted &= i == 0 || keys[i - 1] <= keys[i];
        }
        if (!sorted)
            Array.Sort(keys, lines);
        return lines;
    }

    private static void AddCovariance(List<BudgetCovariance> covariances, BudgetLine a, BudgetLine b, double covariance, double variance)
    {
        var contribution = 2 * a.Sensitivity * b.Sensitivity * covariance;
        if (contribution != 0)
            covariances.Add(new(a.Name, b.Name, Math.Clamp(covariance / (a.StandardUncertainty * b.StandardUncertainty), -1, 1), contribution, contribution / variance));
    }
}
