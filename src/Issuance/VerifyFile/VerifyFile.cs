using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>What became of a file that somebody holds in hand.</summary>
public enum FileOutcome
{
    /// <summary>It is the issued file, byte for byte, and in force.</summary>
    Genuine,
    /// <summary>It is the issued file, and is suspended, replaced or revoked.</summary>
    NotInForce,
    /// <summary>It carries the number of a certificate that was issued, and says something else.</summary>
    Changed,
    /// <summary>Nothing of the kind was issued here.</summary>
    Unknown,
}

/// <param name="Certificate">Public number of the certificate that it is or pretends to be.</param>
/// <param name="Differences">Where it differs from what was issued; what was issued is told to those who may read it only.</param>
/// <param name="Signature">State of the signature in the file, judged by this platform's authority.</param>
public sealed record FileReport(FileOutcome Outcome, string Sha256, string? Certificate, CertificateStanding? State, IReadOnlyList<DccDifference> Differences, string? Signature, IReadOnlyList<Finding> Findings);

/// <summary>文件核验: compares an uploaded XML or PDF with what was issued. Nothing of it is kept.</summary>
public sealed class VerifyFile(PlumblineDb db, CertificateFiles files, KeyAuthority authority, TimeProvider clock)
{
    public const int MostBytes = 20 << 20;

    public async Task<Outcome<FileReport>> RunAsync(ReadOnlyMemory<byte> file, Actor actor, CancellationToken cancel = default)
    {
        if (file.Length is 0 or > MostBytes)
            return new Refusal("verify-size", "Document", file.Length, MostBytes);
        var isPdf = file.Span.StartsWith("%PDF-"u8);
        if (!isPdf && !LooksLikeXml(file.Span))
            return new Refusal("verify-kind", "Document");
        var hash = Convert.ToHexStringLower(SHA256.HashData(file.Span));
        var trust = new SignatureTrust([authority.Root], clock.GetUtcNow());
        var signature = isPdf ? PdfSignature.Verify(file, trust) : XmlSignature.Verify(file, trust);
        var prints = db.Files.Where(f => f.Sha256 == hash).Select(f => f.Id);
        var issued = await db.IssuedCertificates.AsNoTracking().FirstOrDefaultAsync(c => c.Sha256 == hash || (c.PrintFileId != null && prints.Contains(c.PrintFileId.Value)), cancel);
        if (issued is not null)
            return Report(issued.State == CertificateStanding.Current ? FileOutcome.Genuine : FileOutcome.NotInForce, issued, []);
        if (isPdf)
            return Report(FileOutcome.Unknown, null, []);
        var (pretended, differences) = await CompareAsync(file, actor, cancel);
        return Report(pretended is null ? FileOutcome.Unknown : FileOutcome.Changed, pretended, differences);

        FileReport Report(FileOutcome outcome, IssuedCertificate? certificate, IReadOnlyList<DccDifference> found) =>
            new(outcome, hash, certificate?.Code, certificate?.State, found, signature.State.ToString(), signature.Findings);
    }

    internal static async Task<IResult> Post(HttpRequest http, VerifyFile handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(await ReadAsync(http.Body, cancel), actor, cancel)).ToHttp(texts);

    internal static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancel)
    {
        // One byte more than is allowed tells that it is too long.
        var bytes = new byte[MostBytes + 1];
        var count = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return bytes[..count];
    }

    private async Task<(IssuedCertificate?, IReadOnlyList<DccDifference>)> CompareAsync(ReadOnlyMemory<byte> file, Actor actor, CancellationToken cancel)
    {
        try
        {
            var other = DccXml.Load(file);
            var code = DccReader.Read(file).Document.Administrative.Core.Identifications.FirstOrDefault(i => i.Is(CnmTerms.CertificateId))?.Value;
            if (!CertificateId.TryParse(code ?? "", out var id) || await db.FindCertificateAsync(id.ToString(), cancel) is not { } certificate)
                return (null, []);
            var differences = DccDifference.Between(DccXml.Load(await files.XmlAsync(certificate, cancel)), other);
            return (certificate, actor.MayRead(certificate) ? differences : [.. differences.Select(d => d with { Original = null })]);
        }
        catch (DccException)
        {
            return (null, []); // not a certificate: nothing of the kind was issued
        }
    }

    private static bool LooksLikeXml(ReadOnlySpan<byte> file)
    {
        var start = file.StartsWith("\uFEFF"u8) ? file[3..] : file;
        return start.TrimStart(" \t\r\n"u8).StartsWith("<"u8);
    }
}
