using System.Diagnostics;
using System.Text.Json.Nodes;
using Plumbline.Certificates;

namespace Plumbline.Modules.Tests.CommandLine;

/// <summary>Seals, trust lists and registered software at the terminal, files in and files out.</summary>
public sealed class SealCommandTests : CommandLineTests
{
    private const string Passphrase = "correct horse battery";
    private static readonly DateTimeOffset noon = new(2026, 6, 1, 4, 0, 0, TimeSpan.Zero);

    private string At(string name) => Path.Combine(Folder, name);

    private SoftwareKey Key(string name)
    {
        var key = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256);
        File.WriteAllText(At(name), key.ToPem(Passphrase));
        return key;
    }

    /// <summary>Two custodians sign a list at the terminal, each alone.</summary>
    private async Task<(SoftwareKey Signer, SoftwareKey Status)> TrustAsync()
    {
        File.WriteAllText(At("secret"), Passphrase);
        SoftwareKey first = Key("first.pem"), second = Key("second.pem"), signer = Key("signer.pem"), status = Key("status.pem");
        var list = new TrustList(1, new(2026, 1, 5), new(2026, 12, 31), 2, [new("First", first.PublicKey), new("Second", second.PublicKey)],
        [
            new("A", "某市场监督管理局", "Authority", "330000") { Keys = [new(status.PublicKey, [KeyUse.Status], new(2026, 1, 1), new(2028, 1, 1))] },
            new("B", "某计量院", "Institute", "330000") { Supervisor = "A", Authorisations = [new(DocumentKind.VerificationCertificate, "授权 1", new(2026, 1, 1), null)], Keys = [new(signer.PublicKey, [KeyUse.Seal], new(2026, 1, 1), new(2028, 1, 1))] },
        ]);
        File.WriteAllBytes(At("trust.json"), TrustListFile.Write(list));
        Assert.Equal(1, (await RunAsync("trust", "verify", At("trust.json"))).Code);
        Assert.Equal(0, (await RunAsync("trust", "sign", At("trust.json"), "--key", At("first.pem"), "--passphrase-file", At("secret"))).Code);
        var one = await RunAsync("trust", "verify", At("trust.json"), "--lang", "en");
        Assert.Equal(1, one.Code);
        Assert.Contains("valid signatures of 1 custodians; 2 are needed", one.Error);
        Assert.Equal(0, (await RunAsync("trust", "sign", At("trust.json"), "--key", At("second.pem"), "--passphrase-file", At("secret"))).Code);
        var both = await RunAsync("trust", "verify", At("trust.json"), "--anchor", At("trust.json"), "--lang", "en");
        Assert.True(both.Code == 0, both.Error);
        Assert.DoesNotContain("own custodians only", both.Output);
        Assert.Contains("own custodians only", (await RunAsync("trust", "verify", At("trust.json"), "--lang", "en")).Output);
        return (signer, status);
    }

    private async Task<string> MakeAsync(params string[] more)
    {
        File.WriteAllText(At("certificate.xml"), "<a certificate/>");
        var made = await RunAsync(["seal", "make", "--key", At("signer.pem"), "--passphrase-file", At("secret"), "--certificate", "7K3M-9QX2-T0AB", "--kind", "VerificationCertificate", "--date", "2026-05-20", "--valid-until", "2027-05-19",
            "--document", At("certificate.xml"), "--status-index", "77", "--host", "v.example.cn", "--serial", "SN-2026-000123456", "--model", "ACS-30", "--conclusion", "Conforms", "--grade", "Ⅲ", "--leaf", "5", .. more]);
        Assert.True(made.Code == 0, made.Error);
        return made.Output.Trim();
    }

    private string Revocations(SoftwareKey status, params uint[] revoked)
    {
        File.WriteAllBytes(At("revoked"), RevocationList.Create(1, noon.AddHours(-1), noon.AddDays(1), 0, 1000, revoked.Select(i => KeyValuePair.Create(i, ListedStatus.Revoked))).Sign(status));
        return At("revoked");
    }

    [Fact]
    public async Task A_seal_is_made_read_from_its_picture_and_verified_offline_until_it_is_revoked()
    {
        var (signer, status) = await TrustAsync();
        using (signer)
        using (status)
        {
            var url = await MakeAsync("--png", At("seal.png"), "--svg", At("seal.svg"));
            Assert.StartsWith("HTTPS://V.EXAMPLE.CN/V#", url);
            var read = await JsonAsync("seal", "read", At("seal.png"));
            Assert.Equal(("7K3M9QX2T0AB", "26-000123456", "ACS-30"), ((string)read["certificate"]!, (string)read["serialEnd"]!, (string)read["model"]!));
            Assert.Contains("SVG", File.ReadAllText(At("seal.svg")), StringComparison.OrdinalIgnoreCase);
            string[] call = ["seal", "verify", At("seal.png"), "--trust", At("trust.json"), "--at", "2026-06-01T04:00:00Z"];
            Assert.Equal(3, (await RunAsync(call)).Code);
            string[] withList = [.. call, "--revocations", Revocations(status)];
            var good = await RunAsync([.. withList, "--serial", "SN-2026-000123456", "--document", At("certificate.xml"), "--lang", "en"]);
            Assert.True(good.Code == 0, good.Output + good.Error);
            Assert.Contains("Compare with the nameplate: the serial number ends with '26-000123456'", good.Output);
            Assert.Contains("真实有效", (await RunAsync([.. withList, "--lang", "zh"])).Output);
            Assert.Equal(1, (await RunAsync([.. withList, "--serial", "SN-2026-000123457"])).Code);
            File.WriteAllText(At("other.xml"), "<a certificatf/>");
            Assert.Equal(1, (await RunAsync([.. withList, "--document", At("other.xml")])).Code);
            var changed = await RunAsync(["seal", "verify", url[..60] + (url[60] == 'A' ? 'B' : 'A') + url[61..], .. withList[3..]]);
            Assert.Equal(1, changed.Code);
            _ = Revocations(status, 77);
            var revoked = JsonNode.Parse((await RunAsync([.. withList, "--json"])).Output)!;
            Assert.Equal(("Revoked", false), ((string)revoked["outcome"]!, (bool)revoked["good"]!));
        }
    }

    [Fact]
    public async Task A_photograph_is_read_where_zbarimg_is_installed()
    {
        var (signer, status) = await TrustAsync();
        signer.Dispose();
        status.Dispose();
        var url = await MakeAsync("--png", At("seal.png"));
        Assert.SkipUnless(File.Exists("/usr/bin/zbarimg"), "zbarimg is not installed");
        Assert.SkipUnless(File.Exists("/usr/bin/convert"), "no program that writes JPEG is installed");
        using (var convert = Process.Start("/usr/bin/convert", [At("seal.png"), At("seal.jpg")]))
            await convert.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("7K3M9QX2T0AB", (string)(await JsonAsync("seal", "read", At("seal.jpg")))["certificate"]!);
        Assert.Equal("7K3M9QX2T0AB", (string)(await JsonAsync("seal", "read", url))["certificate"]!);
    }

    [Theory]
    [InlineData(1, "seal", "read", "https://v.example.cn/V#ABCZ")]
    [InlineData(1, "seal", "read", "no seal")]
    [InlineData(2, "seal", "verify", "x", "--trust", "nowhere.json")]
    [InlineData(2, "software", "check", "--registry", "nowhere.json", "--approval", "a", "--model", "b", "--version-number", "c")]
    [InlineData(2, "software", "check", "--registry", "nowhere.json", "--approval", "a", "--model", "b", "--version-number", "c", "--challenge", "d")]
    [InlineData(2, "software", "register", "nowhere.json", "--unit", "a", "--version-number", "b", "--output", "c")]
    public async Task A_wrong_call_is_explained(int code, params string[] args)
    {
        var (found, _, error) = await RunAsync(args);
        Assert.Equal(code, found);
        Assert.NotEmpty(error);
    }

    [Fact]
    public async Task Every_cheat_is_tried_and_what_no_check_catches_is_said()
    {
        var all = (await JsonAsync("software", "simulate")).AsArray();
        Assert.Equal(Enum.GetNames<Cheat>(), all.Select(c => (string)c!["cheat"]!));
        Assert.Empty(all.Single(c => (string)c!["cheat"]! == "HiddenMode")!["caughtBy"]!.AsArray());
        var english = await RunAsync("software", "simulate", "--lang", "en");
        Assert.Contains("caught by no check", english.Output);
        Assert.DoesNotContain(english.Output, c => c is >= '一' and <= '鿿');
    }

    [Theory]
    [InlineData("None", "Registered", 0)]
    [InlineData("StoredChecksum", "Differs", 1)]
    [InlineData("NewerVersionShown", "Differs", 1)]
    [InlineData("ParameterOutOfRange", "Differs", 1)]
    public async Task An_instrument_is_checked_by_its_display_its_memory_and_a_challenge(string cheat, string verdict, int code)
    {
        Assert.Equal(0, (await RunAsync("software", "simulate", "--cheat", cheat, "--export", Folder)).Code);
        var display = File.ReadAllText(At("display.txt")).Trim().Split(' ');
        Assert.Equal(0, (await RunAsync("software", "challenge", "--registry", Folder + "/record.json", "--approval", SimulatedInstrument.Approval, "--version-number", "2.1.0", "--output", At("challenge.txt"))).Code);
        var answer = (await RunAsync("software", "simulate", "--cheat", cheat, "--answer-to", At("challenge.txt"))).Output.Trim().Split(' ');
        var check = await RunAsync(["software", "check", "--registry", At("record.json"), .. display, "--image", At("memory.bin") + "@0x08000000", "--escrow", At("escrow.bin") + "@0x08000000",
            "--challenge", At("challenge.txt"), "--answer", answer[0], "--milliseconds", answer[1], "--date", "2026-06-01", "--json"]);
        Assert.Equal(verdict, (string)JsonNode.Parse(check.Output)!["verdict"]!);
        Assert.Equal(code, check.Code);
    }

    [Fact]
    public async Task A_draft_is_completed_from_an_image()
    {
        Assert.Equal(0, (await RunAsync("software", "simulate", "--export", Folder)).Code);
        var draft = JsonNode.Parse(File.ReadAllText(At("record.json")))!;
        foreach (var module in draft["units"]![1]!["modules"]!.AsArray().Select(m => m!.AsObject()))
            foreach (var field in (string[])["sha256", "sm3", "blockSize", "blocks"])
                module.Remove(field);
        File.WriteAllText(At("draft.txt"), draft.ToJsonString());
        Assert.Equal(2, (await RunAsync("software", "check", "--registry", At("draft.txt"), "--approval", SimulatedInstrument.Approval, "--model", "x", "--version-number", "y")).Code);
        var registered = await RunAsync("software", "register", At("draft.txt"), "--unit", "main", "--version-number", "2.1.0", "--image", At("escrow.bin") + "@0x08000000", "--output", At("whole.txt"));
        Assert.True(registered.Code == 0, registered.Error);
        Assert.Equal(File.ReadAllText(At("record.json")), File.ReadAllText(At("whole.txt")));
        Assert.Equal(1, (await RunAsync("software", "register", At("draft.txt"), "--unit", "main", "--version-number", "2.0.0", "--image", At("escrow.bin") + "@0x08000000", "--output", At("w.txt"))).Code);
    }
}
