using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>The rules in force. Whoever uses a number that is a rule takes it from here and shows <c>RuleNote</c> beside it.</summary>
public sealed class Rules(PlumblineDb db, RuleCache cache, LocalTime time)
{
    /// <summary>The rule of that code on a day (today when none is given).</summary>
    /// <exception cref="InvalidOperationException">No rule of that code holds on that day: rules ship with the software, so the fault is ours.</exception>
    public async ValueTask<Rule> Get(string code, DateOnly? on = null, CancellationToken cancel = default) =>
        await Find(code, on, cancel) ?? throw new InvalidOperationException($"No rule '{code}' holds on {on ?? time.Today:yyyy-MM-dd}.");

    public async ValueTask<Rule?> Find(string code, DateOnly? on = null, CancellationToken cancel = default)
    {
        var day = on ?? time.Today;
        var rules = await cache.TakeAsync(db, cancel);
        return rules.TryGetValue(code, out var rows) ? rows.FirstOrDefault(r => r.HoldsOn(day)) : null;
    }

    /// <summary>Every row in force of one table, or of all, on a day, by code.</summary>
    public async ValueTask<IReadOnlyList<Rule>> InForce(string? table = null, DateOnly? on = null, CancellationToken cancel = default)
    {
        var day = on ?? time.Today;
        var rules = await cache.TakeAsync(db, cancel);
        return [.. rules.Values.Select(rows => rows.FirstOrDefault(r => r.HoldsOn(day))).OfType<Rule>().Where(r => table is null || r.Table == table).OrderBy(r => r.Code, StringComparer.Ordinal)];
    }
}

/// <summary>Keeps the rules in memory: they are asked for on every page and change a few times a year.</summary>
public sealed class RuleCache(TimeProvider clock)
{
    // Another server may have approved a change; half a minute is soon enough for a rule that starts on a day.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private Snapshot? snapshot;

    private sealed record Snapshot(FrozenDictionary<string, Rule[]> Rules, DateTimeOffset TakenAt);

    internal async ValueTask<FrozenDictionary<string, Rule[]>> TakeAsync(PlumblineDb db, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (snapshot is { } kept && now - kept.TakenAt < Lifetime)
            return kept.Rules;
        var rows = await db.Rules.AsNoTracking().Where(r => r.State == RuleState.InForce).ToListAsync(cancel);
        // The latest start first: where periods overlap the newer rule wins.
        var rules = rows.GroupBy(r => r.Code, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(r => r.ValidFrom ?? DateOnly.MinValue).ToArray(), StringComparer.Ordinal);
        snapshot = new Snapshot(rules, now);
        return rules;
    }

    internal void Forget() => snapshot = null;
}
