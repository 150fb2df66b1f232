using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>The part of OpenSSL 3 that the framework does not offer: SM2, SM3 and Ed25519.</summary>
internal static partial class LibCrypto
{
    private const string Library = "libcrypto.so.3";
    private const int PublicKeySelection = 0x86; // EVP_PKEY_PUBLIC_KEY
    private static readonly byte[] sm2Identity = Encoding.ASCII.GetBytes("1234567812345678"); // GB/T 35276: the identity where none is agreed
    private static readonly Lazy<nint> sm3 = new(() => Have(EVP_MD_fetch(0, "SM3", null)));

    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Library, out _);

    public static byte[] Sm3(ReadOnlySpan<byte> data)
    {
        EnsureAvailable();
        var digest = new byte[32];
        Succeed(EVP_Digest(data, (nuint)data.Length, digest, out _, sm3.Value, 0));
        return digest;
    }

    public static Key Generate(SignatureAlgorithm algorithm)
    {
        EnsureAvailable();
        var context = Have(EVP_PKEY_CTX_new_from_name(0, algorithm == SignatureAlgorithm.Sm2 ? "SM2" : "ED25519", null));
        try
        {
            Succeed(EVP_PKEY_keygen_init(context));
            Succeed(EVP_PKEY_generate(context, out var key));
            return new Key(key);
        }
        finally
        {
            EVP_PKEY_CTX_free(context);
        }
    }

    /// <exception cref="CryptographicException">It is not a key.</exception>
    public static Key ReadPublic(ReadOnlySpan<byte> spki)
    {
        EnsureAvailable();
        unsafe
        {
            fixed (byte* start = spki)
            {
                var at = start;
                return new Key(Have(d2i_PUBKEY(0, &at, spki.Length)));
            }
        }
    }

    /// <exception cref="CryptographicException">It is not a key.</exception>
    public static Key ReadPrivate(ReadOnlySpan<byte> pkcs8)
    {
        EnsureAvailable();
        unsafe
        {
            fixed (byte* start = pkcs8)
            {
                var at = start;
                return new Key(Have(d2i_AutoPrivateKey(0, &at, pkcs8.Length)));
            }
        }
    }

    /// <summary>A P-256 key for one verification: the point is checked to lie on the curve, which for a curve of cofactor 1 is all; the framework's import multiplies by the order besides, at the price of two verifications.</summary>
    /// <param name="point">The uncompressed point, 65 bytes.</param>
    /// <exception cref="CryptographicException">It is not a point of the curve.</exception>
    public static Key ReadP256(ReadOnlySpan<byte> point)
    {
        var context = Have(EVP_PKEY_CTX_new_from_name(0, "EC", null));
        try
        {
            Succeed(EVP_PKEY_fromdata_init(context));
            unsafe
            {
                fixed (byte* start = point, curve = "prime256v1"u8, group = "group"u8, pub = "pub"u8)
                {
                    Span<Parameter> parameters = [new() { Name = group, Type = 4, Data = curve, Size = 10 }, new() { Name = pub, Type = 5, Data = start, Size = (nuint)point.Length }, default];
                    Succeed(EVP_PKEY_fromdata(context, out var key, PublicKeySelection, parameters));
                    return new Key(key);
                }
            }
        }
        finally
        {
            EVP_PKEY_CTX_free(context);
        }
    }

    /// <summary>ECDSA over a digest.</summary>
    /// <param name="signature">DER.</param>
    public static bool VerifyDigest(Key key, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        var context = Have(EVP_PKEY_CTX_new(key, 0));
        try
        {
            Succeed(EVP_PKEY_verify_init(context));
            var valid = EVP_PKEY_verify(context, signature, (nuint)signature.Length, digest, (nuint)digest.Length) == 1;
            if (!valid)
                ERR_clear_error();
            return valid;
        }
        finally
        {
            EVP_PKEY_CTX_free(context);
        }
    }

    public static byte[] WritePublic(Key key)
    {
        unsafe
        {
            var written = new byte[Have(i2d_PUBKEY(key, null))];
            fixed (byte* start = written)
            {
                var at = start;
                _ = Have(i2d_PUBKEY(key, &at));
            }
            return written;
        }
    }

    public static byte[] WritePrivate(Key key)
    {
        var information = Have(EVP_PKEY2PKCS8(key));
        try
        {
            unsafe
            {
                var written = new byte[Have(i2d_PKCS8_PRIV_KEY_INFO(information, null))];
                fixed (byte* start = written)
                {
                    var at = start;
                    _ = Have(i2d_PKCS8_PRIV_KEY_INFO(information, &at));
                }
                return written;
            }
        }
        finally
        {
            PKCS8_PRIV_KEY_INFO_free(information);
        }
    }

    /// <returns>DER for SM2, 64 bytes for Ed25519.</returns>
    public static byte[] Sign(Key key, SignatureAlgorithm algorithm, ReadOnlySpan<byte> message)
    {
        using var context = new Context(key, algorithm);
        Succeed(EVP_DigestSignInit(context.Digest, 0, context.Hash, 0, key));
        nuint length = 0;
        Succeed(EVP_DigestSign(context.Digest, [], ref length, message, (nuint)message.Length));
        var signature = new byte[length];
        Succeed(EVP_DigestSign(context.Digest, signature, ref length, message, (nuint)message.Length));
        return signature[..(int)length];
    }

    /// <param name="signature">DER for SM2, 64 bytes for Ed25519.</param>
    public static bool Verify(Key key, SignatureAlgorithm algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var context = new Context(key, algorithm);
        Succeed(EVP_DigestVerifyInit(context.Digest, 0, context.Hash, 0, key));
        var valid = EVP_DigestVerify(context.Digest, signature, (nuint)signature.Length, message, (nuint)message.Length) == 1;
        if (!valid)
            ERR_clear_error();
        return valid;
    }

    private static void EnsureAvailable()
    {
        if (!IsAvailable)
            throw new PlatformNotSupportedException($"SM2, SM3 and Ed25519 need OpenSSL 3 ({Library}), which is not installed.");
    }

    private static void Succeed(int code)
    {
        if (code == 1)
            return;
        ERR_clear_error();
        throw new CryptographicException("OpenSSL refused the key or the data.");
    }

    private static nint Have(nint pointer)
    {
        Succeed(pointer == 0 ? 0 : 1);
        return pointer;
    }

    private static int Have(int length)
    {
        Succeed(length > 0 ? 1 : 0);
        return length;
    }

    /// <summary>OSSL_PARAM; one of zeros ends a list.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Parameter
    {
        public byte* Name;
        public uint Type;
        public byte* Data;
        public nuint Size, Returned;
    }

    /// <summary>An EVP_PKEY: counted by OpenSSL, read by any number of threads.</summary>
    internal sealed class Key : SafeHandle
    {
        public Key(nint key)
            : base(0, ownsHandle: true) => SetHandle(key);

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            EVP_PKEY_free(handle);
            return true;
        }
    }

    /// <summary>A digest context; for SM2 with the signer's identity, which is digested before the message.</summary>
    private readonly ref struct Context
    {
        private readonly nint key;

        public Context(Key signer, SignatureAlgorithm algorithm)
        {
            Digest = Have(EVP_MD_CTX_new());
            if (algorithm != SignatureAlgorithm.Sm2)
                return;
            Hash = sm3.Value;
            key = Have(EVP_PKEY_CTX_new(signer, 0));
            Succeed(EVP_PKEY_CTX_set1_id(key, sm2Identity, sm2Identity.Length));
            EVP_MD_CTX_set_pkey_ctx(Digest, key);
        }

        public nint Digest { get; }

        public nint Hash { get; }

        public void Dispose()
        {
            EVP_MD_CTX_free(Digest);
            EVP_PKEY_CTX_free(key);
        }
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint EVP_MD_fetch(nint library, string name, string? properties);

    [LibraryImport(Library)]
    private static partial int EVP_Digest(ReadOnlySpan<byte> data, nuint count, Span<byte> digest, out uint size, nint type, nint engine);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint EVP_PKEY_CTX_new_from_name(nint library, string name, string? properties);

    [LibraryImport(Library)]
    private static partial nint EVP_PKEY_CTX_new(Key key, nint engine);

    [LibraryImport(Library)]
    private static partial void EVP_PKEY_CTX_free(nint context);

    [LibraryImport(Library)]
    private static partial int EVP_PKEY_keygen_init(nint context);

    [LibraryImport(Library)]
    private static partial int EVP_PKEY_generate(nint context, out nint key);

    [LibraryImport(Library)]
    private static partial int EVP_PKEY_CTX_set1_id(nint context, ReadOnlySpan<byte> identity, int length);

    [LibraryImport(Library)]
    private static partial int EVP_PKEY_fromdata_init(nint context);

    [LibraryImport(Library)]
    private static partial int EVP_PKEY_fromdata(nint context, out nint key, int selection, Span<Parameter> parameters);

    [LibraryImport(Library)]
    private static partial int EVP_PKEY_verify_init(nint context);

    [LibraryImport(Library)]
    private static partial int EVP_PKEY_verify(nint context, ReadOnlySpan<byte> signature, nuint length, ReadOnlySpan<byte> digest, nuint count);

    [LibraryImport(Library)]
    private static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Library)]
    private static unsafe partial nint d2i_PUBKEY(nint into, byte** from, nint length);

    [LibraryImport(Library)]
    private static unsafe partial nint d2i_AutoPrivateKey(nint into, byte** from, nint length);

    [LibraryImport(Library)]
    private static unsafe partial int i2d_PUBKEY(Key key, byte** to);

    [LibraryImport(Library)]
    private static partial nint EVP_PKEY2PKCS8(Key key);

    [LibraryImport(Library)]
    private static unsafe partial int i2d_PKCS8_PRIV_KEY_INFO(nint information, byte** to);

    [LibraryImport(Library)]
    private static partial void PKCS8_PRIV_KEY_INFO_free(nint information);

    [LibraryImport(Library)]
    private static partial nint EVP_MD_CTX_new();

    [LibraryImport(Library)]
    private static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(Library)]
    private static partial void EVP_MD_CTX_set_pkey_ctx(nint context, nint keyContext);

    [LibraryImport(Library)]
    private static partial int EVP_DigestSignInit(nint context, nint keyContext, nint hash, nint engine, Key key);

    [LibraryImport(Library)]
    private static partial int EVP_DigestSign(nint context, Span<byte> signature, ref nuint length, ReadOnlySpan<byte> message, nuint count);

    [LibraryImport(Library)]
    private static partial int EVP_DigestVerifyInit(nint context, nint keyContext, nint hash, nint engine, Key key);

    [LibraryImport(Library)]
    private static partial int EVP_DigestVerify(nint context, ReadOnlySpan<byte> signature, nuint length, ReadOnlySpan<byte> message, nuint count);

    [LibraryImport(Library)]
    private static partial void ERR_clear_error();
}
