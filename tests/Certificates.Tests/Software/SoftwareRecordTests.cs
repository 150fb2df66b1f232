using System.Text;

namespace Plumbline.Certificates.Tests;

public class SoftwareRecordTests
{
    private static readonly SimulatedInstrument instrument = new(Cheat.None, 1);

    [Fact]
    public void A_record_is_read_as_it_was_written()
    {
        var bytes = SoftwareRecordFile.Write(instrument.Record);
        var read = SoftwareRecordFile.Read(bytes);
        Assert.Empty(read.Findings);
        Assert.Equal(bytes, SoftwareRecordFile.Write(read.Value!));
        Assert.Equal(instrument.Record.Fingerprint(instrument.Record.Units[1]), read.Value!.Fingerprint(read.Value.Units[1]));
        Assert.NotEqual(read.Value.Fingerprint(read.Value.Units[0]), read.Value.Fingerprint(read.Value.Units[1]));
    }

    [Theory]
    [InlineData("\"riskClass\": \"C\"", "\"riskClass\": \"G\"", "json-value", "/riskClass")]
    [InlineData("\"address\": \"0x08000000\"", "\"address\": \"8000000\"", "json-value", "/units[1]/modules[1]/address")]
    [InlineData("\"size\": 65536", "\"size\": 0", "json-value", "/units[1]/modules[1]/size")]
    [InlineData("\"size\": 65536", "\"size\": 65537", "json-value", "/units[1]/modules")]
    [InlineData("\"polynomial\": \"8005\"", "\"polynomial\": \"08005\"", "json-value", "/units[1]/modules[1]/checksums[1]/polynomial")]
    [InlineData("\"polynomial\": \"8005\"", "\"polynomial\": \"8004\"", "json-value", "/units[1]/modules[1]/checksums[1]/width")]
    [InlineData("\"version\": \"2.0.0\"", "\"version\": \"2.1.0\"", "json-value", "/units")]
    [InlineData("\"sm3\"", "\"SM3\"", "json-missing", "/units[1]/modules[1]")]
    [InlineData("\"most\": 2.2", "\"most\": 1.2", "json-value", "/units[1]/parameters/schema[1]/most")]
    [InlineData("\"length\": 16", "\"length\": 17", "json-value", "/units[1]/modules[1]/excluded[1]/address")]
    [InlineData("5a5a5a5a5a5a5a5a", "5a5a", "json-value", "/units[1]/cheats[1]/pattern")]
    [InlineData("\"update\": \"None\"", "\"update\": \"none\"", "json-value", "/units[1]/update")]
    [InlineData("\"from\": \"2024-01-01\"", "\"from\": \"2024-01-01\", \"to\": \"2023-01-01\"", "json-value", "/units[1]/to")]
    public void A_bad_file_is_refused_with_its_place(string from, string to, string rule, string path)
    {
        var text = Encoding.UTF8.GetString(SoftwareRecordFile.Write(instrument.Record));
        Assert.Contains(from, text);
        var read = SoftwareRecordFile.Read(Encoding.UTF8.GetBytes(text.Replace(from, to)));
        Assert.Null(read.Value);
        Words.Check(read.Findings);
        Assert.Contains(read.Findings, f => f.Rule == rule && f.Path == $"software record{path}");
    }

    [Fact]
    public void A_draft_gets_its_digests_from_the_image_and_a_wrong_image_is_refused()
    {
        var draft = instrument.Record with { Units = [.. instrument.Record.Units.Select(u => u with { Modules = [.. u.Modules.Select(m => m with { Sha256 = "", Sm3 = "", BlockSize = 0, Blocks = [], Checksums = [.. m.Checksums.Select(c => c with { Displayed = "" })] })] })] };
        var file = SoftwareRecordFile.Write(draft);
        Assert.Null(SoftwareRecordFile.Read(file).Value);
        var completed = SoftwareRecordFile.Complete(SoftwareRecordFile.Read(file, isDraft: true).Value!, "main", "2.1.0", instrument.Escrow).Value!;
        Assert.Equal(instrument.Record.Units[1].Modules[0].Sha256, completed.Units[1].Modules[0].Sha256);
        Assert.Equal(instrument.Record.Units[1].Modules[0].Checksums[0], completed.Units[1].Modules[0].Checksums[0]);
        Assert.Equal("software-module-differs", SoftwareRecordFile.Complete(instrument.Record, "main", "2.0.0", instrument.Escrow).Findings[0].Rule);
        Assert.Equal("software-module-missing", SoftwareRecordFile.Complete(draft, "main", "2.1.0", new SoftwareImage((0x08000000L, new byte[16]))).Findings[0].Rule);
        Assert.Equal("software-unit-unknown", SoftwareRecordFile.Complete(draft, "main", "9", instrument.Escrow).Findings[0].Rule);
    }

    [Fact]
    public void Noise_is_refused_and_never_faults()
    {
        var bytes = SoftwareRecordFile.Write(instrument.Record);
        var challenge = SoftwareChallenge.OfSample(instrument.Record, instrument.Record.Units[1], new byte[16], [1], 5, 64, AnswerDigest.Sm3, 100).Write();
        var random = new Random(6);
        for (var i = 0; i < 2000; i++)
        {
            var bad = (i % 2 == 0 ? bytes : challenge).ToArray();
            for (var j = random.Next(1, 4); j > 0; j--)
                bad[random.Next(bad.Length)] = (byte)random.Next(32, 127);
            bad = random.Next(4) == 0 ? bad[..random.Next(bad.Length)] : bad;
            Words.Check(SoftwareRecordFile.Read(bad, isDraft: random.Next(2) == 0).Findings);
            Words.Check(SoftwareChallenge.Read(bad).Findings);
        }
    }
}
