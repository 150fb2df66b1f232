using System.Numerics;

namespace Plumbline.Certificates;

/// <summary>A subtree: the entries from <paramref name="Start"/> to before <paramref name="End"/>, as one node of the tree or its unfinished right edge.</summary>
/// <param name="Start">First entry, from 0; a multiple of the smallest power of two that is not below the number of entries.</param>
/// <param name="End">Entry after the last.</param>
public readonly record struct TreeRange(long Start, long End)
{
    /// <summary>The number of entries.</summary>
    public long Count => End - Start;

    /// <summary>Whether a tree can have this subtree (draft-ietf-plants-merkle-tree-certs, "subtrees").</summary>
    public bool IsSubtree => Start >= 0 && Start < End && Start % (long)BitOperations.RoundUpToPowerOf2((ulong)Count) == 0;

    /// <summary>The full nodes that the range consists of, from left to right: the hash of the range is their fold from the right.</summary>
    public IEnumerable<TreeNode> Nodes()
    {
        for (var at = Start; at < End;)
        {
            var level = BitOperations.Log2((ulong)(End - at));
            yield return new(level, at >> level);
            at += 1L << level;
        }
    }

    /// <summary>The hash of the range from the hashes of its <see cref="Nodes"/>.</summary>
    public static Hash256 Fold(ReadOnlySpan<Hash256> nodes)
    {
        if (nodes.IsEmpty)
            return MerkleTree.EmptyRoot;
        var hash = nodes[^1];
        for (var i = nodes.Length - 2; i >= 0; i--)
            hash = MerkleTree.NodeHash(nodes[i], hash);
        return hash;
    }
}

/// <summary>A full node of the tree: over 2^<paramref name="Level"/> entries.</summary>
/// <param name="Level">0 for an entry.</param>
/// <param name="Index">Place among the nodes of its level, from 0.</param>
public readonly record struct TreeNode(int Level, long Index);
