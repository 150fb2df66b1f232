using System.Formats.Asn1;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Plumbline.Certificates;

/// <summary>A key that never leaves its hardware: reached through PKCS #11 (OASIS, version 2.40), ECDSA on P-256. Safe for use by several threads, one signature at a time.</summary>
public sealed class HardwareKey : ISigner, IDisposable
{
    private static readonly Pkcs11InteropFactories factories = Prepare();

    private readonly Lock turn = new();
    private readonly IPkcs11Library library;
    private readonly ISession session;
    private readonly IObjectHandle key;

    private HardwareKey(IPkcs11Library library, ISession session, IObjectHandle key, PublicKey publicKey) => (this.library, this.session, this.key, PublicKey) = (library, session, key, publicKey);

    /// <inheritdoc/>
    public PublicKey PublicKey { get; }

    /// <summary>Opens a key.</summary>
    /// <param name="module">Path of the hardware's PKCS #11 module, such as <c>/usr/lib/softhsm/libsofthsm2.so</c>.</param>
    /// <param name="token">Label of the token.</param>
    /// <param name="pin">The user's PIN.</param>
    /// <param name="label">Label (CKA_LABEL) of the private key and of its public key.</param>
    /// <exception cref="CryptographicException">The module cannot be loaded, the token or key is not there or not the only one of its label, the PIN is wrong, or the key is not of P-256.</exception>
    public static HardwareKey Open(string module, string token, string pin, string label)
    {
        IPkcs11Library? library = null;
        try
        {
            library = factories.Pkcs11LibraryFactory.LoadPkcs11Library(factories, module, AppType.MultiThreaded);
            var slot = library.GetSlotList(SlotsType.WithTokenPresent).FirstOrDefault(s => s.GetTokenInfo().Label.Trim() == token)
                ?? throw new CryptographicException($"The module {module} has no token '{token}'.");
            var session = slot.OpenSession(SessionType.ReadOnly);
            session.Login(CKU.CKU_USER, pin);
            return new(library, session, Find(session, CKO.CKO_PRIVATE_KEY, label), ReadPublic(session, Find(session, CKO.CKO_PUBLIC_KEY, label)));
        }
        catch (Exception fault) when (fault is Pkcs11Exception or UnmanagedException or AsnContentException)
        {
            library?.Dispose();
            throw new CryptographicException($"The key '{label}' of token '{token}' cannot be used: {fault.Message}", fault);
        }
        catch (CryptographicException)
        {
            library?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="CryptographicException">The hardware refused, such as when it was taken out.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var digest = SHA256.HashData(message);
        lock (turn)
            try
            {
                using var mechanism = session.Factories.MechanismFactory.Create(CKM.CKM_ECDSA);
                return session.Sign(mechanism, key, digest);
            }
            catch (Pkcs11Exception fault)
            {
                throw new CryptographicException($"The hardware does not sign: {fault.Message}", fault);
            }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        session.Dispose();
        library.Dispose();
    }

    /// <summary>The package asks for "libdl", a name that only development files bring; at run time it is libdl.so.2.</summary>
    private static Pkcs11InteropFactories Prepare()
    {
        NativeLibrary.SetDllImportResolver(typeof(Pkcs11InteropFactories).Assembly, static (name, _, _) => name == "libdl" && NativeLibrary.TryLoad("libdl.so.2", out var handle) ? handle : 0);
        return new();
    }

    private static IObjectHandle Find(ISession session, CKO kind, string label)
    {
        var factory = session.Factories.ObjectAttributeFactory;
        using IObjectAttribute isKind = factory.Create(CKA.CKA_CLASS, kind), isLabel = factory.Create(CKA.CKA_LABEL, label);
        return session.FindAllObjects([isKind, isLabel]) is [var only] ? only : throw new CryptographicException($"The token does not hold exactly one {kind} with the label '{label}'.");
    }

    private static PublicKey ReadPublic(ISession session, IObjectHandle handle)
    {
        var attributes = session.GetAttributeValue(handle, [CKA.CKA_EC_PARAMS, CKA.CKA_EC_POINT]);
        var point = new AsnReader(attributes[1].GetValueAsByteArray(), AsnEncodingRules.DER).ReadOctetString();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.10045.2.1");
                writer.WriteEncodedValue(attributes[0].GetValueAsByteArray());
            }
            writer.WriteBitString(point);
        }
        var read = PublicKey.FromSpki(writer.Encode());
        return read.Algorithm == SignatureAlgorithm.EcdsaP256 ? read : throw new CryptographicException($"A key of ECDSA P-256 is expected, not of {read.Algorithm}.");
    }
}
