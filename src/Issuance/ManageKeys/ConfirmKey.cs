using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>What the second person enters.</summary>
public sealed record KeyDecision
{
    public Guid Id { get; set; }
    public int? Version { get; set; }
    /// <summary>The fingerprint as the proposer told it, by telephone or on paper: it is not shown to who confirms.</summary>
    public string? Fingerprint { get; set; }
    public string? Reason { get; set; }
}

/// <summary>密钥仪式（二）: an officer of the supervising regulator, never who proposed it, types the fingerprint and thereby takes the key into use; or rejects it.</summary>
public sealed class ConfirmKey(PlumblineDb db, KeyFolder keys, KeyAuthority authority, Ledger ledger, TimeProvider clock)
{
    public async Task<Outcome<KeyReceipt>> RunAsync(KeyDecision decision, Actor actor, CancellationToken cancel = default)
    {
        var found = await FindAsync(decision, actor, cancel);
        if (!found.Accepted)
            return found.Kind;
        var (key, institution) = found.Value;
        if (ConfirmRules.Refusals(key, decision, actor).ToArray() is { Length: > 0 } refusals)
            return refusals;
        var now = clock.GetUtcNow();
        key.State = KeyState.Active;
        (key.ConfirmedBy, key.ConfirmedByName, key.ConfirmedAt) = (actor.PersonId, actor.Name, now);
        key.Certificate = authority.Certify(key, institution, now);
        key.Version++;
        ledger.AddKey(KeyEvent.Activated, key, actor, now);
        if (key.ReplacesId is { } old && await db.IssuingKeys.SingleAsync(k => k.Id == old, cancel) is { State: KeyState.Active } replaced)
        {
            replaced.End(KeyState.Retired, actor.Name, null, now);
            ledger.AddKey(KeyEvent.Retired, replaced, actor, now);
        }
        var saved = await ledger.SaveAsync(cancel);
        return saved.Accepted ? new KeyReceipt(key.Id, key.Fingerprint) : saved.Kind;
    }

    public async Task<Outcome<Done>> RejectAsync(KeyDecision decision, Actor actor, CancellationToken cancel = default)
    {
        var key = await db.IssuingKeys.SingleOrDefaultAsync(k => k.Id == decision.Id, cancel);
        if (key is null)
            return OutcomeKind.NotFound;
        var institution = await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == key.OrganisationId, cancel);
        if (!actor.MayKeepKeysOf(institution.Id) && !await db.MaySuperviseAsync(actor, institution, cancel))
            return OutcomeKind.Forbidden;
        if (key.State != KeyState.Proposed || decision.Version is { } seen && seen != key.Version)
            return OutcomeKind.Conflict;
        if (string.IsNullOrWhiteSpace(decision.Reason) || decision.Reason.Length > 500)
            return new Refusal("key-reason", nameof(decision.Reason));
        key.End(KeyState.Rejected, actor.Name, decision.Reason.Trim(), clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        if (key.HeldHere)
            keys.Destroy(key.Fingerprint);
        return Done.It;
    }

    private async Task<Outcome<(IssuingKey Key, Organisation Institution)>> FindAsync(KeyDecision decision, Actor actor, CancellationToken cancel)
    {
        if (await db.IssuingKeys.SingleOrDefaultAsync(k => k.Id == decision.Id, cancel) is not { } key)
            return OutcomeKind.NotFound;
        var institution = await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == key.OrganisationId, cancel);
        if (!await db.MaySuperviseAsync(actor, institution, cancel))
            return OutcomeKind.Forbidden;
        return decision.Version is { } seen && seen != key.Version ? OutcomeKind.Conflict : (key, institution);
    }
}

internal static class ConfirmRules
{
    public static IEnumerable<Refusal> Refusals(IssuingKey key, KeyDecision decision, Actor actor)
    {
        if (key.State != KeyState.Proposed)
            yield return new("key-not-proposed", null, key.State);
        if (actor.PersonId == key.ProposedBy)
            yield return new("key-two-people", null, key.ProposedByName);
        if (Plain(decision.Fingerprint) != key.Fingerprint)
            yield return new("key-fingerprint", nameof(decision.Fingerprint), decision.Fingerprint);
    }

    /// <summary>Fingerprints are told and typed in groups.</summary>
    private static string Plain(string? typed) => new([.. (typed ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('-' or ':')).Select(char.ToLowerInvariant)]);
}
