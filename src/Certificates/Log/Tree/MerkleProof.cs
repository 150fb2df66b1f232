namespace Plumbline.Certificates;

/// <summary>Proofs that an entry is in a tree and that a tree continues an earlier one (RFC 6962 §2.1.1, §2.1.2), and the same for subtrees (draft-ietf-plants-merkle-tree-certs). Making one says which subtrees' hashes it consists of, so that it can be made from tiles, memory or anything else.</summary>
/// <remarks>Verifying follows the definitions, from the root down. Indexes and sizes that are negative or do not fit are not valid; nothing is thrown.</remarks>
public static class MerkleProof
{
    /// <summary>The subtrees whose hashes prove that entry <paramref name="index"/> is in the tree of <paramref name="size"/> entries, from the leaf up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such entry.</exception>
    public static IReadOnlyList<TreeRange> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        return SubtreeConsistency(new(index, index + 1), size);
    }

    /// <summary>The subtrees whose hashes prove that the tree of <paramref name="newSize"/> entries begins with that of <paramref name="oldSize"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The old size is not at least 1 and at most the new one.</exception>
    public static IReadOnlyList<TreeRange> Consistency(long oldSize, long newSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(oldSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        return SubtreeConsistency(new(0, oldSize), newSize);
    }

    /// <summary>The subtrees whose hashes prove that <paramref name="subtree"/> is part of the tree of <paramref name="size"/> entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no subtree, or reaches beyond the tree.</exception>
    public static IReadOnlyList<TreeRange> SubtreeConsistency(TreeRange subtree, long size)
    {
        if (!subtree.IsSubtree || subtree.End > size)
            throw new ArgumentOutOfRangeException(nameof(subtree), $"[{subtree.Start}, {subtree.End}) is not a subtree of {size} entries.");
        var path = new List<TreeRange>();
        Collect(subtree, new(0, size), known: true, path);
        return path;
    }

    /// <summary>Whether <paramref name="proof"/> shows that the entry is in the tree.</summary>
    /// <param name="index">The entry's place, from 0.</param>
    /// <param name="size">The tree's number of entries.</param>
    /// <param name="leaf">The entry's hash.</param>
    /// <param name="proof">Hashes from the leaf up.</param>
    /// <param name="root">The tree's root.</param>
    public static bool VerifyInclusion(long index, long size, Hash256 leaf, ReadOnlySpan<Hash256> proof, Hash256 root) =>
        VerifySubtreeInclusion(index, new(0, size), leaf, proof, root);

    /// <summary>Whether <paramref name="proof"/> shows that the entry is in the subtree whose root is given.</summary>
    public static bool VerifySubtreeInclusion(long index, TreeRange subtree, Hash256 leaf, ReadOnlySpan<Hash256> proof, Hash256 root) =>
        subtree.IsSubtree && index >= subtree.Start && index < subtree.End
        && Climb(new(index - subtree.Start, index - subtree.Start + 1), subtree.Count, known: true, leaf, proof, out _, out var found) && found == root;

    /// <summary>Whether <paramref name="proof"/> shows that the new tree begins with the old one. An old tree without entries begins every tree and needs no proof: such a question has no meaning and is answered with no.</summary>
    public static bool VerifyConsistency(long oldSize, long newSize, Hash256 oldRoot, Hash256 newRoot, ReadOnlySpan<Hash256> proof) =>
        oldSize > 0 && VerifySubtreeConsistency(new(0, oldSize), newSize, oldRoot, newRoot, proof);

    /// <summary>Whether <paramref name="proof"/> shows that the subtree is part of the tree; a subtree without entries is part of every tree that reaches it.</summary>
    public static bool VerifySubtreeConsistency(TreeRange subtree, long size, Hash256 subtreeRoot, Hash256 root, ReadOnlySpan<Hash256> proof) =>
        subtree is { Count: 0, Start: >= 0 }
        ? subtree.End <= size && proof.IsEmpty && subtreeRoot == MerkleTree.EmptyRoot && (size > 0 || root == MerkleTree.EmptyRoot)
        : subtree.IsSubtree && subtree.End <= size
        && Climb(subtree, size, known: true, subtreeRoot, proof, out var oldRoot, out var newRoot) && oldRoot == subtreeRoot && newRoot == root;

    /// <summary>SUBTREE_SUBPROOF: down to where the subtree is, then on the way back the other side at every split.</summary>
    private static void Collect(TreeRange subtree, TreeRange tree, bool known, List<TreeRange> path)
    {
        if (subtree == tree)
        {
            if (!known)
                path.Add(tree);
            return;
        }
        var split = tree.Start + MerkleTree.Split(tree.Count);
        var (left, right) = (new TreeRange(tree.Start, split), new TreeRange(split, tree.End));
        if (subtree.End <= split)
            Collect(subtree, left, known, path);
        else if (subtree.Start >= split)
            Collect(subtree, right, known, path);
        else
            Collect(new(split, subtree.End), right, known: false, path);
        path.Add(subtree.End <= split ? right : left);
    }

    private static bool Climb(TreeRange subtree, long size, bool known, Hash256 given, ReadOnlySpan<Hash256> proof, out Hash256 oldRoot, out Hash256 newRoot)
    {
        (oldRoot, newRoot) = (given, given);
        if (subtree.Start == 0 && subtree.End == size)
        {
            if (!known && proof.Length == 1)
                oldRoot = newRoot = proof[0];
            return proof.Length == (known ? 0 : 1);
        }
        if (proof.IsEmpty)
            return false;
        var split = MerkleTree.Split(size);
        var below = proof[..^1];
        var side = proof[^1];
        if (subtree.End <= split)
        {
            if (!Climb(subtree, split, known, given, below, out oldRoot, out newRoot))
                return false;
            newRoot = MerkleTree.NodeHash(newRoot, side);
            return true;
        }
        var straddles = subtree.Start < split;
        var inRight = new TreeRange(straddles ? 0 : subtree.Start - split, subtree.End - split);
        if (!Climb(inRight, size - split, known && !straddles, given, below, out oldRoot, out newRoot))
            return false;
        if (straddles)
            oldRoot = MerkleTree.NodeHash(side, oldRoot);
        newRoot = MerkleTree.NodeHash(side, newRoot);
        return true;
    }
}
