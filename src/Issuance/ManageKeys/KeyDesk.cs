using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>A key as one sees it who has to do with it.</summary>
/// <param name="Keeps">Whether the reader is of the institution and keeps its keys: only who keeps a key sees its fingerprint before it is in use.</param>
/// <param name="Decides">Whether the reader is of the supervising regulator.</param>
public sealed record KeyOnDesk(IssuingKey Key, Organisation Institution, bool Keeps, bool Decides);

/// <summary>The keys of the reader's institutions, and of those the reader supervises; what waits comes first.</summary>
public sealed class KeyDesk(PlumblineDb db)
{
    public async Task<IReadOnlyList<KeyOnDesk>> ListAsync(Actor actor, CancellationToken cancel = default)
    {
        var keys = await db.IssuingKeys.AsNoTracking().ToListAsync(cancel);
        var ids = keys.Select(k => k.OrganisationId).ToHashSet();
        var organisations = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToListAsync(cancel);
        var list = new List<KeyOnDesk>();
        foreach (var organisation in organisations)
        {
            var (keeps, decides) = (actor.MayKeepKeysOf(organisation.Id), await db.MaySuperviseAsync(actor, organisation, cancel));
            if (keeps || decides)
                list.AddRange(keys.Where(k => k.OrganisationId == organisation.Id).Select(k => new KeyOnDesk(k, organisation, keeps, decides)));
        }
        return [.. list.OrderBy(k => k.Key.State).ThenBy(k => k.Institution.Code, StringComparer.Ordinal).ThenByDescending(k => k.Key.ProposedAt)];
    }
}
