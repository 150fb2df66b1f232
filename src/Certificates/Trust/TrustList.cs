using System.Collections.Frozen;

namespace Plumbline.Certificates;

/// <summary>Whether a signature of a key counts, and why not.</summary>
/// <param name="IsTrusted">Whether it counts.</param>
/// <param name="Institution">Whose key it is; null where the list does not know it.</param>
/// <param name="Reason">Why it does not count; where <see cref="FindingSeverity.Unsupported"/>, only the log can tell. Null where it counts.</param>
public sealed record TrustVerdict(bool IsTrusted, Institution? Institution, Finding? Reason);

/// <summary>Who may issue what, with which key and when: one version of the list that two custodians sign. Immutable, safe for use by several threads.</summary>
public sealed class TrustList
{
    private readonly FrozenDictionary<string, (Institution Institution, TrustedKey Key)> keys;
    private readonly FrozenDictionary<string, Institution> institutions;

    /// <summary>Makes a version of the list.</summary>
    /// <param name="version">From 1; every published list has a larger one than the last.</param>
    /// <param name="issued">The day it was made.</param>
    /// <param name="nextUpdate">The day by which the next is due.</param>
    /// <param name="threshold">How many custodians have to sign the next list, at least 2.</param>
    /// <param name="custodians">Who may sign the next list.</param>
    /// <param name="all">The institutions.</param>
    /// <param name="instrumentKinds">The kinds of instruments that seals name by number.</param>
    /// <exception cref="ArgumentException">An id, a key or a number stands twice, days are out of order, or there are fewer custodians than the threshold.</exception>
    public TrustList(int version, DateOnly issued, DateOnly nextUpdate, int threshold, IReadOnlyList<Custodian> custodians, IReadOnlyList<Institution> all, IReadOnlyList<InstrumentKind>? instrumentKinds = null)
    {
        ArgumentNullException.ThrowIfNull(custodians);
        ArgumentNullException.ThrowIfNull(all);
        (Version, Issued, NextUpdate, Threshold, Custodians, Institutions, InstrumentKinds) = (version, issued, nextUpdate, threshold, custodians, all, instrumentKinds ?? []);
        if (TrustListRules.Check(this) is { } fault)
            throw new ArgumentException(fault);
        institutions = all.ToFrozenDictionary(i => i.Id);
        keys = all.SelectMany(i => i.Keys.Select(k => (Institution: i, Key: k))).ToFrozenDictionary(p => p.Key.Key.Id);
    }

    /// <summary>Number of the version, from 1.</summary>
    public int Version { get; }

    /// <summary>The day it was made.</summary>
    public DateOnly Issued { get; }

    /// <summary>The day by which the next is due; after it this one is out of date.</summary>
    public DateOnly NextUpdate { get; }

    /// <summary>How many custodians have to sign the next list.</summary>
    public int Threshold { get; }

    /// <summary>Who may sign the next list.</summary>
    public IReadOnlyList<Custodian> Custodians { get; }

    /// <summary>The issuing institutions.</summary>
    public IReadOnlyList<Institution> Institutions { get; }

    /// <summary>The kinds of instruments that seals name by number.</summary>
    public IReadOnlyList<InstrumentKind> InstrumentKinds { get; }

    /// <summary>The key of that id.</summary>
    /// <returns>Null where the list does not know it.</returns>
    public TrustedKey? FindKey(string keyId) => keys.TryGetValue(keyId, out var found) ? found.Key : null;

    /// <summary>The institution of that id.</summary>
    /// <returns>Null where the list does not know it.</returns>
    public Institution? FindInstitution(string id) => institutions.GetValueOrDefault(id);

    /// <summary>Whether a key's signature on a document or seal counts.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="use">What was signed.</param>
    /// <param name="kind">The kind of the document.</param>
    /// <param name="date">The day of issue as signed.</param>
    /// <param name="leafIndex">Where the log holds the document; null where it is not known.</param>
    /// <param name="isLeafProven">Whether the log proves that index. What a signature states itself proves nothing against the thief of the key.</param>
    public TrustVerdict Judge(string keyId, KeyUse use, DocumentKind kind, DateOnly date, long? leafIndex = null, bool isLeafProven = false)
    {
        var verdict = JudgeUse(keyId, use, date, leafIndex, isLeafProven);
        if (verdict.Reason?.Severity == FindingSeverity.Error)
            return verdict;
        var institution = verdict.Institution!;
        var ofKind = institution.Authorisations.Where(a => a.Kind == kind).ToArray();
        if (ofKind.Any(a => a.HoldsOn(date)))
            return verdict;
        return ofKind.Length == 0
            ? Refuse(institution, "trust-kind", $"{kind}", string.Join(", ", institution.Authorisations.Select(a => $"{a.Kind}").Distinct()), institution.Id)
            : Refuse(institution, "trust-authorisation-date", $"{date:yyyy-MM-dd}", string.Join(", ", ofKind.Select(a => $"{a.From:yyyy-MM-dd} … {a.To:yyyy-MM-dd}")), institution.Id, $"{kind}");
    }

    /// <summary>Whether a key's signature counts, whatever the kind of the document: for revocation lists, and for what no kind is known of.</summary>
    /// <param name="keyId">The key.</param>
    /// <param name="use">What was signed.</param>
    /// <param name="date">The day of signing.</param>
    /// <param name="leafIndex">Where the log holds what was signed; null where it is not known.</param>
    /// <param name="isLeafProven">Whether the log proves that index.</param>
    public TrustVerdict JudgeUse(string keyId, KeyUse use, DateOnly date, long? leafIndex = null, bool isLeafProven = false)
    {
        if (!keys.TryGetValue(keyId, out var found))
            return Refuse(null, "trust-key-unknown", keyId, null, $"{Version}");
        var (institution, key) = found;
        if (!key.Uses.Contains(use))
            return Refuse(institution, "trust-key-use", $"{use}", string.Join(", ", key.Uses), keyId);
        if (date < key.From || date > key.To)
            return Refuse(institution, "trust-key-date", $"{date:yyyy-MM-dd}", $"{key.From:yyyy-MM-dd} … {key.To:yyyy-MM-dd}", keyId);
        if (date >= key.Retired)
            return Refuse(institution, "trust-key-retired", $"{date:yyyy-MM-dd}", $"{key.Retired:yyyy-MM-dd}", keyId);
        if (key.DistrustAfterLeaf is not { } last)
            return new(true, institution, null);
        if (leafIndex is null)
            return Refuse(institution, "trust-key-compromised", null, $"{last}", keyId);
        if (leafIndex > last)
            return Refuse(institution, "trust-key-compromised-later", $"{leafIndex}", $"{last}", keyId);
        return isLeafProven
            ? new(true, institution, null)
            : new(false, institution, new(FindingLayer.Log, FindingSeverity.Unsupported, "trust-key-compromised-unproven", "trust list", $"{leafIndex}", $"{last}") { Arguments = [keyId] });
    }

    /// <summary>Whether <paramref name="authority"/> supervises <paramref name="institution"/>, itself or through others.</summary>
    public bool Supervises(string authority, string institution)
    {
        var seen = new HashSet<string>();
        for (var at = FindInstitution(institution)?.Supervisor; at is not null && seen.Add(at); at = FindInstitution(at)?.Supervisor)
            if (at == authority)
                return true;
        return false;
    }

    /// <summary>The next version, with an institution put in or replaced as a whole.</summary>
    /// <param name="institution">The institution as it is from now on.</param>
    /// <param name="issued">The day of the next version.</param>
    /// <param name="nextUpdate">The day by which the one after that is due.</param>
    public TrustList With(Institution institution, DateOnly issued, DateOnly nextUpdate)
    {
        ArgumentNullException.ThrowIfNull(institution);
        var known = institutions.ContainsKey(institution.Id);
        return new(Version + 1, issued, nextUpdate, Threshold, Custodians, known ? [.. Institutions.Select(i => i.Id == institution.Id ? institution : i)] : [.. Institutions, institution], InstrumentKinds);
    }

    /// <summary>The next version, in which a new key takes the place of an old one from a day on: rotation.</summary>
    /// <param name="oldKeyId">The key that retires.</param>
    /// <param name="next">The key that follows.</param>
    /// <param name="from">The first day on which the old one signs no more.</param>
    /// <param name="issued">The day of the next version.</param>
    /// <param name="nextUpdate">The day by which the one after that is due.</param>
    /// <exception cref="ArgumentException">The list does not know the old key.</exception>
    public TrustList Rotate(string oldKeyId, TrustedKey next, DateOnly from, DateOnly issued, DateOnly nextUpdate) =>
        Change(oldKeyId, k => k with { Retired = from }, issued, nextUpdate, next);

    /// <summary>The next version, in which a key is distrusted for everything after a leaf of the log: compromise.</summary>
    /// <param name="keyId">The key that fell into wrong hands.</param>
    /// <param name="lastLeaf">The last leaf index that is surely the institution's own; −1 for none.</param>
    /// <param name="note">What happened.</param>
    /// <param name="issued">The day of the next version.</param>
    /// <param name="nextUpdate">The day by which the one after that is due.</param>
    /// <exception cref="ArgumentException">The list does not know the key.</exception>
    public TrustList Distrust(string keyId, long lastLeaf, string note, DateOnly issued, DateOnly nextUpdate) =>
        Change(keyId, k => k with { DistrustAfterLeaf = lastLeaf, Note = note }, issued, nextUpdate, null);

    private TrustList Change(string keyId, Func<TrustedKey, TrustedKey> change, DateOnly issued, DateOnly nextUpdate, TrustedKey? more)
    {
        if (!keys.TryGetValue(keyId, out var found))
            throw new ArgumentException($"The trust list of version {Version} does not know the key {keyId}.", nameof(keyId));
        var changed = found.Institution.Keys.Select(k => k.Key.Id == keyId ? change(k) : k);
        return With(found.Institution with { Keys = more is null ? [.. changed] : [.. changed, more] }, issued, nextUpdate);
    }

    private static TrustVerdict Refuse(Institution? institution, string rule, string? value, string? expected, params string[] arguments) =>
        new(false, institution, new(FindingLayer.Signature, FindingSeverity.Error, rule, "trust list", value, expected) { Arguments = arguments });
}

/// <summary>What holds in every trust list.</summary>
internal static class TrustListRules
{
    /// <returns>What does not hold; null where everything does.</returns>
    public static string? Check(TrustList list)
    {
        if (list.Version < 1 || list.NextUpdate < list.Issued)
            return $"Version {list.Version} of {list.Issued:yyyy-MM-dd} with the next due by {list.NextUpdate:yyyy-MM-dd}: versions start at 1 and the next is due later.";
        if (list.Threshold < 2 || list.Custodians.Count < list.Threshold)
            return $"{list.Threshold} of {list.Custodians.Count} custodians: at least two have to sign.";
        if (Twice(list.Custodians.Select(c => c.Key.Id)) is { } custodian)
            return $"The custodian key {custodian} stands twice.";
        if (Twice(list.Institutions.Select(i => i.Id)) is { } institution)
            return $"The institution {institution} stands twice.";
        if (Twice(list.Institutions.SelectMany(i => i.Keys).Select(k => k.Key.Id)) is { } key)
            return $"The key {key} stands twice.";
        if (Twice(list.InstrumentKinds.Select(k => $"{k.Code}")) is { } code)
            return $"The instrument kind {code} stands twice.";
        if (list.InstrumentKinds.FirstOrDefault(k => k.Code is < 1 or > ushort.MaxValue) is { } kind)
            return $"The instrument kind {kind.Code} is not a number from 1 to {ushort.MaxValue}.";
        foreach (var one in list.Institutions)
        {
            if (one.Keys.FirstOrDefault(k => k.To < k.From || k.Uses.Count == 0 || k.DistrustAfterLeaf < -1) is { } bad)
                return $"The key {bad.Key.Id} of {one.Id} ends before it begins, may sign nothing, or is distrusted after a leaf below −1.";
            if (one.Authorisations.FirstOrDefault(a => a.To < a.From) is { } authorisation)
                return $"The authorisation {authorisation.Certificate} of {one.Id} ends before it begins.";
            if (one.Supervisor is { } supervisor && list.Institutions.All(i => i.Id != supervisor))
                return $"The supervising authority {supervisor} of {one.Id} is not on the list.";
        }
        return null;
    }

    private static string? Twice(IEnumerable<string> ids) => ids.GroupBy(i => i).FirstOrDefault(g => g.Count() > 1)?.Key;
}

/// <summary>The day that counts: the one in Beijing, wherever the verifier stands.</summary>
internal static class BeijingTime
{
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(TimeSpan.FromHours(8)).DateTime);
}
