namespace Plumbline.Certificates.Tests;

public sealed class SealCodecTests : IDisposable
{
    private readonly TrustStage stage = new();

    public void Dispose() => stage.Dispose();

    /// <summary>A seal with every field drawn at random, optional ones left out half of the time.</summary>
    internal static Seal Draw(Random random, string keyId)
    {
        string Hex(int count)
        {
            var bytes = new byte[count];
            random.NextBytes(bytes);
            return Convert.ToHexStringLower(bytes);
        }
        bool Toss() => random.Next(2) == 0;
        string Text(string symbols, int most) => new([.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => symbols[random.Next(symbols.Length)])]);
        var date = new DateOnly(2000, 1, 1).AddDays(random.Next(60000));
        var fingerprint = Toss() ? Hex(8) : null;
        var seal = new Seal
        {
            KeyId = keyId,
            Certificate = new((ulong)random.NextInt64(1L << 60)),
            Kind = (DocumentKind)random.Next(1, 8),
            InstrumentKind = random.Next(65536),
            Model = Toss() ? Text("ABCXYZ019-./电秤", fingerprint is null ? 4 : 2) : null,
            Conclusion = (SealConclusion)random.Next(4),
            Grade = Toss() ? SealGrades.All[random.Next(SealGrades.All.Count)] : null,
            Date = date,
            ValidUntil = Toss() ? date.AddDays(random.Next(5000)) : null,
            StatusIndex = (uint)random.NextInt64(1L << 32),
            Salt = Hex(8),
            DocumentDigest = Hex(16),
            LeafIndex = Toss() ? random.NextInt64(1L << 40) : null,
            SoftwareFingerprint = fingerprint,
        };
        return Toss() ? seal.WithSerial(Text("ABC0123456789-号", 20)) : seal;
    }

    [Theory]
    [InlineData(SignatureAlgorithm.EcdsaP256)]
    [InlineData(SignatureAlgorithm.Sm2)]
    public void Seals_of_every_shape_come_back_from_their_URL(SignatureAlgorithm algorithm)
    {
        using var key = SoftwareKey.Create(algorithm);
        var random = new Random(3);
        for (var i = 0; i < 100; i++)
        {
            var seal = Draw(random, key.PublicKey.Id);
            var signed = SealCodec.Sign(seal, key);
            Assert.InRange(signed.Payload.Length, 51, SealCodec.MostPayloadBytes);
            var url = SealCodec.ToUrl(signed, "v.example.cn");
            Assert.Equal(url.ToUpperInvariant(), url);
            var read = SealCodec.Read(url).Value!;
            Assert.Equal(seal, read.Seal);
            Assert.Equal(algorithm, read.Algorithm);
            Assert.Equal("v.example.cn", read.Host);
            Assert.Equal(signed.Payload.ToArray(), SealCodec.Encode(read.Seal, algorithm));
            Assert.Equal(seal, SealCodec.Read($"https://v.example.cn/v#{SealCodec.Fragment(signed)}").Value!.Seal);
            Assert.Equal(seal, SealCodec.Read(SealCodec.Fragment(signed)).Value!.Seal);
        }
    }

    [Fact]
    public void A_seal_with_everything_stated_has_at_most_96_bytes_and_fits_a_label()
    {
        var seal = stage.Seal with { SoftwareFingerprint = "0123456789abcdef", Model = "ACS-30J" };
        var signed = SealCodec.Sign(seal, stage.Signer);
        Assert.Equal(96, signed.Payload.Length);
        var symbol = SealSymbol.Make(SealCodec.ToUrl(signed, "JL.CN"));
        Assert.True(symbol.FitsLabel, $"version {symbol.Version}");
        // With the fingerprint left out a host of usual length fits too.
        Assert.True(SealSymbol.Make(SealCodec.ToUrl(SealCodec.Sign(stage.Seal, stage.Signer), "V.EXAMPLE.CN")).FitsLabel);
    }

    [Fact]
    public void What_cannot_be_sealed_is_refused_by_name()
    {
        void Refused(Seal seal, string word) => Assert.Contains(word, Assert.Throws<ArgumentException>(() => SealCodec.Sign(seal, stage.Signer)).Message);
        Refused(stage.Seal with { SoftwareFingerprint = "0123456789abcdef", Model = "ACS-30JX-123" }, "length");
        Refused(stage.Seal with { Model = "a model of more than 12" }, "model");
        Refused(stage.Seal with { Model = "a\u0007b" }, "model");
        Refused(stage.Seal with { Grade = "7" }, "grade");
        Refused(stage.Seal with { ValidUntil = new(2026, 5, 19) }, "valid until");
        Refused(stage.Seal with { Date = new(1999, 12, 31) }, "date");
        Refused(stage.Seal with { Salt = "00" }, "salt");
        Refused(stage.Seal with { DocumentDigest = new string('A', 32) }, "document digest");
        Refused(stage.Seal with { LeafIndex = 1L << 40 }, "leaf index");
        Refused(stage.Seal with { Kind = 0 }, "kind");
        Refused(stage.Seal with { InstrumentKind = 65536 }, "instrument kind");
        Refused(stage.Seal with { SerialDigest = null }, "serial number");
        Refused(stage.Seal with { KeyId = stage.Status.PublicKey.Id }, "signer");
        using var edwards = SoftwareKey.Create(SignatureAlgorithm.Ed25519);
        Assert.Throws<ArgumentException>(() => SealCodec.Sign(stage.Seal with { KeyId = edwards.PublicKey.Id }, edwards));
        var signed = SealCodec.Sign(stage.Seal, stage.Signer);
        foreach (var host in (string[])["", "a b", "x/y", "x#", "例.cn", "a?b"])
            Assert.Throws<ArgumentException>(() => SealCodec.ToUrl(signed, host));
    }

    [Theory]
    [InlineData("http://v.example.cn/V#", "seal-url")]
    [InlineData("https://v.example.cn/V/x#", "seal-url")]
    [InlineData("https://v.example.cn/V?q=1#", "seal-url")]
    [InlineData("https://a@v.example.cn/V#", "seal-url")]
    [InlineData("ftp:#", "seal-url")]
    public void Another_address_is_no_seal(string before, string rule)
    {
        var read = SealCodec.Read(before + SealCodec.Fragment(SealCodec.Sign(stage.Seal, stage.Signer)));
        Assert.Equal(rule, Assert.Single(read.Findings).Rule);
        Words.Check(read.Findings);
    }

    [Fact]
    public void Every_cut_and_lengthened_seal_is_refused()
    {
        var url = SealCodec.ToUrl(SealCodec.Sign(stage.Seal, stage.Signer), "v.example.cn");
        for (var length = 0; length < url.Length; length++)
            Assert.Null(SealCodec.Read(url[..length]).Value);
        Assert.Null(SealCodec.Read(url + "Z").Value);
        Assert.Null(SealCodec.Read(url[..^1] + "000Z").Value);
        Assert.Null(SealCodec.Read(url.Replace("Z", "z")).Value);
        Assert.Null(SealCodec.Read(new string('A', 100_000)).Value);
    }

    [Fact]
    public void Whatever_is_read_is_written_again_as_the_same_bytes()
    {
        var random = new Random(8);
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var signed = SealCodec.Sign(Draw(random, stage.Signer.PublicKey.Id), new Stub(stage.Signer.PublicKey));
            byte[] bytes = [.. signed.Payload.Span, .. signed.Signature.Span];
            for (var j = random.Next(1, 4); j > 0; j--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var result = SealCodec.Decode(bytes);
            Words.Check(result.Findings);
            if (result.Value is not { } seal)
                continue;
            read++;
            Assert.Equal(bytes[..^64], SealCodec.Encode(seal.Seal, seal.Algorithm));
        }
        Assert.InRange(read, 1000, 19_000);
    }

    [Fact]
    public void The_serial_number_is_recognised_whole_and_its_end_stands_in_clear()
    {
        Assert.Equal("26-000123456", stage.Seal.SerialEnd);
        Assert.True(stage.Seal.IsSerial("SN-2026-000123456"));
        Assert.True(stage.Seal.IsSerial(" SN-2026-000123456 "));
        Assert.False(stage.Seal.IsSerial("SN-2025-000123456"));
        Assert.False((stage.Seal with { Salt = "00112233445566fe" }).IsSerial("SN-2026-000123456"));
        Assert.Equal("计量四号", stage.Seal.WithSerial("浙计量四号").SerialEnd);
        Assert.True(stage.Seal.IsDocument("a certificate"u8));
        Assert.False(stage.Seal.IsDocument("a certificatf"u8));
    }

    /// <summary>Signs with zeros: for tests of the bytes alone.</summary>
    private sealed class Stub(PublicKey key) : ISigner
    {
        public PublicKey PublicKey => key;

        public byte[] Sign(ReadOnlySpan<byte> message) => new byte[64];
    }
}
