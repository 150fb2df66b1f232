using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Plumbline.Certificates.Tests;

public sealed class LogWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LogClock clock = new();
    private readonly SoftwareKey key = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
    private readonly NoteSigner signer;
    private readonly string log;

    public LogWriterTests() => (signer, log) = (NoteSigner.OfLog("log.example", key), Path.Combine(folder.Path, "log"));

    public void Dispose()
    {
        key.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Entries_of_many_callers_are_read_proved_and_kept()
    {
        LogWriter.Create(log, signer, clock);
        await using (var writer = LogWriter.Open(log, signer, clock))
        {
            var done = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() => writer.Append(BitConverter.GetBytes(i)).Done)));
            Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), done.Select(d => d.Index).Order());
            Assert.All(done, d => Assert.True(Checkpoint.Parse(d.Checkpoint.Text).Size > d.Index));
        }
        await using var again = LogWriter.Open(log, signer, clock);
        Assert.Equal(1000, again.Size);
        var policy = LogPolicy.Of(signer.Key, [], 0);
        var reader = new LogReader(new FolderSource(again.PublicFolder));
        for (var i = 0; i < 1000; i += 37)
        {
            var entry = await reader.ReadEntryAsync(i, 1000);
            Assert.Equal(1000, (await reader.ProveAsync(i, again.Checkpoint)).Verify(MerkleTree.LeafHash(entry.Span), policy).Size);
        }
        // Only what the specification names lies in the public folder, and of full tiles no partial ones.
        var files = Directory.GetFiles(again.PublicFolder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(again.PublicFolder, f).Replace('\\', '/')).ToArray();
        Assert.All(files, f => Assert.True(f == "checkpoint" || TileId.Parse(f) is not null, f));
        Assert.All(TileId.Of(1000), t => Assert.Contains(t.Path, files));
        Assert.DoesNotContain(files, f => f.StartsWith("tile/0/000.p", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_log_has_one_writer()
    {
        Assert.Equal("journal-missing", Rule(() => LogWriter.Open(log, signer, clock)));
        LogWriter.Create(log, signer, clock);
        Assert.Equal("log-exists", Rule(() => LogWriter.Create(log, signer, clock)));
        await using (LogWriter.Open(log, signer, clock))
            Assert.Equal("log-locked", Rule(() => LogWriter.Open(log, signer, clock)));
        Assert.Equal("journal-tree", Rule(() => LogWriter.Open(log, NoteSigner.OfLog("other.example", key), clock)));
    }

    [Fact]
    public async Task A_cut_off_record_is_dropped_and_a_damaged_one_stops_the_writer()
    {
        var journal = await WriteAsync(40);
        var bytes = File.ReadAllBytes(journal);
        File.WriteAllBytes(journal, [.. bytes, .. bytes[..100]]);
        await using (var writer = LogWriter.Open(log, signer, clock))
            Assert.Equal(40, writer.Size);
        Assert.Equal(bytes, File.ReadAllBytes(journal));
        var damaged = bytes.ToArray();
        damaged[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(journal, damaged);
        Assert.Equal("journal-damaged", Rule(() => LogWriter.Open(log, signer, clock)));
    }

    [Fact]
    public async Task A_folder_that_was_set_back_does_not_begin_a_second_history()
    {
        var journal = await WriteAsync(10);
        var old = File.ReadAllBytes(journal);
        await WriteAsync(10);
        File.WriteAllBytes(journal, old);
        Assert.Equal("log-rolled-back", Rule(() => LogWriter.Open(log, signer, clock)));
    }

    [Fact]
    public async Task Public_files_that_a_power_failure_took_are_written_anew()
    {
        await WriteAsync(700);
        var files = Path.Combine(log, "public");
        Directory.Delete(Path.Combine(files, "tile"), recursive: true);
        File.WriteAllBytes(Path.Combine(files, "checkpoint"), []);
        await using var writer = LogWriter.Open(log, signer, clock);
        Assert.Equal(700, writer.Size);
        Assert.Equal(Checkpoint.Parse(writer.Checkpoint.Text).Root, await new LogReader(new FolderSource(files)).RootAsync(700));
    }

    [Fact(Timeout = 240_000)]
    public async Task Nothing_acknowledged_is_lost_and_no_checkpoint_forks_however_often_the_writer_is_killed()
    {
        Assert.SkipWhen(RuntimeInformation.IsOSPlatform(OSPlatform.Windows), "SIGKILL is of Unix");
        const int kills = 32;
        using (var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256))
            File.WriteAllBytes(Path.Combine(folder.Path, KilledWriter.KeyName), ecdsa.ExportPkcs8PrivateKey());
        var killed = KilledWriter.Signer(folder.Path);
        LogWriter.Create(log, killed, clock);
        var (random, acknowledged, published) = (new Random(4), new Dictionary<long, Hash256>(), new List<Checkpoint>());
        for (var run = 0; run < kills; run++)
        {
            await KillAsync(run, random.Next(5, 250), acknowledged, published);
            await using var writer = LogWriter.Open(log, killed, clock, KilledWriter.Options(run));
            published.Add(Checkpoint.Parse(writer.Checkpoint.Text));
            await CheckAsync(writer, acknowledged, published);
        }
        Assert.True(acknowledged.Count > 10 * kills, $"only {acknowledged.Count} entries were acknowledged");
    }

    private static async Task CheckAsync(LogWriter writer, Dictionary<long, Hash256> acknowledged, List<Checkpoint> published)
    {
        var leaves = new List<Hash256>();
        await foreach (var entry in writer.Reader.ReadEntriesAsync(0, writer.Size))
            leaves.Add(MerkleTree.LeafHash(entry.Span));
        foreach (var (index, leaf) in acknowledged)
            Assert.Equal(leaf, leaves[(int)index]);
        var (all, newest) = (leaves.ToArray(), Checkpoint.Parse(writer.Checkpoint.Text));
        Assert.Equal(MerkleTree.Root(all), newest.Root);
        foreach (var checkpoint in published.Distinct())
        {
            Assert.Equal(MerkleTree.Root(all.AsSpan(0, (int)checkpoint.Size)), checkpoint.Root);
            Assert.True(checkpoint.Size == 0 || MerkleProof.VerifyConsistency(checkpoint.Size, newest.Size, checkpoint.Root, newest.Root, await writer.Reader.ProveConsistencyAsync(checkpoint.Size, newest.Size)));
        }
    }

    private async Task KillAsync(int run, int milliseconds, Dictionary<long, Hash256> acknowledged, List<Checkpoint> published)
    {
        var program = typeof(KilledWriter).Assembly.Location;
        var start = new ProcessStartInfo(Path.ChangeExtension(program, null)) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[KilledWriter.Folder] = folder.Path;
        start.Environment[KilledWriter.Run] = $"{run}";
        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync();
        if (await child.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is not { } first)
        {
            Assert.Fail(await errors);
            return;
        }
        var lines = new List<string> { first };
        var reading = Task.Run(async () =>
        {
            while (await child.StandardOutput.ReadLineAsync() is { } line)
                lines.Add(line);
        });
        for (var stop = Stopwatch.StartNew(); stop.ElapsedMilliseconds < milliseconds; await Task.Delay(3))
            published.Add(Checkpoint.Parse(SignedNote.Parse(File.ReadAllBytes(Path.Combine(log, "public", "checkpoint"))).Text));
        child.Kill(); // SIGKILL
        await child.WaitForExitAsync();
        await reading;
        Assert.Equal(137, child.ExitCode);
        foreach (var words in lines.Select(l => l.Split(' ')).Where(w => w.Length == 2 && w[1].Length == 44)) // the last line may be cut off
            if (Hash256.TryParse(words[1], out var leaf))
                acknowledged.Add(long.Parse(words[0]), leaf);
    }

    private async Task<string> WriteAsync(int entries)
    {
        if (!Directory.Exists(log))
            LogWriter.Create(log, signer, clock);
        await using var writer = LogWriter.Open(log, signer, clock, new() { MaximumBatch = 7 });
        await Task.WhenAll(Enumerable.Range(0, entries).Select(i => writer.Append(BitConverter.GetBytes(i)).Done));
        return Directory.GetFiles(Path.Combine(log, "journal")).Single();
    }

    private static string Rule(Action action) => Assert.Throws<LogException>(action).Finding.Rule;
}
