using FsCheck;
using FsCheck.Fluent;
using Plumbline.Sheets;

namespace Plumbline.Certificates.Tests;

public class TableTests
{
    public static TheoryData<DocumentKind> Kinds => [.. Enum.GetValues<DocumentKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_certificate_goes_through_CSV_and_Excel_and_comes_back_the_same(DocumentKind kind)
    {
        var document = DccBuilder.ToDocument(Inputs.Of(kind));
        foreach (var excel in new[] { false, true })
        {
            var reading = await Through(document, excel);
            Assert.Empty(reading.Findings);
            Assert.Equal(System.Text.Encoding.UTF8.GetString(DccWriter.Write(document)), System.Text.Encoding.UTF8.GetString(DccWriter.Write(reading.File!.Document)));
        }
    }

    [Theory, MemberData(nameof(RoundTripTests.Samples), MemberType = typeof(RoundTripTests))]
    public async Task A_sample_goes_through_tables_and_keeps_every_element(string path)
    {
        Assert.SkipWhen(path.Length == 0, "../shared/certificates is not beside the project");
        var document = DccReader.Read(File.ReadAllBytes(path)).Document;
        var reading = await Through(document, excel: false);
        Assert.Empty(reading.Findings);
        Assert.Equal(Short(document), Short(reading.File!.Document));
    }

    [Fact]
    public async Task A_number_changed_in_the_table_is_changed_in_the_certificate_and_nothing_else()
    {
        var document = DccBuilder.ToDocument(Inputs.Gauge);
        var (fields, results) = await Csv(document);
        var reading = DccTableReader.Read(Sheet(fields)!, Sheet(results.Replace("0.402,\\mega", "0.4020,\\mega", StringComparison.Ordinal)));
        var (old, now) = (RoundTripTests.Elements(DccWriter.ToXml(document).Root!), RoundTripTests.Elements(DccWriter.ToXml(reading.File!.Document).Root!));
        Assert.Equal(["0.000 0.4020 0.804 1.203 1.606"], now.Except(old).Select(e => e[(e.LastIndexOf('|') + 1)..]));
    }

    [Theory]
    [InlineData("results", "0.402,\\mega", "0;402,\\mega", "table-decimal", "results!E10")]
    [InlineData("results", "0.402,\\mega", ",\\mega", "table-missing", "results!E10")]
    [InlineData("results", ",expandedMU,", ",guess,", "table-form", "results!H2")]
    [InlineData("results", ",3,", ",33,", "table-index", "results!B11")]
    [InlineData("results", "value,unit", "value,units", "table-column", "results!1")]
    [InlineData("fields", "/administrativeData/coreData/uniqueIdentifier", "/administrativeData/core Data/x", "table-path", null)]
    [InlineData("fields", "/administrativeData/coreData/receiptDate", "/administrativeData/coreData/uniqueIdentifier", "table-duplicate", null)]
    [InlineData("fields", "/respPersons/respPerson[1]/", "/respPersons/respPerson[9]/", "table-path", null)]
    public async Task A_wrong_cell_is_named(string table, string old, string now, string rule, string? cell)
    {
        var (fields, results) = await Csv(DccBuilder.ToDocument(Inputs.Gauge));
        Assert.Contains(old, table == "fields" ? fields : results, StringComparison.Ordinal);
        var reading = DccTableReader.Read(Sheet(table == "fields" ? fields.Replace(old, now, StringComparison.Ordinal) : fields)!, Sheet(table == "results" ? results.Replace(old, now, StringComparison.Ordinal) : results));
        Assert.Null(reading.File);
        var finding = Assert.Single(reading.Findings.DistinctBy(f => f.Rule));
        Assert.Equal(rule, finding.Rule);
        if (cell is not null)
            Assert.Contains(cell, reading.Findings.Select(f => f.Path));
        foreach (var language in new[] { "zh", "en" })
            Assert.NotEmpty(CertificatesTexts.Describe(finding, System.Globalization.CultureInfo.GetCultureInfo(language)));
    }

    [Fact]
    public void Any_table_of_numbers_goes_through_CSV_and_Excel_digit_for_digit()
    {
        var digits = Gen.Elements("0", "-0.0", "0.350", "1.20E-6", "-12", "1e3", "+5", ".5", "7.", "123456789012345678", "0.00001", "1600000", "-0", "007", "NaN", "3.14159265358979323846", "100", "1E+05");
        var uncertainties = Gen.Elements("0.1", "2E-3", "0.00", "12");
        var table = from n in Gen.Choose(1, 6)
                    from values in Gen.ArrayOf(digits, n)
                    from stated in Gen.Elements(true, false)
                    from u in Gen.ArrayOf(uncertainties, n)
                    from k in Gen.ArrayOf(Gen.Elements("2", "2.05", "1.96"), n)
                    select Inputs.Gauge with { Results = [new("r", [new("c") { Values = values, Units = [@"\metre"], Uncertainty = stated ? new() { Expanded = u, Factors = k } : null }])] };
        Prop.ForAll(table.ToArbitrary(), input =>
        {
            var document = DccBuilder.ToDocument(input);
            var bytes = DccWriter.Write(document);
            foreach (var excel in new[] { false, true })
            {
                var reading = Through(document, excel).GetAwaiter().GetResult();
                Assert.Empty(reading.Findings);
                Assert.Equal(bytes, DccWriter.Write(reading.File!.Document));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_JSON_view_has_the_number_and_every_digit(DocumentKind kind)
    {
        var json = DccJson.Of(DccBuilder.ToDocument(Inputs.Of(kind))).ToJsonString();
        Assert.Contains($"\"uniqueIdentifier\":\"{Inputs.Of(kind).Number}\"", json, StringComparison.Ordinal);
        foreach (var value in Inputs.Of(kind).Results.SelectMany(r => r.Columns).SelectMany(c => c.Values).Where(v => !string.IsNullOrEmpty(v)))
            Assert.Contains($"\"{value}\"", json, StringComparison.Ordinal);
    }

    /// <summary>Elements with lists of equal entries written once and blanks as tables keep them.</summary>
    private static IEnumerable<string> Short(DccDocument document) => RoundTripTests.Elements(DccWriter.ToXml(document).Root!).Select(e =>
    {
        var words = e[(e.LastIndexOf('|') + 1)..].Split(' ');
        return e.Contains("XMLList", StringComparison.Ordinal) && words.Length > 1 && words.Distinct().Count() == 1 ? e[..(e.LastIndexOf('|') + 1)] + words[0] : e;
    });

    private static async Task<DccTableReading> Through(DccDocument document, bool excel)
    {
        if (!excel)
        {
            var (fields, results) = await Csv(document);
            return DccTableReader.Read(Sheet(fields)!, Sheet(results));
        }
        using var file = new MemoryStream();
        await SheetWriter.WriteXlsxAsync(file, [DccTables.Fields(document), DccTables.Results(document)]);
        file.Position = 0;
        var first = Sheets.Sheet.Read(file, "c.xlsx", DccTableReader.Limits, "fields");
        file.Position = 0;
        var second = Sheets.Sheet.Read(file, "c.xlsx", DccTableReader.Limits, "results");
        return DccTableReader.Read(first.Sheet!, second.Sheet);
    }

    private static async Task<(string Fields, string Results)> Csv(DccDocument document)
    {
        using MemoryStream fields = new(), results = new();
        await SheetWriter.WriteCsvAsync(fields, DccTables.Fields(document));
        await SheetWriter.WriteCsvAsync(results, DccTables.Results(document));
        return (System.Text.Encoding.UTF8.GetString(fields.ToArray()), System.Text.Encoding.UTF8.GetString(results.ToArray()));
    }

    private static Sheet? Sheet(string csv)
    {
        var reading = Sheets.Sheet.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv)), "c.csv", DccTableReader.Limits);
        if (reading.Problems is [{ Code: "sheet.no-rows" }])
            return null;
        Assert.True(reading.Succeeded, string.Join("; ", reading.Problems.Select(p => $"{p.Code} {p.Row} {p.Value}")));
        return reading.Sheet;
    }
}
