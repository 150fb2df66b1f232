using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>What a manager may change by itself; name, kind, region and credit code were approved and are the system administrator's to change.</summary>
internal sealed record EditRequest
{
    public int Version { get; set; }
    public string? NameEn { get; set; }
    public string? Address { get; set; }
    public string? ContactName { get; set; }
    public string? Telephone { get; set; }
    public string? Email { get; set; }
}

internal sealed class EditOrganisation(PlumblineDb db, Actor actor)
{
    public async Task<Organisation?> FindAsync(string code, CancellationToken cancel = default) =>
        await db.Organisations.SingleOrDefaultAsync(o => o.Code == code, cancel) is { } organisation && actor.Has(Role.Manager, organisation.Id) ? organisation : null;

    public async Task<Outcome<Done>> RunAsync(string code, EditRequest request, CancellationToken cancel = default)
    {
        if (await FindAsync(code, cancel) is not { } organisation)
            return OutcomeKind.Forbidden;
        if (organisation.Version != request.Version)
            return OutcomeKind.Conflict;
        if (!string.IsNullOrWhiteSpace(request.Email) && !PersonRules.IsEmail(request.Email.Trim()))
            return new Refusal("email-form", "Email", request.Email);
        (OrganisationDetails.Of(organisation) with { NameEn = request.NameEn, Address = request.Address, ContactName = request.ContactName, Telephone = request.Telephone, Email = request.Email }).ApplyTo(organisation);
        organisation.Version++;
        await db.SaveChangesAsync(cancel);
        return Done.It;
    }
}
