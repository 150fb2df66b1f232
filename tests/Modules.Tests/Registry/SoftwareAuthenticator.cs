using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Modules.Tests.Registry;

/// <summary>A device that holds one passkey, as WebAuthn has it: attestation "none", ECDSA on P-256 with SHA-256.</summary>
internal sealed class SoftwareAuthenticator(string origin)
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] credentialId = RandomNumberGenerator.GetBytes(16);
    private uint count;
    private string userHandle = "";

    /// <summary>Whether the person shows a finger, a face or a PIN.</summary>
    public bool VerifiesUser { get; set; } = true;
    /// <summary>The page the device believes to be on.</summary>
    public string Origin { get; set; } = origin;

    public string Create(string optionsJson)
    {
        var options = JsonNode.Parse(optionsJson)!;
        userHandle = (string)options["user"]!["id"]!;
        var point = key.ExportParameters(false).Q;
        byte[] cose = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] attested = [.. new byte[16], 0, (byte)credentialId.Length, .. credentialId, .. cose];
        byte[] data = [.. AuthenticatorData((string)options["rp"]!["id"]!, 0x40), .. attested];
        byte[] attestation = [0xa3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xa0, .. Text("authData"), 0x58, (byte)data.Length, .. data];
        return Credential(new()
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(ClientData("webauthn.create", (string)options["challenge"]!)),
            ["attestationObject"] = Base64Url.EncodeToString(attestation), ["transports"] = new JsonArray("internal"),
        });
    }

    public string Get(string optionsJson)
    {
        var options = JsonNode.Parse(optionsJson)!;
        var (data, client) = (AuthenticatorData((string)options["rpId"]!, 0), ClientData("webauthn.get", (string)options["challenge"]!));
        var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new()
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client), ["authenticatorData"] = Base64Url.EncodeToString(data), ["signature"] = Base64Url.EncodeToString(signature), ["userHandle"] = userHandle,
        });
    }

    private byte[] AuthenticatorData(string domain, byte flags)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, ++count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(domain)), (byte)(flags | 0x01 | (VerifiesUser ? 0x04 : 0)), .. counter];
    }

    private byte[] ClientData(string type, string challenge) => JsonSerializer.SerializeToUtf8Bytes(new { type, challenge, origin = Origin, crossOrigin = false });

    private string Credential(JsonObject response) => new JsonObject
    {
        ["id"] = Base64Url.EncodeToString(credentialId), ["rawId"] = Base64Url.EncodeToString(credentialId), ["type"] = "public-key", ["authenticatorAttachment"] = "platform",
        ["response"] = response, ["clientExtensionResults"] = new JsonObject(),
    }.ToJsonString();

    private static byte[] Text(string text) => [(byte)(0x60 | text.Length), .. Encoding.UTF8.GetBytes(text)];
}
