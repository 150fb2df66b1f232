using Microsoft.AspNetCore.Http;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;
using Plumbline.Sheets;

namespace Plumbline.Issuance;

/// <summary>Takes a document in before it is issued: brings it into the form that is signed, with the PDF that people read inside when there is one, and keeps it until its signatory has seen what the check found.</summary>
public sealed class PrepareDocument(PlumblineDb db, Files files)
{
    /// <summary>Under which documents wait; they are read by who handed them in.</summary>
    public const string Purpose = "certificate.draft";

    private static readonly FileLimits Documents = new(32 * 1024 * 1024, ".xml", ".xlsx");
    private static readonly FileLimits Prints = new(16 * 1024 * 1024, ".pdf");

    /// <summary>The id under which the document waits.</summary>
    public async Task<Outcome<Guid>> RunAsync(IFormFile? document, IFormFile? print, Actor actor, CancellationToken cancel = default)
    {
        if (document is null || document.Length == 0)
            return new Refusal("issue-file-missing", "Document");
        var stored = await files.StoreAsync(document.OpenReadStream(), document.FileName, document.ContentType, Purpose, actor.PersonId, Documents, "Document", cancel);
        if (!stored.Accepted)
            return stored.Refusals.ToArray();
        var whole = await ReadAsync(document, cancel);
        var isTable = stored.Value!.Name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase);
        var (xml, problems) = isTable ? OfTables(whole, stored.Value.Name) : (whole, DocumentFacts.Problems(whole));
        if (xml is null || problems.Count > 0)
            return problems.ToArray();
        if (print is { Length: > 0 })
        {
            var pdf = await files.StoreAsync(print.OpenReadStream(), print.FileName, print.ContentType, Purpose, actor.PersonId, Prints, "Print", cancel);
            if (!pdf.Accepted)
                return pdf.Refusals.ToArray();
            if (Join(xml, await ReadAsync(print, cancel), pdf.Value!.Name) is not { } joined)
                return new Refusal("issue-print-twice", "Print");
            xml = joined;
        }
        if (ReferenceEquals(xml, whole))
        {
            await db.SaveChangesAsync(cancel);
            return stored.Value.Id;
        }
        // What came in was only looked at; what waits is the one document made of it.
        db.ChangeTracker.Clear();
        var made = await files.StoreAsync(new MemoryStream(xml), Path.ChangeExtension(stored.Value.Name, ".xml"), null, Purpose, actor.PersonId, new FileLimits(xml.Length, ".xml"), "Document", cancel);
        if (!made.Accepted)
            return made.Refusals.ToArray();
        await db.SaveChangesAsync(cancel);
        return made.Value!.Id;
    }

    /// <summary>A waiting document; null when it is not the actor's.</summary>
    public async Task<byte[]?> FindAsync(Guid id, Actor actor, CancellationToken cancel = default) =>
        await files.FindAsync(id, cancel) is { Purpose: Purpose } file && file.OwnerId == actor.PersonId && actor.PersonId is not null ? await files.ReadAsync(file, cancel) : null;

    /// <summary>A workbook with the tables <c>fields</c> and <c>results</c>, as <c>plumbline dcc convert</c> writes it.</summary>
    private static (byte[]? Xml, IReadOnlyList<Refusal> Problems) OfTables(byte[] workbook, string name)
    {
        var culture = System.Globalization.CultureInfo.CurrentUICulture;
        var (fields, results) = (Read("fields"), Read("results"));
        var problems = fields.Problems.Concat(results.Problems.Where(p => p.Code != "sheet.no-rows")).Select(p => new Refusal("issue-table", "Document", SheetsTexts.Describe(p, culture))).ToList();
        if (problems.Count > 0 || fields.Sheet is null)
            return (null, problems);
        var reading = DccTableReader.Read(fields.Sheet, results.Sheet);
        return reading.File is { } file ? (DccWriter.Write(file.Document), []) : (null, [.. reading.Findings.Select(f => new Refusal("issue-finding", "Document", CertificatesTexts.Describe(f, culture), f.Path))]);

        SheetReading Read(string worksheet) => Sheet.Read(new MemoryStream(workbook), name, DccTableReader.Limits, worksheet);
    }

    /// <summary>Null where the document has a print inside already.</summary>
    private static byte[]? Join(byte[] xml, byte[] pdf, string name)
    {
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
