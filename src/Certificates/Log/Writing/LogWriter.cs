using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;

namespace Plumbline.Certificates;

/// <summary>The one writer of a log on plain files (C2SP tlog-tiles). Entries of many callers go to the disk together; a checkpoint is durable before anybody sees it, so that no crash makes two histories. Safe for use by several threads.</summary>
/// <remarks>Life of an entry: it waits for its batch; the batch and the checkpoint over it go to the journal in one flush; bundles and tiles are put in place; witnesses cosign; the checkpoint replaces the last one; the callers are told. These are three stages that work at the same time, each on another batch, and what waits for the last one is published together. After an error of the disk the writer takes nothing more in: open it anew. The stages stand in one file, because what may be done before what is the whole of it.</remarks>
public sealed class LogWriter : IAsyncDisposable
{
    private const string CheckpointName = "checkpoint";
    private const int LargestBatch = 32 * 1024 * 1024; // bytes of entries
    private const int Ahead = 2; // batches that are signed while one is on its way to the disk

    private readonly LogFolder folder;
    private readonly FileStream writerLock;
    private readonly NoteSigner signer;
    private readonly TimeProvider clock;
    private readonly LogWriterOptions options;
    private readonly BlockingCollection<Prepared> prepared = new(Ahead);
    private readonly Channel<Prepared> durable = Channel.CreateUnbounded<Prepared>(new() { SingleReader = true, SingleWriter = true });
    private readonly Lock order = new();
    private readonly SemaphoreSlim arrived = new(0, 1);
    private readonly Queue<Waiting> waiting = [];
    private readonly Dictionary<int, TileId> lastPartial = [];
    private readonly TreeEdge edge;
    private readonly Journal journal;
    private readonly Task running;
    private Task flushing = Task.CompletedTask;
    private long next;
    private long inSegment;
    private long published;
    private bool closed;
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
        inSegment = journal.Length;
        // Signing and the disk keep a thread each: neither must wait for the callers' work in the pool.
        running = Task.WhenAll(
            Task.Factory.StartNew(SignBatches, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
            Task.Factory.StartNew(MakeDurable, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
            Task.Run(PublishAsync));
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
        using var edge = new MemoryStream();
        new TreeEdge().Save(edge);
        using var journal = Journal.Create(folder.Journal, edge, note);
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
            ObjectDisposedException.ThrowIf(closed, this);
            var item = new Waiting(next++, entry, leaf);
            Enqueue(item);
            return (item.Index, item.Done.Task);
        }
    }

    /// <summary>Publishes the present checkpoint once more with the signatures that witnesses give now.</summary>
    /// <exception cref="InvalidOperationException">No witnesses are set.</exception>
    public Task<Appended> CosignAsync()
    {
        if (options.Cosign is null)
            throw new InvalidOperationException("No witnesses are set.");
        lock (order)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            var item = new Waiting(-1, default, default);
            Enqueue(item);
            return item.Done.Task;
        }
    }

    /// <summary>Writes what waits, and lets others have the log.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (order)
        {
            if (closed)
                return;
            closed = true;
            if (arrived.CurrentCount == 0)
                arrived.Release();
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
            arrived.Dispose();
            prepared.Dispose();
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
            Place(Take(batch.Entries.Select(e => (e, MerkleTree.LeafHash(e.Span)))), ChangedPartials());
            checkpoint = batch.Checkpoint;
            CheckTree(checkpoint);
        }
        lastPartial.Clear();
        Place([], ChangedPartials());
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

    private List<(TileId Tile, byte[] Content)> ChangedPartials()
    {
        var changed = edge.Partial().Where(p => !lastPartial.TryGetValue(p.Tile.Level, out var last) || last != p.Tile).ToList();
        foreach (var (tile, _) in changed)
            lastPartial[tile.Level] = tile;
        return changed;
    }

    /// <summary>Puts the full files and the partial ones that changed; then the partial files of the full ones may go.</summary>
    private void Place(IEnumerable<(TileId Tile, byte[] Content)> full, IEnumerable<(TileId Tile, byte[] Content)> partial)
    {
        var dropped = new List<TileId>();
        foreach (var (tile, content) in full)
        {
            folder.Put(tile.Path, content);
            dropped.Add(tile);
        }
        foreach (var (tile, content) in partial)
            folder.Put(tile.Path, content);
        foreach (var tile in dropped)
            folder.DropPartials(tile);
    }

    private void SignBatches()
    {
        while (Gather() is { Count: > 0 } batch)
            Try(batch, () => prepared.Add(Prepare(batch)));
        prepared.CompleteAdding();
    }

    private void MakeDurable()
    {
        foreach (var batch in prepared.GetConsumingEnumerable())
            Try(batch.Items, () =>
            {
                if (batch.Record is not null)
                    journal.Append(batch.Record);
                durable.Writer.TryWrite(batch.EdgeAfter is { } saved ? batch with { OldSegments = journal.Rotate(saved, batch.Record!.Checkpoint) } : batch);
            });
        durable.Writer.Complete();
    }

    private async Task PublishAsync()
    {
        while (await durable.Reader.WaitToReadAsync())
        {
            var batches = new List<Prepared>();
            // Every publication frees the file of the last one, and file systems are slow in reusing what was just freed.
            if (clock.GetElapsedTime(published) is var since && since < options.PublishInterval)
                await Task.Delay(options.PublishInterval - since);
            while (durable.Reader.TryRead(out var batch))
                batches.Add(batch);
            try
            {
                Refuse();
                await PublishAsync(batches);
            }
#pragma warning disable CA1031 // the callers are told, and the writer stops
            catch (Exception error)
#pragma warning restore CA1031
            {
                Stop(error, batches.SelectMany(b => b.Items));
            }
        }
    }

    private void Enqueue(Waiting item)
    {
        waiting.Enqueue(item);
        // The signing thread is woken by the first of a batch and by the one that fills it.
        if ((waiting.Count == 1 || waiting.Count == options.MaximumBatch) && arrived.CurrentCount == 0)
            arrived.Release();
    }

    /// <returns>Empty where nothing will come any more.</returns>
    private List<Waiting> Gather()
    {
        var since = 0L;
        while (true)
        {
            TimeSpan left;
            lock (order)
            {
                left = since == 0 ? options.Linger : options.Linger - clock.GetElapsedTime(since);
                if (closed || waiting.Count >= options.MaximumBatch || (waiting.Count > 0 && left <= TimeSpan.Zero))
                    return TakeBatch();
                if (waiting.Count > 0 && since == 0)
                    since = clock.GetTimestamp();
            }
            arrived.Wait(since == 0 ? Timeout.InfiniteTimeSpan : left);
        }
    }

    private List<Waiting> TakeBatch()
    {
        var (batch, bytes) = (new List<Waiting>(), 0);
        while (batch.Count < options.MaximumBatch && bytes < LargestBatch && waiting.TryDequeue(out var item))
        {
            batch.Add(item);
            bytes += item.Entry.Length;
        }
        return batch;
    }

    private Prepared Prepare(List<Waiting> batch)
    {
        var entries = batch.Where(w => w.Index >= 0).ToArray();
        if (entries.Length == 0)
            return new(batch, null, [], [], null, []);
        var first = edge.Size;
        var full = Take(entries.Select(w => (w.Entry, w.Leaf)));
        var signed = Sign(signer, edge.Size, edge.Root, clock);
        inSegment += entries.Sum(w => w.Entry.Length + 2L) + signed.Text.Length;
        MemoryStream? saved = null;
        if (inSegment >= options.SegmentLength)
        {
            inSegment = 0;
            edge.Save(saved = new());
        }
        return new(batch, new(first, signed, [.. entries.Select(w => w.Entry)]), full, ChangedPartials(), saved, []);
    }

    /// <summary>Publishes what is durable: of several batches the full files, the partial ones of the last, and the last checkpoint.</summary>
    private async Task PublishAsync(List<Prepared> batches)
    {
        var partial = batches.SelectMany(b => b.Partial).GroupBy(p => p.Tile.Level).Select(g => g.Last());
        Place(batches.SelectMany(b => b.Full), partial);
        var signed = batches.LastOrDefault(b => b.Record is not null)?.Record!.Checkpoint ?? checkpoint;
        if (options.Cosign is { } cosign)
            signed = await cosign(signed);
        folder.Put(CheckpointName, Encoding.UTF8.GetBytes(signed.ToString()));
        checkpoint = signed;
        published = clock.GetTimestamp();
        foreach (var item in batches.SelectMany(b => b.Items))
            item.Done.TrySetResult(new(item.Index, item.Leaf, signed));
        if (batches.SelectMany(b => b.OldSegments).ToArray() is { Length: > 0 } old)
            await FlushAsync(old);
    }

    /// <summary>Old segments of the journal go when what they would write anew is on the disk.</summary>
    private async Task FlushAsync(string[] old)
    {
        await flushing;
        var files = folder.TakeUnflushed();
        flushing = Task.Run(() =>
        {
            folder.Flush(files);
            foreach (var segment in old)
                File.Delete(segment);
            Durable.FlushFolder(folder.Journal);
        });
    }

    private void Refuse()
    {
        if (fault is { } stopped)
            throw new IOException("The log's writer has stopped.", stopped);
    }

    private void Try(IEnumerable<Waiting> items, Action work)
    {
        try
        {
            Refuse();
            work();
        }
#pragma warning disable CA1031 // the callers are told, and the writer stops
        catch (Exception error)
#pragma warning restore CA1031
        {
            Stop(error, items);
        }
    }

    private void Stop(Exception error, IEnumerable<Waiting> items)
    {
        lock (order)
            fault ??= error;
        foreach (var item in items)
            item.Done.TrySetException(new IOException("The log's writer has stopped.", fault));
    }

    /// <summary>A batch on its way: what the journal takes, and the public files that follow.</summary>
    private sealed record Prepared(
        IReadOnlyList<Waiting> Items, JournalBatch? Record, IReadOnlyList<(TileId Tile, byte[] Content)> Full, IReadOnlyList<(TileId Tile, byte[] Content)> Partial,
        MemoryStream? EdgeAfter, IReadOnlyList<string> OldSegments);

    private sealed record Waiting(long Index, ReadOnlyMemory<byte> Entry, Hash256 Leaf)
    {
        public TaskCompletionSource<Appended> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
