namespace Plumbline.Certificates.Tests;

public sealed class CertificateIdTests
{
    [Theory]
    [InlineData("7K3M9QX2T0AB", "7K3M9QX2T0AB")]
    [InlineData("7k3m-9qx2-toab", "7K3M9QX2T0AB")]
    [InlineData("iL00 0000 0000", "110000000000")]
    public void An_id_is_read_as_people_type_it(string typed, string canonical) => Assert.Equal(canonical, CertificateId.Parse(typed).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("7K3M9QX2T0A")]
    [InlineData("7K3M9QX2T0ABC")]
    [InlineData("7K3M9QX2T0AU")]
    [InlineData("7K3M9QX2T0A证")]
    public void Anything_else_is_not_an_id(string typed)
    {
        Assert.False(CertificateId.TryParse(typed, out _));
        Assert.Throws<FormatException>(() => CertificateId.Parse(typed));
    }

    [Fact]
    public void Every_number_of_60_bits_returns_from_its_text()
    {
        var random = new Random(1);
        for (var i = 0; i < 1000; i++)
        {
            var id = new CertificateId((ulong)random.NextInt64(1L << 60));
            Assert.Equal(id, CertificateId.Parse(id.ToString()));
        }
        Assert.Equal("ZZZZZZZZZZZZ", new CertificateId((1UL << 60) - 1).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => new CertificateId(1UL << 60));
        Assert.NotEqual(CertificateId.New(), CertificateId.New());
    }
}
