using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Issuance;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Issuance;

/// <summary>An institution with its people, its regulator and a customer, and the way to a certificate.</summary>
internal sealed class IssuingCast
{
    private readonly TestDatabase database;
    private int numbers;

    private IssuingCast(TestDatabase database) => this.database = database;

    public Organisation Laboratory { get; private set; } = null!;
    public Organisation Customer { get; private set; } = null!;
    public Actor Signatory { get; private set; } = null!;
    public Actor Manager { get; private set; } = null!;
    public Actor Officer { get; private set; } = null!;
    public Actor Stranger { get; private set; } = null!;
    public Actor CustomerContact { get; private set; } = null!;

    public static async Task<IssuingCast> CreateAsync(TestDatabase database)
    {
        var cast = new IssuingCast(database);
        await using var db = database.Open();
        var regulator = cast.Body(db, "SAMR", "示例市场监管总局", OrganisationKind.NationalRegulator);
        cast.Laboratory = cast.Body(db, "LAB", "示例计量院", OrganisationKind.LegalVerificationInstitution);
        cast.Customer = cast.Body(db, "SHOP", "示例商店", OrganisationKind.Other);
        await db.SaveChangesAsync();
        cast.Signatory = await cast.PersonAsync(db, "签字人", cast.Laboratory, Role.Signatory);
        cast.Manager = await cast.PersonAsync(db, "管理员", cast.Laboratory, Role.Manager);
        cast.Officer = await cast.PersonAsync(db, "经办人", regulator, Role.RegulatorOfficer);
        cast.CustomerContact = await cast.PersonAsync(db, "店主", cast.Customer, Role.Manager);
        cast.Stranger = await cast.PersonAsync(db, "旁人", cast.Customer, Role.Expert) with { Roles = [] };
        return cast;
    }

    /// <summary>An institution that may issue everything a laboratory issues.</summary>
    public static async Task<IssuingCast> ReadyAsync(TestDatabase database)
    {
        var cast = await CreateAsync(database);
        await cast.AuthoriseAsync(DocumentKind.VerificationCertificate, DocumentKind.VerificationNotice, DocumentKind.CalibrationCertificate);
        await cast.KeyAsync();
        return cast;
    }

    public async Task AuthoriseAsync(params DocumentKind[] kinds)
    {
        await using var scope = database.As(Officer);
        Accept(await scope.Get<AuthoriseInstitution>().GrantAsync(Authorisation(kinds), Officer));
    }

    public AuthorisationRequest Authorisation(params DocumentKind[] kinds) =>
        new() { Institution = "LAB", Kinds = [.. kinds.Select(k => k.ToString())], Number = "（示）法计（2026）001号", ValidFrom = "2026-01-01", ValidTo = "2030-12-31" };

    public async Task<KeyReceipt> ProposeAsync(string algorithm = "EcdsaP256", string? replaces = null)
    {
        await using var scope = database.As(Signatory);
        return Accept(await scope.Get<ProposeKey>().RunAsync(Proposal(algorithm) with { Replaces = replaces }, Signatory));
    }

    public KeyProposal Proposal(string algorithm = "EcdsaP256") => new() { Institution = "LAB", Algorithm = algorithm, ValidTo = "2029-03-01" };

    public async Task<KeyReceipt> KeyAsync(string algorithm = "EcdsaP256", string? replaces = null)
    {
        var proposed = await ProposeAsync(algorithm, replaces);
        await using var scope = database.As(Officer);
        return Accept(await scope.Get<ConfirmKey>().RunAsync(new() { Id = proposed.Id, Fingerprint = proposed.Fingerprint }, Officer));
    }

    /// <summary>The plain input of a calibration certificate of a pressure gauge; the dates are the database's today.</summary>
    public CertificateInput Input(string? number = null) => Gauge(EventRules.DayOf(database.Clock.Now), number ?? $"YL2026-{++numbers:0000}", Laboratory, Customer);

    public static CertificateInput Gauge(DateOnly today, string number, Organisation laboratory, Organisation customer) => new()
    {
        Kind = DocumentKind.CalibrationCertificate, Number = number, Laboratory = new(new BilingualText(laboratory.Name, laboratory.NameEn)), LaboratoryCode = "LAB",
        Customer = new(new BilingualText(customer.Name, customer.NameEn)), Begin = today, End = today, Issued = today,
        Items = [new(new BilingualText("精密压力表", "Pressure gauge")) { Model = "YB-150", SerialNumber = "SN-20260007", Manufacturer = "示例仪表有限公司" }],
        Persons = [new("示例甲", PersonRole.Operator), new("示例乙", PersonRole.Checker), new("示例丙", PersonRole.Approver, MainSigner: true)],
        Methods = [new(new BilingualText("弹性元件式精密压力表和真空表检定规程", "Verification regulation for precise pressure gauges"), "JJG 49-2013")],
        Standards = [new(new BilingualText("活塞式压力计", "Pressure balance")) { Model = "YS-60", SerialNumber = "P-1", CertificateNumber = "GB2026-01", Accuracy = "0.02级" }],
        Conditions = [new(new BilingualText("温度", "Temperature"), "20.1", @"\degreecelsius", "basic_temperature"), new(new BilingualText("相对湿度", "Relative humidity"), "45", @"\percent", "basic_humidityRelative")],
        Results =
        [
            new(new BilingualText("示值误差", "Errors of indication"),
            [
                new(new BilingualText("标准值", "Reference value")) { RefType = "basic_referenceValue", Values = ["0.500", "1.000"], Units = [@"\mega\pascal"] },
                new(new BilingualText("示值误差", "Error")) { RefType = "basic_measurementError", Values = ["0.001", "-0.002"], Units = [@"\mega\pascal"], Uncertainty = new() { Expanded = ["0.001"] } },
            ]),
        ],
    };

    public IssueRequest Request(CertificateInput? input = null)
    {
        input ??= Input();
        var xml = DccBuilder.Build(input);
        return DocumentFacts.Read(xml)!.ToRequest(Laboratory.Id, xml, EventRules.DayOf(database.Clock.Now)) with { CustomerId = Customer.Id, WarningsSeen = true };
    }

    public async Task<IssueReceipt> IssueAsync(IssueRequest? request = null)
    {
        await using var scope = database.As(Signatory);
        return Accept(await scope.Get<IssueCertificate>().RunAsync(request ?? Request(), Signatory));
    }

    public static T Accept<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.Accepted, $"{outcome.Kind}: {string.Join("; ", outcome.Refusals.Select(r => $"{r.Code} {r.Field} {string.Join(", ", r.Arguments)}"))}");
        return outcome.Value!;
    }

    private Organisation Body(PlumblineDb db, string code, string name, OrganisationKind kind)
    {
        var organisation = new Organisation { Id = Guid.CreateVersion7(), Code = code, Name = name, NameEn = $"Example {code}", Kind = kind, Region = "000000", RegisteredAt = database.Clock.Now };
        db.Organisations.Add(organisation);
        return organisation;
    }

    private async Task<Actor> PersonAsync(PlumblineDb db, string name, Organisation organisation, Role role)
    {
        var address = $"{Guid.NewGuid():N}@example.org";
        var person = new Person { Id = Guid.CreateVersion7(), Name = name, CreatedAt = database.Clock.Now, UserName = address, NormalizedUserName = address.ToUpperInvariant(), Email = address, NormalizedEmail = address.ToUpperInvariant() };
        db.People.Add(person);
        db.Memberships.Add(new Membership { Id = Guid.CreateVersion7(), PersonId = person.Id, OrganisationId = organisation.Id, Role = role, Since = database.Clock.Now });
        await db.SaveChangesAsync();
        return new Actor(person.Id, name, AdministratorDuty.None, [new ActorRole(organisation.Id, organisation.Code, organisation.Name, organisation.Kind, role, organisation.NameEn)]);
    }
}
