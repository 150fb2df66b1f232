using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal sealed record AcceptRequest
{
    public string? Name { get; set; }
    public string? Password { get; set; }
    public string? Repeated { get; set; }
}

/// <summary>What the holder of the link sees.</summary>
/// <param name="HasAccount">The address has an account already: its owner signs in first.</param>
internal sealed record InvitationView(Invitation Invitation, Organisation Organisation, bool HasAccount);

/// <summary>接受邀请: makes an account, or adds the roles to the account of the person who is signed in.</summary>
internal sealed class AcceptInvitation(PlumblineDb db, UserManager<Person> people, Actor actor, Rules rules, TimeProvider clock)
{
    public async Task<InvitationView?> FindAsync(string secret, CancellationToken cancel = default)
    {
        var hash = Invitation.HashOf(secret);
        if (await db.Invitations.SingleOrDefaultAsync(i => i.SecretHash == hash, cancel) is not { } invitation || !invitation.IsOpen(clock.GetUtcNow()))
            return null;
        var organisation = await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == invitation.OrganisationId, cancel);
        return organisation.State == OrganisationState.Active ? new(invitation, organisation, await people.FindByNameAsync(invitation.Email) is not null) : null;
    }

    public async Task<Outcome<Done>> RunAsync(string secret, AcceptRequest request, CancellationToken cancel = default)
    {
        if (await FindAsync(secret, cancel) is not { } view)
            return OutcomeKind.NotFound;
        var refusals = (actor.IsSignedIn ? await RefusalsForAsync(view) : view.HasAccount ? [new("sign-in-to-accept")] : NewPersonRefusals(request, view, await AccessRules.ReadAsync(rules, cancel))).ToList();
        if (refusals.Count > 0)
            return refusals;

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var person = actor.PersonId ?? await CreatePersonAsync(view.Invitation.Email, request, now);
        (view.Invitation.AcceptedAt, view.Invitation.AcceptedById, view.Invitation.Version) = (now, person, view.Invitation.Version + 1);
        var held = await db.Memberships.Where(m => m.PersonId == person && m.OrganisationId == view.Organisation.Id && m.Until == null).Select(m => m.Role).ToListAsync(cancel);
        foreach (var role in view.Invitation.Roles.Except(held))
            db.Memberships.Add(new Membership { Id = Guid.CreateVersion7(now), PersonId = person, OrganisationId = view.Organisation.Id, Role = role, Since = now });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The link was used twice at the same moment: one of the two wins.
            return OutcomeKind.Conflict;
        }
        await transaction.CommitAsync(cancel);
        return Done.It;
    }

    private async Task<IEnumerable<Refusal>> RefusalsForAsync(InvitationView view)
    {
        var person = await people.FindByIdAsync(actor.PersonId!.Value.ToString());
        var refusals = RoleRules.Refusals(view.Invitation.Roles, view.Organisation.Kind, actor.Duty);
        return string.Equals(person!.Email, view.Invitation.Email, StringComparison.OrdinalIgnoreCase) ? refusals : refusals.Append(new("invitation-for-another", null, view.Invitation.Email));
    }

    private static IEnumerable<Refusal> NewPersonRefusals(AcceptRequest request, InvitationView view, AccessRules limits) =>
        PersonRules.NameRefusals(request.Name).Concat(PasswordRules.Refusals(request.Password, request.Repeated ?? "", request.Name ?? "", view.Invitation.Email, limits));

    private async Task<Guid> CreatePersonAsync(string email, AcceptRequest request, DateTimeOffset now)
    {
        var person = new Person { Id = Guid.CreateVersion7(now), Name = request.Name!.Trim(), Email = email, UserName = email, Language = Texts.IsEnglish ? "en" : "zh", CreatedAt = now, PasswordChangedAt = now };
        var result = await people.CreateAsync(person, request.Password!);
        return result.Succeeded ? person.Id : throw new InvalidOperationException($"The account passed our rules but not Identity's: {string.Join("; ", result.Errors.Select(e => e.Code))}");
    }
}
