using System.Collections.Frozen;

namespace Plumbline.Certificates;

/// <summary>How well a unit serves exchange between machines (D-SI guide, DOI 10.5281/zenodo.3522631): the smaller, the better.</summary>
public enum UnitMedal
{
    /// <summary>SI base units and the units of time and angle of the SI brochure.</summary>
    Platinum,
    /// <summary>Derived units with a name of their own, and prefixes.</summary>
    Gold,
    /// <summary>Other units accepted for use with the SI.</summary>
    Silver,
    /// <summary>Units that the SI brochure once listed.</summary>
    Bronze,
    /// <summary>Not a unit of D-SI, or not written as D-SI wants it.</summary>
    Improvable,
}

/// <summary>A unit of the table.</summary>
/// <param name="Name">After the backslash.</param>
/// <param name="Symbol">As the SI brochure prints it.</param>
/// <param name="Dimension">Its dimension.</param>
/// <param name="Factor">Value in the coherent SI unit.</param>
/// <param name="Medal">Its class.</param>
/// <param name="TakesPrefix">Whether a prefix may stand before it.</param>
internal sealed record UnitEntry(string Name, string Symbol, Dimension Dimension, Ratio Factor, UnitMedal Medal, bool TakesPrefix)
{
    public bool IsAngle => Name is "radian" or "degree" or "arcminute" or "arcsecond";

    /// <summary>Logarithmic units measure a level: they convert among themselves, never into a plain number.</summary>
    public bool IsLevel => Name is "bel" or "decibel" or "neper";
}

/// <summary>The units and prefixes of D-SI: SI brochure, 9th edition (with the prefixes of 2022), IEC 80000-13 for the binary ones, and the older units that D-SI lists; values of constants are CODATA 2018, as in the SI brochure's tables.</summary>
internal static class UnitTable
{
    /// <summary>π/180 to 36 digits.</summary>
    private const string degree = "0.0174532925199432957692369076848861271";

    public static FrozenDictionary<string, UnitEntry> Units { get; } = Entries().ToFrozenDictionary(u => u.Name, StringComparer.Ordinal);

    public static FrozenDictionary<string, (string Symbol, Ratio Factor)> Prefixes { get; } = new (string Name, string Symbol, int Power)[]
    {
        ("deca", "da", 1), ("hecto", "h", 2), ("kilo", "k", 3), ("mega", "M", 6), ("giga", "G", 9), ("tera", "T", 12), ("peta", "P", 15), ("exa", "E", 18), ("zetta", "Z", 21), ("yotta", "Y", 24), ("ronna", "R", 27), ("quetta", "Q", 30),
        ("deci", "d", -1), ("centi", "c", -2), ("milli", "m", -3), ("micro", "µ", -6), ("nano", "n", -9), ("pico", "p", -12), ("femto", "f", -15), ("atto", "a", -18), ("zepto", "z", -21), ("yocto", "y", -24), ("ronto", "r", -27), ("quecto", "q", -30),
    }.Select(p => (p.Name, p.Symbol, Factor: Ratio.TenTo(p.Power))).Concat(
        new[] { ("kibi", "Ki"), ("mebi", "Mi"), ("gibi", "Gi"), ("tebi", "Ti"), ("pebi", "Pi"), ("exbi", "Ei"), ("zebi", "Zi"), ("yobi", "Yi") }
            .Select((p, i) => (Name: p.Item1, Symbol: p.Item2, Factor: Ratio.Of(System.Numerics.BigInteger.One << (10 * (i + 1)), 1))))
        .ToFrozenDictionary(p => p.Name, p => (p.Symbol, p.Factor), StringComparer.Ordinal);

    /// <summary>Spellings that people write for a unit of the table.</summary>
    public static FrozenDictionary<string, string> Spellings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["meter"] = "metre", ["liter"] = "litre", ["gramme"] = "gram", ["celsius"] = "degreecelsius", ["degreeCelsius"] = "degreecelsius", ["mmHg"] = "mmhg", ["ton"] = "tonne", ["percentage"] = "percent", ["Ohm"] = "ohm", ["sec"] = "second",
    }.ToFrozenDictionary();

    private static IEnumerable<UnitEntry> Entries()
    {
        static UnitEntry Row(UnitMedal medal, string name, string symbol, Dimension dimension, string factor = "1", bool prefix = true) => new(name, symbol, dimension, Ratio.Parse(factor), medal, prefix);
        static Dimension Of(decimal m = 0, decimal kg = 0, decimal s = 0, decimal a = 0, decimal k = 0, decimal mol = 0, decimal cd = 0) => new(m, kg, s, a, k, mol, cd);
        UnitEntry Platinum(string name, string symbol, Dimension dimension, string factor = "1", bool prefix = true) => Row(UnitMedal.Platinum, name, symbol, dimension, factor, prefix);
        UnitEntry Gold(string name, string symbol, Dimension dimension, string factor = "1", bool prefix = true) => Row(UnitMedal.Gold, name, symbol, dimension, factor, prefix);
        UnitEntry Silver(string name, string symbol, Dimension dimension, string factor = "1", bool prefix = true) => Row(UnitMedal.Silver, name, symbol, dimension, factor, prefix);
        UnitEntry Bronze(string name, string symbol, Dimension dimension, string factor, bool prefix = false) => Row(UnitMedal.Bronze, name, symbol, dimension, factor, prefix);
        Dimension force = Of(1, 1, -2), pressure = Of(-1, 1, -2), energy = Of(2, 1, -2), power = Of(2, 1, -3), voltage = Of(2, 1, -3, -1);
        return
        [
            Platinum("metre", "m", Of(1)), Platinum("kilogram", "kg", Of(0, 1), prefix: false), Platinum("second", "s", Of(0, 0, 1)), Platinum("ampere", "A", Of(a: 1)), Platinum("kelvin", "K", Of(k: 1)), Platinum("mole", "mol", Of(mol: 1)), Platinum("candela", "cd", Of(cd: 1)),
            Platinum("one", "1", default, prefix: false), Platinum("day", "d", Of(s: 1), "86400", false), Platinum("hour", "h", Of(s: 1), "3600", false), Platinum("minute", "min", Of(s: 1), "60", false),
            Platinum("degree", "°", default, degree, false), new("arcminute", "′", default, Ratio.Parse(degree) / Ratio.Of(60, 1), UnitMedal.Platinum, false), new("arcsecond", "″", default, Ratio.Parse(degree) / Ratio.Of(3600, 1), UnitMedal.Platinum, false),
            Gold("gram", "g", Of(0, 1), "0.001"), Gold("radian", "rad", default), Gold("steradian", "sr", default), Gold("hertz", "Hz", Of(s: -1)), Gold("newton", "N", force), Gold("pascal", "Pa", pressure), Gold("joule", "J", energy), Gold("watt", "W", power),
            Gold("coulomb", "C", Of(0, 0, 1, 1)), Gold("volt", "V", voltage), Gold("farad", "F", Of(-2, -1, 4, 2)), Gold("ohm", "Ω", Of(2, 1, -3, -2)), Gold("siemens", "S", Of(-2, -1, 3, 2)), Gold("weber", "Wb", Of(2, 1, -2, -1)), Gold("tesla", "T", Of(0, 1, -2, -1)), Gold("henry", "H", Of(2, 1, -2, -2)),
            Gold("degreecelsius", "°C", Of(k: 1), prefix: false), Gold("lumen", "lm", Of(cd: 1)), Gold("lux", "lx", Of(-2, cd: 1)), Gold("becquerel", "Bq", Of(s: -1)), Gold("gray", "Gy", Of(2, 0, -2)), Gold("sievert", "Sv", Of(2, 0, -2)), Gold("katal", "kat", Of(s: -1, mol: 1)),
            Silver("hectare", "ha", Of(2), "10000", false), Silver("litre", "L", Of(3), "0.001"), Silver("tonne", "t", Of(0, 1), "1000"), Silver("electronvolt", "eV", energy, "1.602176634e-19"), Silver("dalton", "Da", Of(0, 1), "1.66053906660e-27"), Silver("astronomicalunit", "au", Of(1), "149597870700", false),
            Silver("neper", "Np", default), new("bel", "B", default, Ratio.Parse("1.1512925464970228420089957273421821038"), UnitMedal.Silver, true), new("decibel", "dB", default, Ratio.Parse("0.11512925464970228420089957273421821038"), UnitMedal.Silver, false),
            Silver("percent", "%", default, "0.01", false), Silver("bit", "bit", default), Silver("byte", "B", default, "8"),
            Bronze("ppm", "ppm", default, "0.000001"), Bronze("bar", "bar", pressure, "100000", true), Bronze("mmhg", "mmHg", pressure, "133.322387415"), Bronze("angstrom", "Å", Of(1), "1e-10"), Bronze("barn", "b", Of(2), "1e-28", true),
            new("knot", "kn", Of(1, 0, -1), Ratio.Of(1852, 3600), UnitMedal.Bronze, false), Bronze("nauticalmile", "M", Of(1), "1852"), Bronze("atomicunittime", "ħ/E_h", Of(s: 1), "2.4188843265857e-17"), Bronze("atomicmassunit", "u", Of(0, 1), "1.66053906660e-27"),
            Bronze("clight", "c", Of(1, 0, -1), "299792458"), Bronze("electronmass", "m_e", Of(0, 1), "9.1093837015e-31"), Bronze("elementarycharge", "e", Of(0, 0, 1, 1), "1.602176634e-19"), Bronze("naturalunittime", "ħ/(m_e c²)", Of(s: 1), "1.28808866819e-21"),
            Bronze("hartree", "E_h", energy, "4.3597447222071e-18"), Bronze("bohr", "a₀", Of(1), "5.29177210903e-11"), Bronze("planckbar", "ħ", Of(2, 1, -1), "1.054571817e-34"),
        ];
    }
}
