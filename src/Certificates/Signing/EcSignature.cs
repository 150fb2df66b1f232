using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>The two forms of a signature on a curve of 256 bits: r‖s of fixed size, and DER SEQUENCE { r, s }.</summary>
internal static class EcSignature
{
    private const int Half = 32;

    public static byte[] ToDer(ReadOnlySpan<byte> signature)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(signature[..Half], isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(signature[Half..], isUnsigned: true, isBigEndian: true));
        }
        return writer.Encode();
    }

    /// <exception cref="CryptographicException">It is not such a sequence, or a number needs more than 32 bytes.</exception>
    public static byte[] FromDer(ReadOnlyMemory<byte> der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var sequence = outer.ReadSequence();
            var signature = new byte[2 * Half];
            Place(sequence.ReadInteger(), signature.AsSpan(0, Half));
            Place(sequence.ReadInteger(), signature.AsSpan(Half));
            sequence.ThrowIfNotEmpty();
            outer.ThrowIfNotEmpty();
            return signature;
        }
        catch (AsnContentException fault)
        {
            throw new CryptographicException("The bytes are not an ECDSA or SM2 signature.", fault);
        }
    }

    private static void Place(BigInteger number, Span<byte> target)
    {
        if (number.Sign < 0 || number.GetByteCount(isUnsigned: true) > Half)
            throw new CryptographicException("A number of the signature is negative or longer than 32 bytes.");
        target.Clear();
        number.TryWriteBytes(target[(Half - number.GetByteCount(isUnsigned: true))..], out _, isUnsigned: true, isBigEndian: true);
    }
}

/// <summary>Bit strings that hold bytes.</summary>
internal static class BitStrings
{
    /// <exception cref="AsnContentException">Bits of the last byte are left out.</exception>
    public static byte[] ReadBytes(this AsnReader reader)
    {
        var bytes = reader.ReadBitString(out var unused);
        return unused == 0 ? bytes : throw new AsnContentException("A bit string of whole bytes is expected.");
    }
}
