using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Plumbline.Certificates.Tests;

public class CertificateTests
{
    public static TheoryData<SignatureAlgorithm> Algorithms => [.. Enum.GetValues<SignatureAlgorithm>()];

    [Theory, MemberData(nameof(Algorithms))]
    public void Root_authority_and_leaf_make_a_path_that_openssl_accepts_too(SignatureAlgorithm algorithm)
    {
        using var institution = new TestInstitution(algorithm);
        var path = CertificatePath.Check(institution.Signer.Certificate, institution.Signer.Certificates, [institution.Root], TestInstitution.Time);
        Assert.Equal(PathState.Trusted, path.State);
        Assert.Equal(institution.Signer.Signer.PublicKey.Id, institution.Signer.Certificate.ReadKey().Id);

        using var scratch = new Scratch();
        string root = scratch.Write("root.pem", institution.Root.ToPem()), authority = scratch.Write("ca.pem", institution.Authority.Certificate.ToPem()), leaf = scratch.Write("leaf.pem", institution.Signer.Certificate.ToPem());
        string[] common = ["verify", "-attime", $"{TestInstitution.Time.ToUnixTimeSeconds()}", "-x509_strict"], national = ["-vfyopt", "distid:1234567812345678", "-partial_chain"];
        // OpenSSL gives the identity of SM2 to the first certificate only: link by link there.
        foreach (var call in algorithm == SignatureAlgorithm.Sm2 ? (string[][])[[.. common, .. national, "-CAfile", root, authority], [.. common, .. national, "-CAfile", authority, leaf]] : [[.. common, "-CAfile", root, "-untrusted", authority, leaf]])
        {
            var said = Tools.Run("openssl", call);
            Assert.True(said.Code == 0, said.Said);
        }
    }

    [Fact]
    public void A_path_is_judged_as_the_framework_judges_it()
    {
        using var institution = new TestInstitution();
        using var other = new TestInstitution();
        foreach (var (anchors, at) in (((KeyCertificate, DateTimeOffset)[])[(institution.Root, TestInstitution.Time), (institution.Root, TestInstitution.Time.AddYears(4)), (other.Root, TestInstitution.Time)]))
        {
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.DisableCertificateDownloads = true;
            chain.ChainPolicy.VerificationTime = at.UtcDateTime;
            chain.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(anchors.Der.Span));
            chain.ChainPolicy.ExtraStore.Add(X509CertificateLoader.LoadCertificate(institution.Authority.Certificate.Der.Span));
            var framework = chain.Build(X509CertificateLoader.LoadCertificate(institution.Signer.Certificate.Der.Span));
            Assert.Equal(framework, CertificatePath.Check(institution.Signer.Certificate, institution.Signer.Certificates, [anchors], at).State == PathState.Trusted);
        }
    }

    [Fact]
    public void A_key_that_may_not_issue_does_not()
    {
        using var institution = new TestInstitution(SignatureAlgorithm.Sm2);
        Assert.Throws<ArgumentException>(() => CertificateIssue.Issue(institution.Signer, institution.Key(SignatureAlgorithm.Sm2).PublicKey, "CN=x", CertificatePurpose.Signing, TestInstitution.Time, TestInstitution.Time.AddDays(1)));
        // Made all the same, by someone with the leaf's key who calls it a root.
        var rogue = CertificateIssue.Root(institution.Signer.Signer, institution.Signer.Certificate.Subject, TestInstitution.Time.AddMonths(-1), TestInstitution.Time.AddYears(1));
        var victim = institution.Key(SignatureAlgorithm.Sm2);
        var forged = CertificateIssue.Issue(new(institution.Signer.Signer, [rogue]), victim.PublicKey, "CN=forged", CertificatePurpose.Signing, TestInstitution.Time, TestInstitution.Time.AddDays(1));
        Assert.Equal(PathState.Broken, CertificatePath.Check(forged, institution.Signer.Certificates, [institution.Root], TestInstitution.Time).State);
    }

    [Fact]
    public void An_authority_below_an_authority_of_path_length_zero_is_refused()
    {
        using var institution = new TestInstitution();
        var key = institution.Key(SignatureAlgorithm.EcdsaP256);
        var below = CertificateIssue.Issue(institution.Authority, key.PublicKey, "CN=below", CertificatePurpose.Authority, TestInstitution.Time, TestInstitution.Time.AddYears(1));
        var leaf = CertificateIssue.Issue(new(key, [below]), institution.Key(SignatureAlgorithm.EcdsaP256).PublicKey, "CN=leaf", CertificatePurpose.Signing, TestInstitution.Time, TestInstitution.Time.AddDays(1));
        var path = CertificatePath.Check(leaf, [below, institution.Authority.Certificate], [institution.Root], TestInstitution.Time);
        Assert.Equal(PathState.Broken, path.State);
        Assert.Contains("pathLenConstraint", path.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_maze_of_authorities_of_one_name_is_left_in_time()
    {
        using var institution = new TestInstitution();
        using var key = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256);
        var root = CertificateIssue.Root(key, "CN=Maze", TestInstitution.Time, TestInstitution.Time.AddYears(1));
        // Every A could have issued every B, and every B every A.
        KeyCertificate By(KeyCertificate issuer, string name, CertificatePurpose purpose = CertificatePurpose.Authority) =>
            CertificateIssue.Issue(new(key, [issuer]), key.PublicKey, name, purpose, TestInstitution.Time, TestInstitution.Time.AddDays(1));
        KeyCertificate a = By(root, "CN=A"), b = By(a, "CN=B");
        KeyCertificate[] maze = [.. Enumerable.Range(0, 30).SelectMany(_ => (KeyCertificate[])[By(a, "CN=B"), By(b, "CN=A")])];
        var leaf = By(a, "CN=Leaf", CertificatePurpose.Signing);
        Assert.Equal(PathState.Unknown, CertificatePath.Check(leaf, maze, [institution.Root], TestInstitution.Time).State);
    }

    [Fact]
    public void A_key_for_timestamps_signs_no_certificates()
    {
        using var institution = new TestInstitution();
        var key = institution.Key(SignatureAlgorithm.EcdsaP256);
        var certificate = CertificateIssue.Issue(institution.Authority, key.PublicKey, "CN=TSA", CertificatePurpose.Timestamping, TestInstitution.Time, TestInstitution.Time.AddDays(1));
        var report = XmlSignature.Verify(XmlSignature.Sign("<c/>"u8.ToArray(), new(key, [certificate, institution.Authority.Certificate]), TestInstitution.Time), institution.Trust);
        Assert.Equal("signer-usage", Assert.Single(report.Findings).Rule);
    }

    [Fact]
    public void Every_changed_byte_of_a_certificate_breaks_it()
    {
        using var institution = new TestInstitution();
        var der = institution.Signer.Certificate.Der.ToArray();
        for (var i = 0; i < der.Length; i++)
        {
            var changed = (byte[])der.Clone();
            changed[i] ^= 0x04;
            try
            {
                Assert.NotEqual(PathState.Trusted, CertificatePath.Check(KeyCertificate.FromDer(changed), institution.Signer.Certificates, [institution.Root], TestInstitution.Time).State);
            }
            catch (CryptographicException)
            {
                // no certificate any more
            }
        }
    }

    [Fact]
    public void An_identity_needs_the_certificate_of_its_key()
    {
        using var institution = new TestInstitution();
        Assert.Throws<ArgumentException>(() => new SigningIdentity(institution.Key(SignatureAlgorithm.EcdsaP256), institution.Signer.Certificates));
        Assert.Throws<ArgumentException>(() => new SigningIdentity(institution.Signer.Signer, []));
        Assert.Throws<ArgumentException>(() => CertificateIssue.Root(institution.RootIdentity.Signer, "no name", TestInstitution.Time, TestInstitution.Time.AddDays(1)));
        Assert.Throws<ArgumentException>(() => CertificateIssue.Root(institution.RootIdentity.Signer, "CN=x", TestInstitution.Time, TestInstitution.Time));
    }

    [Fact]
    public void Certificates_are_read_from_a_file_of_several()
    {
        using var institution = new TestInstitution();
        var read = KeyCertificate.FromFile(System.Text.Encoding.ASCII.GetBytes(institution.Root.ToPem() + institution.Authority.Certificate.ToPem()));
        Assert.Equal([institution.Root.SerialNumber, institution.Authority.Certificate.SerialNumber], read.Select(c => c.SerialNumber));
        Assert.Single(KeyCertificate.FromFile(institution.Root.Der.Span));
        Assert.Throws<CryptographicException>(() => KeyCertificate.FromFile("none"u8));
        Assert.Throws<CryptographicException>(() => KeyCertificate.FromDer([0x30, 0x03, 1, 2, 3]));
    }
}
