namespace Plumbline.Certificates.Tests;

/// <summary>Files that release 0.1 wrote stay readable, and say the same.</summary>
public class EarlierFilesTests
{
    private static readonly DateTimeOffset later = new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_signed_and_stamped_certificate_still_verifies_after_its_signer_has_expired()
    {
        var report = XmlSignature.Verify(Own("signed.xml"), new([.. KeyCertificate.FromFile(Own("root.pem"))], later));
        Assert.True(report.IsGood, string.Join("; ", report.Findings));
        Assert.Equal(new DateTimeOffset(2026, 3, 27, 8, 31, 0, TimeSpan.Zero), report.Signatures[0].ProvedTime);
        Assert.Contains("0.2500", System.Text.Encoding.UTF8.GetString(report.CoveredBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sealed_certificate_still_verifies()
    {
        var report = SealedFile.Verify(Own("signed.xml"), Own("signed.xml.es"), new([.. KeyCertificate.FromFile(Own("root-sm2.pem"))], later));
        Assert.True(report.IsGood, string.Join("; ", report.Findings));
        Assert.Equal("检定专用章", report.Seal!.Name);
    }

    [Fact]
    public void A_signed_PDF_still_verifies()
    {
        var report = PdfSignature.Verify(Own("signed.pdf"), new([.. KeyCertificate.FromFile(Own("root.pem"))], new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.True(report.IsGood, string.Join("; ", report.Findings));
    }

    [Theory]
    [InlineData("key-p256.pem", SignatureAlgorithm.EcdsaP256)]
    [InlineData("key-sm2.pem", SignatureAlgorithm.Sm2)]
    public void Key_files_still_open(string file, SignatureAlgorithm algorithm)
    {
        using var key = SoftwareKey.FromPem(System.Text.Encoding.ASCII.GetString(Own(file)), "example passphrase");
        Assert.Equal(algorithm, key.PublicKey.Algorithm);
    }

    private static byte[] Own(string name) => File.ReadAllBytes(Shared.Own("v1", "signing", name));
}
