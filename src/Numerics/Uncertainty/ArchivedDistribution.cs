using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Numerics;

/// <summary>Distributions in an archive: every number says what it is — half-width, limit, scale or standard deviation — and what is relative stays so.</summary>
internal static class ArchivedDistribution
{
    internal static JsonObject? Write(InputDistribution? distribution)
    {
        if (distribution is null)
            return null;
        var (kind, values) = distribution.Parameters;
        var written = new JsonObject { ["kind"] = kind };
        // A name given to several numbers is a list.
        foreach (var group in values.GroupBy(v => v.Name))
            written[group.Key] = distribution is EmpiricalDistribution or QuantileTableDistribution ? new JsonArray([.. group.Select(v => (JsonNode?)v.Value)]) : double.IsFinite(group.First().Value) ? group.First().Value : null;
        if (distribution is RelativeDistribution relative)
            written["relativeDeviation"] = Write(relative.Relative);
        return written;
    }

    internal static InputDistribution? Read(JsonElement input)
    {
        if (!input.TryGetProperty("distribution", out var d) || d.ValueKind == JsonValueKind.Null)
            return null;
        return Of(d);
    }

    private static InputDistribution Of(JsonElement d)
    {
        double Get(string name) => d.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : double.PositiveInfinity;
        double[] All(string name) => [.. d.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];
        return d.GetProperty("kind").GetString() switch
        {
            "normal" => NormalDistribution.FromStandardDeviation(Get("mean"), Get("standardDeviation")),
            "t" => StudentTDistribution.FromScale(Get("location"), Get("scale"), Get("degreesOfFreedom")),
            "rectangular" => RectangularDistribution.Limits(Get("lower"), Get("upper")),
            "arcsine" => ArcSineDistribution.HalfWidth(Get("middle"), Get("halfWidth")),
            "triangular" => TriangularDistribution.Limits(Get("lower"), Get("mode"), Get("upper")),
            "trapezoidal" => TrapezoidalDistribution.HalfWidth(Get("middle"), Get("halfWidth"), Get("beta")),
            "curvilinearTrapezoid" => CurvilinearTrapezoidDistribution.HalfWidth(Get("middle"), Get("halfWidth"), Get("inexactness")),
            "exponential" => ExponentialDistribution.FromMean(Get("mean")),
            "gamma" => GammaDistribution.FromShapeAndScale(Get("shape"), Get("scale")),
            "lognormal" => LogNormalDistribution.FromLogarithm(Get("logMean"), Get("logStandardDeviation")),
            "weibull" => WeibullDistribution.FromShapeAndScale(Get("shape"), Get("scale")),
            "beta" => BetaDistribution.FromShapes(Get("alpha"), Get("beta"), Get("lower"), Get("upper")),
            "constant" => ConstantDistribution.Of(Get("value")),
            "relative" => RelativeDistribution.Of(Get("estimate"), Of(d.GetProperty("relativeDeviation"))),
            "empirical" => EmpiricalDistribution.FromObservations(All("value")),
            "quantiles" => QuantileTableDistribution.FromTable(All("probability"), All("quantile")),
            var other => throw new FormatException($"'{other}' is no distribution this release knows."),
        };
    }
}
