using System.Net;
using System.Text;

namespace Plumbline.Certificates.Tests;

public sealed class WitnessTests : IDisposable
{
    private const string Origin = "log.example";

    private readonly TemporaryFolder folder = new();
    private readonly LogClock clock = new();
    private readonly SoftwareKey logKey = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
    private readonly SoftwareKey witnessKey = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
    private readonly NoteSigner log;
    private readonly Witness witness;
    private readonly Hash256[] leaves = MerkleTests.Leaves(50);

    public WitnessTests()
    {
        log = NoteSigner.OfLog(Origin, logKey);
        witness = new(NoteSigner.OfWitness("witness.example/w", witnessKey), [log.Key], Path.Combine(folder.Path, "state"), clock);
    }

    public void Dispose()
    {
        logKey.Dispose();
        witnessKey.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_witness_follows_a_log_that_grows_and_refuses_what_the_specification_says()
    {
        Assert.Equal(200, Ask(0, 0, []).Status);
        var first = Ask(0, 10, []);
        Assert.Equal((200, 10L), (first.Status, witness.Last(Origin)!.Size));
        Assert.Equal([witness.Key], Note(10).With(SignedNote.ParseSignature(first.Body)).SignedBy([witness.Key]));
        Assert.Equal((409, "text/x.tlog.size", "10\n"), Told(Ask(0, 20, [])));
        Assert.Equal((409, "text/x.tlog.size", "10\n"), Told(Ask(5, 20, Proof(5, 20))));
        Assert.Equal(422, Ask(10, 20, Proof(9, 20)).Status);
        Assert.Equal(422, Ask(10, 20, []).Status);
        Assert.Equal(200, Ask(10, 20, Proof(10, 20)).Status);
        Assert.Equal(200, Ask(20, 20, []).Status);
        Assert.Equal(422, Ask(20, 20, Proof(10, 20)).Status);
        Assert.Equal(400, Ask(21, 20, []).Status);
        Assert.Equal(20, witness.Last(Origin)!.Size);
    }

    [Fact]
    public void A_second_history_is_not_signed()
    {
        Ask(0, 10, []);
        leaves[3] = leaves[4];
        Assert.Equal((409, "text/x.tlog.size", "10\n"), Told(Ask(10, 10, [])));
        Assert.Equal(422, Ask(10, 20, Proof(10, 20)).Status);
    }

    [Fact]
    public void A_proof_with_old_size_zero_is_refused_and_so_are_strangers()
    {
        Assert.Equal(422, Ask(0, 10, Proof(5, 10)).Status);
        using var other = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
        var text = new Checkpoint(Origin, 10, MerkleTree.Root(leaves.AsSpan(0, 10))).Text;
        Assert.Equal(403, witness.AddCheckpoint(Body(0, [], new(text, [NoteSigner.OfLog(Origin, other).Sign(text, clock.Now)]))).Status);
        Assert.Equal(403, witness.AddCheckpoint(Body(0, [], new(text, [log.Sign("other\n", clock.Now)]))).Status);
        var unknown = new Checkpoint("other.example", 0, MerkleTree.EmptyRoot).Text;
        Assert.Equal(404, witness.AddCheckpoint(Body(0, [], new(unknown, [log.Sign(unknown, clock.Now)]))).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 0\n")]
    [InlineData("old 00\n\n")]
    [InlineData("old -1\n\n")]
    [InlineData("new 0\n\n")]
    [InlineData("old 0\nxx\n\n")]
    public void What_is_not_a_request_is_refused(string head)
    {
        Assert.Equal(400, witness.AddCheckpoint(Encoding.UTF8.GetBytes(head)).Status);
        Assert.Equal(400, witness.AddCheckpoint(Encoding.UTF8.GetBytes(head + Note(1))).Status);
        Assert.Equal(400, witness.AddCheckpoint(new byte[Witness.MaximumRequest + 1]).Status);
        var many = $"old 0\n{string.Concat(Enumerable.Repeat(leaves[0] + "\n", 64))}\n{Note(1)}";
        Assert.Equal(400, witness.AddCheckpoint(Encoding.UTF8.GetBytes(many)).Status);
    }

    [Fact]
    public async Task The_writer_publishes_what_witnesses_signed()
    {
        var path = Path.Combine(folder.Path, "log");
        LogWriter.Create(path, log, clock);
        using var http = new HttpClient(new Wire(witness));
        var policy = LogPolicy.Parse($"log {log.Key}\nwitness w {witness.Key} https://w.example/\nwitness away {NoteKey.Create("away.example", logKey.PublicKey, cosigns: true)} https://away.example/\nquorum w\n");
        var client = new WitnessClient(http, policy, new(new FolderSource(Path.Combine(path, "public"))), TimeSpan.FromSeconds(20));
        for (var run = 0; run < 2; run++)
            await using (var writer = LogWriter.Open(path, log, clock, new() { Cosign = client.CosignAsync }))
                for (var i = 0; i < 3; i++)
                    Assert.Equal((run * 3) + i + 1, policy.Accept((await writer.Append(BitConverter.GetBytes(i)).Done).Checkpoint).Size);
        Assert.Equal("away", Assert.Single(client.Refusals).Witness);
        // A client that knows nothing learns from the witness where it stands.
        var fresh = new WitnessClient(http, policy, new(new FolderSource(Path.Combine(path, "public"))), TimeSpan.FromSeconds(20));
        await using (var writer = LogWriter.Open(path, log, clock, new() { Cosign = fresh.CosignAsync }))
        {
            Assert.Throws<LogException>(() => policy.Accept(writer.Checkpoint));
            Assert.Equal(6, policy.Accept((await writer.CosignAsync()).Checkpoint).Size);
            Assert.Equal(7, policy.Accept((await writer.Append(new byte[1]).Done).Checkpoint).Size);
        }
    }

    private static (int, string, string) Told(WitnessAnswer answer) => (answer.Status, answer.ContentType, answer.Body);

    private WitnessAnswer Ask(long old, int size, Hash256[] proof) => witness.AddCheckpoint(Body(old, proof, Note(size)));

    private static byte[] Body(long old, Hash256[] proof, SignedNote note) => Encoding.UTF8.GetBytes($"old {old}\n{string.Concat(proof.Select(h => h + "\n"))}\n{note}");

    private SignedNote Note(int size)
    {
        var text = new Checkpoint(Origin, size, MerkleTree.Root(leaves.AsSpan(0, size))).Text;
        return new(text, [log.Sign(text, clock.Now)]);
    }

    private Hash256[] Proof(int old, int size) => [.. MerkleProof.Consistency(old, size).Select(r => MerkleTree.Root(leaves.AsSpan((int)r.Start, (int)r.Count)))];

    /// <summary>Carries requests to the witness without a network; another host is not reached.</summary>
    private sealed class Wire(Witness witness) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsoluteUri != "https://w.example/add-checkpoint")
                throw new HttpRequestException("not reached");
            var answer = witness.AddCheckpoint(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            return new((HttpStatusCode)answer.Status) { Content = new StringContent(answer.Body) };
        }
    }
}
