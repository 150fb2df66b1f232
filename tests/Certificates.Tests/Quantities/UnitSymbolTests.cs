namespace Plumbline.Certificates.Tests;

public class UnitSymbolTests
{
    [Theory]
    [InlineData("mΩ", @"\milli\ohm")]
    [InlineData("kg", @"\kilogram")]
    [InlineData("mg", @"\milli\gram")]
    [InlineData("µm", @"\micro\metre")]
    [InlineData("μm", @"\micro\metre")]
    [InlineData("mm", @"\milli\metre")]
    [InlineData("min", @"\minute")]
    [InlineData("℃", @"\degreecelsius")]
    [InlineData("kPa", @"\kilo\pascal")]
    [InlineData("1", @"\one")]
    [InlineData("", @"\one")]
    [InlineData("%", @"\percent")]
    [InlineData("kg/m³", @"\kilogram\metre\tothe{-3}")]
    [InlineData("m·s⁻²", @"\metre\second\tothe{-2}")]
    [InlineData("m s^-2", @"\metre\second\tothe{-2}")]
    [InlineData("µmol/mol", @"\micro\mole\mole\tothe{-1}")]
    [InlineData("W/(m·K)", @"\watt\metre\tothe{-1}\kelvin\tothe{-1}")]
    [InlineData("J/kg·K", @"\joule\kilogram\tothe{-1}\kelvin")]
    [InlineData("1/s", @"\second\tothe{-1}")]
    [InlineData("dam", @"\deca\metre")]
    [InlineData("ｍＶ", @"\milli\volt")]
    [InlineData("m²", @"\metre\tothe{2}")]
    public void A_printed_unit_is_written_as_D_SI_wants(string printed, string written) => Assert.Equal(written, UnitSymbol.Read(printed)?.ToString());

    [Theory]
    [InlineData("apples")]
    [InlineData("kkg")]
    [InlineData("B")]
    [InlineData("W/(m·K")]
    [InlineData("‰")]
    public void What_is_no_clear_unit_is_not_guessed(string printed) => Assert.Null(UnitSymbol.Read(printed));

    [Fact]
    public void Every_unit_reads_back_from_its_symbol_unless_that_is_shared()
    {
        string[] shared = ["bel", "byte", "nauticalmile", "clight", "elementarycharge", "barn"];
        foreach (var entry in UnitTable.Units.Values.Where(u => u.Symbol.All(c => char.IsLetter(c) || c is '°' or '%' or '′' or '″') && !shared.Contains(u.Name)))
            if (UnitSymbol.Read(entry.Symbol) is { } read)
                Assert.Equal(DsiUnit.Parse($@"\{entry.Name}"), read);
    }
}
