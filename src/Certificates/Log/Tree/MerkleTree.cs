using System.Buffers;
using System.Numerics;
using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>The hashes of a Merkle tree with SHA-256 (RFC 6962 §2.1): an entry is hashed after a byte 0, a pair of hashes after a byte 1, and a tree splits at the largest power of two below its size.</summary>
public static class MerkleTree
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int OnStack = 1024;

    /// <summary>The root of a tree without entries: SHA-256 of nothing.</summary>
    public static Hash256 EmptyRoot { get; } = new(SHA256.HashData([]));

    /// <summary>The hash of an entry.</summary>
    public static Hash256 LeafHash(ReadOnlySpan<byte> entry)
    {
        var rented = entry.Length < OnStack ? null : ArrayPool<byte>.Shared.Rent(entry.Length + 1);
        var prefixed = rented is null ? stackalloc byte[OnStack] : rented;
        prefixed[0] = LeafPrefix;
        entry.CopyTo(prefixed[1..]);
        var hash = Sha256(prefixed[..(entry.Length + 1)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    /// <summary>The hash over two subtrees.</summary>
    public static Hash256 NodeHash(Hash256 left, Hash256 right)
    {
        Span<byte> prefixed = stackalloc byte[1 + (2 * Hash256.Size)];
        prefixed[0] = NodePrefix;
        left.Span.CopyTo(prefixed[1..]);
        right.Span.CopyTo(prefixed[(1 + Hash256.Size)..]);
        return Sha256(prefixed);
    }

    /// <summary>The root over the hashes of entries.</summary>
    public static Hash256 Root(ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.IsEmpty)
            return EmptyRoot;
        if (leaves.Length == 1)
            return leaves[0];
        var split = (int)Split(leaves.Length);
        return NodeHash(Root(leaves[..split]), Root(leaves[split..]));
    }

    /// <summary>The largest power of two below <paramref name="size"/>, which is at least 2.</summary>
    internal static long Split(long size) => 1L << BitOperations.Log2((ulong)size - 1);

    private static Hash256 Sha256(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        SHA256.HashData(data, hash);
        return new(hash);
    }
}
