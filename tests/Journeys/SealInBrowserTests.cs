using System.Text.Json;
using Microsoft.Playwright;
using Plumbline.Certificates;

namespace Plumbline.Journeys;

/// <summary>The seal's script in a real browser: its cryptography, and that what follows the # of the address leaves the machine in no request.</summary>
public sealed class SealInBrowserTests(Browsers browsers)
{
    private const string Host = "https://v.example.cn/";
    private static readonly DateTimeOffset now = new(2026, 6, 1, 4, 0, 0, TimeSpan.Zero);

    private const string PageOfVerification = """
        <!doctype html><meta charset="utf-8"><title>V</title><script type="module">
        import { openTrustList, readRevocationList, verifySeal } from '/seal.js';
        const load = async name => await (await fetch(name)).arrayBuffer();
        const { list } = await openTrustList(await load('/trust.json'), await load('/trust.json.signatures'), await (await fetch('/anchor.json')).json());
        const report = await verifySeal(location.href, list, readRevocationList(await load('/revoked')), new Date('2026-06-01T04:00:00Z'));
        document.title = JSON.stringify({ outcome: report.outcome, serial: report.seal?.serialEnd ?? null, secure: isSecureContext });
        </script>
        """;

    [BrowserTheory]
    [InlineData(SignatureAlgorithm.EcdsaP256)]
    [InlineData(SignatureAlgorithm.Sm2)]
    public async Task A_seal_is_verified_in_the_browser_and_its_fragment_is_sent_nowhere(SignatureAlgorithm algorithm)
    {
        using SoftwareKey signer = SoftwareKey.Create(algorithm), status = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256), first = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256), second = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256);
        var trust = TrustListFile.Write(new(1, new(2026, 1, 5), new(2026, 12, 31), 2, [new("First", first.PublicKey), new("Second", second.PublicKey)],
        [
            new("B", "某计量院", "Institute", "330000")
            {
                Authorisations = [new(DocumentKind.VerificationCertificate, "1", new(2026, 1, 1), null)],
                Keys = [new(signer.PublicKey, [KeyUse.Seal], new(2026, 1, 1), new(2028, 1, 1)), new(status.PublicKey, [KeyUse.Status], new(2026, 1, 1), new(2028, 1, 1))],
            },
        ]));
        var seal = new Seal
        {
            KeyId = signer.PublicKey.Id, Certificate = CertificateId.Parse("7K3M9QX2T0AB"), Kind = DocumentKind.VerificationCertificate, Date = new(2026, 5, 20), ValidUntil = new(2027, 5, 19), StatusIndex = 5,
            Salt = "00112233445566ff", DocumentDigest = Seal.DigestOfDocument("a certificate"u8),
        }.WithSerial("SN-2026-000123456");
        var files = new Dictionary<string, byte[]>
        {
            ["/seal.js"] = System.Text.Encoding.UTF8.GetBytes(SealScript.Text),
            ["/trust.json"] = trust,
            ["/trust.json.signatures"] = TrustListFile.WriteSignatures([TrustListFile.Sign(trust, first), TrustListFile.Sign(trust, second)]),
            ["/anchor.json"] = JsonSerializer.SerializeToUtf8Bytes(new { threshold = 2, version = 1, custodians = new[] { new { spki = Convert.ToBase64String(first.PublicKey.Spki.Span) }, new { spki = Convert.ToBase64String(second.PublicKey.Spki.Span) } } }),
            ["/revoked"] = RevocationList.Create(1, now.AddHours(-1), now.AddDays(1), 0, 1000, [new(6, ListedStatus.Revoked)]).Sign(status),
        };
        string Address(Seal of) => SealCodec.ToUrl(SealCodec.Sign(of, signer), "v.example.cn");
        var good = Address(seal);
        var (expected, at) = (good.ToCharArray(), good.IndexOf('#') + 60);
        expected[at] = expected[at] == 'A' ? 'B' : 'A';
        foreach (var (address, outcome) in new[] { (good, "InForce"), (Address(seal with { StatusIndex = 6 }), "Revoked"), (Address(seal with { Kind = DocumentKind.ComparisonReport }), "NotGenuine"), (new string(expected), null) })
        {
            await using var window = await browsers.OpenAsync(new(Host), new View(390));
            var sent = new List<string>();
            await window.Page.RouteAsync("**/*", async route =>
            {
                sent.Add(route.Request.Url + "\n" + route.Request.PostData + "\n" + string.Join('\n', route.Request.Headers.Values));
                var path = new Uri(route.Request.Url).AbsolutePath;
                if (files.TryGetValue(path, out var file))
                    await route.FulfillAsync(new() { BodyBytes = file, ContentType = path == "/seal.js" ? "text/javascript" : "application/octet-stream" });
                else
                    await route.FulfillAsync(new() { Body = PageOfVerification, ContentType = "text/html" });
            });
            await window.GoAsync(address);
            await window.Page.WaitForFunctionAsync("() => document.title.startsWith('{')");
            var told = JsonDocument.Parse(await window.Page.TitleAsync()).RootElement;
            Assert.True(told.GetProperty("secure").GetBoolean());
            if (outcome is null)
                Assert.NotEqual("InForce", told.GetProperty("outcome").GetString());
            else
                Assert.Equal((outcome, "26-000123456"), (told.GetProperty("outcome").GetString(), told.GetProperty("serial").GetString()));
            var fragment = address[(address.IndexOf('#') + 1)..];
            Assert.True(sent.Count >= 5);
            Assert.All(sent.Select(s => s.Split('\n', 2)), s => Assert.DoesNotContain(fragment[..20], s[0].Split('#')[0] + s[1]));
        }
    }
}
