using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>The paging of every list in the API: <c>?page=1&amp;size=50</c>, at most 200; <c>X-Total-Count</c> and <c>Link</c> in the answer.</summary>
public static class Paging
{
    public const int DefaultSize = 50;
    public const int MaxSize = 200;

    /// <summary>Answers with one page of an ordered query, as the request's <c>page</c> and <c>size</c> say.</summary>
    public static async Task<IResult> ToPageAsync<T>(this IQueryable<T> query, HttpContext http, Texts texts, CancellationToken cancel = default)
    {
        if (Read(http.Request) is not { } paging)
            return ProblemResults.Problem(texts, StatusCodes.Status400BadRequest, new Refusal("paging", "page", MaxSize));
        var total = await query.CountAsync(cancel);
        Announce(http, paging.Page, paging.Size, total);
        return Results.Ok(await query.Skip((paging.Page - 1) * paging.Size).Take(paging.Size).ToListAsync(cancel));
    }

    /// <summary>The same for a list that is at hand.</summary>
    public static IResult ToPage<T>(this IReadOnlyCollection<T> all, HttpContext http, Texts texts)
    {
        if (Read(http.Request) is not { } paging)
            return ProblemResults.Problem(texts, StatusCodes.Status400BadRequest, new Refusal("paging", "page", MaxSize));
        Announce(http, paging.Page, paging.Size, all.Count);
        return Results.Ok(all.Skip((paging.Page - 1) * paging.Size).Take(paging.Size));
    }

    private static (int Page, int Size)? Read(HttpRequest request)
    {
        var (page, size) = (1, DefaultSize);
        var query = request.Query;
        var good = (!query.TryGetValue("page", out var p) || (int.TryParse(p, out page) && page is >= 1 and <= 1_000_000))
            && (!query.TryGetValue("size", out var s) || (int.TryParse(s, out size) && size is >= 1 and <= MaxSize));
        return good ? (page, size) : null;
    }

    private static void Announce(HttpContext http, int page, int size, int total)
    {
        var pages = Math.Max(1, (total + size - 1) / size);
        http.Response.Headers["X-Total-Count"] = total.ToString();
        var links = new List<string> { Link(http.Request, 1, "first"), Link(http.Request, pages, "last") };
        if (page > 1)
            links.Add(Link(http.Request, page - 1, "prev"));
        if (page < pages)
            links.Add(Link(http.Request, page + 1, "next"));
        http.Response.Headers.Link = string.Join(", ", links);
    }

    private static string Link(HttpRequest request, int page, string relation)
    {
        var query = request.Query.Where(q => q.Key != "page").SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value)).Append(KeyValuePair.Create("page", (string?)page.ToString()));
        return $"<{QueryHelpers.AddQueryString(request.Path, query)}>; rel=\"{relation}\"";
    }
}
