using System.Security.Cryptography;

namespace Plumbline.Certificates.Tests;

/// <summary>Against SoftHSM, a PKCS #11 token in software, in a folder of its own.</summary>
public sealed class HardwareKeyTests : IDisposable
{
    private const string Module = "/usr/lib/softhsm/libsofthsm2.so", Pin = "123456";
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_key_in_a_token_signs_like_one_in_a_file()
    {
        Assert.SkipUnless(File.Exists(Module), "softhsm2 is not installed");
        Directory.CreateDirectory(Path.Combine(scratch.Folder, "tokens"));
        var settings = scratch.Write("softhsm2.conf", $"directories.tokendir = {scratch.Folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n");
        Dictionary<string, string> environment = new() { ["SOFTHSM2_CONF"] = settings };
        // The module reads its settings from the environment of the process, which only the C library's own variables reach.
        Assert.Equal(0, SetEnvironment("SOFTHSM2_CONF", settings, 1));
        (int Code, string Said) Ran(params string[] arguments) => Tools.RunWith("softhsm2-util", environment, arguments);
        var made = Ran("--init-token", "--free", "--label", "institution", "--pin", Pin, "--so-pin", "12345678");
        Assert.True(made.Code == 0, made.Said);

        using var file = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var imported = Ran("--import", scratch.Write("key.pem", file.ExportPkcs8PrivateKeyPem()), "--token", "institution", "--label", "seal", "--id", "a1", "--pin", Pin);
        Assert.True(imported.Code == 0, imported.Said);

        using (var key = HardwareKey.Open(Module, "institution", Pin, "seal"))
        {
            Assert.Equal(file.ExportSubjectPublicKeyInfo(), key.PublicKey.Spki.ToArray());
            Assert.True(key.PublicKey.Verify("message"u8, key.Sign("message"u8)));
            Parallel.For(0, 20, i => Assert.True(key.PublicKey.Verify([(byte)i], key.Sign([(byte)i]))));
            using var institution = new TestInstitution();
            var certificate = CertificateIssue.Issue(institution.Authority, key.PublicKey, "CN=HSM", CertificatePurpose.Signing, TestInstitution.Time, TestInstitution.Time.AddYears(1));
            // A key of a root is for certificates, in hardware or not.
            var root = CertificateIssue.Root(key, "CN=HSM", TestInstitution.Time, TestInstitution.Time.AddYears(1));
            Assert.Equal("signer-usage", Assert.Single(XmlSignature.Verify(XmlSignature.Sign("<c>1.25</c>"u8.ToArray(), new(key, [root]), TestInstitution.Time), new([root], TestInstitution.Time)).Findings).Rule);
            var signed = XmlSignature.Sign("<c>1.25</c>"u8.ToArray(), new(key, [certificate, institution.Authority.Certificate]), TestInstitution.Time);
            Assert.True(XmlSignature.Verify(signed, institution.Trust).IsGood);
        }
        Assert.Throws<CryptographicException>(() => HardwareKey.Open(Module, "institution", "999999", "seal"));
        Assert.Throws<CryptographicException>(() => HardwareKey.Open(Module, "institution", Pin, "other"));
        Assert.Throws<CryptographicException>(() => HardwareKey.Open(Module, "absent", Pin, "seal"));
        Assert.Throws<CryptographicException>(() => HardwareKey.Open("/nowhere.so", "institution", Pin, "seal"));
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "setenv", CharSet = System.Runtime.InteropServices.CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int SetEnvironment(string name, string value, int overwrite);
}
