using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>What is entered to end a key's use.</summary>
public sealed record KeyEnding
{
    public Guid Id { get; set; }
    public int? Version { get; set; }
    public string? Reason { get; set; }
    /// <summary>For a compromised key, the last entry of the log that is still to be trusted; the last one there is when empty.</summary>
    public string? LastLeaf { get; set; }
}

/// <summary>停用与失密: the institution or its regulator retires a key, or reports that somebody else may have it.</summary>
public sealed class EndKey(PlumblineDb db, Ledger ledger, TimeProvider clock)
{
    public async Task<Outcome<Done>> RetireAsync(KeyEnding ending, Actor actor, CancellationToken cancel = default)
    {
        var found = await FindAsync(ending, actor, cancel);
        if (!found.Accepted)
            return found.Kind;
        var (key, institution) = found.Value;
        if (EndRules.Refusals(key, ending, KeyState.Active).ToArray() is { Length: > 0 } refusals)
            return refusals;
        var now = clock.GetUtcNow();
        key.End(KeyState.Retired, actor.Name, ending.Reason!.Trim(), now);
        ledger.AddKey(KeyEvent.Retired, key, actor, now);
        return await ledger.SaveAsync(cancel);
    }

    /// <summary>What the log holds up to the named entry stays valid: it was there before the thief.</summary>
    public async Task<Outcome<Done>> CompromiseAsync(KeyEnding ending, Actor actor, CancellationToken cancel = default)
    {
        var found = await FindAsync(ending, actor, cancel);
        if (!found.Accepted)
            return found.Kind;
        var (key, institution) = found.Value;
        var last = await ledger.SizeAsync(cancel) - 1;
        var refusals = EndRules.Refusals(key, ending, KeyState.Active, KeyState.Retired).Concat(EndRules.LeafRefusals(ending, last, out var leaf)).ToArray();
        if (refusals.Length > 0)
            return refusals;
        var now = clock.GetUtcNow();
        key.DistrustAfterLeaf = leaf;
        key.End(KeyState.Compromised, actor.Name, ending.Reason!.Trim(), now);
        ledger.AddKey(KeyEvent.Compromised, key, actor, now);
        return await ledger.SaveAsync(cancel);
    }

    private async Task<Outcome<(IssuingKey Key, Organisation Institution)>> FindAsync(KeyEnding ending, Actor actor, CancellationToken cancel)
    {
        if (await db.IssuingKeys.SingleOrDefaultAsync(k => k.Id == ending.Id, cancel) is not { } key)
            return OutcomeKind.NotFound;
        var institution = await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == key.OrganisationId, cancel);
        if (!actor.MayKeepKeysOf(institution.Id) && !await db.MaySuperviseAsync(actor, institution, cancel))
            return OutcomeKind.Forbidden;
        return ending.Version is { } seen && seen != key.Version ? OutcomeKind.Conflict : (key, institution);
    }
}

internal static class EndRules
{
    public static IEnumerable<Refusal> Refusals(IssuingKey key, KeyEnding ending, params KeyState[] from)
    {
        if (!from.Contains(key.State))
            yield return new("key-state", null, key.State);
        if (string.IsNullOrWhiteSpace(ending.Reason) || ending.Reason.Length > 500)
            yield return new("key-reason", nameof(ending.Reason));
    }

    public static IEnumerable<Refusal> LeafRefusals(KeyEnding ending, long last, out long leaf)
    {
        leaf = last;
        if (string.IsNullOrWhiteSpace(ending.LastLeaf))
            return [];
        return long.TryParse(ending.LastLeaf.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out leaf) && leaf >= -1 && leaf <= last
            ? [] : [new Refusal("key-leaf", nameof(ending.LastLeaf), ending.LastLeaf, last)];
    }
}
