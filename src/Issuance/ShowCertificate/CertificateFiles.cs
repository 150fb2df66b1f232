using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>A certificate's files: the signed document and its seal for those who may read it, the proof of its last event for everybody.</summary>
public sealed class CertificateFiles(PlumblineDb db, ShowCertificate show, Files files, LogHost log)
{
    /// <summary>The signed XML, byte for byte as it was signed.</summary>
    public async Task<byte[]> XmlAsync(IssuedCertificate certificate, CancellationToken cancel = default) =>
        await files.ReadAsync((await files.FindAsync(certificate.FileId, cancel))!, cancel);

    /// <summary>The proof that the log holds an event about the certificate, with the event itself beside it; the last event unless told which. Null while the log has none.</summary>
    public async Task<LogProof?> ProofAsync(IssuedCertificate certificate, long? leaf = null, CancellationToken cancel = default)
    {
        var entry = await db.LogEntries.AsNoTracking().Where(e => e.SubjectId == certificate.Id && e.LeafIndex != null && (leaf == null || e.LeafIndex == leaf)).OrderByDescending(e => e.LeafIndex).FirstOrDefaultAsync(cancel);
        return entry is null || await log.CheckpointAsync(cancel) is not { } checkpoint ? null : (await log.Reader.ProveAsync(entry.LeafIndex!.Value, checkpoint, cancel)) with { Extra = entry.Content };
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/certificates/{code}/certificate.xml", GetXml).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/certificates/{code}/certificate.pdf", PrintCertificate.Get).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/certificates/{code}/label.svg", GetSvg).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/certificates/{code}/label.png", GetPng).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/certificates/{code}/seal.ses", GetSm2Seal).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/certificates/{code}/certificate.tlog-proof", GetProof).AllowAnonymous().ExcludeFromDescription();
    }

    private static Task<IResult> GetXml(string code, CertificateFiles certificates, Actor actor, HttpResponse response, CancellationToken cancel) =>
        certificates.ReadAsync(code, actor, response, async c => Results.Bytes(await certificates.XmlAsync(c, cancel), "application/xml", $"{c.Code}.xml"), cancel);

    private static Task<IResult> GetSvg(string code, CertificateFiles certificates, Actor actor, HttpResponse response, CancellationToken cancel) =>
        certificates.ReadAsync(code, actor, response, c => Task.FromResult(c.Seal is null ? Results.NotFound() : Results.Text(SealSymbol.Make(c.Seal).ToSvg(), "image/svg+xml")), cancel);

    private static Task<IResult> GetPng(string code, CertificateFiles certificates, Actor actor, HttpResponse response, CancellationToken cancel) =>
        certificates.ReadAsync(code, actor, response, c => Task.FromResult(c.Seal is null ? Results.NotFound() : Results.Bytes(SealSymbol.Make(c.Seal).ToPng(), "image/png", $"{c.Code}.png")), cancel);

    private static Task<IResult> GetSm2Seal(string code, CertificateFiles certificates, Actor actor, HttpResponse response, CancellationToken cancel) =>
        certificates.ReadAsync(code, actor, response, c => Task.FromResult(c.Sm2Seal is null ? Results.NotFound() : Results.Bytes(c.Sm2Seal, "application/octet-stream", $"{c.Code}.ses")), cancel);

    // The log is public, and so is what it proves.
    private static async Task<IResult> GetProof(string code, long? leaf, CertificateFiles certificates, CancellationToken cancel)
    {
        if (await certificates.FindProofAsync(code, leaf, cancel) is not ({ } certificate, { } proof))
            return Results.NotFound();
        return Results.File(System.Text.Encoding.UTF8.GetBytes(proof.ToString()), "text/plain; charset=utf-8", $"{certificate.Code}.tlog-proof");
    }

    private async Task<(IssuedCertificate? Certificate, LogProof? Proof)> FindProofAsync(string code, long? leaf, CancellationToken cancel) =>
        await db.FindCertificateAsync(code, cancel) is { } certificate ? (certificate, await ProofAsync(certificate, leaf, cancel)) : default;

    private async Task<IResult> ReadAsync(string code, Actor actor, HttpResponse response, Func<IssuedCertificate, Task<IResult>> answer, CancellationToken cancel)
    {
        var readable = await show.ReadableAsync(code, actor, cancel);
        if (!readable.Accepted)
            return Results.NotFound();
        response.Headers.CacheControl = "private, no-cache";
        return await answer(readable.Value!);
    }
}

/// <summary>The stored files by their own address: as the certificate they belong to.</summary>
internal sealed class CertificateFileAccess(PlumblineDb db) : IFileAccess
{
    public string Purpose => IssuedCertificate.FilePurpose;

    public async ValueTask<bool> MayReadAsync(StoredFile file, Actor actor, CancellationToken cancel) =>
        await db.IssuedCertificates.AsNoTracking().FirstOrDefaultAsync(c => c.FileId == file.Id || c.PrintFileId == file.Id, cancel) is { } certificate && actor.MayRead(certificate);
}
