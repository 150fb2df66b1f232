using System.Text;

namespace Plumbline.Certificates.Tests;

/// <summary>Check values of "123456789" from the catalogue of parametrised CRC algorithms (G. Cook, reveng).</summary>
public class CrcTests
{
    [Theory]
    [InlineData("CRC-8/SMBUS", "F4")]
    [InlineData("CRC-8/MAXIM-DOW", "A1")]
    [InlineData("CRC-16/ARC", "BB3D")]
    [InlineData("CRC-16/MODBUS", "4B37")]
    [InlineData("CRC-16/USB", "B4C8")]
    [InlineData("CRC-16/IBM-3740", "29B1")]
    [InlineData("CRC-16/XMODEM", "31C3")]
    [InlineData("CRC-16/KERMIT", "2189")]
    [InlineData("CRC-16/IBM-SDLC", "906E")]
    [InlineData("CRC-16/DNP", "EA82")]
    [InlineData("CRC-32/ISO-HDLC", "CBF43926")]
    [InlineData("CRC-32/BZIP2", "FC891918")]
    [InlineData("CRC-32/MPEG-2", "0376E6E7")]
    [InlineData("CRC-32/ISCSI", "E3069283")]
    public void The_catalogues_check_values_are_met(string name, string check)
    {
        var crc = Crc.Known.Single(c => c.Name == name);
        Assert.Equal(check, crc.Text([Encoding.ASCII.GetBytes("123456789")]));
        Assert.Equal(check, crc.Text([Encoding.ASCII.GetBytes("1234"), Encoding.ASCII.GetBytes("56789")]));
    }

    [Fact]
    public void Every_known_check_has_its_check_value_tested() => Assert.Equal(14, Crc.Known.Count);

    [Fact]
    public void Parameters_that_do_not_go_together_are_refused() =>
        Assert.Throws<InvalidOperationException>(() => new Crc("bad", 16, 0x18005, 0, false, false, 0).Of([]));
}
