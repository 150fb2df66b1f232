namespace Plumbline.Certificates;

/// <summary>A cyclic redundancy check as instruments display it, by its parameters in the notation of Williams ("A painless guide to CRC error detection algorithms").</summary>
/// <param name="Name">Its name, such as <c>CRC-16/ARC</c>.</param>
/// <param name="Width">Bits of the register: 8, 16 or 32.</param>
/// <param name="Polynomial">The polynomial without its highest term.</param>
/// <param name="Initial">The register at the start.</param>
/// <param name="ReflectIn">Whether bytes go in with their lowest bit first.</param>
/// <param name="ReflectOut">Whether the register is turned round at the end.</param>
/// <param name="FinalXor">What the result is combined with at the end.</param>
public sealed record Crc(string Name, int Width, uint Polynomial, uint Initial, bool ReflectIn, bool ReflectOut, uint FinalXor)
{
    private static readonly Crc[] known =
    [
        new("CRC-8/SMBUS", 8, 0x07, 0, false, false, 0),
        new("CRC-8/MAXIM-DOW", 8, 0x31, 0, true, true, 0),
        new("CRC-16/ARC", 16, 0x8005, 0, true, true, 0),
        new("CRC-16/MODBUS", 16, 0x8005, 0xFFFF, true, true, 0),
        new("CRC-16/USB", 16, 0x8005, 0xFFFF, true, true, 0xFFFF),
        new("CRC-16/IBM-3740", 16, 0x1021, 0xFFFF, false, false, 0), // "CCITT-FALSE"
        new("CRC-16/XMODEM", 16, 0x1021, 0, false, false, 0),
        new("CRC-16/KERMIT", 16, 0x1021, 0, true, true, 0),
        new("CRC-16/IBM-SDLC", 16, 0x1021, 0xFFFF, true, true, 0xFFFF), // "X-25"
        new("CRC-16/DNP", 16, 0x3D65, 0, true, true, 0xFFFF), // M-Bus, IEC 60870-5 FT3
        new("CRC-32/ISO-HDLC", 32, 0x04C11DB7, 0xFFFFFFFF, true, true, 0xFFFFFFFF),
        new("CRC-32/BZIP2", 32, 0x04C11DB7, 0xFFFFFFFF, false, false, 0xFFFFFFFF),
        new("CRC-32/MPEG-2", 32, 0x04C11DB7, 0xFFFFFFFF, false, false, 0),
        new("CRC-32/ISCSI", 32, 0x1EDC6F41, 0xFFFFFFFF, true, true, 0xFFFFFFFF),
    ];

    /// <summary>The usual ones, under the names of Koopman's and Cook's catalogues.</summary>
    public static IReadOnlyList<Crc> Known => known;

    private uint Mask => Width == 32 ? uint.MaxValue : (1u << Width) - 1;

    /// <summary>Whether the parameters fit the width.</summary>
    internal bool IsSound => Width is 8 or 16 or 32 && (Polynomial & ~Mask) == 0 && (Initial & ~Mask) == 0 && (FinalXor & ~Mask) == 0 && (Polynomial & 1) == 1;

    /// <summary>The check of the parts, one after the other.</summary>
    /// <exception cref="InvalidOperationException">The parameters do not fit the width.</exception>
    public uint Of(IEnumerable<ReadOnlyMemory<byte>> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (!IsSound)
            throw new InvalidOperationException($"{Name}: width {Width}, polynomial {Polynomial:X}, initial {Initial:X} and final {FinalXor:X} do not go together.");
        var register = Initial;
        var table = Table();
        foreach (var part in parts)
            foreach (var one in part.Span)
                register = (register << 8 ^ table[(register >> Width - 8 ^ (ReflectIn ? Reflect(one, 8) : one)) & 0xFF]) & Mask;
        return (ReflectOut ? Reflect(register, Width) : register) ^ FinalXor;
    }

    /// <summary>The check as upper-case hexadecimal digits, as many as the width has.</summary>
    public string Text(IEnumerable<ReadOnlyMemory<byte>> parts) => Of(parts).ToString($"X{Width / 4}");

    private uint[] Table()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var register = i << Width - 8;
            for (var bit = 0; bit < 8; bit++)
                register = (register >> Width - 1 & 1) == 1 ? register << 1 ^ Polynomial : register << 1;
            table[i] = register & Mask;
        }
        return table;
    }

    private static uint Reflect(uint value, int width)
    {
        var turned = 0u;
        for (var bit = 0; bit < width; bit++)
            turned |= (value >> bit & 1) << width - 1 - bit;
        return turned;
    }
}
