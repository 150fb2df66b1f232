using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.Certificates;

/// <summary>A batch in the journal: its entries and the checkpoint that was signed over them.</summary>
/// <param name="First">Place of the first entry.</param>
/// <param name="Checkpoint">The checkpoint after them.</param>
/// <param name="Entries">The entries.</param>
internal sealed record JournalBatch(long First, SignedNote Checkpoint, IReadOnlyList<ReadOnlyMemory<byte>> Entries);

/// <summary>What a writer needs after a crash. One append and one flush make a batch and its signed checkpoint durable together, before either is shown to anybody; the public files follow and are written anew from here where a crash cut them off.</summary>
/// <remarks>A segment begins with the whole right edge of the tree, so that it needs nothing older. An old segment goes when the public files of its entries have reached the disk.</remarks>
internal sealed class Journal : IDisposable
{
    private const int Frame = 8;
    private const int CheckSize = 16;
    private const int LargestRecord = 64 * 1024 * 1024;

    private readonly string folder;
    private readonly MemoryStream record = new();
    private SafeFileHandle segment;
    private long length;

    private Journal(string folder, SafeFileHandle segment, long length) => (this.folder, this.segment, this.length) = (folder, segment, length);

    private static ReadOnlySpan<byte> Magic => "PLJ1"u8;

    /// <summary>Bytes of the segment that is written.</summary>
    public long Length => length;

    /// <summary>Begins the journal of a new log.</summary>
    public static Journal Create(string folder, MemoryStream edge, SignedNote checkpoint)
    {
        Directory.CreateDirectory(folder);
        Durable.FlushFolder(Path.GetDirectoryName(folder)!);
        var journal = new Journal(folder, new SafeFileHandle(), 0);
        journal.BeginSegment(edge, checkpoint);
        return journal;
    }

    /// <summary>Reads the journal after whatever ended the last writer.</summary>
    /// <param name="folder">The journal's folder.</param>
    /// <param name="edge">The tree's edge before the batches.</param>
    /// <param name="checkpoint">The checkpoint signed over that edge.</param>
    /// <param name="batches">The batches since.</param>
    /// <exception cref="LogException">A record that had reached the disk is damaged, or the journal is not there.</exception>
    public static Journal Open(string folder, out TreeEdge edge, out SignedNote checkpoint, out IReadOnlyList<JournalBatch> batches)
    {
        var names = Segments(folder);
        // A segment without its first record was never begun: the one before it is whole.
        if (names.Count > 1 && Read(names[^1], last: true).Records.Count == 0)
        {
            File.Delete(names[^1]);
            names.RemoveAt(names.Count - 1);
        }
        if (names.Count == 0 || Read(names[0], names.Count == 1) is not { Records: [var first, ..] })
            throw new LogException("journal-missing", folder);
        (edge, checkpoint) = ReadEdge(first);
        var all = new List<JournalBatch>();
        var length = 0L;
        for (var i = 0; i < names.Count; i++)
        {
            var (records, end) = Read(names[i], i == names.Count - 1);
            all.AddRange(records.Skip(1).Select(ReadBatch));
            length = end;
        }
        batches = all;
        var handle = File.OpenHandle(names[^1], FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.SetLength(handle, length); // what a crash left of a record that nobody was told of
        RandomAccess.FlushToDisk(handle);
        return new(folder, handle, length);
    }

    /// <summary>Makes a batch durable.</summary>
    public void Append(JournalBatch batch)
    {
        using (var writer = Begin())
        {
            writer.Write(batch.First);
            writer.Write(batch.Checkpoint.ToString());
            writer.Write(batch.Entries.Count);
            foreach (var entry in batch.Entries)
            {
                writer.Write((ushort)entry.Length);
                writer.Write(entry.Span);
            }
        }
        WriteRecord();
    }

    /// <summary>Begins the next segment.</summary>
    /// <returns>The segments before it, to be deleted when their public files are on the disk.</returns>
    public IReadOnlyList<string> Rotate(MemoryStream edge, SignedNote checkpoint)
    {
        IReadOnlyList<string> old = Segments(folder);
        segment.Dispose();
        BeginSegment(edge, checkpoint);
        return old;
    }

    public void Dispose()
    {
        segment.Dispose();
        record.Dispose();
    }

    private void BeginSegment(MemoryStream edge, SignedNote checkpoint)
    {
        var number = Segments(folder) is [.., var last] ? long.Parse(Path.GetFileNameWithoutExtension(last), CultureInfo.InvariantCulture) + 1 : 0;
        segment = File.OpenHandle(Path.Combine(folder, $"{number:D19}.journal"), FileMode.CreateNew, FileAccess.ReadWrite);
        length = 0;
        using (var writer = Begin())
        {
            writer.Write(checkpoint.ToString());
            writer.Write(edge.GetBuffer().AsSpan(0, (int)edge.Length));
        }
        WriteRecord();
        Durable.FlushFolder(folder);
    }

    /// <summary>One buffer serves all records: it is as long as the longest batch.</summary>
    private BinaryWriter Begin()
    {
        record.SetLength(Frame);
        record.Position = Frame;
        return new(record, Encoding.UTF8, leaveOpen: true);
    }

    private void WriteRecord()
    {
        var size = (int)record.Length;
        record.SetLength(size + CheckSize);
        var bytes = record.GetBuffer().AsSpan(0, size + CheckSize);
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes[4..], size - Frame);
        Check(bytes[..size]).CopyTo(bytes[size..]);
        RandomAccess.Write(segment, bytes, length);
        RandomAccess.FlushToDisk(segment);
        length += bytes.Length;
    }

    private static List<string> Segments(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.journal").Order(StringComparer.Ordinal)] : [];

    /// <summary>The whole records of a segment, and where they end.</summary>
    private static (List<byte[]> Records, long End) Read(string path, bool last)
    {
        var bytes = File.ReadAllBytes(path);
        var records = new List<byte[]>();
        var at = 0;
        for (; Payload(bytes, at) is { } payload; at += Frame + payload.Length + CheckSize)
            records.Add(payload);
        // Only the last record of the last segment can be cut off; anything else was damaged after it had reached the disk.
        if (at < bytes.Length && (!last || HasRecordAfter(bytes, at)))
            throw new LogException("journal-damaged", path, $"{at}", $"{bytes.Length}");
        return (records, at);
    }

    private static bool HasRecordAfter(byte[] bytes, int at)
    {
        for (var next = at + 1; bytes.AsSpan(next).IndexOf(Magic) is >= 0 and var offset; next += offset + 1)
            if (Payload(bytes, next + offset) is not null)
                return true;
        return false;
    }

    private static byte[]? Payload(byte[] bytes, int at)
    {
        var rest = bytes.AsSpan(at);
        if (rest.Length < Frame || !rest.StartsWith(Magic) || BinaryPrimitives.ReadInt32BigEndian(rest[4..]) is not (>= 0 and <= LargestRecord and var size) || rest.Length < Frame + size + CheckSize)
            return null;
        return Check(rest[..(Frame + size)]).SequenceEqual(rest.Slice(Frame + size, CheckSize)) ? rest.Slice(Frame, size).ToArray() : null;
    }

    private static ReadOnlySpan<byte> Check(ReadOnlySpan<byte> record) => SHA256.HashData(record).AsSpan(0, CheckSize);

    private static (TreeEdge Edge, SignedNote Checkpoint) ReadEdge(byte[] payload)
    {
        using var reader = new BinaryReader(new MemoryStream(payload), Encoding.UTF8);
        var checkpoint = SignedNote.Parse(reader.ReadString());
        return (TreeEdge.Load(reader), checkpoint);
    }

    private static JournalBatch ReadBatch(byte[] payload)
    {
        using var reader = new BinaryReader(new MemoryStream(payload), Encoding.UTF8);
        var (first, checkpoint, entries) = (reader.ReadInt64(), SignedNote.Parse(reader.ReadString()), new ReadOnlyMemory<byte>[reader.ReadInt32()]);
        for (var i = 0; i < entries.Length; i++)
            entries[i] = reader.ReadBytes(reader.ReadUInt16());
        return new(first, checkpoint, entries);
    }
}
