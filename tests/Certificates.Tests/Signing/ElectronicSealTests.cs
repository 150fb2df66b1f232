using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text.Json;

namespace Plumbline.Certificates.Tests;

public sealed class ElectronicSealTests : IDisposable
{
    private static readonly byte[] file = "检定证书，第 2026-0001 号"u8.ToArray();
    private readonly TestInstitution institution = new(SignatureAlgorithm.Sm2);
    private readonly ElectronicSeal seal;
    private readonly SigningIdentity signer;

    public ElectronicSealTests()
    {
        // Signers and makers directly below the root: a seal carries no certificates between.
        var key = institution.Key(SignatureAlgorithm.Sm2);
        signer = new(key, [CertificateIssue.Issue(institution.RootIdentity, key.PublicKey, "CN=张检定, O=某省计量科学研究院, C=CN", CertificatePurpose.Signing, TestInstitution.Time.AddMonths(-1), TestInstitution.Time.AddYears(3))]);
        var maker = institution.Key(SignatureAlgorithm.Sm2);
        SigningIdentity makers = new(maker, [CertificateIssue.Issue(institution.RootIdentity, maker.PublicKey, "CN=制章中心, C=CN", CertificatePurpose.Signing, TestInstitution.Time.AddMonths(-1), TestInstitution.Time.AddYears(3))]);
        seal = ElectronicSeal.Make(makers, "3300000000001", "某省计量科学研究院检定专用章", [signer.Certificate], new("SVG", "<svg/>"u8.ToArray(), 42, 42), TestInstitution.Time.AddDays(-1), TestInstitution.Time.AddYears(1));
    }

    public void Dispose() => institution.Dispose();

    private byte[] Sealed() => SealedFile.Sign(file, seal, signer, TestInstitution.Time);

    [Fact]
    public void A_sealed_file_verifies_with_signer_maker_and_time()
    {
        var report = SealedFile.Verify(file, Sealed(), institution.Trust);
        Assert.Empty(report.Findings);
        Assert.True(report.IsGood);
        Assert.Equal("某省计量科学研究院检定专用章", report.Seal!.Name);
        Assert.Equal(TestInstitution.Time, report.Time);
        Assert.Equal(PathState.Trusted, report.SignerPath!.State);
        Assert.Equal(PathState.Trusted, report.MakerPath!.State);
    }

    [Fact]
    public void Every_changed_byte_of_seal_or_file_is_caught()
    {
        var made = Sealed();
        Parallel.For(0, made.Length, i => Assert.NotEqual(SignatureState.Valid, SealedFile.Verify(file, Change(made, i), institution.Trust).State));
        for (var i = 0; i < file.Length; i++)
            Assert.Equal(["eseal-digest", "eseal-digest"], SealedFile.Verify(Change(file, i), made, institution.Trust).Findings.Select(f => f.Rule));
        Assert.Equal(SignatureState.Invalid, SealedFile.Verify(file, (byte[])[.. made, 0], institution.Trust).State);
    }

    [Fact]
    public void Openssl_accepts_signature_and_structure()
    {
        using var scratch = new Scratch();
        var made = Sealed();
        var whole = new AsnReader(made, AsnEncodingRules.DER).ReadSequence();
        var toSign = scratch.Write("tbs", whole.ReadEncodedValue().ToArray());
        var certificate = scratch.Write("cert.der", whole.ReadOctetString());
        Assert.Equal("1.2.156.10197.1.501", whole.ReadObjectIdentifier());
        var signature = scratch.Write("sig", whole.ReadBitString(out _));
        Assert.Equal(0, Tools.Run("openssl", "asn1parse", "-inform", "DER", "-in", scratch.Write("seal", made)).Code);
        var key = scratch.Write("key.pem", Tools.Run("openssl", "x509", "-inform", "DER", "-in", certificate, "-noout", "-pubkey").Said);
        var said = Tools.Run("openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678", "-in", toSign, "-sigfile", signature);
        Assert.True(said.Code == 0, said.Said);
    }

    [Fact]
    public void A_seal_is_used_by_its_holders_in_its_time_only()
    {
        var key = institution.Key(SignatureAlgorithm.Sm2);
        SigningIdentity other = new(key, [CertificateIssue.Issue(institution.RootIdentity, key.PublicKey, "CN=x", CertificatePurpose.Signing, TestInstitution.Time, TestInstitution.Time.AddYears(1))]);
        Assert.Throws<ArgumentException>(() => SealedFile.Sign(file, seal, other, TestInstitution.Time));
        Assert.Throws<ArgumentException>(() => SealedFile.Sign(file, seal, signer, TestInstitution.Time.AddYears(2)));
        using var international = new TestInstitution();
        Assert.Throws<ArgumentException>(() => SealedFile.Sign(file, seal, international.Signer, TestInstitution.Time));
        Assert.Throws<ArgumentException>(() => ElectronicSeal.Make(international.Signer, "1", "x", [signer.Certificate], seal.Image, TestInstitution.Time, TestInstitution.Time.AddDays(1)));
        Assert.Throws<CryptographicException>(() => ElectronicSeal.FromDer([0x30, 0]));
    }

    [Fact]
    public void A_seal_from_the_future_and_a_stranger_are_told()
    {
        Assert.Equal("eseal-future", Assert.Single(SealedFile.Verify(file, Sealed(), institution.Trust with { At = TestInstitution.Time.AddDays(-1) }).Findings).Rule);
        using var other = new TestInstitution(SignatureAlgorithm.Sm2);
        var report = SealedFile.Verify(file, Sealed(), other.Trust);
        Assert.Equal(SignatureState.Valid, report.State);
        Assert.False(report.IsGood);
        Assert.Equal(["signer-unknown", "signer-unknown"], report.Findings.Select(f => f.Rule));
    }

    [Fact]
    public void Random_damage_never_breaks_the_reader()
    {
        var made = Sealed();
        var random = new Random(38540);
        for (var round = 0; round < 3000; round++)
        {
            var changed = (byte[])made.Clone();
            for (var i = random.Next(1, 5); i > 0; i--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            changed = changed[..random.Next(changed.Length / 2, changed.Length + 1)];
            if (!changed.AsSpan().SequenceEqual(made))
                Assert.NotEqual(SignatureState.Valid, SealedFile.Verify(file, changed, institution.Trust).State);
        }
    }

    [Fact]
    public void The_shared_vectors_of_SM3_and_SM2_hold()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllText(Shared.Find("crypto", "sm_open.json")));
        foreach (var one in vectors.RootElement.GetProperty("sm3").EnumerateArray())
            Assert.Equal(one.GetProperty("digest").GetString(), Convert.ToHexStringLower(Digests.Sm3(Convert.FromHexString(one.GetProperty("msg_hex").GetString()!))));
        foreach (var one in vectors.RootElement.GetProperty("sm2").EnumerateArray().Where(v => v.GetProperty("id_ascii").GetString() == "1234567812345678"))
        {
            byte[] Bytes(string name) => Convert.FromHexString(one.GetProperty(name).GetString()!);
            var spki = one.TryGetProperty("spki_der_hex", out _) ? Bytes("spki_der_hex") : [.. Convert.FromHexString("3059301306072a8648ce3d020106082a811ccf5501822d03420004"), .. Bytes("pub_x"), .. Bytes("pub_y")];
            var message = one.TryGetProperty("msg_hex", out _) ? Bytes("msg_hex") : System.Text.Encoding.ASCII.GetBytes(one.GetProperty("msg_ascii").GetString()!);
            var key = PublicKey.FromSpki(spki);
            bool valid;
            try
            {
                valid = key.Verify(message, one.TryGetProperty("sig_der_hex", out _) ? EcSignature.FromDer(Bytes("sig_der_hex")) : [.. Bytes("r"), .. Bytes("s")]);
            }
            catch (CryptographicException)
            {
                valid = false; // no such sequence of two numbers
            }
            Assert.Equal(one.GetProperty("valid").GetBoolean(), valid);
        }
    }

    private static byte[] Change(byte[] bytes, int at)
    {
        var changed = (byte[])bytes.Clone();
        changed[at] ^= 0x01;
        return changed;
    }
}
