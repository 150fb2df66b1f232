using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>An organisation and, unless somebody signed in asks, its first person.</summary>
internal sealed record RegistrationRequest
{
    public OrganisationDetails Organisation { get; set => field = value ?? new(); } = new();
    public string? PersonName { get; set; }
    public string? PersonEmail { get; set; }
    public string? Password { get; set; }
    public string? Repeated { get; set; }
}

/// <summary>机构注册: enters an organisation as pending until its regulator approves it. Whether an account exists is told to its owner by mail and to nobody else.</summary>
internal sealed class RegisterOrganisation(PlumblineDb db, UserManager<Person> people, Notices notices, Rules rules, Actor actor, TimeProvider clock)
{
    public async Task<Outcome<Done>> RunAsync(RegistrationRequest request, CancellationToken cancel = default)
    {
        var regions = new RegionTree(await db.Regions.AsNoTracking().ToListAsync(cancel));
        var refusals = Refusals(request, regions, await AccessRules.ReadAsync(rules, cancel)).ToList();
        refusals.AddRange(await TakenAsync(request.Organisation, cancel));
        if (refusals.Count > 0)
            return refusals;

        var now = clock.GetUtcNow();
        if (!actor.IsSignedIn && await people.FindByNameAsync(request.PersonEmail!.Trim()) is { } owner)
        {
            notices.Add(owner.Id, "registration-account-exists", "/sign-in?returnUrl=/organisations/register", request.Organisation.Name!.Trim());
            await db.SaveChangesAsync(cancel);
            return Done.It;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var organisation = request.Organisation.ToOrganisation(OrganisationState.Pending, now);
        var person = actor.PersonId ?? await CreatePersonAsync(request, now);
        db.Organisations.Add(organisation);
        db.Memberships.Add(new Membership { Id = Guid.CreateVersion7(now), PersonId = person, OrganisationId = organisation.Id, Role = Role.Manager, Since = now });
        notices.Add(person, "registration-received", null, new Bilingual(organisation.Name, organisation.NameEn));
        if ((await db.RegulatorOfAsync(organisation, cancel))?.Id is { } regulator)
            await notices.AddToRole(regulator, [Role.RegulatorOfficer], "registration-to-decide", "/organisations/pending", new Bilingual(organisation.Name, organisation.NameEn));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Done.It;
    }

    private IEnumerable<Refusal> Refusals(RegistrationRequest request, RegionTree regions, AccessRules limits)
    {
        foreach (var refusal in request.Organisation.Refusals(regions))
            yield return refusal with { Field = $"Organisation.{refusal.Field}" };
        if (actor.Duty != AdministratorDuty.None)
            yield return new("duty-excludes-roles", null, actor.Duty);
        if (actor.IsSignedIn)
            yield break;
        foreach (var refusal in PersonRules.NameRefusals(request.PersonName, "PersonName").Concat(PersonRules.EmailRefusals(request.PersonEmail, "PersonEmail"))
            .Concat(PasswordRules.Refusals(request.Password, request.Repeated ?? "", request.PersonName ?? "", request.PersonEmail ?? "", limits)))
            yield return refusal;
    }

    private async Task<List<Refusal>> TakenAsync(OrganisationDetails details, CancellationToken cancel)
    {
        var (code, credit) = (details.Code?.Trim().ToUpperInvariant() ?? "", details.CreditCodeValue);
        var taken = new List<Refusal>();
        if (await db.Organisations.AnyAsync(o => o.Code.ToUpper() == code, cancel))
            taken.Add(new("organisation-code-taken", "Organisation.Code", details.Code));
        if (credit is not null && await db.Organisations.AnyAsync(o => o.CreditCode == credit, cancel))
            taken.Add(new("credit-code-taken", "Organisation.CreditCode"));
        return taken;
    }

    private async Task<Guid> CreatePersonAsync(RegistrationRequest request, DateTimeOffset now)
    {
        var email = request.PersonEmail!.Trim();
        var person = new Person { Id = Guid.CreateVersion7(now), Name = request.PersonName!.Trim(), Email = email, UserName = email, Language = Texts.IsEnglish ? "en" : "zh", CreatedAt = now, PasswordChangedAt = now };
        var result = await people.CreateAsync(person, request.Password!);
        return result.Succeeded ? person.Id : throw new InvalidOperationException($"The account passed our rules but not Identity's: {string.Join("; ", result.Errors.Select(e => e.Code))}");
    }

}
