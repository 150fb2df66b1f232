using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Interface;
using Plumbline.Issuance;
using static Plumbline.Modules.Tests.Issuance.IssuingCast;

namespace Plumbline.Modules.Tests.Issuance;

public class IssueCertificateTests
{
    [Theory, EachDatabase]
    public async Task A_certificate_is_signed_logged_and_sealed(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        var receipt = await cast.IssueAsync();
        await using var scope = database.As(cast.Signatory);
        var certificate = await scope.Db.IssuedCertificates.SingleAsync();
        var files = scope.Get<CertificateFiles>();
        var xml = await files.XmlAsync(certificate);
        Assert.Equal(receipt.Sha256, Convert.ToHexStringLower(Digests.Sha256(xml)));

        var signature = XmlSignature.Verify(xml, new([scope.Get<KeyAuthority>().Root], database.Clock.Now));
        Assert.Equal(SignatureState.Valid, signature.State);
        Assert.Equal(PathState.Trusted, Assert.Single(signature.Signatures).Path!.State);

        var proof = (await files.ProofAsync(certificate))!;
        Assert.Equal(receipt.LeafIndex, proof.Index);
        proof.Verify(MerkleTree.LeafHash(proof.Extra!.Value.Span), scope.Get<LogHost>().Policy);
        var told = LogEvent.Decode(proof.Extra.Value);
        Assert.Equal((LogEventType.Issue, receipt.Code, new Hash256(Digests.Sha256(xml)), certificate.Commitment()), (told.Type, told.Id.ToString(), told.Digests!.Sha256, told.Commitment));

        var trust = (await scope.Get<TrustLists>().CurrentAsync())!;
        var seal = SealCodec.Read(receipt.Seal!).Value!;
        Assert.True(seal.Seal.IsDocument(xml) && seal.Seal.IsSerial("SN-20260007"));
        Assert.Equal(receipt.LeafIndex, seal.Seal.LeafIndex);
        var report = new SealVerifier(trust, RevocationList.Read((await scope.Get<RevocationLists>().NewestAsync())!.Content).Value, database.Clock).Verify(seal);
        Assert.True(report.IsGood, string.Join("; ", report.Findings.Select(f => f.Rule)));
        Assert.True(SealSymbol.Make(receipt.Seal!).FitsLabel);
        Assert.Contains(DccReader.Read(xml).Document.Administrative.Core.Identifications, i => i.Is(CnmTerms.CertificateId) && i.Value == receipt.Code);
    }

    [Theory, EachDatabase]
    public async Task An_SM2_key_seals_the_signed_file_besides(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        await cast.KeyAsync("Sm2");
        await cast.IssueAsync();
        await using var scope = database.As(cast.Signatory);
        var certificate = await scope.Db.IssuedCertificates.SingleAsync();
        var xml = await scope.Get<CertificateFiles>().XmlAsync(certificate);
        var report = SealedFile.Verify(xml, certificate.Sm2Seal, new([scope.Get<KeyAuthority>().Root], database.Clock.Now.AddMinutes(1)));
        Assert.True(report.IsGood, string.Join("; ", report.Findings.Select(f => $"{f.Rule} {f.Value} {f.Expected}")));
        Assert.Equal((PathState.Trusted, PathState.Trusted), (report.SignerPath!.State, report.MakerPath!.State));
        xml[^20] ^= 1;
        Assert.False(SealedFile.Verify(xml, certificate.Sm2Seal, new([scope.Get<KeyAuthority>().Root], database.Clock.Now.AddMinutes(1))).IsGood);
    }

    [BrowserFact]
    public async Task It_is_printed_once_with_its_seal_and_the_signed_file_inside()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        var cast = await ReadyAsync(database);
        var receipt = await cast.IssueAsync();
        byte[] first;
        await using (var scope = database.As(cast.Signatory))
            first = Accept(await scope.Get<PrintCertificate>().RunAsync(receipt.Code, cast.Signatory));
        await using var again = database.As(cast.CustomerContact);
        Assert.Equal(first, Accept(await again.Get<PrintCertificate>().RunAsync(receipt.Code, cast.CustomerContact)));
        Assert.Equal(OutcomeKind.NotFound, (await again.Get<PrintCertificate>().RunAsync(receipt.Code, cast.Stranger)).Kind);
        Assert.Equal(SignatureState.Valid, PdfSignature.Verify(first, new([again.Get<KeyAuthority>().Root], database.Clock.Now.AddMinutes(1))).State);
    }

    [Theory, EachDatabase]
    public async Task Who_may_not_issue_is_told_every_reason_at_once(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await CreateAsync(database);
        var request = cast.Request() with { Number = "another", Item = "", ReplacesCode = "7K3M9QX2T0AB", Grade = "0.35" };
        await using var scope = database.As(cast.Signatory);
        var outcome = await scope.Get<IssueCertificate>().RunAsync(request, cast.Signatory);
        Assert.Equal(["issue-unauthorised", "issue-no-key", "issue-item", "issue-grade", "issue-replace-reason", "issue-replaces-unknown", "issue-number-differs"], outcome.Refusals.Select(r => r.Code));
        Assert.Equal(OutcomeKind.Forbidden, (await scope.Get<IssueCertificate>().RunAsync(request, cast.Manager)).Kind);
        Assert.Equal(OutcomeKind.Forbidden, (await scope.Get<IssueCertificate>().RunAsync(request, cast.Officer)).Kind);
        Assert.Empty(await scope.Db.IssuedCertificates.ToListAsync());
    }

    [Theory, EachDatabase]
    public async Task A_number_is_used_once_and_the_document_says_the_same(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        await cast.IssueAsync(cast.Request(cast.Input("A-1")));
        await using var scope = database.As(cast.Signatory);
        var issue = scope.Get<IssueCertificate>();
        Assert.Equal("issue-number-taken", Assert.Single((await issue.RunAsync(cast.Request(cast.Input("A-1")), cast.Signatory)).Refusals).Code);
        var other = cast.Request() with { Kind = DocumentKind.VerificationCertificate, PerformedOn = new(2026, 3, 1) };
        Assert.Equal(["issue-conclusion", "issue-kind-differs", "issue-performed-differs"], (await issue.RunAsync(other, cast.Signatory)).Refusals.Select(r => r.Code));
        Assert.Equal("issue-laboratory-differs", Assert.Single((await issue.RunAsync(cast.Request(cast.Input() with { Laboratory = new("别家计量院") }), cast.Signatory)).Refusals).Code);
    }

    [Theory, EachDatabase]
    public async Task An_authorisation_counts_on_its_days_only(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        database.Clock.Now = new(2031, 1, 2, 9, 0, 0, TimeSpan.FromHours(8));
        await using var scope = database.As(cast.Signatory);
        var outcome = await scope.Get<IssueCertificate>().RunAsync(cast.Request(), cast.Signatory);
        Assert.Equal(["issue-unauthorised", "issue-no-key"], outcome.Refusals.Select(r => r.Code));
    }

    [Theory, EachDatabase]
    public async Task Another_takes_its_place_once_and_both_stay_to_be_seen(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        var first = await cast.IssueAsync();
        var input = cast.Input() with { Replaces = new(true, first.Number, first.Sha256, "示值录入有误") };
        var second = await cast.IssueAsync(cast.Request(input) with { ReplacesCode = first.Code, Reason = "示值录入有误" });
        await using var scope = database.As(cast.Signatory);
        var shown = (await scope.Get<ShowCertificate>().RunAsync(first.Code, cast.Signatory))!;
        Assert.Equal((CertificateStanding.Replaced, second.Code), (shown.Status.State, shown.Status.ReplacedBy));
        var entry = await scope.Db.LogEntries.SingleAsync(e => e.Type == "substitute");
        Assert.Equal(first.LeafIndex, LogEvent.Decode(entry.Content).Target!.Index);
        var again = cast.Request(cast.Input() with { Replaces = new(true, first.Number, first.Sha256, "再次") }) with { ReplacesCode = first.Code, Reason = "再次" };
        Assert.Equal("issue-replaces-ended", Assert.Single((await scope.Get<IssueCertificate>().RunAsync(again, cast.Signatory)).Refusals).Code);
        var list = RevocationList.Read((await scope.Get<RevocationLists>().NewestAsync())!.Content).Value!;
        Assert.Equal((ListedStatus.Superseded, ListedStatus.NotListed), (list.StatusOf(0), list.StatusOf(1)));
    }
}
