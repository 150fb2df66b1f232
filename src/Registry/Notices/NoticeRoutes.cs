using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

internal sealed record NoticeView(Guid Id, string Subject, string Text, string? Link, DateTimeOffset At, DateTimeOffset? ReadAt);

internal static class NoticeRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/notices/{id:guid}", OpenAsync).RequireAuthorization(Access.SignedIn).ExcludeFromDescription();
        routes.MapGet("/api/notices", ListAsync).RequireAuthorization(Access.SignedIn).WithTags("Notices").Produces<NoticeView[]>().WithSummary("Your notices, newest first");
    }

    /// <summary>Marks the notice as read and goes where it leads.</summary>
    private static async Task<IResult> OpenAsync(Guid id, PlumblineDb db, Actor actor, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Notices.FirstOrDefaultAsync(n => n.Id == id && n.PersonId == actor.PersonId, cancel) is not { } notice)
            return Results.NotFound();
        notice.ReadAt ??= clock.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        return Results.LocalRedirect(LocalAddress.Or(notice.Link, "/notices"));
    }

    private static async Task<IResult> ListAsync(PlumblineDb db, Actor actor, HttpContext http, Texts texts, CancellationToken cancel)
    {
        var notices = await db.Notices.AsNoTracking().Where(n => n.PersonId == actor.PersonId).OrderByDescending(n => n.At).ThenByDescending(n => n.Id).ToListAsync(cancel);
        return notices.ConvertAll(n => (Notice: n, Arguments: NoticeArguments.Unpack(n.Arguments, texts)))
            .ConvertAll(n => new NoticeView(n.Notice.Id, texts[$"mail.{n.Notice.Key}.subject", n.Arguments], texts[$"mail.{n.Notice.Key}.body", n.Arguments], n.Notice.Link, n.Notice.At, n.Notice.ReadAt))
            .ToPage(http, texts);
    }
}
