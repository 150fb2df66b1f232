namespace Plumbline.Certificates;

/// <summary>How a writer works.</summary>
public sealed record LogWriterOptions
{
    /// <summary>The most entries that one checkpoint adds; 1 to 65536, 256 unless told.</summary>
    public int MaximumBatch { get; init; } = TileId.FullWidth;

    /// <summary>How long the first entry of a batch waits for others; 2 ms unless told.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The least time between two published checkpoints; 10 ms unless told. What becomes durable meanwhile is published together.</summary>
    public TimeSpan PublishInterval { get; init; } = TimeSpan.FromMilliseconds(10);

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
