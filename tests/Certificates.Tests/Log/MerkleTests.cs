using System.Text;
using System.Text.Json;

namespace Plumbline.Certificates.Tests;

public sealed class MerkleTests
{
    private static readonly string[] referenceLeaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    [Fact]
    public void The_reference_leaves_of_RFC_6962_give_the_known_root()
    {
        var leaves = referenceLeaves.Select(l => MerkleTree.LeafHash(Convert.FromHexString(l))).ToArray();
        Assert.Equal("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328", Convert.ToHexStringLower(MerkleTree.Root(leaves).Span));
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(MerkleTree.EmptyRoot.Span));
    }

    [Fact]
    public void Every_proof_that_is_made_verifies_and_no_other_place_or_root_does()
    {
        var leaves = Leaves(67);
        for (var size = 1; size <= leaves.Length; size++)
        {
            var root = MerkleTree.Root(leaves.AsSpan(0, size));
            for (var index = 0; index < size; index++)
            {
                var path = Hashes(MerkleProof.Inclusion(index, size), leaves);
                Assert.True(MerkleProof.VerifyInclusion(index, size, leaves[index], path, root));
                Assert.False(MerkleProof.VerifyInclusion(index + 1, size, leaves[index], path, root));
                Assert.False(MerkleProof.VerifyInclusion(index, size, leaves[(index + 1) % leaves.Length], path, root));
            }
            for (var old = 1; old <= size; old++)
            {
                var oldRoot = MerkleTree.Root(leaves.AsSpan(0, old));
                var path = Hashes(MerkleProof.Consistency(old, size), leaves);
                Assert.True(MerkleProof.VerifyConsistency(old, size, oldRoot, root, path));
                Assert.Equal(old == size, MerkleProof.VerifyConsistency(old, size, root, root, path));
                Assert.False(MerkleProof.VerifyConsistency(old, size, oldRoot, oldRoot, path) && old != size);
            }
        }
    }

    [Fact]
    public void Proofs_of_subtrees_verify()
    {
        var leaves = Leaves(40);
        var root = MerkleTree.Root(leaves);
        foreach (var subtree in from start in Enumerable.Range(0, 40) from end in Enumerable.Range(start + 1, 40 - start) select new TreeRange(start, end))
        {
            if (!subtree.IsSubtree)
                continue;
            var subtreeRoot = MerkleTree.Root(leaves.AsSpan((int)subtree.Start, (int)subtree.Count));
            Assert.Equal(subtreeRoot, Hashes([subtree], leaves)[0]);
            Assert.True(MerkleProof.VerifySubtreeConsistency(subtree, 40, subtreeRoot, root, Hashes(MerkleProof.SubtreeConsistency(subtree, 40), leaves)));
        }
    }

    [Theory]
    [InlineData("inclusion")]
    [InlineData("consistency")]
    [InlineData("subtreeinclusion")]
    [InlineData("subtreeconsistency")]
    public void The_probes_of_transparency_dev_are_judged_alike(string kind)
    {
        using var vectors = JsonDocument.Parse(File.ReadAllText(Shared.Find("merkle", "merkle_open.json")));
        foreach (var probe in vectors.RootElement.GetProperty(kind).EnumerateArray())
        {
            var refused = probe.GetProperty("wantErr").GetBoolean();
            // Stricter in one: there a root is any bytes, here it is a hash, and "don't care 2" is none.
            var noHash = probe.TryGetProperty("root1", out var root) && root.GetString() == "ZG9uJ3QgY2FyZSAy";
            Assert.True((refused || noHash) != Judge(kind, probe), $"{kind}: {probe.GetProperty("desc")}");
        }
    }

    [Fact]
    public void Generated_trees_have_the_same_roots_and_proofs()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllText(Shared.Find("merkle", "merkle_open.json")));
        foreach (var tree in vectors.RootElement.GetProperty("generated_trees").EnumerateArray())
        {
            var leaves = Leaves(tree.GetProperty("size").GetInt32());
            var root = MerkleTree.Root(leaves);
            Assert.Equal(tree.GetProperty("root").GetString(), Convert.ToHexStringLower(root.Span));
            foreach (var proof in tree.GetProperty("inclusion").EnumerateArray())
            {
                var index = proof.GetProperty("index").GetInt64();
                var path = Hashes(MerkleProof.Inclusion(index, leaves.Length), leaves);
                Assert.Equal(Hex(proof.GetProperty("proof")), path.Select(h => Convert.ToHexStringLower(h.Span)));
                Assert.True(MerkleProof.VerifyInclusion(index, leaves.Length, leaves[index], path, root));
            }
            foreach (var proof in tree.GetProperty("consistency").EnumerateArray())
            {
                var from = proof.GetProperty("from").GetInt32();
                var path = Hashes(MerkleProof.Consistency(from, leaves.Length), leaves);
                Assert.Equal(Hex(proof.GetProperty("proof")), path.Select(h => Convert.ToHexStringLower(h.Span)));
                Assert.True(MerkleProof.VerifyConsistency(from, leaves.Length, MerkleTree.Root(leaves.AsSpan(0, from)), root, path));
            }
        }
    }

    private static bool Judge(string kind, JsonElement probe)
    {
        long Number(string name) => unchecked((long)probe.GetProperty(name).GetUInt64());
        bool Hash(string name, out Hash256 hash) => Hash256.TryParse(probe.GetProperty(name).GetString(), out hash);
        var path = new List<Hash256>();
        if (probe.GetProperty("proof") is { ValueKind: JsonValueKind.Array } proof)
            foreach (var item in proof.EnumerateArray())
            {
                if (!Hash256.TryParse(item.GetString(), out var hash))
                    return false;
                path.Add(hash);
            }
        var span = path.ToArray();
        return kind switch
        {
            "inclusion" => Hash("leafHash", out var leaf) && Hash("root", out var root) && MerkleProof.VerifyInclusion(Number("leafIdx"), Number("treeSize"), leaf, span, root),
            "subtreeinclusion" => Hash("leafHash", out var leaf) && Hash("root", out var root) && MerkleProof.VerifySubtreeInclusion(Number("leafIdx"), new(Number("start"), Number("end")), leaf, span, root),
            "consistency" => Hash("root1", out var old) && Hash("root2", out var root) && MerkleProof.VerifyConsistency(Number("size1"), Number("size2"), old, root, span),
            _ => Hash("root1", out var old) && Hash("root2", out var root) && MerkleProof.VerifySubtreeConsistency(new(Number("start"), Number("end")), Number("size"), old, root, span),
        };
    }

    private static IEnumerable<string?> Hex(JsonElement list) => list.EnumerateArray().Select(h => h.GetString());

    internal static Hash256[] Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => MerkleTree.LeafHash(Encoding.ASCII.GetBytes($"leaf-{i}")))];

    private static Hash256[] Hashes(IEnumerable<TreeRange> ranges, Hash256[] leaves) =>
        [.. ranges.Select(r => TreeRange.Fold([.. r.Nodes().Select(n => MerkleTree.Root(leaves.AsSpan((int)(n.Index << n.Level), 1 << n.Level)))]))];
}
