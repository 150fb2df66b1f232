using Plumbline.Comparisons;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

/// <summary>A comparison on its way: pilot laboratory and LAB1 … LAB3 confirmed, one transfer standard in a ring, results due on 31 December 2026.</summary>
internal sealed class Circulating
{
    private Circulating(TestDatabase database, Cast cast, string code) => (Database, Cast, Code) = (database, cast, code);

    public TestDatabase Database { get; }
    public Cast Cast { get; }
    public string Code { get; }
    public Actor Pilot => Cast.Pilot;
    public static DateTimeOffset AfterDeadline { get; } = new(2027, 1, 1, 8, 0, 0, TimeSpan.FromHours(8));

    public static async Task<Circulating> StartAsync(TestDatabase database, int standards = 1, Func<ComparisonDraft, ComparisonDraft>? change = null)
    {
        var cast = await Cast.CreateAsync(database);
        var draft = cast.Draft();
        if (standards > 1)
            draft = draft with { Route = nameof(RouteKind.Star), TransferStandards = [.. Enumerable.Range(1, standards).Select(i => new DraftStandard { Name = $"固态电压标准{i}", Model = "732", Traceability = "国家直流电压基准", Items = "1" })] };
        draft = change?.Invoke(draft) ?? draft;
        var stage = new Circulating(database, cast, await cast.PreparingAsync(draft));
        await stage.ChangeAsync(comparison => stage.SetOut(comparison));
        return stage;
    }

    public async Task ChangeAsync(Func<Comparison, IEnumerable<ComparisonEvent>> change)
    {
        await using var db = Database.Open();
        var comparison = (await db.FindComparisonAsync(Code))!;
        db.ComparisonEvents.AddRange(change(comparison));
        await db.SaveChangesAsync();
    }

    public Task MoveAsync(params string[] actions) => ChangeAsync(c => [.. actions.Select(a => c.Move(a, Actor.System, Database.Clock.GetUtcNow()))]);

    public Task<Comparison> LoadAsync() => Cast.LoadAsync(Code);

    /// <summary>A complete, faultless package: both points.</summary>
    public static SubmitResultRequest Package(string first = "1.0001", string second = "10.0002") => new()
    {
        Points = [Point("1", first), Point("2", second)], Method = "直接比较", Conditions = "(20.0 ± 0.2) °C", Instrument = "3458A", InstrumentTraceability = "证书 2025-0007",
    };

    public static ReportedPoint Point(string point, string value) => new() { Point = point, Value = value, Unit = "V", Uncertainty = "0.0002", CoverageFactor = "2", MeasuredOn = "2026-03-01" };

    public async Task<Outcome<SubmissionReceipt>> SubmitAsync(Actor actor, SubmitResultRequest? package = null)
    {
        await using var scope = Database.As(actor);
        return await scope.Get<SubmitResult>().RunAsync(Code, package ?? Package(), actor, "api");
    }

    /// <summary>Pilot laboratory and the laboratories of these numbers hand in.</summary>
    public async Task ReceiveAsync(params int[] laboratories)
    {
        Cast.Accept(await SubmitAsync(Pilot));
        foreach (var number in laboratories)
            Cast.Accept(await SubmitAsync(Cast.Laboratories[number - 1], Package($"1.000{number}", $"10.000{number}")));
    }

    private IEnumerable<ComparisonEvent> SetOut(Comparison comparison)
    {
        var now = Database.Clock.GetUtcNow();
        comparison.PilotParticipant!.LaboratoryCode = "P";
        comparison.Participants.AddRange(Enumerable.Range(1, 3).Select(i => new Participant
        {
            Id = Guid.CreateVersion7(), OrganisationId = Cast[$"LAB{i}"], State = ParticipantState.Confirmed, LaboratoryCode = $"L0{i}", AppliedAt = now.AddMinutes(i), AppliedBy = null,
        }));
        var laboratories = comparison.Participants.Where(p => !p.IsPilot).ToArray();
        foreach (var (standard, index) in comparison.TransferStandards.Select((s, i) => (s, i)))
        {
            Participant[] stays = comparison.TransferStandards.Count == 1 ? [comparison.PilotParticipant!, .. laboratories, comparison.PilotParticipant!] : [comparison.PilotParticipant!, laboratories[index], comparison.PilotParticipant!];
            comparison.Legs.AddRange(stays.Select((p, i) => new Leg
            {
                Id = Guid.CreateVersion7(), TransferStandardId = standard.Id, ParticipantId = p.Id, Ordinal = i + 1, PlannedArrival = new DateOnly(2026, 3, 1).AddDays(14 * i), PlannedDeparture = new DateOnly(2026, 3, 10).AddDays(14 * i),
            }));
        }
        return [comparison.Move("open-enrolment", Actor.System, now), comparison.Move("start-circulation", Actor.System, now)];
    }
}
