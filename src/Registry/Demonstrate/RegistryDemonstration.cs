using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Plumbline.Database;

namespace Plumbline.Registry;

/// <summary>Plainly fictitious organisations and one account for each role, for trying the platform on one's own machine. Never outside Development.</summary>
public static class RegistryDemonstration
{
    public const string Setting = "Plumbline:Demonstration";

    /// <summary>Whether the demonstration is asked for. Throws where it must not be.</summary>
    public static bool IsOn(IConfiguration settings, IHostEnvironment environment)
    {
        if (!settings.GetValue(Setting, false))
            return false;
        return environment.IsDevelopment() ? true : throw new InvalidOperationException(
            $"{Setting} is set, but the environment is {environment.EnvironmentName}: demonstration accounts have a published password and exist in Development only. Unset it, or set ASPNETCORE_ENVIRONMENT=Development on your own machine.");
    }

    /// <summary>Enters regions, organisations and accounts once; a second call changes nothing.</summary>
    public static async Task SeedAsync(PlumblineDb db, TimeProvider clock, CancellationToken cancel = default)
    {
        if (await db.Organisations.AnyAsync(o => o.Code == DemonstrationAccounts.Bodies[0].Code, cancel))
            return;
        var now = clock.GetUtcNow();
        db.Regions.AddRange(
            new Region { Code = DemonstrationAccounts.Province, Parent = RegionTree.Country, Name = "示例省", NameEn = "Example Province", ShortName = "示", Type = "example", Source = "own" },
            new Region { Code = DemonstrationAccounts.City, Parent = DemonstrationAccounts.Province, Name = "示例市", NameEn = "Example City", ShortName = "示例", Type = "example", Source = "own" });
        var organisations = DemonstrationAccounts.Bodies.Select((body, index) => Enter(body, index + 1, now)).ToDictionary(o => o.Code);
        db.Organisations.AddRange(organisations.Values);
        var hash = new PasswordHasher<Person>().HashPassword(new Person { Name = "", CreatedAt = now }, DemonstrationAccounts.Password);
        foreach (var account in DemonstrationAccounts.All)
        {
            var person = Enter(account, hash, now);
            db.People.Add(person);
            foreach (var role in account.Roles)
                db.Memberships.Add(new Membership { Id = Guid.CreateVersion7(now), PersonId = person.Id, OrganisationId = organisations[account.Organisation!].Id, Role = role, Since = now });
        }
        await db.SaveChangesAsync(cancel);
    }

    private static Organisation Enter(DemonstrationAccounts.Body body, int number, DateTimeOffset now)
    {
        var first17 = $"{(body.Kind is OrganisationKind.Maker ? "91" : "12")}{DemonstrationAccounts.Province}DEM{number:D6}";
        return new()
        {
            Id = Guid.CreateVersion7(now), Code = body.Code, Name = body.Name, NameEn = body.NameEn, Kind = body.Kind, Region = body.Region, CreditCode = first17 + CreditCode.CheckCharacter(first17),
            Address = $"示例市示例路 {number} 号", ContactName = "示例联系人", Telephone = "010-00000000", Email = $"{body.Code.ToLowerInvariant()}@demo.example", IsDemonstration = true, RegisteredAt = now,
        };
    }

    private static Person Enter(DemonstrationAccount account, string hash, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), Name = account.Name, Email = account.Email, UserName = account.Email, NormalizedEmail = account.Email.ToUpperInvariant(), NormalizedUserName = account.Email.ToUpperInvariant(),
        EmailConfirmed = true, PasswordHash = hash, PasswordChangedAt = now, SecurityStamp = Guid.NewGuid().ToString("N"), LockoutEnabled = true, Duty = account.Duty, IsDemonstration = true, CreatedAt = now,
    };
}
