using System.Globalization;

namespace Plumbline.Certificates;

/// <summary>Dimension of a quantity (量纲): exponents of length, mass, time, electric current, thermodynamic temperature, amount of substance and luminous intensity.</summary>
/// <param name="Length">Exponent of the metre.</param>
/// <param name="Mass">Exponent of the kilogram.</param>
/// <param name="Time">Exponent of the second.</param>
/// <param name="Current">Exponent of the ampere.</param>
/// <param name="Temperature">Exponent of the kelvin.</param>
/// <param name="Amount">Exponent of the mole.</param>
/// <param name="Intensity">Exponent of the candela.</param>
public readonly record struct Dimension(decimal Length = 0, decimal Mass = 0, decimal Time = 0, decimal Current = 0, decimal Temperature = 0, decimal Amount = 0, decimal Intensity = 0)
{
    private static readonly string[] letters = ["L", "M", "T", "I", "Θ", "N", "J"];

    /// <summary>The dimension of a number.</summary>
    public static Dimension One => default;

    /// <summary>Whether all exponents are zero.</summary>
    public bool IsOne => this == default;

    private decimal[] Exponents => [Length, Mass, Time, Current, Temperature, Amount, Intensity];

    /// <summary>The dimension of a product.</summary>
    public static Dimension operator *(Dimension a, Dimension b) => new(a.Length + b.Length, a.Mass + b.Mass, a.Time + b.Time, a.Current + b.Current, a.Temperature + b.Temperature, a.Amount + b.Amount, a.Intensity + b.Intensity);

    /// <summary>The dimension of a quotient.</summary>
    public static Dimension operator /(Dimension a, Dimension b) => a * b.Power(-1);

    /// <summary>The dimension of a power.</summary>
    public Dimension Power(decimal exponent) => new(Length * exponent, Mass * exponent, Time * exponent, Current * exponent, Temperature * exponent, Amount * exponent, Intensity * exponent);

    /// <summary>The dimension of a product.</summary>
    public static Dimension Multiply(Dimension left, Dimension right) => left * right;

    /// <summary>The dimension of a quotient.</summary>
    public static Dimension Divide(Dimension left, Dimension right) => left / right;

    /// <summary>Such as L M T⁻²; 1 for a number.</summary>
    public override string ToString() => IsOne ? "1" : string.Join(' ', Exponents.Zip(letters).Where(p => p.First != 0).Select(p => p.Second + Superscript(p.First)));

    internal static string Superscript(decimal exponent) => exponent == 1 ? "" : string.Concat(exponent.ToString("0.############", CultureInfo.InvariantCulture).Select(c => c switch
    {
        '-' => '⁻', '.' => '·', '0' => '⁰', '1' => '¹', '2' => '²', '3' => '³', _ => (char)('⁰' + (c - '0')),
    }));
}
