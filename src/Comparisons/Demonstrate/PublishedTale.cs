using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>Enters a published comparison as it was printed, then evaluates, reports and publishes it by the ordinary handlers.</summary>
internal sealed class PublishedTale(PlumblineDb db, Storyteller teller, TimeProvider machine)
{
    private const string Organiser = "DEMO-SOCIETY", Regulator = "DEMO-NR";

    private static readonly string[] Way = ["propose", "approve", "accept", "open-enrolment", "start-circulation", "end-circulation"];

    public async Task TellAsync(PublishedStory story, CancellationToken cancel)
    {
        // Long enough ago that the period for comments has run out.
        teller.Now = machine.GetUtcNow().AddDays(-40);
        var laboratories = await LaboratoriesAsync(story, cancel);
        var coordinator = teller.Act(new Actor(null, story.Pilot, AdministratorDuty.None,
            [new(laboratories[story.Pilot].Id, story.Pilot, laboratories[story.Pilot].Name, OrganisationKind.MetrologyInstitute, Role.PilotCoordinator)]));
        var code = await EnterAsync(story, laboratories, coordinator, cancel);

        teller.Now = teller.Now.AddMinutes(10);
        Storyteller.Done(await teller.Handler<OpenResults>().RunAsync(code, new(), coordinator, cancel), "open");
        db.ChangeTracker.Clear();
        teller.Now = teller.Now.AddDays(1);
        Storyteller.Done(await teller.Handler<Evaluate>().RunAsync(code, new(), coordinator, cancel), "evaluate");
        db.ChangeTracker.Clear();
        Storyteller.Done(await teller.Handler<IssueDraft>().RunAsync(code, new() { Conclusion = story.Conclusion, ConclusionEn = story.ConclusionEn }, coordinator, cancel), "issue the draft");
        teller.Now = machine.GetUtcNow().AddDays(-3);
        var organiser = await teller.AsAsync(Organiser, Role.Organiser, cancel);
        Storyteller.Done(await teller.Handler<PublishReport>().RunAsync(code, new(), organiser, cancel), "publish");
    }

    private async Task<string> EnterAsync(PublishedStory story, Dictionary<string, Organisation> laboratories, Actor coordinator, CancellationToken cancel)
    {
        var (now, year) = (teller.Now, teller.Now.Year);
        var organisations = await db.Organisations.Where(o => o.Code == Organiser || o.Code == Regulator).ToDictionaryAsync(o => o.Code, o => o.Id, cancel);
        var serial = 901 + await db.Comparisons.CountAsync(c => c.DataSource != null, cancel);
        var comparison = new Comparison
        {
            Id = Guid.CreateVersion7(now), Code = $"{year}-O-{serial}", Title = story.Title, TitleEn = story.TitleEn, Level = ComparisonLevel.SelfOrganised, Field = story.Field,
            Purpose = "公开发表的比对数据，按原文录入并重新评价；组织者和批准部门为示例机构，传递标准的前期试验和流转记录不在引用来源之内。",
            PurposeEn = "Published comparison data, entered as printed and evaluated again. Organiser and regulator are examples; the transfer standard's tests and circulation are not part of the cited source.",
            OrganiserId = organisations[Organiser], RegulatorId = organisations[Regulator], PilotId = laboratories[story.Pilot].Id, Quantity = story.Quantity, QuantityEn = story.QuantityEn, Unit = story.Unit,
            Route = RouteKind.Mixed, EnrolmentDue = now, ResultsDue = now, NamesLaboratories = true, DataSource = story.Source, IsDemonstration = true,
            Options = new EvaluationOptions { Method = story.Method, PilotContributes = story.PilotContributes, ExcludeOutliers = false },
        };
        var point = new MeasurementPoint { Id = Guid.CreateVersion7(now), Ordinal = 1, Label = story.Point, LabelEn = story.PointEn, NominalText = story.Nominal, Nominal = double.Parse(story.Nominal, CultureInfo.InvariantCulture) };
        comparison.Points.Add(point);
        comparison.TransferStandards.Add(new() { Id = Guid.CreateVersion7(now), Ordinal = 1, Name = story.Standard, NameEn = story.StandardEn });
        foreach (var result in story.Results)
            Report(comparison, result, laboratories[result.Laboratory], result.Laboratory == story.Pilot, now);
        db.Comparisons.Add(comparison);
        foreach (var (step, action) in Way.Index())
            db.ComparisonEvents.Add(comparison.Move(action, coordinator, now.AddMinutes(step), action == "propose" ? story.Source : null));
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        return comparison.Code;
    }

    private static void Report(Comparison comparison, StoryResult result, Organisation laboratory, bool isPilot, DateTimeOffset now)
    {
        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
        var participant = new Participant
        {
            Id = Guid.CreateVersion7(now), OrganisationId = laboratory.Id, IsPilot = isPilot, LaboratoryCode = result.Laboratory, State = ParticipantState.Confirmed, AppliedAt = now, AppliedBy = null, DecidedAt = now,
        };
        comparison.Participants.Add(participant);
        var salt = RandomNumberGenerator.GetBytes(Commitment.SaltLength);
        participant.Submissions.Add(Compose(Commitment.Of(salt, Commitment.ContentOf(comparison, participant, Compose("")))));

        Submission Compose(string commitment) => new()
        {
            Id = Guid.CreateVersion7(now), Version = 1, SubmittedBy = null, SubmittedAt = now, Channel = "import", Salt = salt, Commitment = commitment,
            Results =
            {
                new()
                {
                    Id = Guid.CreateVersion7(now), PointId = comparison.Points[0].Id, ValueText = result.Value, Value = Number(result.Value), UncertaintyText = result.Uncertainty, ExpandedUncertainty = Number(result.Uncertainty),
                    CoverageFactor = Number(result.CoverageFactor), DegreesOfFreedom = result.DegreesOfFreedom is { } nu ? Number(nu) : null, StandardUncertainty = Number(result.Uncertainty) / Number(result.CoverageFactor),
                },
            },
        };
    }

    private async Task<Dictionary<string, Organisation>> LaboratoriesAsync(PublishedStory story, CancellationToken cancel)
    {
        var codes = story.Results.Select(r => r.Laboratory).ToArray();
        var found = await db.Organisations.Where(o => codes.Contains(o.Code)).ToDictionaryAsync(o => o.Code, cancel);
        foreach (var code in codes.Where(c => !found.ContainsKey(c)))
        {
            var (name, nameEn) = PublishedStories.Laboratories[code];
            db.Organisations.Add(found[code] = new()
            {
                Id = Guid.CreateVersion7(teller.Now), Code = code, Name = name, NameEn = nameEn, Kind = OrganisationKind.MetrologyInstitute, Region = code == "NIM" ? "110000" : "foreign", IsDemonstration = true, RegisteredAt = teller.Now,
            });
        }
        await db.SaveChangesAsync(cancel);
        return found;
    }
}
