using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Plumbline.Certificates;

namespace Plumbline.Issuance;

/// <summary>
/// The public log in <c>{DataDirectory}/log</c>: one server writes it, every server serves its files. The writer is opened at first need and keeps the folder's lock until the server stops.
/// </summary>
public sealed partial class LogHost : IAsyncDisposable
{
    private readonly string folder;
    private readonly KeyFolder keys;
    private readonly Platform platform;
    private readonly TimeProvider clock;
    private readonly ILogger<LogHost> log;
    private readonly SemaphoreSlim turn = new(1);
    private LogWriter? writer;
    private EventHistory? history;

    public LogHost(IConfiguration settings, KeyFolder keys, Platform platform, TimeProvider clock, ILogger<LogHost> log)
    {
        folder = Path.Combine(settings["Plumbline:DataDirectory"] ?? "data", "log");
        (this.keys, this.platform, this.clock, this.log) = (keys, platform, clock, log);
        Reader = new(new FolderSource(PublicFolder));
    }

    /// <summary>What readers may see, as files.</summary>
    public string PublicFolder => Path.Combine(folder, "public");

    public LogReader Reader { get; }

    /// <summary>The log's name and key, by which everybody believes its checkpoints.</summary>
    public NoteKey Key => Signer.Key;

    /// <summary>What a verifier is told to believe: this log.</summary>
    public LogPolicy Policy => LogPolicy.Of(Key, [], 0);

    /// <summary>The same as a file (C2SP tlog-policy).</summary>
    public string PolicyText => $"log {Key} {new Uri(platform.Address, "/log")}\nquorum none\n";

    private NoteSigner Signer => NoteSigner.OfLog(platform.Origin, keys.Own("log", SignatureAlgorithm.Ed25519));

    /// <summary>The published checkpoint; null before the log has been begun.</summary>
    public async Task<SignedNote?> CheckpointAsync(CancellationToken cancel = default) =>
        File.Exists(Path.Combine(PublicFolder, "checkpoint")) ? await Reader.ReadCheckpointAsync(cancel) : null;

    /// <summary>How many entries are published.</summary>
    public async Task<long> SizeAsync(CancellationToken cancel = default) => await CheckpointAsync(cancel) is { } note ? Checkpoint.Parse(note.Text).Size : 0;

    /// <summary>
    /// Lets <paramref name="work"/> append, alone; false where another server has the log. <paramref name="work"/> gets the writer and what the log adds up to,
    /// which it keeps up to date with every entry it appends.
    /// </summary>
    public async Task<bool> WriteAsync(Func<LogWriter, EventHistory, Task> work, CancellationToken cancel = default)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (!await OpenAsync(cancel))
                return false;
            await work(writer!, history!);
            return true;
        }
        catch (IOException fault)
        {
            // After an error of the disk the writer takes nothing more in: the next one opens it anew.
            Stopped(fault);
            await CloseAsync();
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        await CloseAsync();
        turn.Dispose();
    }

    private async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (writer is not null)
            return true;
        try
        {
            if (!Directory.Exists(Path.Combine(folder, "journal")))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(folder))!);
                LogWriter.Create(folder, Signer, clock);
            }
            writer = LogWriter.Open(folder, Signer, clock);
        }
        catch (LogException fault) when (fault.Finding.Rule is "log-locked" or "log-exists")
        {
            return false;
        }
        history = await ReplayAsync(writer, cancel);
        return true;
    }

    private static async Task<EventHistory> ReplayAsync(LogWriter writer, CancellationToken cancel)
    {
        var replayed = new EventHistory();
        await foreach (var entry in writer.Reader.ReadEntriesAsync(0, writer.Size, cancel))
            replayed.Apply(LogEvent.Decode(entry), MerkleTree.LeafHash(entry.Span));
        return replayed;
    }

    private async Task CloseAsync()
    {
        if (writer is not null)
            await writer.DisposeAsync();
        (writer, history) = (null, null);
    }

    [LoggerMessage(1, LogLevel.Error, "The log's writer stopped and will be opened anew")]
    private partial void Stopped(Exception fault);
}
