using System.Text;

namespace Plumbline.Certificates.Tests;

/// <summary>Files that other programs signed.</summary>
public class SharedSignatureTests
{
    private static readonly DateTimeOffset time = new(2023, 3, 28, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("signed", "dcc_gp_temperature_typical_v12_v3.2.0_signed.xml", "Calibration Lab A", true)]
    [InlineData("signed", "dcc_gp_temperature_typical_v12_v3.2.0_signed_lt.xml", "Calibration Lab A", true)]
    [InlineData("v3.3.0", "valid_signature.xml", "cert", false)]
    public void Signed_samples_verify_here_as_in_the_framework_and_fail_when_changed(string folder, string name, string signer, bool xades)
    {
        var file = File.ReadAllBytes(Shared.Find("samples", folder, name));
        var report = XmlSignature.Verify(file, new([], time));
        Assert.True(report.State == SignatureState.Valid, string.Join("; ", report.Findings));
        Assert.True(Peer.Verifies(file));
        var record = Assert.Single(report.Signatures);
        Assert.Contains($"CN={signer}", record.Signer!.Subject, StringComparison.Ordinal);
        Assert.Equal(xades, record.IsXades);
        foreach (var (from, to) in ((string, string)[])[("</dcc:name>", "x</dcc:name>"), ("schemaVersion=\"3", "schemaVersion=\"4"), ("</dcc:items>", "</dcc:items> ")])
            Assert.Equal(SignatureState.Invalid, XmlSignature.Verify(XmlSignatureTests.Change(file, from, to), new([], time)).State);
    }

    [Fact]
    public void The_long_term_sample_has_a_timestamp_and_brings_its_authority()
    {
        var file = File.ReadAllBytes(Shared.Find("samples", "signed", "dcc_gp_temperature_typical_v12_v3.2.0_signed_lt.xml"));
        var record = Assert.Single(XmlSignature.Verify(file, new([], time)).Signatures);
        Assert.Equal(TimestampState.Valid, record.Timestamp!.State);
        Assert.Equal(2023, record.Timestamp.Time!.Value.Year);
        Assert.Equal(PathState.NotChecked, record.Path!.State);
    }

    [Fact]
    public void The_certificate_authority_of_a_sample_is_believed_within_its_dates()
    {
        var file = File.ReadAllBytes(Shared.Find("samples", "v3.3.0", "valid_signature.xml"));
        var authority = KeyCertificate.FromFile(File.ReadAllBytes(Shared.Find("samples", "v3.3.0", "dcclib_ca.pem")));
        PathState At(int year) => Assert.Single(XmlSignature.Verify(file, new([.. authority], new(year, 6, 1, 0, 0, 0, TimeSpan.Zero))).Signatures).Path!.State;
        Assert.Equal(PathState.Trusted, At(2026));
        Assert.Equal(PathState.OutOfDate, At(2028));
    }

    [Fact]
    public void Samples_without_a_signature_are_not_signed()
    {
        foreach (var file in Directory.GetFiles(Shared.Find("samples", "gp-3.1-3.2"), "*.xml"))
            Assert.Equal(SignatureState.NotSigned, XmlSignature.Verify(File.ReadAllBytes(file), new([], time)).State);
    }

    [Fact]
    public void A_transform_that_is_not_judged_is_unsupported_and_not_invalid()
    {
        var file = Encoding.UTF8.GetString(File.ReadAllBytes(Shared.Find("samples", "v3.3.0", "valid_signature.xml")));
        var filtered = file.Replace("<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>",
            "<ds:Transform Algorithm=\"http://www.w3.org/2002/06/xmldsig-filter2\"><f:XPath xmlns:f=\"http://www.w3.org/2002/06/xmldsig-filter2\" Filter=\"subtract\">/descendant::ds:Signature</f:XPath></ds:Transform>", StringComparison.Ordinal);
        var report = XmlSignature.Verify(Encoding.UTF8.GetBytes(filtered), new([], time));
        Assert.Equal(SignatureState.Unsupported, report.State);
        Assert.Equal(FindingSeverity.Unsupported, Assert.Single(report.Findings, f => f.Rule == "signature-transform").Severity);
    }
}
