using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>打印证书: the signed document as a PDF with its seal, signed with the institution's key. Printed when first asked for, then kept: the same bytes for everybody ever after.</summary>
public sealed class PrintCertificate(PlumblineDb db, ShowCertificate show, CertificateFiles certificates, Files files, PdfPrinter printer, KeyAuthority authority, Texts texts, TimeProvider clock)
{
    public async Task<Outcome<byte[]>> RunAsync(string code, Actor actor, CancellationToken cancel = default)
    {
        var readable = await show.ReadableAsync(code, actor, cancel);
        if (!readable.Accepted)
            return readable.Kind;
        var certificate = readable.Value!;
        if (certificate.PrintFileId is { } kept)
            return await files.ReadAsync((await files.FindAsync(kept, cancel))!, cancel);
        if (certificate.Seal is null)
            return new Refusal("print-waits");
        var printed = await PrintAsync(certificate, cancel);
        if (!printed.Accepted)
            return printed.Refusals.ToArray();
        var signed = await SignAsync(certificate, printed.Value!, cancel);
        var stored = await files.StoreAsync(new MemoryStream(signed), $"{certificate.Code}.pdf", null, IssuedCertificate.FilePurpose, null, new FileLimits(signed.Length, ".pdf"), cancel: cancel);
        if (!stored.Accepted)
            return stored.Refusals.ToArray();
        certificate.PrintFileId = stored.Value!.Id;
        certificate.Version++;
        try
        {
            await db.SaveChangesAsync(cancel);
            return signed;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else was faster with the print, or changed the certificate: what is kept counts.
            return OutcomeKind.Conflict;
        }
    }

    private async Task<Outcome<byte[]>> PrintAsync(IssuedCertificate certificate, CancellationToken cancel)
    {
        var document = DccReader.Read(await certificates.XmlAsync(certificate, cancel)).Document;
        var language = document.Administrative.Core.MandatoryLanguages.FirstOrDefault() == "en" ? "en" : "zh";
        var digest = $"SHA-256 {certificate.Sha256}";
        var page = DccHtml.Render(document, new() { Language = language, SealSvg = SealSymbol.Make(certificate.Seal!).ToSvg(), SealCaption = Words(language, "print.scan", certificate.Code), Digest = digest });
        return await printer.PrintAsync(new() { Title = $"{page.Title} {page.Number}", Language = page.Language, Body = page.Body, HeadLeft = $"{page.Issuer} {page.Title}", HeadRight = page.Number, Foot = digest, Styles = DccPage.Styles }, cancel);
    }

    // The key of the certificate may have been retired since: then the key that is in use, else none, and the print says what the XML proves.
    private async Task<byte[]> SignAsync(IssuedCertificate certificate, byte[] pdf, CancellationToken cancel)
    {
        var today = EventRules.DayOf(clock.GetUtcNow());
        var keys = await db.IssuingKeys.AsNoTracking().Where(k => k.OrganisationId == certificate.OrganisationId && k.State == KeyState.Active && k.HeldHere && k.Algorithm == SignatureAlgorithm.EcdsaP256).ToListAsync(cancel);
        if (keys.FirstOrDefault(k => k.Signs(today)) is not { } key || authority.IdentityOf(key) is not { } identity)
            return pdf;
        // The print carries what it was printed from: one file to hand on, and the XML that counts is inside.
        return await PdfSignature.SignAsync(pdf, identity, new(clock.GetUtcNow()) { Attachment = ($"{certificate.Code}.xml", await certificates.XmlAsync(certificate, cancel)) }, cancel);
    }

    /// <summary>The paper speaks its own language, not its reader's.</summary>
    private string Words(string language, string key, string value)
    {
        var before = System.Globalization.CultureInfo.CurrentUICulture;
        System.Globalization.CultureInfo.CurrentUICulture = language == "en" ? Texts.English : Texts.Chinese;
        try
        {
            return texts[key, value];
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = before;
        }
    }

    internal static async Task<IResult> Get(string code, PrintCertificate print, Actor actor, Texts texts, HttpResponse response, CancellationToken cancel)
    {
        var outcome = await print.RunAsync(code, actor, cancel);
        response.Headers.CacheControl = "private, no-cache";
        return outcome.ToHttp(texts, pdf => Results.Bytes(pdf, "application/pdf", $"{code}.pdf"));
    }
}
