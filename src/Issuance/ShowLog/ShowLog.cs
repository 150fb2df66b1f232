using Microsoft.AspNetCore.Http;
using Plumbline.Certificates;
using Plumbline.Interface;

namespace Plumbline.Issuance;

/// <summary>One entry of the log as everybody reads it.</summary>
public sealed record ShownLogEvent(long Index, string Event, string Issuer, DateTimeOffset Time, string? Certificate, string? Kind, string? Reference, string? Reason, string Leaf);

/// <summary>A page of the log, the newest entries first.</summary>
public sealed record LogPageView(string Origin, string Key, long Size, string Root, string Checkpoint, IReadOnlyList<ShownLogEvent> Events, int Page, int Pages);

/// <summary>公开日志: what the log holds, read from its public files like any reader would.</summary>
public sealed class ShowLog(LogHost log)
{
    private const int PageSize = 50;

    public async Task<LogPageView> RunAsync(int page, CancellationToken cancel = default)
    {
        var note = await log.CheckpointAsync(cancel);
        if (note is null)
            return new(log.Key.Name, log.Key.ToString()!, 0, "", "", [], 1, 1);
        var checkpoint = Checkpoint.Parse(note.Text);
        var pages = (int)Math.Max(1, (checkpoint.Size + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, pages);
        var end = checkpoint.Size - (long)(page - 1) * PageSize;
        var start = Math.Max(0, end - PageSize);
        var events = new List<ShownLogEvent>();
        var index = start;
        await foreach (var entry in log.Reader.ReadEntriesAsync(start, checkpoint.Size, cancel))
        {
            if (index >= end)
                break;
            events.Add(Show(index++, entry));
        }
        events.Reverse();
        return new(checkpoint.Origin, log.Key.ToString()!, checkpoint.Size, checkpoint.Root.ToString(), note.ToString(), events, page, pages);
    }

    private static ShownLogEvent Show(long index, ReadOnlyMemory<byte> entry)
    {
        var e = LogEvent.Decode(entry);
        return new(index, LedgerNames.Of(e.Type), e.Issuer, e.Time, e.Id?.ToString(), e.Kind, e.Reference, e.Reason, Convert.ToHexStringLower(MerkleTree.LeafHash(entry.Span).Span));
    }

    internal static async Task<IResult> Get(int? page, ShowLog show, CancellationToken cancel) => Results.Ok(await show.RunAsync(page ?? 1, cancel));
}
