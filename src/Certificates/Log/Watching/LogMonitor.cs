using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plumbline.Certificates;

/// <summary>What a monitor found out in one run.</summary>
/// <param name="Checkpoint">The checkpoint that was followed; null where none could be believed.</param>
/// <param name="NewEntries">Number of entries since the last run.</param>
/// <param name="Alarms">What is wrong; empty where all is well.</param>
public sealed record MonitorReport(Checkpoint? Checkpoint, long NewEntries, IReadOnlyList<Finding> Alarms);

/// <summary>Follows a log from its public files as anybody can: every checkpoint continues the last, the tiles and bundles hold what the root says, and each event fulfils the rules by which it should have been taken in. What it saw stays in a file between runs.</summary>
/// <param name="source">The log's public files.</param>
/// <param name="policy">Which log and witnesses are believed.</param>
/// <param name="trust">Who may sign what; null to look at the tree only.</param>
public sealed class LogMonitor(ILogSource source, LogPolicy policy, IEventTrust? trust)
{
    private const int MostAlarms = 1000;

    private readonly LogReader reader = new(source);
    private readonly List<Finding> alarms = [];
    private readonly EventHistory history = new();
    private readonly TreeEdge edge = new();
    private readonly HashSet<TileId> bad = [];
    private StatusTree statusTree = StatusTree.Empty;

    /// <summary>What the events add up to, after <see cref="RunAsync"/>.</summary>
    public EventHistory History => history;

    /// <summary>Replays the log from its first entry to the present checkpoint.</summary>
    /// <param name="stateFile">Keeps the last checkpoint; null to keep none.</param>
    /// <param name="cancel">Ends the run.</param>
    /// <exception cref="HttpRequestException">The log is not reached.</exception>
    /// <exception cref="IOException">The state cannot be read or kept.</exception>
    public async Task<MonitorReport> RunAsync(string? stateFile, CancellationToken cancel = default)
    {
        var last = stateFile is not null && File.Exists(stateFile) ? Read(stateFile) : null;
        Checkpoint checkpoint;
        SignedNote note;
        try
        {
            note = await reader.ReadCheckpointAsync(cancel);
            checkpoint = policy.Accept(note);
        }
        catch (LogException refused)
        {
            return new(null, 0, [refused.Finding]);
        }
        if (last is not null && !Continues(last, checkpoint))
            return new(checkpoint, 0, alarms);
        var whole = await ReplayAsync(checkpoint, last, cancel);
        if (whole && edge.Root != checkpoint.Root)
            Alarm("log-entries", "checkpoint", edge.Root.ToString(), checkpoint.Root.ToString());
        // After an alarm the last good state stays, so that the next run finds it again.
        if (alarms.Count == 0 && stateFile is not null)
            Keep(stateFile, note);
        return new(checkpoint, checkpoint.Size - (last?.Size ?? 0), alarms);
    }

    /// <summary>A smaller log, or the same size with another root, is another history at once; the rest is seen in the replay.</summary>
    private bool Continues(Checkpoint last, Checkpoint now)
    {
        if (last.Origin != now.Origin || now.Size < last.Size)
            Alarm("monitor-shrunk", "checkpoint", $"{now.Origin} {now.Size}", $"{last.Origin} {last.Size}");
        else if (now.Size == last.Size && now.Root != last.Root)
            Alarm("monitor-fork", "checkpoint", now.Root.ToString(), last.Root.ToString());
        return alarms.Count == 0;
    }

    private async Task<bool> ReplayAsync(Checkpoint checkpoint, Checkpoint? last, CancellationToken cancel)
    {
        var index = 0L;
        try
        {
            CheckLast(last);
            await foreach (var entry in reader.ReadEntriesAsync(0, checkpoint.Size, cancel))
            {
                await TakeAsync(entry, index, checkpoint.Size, cancel);
                index++;
                CheckLast(last);
            }
            foreach (var (tile, content) in edge.Partial().Where(p => p.Tile.Level >= 0))
                await CompareAsync(tile, content, cancel);
            return true;
        }
        catch (LogException broken)
        {
            alarms.Add(broken.Finding with { Path = $"{broken.Finding.Path} ({index})" });
            return false;
        }
    }

    private void CheckLast(Checkpoint? last)
    {
        if (last is not null && edge.Size == last.Size && edge.Root != last.Root)
            Alarm("monitor-fork", $"{last.Size}", edge.Root.ToString(), last.Root.ToString());
    }

    private async ValueTask TakeAsync(ReadOnlyMemory<byte> entry, long index, long size, CancellationToken cancel)
    {
        var leaf = MerkleTree.LeafHash(entry.Span);
        var full = new List<(TileId Tile, byte[] Content)>();
        edge.Append(entry.Span, leaf, (tile, content) => full.Add((tile, content)));
        foreach (var (tile, content) in full.Where(t => t.Tile.Level >= 0))
            await CompareAsync(tile, content, cancel);
        if (trust is not null)
            Judge(entry, leaf, index);
        else
            history.Skip();
    }

    /// <summary>A tile must hold what the entries say, or a proof made from it would not hold.</summary>
    private async ValueTask CompareAsync(TileId tile, byte[] content, CancellationToken cancel)
    {
        var hashes = await reader.ReadTileAsync(tile, cancel);
        if (!hashes.Take(tile.Width).SelectMany(h => h.ToArray()).SequenceEqual(content) && bad.Add(tile))
            Alarm("monitor-tile", tile.Path);
    }

    private void Judge(ReadOnlyMemory<byte> entry, Hash256 leaf, long index)
    {
        try
        {
            var e = LogEvent.Decode(entry);
            var faults = EventRules.Check(e, history, trust!, now: null);
            if (faults.Count == 0 && e.Status is { } status)
            {
                statusTree = statusTree.Next(history);
                if (statusTree.Summary.Root is var root && root != status.Root)
                    faults = [new(FindingLayer.Log, FindingSeverity.Error, "event-status-root", "event", status.Root.ToString(), root.ToString())];
            }
            foreach (var fault in faults)
                Add(fault with { Path = $"entry {index}" });
            if (faults.Count == 0)
                history.Apply(e, leaf);
            else
                history.Skip();
        }
        catch (LogException refused)
        {
            Add(refused.Finding with { Path = $"entry {index}" });
            history.Skip();
        }
    }

    private void Alarm(string rule, string path, string? value = null, string? expected = null) => Add(new(FindingLayer.Log, FindingSeverity.Error, rule, path, value, expected));

    private void Add(Finding finding)
    {
        if (alarms.Count < MostAlarms && !alarms.Contains(finding))
            alarms.Add(finding);
    }

    private static Checkpoint Read(string file)
    {
        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllBytes(file), MonitorJson.Default.MonitorState);
            return Checkpoint.Parse(SignedNote.Parse(state?.Checkpoint ?? "").Text);
        }
        catch (JsonException damaged)
        {
            throw new LogException(new Finding(FindingLayer.Log, FindingSeverity.Error, "monitor-state", file, damaged.Message));
        }
    }

    private static void Keep(string file, SignedNote note)
    {
        var path = Path.GetFullPath(file);
        Durable.Replace(path, path + ".new", Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new MonitorState(1, note.ToString()), MonitorJson.Default.MonitorState)));
    }
}

/// <summary>What a monitor keeps between runs.</summary>
/// <param name="Version">1.</param>
/// <param name="Checkpoint">The last checkpoint that all was well with.</param>
internal sealed record MonitorState(int Version, string Checkpoint);

[JsonSerializable(typeof(MonitorState))]
internal sealed partial class MonitorJson : JsonSerializerContext;
