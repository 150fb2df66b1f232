using System.Diagnostics;
using System.Xml.Linq;

namespace Plumbline.Certificates.Tests;

/// <summary>The official schemas, where they lie beside the project.</summary>
public sealed class SchemaTests
{
    private static readonly Lazy<string> installed = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-schemas").FullName;
        SchemaFiles.Install(Shared.Find("schemas"), folder);
        return folder;
    });

    internal static InstalledSchemas Official()
    {
        Shared.Find("schemas");
        return new(installed.Value);
    }

    public static IEnumerable<string> Samples(string kind = "samples") => Directory.EnumerateFiles(Shared.Find(kind), "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    [Fact]
    public void Every_known_schema_installs_and_a_stranger_does_not()
    {
        var source = Directory.CreateTempSubdirectory("plumbline-source").FullName;
        var target = Directory.CreateTempSubdirectory("plumbline-target").FullName;
        foreach (var file in Directory.EnumerateFiles(Shared.Find("schemas"), "*.xsd", SearchOption.AllDirectories).Select((f, i) => (f, i)))
            File.Copy(file.f, Path.Combine(source, $"any-{file.i}.xsd"));
        File.WriteAllText(Path.Combine(source, "own.xsd"), "<x/>");
        var states = SchemaFiles.Install(source, target);
        Assert.All(SchemaFiles.Pinned.Keys, name => Assert.Contains(states, s => s.Name == name && s.Presence == SchemaPresence.Installed));
        Assert.Contains(states, s => s.Name == "own.xsd" && s.Presence == SchemaPresence.Unknown);
        File.AppendAllText(Path.Combine(target, "dsi/v2.2.1.xsd"), " ");
        Assert.Contains(SchemaFiles.List(target), s => s.Name == "dsi/v2.2.1.xsd" && s.Presence == SchemaPresence.Changed);
        Assert.Contains(Sample.Check(Sample.With(), new() { Schemas = new(target) }).Findings, f => f.Rule == "schema-changed" && f.Value == "dsi/v2.2.1.xsd");
    }

    [Fact]
    public void The_verdict_on_every_sample_is_that_of_xmllint()
    {
        var options = new ValidationOptions { Schemas = Official() };
        foreach (var file in Samples())
        {
            var report = DccValidator.Validate(File.ReadAllBytes(file), options);
            Assert.True(report.Verdicts[FindingLayer.Schema] is LayerVerdict.Good or LayerVerdict.Bad, file);
            Assert.Equal(Xmllint(Shared.Find("schemas", $"v{report.Version}", "dcc.xsd"), file), report.Verdicts[FindingLayer.Schema] == LayerVerdict.Good);
        }
    }

    [Fact]
    public void Samples_that_are_valid_have_no_error_in_any_layer_and_the_others_have()
    {
        var options = new ValidationOptions { Schemas = Official(), Today = Sample.Today };
        foreach (var file in Samples())
        {
            var report = DccValidator.Validate(File.ReadAllBytes(file), options);
            var good = !Path.GetFileName(file).Contains("invalid", StringComparison.OrdinalIgnoreCase);
            Assert.True(good == report.IsGood, $"{file}: {string.Join("; ", report.Findings.Where(f => f.Severity == FindingSeverity.Error).Select(f => f.Rule + " " + f.Path))}");
        }
    }

    [Fact]
    public void A_violation_names_the_element()
    {
        var report = Sample.Check(Sample.With(("<dcc:performanceLocation>laboratory", "<dcc:performanceLocation>moon")), new() { Schemas = Official() });
        Assert.Contains(report.Findings, f => f.Rule == "schema-violation" && f.Path.EndsWith("coreData/performanceLocation", StringComparison.Ordinal) && f.Line > 0);
    }

    [Fact]
    public void Formulas_in_MathML_pass_and_foreign_content_is_not_judged()
    {
        byte[] With(string content) => Sample.With(("          <dcc:quantity refType=\"cnm_hysteresis\">", content + "<dcc:quantity refType=\"cnm_hysteresis\">"));
        var options = new ValidationOptions { Schemas = Official(), Today = Sample.Today };
        Assert.Equal(LayerVerdict.Good, DccValidator.Validate(With("<dcc:formula><dcc:mathml><m:math xmlns:m=\"http://www.w3.org/1998/Math/MathML\"><m:mi>x</m:mi></m:math></dcc:mathml></dcc:formula>"), options).Verdicts[FindingLayer.Schema]);
        var foreign = DccValidator.Validate(With("<dcc:xml><own:thing xmlns:own=\"https://example.org/own\"/></dcc:xml>"), options);
        Assert.Equal(LayerVerdict.Unsupported, foreign.Verdicts[FindingLayer.Schema]);
        Assert.Contains(foreign.Findings, f => f.Rule == "schema-foreign");
        // Where nothing foreign may stand it is a violation.
        Assert.Equal(LayerVerdict.Bad, DccValidator.Validate(With("<own:thing xmlns:own=\"https://example.org/own\"/>"), options).Verdicts[FindingLayer.Schema]);
    }

    [Fact]
    public void The_signature_of_an_older_version_is_set_aside()
    {
        var text = File.ReadAllText(Shared.Find("samples", "signed", "dcc_gp_temperature_typical_v12_v3.2.0_signed.xml")).Replace("schemaVersion=\"3.2.0\"", "schemaVersion=\"3.1.2\"", StringComparison.Ordinal);
        var report = DccValidator.Validate(System.Text.Encoding.UTF8.GetBytes(text), new() { Schemas = Official() });
        Assert.Equal(LayerVerdict.Good, report.Verdicts[FindingLayer.Schema]);
        Assert.Contains(report.Findings, f => f.Rule == "schema-signature-set-aside");
    }

    /// <summary>The verdict on spoiled certificates, too; what xmllint leaves unchecked (references to identifiers) is left out.</summary>
    [Fact]
    public void The_verdict_on_spoiled_certificates_is_that_of_xmllint()
    {
        var random = new Random(7);
        var options = new ValidationOptions { Schemas = Official() };
        var file = Path.GetTempFileName();
        for (var round = 0; round < 80; round++)
        {
            var document = Sample.Good();
            var elements = document.Root!.Descendants().Where(e => e.Attribute("id") is null && e.Attribute("refId") is null && !e.Descendants().Any(d => d.Attribute("id") is not null)).ToArray();
            var (one, other) = (elements[random.Next(elements.Length)], elements[random.Next(elements.Length)]);
            switch (random.Next(5))
            {
                case 0: one.Remove(); break;
                case 1: one.AddAfterSelf(new XElement(one)); break;
                case 2: one.Name = other.Name; break;
                case 3: one.SetAttributeValue("refType", random.Next(2) == 0 ? "" : "basic_x cnm_y"); break;
                default: elements.Last(e => !e.HasElements && e.IsBefore(other) || e == elements[0]).Value = new[] { "", " ", "-1", "NaN", "INF", "1.", ".5", "2026-01-01" }[random.Next(8)]; break;
            }
            document.Save(file);
            var report = DccValidator.Validate(File.ReadAllBytes(file), options);
            Assert.True(Xmllint(Shared.Find("schemas", "v3.3.0", "dcc.xsd"), file) == (report.Verdicts[FindingLayer.Schema] == LayerVerdict.Good), $"round {round}: {report.Findings.FirstOrDefault(f => f.Layer == FindingLayer.Schema)}");
        }
        File.Delete(file);
    }

    private static bool Xmllint(string schema, string file)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("xmllint", ["--nonet", "--noout", "--schema", schema, file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("xmllint is not installed");
            throw;
        }
    }
}
