using System.Text;

namespace Plumbline.Certificates.Tests;

public sealed class XmlSignatureTests : IDisposable
{
    private const string Plain = """
        <?xml version="1.0"?>
        <!-- not signed -->
        <dcc:certificate xmlns:dcc="https://ptb.de/dcc" xmlns:si="https://ptb.de/si" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" schemaVersion="3.3.0"
            other='x'><dcc:name id="n1">压力表 &amp; 量程</dcc:name><si:value>0.0250</si:value><empty/></dcc:certificate>
        """;

    private readonly TestInstitution institution = new();

    public void Dispose() => institution.Dispose();

    private byte[] Signed() => XmlSignature.Sign(Encoding.UTF8.GetBytes(Plain), institution.Signer, TestInstitution.Time);

    [Fact]
    public void A_signed_file_verifies_and_tells_who_signed_when_and_how()
    {
        var report = XmlSignature.Verify(Signed(), institution.Trust);
        Assert.Equal(SignatureState.Valid, report.State);
        Assert.Empty(report.Findings);
        Assert.True(report.IsGood);
        var record = Assert.Single(report.Signatures);
        Assert.Equal("ECDSA, SHA-256", record.Algorithm);
        Assert.Equal(institution.Signer.Certificate.Subject, record.Signer!.Subject);
        Assert.Equal(TestInstitution.Time, record.ClaimedTime);
        Assert.True(record.BindsEveryByte);
        Assert.Equal(PathState.Trusted, record.Path!.State);
        Assert.Equal(3, record.Path.Certificates.Count);
        Assert.Null(record.Timestamp);
        Assert.Equal("""<dcc:certificate xmlns:dcc="https://ptb.de/dcc" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:si="https://ptb.de/si" other="x" schemaVersion="3.3.0"><dcc:name id="n1">压力表 &amp; 量程</dcc:name><si:value>0.0250</si:value><empty></empty></dcc:certificate>""",
            Encoding.UTF8.GetString(report.CoveredBytes()));
    }

    [Fact]
    public void The_framework_and_xmlsec1_accept_a_signed_file_and_refuse_it_changed()
    {
        using var scratch = new Scratch();
        var signed = Signed();
        Assert.True(Peer.Verifies(signed));
        var changed = Change(signed, "0.0250", "0.0240");
        Assert.False(Peer.Verifies(changed));
        var root = scratch.Write("root.pem", institution.Root.ToPem());
        string[] Call(string file) => ["--verify", "--trusted-pem", root, "--verification-gmt-time", "2026-03-27 08:30:00", "--id-attr:Id", "SignedProperties", file];
        var said = Tools.Run("xmlsec1", Call(scratch.Write("signed.xml", signed)));
        Assert.True(said.Code == 0, said.Said);
        Assert.NotEqual(0, Tools.Run("xmlsec1", Call(scratch.Write("changed.xml", changed))).Code);
    }

    [Fact]
    public async Task A_timestamp_proves_the_time_even_when_the_signer_has_expired()
    {
        var signed = await XmlSignature.AddTimestampAsync(Signed(), TimestampClient.Of(institution.Clockmaker(new StandingClock(TestInstitution.Time.AddMinutes(2)))));
        var report = XmlSignature.Verify(signed, institution.Trust with { At = TestInstitution.Time.AddYears(5) });
        Assert.Empty(report.Findings);
        var record = Assert.Single(report.Signatures);
        Assert.Equal(TestInstitution.Time.AddMinutes(2), record.ProvedTime);
        Assert.Contains("时间戳机构", record.Timestamp!.Authority!.Subject, StringComparison.Ordinal);
        Assert.True(Peer.Verifies(signed));
        Assert.Equal(PathState.OutOfDate, Assert.Single(XmlSignature.Verify(Signed(), institution.Trust with { At = TestInstitution.Time.AddYears(5) }).Signatures).Path!.State);
    }

    [Fact]
    public async Task A_timestamp_of_another_signature_is_found()
    {
        var clockmaker = TimestampClient.Of(institution.Clockmaker(new StandingClock(TestInstitution.Time)));
        string first = Encoding.UTF8.GetString(await XmlSignature.AddTimestampAsync(Signed(), clockmaker)), second = Encoding.UTF8.GetString(await XmlSignature.AddTimestampAsync(Signed(), clockmaker));
        static string Token(string file) => file.Split("EncapsulatedTimeStamp>")[1];
        var report = XmlSignature.Verify(Encoding.UTF8.GetBytes(first.Replace(Token(first), Token(second), StringComparison.Ordinal)), institution.Trust);
        Assert.Equal(SignatureState.Invalid, report.State);
        Assert.Equal("timestamp-invalid", Assert.Single(report.Findings).Rule);
    }

    [Fact]
    public void A_stranger_and_a_missing_trust_list_are_told_apart()
    {
        using var other = new TestInstitution();
        var stranger = XmlSignature.Verify(Signed(), other.Trust);
        Assert.Equal(SignatureState.Valid, stranger.State);
        Assert.False(stranger.IsGood);
        Assert.Equal("signer-unknown", Assert.Single(stranger.Findings).Rule);
        var unasked = XmlSignature.Verify(Signed(), new([], TestInstitution.Time));
        Assert.True(unasked.IsGood);
        Assert.Equal("signer-notchecked", Assert.Single(unasked.Findings).Rule);
    }

    [Fact]
    public void A_revoked_signer_is_refused_by_the_list_that_the_issuer_signed_and_by_no_other()
    {
        string Carrying(TestInstitution by, DateTimeOffset since)
        {
            using var key = System.Security.Cryptography.ECDsa.Create();
            key.ImportPkcs8PrivateKey(((SoftwareKey)by.Authority.Signer).ToPkcs8(), out _);
            using var issuer = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(by.Authority.Certificate.Der.Span);
            var list = new System.Security.Cryptography.X509Certificates.CertificateRevocationListBuilder();
            list.AddEntry(Convert.FromHexString(institution.Signer.Certificate.SerialNumber), since);
            var der = list.Build(issuer.SubjectName, System.Security.Cryptography.X509Certificates.X509SignatureGenerator.CreateForECDsa(key), 7, TestInstitution.Time.AddDays(40), System.Security.Cryptography.HashAlgorithmName.SHA256,
                System.Security.Cryptography.X509Certificates.X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(by.Authority.Certificate.Extensions.SubjectKey!), TestInstitution.Time);
            // Into the unsigned properties of a signature like PTB's, which does not bind every byte.
            return $"<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:RevocationValues><xades:CRLValues><xades:EncapsulatedCRLValue>{Convert.ToBase64String(der)}</xades:EncapsulatedCRLValue></xades:CRLValues></xades:RevocationValues></xades:UnsignedSignatureProperties></xades:UnsignedProperties>";
        }
        string[] Rules(string properties) => [.. XmlSignature.Verify(Change(Signed(), "</xades:SignedProperties>", $"</xades:SignedProperties>{properties}"), institution.Trust).Findings.Select(f => f.Rule)];
        using var other = new TestInstitution();
        Assert.Equal(["signer-revoked"], Rules(Carrying(institution, TestInstitution.Time.AddHours(-1))));
        Assert.Empty(Rules(Carrying(institution, TestInstitution.Time.AddDays(1))));
        Assert.Empty(Rules(Carrying(other, TestInstitution.Time.AddHours(-1))));
    }

    [Fact]
    public void A_file_without_a_signature_is_not_signed_and_one_that_is_no_XML_is_invalid()
    {
        Assert.Equal(SignatureState.NotSigned, XmlSignature.Verify(Encoding.UTF8.GetBytes(Plain), institution.Trust).State);
        Assert.Equal("signature-xml", Assert.Single(XmlSignature.Verify("<a>"u8.ToArray(), institution.Trust).Findings).Rule);
        Assert.Throws<InvalidOperationException>(() => XmlSignature.Verify(Encoding.UTF8.GetBytes(Plain), institution.Trust).CoveredBytes());
    }

    [Fact]
    public void What_cannot_be_signed_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => XmlSignature.Sign(Signed(), institution.Signer, TestInstitution.Time));
        Assert.Throws<InvalidDataException>(() => XmlSignature.Sign("<a"u8.ToArray(), institution.Signer, TestInstitution.Time));
        using var national = new TestInstitution(SignatureAlgorithm.Sm2);
        Assert.Throws<ArgumentException>(() => XmlSignature.Sign(Encoding.UTF8.GetBytes(Plain), national.Signer, TestInstitution.Time));
    }

    [Fact]
    public void Any_changed_byte_of_a_signed_file_is_caught()
    {
        var signed = Signed();
        var passed = new List<(int, byte)>();
        Parallel.For(0, signed.Length, i =>
        {
            foreach (var value in (byte[])[(byte)(signed[i] ^ 1), (byte)(signed[i] ^ 0x20), (byte)(signed[i] + 1), (byte)' ', (byte)'\r', (byte)'A'])
            {
                if (value == signed[i])
                    continue;
                var changed = (byte[])signed.Clone();
                changed[i] = value;
                if (XmlSignature.Verify(changed, new([], TestInstitution.Time)).State == SignatureState.Valid)
                    lock (passed)
                        passed.Add((i, value));
            }
        });
        Assert.True(passed.Count == 0, string.Join("; ", passed.Select(p => $"{p.Item1}: '{(char)signed[p.Item1]}' → {p.Item2:x2} in …{Encoding.UTF8.GetString(signed.AsSpan(Math.Max(0, p.Item1 - 30), Math.Min(60, signed.Length - Math.Max(0, p.Item1 - 30))))}").Take(20)));
    }

    [Fact]
    public void A_byte_more_or_less_is_caught()
    {
        var signed = Signed();
        for (var i = 0; i <= signed.Length; i += 7)
        {
            Assert.NotEqual(SignatureState.Valid, XmlSignature.Verify((byte[])[.. signed[..i], (byte)' ', .. signed[i..]], institution.Trust).State);
            if (i < signed.Length)
                Assert.NotEqual(SignatureState.Valid, XmlSignature.Verify((byte[])[.. signed[..i], .. signed[(i + 1)..]], institution.Trust).State);
        }
    }

    internal static byte[] Change(byte[] file, string from, string to)
    {
        var text = Encoding.UTF8.GetString(file);
        Assert.Contains(from, text, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
    }
}
