using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>One event in a certificate's life, as the log tells it.</summary>
/// <param name="Event"><c>issue</c>, <c>amend</c>, <c>substitute</c>, <c>suspend</c>, <c>reinstate</c> or <c>revoke</c>.</param>
/// <param name="Leaf">Its place in the log; null while it waits.</param>
/// <param name="Reason">In words; for who may read the certificate only.</param>
public sealed record CertificateEvent(string Event, DateTimeOffset At, long? Leaf, string? Reason, string? By);

/// <summary>What everybody may know of a certificate whose number they have.</summary>
public sealed record CertificateStatusView(string Code, DocumentKind Kind, CertificateStanding State, string Issuer, string IssuerName, string? IssuerNameEn, DateTimeOffset IssuedAt, DateOnly? ValidUntil,
    string Sha256, string? Replaces, string? ReplacedBy, IReadOnlyList<CertificateEvent> Events);

/// <summary>What those entitled may read besides.</summary>
public sealed record CertificateDetails(string Number, string Title, string? TitleEn, string Item, string? Model, string? Serial, SealConclusion Conclusion, string? Grade, DateOnly PerformedOn, string IssuedByName,
    string Sm3, string? Seal, string KeyFingerprint, string? Customer, bool IsPublic, bool HasSm2Seal, int Version);

/// <param name="Details">Null for who may not read them.</param>
/// <param name="MayChange">Whether the reader may suspend or revoke it.</param>
/// <param name="MayReplace">Whether the reader may issue another in its place.</param>
public sealed record CertificateView(CertificateStatusView Status, CertificateDetails? Details, bool MayChange, bool MayReplace);

/// <summary>证书页: everything for the issuer, the customer and the regulator; status, events and proof for everybody else.</summary>
public sealed class ShowCertificate(PlumblineDb db)
{
    public async Task<CertificateView?> RunAsync(string code, Actor actor, CancellationToken cancel = default)
    {
        if (await db.FindCertificateAsync(code, cancel) is not { } certificate)
            return null;
        var issuer = await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == certificate.OrganisationId, cancel);
        var supervises = await db.MaySuperviseAsync(actor, issuer, cancel);
        var mayRead = supervises || actor.MayRead(certificate);
        var (signs, stands) = (actor.MaySignFor(issuer.Id), certificate.State is CertificateStanding.Current or CertificateStanding.Suspended);
        return new(await StatusAsync(certificate, issuer, mayRead, cancel), mayRead ? await DetailsAsync(certificate, cancel) : null, stands && (supervises || signs), stands && signs);
    }

    /// <summary>The row, where <paramref name="actor"/> may read all of it.</summary>
    public async Task<Outcome<IssuedCertificate>> ReadableAsync(string code, Actor actor, CancellationToken cancel = default)
    {
        if (await db.FindCertificateAsync(code, cancel) is not { } certificate)
            return OutcomeKind.NotFound;
        if (actor.MayRead(certificate))
            return certificate;
        var issuer = await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == certificate.OrganisationId, cancel);
        return await db.MaySuperviseAsync(actor, issuer, cancel) ? certificate : OutcomeKind.NotFound;
    }

    private async Task<CertificateStatusView> StatusAsync(IssuedCertificate certificate, Organisation issuer, bool mayRead, CancellationToken cancel)
    {
        var entries = await db.LogEntries.AsNoTracking().Where(e => e.SubjectId == certificate.Id).ToListAsync(cancel);
        var successor = await db.IssuedCertificates.AsNoTracking().Where(c => c.ReplacesId == certificate.Id).OrderByDescending(c => c.IssuedAt).Select(c => c.Code).FirstOrDefaultAsync(cancel);
        var predecessor = certificate.ReplacesId is { } old ? await db.IssuedCertificates.AsNoTracking().Where(c => c.Id == old).Select(c => c.Code).SingleAsync(cancel) : null;
        return new(certificate.Code, certificate.Kind, certificate.State, issuer.Code, issuer.Name, issuer.NameEn, certificate.IssuedAt, certificate.ValidUntil, certificate.Sha256, predecessor, successor,
            [.. entries.OrderBy(e => e.CreatedAt).ThenBy(e => e.LeafIndex).Select(e => new CertificateEvent(e.Type, e.CreatedAt, e.LeafIndex, mayRead ? e.Reason : null, mayRead ? e.CreatedByName : null))]);
    }

    private async Task<CertificateDetails> DetailsAsync(IssuedCertificate certificate, CancellationToken cancel)
    {
        var fingerprint = await db.IssuingKeys.AsNoTracking().Where(k => k.Id == certificate.KeyId).Select(k => k.Fingerprint).SingleAsync(cancel);
        var customer = certificate.CustomerId is { } id ? await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == id, cancel) : null;
        return new(certificate.Number, certificate.Title, certificate.TitleEn, certificate.Item, certificate.Model, certificate.Serial, certificate.Conclusion, certificate.Grade, certificate.PerformedOn, certificate.IssuedByName,
            certificate.Sm3, certificate.Seal, fingerprint, customer is null ? null : Texts.Pick(customer.Name, customer.NameEn), certificate.IsPublic, certificate.Sm2Seal is not null, certificate.Version);
    }

    internal static async Task<IResult> Get(string code, ShowCertificate show, Actor actor, Texts texts, CancellationToken cancel) =>
        await show.RunAsync(code, actor, cancel) is { } view ? Results.Ok(view) : ProblemResults.Problem(texts, StatusCodes.Status404NotFound, new Refusal("not-found"));

    internal static async Task<IResult> GetStatus(string code, ShowCertificate show, Texts texts, CancellationToken cancel) =>
        await show.RunAsync(code, Actor.Anonymous, cancel) is { } view ? Results.Ok(view.Status) : ProblemResults.Problem(texts, StatusCodes.Status404NotFound, new Refusal("not-found"));
}
