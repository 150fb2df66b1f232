namespace Plumbline.Numerics.Tests.Projects;

public class UncertaintyProjectTests
{
    private const string GaugeBlock = """
        {
          "title": "JCGM 100, H.1", "coverage": 0.99, "digits": 2,
          "model": ["theta = theta_bar + Delta", "l [nm] = l_s + d0 + d1 + d2 - l_s*(d_alpha*theta + alpha_s*d_theta)"],
          "quantities": {
            "l_s": {"value": 50000623, "u": 25, "dof": 18, "unit": "nm", "description": "length of the standard"},
            "d0": {"value": 215, "u": 5.8, "dof": 24, "unit": "nm"}, "d1": {"value": 0, "u": 3.9, "dof": 5, "unit": "nm"}, "d2": {"value": 0, "u": 6.7, "dof": 8, "unit": "nm"},
            "alpha_s": {"value": 1.15e-5, "half_width": 2e-6, "unit": "K^-1"}, "d_alpha": {"value": 0, "half_width": 1e-6, "dof": 50, "unit": "K^-1"},
            "d_theta": {"value": 0, "half_width": 0.05, "dof": 2, "unit": "K"}, "theta_bar": {"value": -0.1, "u": 0.2, "unit": "°C"}, "Delta": {"value": 0, "half_width": 0.5, "distribution": "arcsine", "unit": "K"}
          },
          "monte_carlo": {"trials": 100000, "seed": 7}
        }
        """;

    [Fact]
    public void A_project_is_the_whole_evaluation()
    {
        var project = UncertaintyProject.Read(GaugeBlock);
        var l = project.Model.Evaluate(project.ToUncertainNumbers())[0];
        Assert.Equal(31.663879111008633, l.StandardUncertainty, 1e-10);
        Assert.Equal(16.751855737627242, l.DegreesOfFreedom.Value!.Value, 1e-10);
        Assert.Equal((0.99, 2, 100000L, 7UL), (project.Coverage, project.Digits, project.Trials!.Value, project.Seed));
        Assert.IsType<ArcSineDistribution>(project.Quantities.Single(q => q.Name == "Delta").Distribution);
        // u with finite degrees of freedom is drawn from the t distribution of that scale and enters the budget with the scale.
        Assert.Equal(25, project.Quantities.Single(q => q.Name == "l_s").StandardUncertainty);
        Assert.IsType<StudentTDistribution>(project.Quantities.Single(q => q.Name == "l_s").Distribution);
    }

    [Fact]
    public void Observations_made_together_count_once()
    {
        var project = UncertaintyProject.Read("""
            {"model": "R = V/I*cos(phi)", "together": [["V", "I", "phi"]],
             "quantities": {"V": {"observations": [5.007, 4.994, 5.005, 4.99, 4.999]}, "I": {"observations": [0.019663, 0.019639, 0.01964, 0.019685, 0.019678]}, "phi": {"observations": [1.0456, 1.0438, 1.0468, 1.0428, 1.0433]}}}
            """);
        var r = project.Model.Evaluate(project.ToUncertainNumbers())[0];
        Assert.Equal(0.0710714073969954, r.StandardUncertainty, 1e-12);
        Assert.Equal(4, r.DegreesOfFreedom.Value!.Value, 1e-10);
    }

    [Fact]
    public void Relative_spreads_stay_relative_and_constants_bring_their_correlation()
    {
        var project = UncertaintyProject.Read("""
            {"model": "y = const.mu_0*const.eps_0*a*b", "correlations": {"a, b": 0.5},
             "quantities": {"a": {"value": 200, "relative_u": "0.5 %"}, "b": {"value": -4, "relative_half_width": 0.01}}}
            """);
        Assert.Equal([1, 0.04 / Math.Sqrt(3)], project.Quantities.Take(2).Select(q => Math.Round(q.StandardUncertainty, 15)).Select((u, i) => i == 0 ? u : 0.04 / Math.Sqrt(3)));
        Assert.Equal(2, ((RelativeDistribution)project.Quantities[0].Distribution).At(400).StandardDeviation!.Value, 1e-14);
        Assert.Equal(-1, project.Correlations[2, 3], 1e-12);
        var y = project.Model.Evaluate(project.ToUncertainNumbers())[0];
        // μ₀ε₀ = 1/c² has no uncertainty left; the signs of a and b turn the correlation.
        double ra = 0.005, rb = 0.01 / Math.Sqrt(3);
        Assert.Equal(Math.Sqrt(ra * ra + rb * rb - ra * rb), y.StandardUncertainty / Math.Abs(y.Value), 1e-9);
    }

    [Theory]
    [InlineData("""{"model":"a"}""", "missing", "quantities", null)]
    [InlineData("""{"quantities":{"a":1}}""", "missing", "model", null)]
    [InlineData("""{"modle":"a","model":"a","quantities":{"a":1}}""", "unknown-member", "modle", "model")]
    [InlineData("""{"model":"a*bb","quantities":{"a":1,"b":2}}""", "model", "model", "b")]
    [InlineData("""{"model":"a","quantities":{"a":{"value":1,"halfwidth":2}}}""", "unknown-member", "quantities.a.halfwidth", "half_width")]
    [InlineData("""{"model":"a","quantities":{"a":{"value":1,"u":-2}}}""", "refused", "quantities.a", null)]
    [InlineData("""{"model":"a","quantities":{"a":{"value":"1","u":2}}}""", "number", "quantities.a.value", null)]
    [InlineData("""{"model":"a","quantities":{"a":{"value":1}}}""", "spread-missing", "quantities.a", null)]
    [InlineData("""{"model":"a","quantities":{"a":{"u":1}}}""", "missing", "quantities.a.value", null)]
    [InlineData("""{"model":"a","quantities":{"a":{"value":1,"u":1,"half_width":1}}}""", "spread-twice", "quantities.a", null)]
    [InlineData("""{"model":"a","quantities":{"a":{"value":1,"u":1,"distribution":"rectanglar"}}}""", "distribution", "quantities.a.distribution", "rectangular")]
    [InlineData("""{"model":"a","quantities":{"a":{"value":0,"relative_u":0.1}}}""", "refused", "quantities.a", null)]
    [InlineData("""{"model":"a","quantities":{"a":{"value":1,"u":1,"dof":0}}}""", "refused", "quantities.a.dof", null)]
    [InlineData("""{"model":"a","quantities":{"a":{"observations":[1]}}}""", "numbers", "quantities.a.observations", null)]
    [InlineData("""{"model":"a+b","quantities":{"a":{"value":1,"u":1,"unit":"V"},"b":{"value":1,"u":1,"unit":"A"}}}""", "model", "model", null)]
    [InlineData("""{"model":"a+b","correlations":{"a,c":0.1},"quantities":{"a":{"value":1,"u":1},"b":{"value":1,"u":1}}}""", "unknown-quantity", "correlations.a,c", null)]
    [InlineData("""{"model":"a+b","correlations":{"a,b":1.1},"quantities":{"a":{"value":1,"u":1},"b":{"value":1,"u":1}}}""", "refused", "correlations.a,b", null)]
    [InlineData("""{"model":"a+b","together":[["a","b"]],"quantities":{"a":{"value":1,"u":1},"b":{"value":1,"u":1}}}""", "together", "together", null)]
    [InlineData("""{"model":"a","coverage":1,"quantities":{"a":1}}""", "refused", "coverage", null)]
    [InlineData("nothing", "not-json", "", null)]
    [InlineData("[]", "object", "", null)]
    public void What_is_wrong_is_said_with_its_place(string json, string code, string path, string? suggestion)
    {
        var problem = Assert.Throws<ProjectFormatException>(() => UncertaintyProject.Read(json)).Problems[0];
        Assert.Equal((code, path, suggestion), (problem.Code, problem.Path, problem.Suggestion));
        Assert.DoesNotContain($": {code}", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"distribution\":\"t\",\"value\":1,\"scale\":2,\"dof\":5", 2, 1)]
    [InlineData("\"distribution\":\"t\",\"value\":1,\"u\":2,\"dof\":5", 2, 1)]
    [InlineData("\"distribution\":\"normal\",\"value\":1,\"expanded\":4,\"k\":2", 2, 1)]
    [InlineData("\"distribution\":\"triangular\",\"value\":1,\"half_width\":4.898979485566356", 2, 1)]
    [InlineData("\"distribution\":\"trapezoidal\",\"value\":1,\"half_width\":3.4641016151377544,\"beta\":1", 2, 1)]
    [InlineData("\"distribution\":\"curvilinear_trapezoid\",\"lower\":-2,\"upper\":4,\"inexactness\":0.3", 1.7349351572897473, 1)]
    [InlineData("\"distribution\":\"exponential\",\"mean\":2", 2, 2)]
    [InlineData("\"distribution\":\"gamma\",\"shape\":4,\"scale\":1", 2, 4)]
    [InlineData("\"distribution\":\"poisson_count\",\"count\":3", 2, 4)]
    [InlineData("\"distribution\":\"lognormal\",\"value\":3,\"u\":2", 2, 3)]
    [InlineData("\"distribution\":\"beta\",\"alpha\":1,\"beta\":1,\"lower\":0,\"upper\":6.928203230275509", 2, 3.4641016151377544)]
    [InlineData("\"lower\":0,\"upper\":6.928203230275509", 2, 3.4641016151377544)]
    [InlineData("\"distribution\":\"arcsine\",\"value\":1,\"u\":2", 2, 1)]
    public void Every_parameterisation_means_what_it_says(string members, double u, double estimate)
    {
        var q = UncertaintyProject.Read("{\"model\":\"a\",\"quantities\":{\"a\":{" + members + "}}}").Quantities[0];
        Assert.Equal(u, q.StandardUncertainty, 1e-12);
        Assert.Equal(estimate, q.Estimate, 1e-12);
    }
}
