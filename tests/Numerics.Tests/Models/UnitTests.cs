namespace Plumbline.Numerics.Tests.Models;

public class UnitTests
{
    [Theory]
    [InlineData("kg/m^3", 1, "m^-3 kg")]
    [InlineData("g/cm³", 1000, "m^-3 kg")]
    [InlineData("W m⁻² K⁻¹", 1, "kg s^-3 K^-1")]
    [InlineData("J/(kg·K)", 1, "m^2 s^-2 K^-1")]
    [InlineData("kWh", 3.6e6, "m^2 kg s^-2")]
    [InlineData("µV", 1e-6, "m^2 kg s^-3 A^-1")]
    [InlineData("uV", 1e-6, "m^2 kg s^-3 A^-1")]
    [InlineData("MΩ", 1e6, "m^2 kg s^-3 A^-2")]
    [InlineData("mmol/L", 1, "m^-3 mol")]
    [InlineData("m3/h", 1.0 / 3600, "m^3 s^-1")]
    [InlineData("r/min", 1.0 / 60, "s^-1")]
    [InlineData("nV/Hz^(1/2)", 1e-9, "m^2 kg s^-2.5 A^-1")]
    [InlineData("s-1", 1, "s^-1")]
    [InlineData("℃", 1, "K")]
    [InlineData("%", 0.01, "1")]
    [InlineData("1", 1, "1")]
    [InlineData("", 1, "1")]
    [InlineData("°", Math.PI / 180, "1")]
    [InlineData("dam", 10, "m")]
    [InlineData("mm^2/s", 1e-6, "m^2 s^-1")]
    public void Units_of_print_and_keyboard_are_read(string text, double factor, string inBaseUnits)
    {
        var unit = Unit.Parse(text);
        Assert.Equal(factor, unit.Factor, 1e-12 * factor);
        Assert.Equal(inBaseUnits, unit.InBaseUnits);
    }

    [Theory]
    [InlineData("Kg", "kg")]
    [InlineData("foo", "not known")]
    [InlineData("m/", "missing")]
    [InlineData("(m", "')'")]
    [InlineData("m^", "exponent")]
    public void What_is_no_unit_is_said(string text, string message) => Assert.Contains(message, Assert.ThrowsAny<FormatException>(() => Unit.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_mass_calibration_has_the_unit_of_a_mass()
    {
        var model = MeasurementModel.Parse("dm = (m_R + dm_R)*(1 + (rho_a - 1.2 [kg/m^3])*(1/rho_W - 1/rho_R)) - m_nom");
        var units = new Dictionary<string, string> { ["m_R"] = "mg", ["dm_R"] = "mg", ["rho_a"] = "kg/m^3", ["rho_W"] = "kg/m³", ["rho_R"] = "kg m^-3", ["m_nom"] = "mg" };
        var check = model.CheckUnits(units);
        Assert.Empty(check.Problems);
        Assert.Equal("mg", check.ResultUnits["dm"]!.Text);
        units["dm_R"] = "g";
        var problem = Assert.Single(model.CheckUnits(units).Problems);
        Assert.Equal(("unit-scale", 5), (problem.Code, problem.Place.Start));
        Assert.Equal(["mg", "g", "0.001"], problem.Arguments);
        units["dm_R"] = "mL";
        Assert.Equal("unit-mismatch", Assert.Single(model.CheckUnits(units).Problems).Code);
        units["dm_R"] = "mgg";
        Assert.Equal("unit", model.CheckUnits(units).Problems[0].Code);
        units.Remove("dm_R");
        Assert.Empty(model.CheckUnits(units).Problems);
    }

    [Theory]
    [InlineData("y [W] = V*I", null)]
    [InlineData("y [mW] = V*I", "unit-scale")]
    [InlineData("y [J] = V*I", "unit-output")]
    [InlineData("y = exp(V)", "unit-argument")]
    [InlineData("y = exp(V/V0)", null)]
    [InlineData("y = V^k", "unit-exponent")]
    [InlineData("y = sqrt(V^2 + V0^2)", null)]
    [InlineData("y = sin(a)", "unit-argument")]
    [InlineData("y = sin(rad(a))", null)]
    [InlineData("y = atan2(V, I)", "unit-mismatch")]
    [InlineData("y = max(V, V0) + 3", null)]
    [InlineData("y [V] = 2*const.k*T/const.e", null)]
    [InlineData("unknown x [A] = 1\n0 = x*R - V", null)]
    [InlineData("unknown x [A] = 1\n0 = x*R - I", "unit-mismatch")]
    public void Only_like_is_added_and_functions_take_numbers(string text, string? code)
    {
        var units = new Dictionary<string, string> { ["V"] = "V", ["V0"] = "V", ["I"] = "A", ["k"] = "1", ["a"] = "°", ["T"] = "K", ["R"] = "Ω" };
        Assert.Equal(code, MeasurementModel.Parse(text).CheckUnits(units).Problems.FirstOrDefault()?.Code);
    }
}
