namespace Plumbline.Certificates.Tests;

public sealed class RevocationListTests : IDisposable
{
    private static readonly DateTimeOffset issued = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero), next = issued.AddDays(1);
    private readonly TrustStage stage = new();

    public void Dispose() => stage.Dispose();

    [Theory]
    [InlineData(20_000_000, 0.0001)]
    [InlineData(20_000_000, 0.001)]
    [InlineData(20_000_000, 0.01)]
    [InlineData(2_000_000, 0.003)]
    public void The_file_is_within_three_percent_of_the_entropy(int range, double share)
    {
        var random = new Random(20);
        var revoked = Enumerable.Range(0, range).Where(_ => random.NextDouble() < share).Select(i => (uint)i).ToArray();
        var file = RevocationList.Create(1, issued, next, 0, (uint)range, revoked.Select(i => KeyValuePair.Create(i, ListedStatus.Revoked))).Sign(stage.Status);
        var p = (double)revoked.Length / range;
        var entropy = -range * (p * Math.Log2(p) + (1 - p) * Math.Log2(1 - p)) / 8;
        // Head, counts and signature, 133 bytes, are not coded.
        Assert.InRange((file.Length - 133) / entropy, 1.0, 1.03);
        if (share >= 0.001 && range == 20_000_000)
            Assert.InRange(file.Length / entropy, 1.0, 1.03);
        var list = RevocationList.Read(file).Value!;
        Assert.Equal(revoked, list.Listed(ListedStatus.Revoked));
        Assert.Empty(list.Verify(stage.List, issued));
        var set = revoked.ToHashSet();
        for (var i = 0; i < 2000; i++)
        {
            var index = (uint)random.Next(range);
            Assert.Equal(set.Contains(index) ? ListedStatus.Revoked : ListedStatus.NotListed, list.StatusOf(index));
        }
    }

    [Fact]
    public void Lists_of_every_shape_come_back()
    {
        var random = new Random(21);
        for (var i = 0; i < 200; i++)
        {
            var (first, range) = ((uint)random.NextInt64(1L << 31), (uint)random.Next(1, 3000));
            var listed = Enumerable.Range(0, random.Next(200)).Select(_ => first + (uint)random.Next((int)range)).Distinct().ToDictionary(x => x, _ => (ListedStatus)random.Next(1, 4));
            var read = RevocationList.Read(RevocationList.Create(3, issued, next, first, range, listed).Sign(stage.Status)).Value!;
            Assert.Equal((3u, issued, next, first, range), (read.Number, read.Issued, read.NextUpdate, read.First, read.Range));
            for (var x = first > 0 ? first - 1 : 0; x <= first + range; x++)
                Assert.Equal(listed.GetValueOrDefault(x), read.StatusOf(x));
        }
        var ends = RevocationList.Read(RevocationList.Create(1, issued, next, 0, uint.MaxValue, [new(0, ListedStatus.Revoked), new(uint.MaxValue - 1, ListedStatus.Revoked)]).Sign(stage.Status)).Value!;
        Assert.Equal([0u, uint.MaxValue - 1], ends.Listed(ListedStatus.Revoked));
    }

    [Fact]
    public void A_delta_makes_the_later_list_of_the_earlier_one_and_of_no_other()
    {
        var random = new Random(22);
        var then = Enumerable.Range(0, 5000).Select(_ => (uint)random.Next(1_000_000)).Distinct().ToDictionary(x => x, _ => (ListedStatus)random.Next(1, 4));
        var now = then.Where(_ => random.Next(50) > 0).ToDictionary(p => p.Key, p => random.Next(50) == 0 ? ListedStatus.Revoked : p.Value);
        for (var i = 0; i < 100; i++)
            now[(uint)random.Next(1_200_000)] = ListedStatus.Revoked;
        RevocationList earlier = RevocationList.Create(4, issued, next, 0, 1_000_000, then), later = RevocationList.Create(9, next, next.AddDays(1), 0, 1_200_000, now);
        var delta = later.SignDelta(earlier, stage.Status);
        Assert.True(delta.Length < later.Sign(stage.Status).Length / 4);
        var applied = earlier.Apply(delta, stage.List).Value!;
        for (var x = 0u; x < 1_200_000; x++)
            Assert.Equal(later.StatusOf(x), applied.StatusOf(x));
        Assert.Equal(9u, applied.Number);
        Assert.Empty(applied.Verify(stage.List, next));
        Assert.Equal("revocation-delta-base", Refusal(RevocationList.Create(5, issued, next, 0, 1_000_000, then).Apply(delta, stage.List)));
        Assert.Equal("revocation-delta-result", Refusal(RevocationList.Create(4, issued, next, 0, 1_000_000, then.Skip(9)).Apply(delta, stage.List)));
        Assert.Equal("trust-key-use", Refusal(earlier.Apply(later.SignDelta(earlier, stage.Signer), stage.List)));
        delta[60] ^= 1;
        Assert.Equal("revocation-list-signature", Refusal(earlier.Apply(delta, stage.List)));
    }

    [Fact]
    public void Every_changed_byte_is_refused_or_fails_the_signature()
    {
        var file = RevocationList.Create(3, issued, next, 0, 5000, [new(7, ListedStatus.Revoked), new(99, ListedStatus.Suspended), new(4000, ListedStatus.Revoked)]).Sign(stage.Status);
        for (var i = 0; i < file.Length; i++)
            for (var bit = 1; bit < 256; bit <<= 1)
            {
                file[i] ^= (byte)bit;
                var read = RevocationList.Read(file);
                Words.Check(read.Findings);
                if (read.Value is { } list)
                    Assert.Contains(list.Verify(stage.List, issued), f => f.Severity == FindingSeverity.Error);
                file[i] ^= (byte)bit;
            }
    }

    [Fact]
    public void Noise_is_refused_quickly()
    {
        var random = new Random(23);
        var good = RevocationList.Create(3, issued, next, 0, 5000, Enumerable.Range(0, 300).Select(i => KeyValuePair.Create((uint)i * 11, ListedStatus.Revoked))).Sign(stage.Status);
        for (var i = 0; i < 5000; i++)
        {
            var bad = good[..(random.Next(3) == 0 ? random.Next(good.Length) : good.Length)];
            for (var j = random.Next(1, 6); j > 0 && bad.Length > 0; j--)
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            Words.Check(RevocationList.Read(bad).Findings);
        }
    }

    [Fact]
    public void Bad_entries_are_refused_by_name()
    {
        void Refused(string word, params KeyValuePair<uint, ListedStatus>[] listed) => Assert.Contains(word, Assert.Throws<ArgumentException>(() => RevocationList.Create(1, issued, next, 10, 100, listed)).Message);
        Refused("outside", new KeyValuePair<uint, ListedStatus>(9, ListedStatus.Revoked));
        Refused("outside", new KeyValuePair<uint, ListedStatus>(110, ListedStatus.Revoked));
        Refused("twice", new(10, ListedStatus.Revoked), new(10, ListedStatus.Suspended));
        Refused("NotListed", new KeyValuePair<uint, ListedStatus>(10, ListedStatus.NotListed));
        Assert.Throws<ArgumentException>(() => RevocationList.Create(1, next, issued, 0, 1, []));
        Assert.Throws<ArgumentException>(() => RevocationList.Create(1, issued, next, 2, uint.MaxValue, []));
        Assert.Equal(["revocation-list-unsigned"], RevocationList.Create(1, issued, next, 0, 1, []).Verify(stage.List, issued).Select(f => f.Rule));
    }

    private static string Refusal(Reading<RevocationList> reading)
    {
        Assert.Null(reading.Value);
        Words.Check(reading.Findings);
        return reading.Findings[0].Rule;
    }
}
