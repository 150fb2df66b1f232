using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>Runs a request with an <c>Idempotency-Key</c> once: what it changes and what it was answered are kept in one transaction.</summary>
internal sealed class Idempotency(RequestDelegate next)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";
    private readonly ConcurrentDictionary<(Guid, string), byte> running = new();

    public async Task InvokeAsync(HttpContext http, ActorContext actors, PlumblineDb db, Texts texts, TimeProvider clock)
    {
        var key = http.Request.Headers[Header].ToString();
        if (key.Length == 0 || http.GetEndpoint() is not { } endpoint || !ApiRoutes.IsIdempotent(endpoint) || actors.Actor.PersonId is not { } person)
        {
            await next(http);
            return;
        }
        if (key.Length > 100 || key.Any(c => c is < '!' or > '~'))
        {
            await ProblemResults.Problem(texts, StatusCodes.Status400BadRequest, new Refusal("idempotency-key", Header)).ExecuteAsync(http);
            return;
        }
        if (!running.TryAdd((person, key), 0))
        {
            await ProblemResults.Problem(texts, StatusCodes.Status409Conflict, new Refusal("idempotency-running", Header)).ExecuteAsync(http);
            return;
        }
        try
        {
            await RunAsync(http, db, texts, person, key, clock.GetUtcNow());
        }
        finally
        {
            running.TryRemove((person, key), out _);
        }
    }

    private async Task RunAsync(HttpContext http, PlumblineDb db, Texts texts, Guid person, string key, DateTimeOffset now)
    {
        var hash = await HashAsync(http.Request);
        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        // Another server may be at the same request; SQLite lets one writer in at a time anyway.
        if (db.IsPostgres && !await LockAsync(db, person, key))
        {
            await ProblemResults.Problem(texts, StatusCodes.Status409Conflict, new Refusal("idempotency-running", Header)).ExecuteAsync(http);
            return;
        }
        if (await db.Set<RequestKey>().AsNoTracking().FirstOrDefaultAsync(r => r.PersonId == person && r.Key == key, http.RequestAborted) is { } known)
        {
            await ReplayAsync(http, texts, known, hash);
            return;
        }
        var answer = await CaptureAsync(http);
        if (http.Response.StatusCode is >= 200 and < 300)
        {
            var (status, location, type, at) = (http.Response.StatusCode, http.Response.Headers.Location.ToString(), http.Response.ContentType ?? "", now.UtcDateTime);
            // By hand, not through the change tracker: what a handler left there unsaved stays unsaved.
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO request_key ("PersonId", "Key", "RequestHash", "StartedAt", "Status", "Location", "ContentType", "Body")
                VALUES ({person}, {key}, {hash}, {at}, {status}, {location}, {type}, {answer})
                """, CancellationToken.None);
        }
        await transaction.CommitAsync(CancellationToken.None);
        await http.Response.Body.WriteAsync(answer, http.RequestAborted);
    }

    /// <summary>Runs the route and holds its answer back until what it changed is kept.</summary>
    private async Task<byte[]> CaptureAsync(HttpContext http)
    {
        var body = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        try
        {
            await next(http);
            await http.Response.BodyWriter.FlushAsync();
        }
        finally
        {
            http.Response.Body = body;
        }
        return answer.ToArray();
    }

    private static async Task ReplayAsync(HttpContext http, Texts texts, RequestKey known, string hash)
    {
        if (known.RequestHash != hash)
        {
            await ProblemResults.Problem(texts, StatusCodes.Status422UnprocessableEntity, new Refusal("idempotency-mismatch", Header)).ExecuteAsync(http);
            return;
        }
        http.Response.StatusCode = known.Status!.Value;
        http.Response.Headers[ReplayedHeader] = "true";
        if (known.Location is { Length: > 0 } location)
            http.Response.Headers.Location = location;
        if (known.ContentType is { Length: > 0 } type)
            http.Response.ContentType = type;
        if (known.Body is { Length: > 0 } body)
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static async Task<bool> LockAsync(PlumblineDb db, Guid person, string key)
    {
        var number = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{person} {key}")));
        return (await db.Database.SqlQuery<bool>($"""SELECT pg_try_advisory_xact_lock({number}) AS "Value" """).ToListAsync())[0];
    }

    private static async Task<string> HashAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{request.ContentType}\n"));
        var buffer = new byte[81920];
        int read;
        while ((read = await request.Body.ReadAsync(buffer)) > 0)
            hash.AppendData(buffer, 0, read);
        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

internal sealed class RequestKeyModel : IModelPart
{
    public void Configure(ModelBuilder model) => model.Entity<RequestKey>(key =>
    {
        key.ToTable("request_key").AuditIgnored();
        key.HasKey(k => new { k.PersonId, k.Key });
        key.Property(k => k.Key).HasMaxLength(100);
        key.Property(k => k.RequestHash).HasMaxLength(64);
        key.HasIndex(k => k.StartedAt);
    });
}
