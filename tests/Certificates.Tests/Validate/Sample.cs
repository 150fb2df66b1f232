using System.Text;
using System.Xml.Linq;

namespace Plumbline.Certificates.Tests;

/// <summary>A small good certificate of our own, to be spoiled in one place at a time.</summary>
internal static class Sample
{
    public static readonly DateOnly Today = new(2026, 6, 1);

    private const string text = """
        <?xml version="1.0" encoding="utf-8"?>
        <dcc:digitalCalibrationCertificate xmlns:dcc="https://ptb.de/dcc" xmlns:si="https://ptb.de/si" schemaVersion="3.3.0">
          <dcc:administrativeData>
            <dcc:dccSoftware><dcc:software><dcc:name><dcc:content>Plumbline</dcc:content></dcc:name><dcc:release>1.0</dcc:release></dcc:software></dcc:dccSoftware>
            <dcc:refTypeDefinitions>
              <dcc:refTypeDefinition><dcc:name><dcc:content>basic</dcc:content></dcc:name><dcc:namespace>basic</dcc:namespace><dcc:link>https://digilab.ptb.de/dkd/refType/vocab/</dcc:link></dcc:refTypeDefinition>
              <dcc:refTypeDefinition><dcc:name><dcc:content>cnm</dcc:content></dcc:name><dcc:namespace>cnm</dcc:namespace><dcc:link>https://example.org/cnm</dcc:link></dcc:refTypeDefinition>
            </dcc:refTypeDefinitions>
            <dcc:coreData>
              <dcc:countryCodeISO3166_1>CN</dcc:countryCodeISO3166_1>
              <dcc:usedLangCodeISO639_1>zh</dcc:usedLangCodeISO639_1>
              <dcc:usedLangCodeISO639_1>en</dcc:usedLangCodeISO639_1>
              <dcc:mandatoryLangCodeISO639_1>zh</dcc:mandatoryLangCodeISO639_1>
              <dcc:uniqueIdentifier>B-2026-0007</dcc:uniqueIdentifier>
              <dcc:receiptDate>2026-03-02</dcc:receiptDate>
              <dcc:beginPerformanceDate>2026-03-04</dcc:beginPerformanceDate>
              <dcc:endPerformanceDate>2026-03-05</dcc:endPerformanceDate>
              <dcc:performanceLocation>laboratory</dcc:performanceLocation>
              <dcc:issueDate>2026-03-06</dcc:issueDate>
              <dcc:reportAmendedSubstituted><dcc:typeOfChange>amended</dcc:typeOfChange><dcc:replacedUniqueIdentifier>B-2026-0003</dcc:replacedUniqueIdentifier></dcc:reportAmendedSubstituted>
              <dcc:previousReport><dcc:referral><dcc:content>previous</dcc:content></dcc:referral><dcc:referralID>B-2026-0003</dcc:referralID><dcc:procedure>SHA-256</dcc:procedure><dcc:value>e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855</dcc:value></dcc:previousReport>
            </dcc:coreData>
            <dcc:items>
              <dcc:item id="item1">
                <dcc:name><dcc:content lang="zh">压力表</dcc:content><dcc:content lang="en">Pressure gauge</dcc:content></dcc:name>
                <dcc:description><dcc:file><dcc:fileName>photo.png</dcc:fileName><dcc:mimeType>image/png</dcc:mimeType><dcc:dataBase64>iVBORw0KGgo=</dcc:dataBase64></dcc:file></dcc:description>
                <dcc:identifications>
                  <dcc:identification><dcc:issuer>manufacturer</dcc:issuer><dcc:value>P-778</dcc:value></dcc:identification>
                  <dcc:identification><dcc:issuer>customer</dcc:issuer><dcc:value>K-12</dcc:value></dcc:identification>
                </dcc:identifications>
              </dcc:item>
            </dcc:items>
            <dcc:calibrationLaboratory><dcc:contact><dcc:name><dcc:content>准绳实验室</dcc:content></dcc:name><dcc:location><dcc:countryCode>CN</dcc:countryCode></dcc:location></dcc:contact></dcc:calibrationLaboratory>
            <dcc:respPersons>
              <dcc:respPerson><dcc:person><dcc:name><dcc:content>甲</dcc:content></dcc:name></dcc:person><dcc:role>检定员</dcc:role></dcc:respPerson>
              <dcc:respPerson><dcc:person><dcc:name><dcc:content>乙</dcc:content></dcc:name></dcc:person><dcc:role>核验员</dcc:role><dcc:mainSigner>true</dcc:mainSigner></dcc:respPerson>
            </dcc:respPersons>
            <dcc:customer><dcc:name><dcc:content>某厂</dcc:content></dcc:name><dcc:location><dcc:countryCode>CN</dcc:countryCode></dcc:location></dcc:customer>
            <dcc:statements>
              <dcc:statement refType="cnm_documentKind"><dcc:declaration><dcc:content lang="zh">检定证书</dcc:content><dcc:content lang="en">Verification certificate</dcc:content></dcc:declaration></dcc:statement>
              <dcc:statement refType="basic_conformity"><dcc:declaration><dcc:content lang="zh">合格</dcc:content><dcc:content lang="en">Passed</dcc:content></dcc:declaration><dcc:conformity>pass</dcc:conformity></dcc:statement>
              <dcc:statement refType="basic_recalibration"><dcc:date>2026-09-05</dcc:date><dcc:period>P6M</dcc:period></dcc:statement>
              <dcc:statement><dcc:nonSIDefinition>1 turn of the scale</dcc:nonSIDefinition><dcc:nonSIUnit>turn</dcc:nonSIUnit></dcc:statement>
            </dcc:statements>
          </dcc:administrativeData>
          <dcc:measurementResults>
            <dcc:measurementResult>
              <dcc:name><dcc:content lang="zh">结果</dcc:content><dcc:content lang="en">Results</dcc:content></dcc:name>
              <dcc:usedMethods><dcc:usedMethod><dcc:name><dcc:content>JJG 52</dcc:content></dcc:name><dcc:norm>JJG 52-2013</dcc:norm></dcc:usedMethod></dcc:usedMethods>
              <dcc:usedSoftware><dcc:software><dcc:name><dcc:content>Record</dcc:content></dcc:name><dcc:release>v2</dcc:release></dcc:software></dcc:usedSoftware>
              <dcc:measuringEquipments><dcc:measuringEquipment refType="basic_standardUsed"><dcc:name><dcc:content>Standard gauge</dcc:content></dcc:name>
                <dcc:certificate><dcc:referral><dcc:content>certificate</dcc:content></dcc:referral><dcc:referralID>S-2025-1</dcc:referralID><dcc:procedure>SM3</dcc:procedure><dcc:value>66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0</dcc:value><dcc:inValidityRange>true</dcc:inValidityRange><dcc:traceable>true</dcc:traceable></dcc:certificate></dcc:measuringEquipment></dcc:measuringEquipments>
              <dcc:influenceConditions><dcc:influenceCondition refType="basic_temperature"><dcc:name><dcc:content>Temperature</dcc:content></dcc:name><dcc:data><dcc:quantity><si:real><si:value>293.2</si:value><si:unit>\kelvin</si:unit></si:real></dcc:quantity></dcc:data></dcc:influenceCondition></dcc:influenceConditions>
              <dcc:results><dcc:result refId="item1">
                <dcc:name><dcc:content>Errors</dcc:content></dcc:name>
                <dcc:data>
                  <dcc:list refType="basic_table">
                    <dcc:quantity refType="basic_referenceValue"><si:hybrid>
                      <si:realListXMLList><si:quantityTypeQUDTXMLList>Pressure</si:quantityTypeQUDTXMLList><si:valueXMLList>0.2 0.4 0.6</si:valueXMLList><si:unitXMLList>\mega\pascal</si:unitXMLList></si:realListXMLList>
                      <si:realListXMLList><si:valueXMLList>2 4 6</si:valueXMLList><si:unitXMLList>\bar</si:unitXMLList></si:realListXMLList>
                      <si:realListXMLList><si:valueXMLList>1 2 3</si:valueXMLList><si:unitXMLList>|turn</si:unitXMLList></si:realListXMLList>
                    </si:hybrid></dcc:quantity>
                    <dcc:quantity refType="basic_measuredValue"><si:realListXMLList><si:valueXMLList>0.2010 0.4020 0.5970</si:valueXMLList><si:unitXMLList>\mega\pascal</si:unitXMLList></si:realListXMLList></dcc:quantity>
                    <dcc:quantity refType="basic_measurementError">
                      <si:realListXMLList><si:valueXMLList>1.0 2.0 -3.0</si:valueXMLList><si:unitXMLList>\kilo\pascal</si:unitXMLList><si:dateTimeXMLList>2026-03-04T09:00:00Z 2026-03-04T09:10:00Z 2026-03-04T09:20:00Z</si:dateTimeXMLList>
                        <si:measurementUncertaintyUnivariateXMLList><si:expandedMUXMLList><si:valueExpandedMUXMLList>1.2 1.2 1.3</si:valueExpandedMUXMLList><si:coverageFactorXMLList>2</si:coverageFactorXMLList><si:coverageProbabilityXMLList>0.95</si:coverageProbabilityXMLList><si:distributionXMLList>normal</si:distributionXMLList></si:expandedMUXMLList></si:measurementUncertaintyUnivariateXMLList></si:realListXMLList>
                      <dcc:measurementMetaData><dcc:metaData refType="basic_conformity">
                        <dcc:declaration><dcc:content lang="zh">简单接受</dcc:content><dcc:content lang="en">simple acceptance</dcc:content></dcc:declaration>
                        <dcc:conformityXMLList>pass pass pass</dcc:conformityXMLList>
                        <dcc:data>
                          <dcc:quantity refType="basic_toleranceLimitLower"><si:realListXMLList><si:valueXMLList>-4</si:valueXMLList><si:unitXMLList>\kilo\pascal</si:unitXMLList></si:realListXMLList></dcc:quantity>
                          <dcc:quantity refType="basic_toleranceLimitUpper"><si:realListXMLList><si:valueXMLList>4</si:valueXMLList><si:unitXMLList>\kilo\pascal</si:unitXMLList></si:realListXMLList></dcc:quantity>
                        </dcc:data></dcc:metaData></dcc:measurementMetaData>
                    </dcc:quantity>
                  </dcc:list>
                  <dcc:quantity refType="cnm_hysteresis">
                    <si:hybrid>
                      <si:real><si:quantityTypeQUDT>Pressure</si:quantityTypeQUDT><si:value>1500</si:value><si:unit>\pascal</si:unit><si:significantDigit>0</si:significantDigit><si:dateTime>2026-03-05T08:00:00+08:00</si:dateTime><si:measurementUncertaintyUnivariate><si:expandedMU><si:valueExpandedMU>200</si:valueExpandedMU><si:coverageFactor>2</si:coverageFactor><si:coverageProbability>0.9545</si:coverageProbability><si:distribution>normal</si:distribution></si:expandedMU></si:measurementUncertaintyUnivariate></si:real>
                      <si:real><si:value>1.5</si:value><si:unit>\kilo\pascal</si:unit><si:measurementUncertaintyUnivariate><si:expandedMU><si:valueExpandedMU>0.2</si:valueExpandedMU><si:coverageFactor>2</si:coverageFactor><si:coverageProbability>0.9545</si:coverageProbability><si:distribution>normal</si:distribution></si:expandedMU></si:measurementUncertaintyUnivariate></si:real>
                    </si:hybrid>
                    <dcc:relativeUncertainty><dcc:relativeUncertaintySingle><si:value>13</si:value><si:unit>\percent</si:unit></dcc:relativeUncertaintySingle></dcc:relativeUncertainty>
                  </dcc:quantity>
                  <dcc:quantity><si:real><si:value>20.10</si:value><si:unit>\degreecelsius</si:unit><si:measurementUncertaintyUnivariate><si:coverageIntervalMU><si:valueStandardMU>0.25</si:valueStandardMU><si:intervalMin>19.61</si:intervalMin><si:intervalMax>20.59</si:intervalMax><si:coverageProbability>0.95</si:coverageProbability><si:distribution>normal</si:distribution></si:coverageIntervalMU></si:measurementUncertaintyUnivariate></si:real></dcc:quantity>
                  <dcc:quantity><si:complex><si:valueMagnitude>1.0</si:valueMagnitude><si:valuePhase>0.5</si:valuePhase><si:unit>\volt</si:unit><si:unitPhase>\radian</si:unitPhase>
                    <si:ellipsoidalRegion><si:covarianceMatrix><si:column><si:covariance><si:value>4E-4</si:value><si:unit>\volt\tothe{2}</si:unit></si:covariance><si:covariance><si:value>1E-4</si:value><si:unit>\volt\radian</si:unit></si:covariance></si:column><si:column><si:covariance><si:value>1E-4</si:value><si:unit>\volt\radian</si:unit></si:covariance><si:covariance><si:value>9E-4</si:value><si:unit>\radian\tothe{2}</si:unit></si:covariance></si:column></si:covarianceMatrix><si:coverageFactor>2.45</si:coverageFactor><si:coverageProbability>0.95</si:coverageProbability></si:ellipsoidalRegion></si:complex></dcc:quantity>
                </dcc:data>
              </dcc:result></dcc:results>
            </dcc:measurementResult>
          </dcc:measurementResults>
        </dcc:digitalCalibrationCertificate>
        """;

    public static XDocument Good() => XDocument.Parse(text, LoadOptions.PreserveWhitespace);

    /// <summary>The good certificate with pieces of its text exchanged; each must be there.</summary>
    public static byte[] With(params (string Old, string New)[] changes)
    {
        var changed = text;
        foreach (var (old, @new) in changes)
        {
            Assert.Contains(old, changed, StringComparison.Ordinal);
            var at = changed.IndexOf(old, StringComparison.Ordinal);
            changed = string.Concat(changed.AsSpan(0, at), @new, changed.AsSpan(at + old.Length));
        }
        return Encoding.UTF8.GetBytes(changed);
    }

    public static ValidationReport Check(byte[] file, ValidationOptions? options = null) => DccValidator.Validate(file, options ?? new() { Today = Today });
}
