using System.Buffers.Binary;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>Signs notes with a named key: a log's checkpoints, or as a witness with the time. Safe for use by several threads when its signer is.</summary>
/// <param name="key">The name and public half.</param>
/// <param name="signer">The private half.</param>
public sealed class NoteSigner(NoteKey key, ISigner signer)
{
    /// <summary>The name and public half.</summary>
    public NoteKey Key { get; } = key;

    /// <summary>The signer of a log of this name.</summary>
    /// <exception cref="LogException">The name is not allowed.</exception>
    public static NoteSigner OfLog(string origin, ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        return new(NoteKey.Create(origin, signer.PublicKey), signer);
    }

    /// <summary>The signer of a witness of this name.</summary>
    /// <exception cref="LogException">The name is not allowed, or the key is not Ed25519.</exception>
    public static NoteSigner OfWitness(string name, ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        return new(NoteKey.Create(name, signer.PublicKey, cosigns: true), signer);
    }

    /// <summary>Signs a text.</summary>
    /// <param name="text">The text with its last newline.</param>
    /// <param name="time">Now; a witness states it, a log does not.</param>
    /// <returns>The signature line's content.</returns>
    public NoteSignature Sign(string text, DateTimeOffset time)
    {
        var message = Encoding.UTF8.GetBytes(text);
        return new(Key.Name, Key.Id, Key.Type switch
        {
            NoteSignatureType.Cosignature => Cosign(message, time.ToUnixTimeSeconds()),
            NoteSignatureType.Ecdsa => EcSignature.ToDer(signer.Sign(message)),
            _ => signer.Sign(message),
        });
    }

    private byte[] Cosign(byte[] message, long time)
    {
        var stamp = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(stamp, time);
        return [.. stamp, .. signer.Sign(NoteKey.Cosigned(message, time))];
    }
}
