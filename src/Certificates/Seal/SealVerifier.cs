namespace Plumbline.Certificates;

/// <summary>What a seal is worth.</summary>
public enum SealOutcome
{
    /// <summary>Genuine and in force.</summary>
    InForce,
    /// <summary>Genuine; nothing at hand says whether it is still in force.</summary>
    StatusUnknown,
    /// <summary>Genuine, its validity has ended.</summary>
    Expired,
    /// <summary>Genuine, and suspended since.</summary>
    Suspended,
    /// <summary>Genuine, and replaced by a later certificate.</summary>
    Superseded,
    /// <summary>Genuine once, and revoked.</summary>
    Revoked,
    /// <summary>Signed by a key that has fallen into wrong hands: only the log can tell whether before or after.</summary>
    NeedsLog,
    /// <summary>Not to be believed: forged, or issued by someone who may not.</summary>
    NotGenuine,
}

/// <summary>What the verification of a seal came to.</summary>
/// <param name="Outcome">The end of it.</param>
/// <param name="Seal">What the seal says.</param>
/// <param name="Institution">Who issued it; null where the trust list does not know the key.</param>
/// <param name="Findings">Every step in order: what was found good as a note, what was not as an error.</param>
/// <param name="Compare">What to compare on the instrument: a genuine seal on another instrument is a copy.</param>
public sealed record SealReport(SealOutcome Outcome, Seal Seal, Institution? Institution, IReadOnlyList<Finding> Findings, IReadOnlyList<Finding> Compare)
{
    /// <summary>Whether the seal may be relied on: genuine and in force.</summary>
    public bool IsGood => Outcome == SealOutcome.InForce;
}

/// <summary>Verifies seals without a network: key, authorisation, signature, dates, revocation list. Safe for use by several threads.</summary>
/// <param name="trust">Who may issue what; read with <see cref="TrustListFile.Open"/>.</param>
/// <param name="revocations">The revocation list; null where there is none at hand.</param>
/// <param name="clock">Tells the day, which is that of Beijing.</param>
public sealed class SealVerifier(TrustList trust, RevocationList? revocations, TimeProvider clock)
{
    // Once for all seals: it does not change with the day.
    private readonly Lazy<Finding?> listFault = new(() => revocations?.JudgeSignature(trust));

    /// <summary>Verifies one seal.</summary>
    /// <param name="seal">The seal as read.</param>
    /// <param name="isLeafProven">Whether the log proves the leaf index that the seal states; matters for keys that fell into wrong hands.</param>
    public SealReport Verify(SignedSeal seal, bool isLeafProven = false)
    {
        ArgumentNullException.ThrowIfNull(seal);
        var (said, now) = (seal.Seal, clock.GetUtcNow());
        var today = BeijingTime.DayOf(now);
        var findings = new List<Finding> { Note("seal-form", FindingLayer.Form, $"{seal.Payload.Length}", $"{seal.Algorithm}") };
        var verdict = trust.Judge(said.KeyId, KeyUse.Seal, said.Kind, said.Date, said.LeafIndex, isLeafProven);
        findings.Add(verdict.Reason ?? Note("seal-key", FindingLayer.Signature, said.KeyId, verdict.Institution!.Id, $"{verdict.Institution.NameZh} {verdict.Institution.NameEn}"));
        if (today > trust.NextUpdate)
            findings.Add(new(FindingLayer.Signature, FindingSeverity.Warning, "trust-list-old", "trust list", $"{trust.NextUpdate:yyyy-MM-dd}"));
        findings.Add(JudgeSignature(seal));
        findings.Add(said.Date > today ? Bad("seal-date-future", FindingLayer.Signature, $"{said.Date:yyyy-MM-dd}", $"{today:yyyy-MM-dd}") : Note("seal-date", FindingLayer.Signature, $"{said.Date:yyyy-MM-dd}", null));
        var isGenuine = findings.TrueForAll(f => f.Severity != FindingSeverity.Error);
        if (said.ValidUntil is { } until)
            findings.Add(until < today ? Bad("seal-expired", FindingLayer.Signature, $"{until:yyyy-MM-dd}", $"{today:yyyy-MM-dd}") : Note("seal-valid-until", FindingLayer.Signature, $"{until:yyyy-MM-dd}", null));
        var status = JudgeStatus(said, now, findings);
        var outcome = !isGenuine ? SealOutcome.NotGenuine
            : verdict.Reason is not null ? SealOutcome.NeedsLog
            : status switch
            {
                ListedStatus.Revoked => SealOutcome.Revoked,
                ListedStatus.Suspended => SealOutcome.Suspended,
                ListedStatus.Superseded => SealOutcome.Superseded,
                _ when said.ValidUntil < today => SealOutcome.Expired,
                null => SealOutcome.StatusUnknown,
                _ => SealOutcome.InForce,
            };
        return new(outcome, said, verdict.Institution, findings, Compare(said));
    }

    private Finding JudgeSignature(SignedSeal seal)
    {
        if (trust.FindKey(seal.Seal.KeyId)?.Key is not { } key)
            return Bad("seal-signature-unchecked", FindingLayer.Signature, seal.Seal.KeyId, null);
        if (key.Algorithm != seal.Algorithm)
            return Bad("seal-signature-algorithm", FindingLayer.Signature, $"{seal.Algorithm}", $"{key.Algorithm}");
        return key.Verify([.. SealCodec.SigningPrefix, .. seal.Payload.Span], seal.Signature.Span)
            ? Note("seal-signature", FindingLayer.Signature, seal.Seal.KeyId, null)
            : Bad("seal-signature-bad", FindingLayer.Signature, seal.Seal.KeyId, null);
    }

    /// <returns>Null where nothing at hand can tell.</returns>
    private ListedStatus? JudgeStatus(Seal said, DateTimeOffset now, List<Finding> findings)
    {
        if (revocations is null)
        {
            findings.Add(new(FindingLayer.Log, FindingSeverity.Unsupported, "seal-status-none", "revocation list"));
            return null;
        }
        var age = revocations.JudgeAge(now);
        foreach (var fault in (Finding?[])[listFault.Value, age])
            if (fault is not null)
                findings.Add(fault);
        if (listFault.Value is not null)
            return null;
        if (!revocations.Covers(said.StatusIndex))
        {
            findings.Add(new(FindingLayer.Log, FindingSeverity.Unsupported, "seal-status-outside", "revocation list", $"{said.StatusIndex}", $"{revocations.First} … {revocations.First + revocations.Range}"));
            return null;
        }
        var status = revocations.StatusOf(said.StatusIndex);
        findings.Add(status switch
        {
            ListedStatus.Revoked => Bad("seal-revoked", FindingLayer.Log, $"{said.StatusIndex}", $"{revocations.Number}"),
            ListedStatus.Suspended => Bad("seal-suspended", FindingLayer.Log, $"{said.StatusIndex}", $"{revocations.Number}"),
            ListedStatus.Superseded => Bad("seal-superseded", FindingLayer.Log, $"{said.StatusIndex}", $"{revocations.Number}"),
            _ => Note("seal-status", FindingLayer.Log, $"{revocations.Issued.UtcDateTime:yyyy-MM-dd HH:mm} UTC", $"{revocations.Number}"),
        });
        // A list that should have been followed by another says only what was listed: the rest may have changed.
        return status == ListedStatus.NotListed && age is not null ? null : status;
    }

    private List<Finding> Compare(Seal said)
    {
        var compare = new List<Finding>();
        if (said.SerialEnd is { } serial)
            compare.Add(Note("seal-compare-serial", FindingLayer.Semantics, serial, null));
        if (said.Model is { } model)
            compare.Add(Note("seal-compare-model", FindingLayer.Semantics, model, null));
        if (said.InstrumentKind > 0)
        {
            var kind = trust.InstrumentKinds.FirstOrDefault(k => k.Code == said.InstrumentKind);
            compare.Add(kind is null ? Note("seal-compare-kind-number", FindingLayer.Semantics, $"{said.InstrumentKind}", null) : Note("seal-compare-kind", FindingLayer.Semantics, $"{kind.Code}", null, $"{kind.NameZh} {kind.NameEn}"));
        }
        if (said.SoftwareFingerprint is { } software)
            compare.Add(Note("seal-compare-software", FindingLayer.Semantics, software, null));
        if (compare.Count == 0)
            compare.Add(Note("seal-compare-nothing", FindingLayer.Semantics, $"{said.Certificate}", null));
        return compare;
    }

    private static Finding Note(string rule, FindingLayer layer, string? value, string? expected, params string[] arguments) =>
        new(layer, FindingSeverity.Note, rule, "seal", value, expected) { Arguments = arguments };

    private static Finding Bad(string rule, FindingLayer layer, string? value, string? expected) => new(layer, FindingSeverity.Error, rule, "seal", value, expected);
}
