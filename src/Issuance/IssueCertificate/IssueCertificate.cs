using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>签发: checks a document, signs it in the institution's name, gives it its public number, and tells the log. The seal follows when the log has it.</summary>
public sealed class IssueCertificate(PlumblineDb db, Ledger ledger, DocumentSigning signing, InstalledSchemas schemas, Files files, TimeProvider clock)
{
    /// <summary>Looks at a request without issuing: what the check found, and every reason why it could not be issued.</summary>
    public async Task<Outcome<CheckedDocument>> CheckAsync(IssueRequest request, Actor actor, CancellationToken cancel = default)
    {
        var institution = await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == request.OrganisationId, cancel);
        if (institution is null)
            return OutcomeKind.NotFound;
        if (!MayIssue(actor, request))
            return OutcomeKind.Forbidden;
        var today = EventRules.DayOf(clock.GetUtcNow());
        var circumstances = await CircumstancesAsync(request, institution, today, cancel);
        var report = DccValidator.Validate(request.Xml, new() { Schemas = schemas, Today = today });
        var refusals = IssueRules.Refusals(request, circumstances).Concat(DocumentRules.Refusals(request, institution, circumstances, report)).ToList();
        return new CheckedDocument(report, refusals, institution, circumstances.Key, circumstances.Sm2Key, circumstances.Replaced);
    }

    /// <summary>Issues and saves; other changes in the same unit of work are saved with it.</summary>
    public async Task<Outcome<IssueReceipt>> RunAsync(IssueRequest request, Actor actor, CancellationToken cancel = default)
    {
        var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        await using (own)
        {
            var added = await AddAsync(request, actor, cancel);
            if (!added.Accepted)
                return added.Kind == OutcomeKind.Refused ? added.Refusals.ToArray() : added.Kind;
            var saved = await ledger.SaveAsync(cancel);
            if (!saved.Accepted)
                return saved.Kind;
            if (own is not null)
            {
                await own.CommitAsync(cancel);
                await ledger.PublishAsync(cancel);
            }
            return await ReceiptAsync(added.Value!, cancel);
        }
    }

    /// <summary>Issues into the caller's unit of work, inside a transaction of the caller's: <see cref="Ledger.SaveAsync"/> saves it, <see cref="Ledger.PublishAsync"/> after the end of the transaction logs it at once.</summary>
    public async Task<Outcome<IssuedCertificate>> AddAsync(IssueRequest request, Actor actor, CancellationToken cancel = default)
    {
        await ledger.SerialiseAsync(cancel);
        var check = await CheckAsync(request, actor, cancel);
        if (!check.Accepted)
            return check.Kind;
        if (check.Value!.Refusals.Count > 0)
            return check.Value.Refusals.ToArray();
        EventTarget? target = null;
        if (check.Value.Replaced is { } replaced && (target = await ledger.TargetAsync(replaced, cancel)) is null)
            return new Refusal("issue-replaced-waits", nameof(request.ReplacesCode), replaced.Code);
        var now = clock.GetUtcNow();
        // To the second: the log's and the signature's time are the same.
        now = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var (key, id) = (check.Value.Key!, CertificateId.New());
        var signed = signing.Sign(request.Xml, id, request.Kind, check.Value.Institution, key, check.Value.Sm2Key, now);
        var xml = await files.StoreAsync(new MemoryStream(signed.Xml), $"{id}.xml", null, IssuedCertificate.FilePurpose, null, new FileLimits(signed.Xml.Length, ".xml"), nameof(request.Xml), cancel);
        if (!xml.Accepted)
            return xml.Refusals.ToArray();
        var certificate = await MakeAsync(request, check.Value, id, signed, xml.Value!.Id, actor, now, cancel);
        db.IssuedCertificates.Add(certificate);
        AddEvent(certificate, check.Value, request, target, actor, now);
        if (check.Value.Replaced is { } old)
        {
            old.State = CertificateStanding.Replaced;
            old.Version++;
        }
        return certificate;
    }

    public async Task<IssueReceipt> ReceiptAsync(IssuedCertificate certificate, CancellationToken cancel = default)
    {
        // The publisher works on rows of its own.
        await db.Entry(certificate).ReloadAsync(cancel);
        var leaf = await db.LogEntries.AsNoTracking().Where(e => e.SubjectId == certificate.Id).MinAsync(e => e.LeafIndex, cancel);
        return new(certificate.Code, certificate.Number, certificate.Kind, certificate.IssuedAt, certificate.Sha256, certificate.Sm3, leaf, certificate.Seal, $"/certificates/{certificate.Code}");
    }

    // A comparison's report is issued by who publishes it; all else by a signatory.
    private static bool MayIssue(Actor actor, IssueRequest request) => actor.PersonId is not null && (actor.MaySignFor(request.OrganisationId)
        || request.Kind is DocumentKind.ComparisonReport or DocumentKind.ComparisonStatement && request.SubjectId is not null && actor.Has(Role.Organiser, request.OrganisationId));

    private async Task<IssueCircumstances> CircumstancesAsync(IssueRequest request, Organisation institution, DateOnly today, CancellationToken cancel)
    {
        var keys = await db.IssuingKeys.AsNoTracking().Where(k => k.OrganisationId == institution.Id && k.State == KeyState.Active).ToListAsync(cancel);
        var authorisations = await db.IssuingAuthorisations.AsNoTracking().Where(a => a.OrganisationId == institution.Id && a.Kind == request.Kind).ToListAsync(cancel);
        var number = request.Number?.Trim();
        var code = CertificateId.TryParse(request.ReplacesCode, out var id) ? id.ToString() : null;
        return new(institution, today, authorisations,
            keys.FirstOrDefault(k => k.Algorithm == SignatureAlgorithm.EcdsaP256 && k.Signs(today) && k.HeldHere),
            keys.FirstOrDefault(k => k.Algorithm == SignatureAlgorithm.Sm2 && k.Signs(today) && k.HeldHere),
            keys.Any(k => k.Algorithm == SignatureAlgorithm.EcdsaP256 && k.Signs(today) && !k.HeldHere),
            await db.IssuedCertificates.AnyAsync(c => c.OrganisationId == institution.Id && c.Number == number, cancel),
            code is null ? null : await db.IssuedCertificates.SingleOrDefaultAsync(c => c.Code == code, cancel),
            request.CustomerId is null || await db.Organisations.AnyAsync(o => o.Id == request.CustomerId, cancel));
    }

    private async Task<IssuedCertificate> MakeAsync(IssueRequest request, CheckedDocument check, CertificateId id, SignedDocument signed, Guid file, Actor actor, DateTimeOffset now, CancellationToken cancel)
    {
        var pending = db.ChangeTracker.Entries<IssuedCertificate>().Where(e => e.State == EntityState.Added).Select(e => (int?)e.Entity.StatusIndex).Max();
        return new IssuedCertificate
        {
            Id = Guid.CreateVersion7(now), Code = id.ToString(), Number = request.Number.Trim(), Kind = request.Kind, OrganisationId = request.OrganisationId, KeyId = check.Key!.Id,
            Title = request.Title.Trim(), TitleEn = Clean(request.TitleEn), Item = request.Item.Trim(), Model = Clean(request.Model), Serial = Clean(request.Serial), Conclusion = request.Conclusion, Grade = Clean(request.Grade),
            PerformedOn = request.PerformedOn, ValidUntil = request.ValidUntil, IssuedAt = now, IssuedBy = actor.PersonId!.Value, IssuedByName = actor.Name,
            Sha256 = Convert.ToHexStringLower(Digests.Sha256(signed.Xml)), Sm3 = Convert.ToHexStringLower(Digests.Sm3(signed.Xml)), Salt = SaltedCommitment.NewSalt(),
            StatusIndex = Math.Max(await db.IssuedCertificates.MaxAsync(c => (int?)c.StatusIndex, cancel) ?? -1, pending ?? -1) + 1,
            FileId = file, Sm2Seal = signed.Sm2Seal, State = CertificateStanding.Current, ReplacesId = check.Replaced?.Id, CustomerId = request.CustomerId, IsPublic = request.IsPublic, SubjectId = request.SubjectId,
        };
    }

    private void AddEvent(IssuedCertificate certificate, CheckedDocument check, IssueRequest request, EventTarget? target, Actor actor, DateTimeOffset now)
    {
        var type = target is null ? LogEventType.Issue : request.Amends ? LogEventType.Amend : LogEventType.Substitute;
        ledger.Add(new LogEvent(type, check.Institution.TrustId(), now)
        {
            Id = CertificateId.Parse(certificate.Code), Kind = certificate.Kind.ToString(), Digests = new(new(Convert.FromHexString(certificate.Sha256)), new(Convert.FromHexString(certificate.Sm3))),
            Commitment = certificate.Commitment(), Target = target, Reason = target is null ? null : request.Amends ? "amended" : "substituted", StatusIndex = certificate.StatusIndex,
        }, signing.SignerOf(check.Key!), certificate.Id, actor, Clean(request.Reason));
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
