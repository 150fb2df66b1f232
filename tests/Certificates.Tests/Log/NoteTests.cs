using System.Text;
using System.Text.Json;

namespace Plumbline.Certificates.Tests;

public sealed class NoteTests
{
    private static readonly DateTimeOffset noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(SignatureAlgorithm.Ed25519)]
    [InlineData(SignatureAlgorithm.EcdsaP256)]
    [InlineData(SignatureAlgorithm.Sm2)]
    public void A_note_is_signed_and_read_with_keys_of_each_kind(SignatureAlgorithm algorithm)
    {
        using var key = SoftwareKey.Create(algorithm);
        var signer = NoteSigner.OfLog("log.example/证书", key);
        var text = "log.example/证书\n第二行\n\n末行\n";
        var note = SignedNote.Parse(new SignedNote(text, [signer.Sign(text, noon)]).ToString());
        var read = NoteKey.Parse(signer.Key.ToString());
        Assert.Equal(text, note.Text);
        Assert.Equal([read], note.SignedBy([read]));
        var changed = new SignedNote(text.Replace('二', '三'), note.Signatures);
        Assert.Equal("note-signature", Assert.Throws<LogException>(() => changed.SignedBy([read])).Finding.Rule);
    }

    [Fact]
    public void A_witness_signs_the_time_with_the_text()
    {
        using var key = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
        var witness = NoteSigner.OfWitness("witness.example/w", key);
        var checkpoint = new Checkpoint("log.example", 0, MerkleTree.EmptyRoot);
        var signature = witness.Sign(checkpoint.Text, noon);
        Assert.Equal(noon, signature.Time);
        Assert.True(witness.Key.Verify(checkpoint.Text, signature.Bytes.Span));
        var later = signature.Bytes.ToArray();
        later[7]++;
        Assert.False(witness.Key.Verify(checkpoint.Text, later));
        // The same key as a log's is another key: other type, other id.
        Assert.NotEqual(witness.Key.Id, NoteKey.Create("witness.example/w", key.PublicKey).Id);
    }

    [Fact]
    public void Lines_of_unknown_keys_are_passed_over_and_a_note_of_only_such_has_no_signer()
    {
        using var known = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
        using var unknown = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
        var (ours, theirs) = (NoteSigner.OfLog("a", known), NoteSigner.OfLog("a", unknown));
        var note = new SignedNote("text\n", [theirs.Sign("other text\n", noon)]);
        Assert.Empty(note.SignedBy([ours.Key]));
        Assert.Single(note.With(Enumerable.Repeat(ours.Sign("text\n", noon), 17)).SignedBy([ours.Key]));
    }

    [Theory]
    [InlineData("text\n", "note-form")]
    [InlineData("text\n\n", "note-form")]
    [InlineData("text\n\n— a AAAAAAA=", "note-form")]
    [InlineData("text\n\n- a AAAAAAA=\n", "note-line")]
    [InlineData("text\n\n— a+b AAAAAAA=\n", "note-line")]
    [InlineData("text\n\n— a AAAAAA==\n", "note-line")]
    [InlineData("text\n\n— a AAAAAAB=\n", "note-line")]
    [InlineData("text\n\n— a AAAA AAA=\n", "note-line")]
    [InlineData("te\txt\n\n— a AAAAAAA=\n", "note-text")]
    public void What_is_not_a_note_is_refused(string note, string rule) => Assert.Equal(rule, Assert.Throws<LogException>(() => SignedNote.Parse(note)).Finding.Rule);

    [Fact]
    public void A_note_has_limits()
    {
        Assert.Equal("note-size", Assert.Throws<LogException>(() => SignedNote.Parse(new byte[SignedNote.MaximumLength + 1])).Finding.Rule);
        var many = "text\n\n" + string.Concat(Enumerable.Repeat("— a AAAAAAA=\n", 101));
        Assert.Equal("note-signatures", Assert.Throws<LogException>(() => SignedNote.Parse(many)).Finding.Rule);
        Assert.Equal("note-utf8", Assert.Throws<LogException>(() => SignedNote.Parse([0xff, (byte)'\n'])).Finding.Rule);
    }

    [Theory]
    [InlineData("a\n1\n\n", "checkpoint-form")]
    [InlineData("a\n01\nvsBlUu5qF+2P3m1DOwgHBgKLOyCQd1nBwMiAJsW04UE=\n", "checkpoint-size")]
    [InlineData("a\n-1\nvsBlUu5qF+2P3m1DOwgHBgKLOyCQd1nBwMiAJsW04UE=\n", "checkpoint-size")]
    [InlineData("a\n9223372036854775808\nvsBlUu5qF+2P3m1DOwgHBgKLOyCQd1nBwMiAJsW04UE=\n", "checkpoint-size")]
    [InlineData("a\n0\nvsBlUu5qF+2P3m1DOwgHBgKLOyCQd1nBwMiAJsW04UE=\n", "checkpoint-root")]
    [InlineData("a\n1\nvsBlUu5qF+2P3m1DOwgHBgKLOyCQd1nBwMiAJsW04Q==\n", "checkpoint-root")]
    public void What_is_not_a_checkpoint_is_refused(string text, string rule) => Assert.Equal(rule, Assert.Throws<LogException>(() => Checkpoint.Parse(text)).Finding.Rule);

    [Fact]
    public void A_policy_asks_for_witnesses_in_groups()
    {
        using var log = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
        var keys = Enumerable.Range(0, 4).Select(_ => SoftwareKey.Create(SignatureAlgorithm.Ed25519)).ToArray();
        var signers = keys.Select((k, i) => NoteSigner.OfWitness($"w{i}.example", k)).ToArray();
        var operatorOfLog = NoteSigner.OfLog("log.example", log);
        var policy = LogPolicy.Parse($"""
            # two of three, and the fourth
            log {operatorOfLog.Key} https://log.example/
            witness A {signers[0].Key}
            witness B {signers[1].Key}
            witness C {signers[2].Key}
            witness D {signers[3].Key} https://w.example/
            group ABC 2 A B C
            group both all ABC D
            quorum both
            """);
        var text = new Checkpoint("log.example", 0, MerkleTree.EmptyRoot).Text;
        SignedNote Signed(params int[] witnesses) => new(text, [operatorOfLog.Sign(text, noon), .. witnesses.Select(w => signers[w].Sign(text, noon))]);
        Assert.Equal(0, policy.Accept(Signed(0, 2, 3)).Size);
        Assert.Equal("checkpoint-quorum", Assert.Throws<LogException>(() => policy.Accept(Signed(0, 3))).Finding.Rule);
        Assert.Equal("checkpoint-quorum", Assert.Throws<LogException>(() => policy.Accept(Signed(0, 1, 2))).Finding.Rule);
        Assert.Equal("checkpoint-unsigned", Assert.Throws<LogException>(() => policy.Accept(new(text, [signers[0].Sign(text, noon)]))).Finding.Rule);
        Assert.Equal("policy-quorum", Assert.Throws<LogException>(() => LogPolicy.Parse($"log {operatorOfLog.Key}\n")).Finding.Rule);
        Assert.Equal("policy-line", Assert.Throws<LogException>(() => LogPolicy.Parse("group a 1 b\nquorum a\n")).Finding.Rule);
        Assert.Single(LogPolicy.Of(operatorOfLog.Key, [signers[0].Key], 1).Witnesses);
    }

    [Fact]
    public void Shared_notes_checkpoints_and_proofs_are_judged_as_stated()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllText(Shared.Find("merkle", "notes_open.json")));
        foreach (var vector in vectors.RootElement.GetProperty("notes").EnumerateArray())
        {
            var note = SignedNote.Parse(vector.GetProperty("note").GetString()!);
            Assert.Equal(vector.GetProperty("valid").GetBoolean(), note.SignedBy(vector.GetProperty("vkeys").EnumerateArray().Select(k => NoteKey.Parse(k.GetString()!))).Count > 0);
        }
        foreach (var vector in vectors.RootElement.GetProperty("checkpoints").EnumerateArray())
        {
            var note = SignedNote.Parse(vector.GetProperty("checkpoint").GetString()!);
            if (!vector.GetProperty("valid").GetBoolean())
            {
                Assert.Throws<LogException>(() => Policy(vector).Accept(note));
                continue;
            }
            var checkpoint = Policy(vector).Accept(note);
            Assert.Equal(vector.GetProperty("size").GetInt64(), checkpoint.Size);
            Assert.Equal(vector.GetProperty("root_hex").GetString(), Convert.ToHexStringLower(checkpoint.Root.Span));
            Assert.All(note.Signatures.Skip(1), s => Assert.Equal(vector.GetProperty("timestamp").GetInt64(), s.Time!.Value.ToUnixTimeSeconds()));
        }
        foreach (var vector in vectors.RootElement.GetProperty("tlog_proofs").EnumerateArray())
        {
            var text = vector.GetProperty("proof").GetString()!;
            var proof = LogProof.Parse(text);
            Assert.Equal(text, proof.ToString());
            var leaf = MerkleTree.LeafHash(Encoding.UTF8.GetBytes(vector.GetProperty("entry_utf8").GetString()!));
            if (vector.GetProperty("valid").GetBoolean())
                Assert.True(proof.Verify(leaf, Policy(vector)).Size > proof.Index);
            else
                Assert.Equal("proof-inclusion", Assert.Throws<LogException>(() => proof.Verify(leaf, Policy(vector))).Finding.Rule);
        }
    }

    private static LogPolicy Policy(JsonElement vector)
    {
        var witnesses = vector.GetProperty("witness_vkeys").EnumerateArray().Select(k => NoteKey.Parse(k.GetString()!)).ToArray();
        return LogPolicy.Of(NoteKey.Parse(vector.GetProperty("log_vkey").GetString()!), witnesses, witnesses.Length);
    }
}
