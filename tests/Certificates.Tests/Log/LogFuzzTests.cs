using System.Diagnostics;
using System.Text;

namespace Plumbline.Certificates.Tests;

/// <summary>Hostile bytes: good files with bytes changed, cut, repeated and joined. Whatever comes, the answer is a refusal or what was read, soon and within bounds.</summary>
public sealed class LogFuzzTests : IDisposable
{
    private const int Trials = 6000;

    private readonly Institutes institutes = new();
    private readonly LogClock clock = new();

    public void Dispose() => institutes.Dispose();

    [Fact]
    public void Notes() => Fuzz([.. Note().Select(n => n.ToString())], bytes => SignedNote.Parse(bytes).SignedBy([Signer().Key]));

    [Fact]
    public void Proofs() => Fuzz([new LogProof(3, MerkleTests.Leaves(3), Note()[0]) { Extra = new byte[] { 1, 2, 3 } }.ToString()], bytes =>
    {
        var proof = LogProof.Parse(bytes);
        Assert.Equal(proof.ToString(), LogProof.Parse(proof.ToString()).ToString());
        proof.Verify(default, LogPolicy.Of(Signer().Key, [], 0));
    });

    [Fact]
    public void Policies() => Fuzz([$"log {Signer().Key}\nwitness a {NoteKey.Create("w", institutes[Institutes.Stranger].PublicKey, cosigns: true)} https://a\ngroup g 1 a\nquorum g\n"], bytes => LogPolicy.Parse(Encoding.Latin1.GetString(bytes)));

    [Fact]
    public void Verifier_keys() => Fuzz([Signer().Key.ToString(), NoteKey.Create("b", institutes[Institutes.Supervisor].PublicKey).ToString(), NoteKey.Create("c", institutes[Institutes.Institute].PublicKey).ToString()], bytes => NoteKey.Parse(Encoding.UTF8.GetString(bytes)));

    [Fact]
    public void Events()
    {
        var e = institutes.Issue(CertificateId.New(), 7, clock.Now);
        var amended = institutes.Issue(CertificateId.New(), 8, clock.Now, LogEventType.Amend, new(e.Id, 3, default));
        Fuzz([e.Encode(), amended.Encode()], bytes =>
        {
            var read = LogEvent.Decode(bytes);
            Assert.Equal(bytes, read.Encode());
            EventRules.Check(read, new(), institutes, clock.Now);
        });
    }

    [Fact]
    public void Bundles() => Fuzz([[0, 3, 1, 2, 3, 0, 0, 0, 1, 9]], bytes => EntryBundle.Parse(bytes, 3));

    [Fact]
    public void Witness_requests()
    {
        using var folder = new TemporaryFolder();
        using var key = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
        var witness = new Witness(NoteSigner.OfWitness("w", key), [Signer().Key], folder.Path, clock);
        Fuzz([$"old 0\n\n{Note()[1]}", $"old 3\n{MerkleTests.Leaves(1)[0]}\n\n{Note()[1]}"], bytes => Assert.Contains(witness.AddCheckpoint(bytes).Status, new[] { 200, 400, 403, 404, 409, 422 }));
    }

    [Fact]
    public void Tile_paths() => Fuzz(["tile/0/x001/x234/067.p/12", "tile/entries/000"], bytes =>
    {
        var path = Encoding.Latin1.GetString(bytes);
        if (TileId.Parse(path) is { } tile)
            Assert.Equal(path, tile.Path);
    });

    private static void Fuzz(string[] seeds, Action<byte[]> read) => Fuzz([.. seeds.Select(Encoding.UTF8.GetBytes)], read);

    private static void Fuzz(byte[][] seeds, Action<byte[]> read)
    {
        var (random, watch) = (new Random(20260301), Stopwatch.StartNew());
        for (var trial = 0; trial < Trials; trial++)
        {
            var bytes = Mutate(seeds[random.Next(seeds.Length)], seeds[random.Next(seeds.Length)], random);
            try
            {
                read(bytes);
            }
            catch (LogException refused)
            {
                Assert.NotEmpty(refused.Finding.Rule);
            }
        }
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(100), $"{watch.Elapsed} for {Trials} trials");
    }

    private static byte[] Mutate(byte[] seed, byte[] other, Random random)
    {
        var bytes = seed.ToList();
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, random.Next(bytes.Count - at) + 1);
                    break;
                case 3:
                    bytes.InsertRange(at, other.Skip(random.Next(other.Length)).Take(random.Next(60)));
                    break;
                case 4:
                    bytes.Insert(at, (byte)"\n \0+/=9"[random.Next(7)]);
                    break;
                case 5:
                    bytes.InsertRange(at, Enumerable.Repeat(bytes[at], random.Next(2000)));
                    break;
                default:
                    bytes[at] = (byte)(random.Next(2) == 0 ? 0xff : 0x9f);
                    break;
            }
        }
        return [.. bytes];
    }

    private NoteSigner Signer() => NoteSigner.OfLog("log.example", institutes[Institutes.Stranger]);

    private SignedNote[] Note()
    {
        var text = new Checkpoint("log.example", 4, MerkleTree.Root(MerkleTests.Leaves(4))).Text;
        return [new("a\n\nb\n", [Signer().Sign("a\n\nb\n", clock.Now), Signer().Sign("x\n", clock.Now) with { Name = "other" }]), new(text, [Signer().Sign(text, clock.Now)])];
    }
}
