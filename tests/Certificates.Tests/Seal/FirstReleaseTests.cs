namespace Plumbline.Certificates.Tests;

/// <summary>Trust list, seal, revocation list, software record and challenge as the first release wrote them stay readable and valid.</summary>
public class FirstReleaseTests
{
    private static readonly string[] names = ["trust.json", "trust.json.signatures", "revocations", "revocations.delta", "seal.txt", "seal-sm2.txt", "software-record.json", "software-challenge.json", "software-answer.txt"];

    [Fact]
    public void Files_of_the_first_release_stay_readable_and_valid()
    {
        if (Environment.GetEnvironmentVariable("PLUMBLINE_WRITE_V1") == "1" && !File.Exists(Shared.Own("v1", names[0])))
            Write();
        var file = names.ToDictionary(n => n, n => File.ReadAllBytes(Shared.Own("v1", n)));
        var own = TrustListFile.Read(file["trust.json"]).Value!;
        var trust = TrustListFile.Open(file["trust.json"], TrustListFile.ReadSignatures(file["trust.json.signatures"]).Value!, TrustAnchor.Of(own)).Value!;
        Assert.Equal(file["trust.json"], TrustListFile.Write(trust));
        var revocations = RevocationList.Read(file["revocations"]).Value!;
        Assert.Equal((ListedStatus.Revoked, ListedStatus.Suspended, ListedStatus.NotListed), (revocations.StatusOf(7), revocations.StatusOf(9), revocations.StatusOf(8)));
        var later = revocations.Apply(file["revocations.delta"], trust).Value!;
        Assert.Equal((ListedStatus.NotListed, ListedStatus.Revoked), (later.StatusOf(9), later.StatusOf(1_234_567)));
        foreach (var name in (string[])["seal.txt", "seal-sm2.txt"])
        {
            var seal = SealCodec.Read(System.Text.Encoding.UTF8.GetString(file[name])).Value!;
            Assert.Equal(("7K3M9QX2T0AB", "26-000123456", "ACS-30", "Ⅲ", 987_654_321), ($"{seal.Seal.Certificate}", seal.Seal.SerialEnd, seal.Seal.Model, seal.Seal.Grade, seal.Seal.LeafIndex));
            Assert.Equal(SealOutcome.InForce, new SealVerifier(trust, revocations, new TrustStage.Clock(TrustStage.Today)).Verify(seal).Outcome);
            Assert.Equal(SealOutcome.Revoked, new SealVerifier(trust, later, new TrustStage.Clock(TrustStage.Today)).Verify(seal).Outcome);
        }
        var record = SoftwareRecordFile.Read(file["software-record.json"]).Value!;
        Assert.Equal(file["software-record.json"], SoftwareRecordFile.Write(record));
        var challenge = SoftwareChallenge.Read(file["software-challenge.json"]).Value!;
        Assert.Equal(file["software-challenge.json"], challenge.Write());
        Assert.Equal(System.Text.Encoding.UTF8.GetString(file["software-answer.txt"]).Trim(), challenge.Answer(new SoftwareImage((0x08000000L, Counted()))));
        Assert.Equal("6ac6acad", Convert.ToHexStringLower(record.Fingerprint(record.Units[0]).AsSpan(0, 4)));
    }

    private static byte[] Counted() => [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 7 + i / 256))];

    private static void Write()
    {
        using TrustStage stage = new(), sm2 = new(SignatureAlgorithm.Sm2);
        var institute = stage.List.FindInstitution(TrustStage.Institute)!;
        var list = stage.List.With(institute with { Keys = [.. institute.Keys, new(sm2.Signer.PublicKey, [KeyUse.Seal], new(2026, 1, 1), new(2028, 12, 31))] }, stage.List.Issued, stage.List.NextUpdate);
        void Put(string name, byte[] bytes) => File.WriteAllBytes(Shared.Own("v1", name), bytes);
        var file = TrustListFile.Write(list);
        Put("trust.json", file);
        Put("trust.json.signatures", TrustListFile.WriteSignatures([TrustListFile.Sign(file, stage.First), TrustListFile.Sign(file, stage.Second)]));
        DateTimeOffset issued = new(2026, 5, 31, 22, 0, 0, TimeSpan.Zero), next = new(2026, 6, 2, 0, 0, 0, TimeSpan.Zero);
        var revocations = RevocationList.Create(1, issued, next, 0, 2_000_000, [new(7, ListedStatus.Revoked), new(9, ListedStatus.Suspended), new(11, ListedStatus.Superseded)]);
        Put("revocations", revocations.Sign(stage.Status));
        Put("revocations.delta", RevocationList.Create(2, issued, next, 0, 2_000_000, [new(7, ListedStatus.Revoked), new(11, ListedStatus.Superseded), new(1_234_567, ListedStatus.Revoked)]).SignDelta(revocations, stage.Status));
        Put("seal.txt", System.Text.Encoding.UTF8.GetBytes(SealCodec.ToUrl(SealCodec.Sign(stage.Seal, stage.Signer), "v.example.cn") + "\n"));
        Put("seal-sm2.txt", System.Text.Encoding.UTF8.GetBytes(SealCodec.ToUrl(SealCodec.Sign(sm2.Seal, sm2.Signer), "v.example.cn") + "\n"));
        var unit = new SoftwareUnit("main", SoftwareRole.LegallyRelevant, "1.0", new(2026, 1, 1))
        {
            DisplayZh = "开机时显示", DisplayEn = "Shown when switched on", To = new(2030, 1, 1), Withdrawn = new(new(2029, 1, 1), "replaced"), Update = UpdateMode.Traced, Predecessors = ["0.9"],
            Modules = [new("code", new(0x08000000, 4096), "", "") { Excluded = [new(0x08000010, 16)], BlockSize = 1024, Checksums = [new(Crc.Known[4], ""), new(Crc.Known[10], "")] }],
            ParameterTableSha256 = new string('a', 64), Parameters = [new("sensitivity", "mV/V", 1.8, 2.2, []), new("unit", null, null, null, ["kg", "g"])], Cheats = [new("pattern", null, "0011223344556677"), new("digest", new string('b', 64), null)],
            Escrow = new("box 1", new string('c', 64)),
        };
        var record = SoftwareRecordFile.Complete(new("2026F001-33", "Maker", "电子计价秤", "Price-computing scale", ["ACS-30"], RiskClass.C, [unit]) { EvaluationReportSha256 = new string('d', 64) }, "main", "1.0", new SoftwareImage((0x08000000L, Counted()))).Value!;
        Put("software-record.json", SoftwareRecordFile.Write(record));
        var challenge = SoftwareChallenge.OfSample(record, record.Units[0], new byte[16], [1], 5, 100, AnswerDigest.Sm3, 100);
        Put("software-challenge.json", challenge.Write());
        Put("software-answer.txt", System.Text.Encoding.UTF8.GetBytes(challenge.Answer(new SoftwareImage((0x08000000L, Counted()))) + "\n"));
    }
}
