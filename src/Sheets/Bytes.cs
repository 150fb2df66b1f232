using System.Text;

namespace Plumbline.Sheets;

/// <summary>What the first bytes of a file say it is.</summary>
internal static class Bytes
{
    private static readonly byte[] encryptedPackage = Encoding.Unicode.GetBytes("EncryptedPackage");

    public static bool TryReadAll(Stream stream, long limit, out byte[] bytes)
    {
        using var memory = new MemoryStream();
        var chunk = new byte[81920];
        int read;
        while ((read = stream.Read(chunk)) > 0)
        {
            if (memory.Length + read > limit)
            {
                bytes = [];
                return false;
            }

            memory.Write(chunk, 0, read);
        }

        bytes = memory.ToArray();
        return true;
    }

    public static bool IsZip(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\x03\x04"u8) || bytes.StartsWith("PK\x05\x06"u8);

    /// <summary>The container of .xls, .doc and password-protected .xlsx.</summary>
    public static bool IsCompoundFile(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    public static bool HoldsEncryptedPackage(ReadOnlySpan<byte> bytes) => bytes.IndexOf(encryptedPackage) >= 0;
}
