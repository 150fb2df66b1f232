namespace Plumbline.Certificates.Tests;

public sealed class TileTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(1, 1234067, 256, "tile/1/x001/x234/067")]
    [InlineData(0, 273, 112, "tile/0/273.p/112")]
    [InlineData(TileId.Entries, 1000, 3, "tile/entries/x001/000.p/3")]
    public void Tiles_have_their_paths(int level, long index, int width, string path)
    {
        Assert.Equal(path, new TileId(level, index, width).Path);
        Assert.Equal(new TileId(level, index, width), TileId.Parse(path));
    }

    [Theory]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/001.p/0")]
    [InlineData("tile/0/001.p/256")]
    [InlineData("tile/8/001")]
    [InlineData("tile/0/../001")]
    [InlineData("checkpoint")]
    [InlineData("tile/-1/001")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999")]
    public void Other_paths_are_none(string path) => Assert.Null(TileId.Parse(path));

    [Fact]
    public void Seventy_thousand_entries_have_the_tiles_that_the_specification_counts()
    {
        var tiles = TileId.Of(70_000).Where(t => t.Level >= 0).ToLookup(t => t.Level, t => t.Width);
        Assert.Equal((273, 112), (tiles[0].Count(w => w == 256), tiles[0].Last()));
        Assert.Equal([256, 17], tiles[1]);
        Assert.Equal([1], tiles[2]);
        Assert.Empty(TileId.Of(0));
    }

    [Fact]
    public async Task A_log_of_Tessera_is_read_and_proved_at_every_size()
    {
        var folder = Shared.Find("merkle", "tessera_testlog");
        var policy = LogPolicy.Of(NoteKey.Parse(File.ReadAllText(Path.Combine(folder, "vkey.txt")).Trim()), [], 0);
        var reader = new LogReader(new FolderSource(folder));
        var newest = policy.Accept(await reader.ReadCheckpointAsync());
        var edge = new TreeEdge();
        for (var size = 0; size <= newest.Size; size++)
        {
            var note = SignedNote.Parse(File.ReadAllBytes(Path.Combine(folder, $"checkpoint.{size}")));
            var checkpoint = policy.Accept(note);
            Assert.Equal((size, checkpoint.Root), (checkpoint.Size, await reader.RootAsync(size)));
            if (size == 0)
                continue;
            var entries = await reader.ReadBundleAsync(new(TileId.Entries, 0, size));
            edge.Append(entries[^1].Span, MerkleTree.LeafHash(entries[^1].Span), (_, _) => { });
            Assert.Equal(checkpoint.Root, edge.Root);
            // Our own files of the same entries are the same, byte for byte.
            foreach (var (tile, content) in edge.Partial())
                Assert.Equal(File.ReadAllBytes(Path.Combine(folder, tile.Path)), content);
            for (var i = 0; i < size; i++)
                Assert.Equal(checkpoint, (await reader.ProveAsync(i, note)).Verify(MerkleTree.LeafHash(entries[i].Span), policy));
            Assert.True(MerkleProof.VerifyConsistency(size, newest.Size, checkpoint.Root, newest.Root, await reader.ProveConsistencyAsync(size, newest.Size)));
        }
    }

    [Fact]
    public void The_edge_of_a_tree_gives_the_same_roots_and_tiles_when_it_is_saved_between()
    {
        var leaves = MerkleTests.Leaves(70_000);
        var (edge, tiles) = (new TreeEdge(), new Dictionary<TileId, byte[]>());
        for (var i = 0; i < leaves.Length; i++)
        {
            edge.Append(BitConverter.GetBytes(i), leaves[i], tiles.Add);
            if (i % 9973 != 0)
                continue;
            Assert.Equal(MerkleTree.Root(leaves.AsSpan(0, i + 1)), edge.Root);
            using var stream = new MemoryStream();
            edge.Save(stream);
            stream.Position = 0;
            using var reader = new BinaryReader(stream);
            edge = TreeEdge.Load(reader);
        }
        foreach (var (tile, content) in edge.Partial())
            tiles.Add(tile, content);
        Assert.Equal(TileId.Of(70_000).ToHashSet(), tiles.Keys.ToHashSet());
        Assert.Equal(MerkleTree.Root(leaves.AsSpan(0, 65_536)).ToArray(), tiles[new(2, 0, 1)]);
    }

    [Fact]
    public void A_bundle_of_another_number_of_entries_is_refused()
    {
        byte[] two = [0, 1, 7, 0, 0];
        Assert.Equal([1, 0], EntryBundle.Parse(two, 2).Select(e => e.Length));
        foreach (var (bytes, width) in new[] { (two, 1), (two, 3), (two[..4], 2), ([0, 2, 7], 1) })
            Assert.Equal("bundle-form", Assert.Throws<LogException>(() => EntryBundle.Parse(bytes, width)).Finding.Rule);
    }
}
