namespace Plumbline.Certificates;

/// <summary>What the rules of acceptance ask about the signers of events; a trust list answers.</summary>
public interface IEventTrust
{
    /// <summary>The key of that id and the institution that signs events with it on that day.</summary>
    /// <param name="keyId">The key's id.</param>
    /// <param name="day">Day of the event in Beijing time.</param>
    /// <param name="index">Place of the event in the log, for keys that are distrusted after a place.</param>
    /// <returns>Null where there is none.</returns>
    EventSigner? FindSigner(string keyId, DateOnly day, long index);

    /// <summary>Whether the key may sign documents of a kind on that day.</summary>
    bool MayIssue(string keyId, string kind, DateOnly day, long index);

    /// <summary>Whether the institution may put events of this type into the log: software, keys, status roots, commitments and openings.</summary>
    bool MayRecord(string institution, LogEventType type, DateOnly day);

    /// <summary>Whether one institution supervises the other.</summary>
    bool Supervises(string authority, string institution);
}

/// <summary>Who signs with a key.</summary>
/// <param name="Institution">Id of the institution.</param>
/// <param name="Key">The key.</param>
public sealed record EventSigner(string Institution, PublicKey Key);
