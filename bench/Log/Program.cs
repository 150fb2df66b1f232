using System.Diagnostics;
using System.Globalization;
using Plumbline.Certificates;

// Durable appends beside the file system's own append + fsync loop of the same bytes and batch, in turns in one run; then proofs from a log of 10⁶ entries.
// dotnet run -c Release --project bench/Log [FOLDER]   the folder says which disk
const int Batch = 256, EntrySize = 300, Rounds = 9, BatchesOfRound = 100;
const string Institution = "91330000000000001A";

var folder = Path.Combine(args.Length > 0 ? args[0] : ".", $"plumbline-bench-log-{Environment.ProcessId}");
Directory.CreateDirectory(folder);
try
{
    var random = new Random(1);
    var entries = Enumerable.Range(0, Batch * BatchesOfRound).Select(_ => { var e = new byte[EntrySize]; random.NextBytes(e); return e; }).ToArray();
    using var key = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
    var signer = NoteSigner.OfLog("bench.example/log", key);
    await AppendsAsync(entries, signer);
    if (args.Length < 2) // a second argument: appends only
    {
        await EventsAsync(signer);
        await ProofsAsync(signer);
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task AppendsAsync(byte[][] entries, NoteSigner signer)
{
    var path = Path.Combine(folder, "appends");
    LogWriter.Create(path, signer, TimeProvider.System);
    await using var writer = LogWriter.Open(path, signer, TimeProvider.System, new() { MaximumBatch = Batch, Linger = TimeSpan.Zero });
    var (own, plain, single, processor) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
    for (var round = 0; round <= Rounds; round++)
    {
        var loop = Loop(entries, Path.Combine(folder, "loop"));
        var (start, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await Task.WhenAll(entries.Select(e => writer.Append(e).Done));
        var log = Stopwatch.GetElapsedTime(start).TotalSeconds;
        processor.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds / BatchesOfRound);
        if (round == 0)
            continue; // warms up
        plain.Add(entries.Length / loop);
        own.Add(entries.Length / log);
        single.Add(loop / BatchesOfRound * 1000);
    }
    Tell("file system: append + fsync, batch 256", $"{Median(plain):F0} entries/s");
    Tell("file system: one append + fsync of a batch", $"{Median(single):F2} ms");
    Tell("log: durable appends, batch 256", $"{Median(own):F0} entries/s");
    Tell("log: CPU of a batch of 256", $"{Median(processor):F2} ms");
    Tell("log / file system, median of the rounds' ratios", $"{Median([.. own.Zip(plain, (a, b) => a / b)]):P0}");
}

double Loop(byte[][] entries, string path)
{
    using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
    var (block, at, start) = (new byte[Batch * (EntrySize + 2)], 0L, Stopwatch.GetTimestamp());
    for (var first = 0; first < entries.Length; first += Batch)
    {
        for (var i = 0; i < Batch; i++)
            entries[first + i].CopyTo(block, (i * (EntrySize + 2)) + 2);
        RandomAccess.Write(file, block, at);
        RandomAccess.FlushToDisk(file);
        at += block.Length;
    }
    return Stopwatch.GetElapsedTime(start).TotalSeconds;
}

async Task EventsAsync(NoteSigner signer)
{
    const int count = 20_000;
    var path = Path.Combine(folder, "events");
    LogWriter.Create(path, signer, TimeProvider.System);
    using var issuer = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256);
    await using var log = await EventLog.OpenAsync(path, signer, new OneInstitution(Institution, issuer.PublicKey), TimeProvider.System, new() { MaximumBatch = Batch, Linger = TimeSpan.Zero });
    var digests = FileDigests.Of("file"u8);
    var events = Enumerable.Range(0, count).Select(_ => new LogEvent(LogEventType.Issue, Institution, TimeProvider.System.GetUtcNow())
    {
        Id = CertificateId.New(),
        Kind = nameof(DocumentKind.VerificationCertificate),
        Digests = digests,
        StatusIndex = log.ReserveStatusIndex(),
    }.SignedBy(issuer)).ToArray();
    var (process, start) = (Process.GetCurrentProcess(), Stopwatch.GetTimestamp());
    var before = process.TotalProcessorTime;
    var receipts = new EventReceipt[count];
    await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 2 * Batch }, async (i, _) => receipts[i] = await log.AppendAsync(events[i]));
    process.Refresh();
    if (receipts.Any(r => r.Appended is null))
        throw new InvalidOperationException("An event was refused.");
    Tell("log: signed events under the rules (P-256 verified each)", $"{count / Stopwatch.GetElapsedTime(start).TotalSeconds:F0} events/s, {(process.TotalProcessorTime - before).TotalMilliseconds / count:F3} ms CPU each");
    Tell("length of an issue event", $"{events[0].Encode().Length} bytes");
}

async Task ProofsAsync(NoteSigner signer)
{
    const int size = 1_000_000, proofs = 1000;
    var path = Path.Combine(folder, "million");
    LogWriter.Create(path, signer, TimeProvider.System);
    await using var writer = LogWriter.Open(path, signer, TimeProvider.System, new() { MaximumBatch = 8192, Linger = TimeSpan.Zero });
    var start = Stopwatch.GetTimestamp();
    for (var first = 0; first < size; first += 50_000)
        await Task.WhenAll(Enumerable.Range(first, 50_000).Select(i => writer.Append(BitConverter.GetBytes(i)).Done));
    Tell("log: 10⁶ entries of 4 bytes, batch 8192", $"{size / Stopwatch.GetElapsedTime(start).TotalSeconds:F0} entries/s");
    var (random, note, checkpoint) = (new Random(2), writer.Checkpoint, Checkpoint.Parse(writer.Checkpoint.Text));
    var (times, reads, process) = (new List<double>(), new List<long>(), Process.GetCurrentProcess());
    for (var run = 0; run < 2; run++) // the first warms up
    {
        (times, reads) = ([], []);
        for (var i = 0; i < proofs; i++)
        {
            var index = random.NextInt64(size);
            var reader = new LogReader(new FolderSource(writer.PublicFolder)); // holds no tile yet
            process.Refresh();
            var before = process.TotalProcessorTime;
            var proof = await reader.ProveAsync(index, note);
            process.Refresh();
            times.Add((process.TotalProcessorTime - before).TotalMilliseconds);
            reads.Add(reader.TileReads);
            if (!MerkleProof.VerifyInclusion(index, size, MerkleTree.LeafHash(BitConverter.GetBytes((int)index)), [.. proof.Path], checkpoint.Root))
                throw new InvalidOperationException("A proof does not hold.");
        }
    }
    Tell("proof of a random leaf of 10⁶, no tile held", $"{Median(times):F2} ms CPU (median), {times.Average():F2} ms (mean), {reads.Max()} tile reads at most");
}

static double Median(List<double> values)
{
    values.Sort();
    return values[values.Count / 2];
}

static void Tell(string what, string figure) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {figure}"));

internal sealed class OneInstitution(string id, PublicKey key) : IEventTrust
{
    public EventSigner? FindSigner(string keyId, DateOnly day, long index) => keyId == key.Id ? new(id, key) : null;

    public bool MayIssue(string keyId, string kind, DateOnly day, long index) => true;

    public bool MayRecord(string institution, LogEventType type, DateOnly day) => true;

    public bool Supervises(string authority, string institution) => false;
}
