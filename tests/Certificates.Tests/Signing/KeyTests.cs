using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Certificates.Tests;

public class KeyTests
{
    private static readonly byte[] message = Encoding.UTF8.GetBytes("检定证书 2026-0001");

    public static TheoryData<SignatureAlgorithm> Algorithms => [.. Enum.GetValues<SignatureAlgorithm>()];

    [Theory, MemberData(nameof(Algorithms))]
    public void A_signature_verifies_and_any_changed_bit_of_message_or_signature_does_not(SignatureAlgorithm algorithm)
    {
        using var key = SoftwareKey.Create(algorithm);
        var signature = key.Sign(message);
        Assert.Equal(64, signature.Length);
        Assert.True(key.PublicKey.Verify(message, signature));
        for (var bit = 0; bit < 8 * message.Length; bit++)
            Assert.False(key.PublicKey.Verify(Flip(message, bit), signature));
        for (var bit = 0; bit < 8 * signature.Length; bit++)
            Assert.False(key.PublicKey.Verify(message, Flip(signature, bit)));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void A_key_file_opens_with_its_passphrase_only(SignatureAlgorithm algorithm)
    {
        using var key = SoftwareKey.Create(algorithm);
        var file = key.ToPem("correct horse battery");
        using var read = SoftwareKey.FromPem(file, "correct horse battery");
        Assert.Equal(key.PublicKey.Id, read.PublicKey.Id);
        Assert.True(key.PublicKey.Verify(message, read.Sign(message)));
        Assert.Throws<CryptographicException>(() => SoftwareKey.FromPem(file, "correct horse batterz"));
        Assert.Throws<CryptographicException>(() => SoftwareKey.FromPem("no key", "correct horse battery"));
        Assert.Throws<ArgumentException>(() => key.ToPem("short"));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void A_public_key_is_known_by_its_bytes(SignatureAlgorithm algorithm)
    {
        using var key = SoftwareKey.Create(algorithm);
        var read = PublicKey.FromSpki(key.PublicKey.Spki.Span);
        Assert.Equal(algorithm, read.Algorithm);
        Assert.Equal(key.PublicKey.Id, read.Id);
        Assert.Throws<CryptographicException>(() => PublicKey.FromSpki([1, 2, 3]));
    }

    [Fact]
    public void SM3_of_abc_is_the_digest_of_the_standard() => // GB/T 32905-2016, A.1
        Assert.Equal("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", Convert.ToHexStringLower(Digests.Sm3("abc"u8)));

    private static byte[] Flip(byte[] bytes, int bit)
    {
        var changed = (byte[])bytes.Clone();
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }
}
