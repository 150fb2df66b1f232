using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Registry;

/// <summary>People and organisations that the tests of this folder act as.</summary>
internal static class People
{
    public static async Task<Organisation> AddOrganisationAsync(this TestDatabase database, string code, OrganisationKind kind)
    {
        await using var scope = database.As(Actor.System);
        var organisation = new Organisation { Id = Guid.CreateVersion7(), Code = code, Name = $"示例机构{code}", NameEn = $"Example {code}", Kind = kind, Region = "000000", RegisteredAt = database.Clock.Now };
        scope.Db.Organisations.Add(organisation);
        await scope.Db.SaveChangesAsync();
        return organisation;
    }

    public static async Task<Actor> AddPersonAsync(this TestDatabase database, string name, Organisation? organisation = null, Role role = Role.RegulatorOfficer, AdministratorDuty duty = AdministratorDuty.None, string language = "zh")
    {
        await using var scope = database.As(Actor.System);
        var address = $"{Guid.NewGuid():N}@example.org";
        var person = new Person
        {
            Id = Guid.CreateVersion7(), Name = name, Language = language, Duty = duty, CreatedAt = database.Clock.Now,
            UserName = address, NormalizedUserName = address.ToUpperInvariant(), Email = address, NormalizedEmail = address.ToUpperInvariant(), EmailConfirmed = true,
        };
        scope.Db.People.Add(person);
        if (organisation is not null)
            scope.Db.Memberships.Add(new Membership { Id = Guid.CreateVersion7(), PersonId = person.Id, OrganisationId = organisation.Id, Role = role, Since = database.Clock.Now });
        await scope.Db.SaveChangesAsync();
        return new Actor(person.Id, name, duty, organisation is null ? [] : [new ActorRole(organisation.Id, organisation.Code, organisation.Name, organisation.Kind, role)]);
    }
}
