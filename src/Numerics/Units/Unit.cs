using System.Globalization;

namespace Plumbline.Numerics;

/// <summary>A unit of measurement (计量单位) as dimension and factor to the coherent SI unit; read from text such as <c>kg/m^3</c>, <c>W m⁻² K⁻¹</c>, <c>µV</c>, <c>kWh</c>.</summary>
/// <remarks>Symbols of GB 3100 and the SI Brochure with prefixes; ° ′ ″ min h d L t eV Da bar % ‰ ppm var and VA. Degrees Celsius count as kelvins: temperature differences are what models multiply. Several factors after a slash need parentheses.</remarks>
public sealed class Unit
{
    private static readonly string[] baseSymbols = ["m", "kg", "s", "A", "K", "mol", "cd"];
    private readonly double[] dimension;

    private Unit(double factor, double[] dimension, string text)
    {
        Factor = factor;
        this.dimension = dimension;
        Text = text;
    }

    /// <summary>How many coherent SI units one of it is.</summary>
    public double Factor { get; }

    /// <summary>As it was written, or as it follows from the units of a formula.</summary>
    public string Text { get; }

    /// <summary>A quantity of unit one, whatever the factor.</summary>
    public bool IsDimensionless => dimension.All(d => Math.Abs(d) < 1e-9);

    /// <summary>The unit one.</summary>
    public static Unit One { get; } = new(1, new double[7], "1");

    /// <summary>The unit in base units, such as <c>kg m^-1 s^-2</c>.</summary>
    public string InBaseUnits => string.Join(' ', dimension.Select((d, i) => Math.Abs(d) < 1e-9 ? "" : Math.Abs(d - 1) < 1e-9 ? baseSymbols[i] : $"{baseSymbols[i]}^{d.ToString("0.###", CultureInfo.InvariantCulture)}").Where(s => s.Length > 0)) is { Length: > 0 } text ? text : "1";

    /// <summary>Whether both measure the same kind of quantity, as far as dimensions tell.</summary>
    public bool HasDimensionOf(Unit other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return dimension.Zip(other.dimension).All(p => Math.Abs(p.First - p.Second) < 1e-9);
    }

    /// <summary>Whether numbers in both mean the same.</summary>
    internal bool HasFactorOf(Unit other) => Math.Abs(Factor / other.Factor - 1) < 1e-9;

    /// <summary>Reads a unit.</summary>
    /// <exception cref="FormatException">The text is no unit; the symbol that is unknown is named.</exception>
    public static Unit Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new UnitReader(text).Read();
    }

    internal Unit As(string text) => new(Factor, dimension, text);

    private bool IsOne => IsDimensionless && Math.Abs(Factor - 1) < 1e-12;

    internal Unit Times(Unit other) => other.IsOne ? this : IsOne ? other : Composed(Factor * other.Factor, [.. dimension.Zip(other.dimension).Select(p => p.First + p.Second)]);

    internal Unit Over(Unit other) => other.IsOne ? this : Composed(Factor / other.Factor, [.. dimension.Zip(other.dimension).Select(p => p.First - p.Second)]);

    internal Unit To(double power) => Composed(Math.Pow(Factor, power), Array.ConvertAll(dimension, d => d * power));

    private static Unit Composed(double factor, double[] dimension)
    {
        var unit = new Unit(factor, dimension, "");
        var text = unit.InBaseUnits;
        return new(factor, dimension, Math.Abs(factor - 1) < 1e-12 ? text : text == "1" ? factor.ToString("G6", CultureInfo.InvariantCulture) : $"{factor.ToString("G6", CultureInfo.InvariantCulture)} {text}");
    }

    internal static Unit Of(double factor, params double[] dimension) => Composed(factor, [.. dimension, .. new double[7 - dimension.Length]]);
}
