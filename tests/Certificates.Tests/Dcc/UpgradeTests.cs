using System.Text;
using System.Xml.Linq;

namespace Plumbline.Certificates.Tests;

public class UpgradeTests
{
    // Own text in the form of version 2.1.0: names and nesting that 3.0 changed.
    private const string Old = """
        <?xml version="1.0" encoding="UTF-8"?>
        <digitalCalibrationCertificate xmlns="https://ptb.de/dcc" xmlns:si="https://ptb.de/si/smartcom/d-si/v1_0_1">
          <administrativeData>
            <dccSoftware><software><name><content>S</content></name><release>1</release><description><content>a</content></description><description><content>b</content></description></software></dccSoftware>
            <coreData><countryCodeISO3166_1>CN</countryCodeISO3166_1><usedLangCodeISO639_1>zh</usedLangCodeISO639_1><mandatoryLangCodeISO639_1>zh</mandatoryLangCodeISO639_1><uniqueIdentifier>OLD-1</uniqueIdentifier><beginPerformanceDate>2019-05-01</beginPerformanceDate><endPerformanceDate>2019-05-02</endPerformanceDate>
              <previousReport><reference><content>r</content></reference><referenceID>OLD-0</referenceID><procedure>SHA-256</procedure><value>00</value></previousReport></coreData>
            <items><item><name><content>i</content></name><description><content>d</content></description><descriptionData><name><content>f</content></name><description><content>g</content></description><fileName>f.txt</fileName><mimeType>text/plain</mimeType><data>YQ==</data></descriptionData><manufacturer><name><content>m</content></name></manufacturer><model>M</model><identifications><identification><issuer>manufacturer</issuer><value>7</value><description><content>no.</content></description></identification></identifications></item></items>
            <calibrationLaboratory><calibrationLaboratoryCode>L</calibrationLaboratoryCode><contact><name><content>lab</content></name><eMail>a@b</eMail><location><city>c</city></location></contact><contact><name><content>branch</content></name><eMail>x@y</eMail><location><city>d</city></location></contact></calibrationLaboratory>
            <respPersons><respPerson><person>张三</person><mainSigner>true</mainSigner><eMailPerson>z@s</eMailPerson></respPerson></respPersons>
            <customer><name><content>cu</content></name><eMail>c@u</eMail><location><city>e</city></location></customer>
            <statements><statement id="s1"><traceable>true</traceable><refId>s1</refId></statement></statements>
          </administrativeData>
          <measurementResults><measurementResult>
            <influenceConditions><influenceCondition><name><content>t</content></name><state>beforeAdjustment</state><data><quantity><si:real><si:value>20.0</si:value><si:unit>\degreeCelsius</si:unit></si:real></quantity></data></influenceCondition></influenceConditions>
            <results><result><name><content>r</content></name><data><formula lang="en"><siunitx>x</siunitx></formula><quantity><si:list><si:real><si:value>1.50</si:value><si:unit>\metre</si:unit><si:expandedUnc><si:uncertainty>0.02</si:uncertainty><si:coverageFactor>2</si:coverageFactor><si:coverageProbability>0.95</si:coverageProbability></si:expandedUnc></si:real></si:list></quantity></data></result></results>
          </measurementResult></measurementResults>
          <comments>remark</comments>
        </digitalCalibrationCertificate>
        """;

    [Fact]
    public void A_certificate_of_2_1_0_is_read_as_3_3_0_and_every_change_is_told()
    {
        var file = DccReader.Read(Encoding.UTF8.GetBytes(Old));
        Assert.Equal("2.1.0", file.Version!.Version);
        Assert.Empty(file.NotUnderstood);
        Assert.Equal(["upgrade-added", "upgrade-moved", "upgrade-namespace", "upgrade-removed", "upgrade-renamed", "upgrade-version"], file.Changes.Select(c => c.Rule).Distinct().Order());
        var data = file.Document.Administrative;
        Assert.Equal(("OLD-0", "张三", "z@s"), (data.Core.PreviousReport!.ReferralId, data.Persons[0].Person!.Name!.In("zh"), data.Persons[0].Person!.Email));
        Assert.Equal(("f.txt", "YQ=="), (data.Items.Items[0].Description!.Entries.OfType<DccByteData>().Single().FileName, data.Items.Items[0].Description!.Entries.OfType<DccByteData>().Single().Base64));
        Assert.Equal(["branch"], data.Statements.Where(s => s.Authority is not null).Select(s => s.Authority!.Name!.In("en")));
        Assert.Equal("beforeAdjustment", file.Document.Measurements.Results[0].Conditions[0].Status);
        DccModern.Modernise(file.Document);
        BuilderTests.Valid(DccWriter.Write(file.Document), "old");
    }

    [Fact]
    public void No_word_of_an_old_certificate_is_lost()
    {
        var old = XDocument.Parse(Old);
        var now = DccWriter.ToXml(DccReader.Read(Encoding.UTF8.GetBytes(Old)).Document);
        var words = now.Root!.DescendantsAndSelf().Where(e => !e.HasElements).Select(e => e.Value.Trim()).Concat(now.Root.Descendants().Attributes().Select(a => a.Value)).ToHashSet();
        Assert.All(old.Root!.Descendants().Where(e => !e.HasElements), e => Assert.Contains(e.Value.Trim(), words));
    }

    [Fact]
    public void Deprecated_uncertainties_become_those_of_2_2_with_the_same_digits()
    {
        var document = DccReader.Read(DccBuilder.Build(Inputs.Calibration)).Document;
        var list = (SiRealListXmlList)((DccQuantity)((DccList)document.Measurements.Results[0].Results[0].Data!.Entries[0]).Entries[1]).Value!;
        var stated = list.Uncertainty!;
        list.Uncertainty = new SiExpandedUnc { Values = stated.Values, Factors = stated.Factors, Probabilities = stated.Probabilities, Distributions = stated.Distributions };
        var read = DccReader.Read(DccWriter.Write(document)).Document;
        Assert.Equal(("expandedUnc", "expandedMU"), (DccModern.Modernise(read).Single().Value, "expandedMU"));
        Assert.Empty(DccModern.Modernise(read));
        Assert.Equal(DccBuilder.Build(Inputs.Calibration), DccWriter.Write(read));
    }

    [Fact]
    public void The_versions_are_those_published() => Assert.Equal(["2.1.0", "2.1.1", "2.2.0", "2.3.0", "2.4.0", "3.0.0", "3.1.0", "3.1.1", "3.1.2", "3.2.0", "3.2.1", "3.3.0"], DccVersions.All.Select(v => v.Version));
}
