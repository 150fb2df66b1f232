using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Plumbline.Certificates;

/// <summary>A decimal number exactly as it stands in a certificate, digit for digit: "0.350" is another text than "0.35" and the same number.</summary>
/// <remarks>
/// Arithmetic is exact (coefficient · 10^exponent in whole numbers), never through a binary floating-point number.
/// Lexical form of D-SI's <c>decimalType</c>: sign, digits with a decimal point, exponent; or <c>NaN</c>.
/// Equality compares texts; <see cref="Compare"/> compares numbers. The default value is "0".
/// Texts longer than 1,000 characters and exponents beyond ±1,000 are refused, so that no text makes arithmetic costly.
/// </remarks>
public readonly partial struct DecimalText : IEquatable<DecimalText>
{
    private const int MaxLength = 1000, MaxExponent = 1000;
    private readonly string? text;

    private DecimalText(string text, BigInteger coefficient, int exponent, bool isNaN = false)
    {
        this.text = text;
        Coefficient = coefficient;
        Exponent = exponent;
        IsNaN = isNaN;
    }

    /// <summary>The digits as they stand.</summary>
    public string Text => text ?? "0";

    /// <summary>All digits as one whole number with the sign: 350 for "0.350".</summary>
    public BigInteger Coefficient { get; }

    /// <summary>The power of ten of the last digit written: −3 for "0.350", 0 for "350", 2 for "35E2".</summary>
    public int Exponent { get; }

    /// <summary>Whether it says "not a number": arithmetic refuses it.</summary>
    public bool IsNaN { get; }

    /// <summary>Whether the number is zero.</summary>
    public bool IsZero => !IsNaN && Coefficient.IsZero;

    /// <summary>−1, 0 or 1; 0 for NaN.</summary>
    public int Sign => Coefficient.Sign;

    /// <summary>Digits from the first that is not zero to the last written: 3 for "0.350", 4 for "3200"; 1 for zero, 0 for NaN.</summary>
    public int SignificantDigits => IsNaN ? 0 : DigitsOf(Coefficient);

    /// <summary>Digits after the decimal point: 3 for "0.350", 0 for "350" and "35E2".</summary>
    public int Decimals => Math.Max(0, -Exponent);

    /// <summary>The power of ten of the first digit that is not zero: −1 for "0.350"; <see cref="Exponent"/> for zero.</summary>
    public int LeadingPlace => Coefficient.IsZero ? Exponent : Exponent + DigitsOf(Coefficient) - 1;

    /// <summary>Reads a number.</summary>
    /// <exception cref="FormatException">It is none, or too long.</exception>
    public static DecimalText Parse(string text) => TryParse(text, out var number) ? number : throw new FormatException($"'{(text?.Length > 60 ? text[..60] + "…" : text)}' is no decimal number such as -0.350 or 1.2E-6.");

    /// <summary>Reads a number, XML blanks around it allowed; false where it is none or too long.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DecimalText number)
    {
        number = default;
        var token = text?.Trim(' ', '\t', '\n', '\r') ?? "";
        if (token.Length is 0 or > MaxLength)
            return false;
        if (token == "NaN")
        {
            number = new(token, BigInteger.Zero, 0, isNaN: true);
            return true;
        }
        var mantissa = token.AsSpan();
        var exponent = 0;
        var e = mantissa.IndexOfAny('e', 'E');
        if (e >= 0)
        {
            if (!TryExponent(mantissa[(e + 1)..], out exponent))
                return false;
            mantissa = mantissa[..e];
        }
        var negative = mantissa is ['-', ..];
        if (mantissa is ['+' or '-', ..])
            mantissa = mantissa[1..];
        var point = mantissa.IndexOf('.');
        var digits = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        if (digits.Length == 0 || digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return false;
        var coefficient = BigInteger.Parse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
        number = new(token, negative ? -coefficient : coefficient, exponent - (point < 0 ? 0 : mantissa.Length - point - 1));
        return true;
    }

    /// <summary>The number coefficient · 10^exponent in plain digits; with an exponent only where plain digits would need more than 40 zeros.</summary>
    public static DecimalText Of(BigInteger coefficient, int exponent = 0)
    {
        if (Math.Abs(exponent) > 4 * MaxExponent)
            throw new ArgumentOutOfRangeException(nameof(exponent), exponent, $"at most ±{4 * MaxExponent}");
        var digits = BigInteger.Abs(coefficient).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var sign = coefficient.Sign < 0 ? "-" : "";
        var plain = exponent switch
        {
            > 40 or < -400 => $"{digits}E{exponent}",
            > 0 when coefficient.IsZero => $"0E{exponent}",
            > 0 => $"{digits}E{exponent}",
            0 => digits,
            _ when digits.Length > -exponent => digits.Insert(digits.Length + exponent, "."),
            _ when -exponent - digits.Length > 40 => $"{digits}E{exponent}",
            _ => "0." + new string('0', -exponent - digits.Length) + digits,
        };
        return new(sign + plain, coefficient, exponent);
    }

    /// <inheritdoc cref="Of(BigInteger, int)"/>
    public static DecimalText Of(long number) => Of(new BigInteger(number));

    /// <inheritdoc/>
    public bool Equals(DecimalText other) => string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DecimalText other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <summary>Equal texts.</summary>
    public static bool operator ==(DecimalText left, DecimalText right) => left.Equals(right);

    /// <summary>Different texts.</summary>
    public static bool operator !=(DecimalText left, DecimalText right) => !left.Equals(right);

    /// <summary>The digits as they stand.</summary>
    public override string ToString() => Text;

    private static bool TryExponent(ReadOnlySpan<char> text, out int exponent)
    {
        exponent = 0;
        var digits = text is ['+' or '-', ..] ? text[1..] : text;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
            return false;
        digits = digits.TrimStart('0');
        if (digits.Length > 4)
            return false;
        foreach (var digit in digits)
            exponent = exponent * 10 + (digit - '0');
        if (text[0] == '-')
            exponent = -exponent;
        return Math.Abs(exponent) <= MaxExponent;
    }

    private static int DigitsOf(BigInteger number) =>
        number.IsZero ? 1 : BigInteger.Abs(number).ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
}
