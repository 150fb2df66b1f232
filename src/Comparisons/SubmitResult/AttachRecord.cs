using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

internal sealed record AttachedRecord(Guid Id, string Name, string Sha256);

/// <summary>Takes raw records and certificates that a laboratory attaches to its package; sealed like the package itself.</summary>
public sealed class AttachRecord(PlumblineDb db, Files files)
{
    public const string Purpose = "comparison.submission";

    /// <summary>Adds the files to the unit of work that will save the package.</summary>
    internal async Task<(List<Guid> Ids, List<Refusal> Refusals)> StoreAsync(Participant participant, IReadOnlyList<IFormFile>? uploads, CancellationToken cancel)
    {
        var (ids, refusals) = (new List<Guid>(), new List<Refusal>());
        foreach (var upload in (uploads ?? []).Where(u => u.Length > 0))
        {
            var stored = await files.StoreAsync(upload.OpenReadStream(), upload.FileName, upload.ContentType, Purpose, participant.Id, field: "Attachments", cancel: cancel);
            if (stored.Accepted)
                ids.Add(stored.Value!.Id);
            else
                refusals.AddRange(stored.Refusals);
        }
        return (ids, refusals);
    }

    /// <summary>A file by itself, before the package that will name it.</summary>
    internal async Task<Outcome<AttachedRecord>> RunAsync(string code, string? laboratory, Stream content, string name, string? type, Actor actor, CancellationToken cancel)
    {
        var comparison = await db.FindComparisonAsync(code, cancel);
        if (comparison is null || !actor.MaySee(comparison))
            return OutcomeKind.NotFound;
        var own = actor.ParticipationsOf(comparison).ToArray();
        var participant = own.Length == 1 ? own[0] : own.FirstOrDefault(p => p.LaboratoryCode == laboratory);
        if (participant is null)
            return own.Length == 0 ? OutcomeKind.Forbidden : new Refusal("results-laboratory-missing", "laboratory", string.Join("、", own.Select(p => p.LaboratoryCode)));
        var stored = await files.StoreAsync(content, name, type, Purpose, participant.Id, cancel: cancel);
        if (!stored.Accepted)
            return stored.Refusals.ToArray();
        await db.SaveChangesAsync(cancel);
        return new AttachedRecord(stored.Value!.Id, stored.Value.Name, stored.Value.Sha256);
    }

    internal static async Task<IResult> Post(string code, HttpRequest http, AttachRecord handler, Actor actor, Texts texts, CancellationToken cancel)
    {
        var name = http.Headers["X-File-Name"].ToString() is { Length: > 0 } given ? Uri.UnescapeDataString(given) : http.Query["name"].ToString();
        return (await handler.RunAsync(code, http.Query["laboratory"], http.Body, name, http.ContentType, actor, cancel)).ToHttp(texts, stored => Results.Created(new Uri($"/files/{stored.Id}", UriKind.Relative), stored));
    }
}

/// <summary>Attached records are read by the laboratory itself, and by the pilot laboratory once the results are opened; never by the public.</summary>
internal sealed class SubmissionFileAccess(PlumblineDb db) : IFileAccess
{
    public string Purpose => AttachRecord.Purpose;

    public async ValueTask<bool> MayReadAsync(StoredFile file, Actor actor, CancellationToken cancel)
    {
        var comparison = await db.Comparisons.AsNoTracking().Include(c => c.Participants).SingleOrDefaultAsync(c => c.Participants.Any(p => p.Id == file.OwnerId), cancel);
        var owner = comparison?.Participants.Single(p => p.Id == file.OwnerId);
        return owner is not null && (comparison!.State == ComparisonState.Published ? actor.ParticipationsOf(comparison).Contains(owner) || actor.IsPilot(comparison) : actor.MayReadResults(comparison, owner));
    }
}
