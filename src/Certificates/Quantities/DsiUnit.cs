using System.Collections.Immutable;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>A factor of a unit: prefix, unit and exponent.</summary>
/// <param name="Prefix">Name of the prefix; null for none.</param>
/// <param name="Name">Name of the unit.</param>
/// <param name="Exponent">The power it stands at.</param>
public sealed record DsiUnitFactor(string? Prefix, string Name, decimal Exponent);

/// <summary>A unit in the notation of D-SI, such as <c>\kilo\metre\hour\tothe{-1}</c>: what it measures, how it converts, how it is printed.</summary>
public sealed class DsiUnit : IEquatable<DsiUnit>
{
    internal DsiUnit(IEnumerable<DsiUnitFactor> factors)
    {
        Factors = [.. factors];
        var (dimension, scale) = (Dimension.One, Ratio.One);
        foreach (var f in Factors)
        {
            var entry = UnitTable.Units[f.Name];
            dimension *= entry.Dimension.Power(f.Exponent);
            scale *= (f.Prefix is null ? entry.Factor : UnitTable.Prefixes[f.Prefix].Factor * entry.Factor).Power(f.Exponent);
        }
        (Dimension, Scale) = (dimension, scale);
    }

    /// <summary>The number one.</summary>
    public static DsiUnit One { get; } = new([new(null, "one", 1)]);

    /// <summary>Prefix, unit and exponent of each factor, in the order written.</summary>
    public ImmutableArray<DsiUnitFactor> Factors { get; }

    /// <summary>What the unit measures.</summary>
    public Dimension Dimension { get; }

    /// <summary>Its value in the coherent SI unit of its dimension; a level (bel, neper) in nepers.</summary>
    public double Factor => Scale.ToDouble();

    /// <summary>What is added after scaling to reach the SI unit: 273.15 for a Celsius temperature standing alone, else 0.</summary>
    public double Offset => Shift.ToDouble();

    internal Ratio Scale { get; }

    internal Ratio Shift => Factors is [{ Name: "degreecelsius", Exponent: 1 }] ? Ratio.Parse("273.15") : Ratio.Zero;

    /// <summary>Whether values count on a logarithmic scale.</summary>
    public bool IsLevel => Factors.Any(f => UnitTable.Units[f.Name].IsLevel);

    internal bool IsAngleOnly => Factors is [{ Exponent: 1 } only] && UnitTable.Units[only.Name].IsAngle;

    internal bool HasAngle => Factors.Any(f => UnitTable.Units[f.Name].IsAngle);

    /// <summary>As print has it: <c>km h⁻¹</c>, with a thin space between factors; empty for the number one.</summary>
    public string Symbol => string.Join('\u202F', Factors.Where(f => f.Name != "one").Select(f => (f.Prefix is null ? "" : UnitTable.Prefixes[f.Prefix].Symbol) + UnitTable.Units[f.Name].Symbol + Dimension.Superscript(f.Exponent)));

    /// <summary>Reads a unit.</summary>
    /// <param name="text">In D-SI notation.</param>
    /// <returns>The unit.</returns>
    /// <exception cref="FormatException">The text is no unit of D-SI; the message names the place.</exception>
    public static DsiUnit Parse(string text)
    {
        var reading = DsiUnitReading.Of(text);
        return reading.Unit ?? throw new FormatException(reading.Problems[0].ToString());
    }

    /// <summary>Whether values in the two units can be turned into each other.</summary>
    public bool IsComparableWith(DsiUnit other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Dimension == other.Dimension && IsLevel == other.IsLevel;
    }

    /// <summary>The unit of a product.</summary>
    public DsiUnit Times(DsiUnit other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Factors.AddRange(other.Factors));
    }

    /// <summary>The unit of a power.</summary>
    public DsiUnit Power(decimal exponent) => new(Factors.Select(f => f with { Exponent = f.Exponent * exponent }));

    /// <summary>A value of this unit in another one.</summary>
    /// <param name="value">In this unit.</param>
    /// <param name="target">The unit wanted, comparable with this one.</param>
    /// <returns>In the unit wanted.</returns>
    /// <exception cref="ArgumentException">The units measure different things.</exception>
    public double Convert(double value, DsiUnit target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return IsComparableWith(target) ? (value * Factor + Offset - target.Offset) / target.Factor : throw new ArgumentException($"{Symbol} ({Dimension}) cannot be turned into {target.Symbol} ({target.Dimension}).", nameof(target));
    }

    /// <summary>An exact value of this unit in another one; a difference of two values knows no offset.</summary>
    internal Ratio Convert(Ratio value, DsiUnit target, bool difference = false) => (difference ? value * Scale : value * Scale + Shift - target.Shift) / target.Scale;

    /// <summary>In D-SI notation, without blanks and without <c>\per</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var f in Factors)
        {
            if (f.Prefix is not null)
                text.Append('\\').Append(f.Prefix);
            text.Append('\\').Append(f.Name);
            if (f.Exponent != 1)
                text.Append("\\tothe{").Append(f.Exponent.ToString("0.############", System.Globalization.CultureInfo.InvariantCulture)).Append('}');
        }
        return text.ToString();
    }

    /// <summary>Same meaning: dimension, scale and zero point; the way of writing does not count.</summary>
    public bool Equals(DsiUnit? other) => other is not null && Dimension == other.Dimension && Scale == other.Scale && Shift == other.Shift && IsLevel == other.IsLevel;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DsiUnit);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Dimension, Scale);
}
