using Microsoft.EntityFrameworkCore;
using Plumbline.Comparisons;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

/// <summary>The organisations and people of a comparison, and the way to bring one to the state a test begins with.</summary>
internal sealed class Cast
{
    private readonly TestDatabase database;
    private readonly Dictionary<string, Organisation> bodies = [];

    private Cast(TestDatabase database) => this.database = database;

    public Actor Organiser { get; private set; } = null!;
    public Actor Regulator { get; private set; } = null!;
    public Actor Pilot { get; private set; } = null!;
    public Actor Stranger { get; private set; } = null!;
    /// <summary>Technical contacts of LAB1 … LAB4.</summary>
    public IReadOnlyList<Actor> Laboratories { get; private set; } = [];

    public Guid this[string code] => bodies[code].Id;

    public static async Task<Cast> CreateAsync(TestDatabase database)
    {
        var cast = new Cast(database);
        await using (var db = database.Open())
        {
            cast.Body(db, "SAMR", "示例市场监管总局", OrganisationKind.NationalRegulator);
            cast.Body(db, "ORG", "示例计量协会", OrganisationKind.Society);
            cast.Body(db, "PILOT", "示例计量院", OrganisationKind.MetrologyInstitute);
            for (var i = 1; i <= 4; i++)
                cast.Body(db, $"LAB{i}", $"示例实验室{i}", OrganisationKind.LegalVerificationInstitution);
            await db.SaveChangesAsync();
            cast.Organiser = await cast.PersonAsync(db, "组织者", "ORG", Role.Organiser);
            cast.Regulator = await cast.PersonAsync(db, "监管", "SAMR", Role.RegulatorOfficer);
            cast.Pilot = await cast.PersonAsync(db, "主导", "PILOT", Role.PilotCoordinator);
            cast.Laboratories = [await cast.LaboratoryAsync(db, 1), await cast.LaboratoryAsync(db, 2), await cast.LaboratoryAsync(db, 3), await cast.LaboratoryAsync(db, 4)];
            cast.Stranger = await cast.PersonAsync(db, "旁人", "LAB4", Role.Expert);
        }
        return cast;
    }

    /// <summary>A complete draft: two points, one transfer standard.</summary>
    public ComparisonDraft Draft() => ComparisonDraft.Blank(new(new DateOnly(2026, 3, 2))) with
    {
        Title = "直流电压比对", TitleEn = "Direct voltage", Field = nameof(MeasurementField.Electromagnetic), Pilot = "PILOT", Regulator = "SAMR", Purpose = "考察直流电压量值的一致性",
        Quantity = "直流电压", QuantityEn = "Direct voltage", Unit = "V", Mandatory = true, EnrolmentDue = "2026-05-31", ResultsDue = "2026-12-31",
        Points = [new() { Nominal = "1.000", TargetUncertainty = "0.001", LowerLimit = "0.9", UpperLimit = "1.1" }, new() { Nominal = "10.000", TargetUncertainty = "0.01" }],
        TransferStandards = [new() { Name = "固态电压标准", Model = "732", Traceability = "国家直流电压基准", Items = "1" }],
    };

    public async Task<string> DraftAsync(ComparisonDraft? draft = null)
    {
        await using var scope = database.As(Organiser);
        return Accept(await scope.Get<DraftComparison>().RunAsync(null, draft ?? Draft(), Organiser, default)).Code;
    }

    public async Task<MoveReceipt> MoveAsync(string code, string action, Actor actor, MoveRequest? request = null) =>
        Accept(await TryMoveAsync(code, action, actor, request));

    public async Task<Outcome<MoveReceipt>> TryMoveAsync(string code, string action, Actor actor, MoveRequest? request = null)
    {
        await using var scope = database.As(actor);
        return await scope.Get<MoveComparison>().RunAsync(code, action, request ?? new(), actor, default);
    }

    /// <summary>A comparison that its pilot laboratory has taken on.</summary>
    public async Task<string> PreparingAsync(ComparisonDraft? draft = null)
    {
        var code = await DraftAsync(draft);
        await MoveAsync(code, "propose", Organiser);
        await MoveAsync(code, "approve", Regulator);
        await MoveAsync(code, "accept", Pilot, new() { DutiesConfirmed = true });
        return code;
    }

    /// <summary>A comparison open for enrolment, its transfer standards tested.</summary>
    public async Task<string> EnrollingAsync(ComparisonDraft? draft = null)
    {
        var code = await PreparingAsync(draft);
        await PassTestsAsync(code);
        await MoveAsync(code, "open-enrolment", Pilot);
        return code;
    }

    /// <summary>Records that every preparatory test has passed.</summary>
    public async Task PassTestsAsync(string code)
    {
        await using var scope = database.As(Pilot);
        var comparison = (await scope.Db.FindComparisonAsync(code))!;
        var needed = from standard in comparison.TransferStandards from point in comparison.Points from kind in EnrolmentGate.Needed(standard) select (standard, point, kind);
        scope.Db.PreparationTests.AddRange(needed.Select(n => new PreparationTest
        {
            Id = Guid.CreateVersion7(), ComparisonId = comparison.Id, TransferStandardId = n.standard.Id, PointId = n.point.Id, Kind = n.kind, Data = "{}", Result = "{}", Passed = true,
            StandardUncertainty = 0, EnteredBy = Pilot.Name, EnteredAt = database.Clock.Now,
        }));
        await scope.Db.SaveChangesAsync();
    }

    public async Task<Outcome<EnrolReceipt>> EnrolAsync(string code, Actor actor, EnrolRequest? request = null)
    {
        await using var scope = database.As(actor);
        return await scope.Get<Enrol>().RunAsync(code, request ?? new() { Standard = "直流电压标准装置", Certificate = "[2020]国量标示例证字第001号", ContactName = actor.Name, ContactTelephone = "010-00000000" }, actor, default);
    }

    public async Task<Outcome<EnrolReceipt>> DecideAsync(string code, Guid participant, string decision, Actor actor, string? reason = null)
    {
        await using var scope = database.As(actor);
        return await scope.Get<Enrol>().DecideAsync(code, participant, new() { Decision = decision, Reason = reason }, actor, default);
    }

    public async Task<Comparison> LoadAsync(string code)
    {
        await using var db = database.Open();
        return (await db.FindComparisonAsync(code))!;
    }

    public static T Accept<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.Accepted, string.Join(", ", outcome.Refusals.Select(r => $"{r.Code}({r.Field})")));
        return outcome.Value!;
    }

    public static void Refuse<T>(Outcome<T> outcome, params string[] codes)
    {
        Assert.Equal(OutcomeKind.Refused, outcome.Kind);
        Assert.Equal(codes.Order(), outcome.Refusals.Select(r => r.Code).Order());
    }

    private void Body(PlumblineDb db, string code, string name, OrganisationKind kind)
    {
        var body = new Organisation { Id = Guid.CreateVersion7(), Code = code, Name = name, Kind = kind, Region = "000000", RegisteredAt = database.Clock.Now };
        bodies[code] = body;
        db.Organisations.Add(body);
    }

    private Task<Actor> LaboratoryAsync(PlumblineDb db, int number) => PersonAsync(db, $"实验员{number}", $"LAB{number}", Role.TechnicalContact);

    private async Task<Actor> PersonAsync(PlumblineDb db, string name, string body, params Role[] roles)
    {
        var organisation = bodies[body];
        var person = new Person { Id = Guid.CreateVersion7(), Name = name, UserName = $"{Guid.NewGuid():N}@example.org", CreatedAt = database.Clock.Now };
        person.Memberships.AddRange(roles.Select(r => new Membership { Id = Guid.CreateVersion7(), PersonId = person.Id, OrganisationId = organisation.Id, Role = r, Since = database.Clock.Now }));
        db.People.Add(person);
        await db.SaveChangesAsync();
        return new(person.Id, name, AdministratorDuty.None, [.. roles.Select(r => new ActorRole(organisation.Id, organisation.Code, organisation.Name, organisation.Kind, r))]);
    }
}
