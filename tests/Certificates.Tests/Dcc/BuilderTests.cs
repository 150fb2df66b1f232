using System.Diagnostics;

namespace Plumbline.Certificates.Tests;

public class BuilderTests
{
    public static TheoryData<DocumentKind> Kinds => [.. Enum.GetValues<DocumentKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public void A_document_of_each_kind_is_built_read_and_built_the_same(DocumentKind kind)
    {
        var bytes = DccBuilder.Build(Inputs.Of(kind));
        Assert.Equal(bytes, DccBuilder.Build(Inputs.Of(kind)));
        var file = DccReader.Read(bytes);
        Assert.Empty(file.Changes);
        Assert.Empty(file.NotUnderstood);
        Assert.Equal(kind, DccBuilder.KindOf(file.Document));
        Assert.Equal(bytes, DccWriter.Write(file.Document));
        Assert.Equal(Inputs.Of(kind).Number, file.Document.Administrative.Core.UniqueIdentifier);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_document_of_each_kind_is_valid_by_the_official_schema(DocumentKind kind) => Valid(DccBuilder.Build(Inputs.Of(kind)), kind.ToString());

    [Theory, MemberData(nameof(Kinds))]
    public void A_file_of_the_first_release_stays_readable(DocumentKind kind)
    {
        var path = Shared.Own("v1", $"{kind}.xml");
        if (Environment.GetEnvironmentVariable("PLUMBLINE_WRITE_V1") == "1" && !File.Exists(path))
            File.WriteAllBytes(path, DccBuilder.Build(Inputs.Of(kind)));
        var file = DccReader.Read(File.ReadAllBytes(path));
        Assert.Equal((kind, "3.3.0"), (DccBuilder.KindOf(file.Document), file.Document.SchemaVersion));
        Assert.Empty(file.NotUnderstood);
        Assert.NotEmpty(file.Document.Measurements.Results[0].Results[0].Data!.Entries);
    }

    [Fact]
    public void Digits_arrive_as_they_were_given()
    {
        var document = DccReader.Read(DccBuilder.Build(Inputs.Calibration)).Document;
        var list = Assert.IsType<DccList>(document.Measurements.Results[0].Results[0].Data!.Entries[0]);
        var values = Assert.IsType<SiRealListXmlList>(((DccQuantity)list.Entries[1]).Value);
        Assert.Equal(["1.0000032", "10.000081", "100.00042"], values.Values.Select(v => v.Text));
        Assert.Equal(["0.0000011", "0.000012", "0.00015"], values.Uncertainty!.Values.Select(v => v.Text));
        Assert.Equal(["2", "2", "2.05"], values.Uncertainty.Factors.Select(v => v.Text));
        Assert.Equal(["0.95"], values.Uncertainty.Probabilities.Select(v => v.Text));
        Assert.Equal(["1.2E-6", "NaN", "-3.0E-7"], ((SiRealListXmlList)((DccQuantity)list.Entries[2]).Value!).Values.Select(v => v.Text));
        Assert.Equal("afterAdjustment", document.Measurements.Results[0].Conditions[0].Status);
    }

    [Fact]
    public void A_comparison_report_has_a_data_set_for_each_laboratory()
    {
        var results = DccReader.Read(DccBuilder.Build(Inputs.Comparison)).Document.Measurements.Results;
        Assert.Equal(4, results.Count);
        Assert.True(results[0].Is(CnmTerms.ComparisonReference));
        Assert.All(results.Skip(1), r => Assert.True(r.Is(CnmTerms.Participant)));
        Assert.Equal("L02 · 云泽市计量测试所", results[2].Name!.In("zh"));
        var en = ((DccList)results[2].Results[0].Data!.Entries[0]).Entries.OfType<DccQuantity>().Single(q => q.Is(CnmTerms.EnNumber));
        Assert.Equal(["fail", "pass"], en.MetaData[0].ConformityList);
    }

    [Fact]
    public void Every_fault_of_an_input_is_named_at_once()
    {
        var broken = Inputs.Gauge with
        {
            Number = " ", Persons = [], End = new(2026, 3, 1), Conclusion = new(DccVerdict.Fail, "不合格"), Standards = [Inputs.Gauge.Standards[0] with { CertificateSha256 = "abc" }],
            Results = [new("a", [new("x") { Values = ["1,5", "2"], Units = ["MPa"], Uncertainty = new() { Expanded = ["-1"], Factors = ["0.5"], Probabilities = ["95"] } }, new("y") { Values = ["1"], Units = [@"\one"] }])],
        };
        var fault = Assert.Throws<DccException>(() => DccBuilder.Build(broken));
        Assert.Equal(
            [
                ("input-count", "Results[0].Columns[1].Values"), ("input-date-order", "End"), ("input-decimal", "Results[0].Columns[0].Values[0]"), ("input-digest", "Standards[0].CertificateSha256"), ("input-missing", "Number"), ("input-missing", "Persons"),
                ("input-range", "Results[0].Columns[0].Uncertainty.Expanded[0]"), ("input-range", "Results[0].Columns[0].Uncertainty.Factors[0]"), ("input-range", "Results[0].Columns[0].Uncertainty.Probabilities[0]"),
                ("input-unit", "Results[0].Columns[0].Units[0]"), ("input-verdict", "Conclusion.Verdict"),
            ],
            fault.Findings.Select(f => (f.Rule, f.Path)).Order());
        foreach (var language in new[] { "zh", "en" })
            Assert.All(fault.Findings, f => Assert.NotEmpty(CertificatesTexts.Describe(f, System.Globalization.CultureInfo.GetCultureInfo(language))));
    }

    [Fact]
    public void A_character_that_XML_does_not_allow_is_refused() =>
        Assert.Equal("input-characters", Assert.Throws<DccException>(() => DccBuilder.Build(Inputs.Gauge with { Number = "A\u0001" })).Findings[0].Rule);

    internal static void Valid(byte[] xml, string name)
    {
        var schema = Shared.Find("schemas", "v3.3.0", "dcc.xsd");
        var path = Path.Combine(Path.GetTempPath(), $"plumbline-{Guid.NewGuid():N}-{name}.xml");
        File.WriteAllBytes(path, xml);
        try
        {
            using var lint = Start(["--noout", "--nonet", "--schema", schema, path]);
            var complaints = lint.StandardError.ReadToEnd();
            lint.WaitForExit();
            Assert.True(lint.ExitCode == 0, complaints);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("xmllint", arguments) { RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("xmllint is not installed");
            throw;
        }
    }
}
