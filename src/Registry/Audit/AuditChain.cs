using Microsoft.EntityFrameworkCore;
using Plumbline.Database;

namespace Plumbline.Registry;

public enum AuditFault
{
    /// <summary>An entry is missing here, or stands twice.</summary>
    Sequence,
    /// <summary>The entry does not follow the one before it.</summary>
    Link,
    /// <summary>The entry was changed after it was written.</summary>
    Content,
}

/// <param name="Entries">How many entries were read, up to and with the first broken one.</param>
/// <param name="Head">Hash of the last good entry. Kept elsewhere, it later proves that nothing was cut off the end.</param>
/// <param name="BrokenAt">Sequence number of the first entry that does not fit; null when all do.</param>
/// <param name="HasExpected">Whether the chain holds the hash that was asked for; true when none was.</param>
public sealed record AuditVerdict(long Entries, string Head, long? BrokenAt, AuditFault? Fault, bool HasExpected)
{
    public bool IsIntact => BrokenAt is null && HasExpected;
}

/// <summary>Reads the audit trail from its first entry and finds the first link that does not hold.</summary>
public sealed class AuditChain(PlumblineDb db)
{
    /// <param name="expected">A head hash noted earlier; the chain must still hold it.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async Task<AuditVerdict> VerifyAsync(string? expected = null, CancellationToken cancel = default)
    {
        var (entries, previous, found) = (0L, AuditEntry.FirstHash, expected is null);
        await foreach (var entry in db.Audit.AsNoTracking().OrderBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(cancel))
        {
            entries++;
            AuditFault? fault = entry.Sequence != entries ? AuditFault.Sequence : entry.PreviousHash != previous ? AuditFault.Link : entry.Hash != entry.ComputeHash() ? AuditFault.Content : null;
            if (fault is not null)
                return new AuditVerdict(entries, previous, entry.Sequence, fault, found);
            previous = entry.Hash;
            found |= string.Equals(previous, expected, StringComparison.OrdinalIgnoreCase);
        }
        return new AuditVerdict(entries, previous, null, null, found);
    }
}
