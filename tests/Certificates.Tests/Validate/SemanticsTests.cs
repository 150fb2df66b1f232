namespace Plumbline.Certificates.Tests;

/// <summary>The rules of content where they turn: at limits, at guard bands, at what rounding allows.</summary>
public sealed class SemanticsTests
{
    /// <summary>Third value of the sample: −3.0 kPa between ±4 kPa, U = 1.3 kPa: 1 kPa inside, within the guard band.</summary>
    [Theory]
    [InlineData("simpleAcceptance", "pass", true)]
    [InlineData("simpleAcceptance", "fail", false)]
    [InlineData("simpleAcceptance", "conditionalPass", false)]
    [InlineData("guardedAcceptance", "pass", false)]
    [InlineData("guardedAcceptance", "fail", true)]
    [InlineData("guardedAcceptance", "noPass", true)]
    [InlineData("guardedRejection", "pass", true)]
    [InlineData("nonBinary", "conditionalPass", true)]
    [InlineData("nonBinary", "pass", false)]
    [InlineData("nonBinary", "conditionalFail", false)]
    [InlineData("iso14253", "pass", false)]
    [InlineData("iso14253", "noPass", true)]
    [InlineData("jjf1094", "pass", true)]
    [InlineData("jjf1094", "fail", false)]
    [InlineData("none", "pass", true)]
    [InlineData("none", "fail", true)]
    [InlineData("none", "conditionalPass", true)]
    [InlineData("none", "conditionalFail", false)]
    public void A_verdict_follows_from_the_rule_stated(string rule, string word, bool right)
    {
        // The maximum permissible error over U is 3.07: JJF 1094 neglects U of 1.3 kPa against 4 kPa.
        var file = Sample.With(("pass pass pass", $"noFail noFail {word}"), ("<dcc:metaData refType=\"basic_conformity\">", $"<dcc:metaData refType=\"basic_conformity cnm_{rule}\">"), ("简单接受", "判定"), ("simple acceptance", "decision"));
        Assert.Equal(right, Sample.Check(file).Findings.All(f => f.Rule != "verdict-differs" || f.Value?.Contains("(3)", StringComparison.Ordinal) != true));
    }

    [Theory]
    [InlineData("-4.0", "pass", true)]
    [InlineData("-4.1", "pass", false)]
    [InlineData("-4.1", "fail", true)]
    [InlineData("-5.3", "conditionalFail", true)]
    public void A_value_at_the_limit_conforms(string value, string word, bool right)
    {
        var file = Sample.With(("1.0 2.0 -3.0", $"1.0 2.0 {value}"), ("0.5970", value == "-4.0" ? "0.5960" : value == "-4.1" ? "0.5959" : "0.5947"), ("pass pass pass", $"pass pass {word}"), ("简单接受", "判定"), ("simple acceptance", word == "conditionalFail" ? "non-binary" : "simple acceptance"));
        Assert.Equal(right, Sample.Check(file).Findings.All(f => f.Rule is not ("verdict-differs" or "error-differs")));
    }

    [Theory]
    [InlineData("basic_toleranceLimitLower", "basic_acceptanceLimitLower", true)]
    [InlineData("basic_toleranceLimitLower", "cnm_mpe", true)]
    public void Limits_come_in_several_kinds(string old, string kind, bool right)
    {
        var file = Sample.With((old, kind), ("basic_toleranceLimitUpper", kind.Replace("Lower", "Upper", StringComparison.Ordinal)));
        Assert.Equal(right, Sample.Check(file).Findings.All(f => f.Rule != "verdict-differs"));
        var bad = Sample.With((old, kind), ("basic_toleranceLimitUpper", kind.Replace("Lower", "Upper", StringComparison.Ordinal)), ("<si:valueXMLList>-4", "<si:valueXMLList>-2.5"));
        Assert.Contains(Sample.Check(bad).Findings, f => f.Rule == "verdict-differs" && f.Value == "pass (3)");
    }

    [Theory]
    [InlineData("2", "0.95", "normal", true)]
    [InlineData("2", "0.9545", "normal", true)]
    [InlineData("1.96", "0.95", "normal", true)]
    [InlineData("3", "0.9973", "normal", true)]
    [InlineData("2.58", "0.99", "正态", true)]
    [InlineData("2", "0.99", "normal", false)]
    [InlineData("3", "0.95", "gaussian", false)]
    [InlineData("2.78", "0.95", "t(ν=4)", true)]
    [InlineData("2", "0.95", "t(ν=4)", false)]
    [InlineData("2.78", "0.95", "student", true)]
    [InlineData("1.5", "0.95", "student", false)]
    [InlineData("1.65", "0.95", "rectangular", true)]
    [InlineData("1.73", "1", "rectangular", true)]
    [InlineData("1.73", "0.95", "rectangular", false)]
    [InlineData("1.90", "0.95", "triangular", true)]
    [InlineData("4.53", "0.95", "", true)]
    [InlineData("1.2", "0.95", "", false)]
    [InlineData("3", "0.5", "bathtub", true)]
    public void Factor_probability_and_distribution_go_together(string k, string p, string distribution, bool right)
    {
        var file = Sample.With(("coverageFactorXMLList>2", "coverageFactorXMLList>" + k), ("coverageProbabilityXMLList>0.95", "coverageProbabilityXMLList>" + p), ("<si:distributionXMLList>normal</si:distributionXMLList>", distribution.Length == 0 ? "" : $"<si:distributionXMLList>{distribution}</si:distributionXMLList>"));
        Assert.Equal(right, Sample.Check(file).Findings.All(f => f.Rule != "coverage-mismatch"));
    }

    [Theory]
    [InlineData("1500", "1.5", true)]
    [InlineData("1500", "1.54", false)]
    [InlineData("1500", "1.500", true)]
    [InlineData("1549", "1.5", true)]
    [InlineData("1551", "1.5", false)]
    [InlineData("1500.000000000000000000000001", "1.500000000000000000000000002", false)]
    public void Hybrid_members_agree_within_rounding(string pascal, string kilopascal, bool right) =>
        Assert.Equal(right, Sample.Check(Sample.With(("<si:value>1500", "<si:value>" + pascal), ("<si:value>1.5<", $"<si:value>{kilopascal}<"))).Findings.All(f => f.Rule != "hybrid-conversion"));

    [Theory]
    [InlineData("0.12", "1.23", true, true)]
    [InlineData("0.123", "1.234", false, true)]
    [InlineData("0.1", "1.23", true, false)]
    [InlineData("0.12", "1.2", true, false)]
    [InlineData("1200", "123400", true, true)]
    [InlineData("1200", "123456", true, false)]
    [InlineData("0.10", "1.20", true, true)]
    [InlineData("1.2E-3", "4.5678", true, true)]
    public void Uncertainty_has_two_digits_and_the_value_ends_there(string u, string value, bool digits, bool places)
    {
        var findings = Sample.Check(Sample.With(("<si:value>1500", "<si:value>" + value), ("valueExpandedMU>200", "valueExpandedMU>" + u))).Findings.Where(f => !f.Path.Contains("real[2]", StringComparison.Ordinal)).ToArray();
        Assert.Equal(digits, findings.All(f => f.Rule != "uncertainty-digits"));
        Assert.Equal(places, findings.All(f => f.Rule != "value-rounding"));
    }
}
