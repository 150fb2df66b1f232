using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace Plumbline.Certificates;

/// <summary>A timestamp authority (RFC 3161) in this process: for institutions that run their own, and for tests. Its certificate must be for <see cref="CertificatePurpose.Timestamping"/>.</summary>
/// <param name="identity">Key (ECDSA P-256) and certificates.</param>
/// <param name="policy">Object identifier of the policy that the authority follows.</param>
/// <param name="clock">Its clock.</param>
public sealed class TimestampAuthority(SigningIdentity identity, string policy, TimeProvider clock)
{
    private static readonly Dictionary<string, int> accepted = new() { ["2.16.840.1.101.3.4.2.1"] = 32, ["2.16.840.1.101.3.4.2.2"] = 48, ["2.16.840.1.101.3.4.2.3"] = 64 };

    /// <summary>Answers a request.</summary>
    /// <param name="request">TimeStampReq in DER.</param>
    /// <returns>TimeStampResp in DER: a token, or a refusal where the request is none or its digest is not SHA-256, SHA-384 or SHA-512.</returns>
    public byte[] Respond(ReadOnlyMemory<byte> request)
    {
        if (!Rfc3161TimestampRequest.TryDecode(request, out var read, out var used) || used != request.Length)
            return Refusal(2); // badDataFormat
        if (!accepted.TryGetValue(read.HashAlgorithmId.Value ?? "", out var length) || read.GetMessageHash().Length != length)
            return Refusal(0); // badAlg
        if (read.RequestedPolicyId is { } wanted && wanted.Value != policy)
            return Refusal(15); // unacceptedPolicy
        var info = new Rfc3161TimestampTokenInfo(new Oid(policy), read.HashAlgorithmId, read.GetMessageHash(), Serial(), clock.GetUtcNow(), accuracyInMicroseconds: 1_000_000, nonce: read.GetNonce());
        var token = Cms.Sign(info.Encode(), Cms.TimestampInfo, detached: false, identity);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
                writer.WriteInteger(0);
            writer.WriteEncodedValue(token);
        }
        return writer.Encode();
    }

    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }

    private static byte[] Refusal(int failure)
    {
        var bits = new byte[failure / 8 + 1];
        bits[failure / 8] = (byte)(0x80 >> (failure % 8));
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteInteger(2);
            writer.WriteBitString(bits, 7 - (failure % 8));
        }
        return writer.Encode();
    }
}
