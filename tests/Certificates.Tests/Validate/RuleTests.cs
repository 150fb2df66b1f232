using System.Globalization;
using System.Text;

namespace Plumbline.Certificates.Tests;

/// <summary>Each rule with a bad file; the good one is the sample, which breaks none of them.</summary>
public sealed class RuleTests
{
    private static readonly ValidationOptions usual = new() { Today = Sample.Today };

    /// <summary>Rule, changes to the good file, and a piece of the path that the finding must name.</summary>
    private static readonly (string Rule, (string, string)[] Changes, string Path)[] cases =
    [
        ("form-root", [("<dcc:digitalCalibrationCertificate xmlns:dcc=\"https://ptb.de/dcc\"", "<dcc:digitalCalibrationCertificate xmlns:dcc=\"https://ptb.de/other\"")], "/digitalCalibrationCertificate"),
        ("form-version-missing", [(" schemaVersion=\"3.3.0\"", "")], "/digitalCalibrationCertificate"),
        ("form-version-unknown", [("3.3.0", "3.4.0-rc.2")], "/digitalCalibrationCertificate"),
        ("form-dtd", [("<dcc:digital", "<!DOCTYPE x [<!ENTITY a \"b\">]><dcc:digital")], "/"),
        ("form-malformed", [("</dcc:items>", "</dcc:item>")], "/"),
        ("form-encoding", [("utf-8", "iso-8859-1")], "/"),
        ("schema-not-installed", [], "/digitalCalibrationCertificate"),
        ("version-newest", [("3.3.0", "3.2.1")], "/digitalCalibrationCertificate"),
        ("placement-version", [("3.3.0", "3.2.1"), ("<dcc:measurementResults>", "<dcc:measurementResults><dcc:usedMethods/>")], "measurementResults/usedMethods"),
        ("method-missing", [("dcc:usedMethods>", "dcc:comment>"), ("</dcc:usedMethods>", "</dcc:comment>")], "measurementResult"),
        ("influence-missing", [("<dcc:influenceConditions>", "<dcc:comment>"), ("</dcc:influenceConditions>", "</dcc:comment>")], "measurementResult"),
        ("software-missing", [("<dcc:usedSoftware>", "<dcc:comment>"), ("</dcc:usedSoftware>", "</dcc:comment>")], "measurementResult"),
        ("software-release", [("<dcc:release>v2<", "<dcc:release>latest<")], "usedSoftware/software/release"),
        ("identifier-duplicate", [("<dcc:usedMethod>", "<dcc:usedMethod id=\"item1\">")], "usedMethods/usedMethod"),
        ("reference-unresolved", [("refId=\"item1\"", "refId=\"item1 item2\"")], "results/result"),
        ("reference-unused", [("refId=\"item1\"", "")], "items/item"),
        ("reftype-undeclared", [("cnm_hysteresis", "own_hysteresis")], "data/quantity"),
        ("language-undeclared", [("lang=\"en\">Pressure", "lang=\"fr\">Pressure")], "item/name/content[2]"),
        ("language-repeated", [("<dcc:content lang=\"en\">Results", "<dcc:content lang=\"zh\">Results")], "measurementResult/name"),
        ("language-missing", [("<dcc:content lang=\"en\">Results</dcc:content>", "")], "measurementResult/name"),
        ("language-declared-twice", [("<dcc:usedLangCodeISO639_1>en", "<dcc:usedLangCodeISO639_1>zh")], "coreData/usedLangCodeISO639_1[2]"),
        ("language-mandatory", [("<dcc:mandatoryLangCodeISO639_1>zh", "<dcc:mandatoryLangCodeISO639_1>de")], "coreData/mandatoryLangCodeISO639_1"),
        ("language-code", [("<dcc:usedLangCodeISO639_1>en", "<dcc:usedLangCodeISO639_1>xx")], "coreData/usedLangCodeISO639_1[2]"),
        ("country-code", [("ISO3166_1>CN", "ISO3166_1>CX1")], "coreData/countryCodeISO3166_1"),
        ("country-code", [("<dcc:countryCode>CN", "<dcc:countryCode>C")], "location/countryCode"),
        ("performance-period", [("endPerformanceDate>2026-03-05", "endPerformanceDate>2026-03-03")], "coreData/endPerformanceDate"),
        ("own-unit-undeclared", [("<dcc:nonSIUnit>turn", "<dcc:nonSIUnit>twist")], "realListXMLList[3]/unitXMLList"),
        ("own-unit-place", [(@"<si:value>293.2</si:value><si:unit>\kelvin", "<si:value>293.2</si:value><si:unit>|turn")], "influenceCondition/data/quantity/real/unit"),
        ("hash-form", [("e3b0c44298", "e3b0c4429")], "previousReport/value"),
        ("embedded-file", [("iVBORw0KGgo=", "iVBORw0K*Ggo=")], "file/dataBase64"),
        ("embedded-type", [("image/png", "application/pdf")], "file/mimeType"),
        ("conformity-length", [("pass pass pass", "pass pass")], "metaData/conformityXMLList"),
        ("number-form", [("<si:value>293.2", "<si:value>293,2")], "influenceCondition/data/quantity/real/value"),
        ("number-form", [("0.4020", "0.4O20")], "quantity[2]/realListXMLList/valueXMLList"),
        ("number-negative", [("1.2 1.2 1.3", "1.2 -1.2 1.3")], "valueExpandedMUXMLList"),
        ("number-factor", [("coverageFactorXMLList>2", "coverageFactorXMLList>0.5")], "coverageFactorXMLList"),
        ("number-probability", [("coverageProbabilityXMLList>0.95", "coverageProbabilityXMLList>95")], "coverageProbabilityXMLList"),
        ("number-missing", [("0.4020", "NaN")], "quantity[2]/realListXMLList/valueXMLList"),
        ("number-range", [("<si:value>293.2", "<si:value>293.2E5000")], "real/value"),
        ("time-form", [("2026-03-04T09:10:00Z", "2026-03-04 09:10")], "dateTimeXMLList"),
        ("digit-form", [("significantDigit>0", "significantDigit>0.1")], "real[1]/significantDigit"),
        ("list-length", [("1.2 1.2 1.3", "1.2 1.3")], "expandedMUXMLList/valueExpandedMUXMLList"),
        ("list-length", [(@"<si:unitXMLList>\bar", @"<si:unitXMLList>\bar \bar")], "realListXMLList[2]/unitXMLList"),
        ("list-empty", [("1.2 1.2 1.3", "")], "valueExpandedMUXMLList"),
        ("table-length", [("0.2010 0.4020 0.5970", "0.2010 0.4020")], "list/quantity[2]"),
        ("list-blanks", [("0.2 0.4 0.6", "0.2  0.4 0.6")], "valueXMLList"),
        ("unit-repeated", [(@"<si:unitXMLList>\bar", @"<si:unitXMLList>\bar \bar \bar")], "unitXMLList"),
        ("unit-form", [(@"<si:unit>\kelvin", "<si:unit>kelvin")], "real/unit"),
        ("unit-unknown", [(@"<si:unit>\kelvin", @"<si:unit>\kelvyn")], "real/unit"),
        ("unit-blank", [(@"\volt\tothe{2}", @"\volt \tothe{2}")], "covariance[1]/unit"),
        ("unit-style", [(@"\volt\tothe{2}", @"\volt\tothe{2.000}")], "covariance[1]/unit"),
        ("unit-per", [(@"<si:unit>\kelvin", @"<si:unit>\kelvin\per\second")], "real/unit"),
        ("unit-old", [(@"<si:unit>\kelvin", @"<si:unit>\mmhg")], "real/unit"),
        ("unit-phase", [(@"<si:unitPhase>\radian", @"<si:unitPhase>\second")], "complex/unitPhase"),
        ("unit-mixed", [(@"<si:unitXMLList>\bar", @"<si:unitXMLList>\bar \metre \bar")], "unitXMLList"),
        ("kind-unit", [("quantityTypeQUDT>Pressure", "quantityTypeQUDT>Length")], "hybrid/real[1]/unit"),
        ("kind-name", [("quantityTypeQUDT>Pressure", "quantityTypeQUDT>pressure")], "real[1]/quantityTypeQUDT"),
        ("hybrid-si", [(@"<si:unitXMLList>\mega\pascal", @"<si:unitXMLList>\bar"), ("0.2 0.4 0.6", "2 4 6")], "quantity[1]/hybrid"),
        ("hybrid-order", [(@"<si:unitXMLList>\mega\pascal", @"<si:unitXMLList>\mmhg"), (@"<si:unitXMLList>\bar", @"<si:unitXMLList>\pascal")], "hybrid/realListXMLList[1]"),
        ("hybrid-dimension", [(@"<si:unitXMLList>\bar", @"<si:unitXMLList>\metre")], "hybrid/realListXMLList[2]"),
        ("hybrid-length", [("2 4 6", "2 4")], "hybrid/realListXMLList[2]"),
        ("hybrid-conversion", [("2 4 6", "2 4 7")], "realListXMLList[2]/valueXMLList"),
        ("hybrid-uncertainty", [("valueExpandedMU>0.2", "valueExpandedMU>0.5")], "real[2]"),
        ("interval-order", [("19.61", "21.61")], "coverageIntervalMU"),
        ("interval-outside", [("<si:value>20.10", "<si:value>21.10")], "real/value"),
        ("relative-value", [("<si:value>13<", "<si:value>23<")], "relativeUncertaintySingle/value"),
        ("distribution-form", [("distributionXMLList>normal", "distributionXMLList>")], "distributionXMLList"),
        ("covariance-unit", [(@"\volt\tothe{2}", @"\volt")], "column[1]/covariance[1]/unit"),
        ("covariance-size", [("<si:covariance><si:value>1E-4</si:value><si:unit>\\volt\\radian</si:unit></si:covariance></si:column>", "</si:column>")], "covarianceMatrix/column"),
        ("covariance-symmetry", [("1E-4", "2E-4")], "column[1]/covariance[2]"),
        ("covariance-definite", [("9E-4", "-9E-4")], "column[2]/covariance[2]"),
        ("covariance-definite", [("1E-4", "7E-4"), ("<si:value>1E-4", "<si:value>7E-4")], "covarianceMatrix"),
        ("deprecated", [("<si:expandedMUXMLList><si:valueExpandedMUXMLList>1.2 1.2 1.3</si:valueExpandedMUXMLList>", "<si:expandedUncXMLList><si:uncertaintyXMLList>1.2 1.2 1.3</si:uncertaintyXMLList>"), ("</si:expandedMUXMLList>", "</si:expandedUncXMLList>")], "expandedUncXMLList"),
        ("verdict-differs", [("1.0 2.0 -3.0", "1.0 2.0 -5.0")], "conformityXMLList"),
        ("verdict-differs", [("pass pass pass", "pass fail pass")], "conformityXMLList"),
        ("verdict-differs", [("简单接受", "保护带"), ("simple acceptance", "guard band w = U")], "conformityXMLList"),
        ("verdict-summary", [("pass pass pass", "pass pass fail")], "statement[2]/conformity"),
        ("verdict-summary-fail", [("<dcc:conformity>pass", "<dcc:conformity>fail")], "statement[2]/conformity"),
        ("verdict-words", [("lang=\"zh\">合格", "lang=\"zh\">不合格")], "statement[2]/declaration/content[1]"),
        ("verdict-words", [("<dcc:conformity>pass", "<dcc:conformity>fail")], "statement[2]/declaration/content[1]"),
        ("verdict-kind", [("检定证书", "检定结果通知书")], "statement[2]/conformity"),
        ("verdict-kind", [("<dcc:conformity>pass", "<dcc:conformity>fail")], "statement[2]/conformity"),
        ("verdict-unit", [("<si:valueXMLList>-4</si:valueXMLList><si:unitXMLList>\\kilo\\pascal", "<si:valueXMLList>-4</si:valueXMLList><si:unitXMLList>\\kelvin")], "metaData/data/quantity[1]"),
        ("limit-length", [("<si:valueXMLList>-4", "<si:valueXMLList>-4 -4")], "metaData/data/quantity[1]/realListXMLList/valueXMLList"),
        ("limit-order", [("<si:valueXMLList>-4", "<si:valueXMLList>5")], "metaData/data/quantity[1]"),
        ("error-differs", [("1.0 2.0 -3.0", "1.0 3.0 -3.0")], "quantity[3]/realListXMLList/valueXMLList"),
        ("error-unit", [("0.2010 0.4020 0.5970</si:valueXMLList><si:unitXMLList>\\mega\\pascal", "0.2010 0.4020 0.5970</si:valueXMLList><si:unitXMLList>\\lux")], "list/quantity[2]/realListXMLList"),
        ("coverage-mismatch", [("coverageProbabilityXMLList>0.95", "coverageProbabilityXMLList>0.99")], "expandedMUXMLList"),
        ("coverage-mismatch", [("coverageFactorXMLList>2", "coverageFactorXMLList>3")], "expandedMUXMLList"),
        ("coverage-interval", [("valueStandardMU>0.25", "valueStandardMU>0.15")], "coverageIntervalMU"),
        ("uncertainty-digits", [("1.2 1.2 1.3", "1.23 1.2 1.3")], "expandedMUXMLList"),
        ("value-rounding", [("1.0 2.0 -3.0", "1.02 2.0 -3.0")], "quantity[3]/realListXMLList/valueXMLList"),
        ("date-form", [("issueDate>2026-03-06", "issueDate>2026-02-30")], "coreData/issueDate"),
        ("date-order", [("receiptDate>2026-03-02", "receiptDate>2026-03-05")], "coreData/beginPerformanceDate"),
        ("date-order", [("issueDate>2026-03-06", "issueDate>2026-03-04")], "coreData/issueDate"),
        ("date-future", [("issueDate>2026-03-06", "issueDate>2027-03-06")], "coreData/issueDate"),
        ("time-outside", [("2026-03-04T09:10:00Z", "2026-05-04T09:10:00Z")], "dateTimeXMLList"),
        ("validity-order", [("<dcc:date>2026-09-05", "<dcc:date>2025-09-05")], "statement[3]/date"),
        ("validity-period", [("<dcc:date>2026-09-05", "<dcc:date>2027-09-05")], "statement[3]/date"),
        ("standard-invalid", [("inValidityRange>true", "inValidityRange>false")], "certificate/inValidityRange"),
        ("standard-untraceable", [("traceable>true", "traceable>false")], "certificate/traceable"),
        ("replacement-reference", [("<dcc:previousReport>", "<dcc:comment>"), ("</dcc:previousReport>", "</dcc:comment>")], "reportAmendedSubstituted"),
        ("replacement-self", [("replacedUniqueIdentifier>B-2026-0003", "replacedUniqueIdentifier>B-2026-0007")], "replacedUniqueIdentifier"),
        ("replacement-other", [("referralID>B-2026-0003", "referralID>B-2026-0004")], "previousReport/referralID"),
        ("identification-repeated", [("<dcc:issuer>customer</dcc:issuer><dcc:value>K-12", "<dcc:issuer>manufacturer</dcc:issuer><dcc:value>P-778")], "identification[2]"),
        ("signer-missing", [("<dcc:mainSigner>true", "<dcc:mainSigner>false")], "respPersons"),
        ("signer-same", [("<dcc:content>乙", "<dcc:content>甲")], "respPerson[2]"),
    ];

    /// <summary>Rules that need more than a change of the sample: each has a test of its own below or in another file.</summary>
    private static readonly string[] elsewhere = ["form-size", "form-depth", "list-long", "schema-changed", "schema-violation", "schema-foreign", "schema-signature-set-aside", "capability-exceeded", "findings-cut"];

    [Fact]
    public void The_good_certificate_breaks_no_rule()
    {
        var report = Sample.Check(Sample.With());
        Assert.Equal(["schema-not-installed", "unit-old"], report.Findings.Select(f => f.Rule));
        Assert.True(report.IsGood);
        Assert.Equal(LayerVerdict.Unsupported, report.Verdicts[FindingLayer.Schema]);
        Assert.Equal(LayerVerdict.NotRun, report.Verdicts[FindingLayer.Signature]);
    }

    [Fact]
    public void The_good_certificate_is_good_by_the_official_schema()
    {
        var report = Sample.Check(Sample.With(), new() { Today = Sample.Today, Schemas = SchemaTests.Official() });
        Assert.Equal(["unit-old"], report.Findings.Select(f => f.Rule));
    }

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, cases.Length)];

    [Theory, MemberData(nameof(Cases))]
    public void A_bad_file_is_found_and_the_place_named(int index)
    {
        var (rule, changes, path) = cases[index];
        var report = Sample.Check(Sample.With(changes), usual);
        Assert.Contains(report.Findings, f => f.Rule == rule && f.Path.Contains(path, StringComparison.Ordinal));
        Assert.All(report.Findings.Where(f => f.Rule == rule), f => Assert.All(new[] { "zh", "en" }, language => Assert.NotEmpty(CertificatesTexts.Describe(f, CultureInfo.GetCultureInfo(language)))));
        Assert.All(report.Findings.Where(f => f.Path.Length > 1), f => Assert.True(f.Line > 0));
    }

    [Fact]
    public void Every_rule_has_a_test() =>
        Assert.Empty(ValidationRules.All.Select(r => r.Code).Except(cases.Select(c => c.Rule)).Except(elsewhere));

    [Fact]
    public void The_page_of_rules_is_current() =>
        Assert.Equal(File.ReadAllText(Shared.Own("..", "..", "..", "docs", "dcc-rules.md")).ReplaceLineEndings("\n"), RulePage.Of(CultureInfo.GetCultureInfo("en")));

    [Fact]
    public void Large_and_deep_files_are_refused()
    {
        Assert.Equal(["form-size"], Sample.Check(Sample.With(), new() { LargestFile = 1000 }).Findings.Select(f => f.Rule));
        var deep = string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(Enumerable.Repeat("</a>", 5000));
        Assert.Equal(["form-depth"], Sample.Check(Encoding.UTF8.GetBytes(deep)).Findings.Select(f => f.Rule));
    }

    [Fact]
    public void Signature_and_log_are_other_peoples_layers()
    {
        var report = Sample.Check(Sample.With(), new() { Signature = _ => [new(FindingLayer.Signature, FindingSeverity.Error, "any", "/")], Log = _ => [] });
        Assert.Equal(LayerVerdict.Bad, report.Verdicts[FindingLayer.Signature]);
        Assert.Equal(LayerVerdict.Good, report.Verdicts[FindingLayer.Log]);
        Assert.False(report.IsGood);
    }

    [Fact]
    public void A_standard_that_had_expired_is_found()
    {
        StandardValidity[] valid = [new("S-2025-1", new(2025, 3, 1), new(2026, 3, 5))], expired = [new("S-2025-1", new(2025, 3, 1), new(2026, 3, 4))];
        Assert.DoesNotContain(Sample.Check(Sample.With(), usual with { Standards = valid }).Findings, f => f.Rule == "standard-invalid");
        Assert.Contains(Sample.Check(Sample.With(), usual with { Standards = expired }).Findings, f => f.Rule == "standard-invalid" && f.Path.EndsWith("certificate/referralID", StringComparison.Ordinal));
    }

    [Fact]
    public void An_uncertainty_below_the_capability_is_found()
    {
        MeasurementCapability At(double u) => new("basic_measurementError", @"\pascal", 0, 1e6, u, 0.0001);
        Assert.DoesNotContain(Sample.Check(Sample.With(), usual with { Capabilities = [At(1100)] }).Findings, f => f.Rule == "capability-exceeded");
        // At 0.4 MPa the table says 1210 + 40 Pa; 1.2 kPa may have been rounded from 1.25 kPa, not from more.
        Assert.Contains(Sample.Check(Sample.With(), usual with { Capabilities = [At(1230)] }).Findings, f => f.Rule == "capability-exceeded");
    }

    [Fact]
    public void Covariances_have_the_product_of_the_units()
    {
        const string list = """<dcc:quantity><si:realListXMLList><si:valueXMLList>1.0 2.0</si:valueXMLList><si:unitXMLList>\metre \second</si:unitXMLList><si:measurementUncertaintyMultivariateXMLList><si:ellipsoidalRegionMUXMLList><si:covarianceMatrixXMLList><si:columnXMLList><si:covarianceXMLList><si:valueXMLList>1</si:valueXMLList><si:unitXMLList>\metre\tothe{2}</si:unitXMLList></si:covarianceXMLList><si:covarianceXMLList><si:valueXMLList>0</si:valueXMLList><si:unitXMLList>UNIT</si:unitXMLList></si:covarianceXMLList></si:columnXMLList><si:columnXMLList><si:covarianceXMLList><si:valueXMLList>0</si:valueXMLList><si:unitXMLList>\metre\second</si:unitXMLList></si:covarianceXMLList><si:covarianceXMLList><si:valueXMLList>1</si:valueXMLList><si:unitXMLList>\second\tothe{2}</si:unitXMLList></si:covarianceXMLList></si:columnXMLList></si:covarianceMatrixXMLList></si:ellipsoidalRegionMUXMLList></si:measurementUncertaintyMultivariateXMLList></si:realListXMLList></dcc:quantity></dcc:data></dcc:result>""";
        byte[] Of(string unit) => Sample.With(("        </dcc:data>\n      </dcc:result>", list.Replace("UNIT", unit, StringComparison.Ordinal)));
        Assert.DoesNotContain(Sample.Check(Of(@"\second\metre")).Findings, f => f.Rule == "covariance-unit");
        Assert.Contains(Sample.Check(Of(@"\metre")).Findings, f => f.Rule == "covariance-unit");
    }

    [Fact]
    public void Findings_without_end_are_cut_and_counted()
    {
        var many = string.Concat(Enumerable.Repeat("<dcc:statement><dcc:countryCode>??</dcc:countryCode></dcc:statement>", 150));
        var report = Sample.Check(Sample.With(("<dcc:statements>", "<dcc:statements>" + many)));
        Assert.Equal(100, report.Findings.Count(f => f.Rule == "country-code"));
        Assert.Contains(report.Findings, f => f.Rule == "findings-cut" && f.Value == "50" && f.Expected == "country-code");
    }

    [Fact]
    public void References_of_the_older_versions_are_elements()
    {
        byte[] With(string target) => Sample.With(("3.3.0", "2.4.0"), (" refId=\"item1\"", ""), ("<dcc:statement><dcc:nonSIDefinition>", $"<dcc:statement><dcc:refId>{target}</dcc:refId><dcc:nonSIDefinition>"));
        Assert.DoesNotContain(Sample.Check(With("item1")).Findings, f => f.Rule is "reference-unused" or "reference-unresolved");
        Assert.Contains(Sample.Check(With("item2")).Findings, f => f.Rule == "reference-unresolved" && f.Path.EndsWith("/refId", StringComparison.Ordinal));
    }

    [Fact]
    public void A_kind_may_be_named_by_its_code()
    {
        byte[] With(DocumentKind kind, string verdict) => Sample.With(("<dcc:statement refType=\"cnm_documentKind\">", $"<dcc:statement refType=\"cnm_documentKind\"><dcc:reference>{kind}</dcc:reference>"), ("<dcc:conformity>pass", $"<dcc:conformity>{verdict}"));
        Assert.Contains(Sample.Check(With(DocumentKind.VerificationNotice, "pass")).Findings, f => f.Rule == "verdict-kind");
        Assert.Contains(Sample.Check(With(DocumentKind.VerificationCertificate, "fail")).Findings, f => f.Rule == "verdict-kind");
        Assert.DoesNotContain(Sample.Check(With(DocumentKind.CalibrationCertificate, "fail")).Findings, f => f.Rule == "verdict-kind");
    }

    [Fact]
    public void Signatures_are_checked_where_there_are_any()
    {
        var options = new ValidationOptions { Today = Sample.Today, Signature = bytes => XmlSignature.Verify(bytes, new([], DateTimeOffset.UnixEpoch)).Findings };
        var unsigned = Sample.Check(Sample.With(), options);
        Assert.Equal(LayerVerdict.NotRun, unsigned.Verdicts[FindingLayer.Signature]);
        Assert.Contains(unsigned.Findings, f => f.Rule == "signature-none");
        var sample = File.ReadAllText(Shared.Find("samples", "signed", "dcc_gp_temperature_typical_v12_v3.2.0_signed.xml"));
        Assert.Equal(LayerVerdict.Good, Sample.Check(Encoding.UTF8.GetBytes(sample), options).Verdicts[FindingLayer.Signature]);
        Assert.Equal(LayerVerdict.Bad, Sample.Check(Encoding.UTF8.GetBytes(sample.Replace("306.32", "306.33", StringComparison.Ordinal)), options).Verdicts[FindingLayer.Signature]);
    }

    /// <summary>What this project writes stands its own test.</summary>
    [Fact]
    public void Files_of_our_own_writing_have_no_error()
    {
        foreach (var file in Directory.EnumerateFiles(Shared.Own("v1"), "*.xml"))
        {
            var report = Sample.Check(File.ReadAllBytes(file), new() { Today = new(2027, 1, 1) });
            Assert.True(report.IsGood, $"{file}: {string.Join("; ", report.Findings.Where(f => f.Severity == FindingSeverity.Error).Select(f => f.Rule + " " + f.Path))}");
        }
    }

    [Fact]
    public void From_330_on_what_is_common_stands_once_for_all_measurements()
    {
        var moved = Sample.With(("<dcc:measurementResults>", "<dcc:measurementResults><dcc:usedMethods><dcc:usedMethod><dcc:name><dcc:content>JJG 52</dcc:content></dcc:name></dcc:usedMethod></dcc:usedMethods>"), ("      <dcc:usedMethods>", "<dcc:comment>"), ("JJG 52-2013</dcc:norm></dcc:usedMethod></dcc:usedMethods>", "JJG 52-2013</dcc:norm></dcc:usedMethod></dcc:comment>"));
        Assert.DoesNotContain(Sample.Check(moved).Findings, f => f.Rule is "method-missing" or "placement-version");
    }
}
