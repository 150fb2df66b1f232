using System.Text;
using System.Text.Json.Nodes;

namespace Plumbline.Modules.Tests.CommandLine;

/// <summary>Keys, certificates, signing and verification at the terminal, files in and files out.</summary>
public sealed class SignCommandTests : CommandLineTests
{
    private string At(string name) => Path.Combine(Folder, name);

    private async Task DoneAsync(params string[] call)
    {
        var (code, output, error) = await RunAsync(call);
        Assert.True(code == 0, $"{string.Join(' ', call)}: {code} {output} {error}");
    }

    private async Task<string[]> InstitutionAsync(string algorithm, string prefix)
    {
        File.WriteAllText(At("secret"), "correct horse battery\n");
        string[] secret = ["--passphrase-file", At("secret")];
        foreach (var name in (string[])["root", "lab"])
            await DoneAsync(["key", "create", "--algorithm", algorithm, "--output", At($"{prefix}{name}.pem"), .. secret]);
        await DoneAsync(["key", "certificate", "--key", At($"{prefix}root.pem"), "--name", "CN=根, C=CN", "--output", At($"{prefix}root.crt"), .. secret]);
        await DoneAsync(["key", "certificate", "--key", At($"{prefix}root.pem"), "--certificate", At($"{prefix}root.crt"), "--for", At($"{prefix}lab.public.pem"), "--name", "CN=某院, C=CN", "--days", "365", "--output", At($"{prefix}lab.crt"), .. secret]);
        return secret;
    }

    [Fact]
    public async Task A_file_is_signed_verified_and_found_changed()
    {
        var secret = await InstitutionAsync("p256", "");
        File.WriteAllText(At("a.xml"), "<c><v>1.25</v></c>");
        await DoneAsync(["dcc", "sign", At("a.xml"), "--key", At("lab.pem"), "--certificate", At("lab.crt"), .. secret]);
        var good = await RunAsync("dcc", "verify", At("a.signed.xml"), "--trust", At("root.crt"), "--lang", "zh", "--content", At("c.xml"));
        Assert.Equal(0, good.Code);
        Assert.Contains("签名有效", good.Output);
        Assert.Contains("CN=某院", good.Output);
        Assert.Equal("<c><v>1.25</v></c>", File.ReadAllText(At("c.xml")));

        File.WriteAllText(At("b.xml"), File.ReadAllText(At("a.signed.xml")).Replace("1.25", "1.26", StringComparison.Ordinal));
        var bad = await RunAsync("dcc", "verify", At("b.xml"), "--lang", "en", "--json");
        Assert.Equal(1, bad.Code);
        var json = JsonNode.Parse(bad.Output)![0]!;
        Assert.Equal("Invalid", (string?)json["state"]);
        Assert.Equal("signature-digest", (string?)json["findings"]![0]!["rule"]);

        File.WriteAllText(At("x.xml"), File.ReadAllText(At("a.signed.xml")).Replace("xmldsig#enveloped-signature", "xmldsig#base64", StringComparison.Ordinal));
        Assert.Equal(3, (await RunAsync("dcc", "verify", At("x.xml"))).Code);
        Assert.Equal(1, (await RunAsync("dcc", "verify", At("a.xml"))).Code);
        Assert.Equal(2, (await RunAsync("dcc", "verify", At("absent.xml"))).Code);
        Assert.Equal(2, (await RunAsync("dcc", "verify", At("a.signed.xml"), "--at", "yesterday")).Code);
        Assert.Equal(1, (await RunAsync("dcc", "verify", At("a.signed.xml"), "--trust", At("root.crt"), "--at", "2099-01-01")).Code);
    }

    [Fact]
    public async Task A_seal_of_SM2_is_made_set_beside_a_file_and_verified_with_it()
    {
        var secret = await InstitutionAsync("p256", "");
        await InstitutionAsync("sm2", "s");
        File.WriteAllText(At("picture.svg"), "<svg/>");
        File.WriteAllText(At("a.xml"), "<c><v>1.25</v></c>");
        await DoneAsync(["key", "seal", "--key", At("slab.pem"), "--certificate", At("slab.crt"), "--for", At("slab.crt"), "--id", "33001", "--name", "检定专用章", "--picture", At("picture.svg"), "--output", At("seal.esl"), .. secret]);
        await DoneAsync(["dcc", "sign", At("a.xml"), "--key", At("lab.pem"), "--certificate", At("lab.crt"), "--sm2-key", At("slab.pem"), "--sm2-certificate", At("slab.crt"), "--sm2-seal", At("seal.esl"), "--sm2-passphrase-file", At("secret"), .. secret]);
        string[] call = ["dcc", "verify", At("a.signed.xml"), "--trust", At("root.crt"), "--trust", At("sroot.crt"), "--lang", "en"];
        var good = await RunAsync(call);
        Assert.True(good.Code == 0, good.Output);
        Assert.Contains("Seal '检定专用章' (33001)", good.Output);
        File.WriteAllBytes(At("a.signed.xml.es"), Encoding.ASCII.GetBytes("no seal"));
        Assert.Equal(1, (await RunAsync(call)).Code);
        Assert.Equal(2, (await RunAsync(["dcc", "sign", At("a.xml"), "--key", At("lab.pem"), "--certificate", At("lab.crt"), "--sm2-key", At("slab.pem"), .. secret])).Code);
    }

    [Fact]
    public async Task Keys_are_shown_and_never_overwritten_and_wrong_calls_say_why()
    {
        var secret = await InstitutionAsync("p256", "");
        Assert.Equal(2, (await RunAsync(["key", "create", "--output", At("lab.pem"), .. secret])).Code);
        var shown = await RunAsync(["key", "show", At("lab.pem"), "--json", .. secret]);
        Assert.Equal((string?)JsonNode.Parse(shown.Output)![0]!["keyId"], (string?)JsonNode.Parse((await RunAsync("key", "show", At("lab.crt"), "--json")).Output)![0]!["keyId"]);
        File.WriteAllText(At("short"), "short");
        Assert.Equal(2, (await RunAsync("key", "create", "--output", At("n.pem"), "--passphrase-file", At("short"))).Code);
        File.WriteAllText(At("wrong"), "another passphrase");
        Assert.Equal(2, (await RunAsync("dcc", "sign", At("lab.crt"), "--key", At("lab.pem"), "--certificate", At("lab.crt"), "--passphrase-file", At("wrong"))).Code);
        Assert.Equal(2, (await RunAsync(["key", "certificate", "--key", At("lab.pem"), "--name", "nonsense", "--output", At("x.crt"), .. secret])).Code);
        var unsure = await RunAsync(["dcc", "sign", At("lab.crt"), "--certificate", At("lab.crt"), "--lang", "en", .. secret]);
        Assert.Contains("Give --key, or --pkcs11", unsure.Error);
        Assert.Equal(1, (await RunAsync(["dcc", "sign", At("lab.crt"), "--key", At("lab.pem"), "--certificate", At("lab.crt"), .. secret])).Code);
        Assert.Equal(2, (await RunAsync(["dcc", "sign", At("lab.crt"), "--key", At("lab.pem"), "--certificate", At("lab.crt"), "--timestamp", "ftp://x", .. secret])).Code);
    }
}
