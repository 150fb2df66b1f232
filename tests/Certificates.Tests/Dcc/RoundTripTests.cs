using System.Xml.Linq;

namespace Plumbline.Certificates.Tests;

public class RoundTripTests
{
    public static TheoryData<string> Samples => [.. Files("samples")];

    public static TheoryData<string> DsiExamples => [.. Files("dsi-examples")];

    [Theory, MemberData(nameof(Samples))]
    public void Every_element_of_a_sample_is_written_back(string path)
    {
        Assert.SkipWhen(path.Length == 0, "../shared/certificates is not beside the project");
        var xml = DccXml.Load(File.ReadAllBytes(path));
        var file = DccReader.Read(xml);
        var written = DccXml.Load(DccWriter.Write(file.Document));
        Assert.Equal(Elements(xml.Root!).Order(StringComparer.Ordinal), Elements(written.Root!).Order(StringComparer.Ordinal));
        if ((string?)xml.Root!.Attribute("schemaVersion") == "3.3.0" && !path.Contains("INVALID", StringComparison.Ordinal) && !path.Contains("invalid", StringComparison.Ordinal))
            Assert.Equal(Elements(xml.Root!), Elements(written.Root!));
        Assert.Equal(DccWriter.Write(file.Document), DccWriter.Write(DccReader.Read(written).Document));
        if (!path.Contains("INVALID", StringComparison.OrdinalIgnoreCase))
            BuilderTests.Valid(DccWriter.Write(file.Document), Path.GetFileNameWithoutExtension(path));
    }

    [Theory, MemberData(nameof(DsiExamples))]
    public void Every_quantity_of_the_D_SI_examples_is_written_back(string path)
    {
        Assert.SkipWhen(path.Length == 0, "../shared/certificates is not beside the project");
        foreach (var value in DccXml.Load(File.ReadAllBytes(path)).Root!.Elements().SelectMany(e => e.Elements()).Where(e => e.Name.Namespace == DccNames.Si))
        {
            var data = new XElement(DccNames.Dcc + "quantity", value.Name.LocalName is "realList" or "complexList" ? new XElement(DccNames.Si + "list", value) : value);
            var findings = new List<Finding>();
            var written = DccWriting.Write(data.Name, DccReading.Read(new DccQuantity(), data, findings));
            Assert.Equal(Elements(data), Elements(written));
            if (!path.Contains("IMPROVABLE", StringComparison.Ordinal))
                Assert.Empty(findings);
        }
    }

    [Fact]
    public void What_is_not_understood_stays_where_it_stood()
    {
        var xml = XElement.Parse("""<item xmlns="https://ptb.de/dcc" id="i" x="1"><name><content>a</content><odd/></name><odd>1</odd><model>M</model><identifications><identification><issuer>other</issuer><value>1</value></identification><odd/></identifications>loose</item>""");
        var findings = new List<Finding>();
        var item = DccReading.Read(new DccItem(), xml, findings);
        Assert.Equal(5, findings.Count);
        Assert.Equal(Elements(xml), Elements(DccWriting.Write(xml.Name, item)));
        Assert.Contains("loose", DccWriting.Write(xml.Name, item).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_none_is_kept_and_reported()
    {
        var xml = XElement.Parse("""<quantity xmlns="https://ptb.de/dcc" xmlns:si="https://ptb.de/si"><si:real><si:value>1,5</si:value><si:unit>\metre</si:unit></si:real></quantity>""");
        var findings = new List<Finding>();
        var quantity = DccReading.Read(new DccQuantity(), xml, findings);
        Assert.Null(Assert.IsType<SiReal>(quantity.Value).Value);
        Assert.Equal(("dcc-not-understood", "1,5"), (findings[0].Rule, findings[0].Value));
        Assert.Equal(Elements(xml), Elements(DccWriting.Write(xml.Name, quantity)));
    }

    internal static IEnumerable<string> Elements(XElement root) =>
        root.DescendantsAndSelf().Where(e => !e.AncestorsAndSelf().Any(a => a.Name.Namespace == DccNames.Signature)).Select(e =>
            $"{string.Join('/', e.AncestorsAndSelf().Reverse().Select(a => a.Name.LocalName))}|{string.Join(' ', e.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.LocalName is not ("schemaLocation" or "schemaVersion")).Select(a => $"{a.Name}={a.Value}").Order())}|{(e.HasElements ? "" : string.Join(' ', e.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))}");

    private static IEnumerable<string> Files(string folder)
    {
        var path = Path.GetFullPath(Shared.Own("..", "..", "..", "..", "shared", "certificates", folder));
        return Directory.Exists(path) ? Directory.GetFiles(path, "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [""];
    }
}
