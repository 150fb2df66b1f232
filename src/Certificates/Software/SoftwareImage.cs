namespace Plumbline.Certificates;

/// <summary>A stretch of an instrument's memory.</summary>
/// <param name="Address">Its first address.</param>
/// <param name="Length">How many bytes, at least 1.</param>
public sealed record MemoryRange(long Address, long Length)
{
    /// <summary>The first address behind it.</summary>
    public long End => Address + Length;

    /// <summary>Such as <c>0x08000000 + 4096</c>.</summary>
    public override string ToString() => $"0x{Address:x8} + {Length}";
}

/// <summary>The content of an instrument's memory: what was read out of it, or what is kept in escrow.</summary>
public sealed class SoftwareImage
{
    /// <summary>Most bytes of an image.</summary>
    public const long MostBytes = 1L << 30;

    private readonly (long Address, ReadOnlyMemory<byte> Bytes)[] segments;

    /// <summary>Makes an image.</summary>
    /// <param name="parts">Stretches of memory, in any order.</param>
    /// <exception cref="ArgumentException">Two stretches overlap, an address is negative, or they are larger than <see cref="MostBytes"/> together.</exception>
    public SoftwareImage(params IEnumerable<(long Address, ReadOnlyMemory<byte> Bytes)> parts)
    {
        segments = [.. parts.Where(p => p.Bytes.Length > 0).OrderBy(p => p.Address)];
        if (segments.Sum(s => (long)s.Bytes.Length) > MostBytes)
            throw new ArgumentException($"An image has at most {MostBytes} bytes.", nameof(parts));
        for (var i = 0; i < segments.Length; i++)
            if (segments[i].Address < 0 || segments[i].Address > uint.MaxValue || i > 0 && segments[i].Address < segments[i - 1].Address + segments[i - 1].Bytes.Length)
                throw new ArgumentException($"The part at 0x{segments[i].Address:x} overlaps another, or its address does not fit 32 bits.", nameof(parts));
        // What adjoins is one stretch: a module may lie across two files.
        for (var i = 1; i < segments.Length; i++)
            if (segments[i].Address == segments[i - 1].Address + segments[i - 1].Bytes.Length)
            {
                segments[i] = (segments[i - 1].Address, (byte[])[.. segments[i - 1].Bytes.Span, .. segments[i].Bytes.Span]);
                segments[i - 1] = (segments[i - 1].Address, ReadOnlyMemory<byte>.Empty);
            }
        segments = [.. segments.Where(s => s.Bytes.Length > 0)];
    }

    /// <summary>The stretches, in the order of their addresses, none adjoining another.</summary>
    public IEnumerable<MemoryRange> Ranges => segments.Select(s => new MemoryRange(s.Address, s.Bytes.Length));

    /// <summary>The bytes of a range.</summary>
    /// <returns>Null where the image does not hold all of them.</returns>
    public ReadOnlyMemory<byte>? Read(MemoryRange range)
    {
        ArgumentNullException.ThrowIfNull(range);
        foreach (var (address, bytes) in segments)
            if (range.Length >= 0 && range.Address >= address && range.End <= address + bytes.Length)
                return bytes.Slice((int)(range.Address - address), (int)range.Length);
        return null;
    }
}
