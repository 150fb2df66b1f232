using Microsoft.EntityFrameworkCore;
using Plumbline.Database;

namespace Plumbline.Registry;

/// <summary>Who supervises whom, asked of the database: the other modules' way to <see cref="Supervision"/>.</summary>
public static class SupervisionQueries
{
    extension(PlumblineDb db)
    {
        /// <summary>The regulators for which <paramref name="actor"/> acts as an officer and that may decide on the organisation.</summary>
        public async Task<IReadOnlyList<Organisation>> SupervisorsAsync(Actor actor, Organisation organisation, CancellationToken cancel = default)
        {
            var ids = actor.Organisations(Role.RegulatorOfficer).Select(r => r.OrganisationId).ToList();
            if (ids.Count == 0)
                return [];
            var regulators = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id) && o.State == OrganisationState.Active).ToListAsync(cancel);
            var regions = new RegionTree(await db.Regions.AsNoTracking().ToListAsync(cancel));
            return [.. regulators.Where(r => Supervision.MayDecide(r, organisation, regions))];
        }

        /// <summary>Whether <paramref name="actor"/> is an officer of a regulator that may decide on the organisation.</summary>
        public async Task<bool> MaySuperviseAsync(Actor actor, Organisation organisation, CancellationToken cancel = default) =>
            (await db.SupervisorsAsync(actor, organisation, cancel)).Count > 0;

        /// <summary>The regulator nearest above (or in the same region as) the organisation: county, city, province, nation. Null where none is registered.</summary>
        public async Task<Organisation?> RegulatorOfAsync(Organisation organisation, CancellationToken cancel = default)
        {
            var regions = new RegionTree(await db.Regions.AsNoTracking().ToListAsync(cancel));
            var above = regions.Upward(organisation.Region).ToList();
            var regulators = await db.Organisations.AsNoTracking().Where(o => o.State == OrganisationState.Active && above.Contains(o.Region)).ToListAsync(cancel);
            return regulators.Where(o => Supervision.MayDecide(o, organisation, regions)).OrderBy(o => above.IndexOf(o.Region)).FirstOrDefault();
        }
    }
}
