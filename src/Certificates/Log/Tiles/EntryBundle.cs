using System.Buffers;
using System.Buffers.Binary;

namespace Plumbline.Certificates;

/// <summary>Up to 256 entries one after the other, each after its length in two bytes, big-endian (C2SP tlog-tiles).</summary>
public static class EntryBundle
{
    /// <summary>The longest entry, in bytes.</summary>
    public const int MaximumEntry = ushort.MaxValue;

    /// <summary>The longest bundle, in bytes.</summary>
    public const int MaximumLength = TileId.FullWidth * (MaximumEntry + 2);

    /// <summary>Reads a bundle.</summary>
    /// <param name="bundle">The file's bytes; the entries are parts of them.</param>
    /// <param name="width">How many entries it must hold.</param>
    /// <exception cref="LogException">It holds another number of entries, or ends within one.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Parse(ReadOnlyMemory<byte> bundle, int width)
    {
        var entries = new List<ReadOnlyMemory<byte>>(Math.Min(width, TileId.FullWidth));
        while (!bundle.IsEmpty)
        {
            if (entries.Count == width || bundle.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(bundle.Span) is var length && bundle.Length < 2 + length)
                throw new LogException("bundle-form", "bundle", $"{entries.Count}", $"{width}");
            entries.Add(bundle.Slice(2, length));
            bundle = bundle[(2 + length)..];
        }
        return entries.Count == width ? entries : throw new LogException("bundle-form", "bundle", $"{entries.Count}", $"{width}");
    }

    /// <summary>Appends an entry to a bundle.</summary>
    internal static void Write(IBufferWriter<byte> bundle, ReadOnlySpan<byte> entry)
    {
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)entry.Length));
        bundle.Write(length);
        bundle.Write(entry);
    }
}
