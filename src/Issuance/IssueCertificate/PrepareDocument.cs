using Microsoft.AspNetCore.Http;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>Takes a document in before it is issued: brings it into the form that is signed, with the PDF that people read inside when there is one, and keeps it until its signatory has seen what the check found.</summary>
public sealed class PrepareDocument(PlumblineDb db, Files files)
{
    /// <summary>Under which documents wait; they are read by who handed them in.</summary>
    public const string Purpose = "certificate.draft";

    private static readonly FileLimits Documents = new(32 * 1024 * 1024, ".xml");
    private static readonly FileLimits Prints = new(16 * 1024 * 1024, ".pdf");

    /// <summary>The id under which the document waits.</summary>
    public async Task<Outcome<Guid>> RunAsync(IFormFile? document, IFormFile? print, Actor actor, CancellationToken cancel = default)
    {
        if (document is null || document.Length == 0)
            return new Refusal("issue-file-missing", "Document");
        var stored = await files.StoreAsync(document.OpenReadStream(), document.FileName, document.ContentType, Purpose, actor.PersonId, Documents, "Document", cancel);
        if (!stored.Accepted)
            return stored.Refusals.ToArray();
        if (print is not { Length: > 0 })
        {
            await db.SaveChangesAsync(cancel);
            return stored.Value!.Id;
        }
        var pdf = await files.StoreAsync(print.OpenReadStream(), print.FileName, print.ContentType, Purpose, actor.PersonId, Prints, "Print", cancel);
        if (!pdf.Accepted)
            return pdf.Refusals.ToArray();
        // Both are only looked at; what waits is the one document with the other inside.
        var (xml, bytes) = (await ReadAsync(document, cancel), await ReadAsync(print, cancel));
        db.ChangeTracker.Clear();
        if (Join(xml, bytes, pdf.Value!.Name) is not { } joined)
            return DocumentFacts.Problems(xml).Append(new Refusal("issue-print-twice", "Print")).Take(1).ToArray();
        var whole = await files.StoreAsync(new MemoryStream(joined), stored.Value!.Name, null, Purpose, actor.PersonId, new FileLimits(joined.Length, ".xml"), "Document", cancel);
        if (!whole.Accepted)
            return whole.Refusals.ToArray();
        await db.SaveChangesAsync(cancel);
        return whole.Value!.Id;
    }

    /// <summary>A waiting document; null when it is not the actor's.</summary>
    public async Task<byte[]?> FindAsync(Guid id, Actor actor, CancellationToken cancel = default) =>
        await files.FindAsync(id, cancel) is { Purpose: Purpose } file && file.OwnerId == actor.PersonId && actor.PersonId is not null ? await files.ReadAsync(file, cancel) : null;

    /// <summary>Null where the document cannot be read or has a print inside already.</summary>
    private static byte[]? Join(byte[] xml, byte[] pdf, string name)
    {
        if (DocumentFacts.Problems(xml).Count > 0)
            return null;
        var document = DccReader.Read(xml).Document;
        if (document.HumanReadable is not null)
            return null;
        document.HumanReadable = new DccByteData { FileName = name, MimeType = "application/pdf", Base64 = Convert.ToBase64String(pdf) };
        return DccWriter.Write(document);
    }

    private static async Task<byte[]> ReadAsync(IFormFile file, CancellationToken cancel)
    {
        using var whole = new MemoryStream();
        await file.CopyToAsync(whole, cancel);
        return whole.ToArray();
    }
}
