using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.Numerics;

/// <summary>Distributions of a reference case: as an object with <c>dist</c> and its parameters, or in a line of words.</summary>
internal static partial class DistributionInputs
{
    /// <summary>The quantities with their correlation (<c>"V,I": −0.36</c>), in the order of the model.</summary>
    internal static JointInputs Read(CaseInputs i, IReadOnlyList<string> order)
    {
        var quantities = i.Inner("quantities");
        string[] names = [.. order];
        var distributions = Array.ConvertAll(names, n => n.StartsWith("const.", StringComparison.Ordinal) && PhysicalConstants.Find(n[6..]) is { } constant
            ? NormalDistribution.FromStandardDeviation(constant.Value, constant.StandardUncertainty) : One(quantities, n));
        if (!i.Has("correlation"))
            return JointInputs.Independent(names, distributions);
        var given = i.Inner("correlation");
        var r = Matrix.Diagonal(Array.ConvertAll(names, _ => 1.0));
        foreach (var pair in given.Names)
        {
            var two = Array.ConvertAll(pair.Split(',', StringSplitOptions.TrimEntries), n => Array.IndexOf(names, n));
            if (two.Length != 2 || two.Contains(-1))
                throw new FormatException($"inputs.correlation: '{pair}' must name two quantities.");
            r[two[0], two[1]] = r[two[1], two[0]] = given.Number(pair);
        }
        return JointInputs.Correlate(names, distributions, r);
    }

    internal static InputDistribution One(CaseInputs of, string name)
    {
        if (of.IsNumber(name))
            return ConstantDistribution.Of(of.Number(name));
        if (of.IsArray(name))
        {
            var parts = of.Numbers(name);
            return parts.Length == 3 ? StudentTDistribution.FromScale(parts[0], parts[1], parts[2])
                : parts.Length == 2 ? Normal(parts[0], parts[1]) : throw new FormatException($"inputs.{name} must be an estimate, its standard uncertainty and perhaps degrees of freedom.");
        }
        var q = of.Inner(name);
        return Of(q.Has("dist") ? q.Text("dist") : "normal", Numbers(q));
    }

    private static Dictionary<string, double> Numbers(CaseInputs q) => q.Names.Where(q.IsNumber).ToDictionary(n => n, q.Number, StringComparer.OrdinalIgnoreCase);

    private static InputDistribution Normal(double mean, double sd) => sd == 0 ? ConstantDistribution.Of(mean) : NormalDistribution.FromStandardDeviation(mean, sd);

    /// <param name="kind">The name of the distribution.</param>
    /// <param name="q">Its parameters.</param>
    internal static InputDistribution Of(string kind, Dictionary<string, double> q)
    {
        switch (kind.ToLowerInvariant())
        {
            case "normal" or "gaussian" or "norm":
                return Normal(Centre(), Any("sd", "u", "std", "sigma", "scale"));
            case "uniform" or "rectangular" or "rect":
                return HasLimits() ? RectangularDistribution.Limits(Low(), High())
                    : Has("half_width", "half-width") ? RectangularDistribution.HalfWidth(Centre(), Any("half_width", "half-width")) : RectangularDistribution.FromStandardDeviation(Centre(), Any("sd", "u", "std"));
            case "t" or "student" or "student_t" or "student-t":
                return Has("scale", "s") ? StudentTDistribution.FromScale(Centre(), Any("scale", "s"), Any("dof", "nu", "df")) : StudentTDistribution.FromStandardDeviation(Centre(), Any("sd", "std", "u"), Any("dof", "nu", "df"));
            case "arcsine" or "u-shaped" or "ushaped" or "u":
                return HasLimits() ? ArcSineDistribution.Limits(Low(), High())
                    : Has("half_width", "half-width") ? ArcSineDistribution.HalfWidth(Centre(), Any("half_width", "half-width")) : ArcSineDistribution.FromStandardDeviation(Centre(), Any("sd", "std", "u"));
            case "ctrap" or "curvilinear_trapezoid" or "curvilinear-trapezoid":
                return HasLimits() ? CurvilinearTrapezoidDistribution.Limits(Low(), High(), Any("d")) : CurvilinearTrapezoidDistribution.HalfWidth(Centre(), Any("half_width", "half-width"), Any("d"));
            case "triangular" or "triangle" when Has("mode", "c"):
                return TriangularDistribution.Limits(Low(), Any("mode", "c"), High());
            case "triangular" or "triangle":
                return Trapezoid(0);
            case "trapezoid" or "trapezoidal":
                return Trapezoid(Has("beta") ? Any("beta") : Any("top") / (HasLimits() ? (High() - Low()) / 2 : Any("half_width", "half-width")));
            case "exponential" or "exp":
                return ExponentialDistribution.FromMean(Has("rate") ? 1 / Any("rate") : Any("mean", "scale"));
            case "gamma":
                return Has("shape", "k") ? Has("rate") ? GammaDistribution.FromShapeAndRate(Any("shape", "k"), Any("rate")) : GammaDistribution.FromShapeAndScale(Any("shape", "k"), Any("scale", "theta"))
                    : GammaDistribution.FromMeanAndStandardDeviation(Any("mean"), Any("sd", "std", "u"));
            case "poisson-gamma" or "poisson_gamma" or "poisson":
                return GammaDistribution.FromPoissonCount(Any("count", "q", "n"));
            case "beta":
                return Has("mean") ? BetaDistribution.FromMeanAndStandardDeviation(Any("mean"), Any("sd", "std", "u"), Low(0), High(1)) : BetaDistribution.FromShapes(Any("alpha", "a"), Any("beta", "b"), LowOnly(), HighOnly());
            case "lognormal" or "log-normal":
                return Has("mu") ? LogNormalDistribution.FromLogarithm(Any("mu"), Any("sigma")) : LogNormalDistribution.FromMeanAndStandardDeviation(Any("mean"), Any("sd", "std", "u"));
            case "weibull":
                return WeibullDistribution.FromShapeAndScale(Any("shape", "beta"), Any("scale", "eta"));
            case "constant" or "fixed":
                return ConstantDistribution.Of(Centre());
            default:
                throw new FormatException($"The distribution '{kind}' is not known.");
        }

        bool Has(params string[] names) => names.Any(q.ContainsKey);
        double Any(params string[] names) => names.FirstOrDefault(q.ContainsKey) is { } name ? q[name] : throw new FormatException($"The distribution '{kind}' needs {string.Join(" or ", names)}.");
        double Centre() => Has("mean", "mid", "loc", "value", "centre", "center", "mode", "mu", "location") ? Any("mean", "mid", "loc", "value", "centre", "center", "mode", "mu", "location") : 0;
        bool HasLimits() => Has("lower", "a", "min", "low") && Has("upper", "b", "max", "high");
        double Low(double? otherwise = null) => otherwise is { } v && !Has("lower", "a", "min", "low") ? v : Any("lower", "a", "min", "low");
        double High(double? otherwise = null) => otherwise is { } v && !Has("upper", "b", "max", "high") ? v : Any("upper", "b", "max", "high");
        double LowOnly() => Has("lower", "min", "low") ? Any("lower", "min", "low") : 0;
        double HighOnly() => Has("upper", "max", "high") ? Any("upper", "max", "high") : 1;
        TrapezoidalDistribution Trapezoid(double beta) => HasLimits() ? TrapezoidalDistribution.Limits(Low(), High(), beta) : TrapezoidalDistribution.HalfWidth(Centre(), Any("half_width", "half-width"), beta);
    }

    /// <summary>"centre 0 half-width 0.5", "[-1,1], top half-width 0.5", "a=2.5 b=4 on [0,3]": the kind is the beginning of the name.</summary>
    internal static InputDistribution FromWords(string name, string words)
    {
        var kind = Letters().Match(name).Value;
        var q = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        if (Limits().Match(words) is { Success: true } limits)
        {
            q["lower"] = Parse(limits.Groups[1].Value);
            q["upper"] = Parse(limits.Groups[2].Value);
            words = words.Replace(limits.Value, " ", StringComparison.Ordinal);
        }
        foreach (Match pair in Pairs().Matches(words))
            q[pair.Groups[1].Value.StartsWith("top", StringComparison.OrdinalIgnoreCase) ? "top" : pair.Groups[1].Value] = Parse(pair.Groups[2].Value);
        return Of(kind, q);
        static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z-]*")]
    private static partial Regex Letters();

    [GeneratedRegex(@"\[\s*([-+0-9.eE]+)\s*,\s*([-+0-9.eE]+)\s*\]")]
    private static partial Regex Limits();

    [GeneratedRegex(@"(top half-width|[A-Za-z][A-Za-z_-]*)\s*[=:]?\s*([-+]?[0-9][0-9.]*(?:[eE][-+]?[0-9]+)?)")]
    private static partial Regex Pairs();
}
