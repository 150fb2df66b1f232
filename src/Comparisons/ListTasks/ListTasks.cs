using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>One thing that waits for the reader.</summary>
internal sealed record TaskRow(string Code, string Title, string? TitleEn, ComparisonState State, string Step, string Address, DateTimeOffset? Due);

internal sealed record TaskList(IReadOnlyList<TaskRow> Waiting, IReadOnlyList<TaskRow> Open);

/// <summary>What waits for a person in all comparisons, overdue first; and what stands open to their laboratory.</summary>
internal sealed class ListTasks(PlumblineDb db, LocalTime time)
{
    public async Task<TaskList> RunAsync(Actor actor, CancellationToken cancel)
    {
        var mine = actor.Roles.Select(r => r.OrganisationId).Distinct().ToArray();
        var laboratory = actor.Organisations(Role.TechnicalContact, Role.QualityContact).Count > 0;
        var comparisons = await db.Comparisons.AsNoTracking().Include(c => c.Participants).Include(c => c.Legs).ThenInclude(l => l.Events).AsSplitQuery()
            .Where(c => c.State != ComparisonState.Published && c.State != ComparisonState.Cancelled
                && (mine.Contains(c.OrganiserId) || mine.Contains(c.RegulatorId) || mine.Contains(c.PilotId) || c.Participants.Any(p => mine.Contains(p.OrganisationId)) || (laboratory && c.State == ComparisonState.Enrolling)))
            .OrderBy(c => c.Id).ToListAsync(cancel);
        var ids = comparisons.SelectMany(c => c.Participants).Where(p => mine.Contains(p.OrganisationId) || comparisons.Any(c => mine.Contains(c.PilotId))).Select(p => p.Id).ToArray();
        var submitted = await db.Participants.Where(p => ids.Contains(p.Id) && p.Submissions.Any()).Select(p => p.Id).ToHashSetAsync(cancel);
        var steps = from comparison in comparisons
                    from step in NextSteps.For(comparison, actor, submitted, time.Now, time.EndOf)
                    orderby step.Due ?? DateTimeOffset.MaxValue, comparison.Code
                    select (Task: NextSteps.IsTask(step), Row: new TaskRow(comparison.Code, comparison.Title, comparison.TitleEn, comparison.State, step.Key, step.Address, step.Due));
        var all = steps.ToArray();
        return new([.. all.Where(s => s.Task).Select(s => s.Row)], [.. all.Where(s => !s.Task).Select(s => s.Row)]);
    }

    internal static async Task<IResult> Get(ListTasks tasks, Actor actor, CancellationToken cancel) => Results.Json(await tasks.RunAsync(actor, cancel), ComparisonsJson.Stored);
}
