using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Certificates.Tests;

/// <summary>The script finds what this library finds, to the last value of the last finding.</summary>
public class SealScriptTests
{
    private const string VerifyAll = """
        const opened = await seal.openTrustList(bytes(input.trust), bytes(input.signatures), input.anchor);
        const list = input.revocations === null ? null : seal.readRevocationList(bytes(input.revocations));
        const results = [];
        for (const text of input.texts)
          results.push(await seal.verifySeal(text, opened.list, list, new Date(input.now), input.proven));
        output(results);
        """;

    [Theory]
    [InlineData(SignatureAlgorithm.EcdsaP256, 400)]
    [InlineData(SignatureAlgorithm.Sm2, 60)]
    public async Task Random_seals_true_and_corrupted_are_judged_alike(SignatureAlgorithm algorithm, int count)
    {
        using var stage = new TrustStage(algorithm);
        var random = new Random(17);
        var texts = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var seal = SealCodecTests.Draw(random, stage.Signer.PublicKey.Id);
            if (random.Next(3) > 0)
                seal = seal with { Kind = DocumentKind.CalibrationCertificate, Date = new DateOnly(2026, 1, 1).AddDays(random.Next(160)), ValidUntil = random.Next(2) == 0 ? null : new DateOnly(2026, 5, 28).AddDays(random.Next(8)).AddYears(random.Next(2)), StatusIndex = (uint)random.Next(40), InstrumentKind = random.Next(40, 43) };
            if (seal.ValidUntil < seal.Date)
                seal = seal with { ValidUntil = null };
            var url = SealCodec.ToUrl(SealCodec.Sign(seal, stage.Signer), "v.example.cn").ToCharArray();
            // Corruption stays behind the '#': addresses themselves are the browser's to read.
            var start = Array.IndexOf(url, '#') + 1;
            for (var j = random.Next(2) == 0 ? 0 : random.Next(1, 4); j > 0; j--)
                url[random.Next(start, url.Length)] = random.Next(4) == 0 ? (char)random.Next(33, 0x4ff) : Base41.Alphabet[random.Next(41)];
            texts.Add(new string(url)[..(random.Next(10) == 0 ? random.Next(start, url.Length) : url.Length)]);
        }
        (uint, ListedStatus)[] listed = [.. Enumerable.Range(0, 20).Select(i => ((uint)i * 2, (ListedStatus)(i % 3 + 1)))];
        var revocations = RevocationList.Create(5, new(2026, 5, 31, 0, 0, 0, TimeSpan.Zero), new(2026, 6, 2, 0, 0, 0, TimeSpan.Zero), 0, 38, listed.Where(l => l.Item1 < 38).Select(l => KeyValuePair.Create(l.Item1, l.Item2))).Sign(stage.Status);
        foreach (var (list, file, proven) in ((TrustList, byte[]?, bool)[])[(stage.List, revocations, false), (stage.List.Distrust(stage.Signer.PublicKey.Id, 1L << 39, "stolen", TrustStage.Today, TrustStage.Today), null, false),
            (stage.List.Distrust(stage.Signer.PublicKey.Id, 1L << 39, "stolen", TrustStage.Today, TrustStage.Today), revocations[..^1], true)])
            await CompareAsync(stage, list, file, texts, proven, new TrustStage.Clock(TrustStage.Today));
        // Lists with nothing or next to nothing on them.
        foreach (var few in (KeyValuePair<uint, ListedStatus>[][])[[], [new(3, ListedStatus.Suspended)]])
            await CompareAsync(stage, stage.List, RevocationList.Create(5, new(2026, 5, 31, 0, 0, 0, TimeSpan.Zero), new(2026, 6, 2, 0, 0, 0, TimeSpan.Zero), 0, 38, few).Sign(stage.Status), texts[..40], false, new TrustStage.Clock(TrustStage.Today));
        // A list that is out of date, and one signed by a key that may not.
        await CompareAsync(stage, stage.List, revocations, texts[..40], false, new TrustStage.Clock(new(2027, 2, 1)));
        await CompareAsync(stage, stage.List, RevocationList.Read(revocations).Value!.Sign(stage.Signer), texts[..40], false, new TrustStage.Clock(TrustStage.Today));
    }

    private static async Task CompareAsync(TrustStage stage, TrustList list, byte[]? revocations, List<string> texts, bool proven, TimeProvider clock)
    {
        var file = TrustListFile.Write(list);
        var input = new JsonObject
        {
            ["trust"] = Convert.ToBase64String(file),
            ["signatures"] = Convert.ToBase64String(TrustListFile.WriteSignatures([TrustListFile.Sign(file, stage.First), TrustListFile.Sign(file, stage.Second)])),
            ["anchor"] = new JsonObject { ["threshold"] = 2, ["version"] = 1, ["custodians"] = new JsonArray([.. stage.List.Custodians.Select(c => (JsonNode)new JsonObject { ["spki"] = Convert.ToBase64String(c.Key.Spki.Span) })]) },
            ["revocations"] = revocations is null ? null : Convert.ToBase64String(revocations),
            ["now"] = clock.GetUtcNow().ToString("O"),
            ["proven"] = proven,
            ["texts"] = new JsonArray([.. texts.Select(t => (JsonNode)t)]),
        };
        var theirs = JsonNode.Parse(await NodeScript.RunAsync(VerifyAll, input.ToJsonString()))!.AsArray();
        // A file that is no list is null to both.
        var verifier = new SealVerifier(list, revocations is null ? null : RevocationList.Read(revocations).Value, clock);
        for (var i = 0; i < texts.Count; i++)
        {
            var read = SealCodec.Read(texts[i]);
            var ours = read.Value is { } signed ? Json(verifier.Verify(signed, proven)) : new JsonObject { ["outcome"] = "Unreadable", ["seal"] = null, ["findings"] = Json(read.Findings), ["compare"] = new JsonArray() };
            foreach (var field in (string[])["outcome", "seal", "findings", "compare"])
                Assert.True(JsonNode.DeepEquals(ours[field], theirs[i]![field]), $"{texts[i]}\n{field}\nours:   {ours[field]?.ToJsonString()}\ntheirs: {theirs[i]![field]?.ToJsonString()}");
        }
    }

    private static JsonObject Json(SealReport report) => new()
    {
        ["outcome"] = $"{report.Outcome}",
        ["seal"] = new JsonObject
        {
            ["keyId"] = report.Seal.KeyId, ["certificate"] = $"{report.Seal.Certificate}", ["kind"] = $"{report.Seal.Kind}", ["instrumentKind"] = report.Seal.InstrumentKind, ["model"] = report.Seal.Model,
            ["serialEnd"] = report.Seal.SerialEnd, ["serialDigest"] = report.Seal.SerialDigest, ["conclusion"] = $"{report.Seal.Conclusion}", ["grade"] = report.Seal.Grade, ["date"] = $"{report.Seal.Date:yyyy-MM-dd}",
            ["validUntil"] = report.Seal.ValidUntil is { } until ? $"{until:yyyy-MM-dd}" : null, ["statusIndex"] = report.Seal.StatusIndex, ["salt"] = report.Seal.Salt, ["documentDigest"] = report.Seal.DocumentDigest,
            ["leafIndex"] = report.Seal.LeafIndex, ["softwareFingerprint"] = report.Seal.SoftwareFingerprint,
        },
        ["findings"] = Json(report.Findings),
        ["compare"] = Json(report.Compare),
    };

    private static JsonArray Json(IReadOnlyList<Finding> findings) => new([.. findings.Select(f => (JsonNode)new JsonObject
    {
        ["layer"] = $"{f.Layer}", ["severity"] = $"{f.Severity}", ["rule"] = f.Rule, ["path"] = f.Path, ["value"] = f.Value, ["expected"] = f.Expected, ["arguments"] = new JsonArray([.. f.Arguments.Select(a => (JsonNode)a)]),
    })]);

    [Fact]
    public async Task A_trust_list_needs_two_custodians_in_the_browser_too()
    {
        using var stage = new TrustStage();
        using var sm2 = SoftwareKey.Create(SignatureAlgorithm.Sm2);
        var list = new TrustList(3, new(2026, 1, 5), new(2026, 12, 31), 2, [.. stage.List.Custodians, new("Third custodian", sm2.PublicKey)], stage.List.Institutions);
        var file = TrustListFile.Write(list);
        CustodianSignature first = TrustListFile.Sign(file, stage.First), third = TrustListFile.Sign(file, sm2);
        var cases = new JsonArray();
        foreach (var (signatures, version) in ((CustodianSignature[], int)[])[([first, third], 1), ([first], 1), ([first, first], 1), ([first, third], 4), ([first with { Signature = third.Signature }, third], 1)])
            cases.Add(new JsonObject { ["signatures"] = Convert.ToBase64String(TrustListFile.WriteSignatures(signatures)), ["version"] = version });
        var custodians = new JsonArray([.. list.Custodians.Select(c => (JsonNode)new JsonObject { ["spki"] = Convert.ToBase64String(c.Key.Spki.Span) })]);
        var output = await NodeScript.RunAsync("""
            const results = [];
            for (const one of input.cases) {
              const opened = await seal.openTrustList(bytes(input.trust), bytes(one.signatures), { threshold: 2, version: one.version, custodians: input.custodians });
              results.push(opened.list === null ? opened.findings[0].rule : 'good');
            }
            output(results);
            """, new JsonObject { ["trust"] = Convert.ToBase64String(file), ["cases"] = cases, ["custodians"] = custodians }.ToJsonString());
        Assert.Equal(["good", "trust-list-signatures", "trust-list-signatures", "trust-list-older", "trust-list-signatures"], JsonSerializer.Deserialize<string[]>(output)!);
    }

    [Fact]
    public async Task Serial_numbers_documents_and_large_revocation_lists_are_recognised()
    {
        using var stage = new TrustStage();
        var random = new Random(2);
        var revoked = Enumerable.Range(0, 20_000).Select(_ => (uint)random.Next(20_000_000)).Distinct().ToArray();
        var file = RevocationList.Create(5, new(2026, 5, 31, 0, 0, 0, TimeSpan.Zero), new(2026, 6, 2, 0, 0, 0, TimeSpan.Zero), 0, 20_000_000, revoked.Select(i => KeyValuePair.Create(i, ListedStatus.Revoked))).Sign(stage.Status);
        var asked = revoked[..200].Concat(Enumerable.Range(0, 200).Select(_ => (uint)random.Next(20_000_100))).ToArray();
        var output = await NodeScript.RunAsync("""
            const list = seal.readRevocationList(bytes(input.file)), { seal: said } = seal.readSeal(input.url);
            output([await seal.isSerial(said, 'SN-2026-000123456'), await seal.isSerial(said, 'SN-2025-000123456'), await seal.isDocument(said, new TextEncoder().encode('a certificate')), await seal.isDocument(said, new Uint8Array(3)),
              ...input.asked.map(i => list.statusOf(i) === 'Revoked')]);
            """, new JsonObject { ["file"] = Convert.ToBase64String(file), ["url"] = SealCodec.ToUrl(SealCodec.Sign(stage.Seal, stage.Signer), "v.cn"), ["asked"] = new JsonArray([.. asked.Select(i => (JsonNode)i)]) }.ToJsonString());
        Assert.Equal([true, false, true, false, .. asked.Select(i => revoked.Contains(i))], JsonSerializer.Deserialize<bool[]>(output)!);
    }

    [Fact]
    public async Task SM3_and_SM2_meet_the_vectors_of_the_standards()
    {
        var vectors = JsonNode.Parse(await File.ReadAllTextAsync(Shared.Find("crypto", "sm_open.json")))!;
        foreach (var vector in vectors["sm2"]!.AsArray().Where(v => v!["sig_der_hex"] is not null))
        {
            // The key is the end of the SPKI; a signature that is not DER is nobody's.
            var (spki, der) = (Convert.FromHexString((string)vector!["spki_der_hex"]!), Convert.FromHexString((string)vector["sig_der_hex"]!));
            (vector["pub_x"], vector["pub_y"]) = (Convert.ToHexString(spki.AsSpan(^64)), "");
            try
            {
                (vector["r"], vector["s"]) = (Convert.ToHexString(EcSignature.FromDer(der)), "");
            }
            catch (System.Security.Cryptography.CryptographicException)
            {
                (vector["r"], vector["s"]) = ("00", "");
            }
        }
        var output = await NodeScript.RunAsync("""
            const hex = b => Buffer.from(b).toString('hex'), from = h => Uint8Array.from(Buffer.from(h, 'hex'));
            output({ sm3: input.sm3.map(v => hex(seal.sm3(from(v.msg_hex))) === v.digest),
              sm2: input.sm2.filter(v => v.id_ascii === '1234567812345678').map(v => seal.verifySm2(from(v.pub_x + v.pub_y), v.msg_hex !== undefined ? from(v.msg_hex) : new TextEncoder().encode(v.msg_ascii), from(v.r + v.s)) === v.valid) });
            """, vectors.ToJsonString());
        var results = JsonNode.Parse(output)!;
        foreach (var kind in (string[])["sm3", "sm2"])
        {
            Assert.NotEmpty(results[kind]!.AsArray());
            Assert.All(results[kind]!.AsArray(), r => Assert.True((bool)r!));
        }
    }

    [Fact]
    public async Task SM2_and_SM3_of_the_script_agree_with_OpenSSL_on_random_messages()
    {
        using var key = SoftwareKey.Create(SignatureAlgorithm.Sm2);
        var random = new Random(9);
        var cases = new JsonArray();
        for (var i = 0; i < 40; i++)
        {
            var message = new byte[random.Next(200)];
            random.NextBytes(message);
            var signature = key.Sign(message);
            var isGood = i % 2 == 0;
            if (!isGood)
                signature[random.Next(64)] ^= (byte)(1 << random.Next(8));
            cases.Add(new JsonObject { ["message"] = Convert.ToBase64String(message), ["signature"] = Convert.ToBase64String(signature), ["good"] = isGood, ["sm3"] = Convert.ToBase64String(Digests.Sm3(message)) });
        }
        var output = await NodeScript.RunAsync("""
            const results = [];
            for (const c of input.cases)
              results.push(await seal.verifySignature(input.key, bytes(c.message), bytes(c.signature)) === c.good && Buffer.from(seal.sm3(bytes(c.message))).toString('base64') === c.sm3);
            output(results);
            """, new JsonObject { ["key"] = Convert.ToBase64String(key.PublicKey.Spki.Span), ["cases"] = cases }.ToJsonString());
        Assert.All(JsonSerializer.Deserialize<bool[]>(output)!, Assert.True);
    }
}
