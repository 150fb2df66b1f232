using System.Xml.Linq;

namespace Plumbline.Certificates.Tests;

public sealed class DsiUnitTests
{
    [Theory]
    [InlineData(@"\metre", "L", 1, "m")]
    [InlineData(@"\kilo\metre\hour\tothe{-1}", "L T⁻¹", 1 / 3.6, "km\u202Fh⁻¹")]
    [InlineData(@"\kilogram\metre\tothe{2}\ampere\tothe{-1}\second\tothe{-2}", "L² M T⁻² I⁻¹", 1, "kg\u202Fm²\u202FA⁻¹\u202Fs⁻²")]
    [InlineData(@"\newton\metre\tothe{-2}", "L⁻¹ M T⁻²", 1, "N\u202Fm⁻²")]
    [InlineData(@"\micro\ohm", "L² M T⁻³ I⁻²", 1e-6, "µΩ")]
    [InlineData(@"\milli\gram", "M", 1e-6, "mg")]
    [InlineData(@"\one", "1", 1, "")]
    [InlineData(@"\percent", "1", 0.01, "%")]
    [InlineData(@"\degree", "1", Math.PI / 180, "°")]
    [InlineData(@"\quetta\metre", "L", 1e30, "Qm")]
    [InlineData(@"\kibi\byte", "1", 8192, "KiB")]
    [InlineData(@"\volt\tothe{0.5}", "L M⁰·⁵ T⁻¹·⁵ I⁻⁰·⁵", 1, "V⁰·⁵")]
    [InlineData(@"\litre\per\minute", "L³ T⁻¹", 1e-3 / 60, "L\u202Fmin⁻¹")]
    [InlineData(@"\metre\tothe{2/3}", null, 1, null)]
    public void Units_have_dimension_factor_and_symbol(string text, string? dimension, double factor, string? symbol)
    {
        var unit = DsiUnit.Parse(text);
        if (dimension is not null)
            Assert.Equal(dimension, unit.Dimension.ToString());
        Assert.Equal(1, unit.Factor / factor, 1e-14);
        if (symbol is not null)
            Assert.Equal(symbol, unit.Symbol);
    }

    [Theory]
    [InlineData(@"\meter", @"\metre")]
    [InlineData(@"\kilometre", @"\kilo\metre")]
    [InlineData(@"\degreeCelsius", @"\degreecelsius")]
    [InlineData(@"\pascl", @"\pascal")]
    [InlineData(@"\kelvim", @"\kelvin")]
    public void A_misspelt_unit_is_refused_with_what_was_meant(string text, string meant)
    {
        Assert.Contains(meant, Assert.Throws<FormatException>(() => DsiUnit.Parse(text)).Message, StringComparison.Ordinal);
        Assert.Equal(meant, DsiUnitReading.Of(text).Problems.Single().Suggestion);
    }

    [Theory]
    [InlineData("")]
    [InlineData("metre")]
    [InlineData(@"\kilo")]
    [InlineData(@"\tothe{2}")]
    [InlineData(@"\metre\tothe{}")]
    [InlineData(@"\metre\tothe{2}\tothe{2}")]
    [InlineData(@"\metre\tothe{999}")]
    [InlineData(@"\micro\mega\ampere")]
    [InlineData(@"\metre\\second")]
    [InlineData(@"\metre/\second")]
    [InlineData(@"\metre\tothe{0,5}")]
    [InlineData("kBq")]
    public void What_is_no_unit_is_refused(string text) => Assert.Throws<FormatException>(() => DsiUnit.Parse(text));

    [Fact]
    public void Values_convert_with_their_zero_point_and_exactly()
    {
        Assert.Equal(33.098, DsiUnit.Parse(@"\kelvin").Convert(306.248, DsiUnit.Parse(@"\degreecelsius")), 1e-12);
        Assert.Equal(36, DsiUnit.Parse(@"\metre\second\tothe{-1}").Convert(10, DsiUnit.Parse(@"\kilo\metre\hour\tothe{-1}")), 1e-12);
        Assert.Equal("1/5", Text(DsiUnit.Parse(@"\bar").Convert(Ratio.Of(2, 1), DsiUnit.Parse(@"\mega\pascal"))));
        Assert.Throws<ArgumentException>(() => DsiUnit.Parse(@"\bar").Convert(1, DsiUnit.One));
        Assert.Throws<ArgumentException>(() => DsiUnit.Parse(@"\decibel").Convert(1, DsiUnit.One));
        Assert.Equal(10, DsiUnit.Parse(@"\bel").Convert(1, DsiUnit.Parse(@"\decibel")), 1e-12);
        static string Text(Ratio r) => $"{r.Numerator}/{r.Denominator}";
    }

    [Fact]
    public void Units_multiply_and_are_written_back()
    {
        var unit = DsiUnit.Parse(@"\newton").Times(DsiUnit.Parse(@"\milli\metre").Power(-2));
        Assert.Equal(@"\newton\milli\metre\tothe{-2}", unit.ToString());
        Assert.Equal(DsiUnit.Parse(@"\mega\pascal"), unit);
        Assert.Equal(DsiUnit.Parse(@"\mega\pascal").GetHashCode(), unit.GetHashCode());
        Assert.NotEqual(DsiUnit.Parse(@"\kelvin"), DsiUnit.Parse(@"\degreecelsius"));
        foreach (var name in UnitTable.Units.Keys)
            Assert.Equal($@"\{name}", DsiUnit.Parse($@"\{name}").ToString());
    }

    [Fact]
    public void Every_unit_and_prefix_of_the_brochure_is_there()
    {
        string[] si = ["second", "metre", "kilogram", "ampere", "kelvin", "mole", "candela", "radian", "steradian", "hertz", "newton", "pascal", "joule", "watt", "coulomb", "volt", "farad", "ohm", "siemens", "weber", "tesla", "henry", "degreecelsius", "lumen", "lux", "becquerel", "gray", "sievert", "katal", "minute", "hour", "day", "astronomicalunit", "degree", "arcminute", "arcsecond", "hectare", "litre", "tonne", "dalton", "electronvolt", "neper", "bel", "decibel"];
        Assert.Empty(si.Except(UnitTable.Units.Keys));
        Assert.Equal(24 + 8, UnitTable.Prefixes.Count);
        Assert.Empty(UnitTable.Units.Keys.Intersect(UnitTable.Prefixes.Keys));
    }

    [Fact]
    public void Kinds_of_quantities_have_the_dimension_of_their_unit()
    {
        (string Kind, string Unit)[] pairs = [("Pressure", @"\pascal"), ("Voltage", @"\volt"), ("Capacitance", @"\farad"), ("Inductance", @"\henry"), ("Resistance", @"\ohm"), ("Conductance", @"\siemens"), ("MagneticFlux", @"\weber"), ("MagneticFluxDensity", @"\tesla"), ("Illuminance", @"\lux"), ("CatalyticActivity", @"\katal"), ("AbsorbedDose", @"\gray"), ("Power", @"\watt"), ("Energy", @"\joule"), ("ElectricCharge", @"\coulomb"), ("Activity", @"\becquerel"), ("DynamicViscosity", @"\pascal\second"), ("ThermalConductivity", @"\watt\metre\tothe{-1}\kelvin\tothe{-1}"), ("Exposure", @"\coulomb\kilogram\tothe{-1}"), ("ElectricFieldStrength", @"\volt\metre\tothe{-1}"), ("Resistivity", @"\ohm\metre"), ("SpecificHeatCapacity", @"\joule\kilogram\tothe{-1}\kelvin\tothe{-1}")];
        Assert.All(pairs, p => Assert.Equal(DsiUnit.Parse(p.Unit).Dimension, QuantityKinds.Find(p.Kind)!.Value.Dimension));
        Assert.Equal("http://qudt.org/vocab/quantitykind/Length", QuantityKinds.Find("http://qudt.org/vocab/quantitykind/Length")!.Value.Name);
    }

    /// <summary>The medal classes of the D-SI example files: each unit of the four better classes has its class, in phases too.</summary>
    [Theory]
    [InlineData("PLATINUM", UnitMedal.Platinum)]
    [InlineData("GOLD", UnitMedal.Gold)]
    [InlineData("SILVER", UnitMedal.Silver)]
    [InlineData("BRONZE", UnitMedal.Bronze)]
    public void Examples_have_the_class_of_their_file(string name, UnitMedal medal)
    {
        var examples = Examples(name).ToArray();
        Assert.NotEmpty(examples);
        Assert.All(examples, e => Assert.Equal((e.Id, medal), (e.Id, Class(e.Example))));
    }

    /// <summary>Each example that can be improved is either a unit of that class, or has a finding as soon as it stands in a certificate; the rest breaks the schema alone.</summary>
    [Fact]
    public void Examples_that_can_be_improved_are_found()
    {
        var options = new ValidationOptions { Schemas = SchemaTests.Official(), Today = Sample.Today };
        List<string> missed = [];
        foreach (var (id, example) in Examples("IMPROVABLE"))
        {
            if (Units(example).Any(u => DsiUnitReading.Of(u.Value).Medal == UnitMedal.Improvable))
                continue;
            var document = Sample.Good();
            var quantity = document.Descendants().First(e => e.Name.LocalName == "quantity" && (string?)e.Attribute("refType") == "cnm_hysteresis");
            quantity.AddBeforeSelf(new XElement(DccNames.Dcc + "quantity", example.Elements().Select(e => new XElement(e))));
            var report = Sample.Check(System.Text.Encoding.UTF8.GetBytes(document.ToString()), options);
            if (!report.Findings.Any(f => f.Layer is FindingLayer.Schema or FindingLayer.Quantity or FindingLayer.Semantics && f.Severity is FindingSeverity.Error or FindingSeverity.Warning && f.Rule != "deprecated"))
                missed.Add(id);
        }
        Assert.Empty(missed);
    }

    /// <summary>Of several units the worst counts; a hybrid is gold at best.</summary>
    private static UnitMedal Class(XElement example) => Units(example).Select(u => DsiUnitReading.Of(u.Value).Medal).Append(example.Descendants().Any(e => e.Name.LocalName == "hybrid") ? UnitMedal.Gold : UnitMedal.Platinum).Max();

    private static IEnumerable<XElement> Units(XElement example) => example.Descendants().Where(e => e.Name.LocalName is "unit" or "listUnit" or "unitPhase" or "listUnitPhase");

    private static IEnumerable<(string Id, XElement Example)> Examples(string name) => Directory.EnumerateFiles(Shared.Find("dsi-examples"), $"*{name}*").SelectMany(f => XDocument.Load(f).Root!.Elements()).Where(e => e.Name.LocalName == "testData").Select(e => ((string)e.Attribute("id")!, e));
}
