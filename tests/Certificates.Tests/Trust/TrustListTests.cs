using System.Text;

namespace Plumbline.Certificates.Tests;

public sealed class TrustListTests : IDisposable
{
    private static readonly DateOnly day = new(2026, 5, 20), issued = new(2026, 6, 1), next = new(2026, 12, 31);
    private readonly TrustStage stage = new();

    private string Key => stage.Signer.PublicKey.Id;

    public void Dispose() => stage.Dispose();

    [Fact]
    public void A_list_is_read_as_it_was_written_and_the_same_list_gives_the_same_bytes()
    {
        var bytes = TrustListFile.Write(stage.List);
        var read = TrustListFile.Read(bytes);
        Assert.Empty(read.Findings);
        Assert.Equal(bytes, TrustListFile.Write(read.Value!));
        Assert.Equal("某省计量科学研究院", read.Value!.FindInstitution(TrustStage.Institute)!.NameZh);
    }

    [Fact]
    public void Two_custodians_have_to_sign()
    {
        var bytes = TrustListFile.Write(stage.List);
        CustodianSignature first = TrustListFile.Sign(bytes, stage.First), second = TrustListFile.Sign(bytes, stage.Second), other = TrustListFile.Sign(bytes, stage.Signer);
        var anchor = TrustAnchor.Of(stage.List);
        Assert.NotNull(TrustListFile.Open(bytes, [first, second], anchor).Value);
        Assert.Equal("trust-list-signatures", Refusal(bytes, [first], anchor));
        Assert.Equal("trust-list-signatures", Refusal(bytes, [first, first], anchor));
        Assert.Equal("trust-list-signatures", Refusal(bytes, [first, other], anchor));
        Assert.Equal("trust-list-signatures", Refusal([.. bytes, (byte)'\n'], [first, second], anchor));
        var file = TrustListFile.ReadSignatures(TrustListFile.WriteSignatures([first, second]));
        Assert.Equal([first.KeyId, second.KeyId], file.Value!.Select(s => s.KeyId));
        Assert.NotNull(TrustListFile.Open(bytes, file.Value!, anchor).Value);
    }

    [Fact]
    public void An_older_list_is_not_believed_after_a_newer_one()
    {
        var bytes = TrustListFile.Write(stage.List);
        CustodianSignature[] signed = [TrustListFile.Sign(bytes, stage.First), TrustListFile.Sign(bytes, stage.Second)];
        Assert.Equal("trust-list-older", Refusal(bytes, signed, TrustAnchor.Of(stage.List) with { Version = 2 }));
    }

    [Fact]
    public void New_custodians_need_the_old_ones_and_show_that_they_hold_their_keys()
    {
        using var third = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256);
        var list = new TrustList(2, issued, next, 2, [new("Second custodian", stage.Second.PublicKey), new("Third custodian", third.PublicKey)], stage.List.Institutions);
        var bytes = TrustListFile.Write(list);
        CustodianSignature one = TrustListFile.Sign(bytes, stage.First), two = TrustListFile.Sign(bytes, stage.Second), three = TrustListFile.Sign(bytes, third);
        var anchor = TrustAnchor.Of(stage.List);
        Assert.Equal("trust-list-signatures", Refusal(bytes, [two, three], anchor));
        Assert.Equal("trust-list-new-custodians", Refusal(bytes, [one, two], anchor));
        Assert.NotNull(TrustListFile.Open(bytes, [one, two, three], anchor).Value);
    }

    [Theory]
    [InlineData("2026-05-20", KeyUse.Seal, DocumentKind.VerificationCertificate, null)]
    [InlineData("2025-12-31", KeyUse.Seal, DocumentKind.VerificationCertificate, "trust-key-date")]
    [InlineData("2029-01-01", KeyUse.Seal, DocumentKind.VerificationCertificate, "trust-key-date")]
    [InlineData("2026-05-20", KeyUse.Status, DocumentKind.VerificationCertificate, "trust-key-use")]
    [InlineData("2026-05-20", KeyUse.Document, DocumentKind.ReferenceMaterialCertificate, "trust-kind")]
    public void A_key_counts_for_its_use_kind_and_days(string date, KeyUse use, DocumentKind kind, string? rule)
    {
        var verdict = stage.List.Judge(Key, use, kind, DateOnly.Parse(date));
        Assert.Equal(rule, verdict.Reason?.Rule);
        Assert.Equal(rule is null, verdict.IsTrusted);
        Assert.Equal(TrustStage.Institute, verdict.Institution!.Id);
    }

    [Fact]
    public void An_authorisation_ends_on_its_day()
    {
        var institute = stage.List.FindInstitution(TrustStage.Institute)!;
        var list = stage.List.With(institute with { Authorisations = [new(DocumentKind.VerificationCertificate, "A", new(2026, 1, 1), new(2026, 5, 20))] }, issued, next);
        Assert.True(list.Judge(Key, KeyUse.Seal, DocumentKind.VerificationCertificate, day).IsTrusted);
        Assert.Equal("trust-authorisation-date", list.Judge(Key, KeyUse.Seal, DocumentKind.VerificationCertificate, day.AddDays(1)).Reason!.Rule);
    }

    [Fact]
    public void After_rotation_the_old_key_vouches_for_what_it_signed_and_for_nothing_new()
    {
        using var following = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256);
        var list = stage.List.Rotate(Key, new(following.PublicKey, [KeyUse.Seal], issued, next.AddYears(3)), issued, issued, next);
        Assert.Equal(2, list.Version);
        Assert.True(list.Judge(Key, KeyUse.Seal, DocumentKind.VerificationCertificate, issued.AddDays(-1)).IsTrusted);
        Assert.Equal("trust-key-retired", list.Judge(Key, KeyUse.Seal, DocumentKind.VerificationCertificate, issued).Reason!.Rule);
        Assert.True(list.Judge(following.PublicKey.Id, KeyUse.Seal, DocumentKind.VerificationCertificate, issued).IsTrusted);
        Assert.Equal("trust-key-date", list.Judge(following.PublicKey.Id, KeyUse.Seal, DocumentKind.VerificationCertificate, issued.AddDays(-1)).Reason!.Rule);
        Assert.Equal(TrustListFile.Write(list), TrustListFile.Write(TrustListFile.Read(TrustListFile.Write(list)).Value!));
    }

    [Fact]
    public void After_a_compromise_what_was_logged_before_stays_valid_where_the_log_proves_it()
    {
        var list = stage.List.Distrust(Key, 1000, "laptop stolen", issued, next);
        TrustVerdict Judge(long? leaf, bool proven) => list.Judge(Key, KeyUse.Seal, DocumentKind.VerificationCertificate, day, leaf, proven);
        Assert.True(Judge(1000, true).IsTrusted);
        Assert.Equal("trust-key-compromised-later", Judge(1001, true).Reason!.Rule);
        Assert.Equal("trust-key-compromised", Judge(null, false).Reason!.Rule);
        var unproven = Judge(1000, false);
        Assert.False(unproven.IsTrusted);
        Assert.Equal(FindingSeverity.Unsupported, unproven.Reason!.Severity);
        Assert.Equal("trust-kind", list.Judge(Key, KeyUse.Seal, DocumentKind.ReferenceMaterialCertificate, day, 1000, false).Reason!.Rule);
    }

    [Fact]
    public void An_authority_supervises_and_is_not_supervised_back()
    {
        Assert.True(stage.List.Supervises(TrustStage.Authority, TrustStage.Institute));
        Assert.False(stage.List.Supervises(TrustStage.Institute, TrustStage.Authority));
    }

    [Theory]
    [InlineData("\"threshold\": 2", "\"threshold\": 1", "json-value", "trust list/threshold")]
    [InlineData("\"version\": 1,", "", "json-missing", "trust list")]
    [InlineData("\"issued\": \"2026-01-05\"", "\"issued\": \"2026-02-30\"", "json-value", "trust list/issued")]
    [InlineData("\"region\": \"330000\"", "\"region\": 330000", "json-type", "trust list/institutions[1]/region")]
    [InlineData("\"kind\": \"CalibrationCertificate\"", "\"kind\": \"3\"", "json-value", "trust list/institutions[2]/authorisations[2]/kind")]
    [InlineData("\"nextUpdate\"", "\"nextupdate\"", "json-missing", "trust list")]
    [InlineData("\"version\": 1,", "\"version\": 1, \"version\": 1,", "json-unreadable", "trust list")]
    [InlineData("\"supervisor\": \"11330000002482000A\"", "\"supervisor\": \"X\"", "trust-list-inconsistent", "trust list")]
    [InlineData("plumbline-trust-list", "plumbline-trust-lists", "json-format", "trust list")]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": 2", "json-format", "trust list")]
    [InlineData("\"algorithm\": \"EcdsaP256\"", "\"algorithm\": \"Sm2\"", "json-value", "trust list/custodians[1]/algorithm")]
    public void A_bad_file_is_refused_with_its_place(string from, string to, string rule, string path)
    {
        var text = Encoding.UTF8.GetString(TrustListFile.Write(stage.List));
        Assert.Contains(from, text);
        var read = TrustListFile.Read(Encoding.UTF8.GetBytes(text.Replace(from, to)));
        Assert.Null(read.Value);
        Assert.Contains(read.Findings, f => f.Rule == rule && f.Path == path);
    }

    [Fact]
    public void Every_finding_has_words_in_both_languages_and_every_flipped_byte_is_survived()
    {
        var bytes = TrustListFile.Write(stage.List);
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var bad = bytes.ToArray();
            for (var j = random.Next(1, 4); j > 0; j--)
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            Words.Check(TrustListFile.Read(random.Next(4) == 0 ? bad[..random.Next(bad.Length)] : bad).Findings);
        }
    }

    private static string Refusal(byte[] bytes, CustodianSignature[] signatures, TrustAnchor anchor)
    {
        var read = TrustListFile.Open(bytes, signatures, anchor);
        Assert.Null(read.Value);
        Words.Check(read.Findings);
        return read.Findings[0].Rule;
    }
}
