using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>What may befall a certificate after its issue, besides another in its place.</summary>
public enum CertificateChange
{
    Suspend,
    Reinstate,
    Revoke,
}

public sealed record ChangeRequest
{
    public CertificateChange? Change { get; set; }
    public string? Reason { get; set; }
    public int? Version { get; set; }
}

public sealed record ChangeReceipt(string Code, CertificateStanding State, DateTimeOffset At, long? LeafIndex, int Version);

/// <summary>暂停、恢复、作废: by the issuer's signatory or the supervising regulator's officer, with a reason, told by the log.</summary>
public sealed class ChangeCertificate(PlumblineDb db, Ledger ledger, DocumentSigning signing, TimeProvider clock)
{
    public async Task<Outcome<ChangeReceipt>> RunAsync(string code, ChangeRequest request, Actor actor, CancellationToken cancel = default)
    {
        if (await db.FindCertificateAsync(code, cancel) is not { } certificate)
            return OutcomeKind.NotFound;
        var institution = await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == certificate.OrganisationId, cancel);
        var signs = actor.MaySignFor(institution.Id);
        if (!signs && !await db.MaySuperviseAsync(actor, institution, cancel))
            return OutcomeKind.Forbidden;
        if (request.Version is { } seen && seen != certificate.Version)
            return OutcomeKind.Conflict;
        var refusals = ChangeRules.Refusals(certificate, request).ToList();
        var target = await ledger.TargetAsync(certificate, cancel);
        if (target is null)
            refusals.Add(new("change-waits"));
        if (refusals.Count > 0)
            return refusals;
        var now = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        var (type, state, word) = request.Change switch
        {
            CertificateChange.Suspend => (LogEventType.Suspend, CertificateStanding.Suspended, "suspended"),
            CertificateChange.Reinstate => (LogEventType.Reinstate, CertificateStanding.Current, "reinstated"),
            _ => (LogEventType.Revoke, CertificateStanding.Revoked, "revoked"),
        };
        certificate.State = state;
        certificate.Version++;
        LogEvent Fill(LogEvent e) => e with { Id = CertificateId.Parse(certificate.Code), Target = target, Reason = word };
        // What the regulator decides, and what an institution without a key of today decides, the platform writes down.
        var key = signs ? await db.IssuingKeys.AsNoTracking().FirstOrDefaultAsync(k => k.OrganisationId == institution.Id && k.State == KeyState.Active && k.HeldHere && k.Algorithm == SignatureAlgorithm.EcdsaP256, cancel) : null;
        var entry = key is { } own && own.Signs(EventRules.DayOf(now))
            ? ledger.Add(Fill(new LogEvent(type, institution.TrustId(), now)), signing.SignerOf(own), certificate.Id, actor, request.Reason!.Trim())
            : ledger.AddOwn(type, now, Fill, certificate.Id, actor, request.Reason!.Trim());
        var saved = await ledger.SaveAsync(cancel);
        if (!saved.Accepted)
            return saved.Kind;
        var leaf = await db.LogEntries.AsNoTracking().Where(e => e.Id == entry.Id).Select(e => e.LeafIndex).SingleAsync(cancel);
        return new ChangeReceipt(certificate.Code, certificate.State, now, leaf, certificate.Version);
    }

    internal static async Task<IResult> Post(string code, ChangeRequest? request, ChangeCertificate handler, Actor actor, Texts texts, CancellationToken cancel) =>
        (await handler.RunAsync(code, request ?? new(), actor, cancel)).ToHttp(texts, receipt => Results.Json(receipt, statusCode: StatusCodes.Status201Created));
}

public static class ChangeRules
{
    public static IEnumerable<Refusal> Refusals(IssuedCertificate certificate, ChangeRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > 500)
            yield return new("change-reason", nameof(request.Reason));
        if (request.Change is not { } change || !Enum.IsDefined(change))
            yield return new("change-unknown", nameof(request.Change));
        else if (!For(certificate.State).Contains(change))
            yield return new("change-state", nameof(request.Change), certificate.State, change);
    }

    /// <summary>What can be done to a certificate that stands so.</summary>
    public static IReadOnlyList<CertificateChange> For(CertificateStanding state) => state switch
    {
        CertificateStanding.Current => [CertificateChange.Suspend, CertificateChange.Revoke],
        CertificateStanding.Suspended => [CertificateChange.Reinstate, CertificateChange.Revoke],
        _ => [],
    };
}
