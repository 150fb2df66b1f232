using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Interface;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline line FILE</c>: a straight line with its covariance, inverse prediction and limits of detection.</summary>
internal static class LineCommand
{
    public static Command Create(CliTexts texts)
    {
        var signal = new Option<double?>("--signal") { Description = texts["line.option.signal"] };
        var at = new Option<double?>("--at") { Description = texts["line.option.at"] };
        var detection = new Option<bool>("--detection") { Description = texts["line.option.detection"] };
        return NumericCommand.Create("line", texts, [signal, at, detection], ["line"], (call, table, words) =>
        {
            var reader = new TableReader(table);
            DataColumn? cx = reader.Required("x", "setting", "设定值", "含量"), cy = reader.Required("y", "value", "观测值", "信号"), cux = reader.Optional("ux", "u_x", "u(x)"), cuy = reader.Optional("uy", "u_y", "u(y)");
            double[] x = reader.Numbers(cx), y = reader.Numbers(cy);
            double[]? ux = cux is null ? null : reader.Numbers(cux, Domain.NotNegative), uy = cuy is null ? null : reader.Numbers(cuy, ux is null ? Domain.Positive : Domain.NotNegative);
            if (reader.Refusals.Count > 0)
                return reader.Refusals.ToList();
            var fit = ux is not null ? StraightLine.Total(x, y, ux, uy ?? new double[y.Length]) : uy is not null ? StraightLine.WithKnownUncertainties(x, y, uy) : StraightLine.Ordinary(x, y);
            var findings = new Findings { Title = words["line.title", table.File] };
            findings.Facts.Add(new(words["line.method"], words[ux is not null ? "line.total" : uy is not null ? "line.weighted" : "line.ordinary"]));
            Add("line.intercept", "intercept", fit.Intercept, fit.InterceptUncertainty);
            Add("line.slope", "slope", fit.Slope, fit.SlopeUncertainty);
            findings.Facts.Add(new("*r*(*a*, *b*)", Numbers.Fixed(fit.Correlation, 4)));
            findings.Json["correlation"] = fit.Correlation;
            findings.Json["residualDeviation"] = fit.ResidualDeviation;
            findings.Json["chiSquared"] = fit.ChiSquared;
            if (ux is null && uy is null)
                findings.Facts.Add(new(words["line.residual"], Numbers.Significant(fit.ResidualDeviation, 4)));
            else
                findings.Facts.Add(new("*χ*^2 / *ν*", $"{Numbers.Significant(fit.ChiSquared, 4)} / {fit.ResidualDegreesOfFreedom}"));
            if (call.GetValue(at) is { } place)
                Add("line.at", "at", fit.At(place).Value, fit.At(place).StandardUncertainty);
            if (call.GetValue(signal) is { } seen && fit.Inverse(seen, ux is null && uy is null ? null : 0) is var back)
                Add("line.inverse", "inverse", back.Value, back.StandardUncertainty);
            if (call.GetValue(detection))
            {
                var limits = DetectionLimits.Of(fit);
                foreach (var (key, figure) in ((string, double?)[])[("critical", limits.Critical), ("detection", limits.Detection), ("quantification", limits.Quantification)])
                {
                    findings.Facts.Add(new(words[$"line.limit.{key}"], Numbers.Significant(figure, 4)));
                    findings.Json[key] = figure;
                }
            }
            if (x.Length > x.Distinct().Count() && x.Distinct().Count() > 2 && ux is null && uy is null)
            {
                var lack = Linearity.Test(x, y);
                findings.Facts.Add(new(words["line.lack"], $"*F* = {Numbers.Significant(lack.F, 3)}, *p* = {Numbers.Significant(lack.PValue, 2)}".Replace("*", "", StringComparison.Ordinal)));
                findings.Json["lackOfFit"] = new JsonObject { ["F"] = lack.F, ["p"] = lack.PValue };
            }
            findings.Charts.Add(new FindingChart("line", words["line.chart"], () => SvgDocument.RenderAsync<LineChart>(new Dictionary<string, object?>
            {
                ["Title"] = words["line.chart"], ["Name"] = "line", ["ValueAxis"] = cy!.Header, ["HorizontalAxis"] = cx!.Header,
                ["Series"] = new ChartSeries[] { new(words["line.fitted"], [.. Enumerable.Range(0, 101).Select(i => x.Min() + (x.Max() - x.Min()) * i / 100).Select(v => (v, fit.At(v).Value))]), new(words["line.observed"], [.. x.Select((v, i) => (v, y[i])).OrderBy(p => p.v)]) },
            })));
            return findings;

            void Add(string key, string name, double value, double u)
            {
                var decimals = Numbers.DecimalsFor(u > 0 ? u : 1, 2);
                findings.Facts.Add(new(words[key], $"{Numbers.Fixed(value, decimals)}, u = {Numbers.Significant(u, 2)}"));
                findings.Json[name] = new JsonObject { ["value"] = value, ["standardUncertainty"] = u };
            }
        });
    }
}
