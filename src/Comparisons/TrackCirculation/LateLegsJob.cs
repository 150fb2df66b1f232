using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Procedures;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>Reminds a laboratory at which a transfer standard is late, and the pilot laboratory; again after a week, never twice in it.</summary>
internal sealed class LateLegsJob : IJob
{
    internal const string Notice = "leg-late";
    private static readonly TimeSpan Again = TimeSpan.FromDays(7);

    public string Kind => "comparisons.late-legs";
    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        var (db, time, notices) = (services.GetRequiredService<PlumblineDb>(), services.GetRequiredService<LocalTime>(), services.GetRequiredService<Notices>());
        var comparisons = await db.Comparisons.AsNoTracking().Include(c => c.TransferStandards).Include(c => c.Participants).Include(c => c.Legs).ThenInclude(l => l.Events).AsSplitQuery()
            .Where(c => c.State == ComparisonState.Circulating).ToListAsync(cancel);
        var since = time.Now - Again;
        foreach (var comparison in comparisons)
        {
            foreach (var standard in comparison.TransferStandards)
            {
                if (comparison.CurrentLeg(standard.Id) is not { } leg || comparison.DaysLate(leg, time.Today) is not (> 0 and var late))
                    continue;
                var link = $"/comparisons/{comparison.Code}/circulation#leg-{leg.Id}";
                if (await db.Notices.AnyAsync(n => n.Key == Notice && n.Link == link && n.At > since, cancel))
                    continue;
                var laboratory = comparison.Participants.Single(p => p.Id == leg.ParticipantId);
                object?[] arguments = [comparison.Code, new Bilingual(comparison.Title, comparison.TitleEn), new Bilingual(standard.Name, standard.NameEn), comparison.IsExpected(leg) ? LegState.Expected : LegState.AtLaboratory, late];
                await notices.AddToRoleAsync(comparison.PilotId, [Role.PilotCoordinator, Role.PilotMetrologist], Notice, link, arguments, cancel);
                if (!laboratory.IsPilot)
                    await notices.AddToRoleAsync(laboratory.OrganisationId, [Role.TechnicalContact, Role.QualityContact], Notice, link, arguments, cancel);
            }
        }
        await db.SaveChangesAsync(cancel);
    }
}
