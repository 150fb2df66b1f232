namespace Plumbline.Numerics;

/// <summary>Effective degrees of freedom (有效自由度) by the Welch-Satterthwaite formula (JCGM 100:2008, G.4.1), with quantities observed together counted once (R. Willink, Metrologia 44 (2007) 340).</summary>
/// <param name="Value">Greater than zero, infinite when every uncertainty is known without doubt; null when the formula does not apply.</param>
/// <param name="Refusal">Why it does not apply: <c>correlated</c> (two correlated inputs with finite degrees of freedom that were not observed together) or <c>no-uncertainty</c>; null when it does.</param>
/// <param name="Names">The two inputs that stand in the way.</param>
public sealed record EffectiveDegreesOfFreedom(double? Value, string? Refusal = null, params string[] Names)
{
    /// <summary>The refusal in English; empty when there is a value.</summary>
    public string Message => Refusal switch
    {
        null => "",
        "correlated" => $"'{Names[0]}' and '{Names[1]}' are correlated, have finite degrees of freedom and were not observed together: the Welch-Satterthwaite formula does not apply.",
        _ => "A number without uncertainty has no degrees of freedom.",
    };

    /// <summary>Cut down to a whole number, as JCGM 100, G.4.1 note 1 allows; null when the formula does not apply.</summary>
    public double? Truncated => Value is { } v ? Math.Floor(v) : null;

    /// <summary>From independent contributions.</summary>
    /// <param name="contributions">|c|·u of each input, in the unit of the result; at least one greater than zero.</param>
    /// <param name="degreesOfFreedom">One for each input, greater than zero; infinity allowed.</param>
    /// <returns>Greater than zero.</returns>
    /// <exception cref="ArgumentException">The arrays differ in length, or nothing contributes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double Of(double[] contributions, double[] degreesOfFreedom)
    {
        Require.Finite(contributions);
        Require.DegreesOfFreedom(degreesOfFreedom, contributions.Length);
        var largest = contributions.Max(Math.Abs);
        if (largest == 0)
            throw new ArgumentException("At least one contribution must differ from zero.", nameof(contributions));
        double variance = 0, sum = 0;
        for (var i = 0; i < contributions.Length; i++)
        {
            var square = contributions[i] / largest * (contributions[i] / largest);
            variance += square;
            sum += square * square / degreesOfFreedom[i];
        }
        return sum == 0 ? double.PositiveInfinity : variance * variance / sum;
    }

    internal static EffectiveDegreesOfFreedom Of(Sensitivities s)
    {
        if (s.StandardUncertainty == 0)
            return new(null, "no-uncertainty");
        if (s.HasGroups && Influences.Obstacle(s, s) is { } names)
            return new(null, "correlated", names);
        var sum = 0.0;
        if (s.HasGroups)
            foreach (var influence in Influences.Of(s, s))
                sum += Math.Pow(influence.V11 / s.Variance, 2) / influence.DegreesOfFreedom;
        else
            for (var i = 0; i < s.Coefficients.Length; i++)
            {
                var nu = s.Elementaries[i].DegreesOfFreedom;
                if (double.IsPositiveInfinity(nu))
                    continue;
                var share = s.Coefficients[i] * s.Elementaries[i].StandardUncertainty / s.StandardUncertainty;
                sum += share * share * (share * share) / nu;
            }
        return new(sum == 0 ? double.PositiveInfinity : 1 / sum);
    }
}

/// <summary>What one independent source of knowledge contributes to the covariance matrix of one or two results.</summary>
internal readonly record struct Influence(double V11, double V12, double V22, double DegreesOfFreedom);

/// <summary>The sources with finite degrees of freedom: single inputs and ensembles.</summary>
internal static class Influences
{
    internal static IEnumerable<Influence> Of(Sensitivities x, Sensitivities y)
    {
        foreach (var source in Sources(x, y))
        {
            var nu = source[0].DegreesOfFreedom;
            if (double.IsPositiveInfinity(nu))
                continue;
            double v11 = 0, v12 = 0, v22 = 0;
            foreach (var a in source)
                foreach (var b in source)
                {
                    var u = a.Group is { } group ? group.Covariance(a.GroupIndex, b.GroupIndex) : a.StandardUncertainty * a.StandardUncertainty;
                    double xa = x.CoefficientOf(a), ya = y.CoefficientOf(a), xb = x.CoefficientOf(b), yb = y.CoefficientOf(b);
                    v11 += xa * u * xb;
                    v12 += xa * u * yb;
                    v22 += ya * u * yb;
                }
            yield return new(v11, v12, v22, nu);
        }
    }

    /// <summary>Two correlated inputs, one at least with finite degrees of freedom, that are no ensemble; null when there are none.</summary>
    internal static string[]? Obstacle(Sensitivities x, Sensitivities y)
    {
        foreach (var group in Groups(x, y).Where(g => !g.IsEnsemble))
        {
            Elementary[] used = [.. group.Members.Where(m => (x.CoefficientOf(m) != 0 || y.CoefficientOf(m) != 0) && m.StandardUncertainty > 0)];
            for (var i = 0; i < used.Length; i++)
                for (var j = 0; j < i; j++)
                    if (group.Covariance(used[i].GroupIndex, used[j].GroupIndex) != 0 && (double.IsFinite(used[i].DegreesOfFreedom) || double.IsFinite(used[j].DegreesOfFreedom)))
                        return [NameOf(used[j]), NameOf(used[i])];
        }
        return null;
    }

    internal static string NameOf(Elementary e) => e.Label ?? e.Id.ToString("N")[..8];

    private static IEnumerable<Elementary[]> Sources(Sensitivities x, Sensitivities y)
    {
        foreach (var e in x.Elementaries.Concat(ReferenceEquals(x, y) ? [] : y.Elementaries.Where(e => !x.Has(e))))
            if (e.Group is not { IsEnsemble: true })
                yield return [e];
        foreach (var group in Groups(x, y).Where(g => g.IsEnsemble))
            yield return [.. group.Members];
    }

    private static List<CorrelatedGroup> Groups(Sensitivities x, Sensitivities y)
    {
        var groups = new List<CorrelatedGroup>();
        foreach (var e in ReferenceEquals(x, y) ? x.Elementaries : x.Elementaries.Concat(y.Elementaries))
            if (e.Group is { } group && !groups.Exists(group.IsSame))
                groups.Add(group);
        return groups;
    }
}
