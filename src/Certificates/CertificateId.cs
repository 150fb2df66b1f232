using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>The public number of a certificate 证书公开编号: 60 random bits in 12 symbols of Crockford's base 32, such as <c>7K3M9QX2T0AB</c>. It stands beside the laboratory's own number so that nobody finds other certificates by counting.</summary>
/// <remarks>The default value is 000000000000, which <see cref="New()"/> never gives. Equality and order are those of <see cref="Value"/>.</remarks>
public readonly struct CertificateId : IEquatable<CertificateId>, IComparable<CertificateId>
{
    /// <summary>The number of symbols.</summary>
    public const int Length = 12;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford: no I, L, O, U
    private const int BitsOfSymbol = 5;
    private const ulong Maximum = (1UL << (Length * BitsOfSymbol)) - 1;

    /// <summary>The id of a number.</summary>
    /// <param name="value">At most 60 bits.</param>
    /// <exception cref="ArgumentOutOfRangeException">It has more bits.</exception>
    public CertificateId(ulong value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Maximum);
        Value = value;
    }

    /// <summary>The 60 bits.</summary>
    public ulong Value { get; }

    /// <summary>A new id from the system's source of chance.</summary>
    public static CertificateId New()
    {
        Span<byte> random = stackalloc byte[8];
        CertificateId id;
        do
        {
            RandomNumberGenerator.Fill(random);
            id = New(random);
        }
        while (id.Value == 0);
        return id;
    }

    /// <summary>The id of random bytes.</summary>
    /// <param name="random">8 bytes; the upper 4 bits are left out.</param>
    /// <exception cref="ArgumentException">There are not 8 bytes.</exception>
    public static CertificateId New(ReadOnlySpan<byte> random)
    {
        if (random.Length != 8)
            throw new ArgumentException($"8 random bytes are expected, not {random.Length}.", nameof(random));
        return new(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(random) & Maximum);
    }

    /// <summary>Reads an id as people type it: case, hyphens and blanks do not matter, O is read as 0, I and L as 1.</summary>
    /// <exception cref="FormatException">It is not 12 symbols of the alphabet.</exception>
    public static CertificateId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a certificate id: 12 symbols of 0-9 and A-Z without I, L, O and U are expected.");
    }

    /// <summary>Reads an id as <see cref="Parse"/> does.</summary>
    /// <returns>False where it is none.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out CertificateId id)
    {
        (id, var value, var symbols) = (default, 0UL, 0);
        foreach (var typed in text ?? "")
        {
            if (typed is '-' or ' ')
                continue;
            var symbol = char.ToUpperInvariant(typed) switch { 'O' => '0', 'I' or 'L' => '1', var other => other };
            var digit = Alphabet.IndexOf(symbol, StringComparison.Ordinal);
            if (digit < 0 || ++symbols > Length)
                return false;
            value = (value << BitsOfSymbol) | (uint)digit;
        }
        if (symbols != Length)
            return false;
        id = new(value);
        return true;
    }

    /// <summary>The 12 symbols, in upper case and without hyphens.</summary>
    public override string ToString() => string.Create(Length, Value, static (symbols, value) =>
    {
        for (var i = Length - 1; i >= 0; i--, value >>= BitsOfSymbol)
            symbols[i] = Alphabet[(int)(value & 31)];
    });

    /// <inheritdoc/>
    public bool Equals(CertificateId other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CertificateId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(CertificateId other) => Value.CompareTo(other.Value);

    /// <summary>Whether both are the same id.</summary>
    public static bool operator ==(CertificateId left, CertificateId right) => left.Equals(right);

    /// <summary>Whether they are different ids.</summary>
    public static bool operator !=(CertificateId left, CertificateId right) => !left.Equals(right);

    /// <summary>Order by number.</summary>
    public static bool operator <(CertificateId left, CertificateId right) => left.Value < right.Value;

    /// <summary>Order by number.</summary>
    public static bool operator >(CertificateId left, CertificateId right) => left.Value > right.Value;

    /// <summary>Order by number.</summary>
    public static bool operator <=(CertificateId left, CertificateId right) => left.Value <= right.Value;

    /// <summary>Order by number.</summary>
    public static bool operator >=(CertificateId left, CertificateId right) => left.Value >= right.Value;
}
