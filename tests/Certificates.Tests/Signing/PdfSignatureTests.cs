using System.Text;

namespace Plumbline.Certificates.Tests;

public sealed class PdfSignatureTests : IDisposable
{
    private readonly TestInstitution institution = new();
    private readonly Scratch scratch = new();

    public void Dispose()
    {
        institution.Dispose();
        scratch.Dispose();
    }

    private Task<byte[]> Sign(byte[] pdf, TimestampClient? timestamp = null, bool attach = true) => PdfSignature.SignAsync(pdf, institution.Signer, new(TestInstitution.Time)
    {
        Reason = "检定证书签发",
        Timestamp = timestamp,
        Attachment = attach ? ("dcc.xml", XmlSignature.Sign("<c>1.25</c>"u8.ToArray(), institution.Signer, TestInstitution.Time)) : null,
    });

    [Fact]
    public async Task A_signed_PDF_verifies_and_tells_who_signed()
    {
        var report = PdfSignature.Verify(await Sign(Minimal()), institution.Trust);
        Assert.Empty(report.Findings);
        Assert.True(report.IsGood);
        var record = Assert.Single(report.Signatures);
        Assert.Equal(institution.Signer.Certificate.Subject, record.Signer!.Subject);
        Assert.Equal(TestInstitution.Time, record.ClaimedTime);
        Assert.Equal("ECDSA, SHA-256", record.Algorithm);
        Assert.StartsWith("%PDF-1.4", Encoding.Latin1.GetString(report.CoveredBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timestamp_on_a_PDF_proves_its_time()
    {
        var signed = await Sign(Minimal(), TimestampClient.Of(institution.Clockmaker(new StandingClock(TestInstitution.Time.AddMinutes(1)))));
        var report = PdfSignature.Verify(signed, institution.Trust with { At = TestInstitution.Time.AddYears(9) });
        Assert.Empty(report.Findings);
        Assert.Equal(TestInstitution.Time.AddMinutes(1), Assert.Single(report.Signatures).ProvedTime);
    }

    [Fact]
    public async Task Pdfsig_and_qpdf_accept_a_signed_PDF()
    {
        foreach (var (name, pdf) in new[] { ("minimal.pdf", Minimal()), ("printed.pdf", Printed()) })
        {
            var path = scratch.Write(name, await Sign(pdf));
            Assert.Contains("Signature is Valid", Tools.Run("pdfsig", path).Said, StringComparison.Ordinal);
            Assert.Contains("Total document signed", Tools.Run("pdfsig", path).Said, StringComparison.Ordinal);
            var said = Tools.Run("qpdf", "--check", path);
            Assert.True(said.Code == 0, said.Said);
            Assert.Contains("dcc.xml", Tools.Run("qpdf", "--list-attachments", path).Said, StringComparison.Ordinal);
            Assert.Contains("1.25", Tools.Run("qpdf", path, "--show-attachment=dcc.xml").Said, StringComparison.Ordinal);
            Assert.True(PdfSignature.Verify(File.ReadAllBytes(path), institution.Trust).IsGood);
        }
    }

    [Fact]
    public async Task Any_changed_byte_of_a_signed_PDF_is_caught()
    {
        var signed = await Sign(Minimal(), attach: false);
        var gap = Encoding.Latin1.GetString(signed).IndexOf("/Contents <", StringComparison.Ordinal) + "/Contents ".Length;
        var end = Encoding.Latin1.GetString(signed).IndexOf('>', gap);
        var passed = new List<int>();
        Parallel.For(0, signed.Length, i =>
        {
            foreach (var flip in (byte[])[1, 0x20])
            {
                // Of the zeros that fill the room every fiftieth is enough.
                if (i > gap + 6000 && i < end && i % 50 > 0)
                    return;
                var changed = (byte[])signed.Clone();
                changed[i] ^= flip;
                if (!PdfSignature.Verify(changed, institution.Trust).IsGood)
                    continue;
                // The message's frame (versions, the list of digests) is signed by nobody: a change there changes nothing that is said.
                if (i > gap && i < end && PdfSignature.Verify(changed, institution.Trust).Signatures[0].Signer!.Der.Span.SequenceEqual(institution.Signer.Certificate.Der.Span))
                    continue;
                lock (passed)
                    passed.Add(i);
            }
        });
        Assert.Empty(passed);
    }

    [Fact]
    public async Task What_is_added_after_the_signature_is_told()
    {
        var signed = await Sign(Minimal());
        Assert.Equal("pdf-range", Assert.Single(PdfSignature.Verify((byte[])[.. signed, .. "% more\n"u8], institution.Trust).Findings).Rule);
        await Assert.ThrowsAsync<InvalidDataException>(() => Sign(signed));
    }

    [Fact]
    public async Task What_is_no_PDF_or_has_no_signature_is_told()
    {
        Assert.Equal(SignatureState.NotSigned, PdfSignature.Verify(Minimal(), institution.Trust).State);
        Assert.Equal("pdf-form", Assert.Single(PdfSignature.Verify("<xml/>"u8.ToArray(), institution.Trust).Findings).Rule);
        await Assert.ThrowsAsync<InvalidDataException>(() => Sign("%PDF-1.4\nstartxref\n0\n"u8.ToArray()));
        await Assert.ThrowsAsync<InvalidDataException>(() => Sign(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Minimal()).Replace("/Root", "/Encrypt 9 0 R /Root", StringComparison.Ordinal))));
        using var national = new TestInstitution(SignatureAlgorithm.Sm2);
        await Assert.ThrowsAsync<ArgumentException>(() => PdfSignature.SignAsync(Minimal(), national.Signer, new(TestInstitution.Time)));
    }

    [Fact]
    public async Task Random_damage_never_breaks_the_reader()
    {
        var signed = await Sign(Minimal());
        var random = new Random(32000);
        for (var round = 0; round < 2000; round++)
        {
            var changed = (byte[])signed.Clone();
            for (var i = random.Next(1, 20); i > 0; i--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            var cut = changed[..random.Next(changed.Length / 2, changed.Length + 1)];
            Assert.False(!cut.AsSpan().SequenceEqual(signed) && PdfSignature.Verify(cut, new([], TestInstitution.Time)).IsGood && !InGap(signed, cut));
        }

        // Certificates of authorities in the message may differ where nobody is trusted.
        static bool InGap(byte[] signed, byte[] changed) => Enumerable.Range(0, signed.Length).Where(i => signed[i] != changed[i]).All(i => i > Encoding.Latin1.GetString(signed).IndexOf("/Contents <", StringComparison.Ordinal));
    }

    /// <summary>What Chromium prints, where it is installed.</summary>
    private byte[] Printed()
    {
        var page = scratch.Write("page.html", "<!doctype html><meta charset=utf-8><h1>检定证书</h1><p><a href='https://example.com'>Certificate</a></p>");
        var target = Path.Combine(scratch.Folder, "page.pdf");
        Tools.Run("chromium", "--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={scratch.Folder}/profile", $"--print-to-pdf={target}", page);
        return File.ReadAllBytes(target);
    }

    /// <summary>One empty page.</summary>
    private static byte[] Minimal()
    {
        var pdf = new StringBuilder("%PDF-1.4\n%äöü\n");
        var offsets = new List<int>();
        foreach (var body in (string[])["<</Type/Catalog/Pages 2 0 R/Lang(zh-CN)>>", "<</Type /Pages /Kids [3 0 R] /Count 1>>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>"])
        {
            offsets.Add(pdf.Length);
            pdf.Append($"{offsets.Count} 0 obj\n{body}\nendobj\n");
        }
        var table = pdf.Length;
        pdf.Append("xref\n0 4\n0000000000 65535 f \n").AppendJoin("", offsets.Select(o => $"{o:D10} 00000 n \n")).Append($"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(pdf.ToString());
    }
}
