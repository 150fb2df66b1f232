using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;

namespace Plumbline.Issuance;

/// <summary>作废清单: which certificates are not in force, in a file small enough for an inspector's telephone. Made anew with each change and at least every hour.</summary>
public sealed class RevocationLists(PlumblineDb db, TrustLists trust, TimeProvider clock)
{
    // Who is without a network in the field relies on a list for so long.
    private static readonly TimeSpan Lasting = TimeSpan.FromDays(2);

    // A list speaks of certificates of the near future too: nothing has befallen them yet, and not every issue needs a new list.
    private const int Ahead = 4096;

    public Task<PublishedRevocationList?> NewestAsync(CancellationToken cancel = default) => db.RevocationLists.AsNoTracking().OrderByDescending(l => l.Number).FirstOrDefaultAsync(cancel);

    /// <summary>Adds a list where the last one does not speak of every certificate that is saved.</summary>
    public async Task CoverAsync(CancellationToken cancel = default)
    {
        var covered = await db.RevocationLists.OrderByDescending(l => l.Number).Select(l => (int?)l.Range).FirstOrDefaultAsync(cancel) ?? 0;
        if (await db.IssuedCertificates.AnyAsync(c => c.StatusIndex >= covered, cancel))
            await AddNextAsync(cancel);
    }

    /// <summary>Adds a list of what is saved to the unit of work.</summary>
    public async Task AddNextAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var number = (await db.RevocationLists.MaxAsync(l => (int?)l.Number, cancel) ?? 0) + 1;
        var range = ((await db.IssuedCertificates.MaxAsync(c => (int?)c.StatusIndex, cancel) ?? -1) / Ahead + 1) * Ahead;
        var states = await db.IssuedCertificates.Where(c => c.State != CertificateStanding.Current).Select(c => new { c.StatusIndex, c.State }).ToListAsync(cancel);
        var list = RevocationList.Create((uint)number, now, now + Lasting, 0, (uint)range, states.Select(s => KeyValuePair.Create((uint)s.StatusIndex, s.State switch
        {
            CertificateStanding.Revoked => ListedStatus.Revoked,
            CertificateStanding.Suspended => ListedStatus.Suspended,
            _ => ListedStatus.Superseded,
        })));
        db.RevocationLists.Add(new PublishedRevocationList { Number = number, IssuedAt = now, Range = range, Content = list.Sign(trust.PlatformKey) });
    }
}
