using System.Text;
using System.Threading.Channels;

namespace Plumbline.Certificates;

/// <summary>How a writer works.</summary>
public sealed record LogWriterOptions
{
    /// <summary>The most entries that one checkpoint adds; 1 to 65536, 256 unless told.</summary>
    public int MaximumBatch { get; init; } = TileId.FullWidth;

    /// <summary>How long the first entry of a batch waits for others; 2 ms unless told.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Bytes of the journal after which a new segment begins; 32 MiB unless told. A start after a crash reads at most two segments.</summary>
    public long SegmentLength { get; init; } = 32 * 1024 * 1024;

    /// <summary>Asks witnesses for their signatures on a checkpoint that is durable and not yet published, null where there are none. It has to come to an end by itself.</summary>
    public Func<SignedNote, Task<SignedNote>>? Cosign { get; init; }
}

/// <summary>That an entry is in the log: durable, and covered by a published checkpoint.</summary>
/// <param name="Index">Its place.</param>
/// <param name="Leaf">Its hash.</param>
/// <param name="Checkpoint">The first published checkpoint that covers it.</param>
public sealed record Appended(long Index, Hash256 Leaf, SignedNote Checkpoint);

/// <summary>The one writer of a log on plain files (C2SP tlog-tiles). Entries of many callers go to the disk together; a checkpoint is durable before anybody sees it, so that no crash makes two histories. Safe for use by several threads.</summary>
/// <remarks>Life of an entry: it waits for its batch; the batch and the checkpoint over it go to the journal in one flush; bundles and tiles are put in place; witnesses cosign; the checkpoint replaces the last one; the callers are told. After an error of the disk the writer takes nothing more in: open it anew.</remarks>
public sealed class LogWriter : IAsyncDisposable
{
    private const string CheckpointName = "checkpoint";
    private const int LargestBatch = 32 * 1024 * 1024; // bytes of entries

    private readonly LogFolder folder;
    private readonly FileStream writerLock;
    private readonly NoteSigner signer;
    private readonly TimeProvider clock;
    private readonly LogWriterOptions options;
    private readonly Channel<Waiting> waiting = Channel.CreateUnbounded<Waiting>(new() { SingleReader = true });
    private readonly Lock order = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<int, TileId> lastPartial = [];
    private readonly TreeEdge edge;
    private readonly Journal journal;
    private readonly Task running;
    private Task flushing = Task.CompletedTask;
    private long next;
    private volatile SignedNote checkpoint;
    private volatile Exception? fault;

    private LogWriter(LogFolder folder, FileStream writerLock, NoteSigner signer, TimeProvider clock, LogWriterOptions options)
    {
        (this.folder, this.writerLock, this.signer, this.clock, this.options) = (folder, writerLock, signer, clock, options);
        folder.Prepare();
        journal = Journal.Open(folder.Journal, out edge, out var signed, out var batches);
        checkpoint = signed;
        try
        {
            Recover(batches);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
        next = edge.Size;
        Reader = new(new FolderSource(folder.Public));
        running = Task.Run(RunAsync);
    }

    /// <summary>The folder that a web server may serve as it is.</summary>
    public string PublicFolder => folder.Public;

    /// <summary>The name and key of the log.</summary>
    public NoteKey Key => signer.Key;

    /// <summary>The published checkpoint.</summary>
    public SignedNote Checkpoint => checkpoint;

    /// <summary>Number of entries that the published checkpoint covers.</summary>
    public long Size => Certificates.Checkpoint.Parse(checkpoint.Text).Size;

    /// <summary>Reads the public files.</summary>
    public LogReader Reader { get; }

    /// <summary>Makes a new log without entries.</summary>
    /// <param name="path">Its folder; the folder above it must be there.</param>
    /// <param name="signer">The log's name and key.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="LogException">There is a log already.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Create(string path, NoteSigner signer, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(clock);
        var folder = new LogFolder(path);
        if (Directory.Exists(folder.Journal))
            throw new LogException("log-exists", path);
        Directory.CreateDirectory(path);
        using var writerLock = TakeLock(folder);
        folder.Prepare();
        var note = Sign(signer, 0, MerkleTree.EmptyRoot, clock);
        using var journal = Journal.Create(folder.Journal, new(), note);
        folder.Put(CheckpointName, Encoding.UTF8.GetBytes(note.ToString()));
    }

    /// <summary>Opens a log for writing; what a crash left undone is done first.</summary>
    /// <param name="path">Its folder.</param>
    /// <param name="signer">The log's name and key.</param>
    /// <param name="clock">The time.</param>
    /// <param name="options">How to work.</param>
    /// <exception cref="LogException">There is no log, another writer has it, its files are damaged, or its origin is another.</exception>
    public static LogWriter Open(string path, NoteSigner signer, TimeProvider clock, LogWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(clock);
        var folder = new LogFolder(path);
        if (!Directory.Exists(folder.Journal))
            throw new LogException("journal-missing", path);
        var writerLock = TakeLock(folder);
        try
        {
            return new(folder, writerLock, signer, clock, options ?? new());
        }
        catch
        {
            writerLock.Dispose();
            throw;
        }
    }

    /// <summary>Appends an entry.</summary>
    /// <param name="entry">At most 65,535 bytes.</param>
    /// <returns>Its place at once; the task ends when it is durable and a published checkpoint covers it.</returns>
    /// <exception cref="ArgumentException">It is longer.</exception>
    /// <exception cref="IOException">The writer has stopped after an error of the disk.</exception>
    public (long Index, Task<Appended> Done) Append(ReadOnlyMemory<byte> entry)
    {
        if (entry.Length > EntryBundle.MaximumEntry)
            throw new ArgumentException($"An entry has at most {EntryBundle.MaximumEntry} bytes, not {entry.Length}.", nameof(entry));
        var leaf = MerkleTree.LeafHash(entry.Span);
        lock (order)
        {
            if (fault is not null)
                throw new IOException("The log's writer has stopped.", fault);
            ObjectDisposedException.ThrowIf(stop.IsCancellationRequested, this);
            var item = new Waiting(next++, entry, leaf);
            waiting.Writer.TryWrite(item);
            return (item.Index, item.Done.Task);
        }
    }

    /// <summary>Publishes the present checkpoint once more with the signatures that witnesses give now.</summary>
    /// <exception cref="InvalidOperationException">No witnesses are set.</exception>
    public Task<Appended> CosignAsync()
    {
        if (options.Cosign is null)
            throw new InvalidOperationException("No witnesses are set.");
        var item = new Waiting(-1, default, default);
        waiting.Writer.TryWrite(item);
        return item.Done.Task;
    }

    /// <summary>Writes what waits, and lets others have the log.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (order)
        {
            if (stop.IsCancellationRequested)
                return;
            waiting.Writer.TryComplete();
            stop.Cancel();
        }
        await running;
        try
        {
            await flushing;
        }
        finally
        {
            journal.Dispose();
            await writerLock.DisposeAsync();
            stop.Dispose();
        }
    }

    private static FileStream TakeLock(LogFolder folder)
    {
        try
        {
            return new(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (held is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new LogException("log-locked", folder.Lock);
        }
    }

    private static SignedNote Sign(NoteSigner signer, long size, Hash256 root, TimeProvider clock)
    {
        var text = new Checkpoint(signer.Key.Name, size, root).Text;
        return new(text, [signer.Sign(text, clock.GetUtcNow())]);
    }

    /// <summary>Does again what the journal says; every step gives the same files, so that it may be cut off and done once more.</summary>
    private void Recover(IReadOnlyList<JournalBatch> batches)
    {
        CheckTree(checkpoint);
        foreach (var batch in batches)
        {
            if (batch.First != edge.Size)
                throw new LogException("journal-damaged", folder.Journal, $"{batch.First}", $"{edge.Size}");
            Place(Take(batch.Entries.Select(e => (e, MerkleTree.LeafHash(e.Span)))));
            checkpoint = batch.Checkpoint;
            CheckTree(checkpoint);
        }
        Place([]);
        CheckPublished();
        folder.Put(CheckpointName, Encoding.UTF8.GetBytes(checkpoint.ToString()));
    }

    private void CheckTree(SignedNote note)
    {
        if (!new Checkpoint(signer.Key.Name, edge.Size, edge.Root).IsSameTree(Certificates.Checkpoint.Parse(note.Text)))
            throw new LogException("journal-tree", folder.Journal, note.Text.ReplaceLineEndings(" "), $"{signer.Key.Name} {edge.Size} {edge.Root}");
    }

    /// <summary>What was published must be the beginning of what is known: a restored old copy of the folder would make a second history.</summary>
    private void CheckPublished()
    {
        var file = Path.Combine(folder.Public, CheckpointName);
        if (!File.Exists(file) || new FileInfo(file).Length == 0) // a power failure between putting it and the disk
            return;
        var published = Certificates.Checkpoint.Parse(SignedNote.Parse(File.ReadAllBytes(file)).Text);
        if (published.Size > edge.Size)
            throw new LogException("log-rolled-back", file, $"{published.Size}", $"{edge.Size}");
        // Files in a folder are read without waiting.
        var root = new LogReader(new FolderSource(folder.Public)).RootAsync(published.Size).AsTask().GetAwaiter().GetResult();
        if (root != published.Root)
            throw new LogException("log-forked", file, published.Root.ToString(), root.ToString());
    }

    private List<(TileId Tile, byte[] Content)> Take(IEnumerable<(ReadOnlyMemory<byte> Entry, Hash256 Leaf)> entries)
    {
        var full = new List<(TileId, byte[])>();
        foreach (var (entry, leaf) in entries)
            edge.Append(entry.Span, leaf, (tile, content) => full.Add((tile, content)));
        return full;
    }

    /// <summary>Puts the full files and those that the edge changed; then the partial files of the full ones may go.</summary>
    private void Place(List<(TileId Tile, byte[] Content)> full)
    {
        foreach (var (tile, content) in full)
            folder.Put(tile.Path, content);
        foreach (var (tile, content) in edge.Partial())
            if (!lastPartial.TryGetValue(tile.Level, out var last) || last != tile)
            {
                folder.Put(tile.Path, content);
                lastPartial[tile.Level] = tile;
            }
        foreach (var (tile, _) in full)
            folder.DropPartials(tile);
    }

    private async Task RunAsync()
    {
        var batch = new List<Waiting>();
        while (await waiting.Reader.WaitToReadAsync())
        {
            await GatherAsync(batch);
            try
            {
                if (fault is null)
                    await WriteAsync(batch);
            }
#pragma warning disable CA1031 // every caller of the batch is told, and the writer stops
            catch (Exception error)
#pragma warning restore CA1031
            {
                lock (order)
                    fault = error;
            }
            if (fault is { } stopped)
                foreach (var item in batch)
                    item.Done.TrySetException(new IOException("The log's writer has stopped.", stopped));
            batch.Clear();
        }
    }

    private async Task GatherAsync(List<Waiting> batch)
    {
        var (bytes, since, lingers) = (0, clock.GetTimestamp(), options.Linger > TimeSpan.Zero);
        while (batch.Count < options.MaximumBatch && bytes < LargestBatch)
        {
            if (waiting.Reader.TryRead(out var item))
            {
                batch.Add(item);
                bytes += item.Entry.Length;
                continue;
            }
            if (!lingers || stop.IsCancellationRequested || clock.GetElapsedTime(since) >= options.Linger)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(1), CancellationToken.None);
        }
    }

    private async Task WriteAsync(List<Waiting> batch)
    {
        var entries = batch.Where(w => w.Index >= 0).ToArray();
        var signed = checkpoint;
        if (entries.Length > 0)
        {
            var first = edge.Size;
            var full = Take(entries.Select(w => (w.Entry, w.Leaf)));
            signed = Sign(signer, edge.Size, edge.Root, clock);
            journal.Append(new(first, signed, [.. entries.Select(w => w.Entry)]));
            Place(full);
        }
        if (options.Cosign is { } cosign)
            signed = await cosign(signed);
        folder.Put(CheckpointName, Encoding.UTF8.GetBytes(signed.ToString()));
        checkpoint = signed;
        foreach (var item in batch)
            item.Done.TrySetResult(new(item.Index, item.Leaf, signed));
        if (journal.Length >= options.SegmentLength)
            await RotateAsync(signed);
    }

    private async Task RotateAsync(SignedNote signed)
    {
        await flushing;
        var old = journal.Rotate(edge, signed);
        var files = folder.TakeUnflushed();
        flushing = Task.Run(() =>
        {
            folder.Flush(files);
            foreach (var segment in old)
                File.Delete(segment);
            Durable.FlushFolder(folder.Journal);
        });
    }

    private sealed record Waiting(long Index, ReadOnlyMemory<byte> Entry, Hash256 Leaf)
    {
        public TaskCompletionSource<Appended> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
