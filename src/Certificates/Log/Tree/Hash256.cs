using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumbline.Certificates;

/// <summary>The 32 bytes of a SHA-256 or SM3. A value; the default is 32 zero bytes.</summary>
public readonly struct Hash256 : IEquatable<Hash256>
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 32;

    private readonly Bytes bytes;

    /// <summary>The hash that <paramref name="bytes"/> are.</summary>
    /// <exception cref="ArgumentException">They are not 32.</exception>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException($"A hash has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        bytes.CopyTo(this.bytes);
    }

    /// <summary>The bytes.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Span => bytes;

    /// <summary>Reads canonical base64 (RFC 4648 §4).</summary>
    /// <returns>False where it is not that of 32 bytes.</returns>
    public static bool TryParse(ReadOnlySpan<char> base64, out Hash256 hash)
    {
        hash = default;
        if (StrictBase64.Decode(base64) is not { Length: Size } bytes)
            return false;
        hash = new(bytes);
        return true;
    }

    /// <summary>A copy of the bytes.</summary>
    public byte[] ToArray() => Span.ToArray();

    /// <summary>The bytes in base64.</summary>
    public override string ToString() => Convert.ToBase64String(Span);

    /// <inheritdoc/>
    public bool Equals(Hash256 other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Hash256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => MemoryMarshal.Read<int>(Span);

    /// <summary>Whether both have the same bytes.</summary>
    public static bool operator ==(Hash256 left, Hash256 right) => left.Equals(right);

    /// <summary>Whether they have different bytes.</summary>
    public static bool operator !=(Hash256 left, Hash256 right) => !left.Equals(right);

    [InlineArray(Size)]
    private struct Bytes
    {
        private byte first;
    }
}
