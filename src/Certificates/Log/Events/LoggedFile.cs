namespace Plumbline.Certificates;

/// <summary>A file that a log vouches for.</summary>
/// <param name="Checkpoint">The checkpoint whose tree holds the event.</param>
/// <param name="Index">The event's place.</param>
/// <param name="Event">The event about the file.</param>
/// <param name="WitnessedAt">When the first witness cosigned the checkpoint: the file is not younger. Null where none did.</param>
public sealed record LoggedFile(Checkpoint Checkpoint, long Index, LogEvent Event, DateTimeOffset? WitnessedAt)
{
    /// <summary>Believes, without network, that the log holds an event about a file, or says why not.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="proof">The proof that was handed out with it; its extra data are the event.</param>
    /// <param name="policy">Which log and witnesses are believed.</param>
    /// <param name="trust">Who may sign what; null to leave the event's signature to others.</param>
    /// <exception cref="LogException">It is not to be believed.</exception>
    public static LoggedFile Verify(ReadOnlySpan<byte> file, LogProof proof, LogPolicy policy, IEventTrust? trust)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(policy);
        if (proof.Extra is not { } entry)
            throw new LogException("proof-no-event", "proof");
        var checkpoint = proof.Verify(MerkleTree.LeafHash(entry.Span), policy);
        var e = LogEvent.Decode(entry);
        if (e.Digests is not { } digests || digests != FileDigests.Of(file))
            throw new LogException("proof-file", "proof", Convert.ToHexStringLower(Digests.Sha256(file)), e.Digests is null ? null : Convert.ToHexStringLower(e.Digests.Sha256.Span));
        if (trust is not null && EventRules.CheckSigner(e, trust, proof.Index, now: null).FirstOrDefault() is { } fault)
            throw new LogException(fault);
        var cosigners = proof.SignedCheckpoint.SignedBy(policy.Witnesses.Select(w => w.Key));
        var times = proof.SignedCheckpoint.Signatures.Where(s => cosigners.Any(c => (c.Name, c.Id) == (s.Name, s.KeyId))).Select(s => s.Time);
        return new(checkpoint, proof.Index, e, times.Min());
    }
}
