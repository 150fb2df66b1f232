using Microsoft.EntityFrameworkCore;
using Plumbline.Database;

namespace Plumbline.Registry;

/// <summary>Tells people things. It only adds rows: they are kept, and later sent, if and only if the caller's transaction is.</summary>
public sealed class Notices(PlumblineDb db, TimeProvider clock)
{
    /// <summary>A notice on the site and a letter to the same person. The texts are <c>mail.{key}.subject</c> and <c>mail.{key}.body</c> of the caller's module.</summary>
    /// <param name="personId">Whom to tell.</param>
    /// <param name="key">Key of the texts.</param>
    /// <param name="link">Path of the page where to act, such as <c>/comparisons/K1</c>.</param>
    /// <param name="arguments">What the texts name: text, numbers, dates, instants, enumeration values, <see cref="Bilingual"/>.</param>
    public void Add(Guid personId, string key, string? link, params object?[] arguments)
    {
        var (now, packed) = (clock.GetUtcNow(), NoticeArguments.Pack(arguments));
        db.Notices.Add(new Notice { Id = Guid.CreateVersion7(now), PersonId = personId, Key = key, Arguments = packed, Link = link, At = now });
        db.Mail.Add(new Mail { Id = Guid.CreateVersion7(now), PersonId = personId, Key = key, Arguments = packed, Link = link, CreatedAt = now, DueAt = now });
    }

    /// <summary>The same to everybody who has one of the roles in the organisation, each once.</summary>
    public async Task AddToRoleAsync(Guid organisationId, Role[] roles, string key, string? link, object?[] arguments, CancellationToken cancel = default)
    {
        var memberships = db.Memberships;
        var people = await db.People
            .Where(p => p.DisabledAt == null && memberships.Any(m => m.PersonId == p.Id && m.OrganisationId == organisationId && m.Until == null && roles.Contains(m.Role)))
            .Select(p => p.Id).ToListAsync(cancel);
        foreach (var person in people)
            Add(person, key, link, arguments);
    }

    public Task AddToRole(Guid organisationId, Role[] roles, string key, string? link, params object?[] arguments) =>
        AddToRoleAsync(organisationId, roles, key, link, arguments);

    /// <summary>A letter to somebody who has no account yet, such as an invitation.</summary>
    public void AddMail(string address, string language, string key, string? link, params object?[] arguments)
    {
        var now = clock.GetUtcNow();
        db.Mail.Add(new Mail
        {
            Id = Guid.CreateVersion7(now), To = address, Language = language, Key = key, Arguments = NoticeArguments.Pack(arguments), Link = link, CreatedAt = now, DueAt = now,
        });
    }

    public Task<int> CountUnreadAsync(Guid personId, CancellationToken cancel = default) =>
        db.Notices.CountAsync(n => n.PersonId == personId && n.ReadAt == null, cancel);
}
