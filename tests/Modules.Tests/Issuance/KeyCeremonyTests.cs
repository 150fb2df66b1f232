using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Interface;
using Plumbline.Issuance;
using static Plumbline.Modules.Tests.Issuance.IssuingCast;

namespace Plumbline.Modules.Tests.Issuance;

public class KeyCeremonyTests
{
    [Theory, EachDatabase]
    public async Task A_key_takes_two_people_and_the_second_has_the_fingerprint_from_the_first(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await CreateAsync(database);
        var proposed = await cast.ProposeAsync();
        await using (var scope = database.As(cast.Officer))
        {
            var confirm = scope.Get<ConfirmKey>();
            Assert.Equal(OutcomeKind.Forbidden, (await confirm.RunAsync(new() { Id = proposed.Id, Fingerprint = proposed.Fingerprint }, cast.Signatory)).Kind);
            Assert.Equal(OutcomeKind.Forbidden, (await confirm.RunAsync(new() { Id = proposed.Id, Fingerprint = proposed.Fingerprint }, cast.Manager)).Kind);
            Assert.Equal("key-fingerprint", Assert.Single((await confirm.RunAsync(new() { Id = proposed.Id, Fingerprint = "0000000000000000" }, cast.Officer)).Refusals).Code);
            var both = cast.Officer with { PersonId = cast.Signatory.PersonId };
            Assert.Equal("key-two-people", Assert.Single((await confirm.RunAsync(new() { Id = proposed.Id, Fingerprint = proposed.Fingerprint }, both)).Refusals).Code);
            Assert.Null(await scope.Get<TrustLists>().CurrentAsync());
        }
        await using (var scope = database.As(cast.Officer))
        {
            var grouped = string.Join(' ', proposed.Fingerprint.Chunk(4).Select(c => new string(c))).ToUpperInvariant();
            Accept(await scope.Get<ConfirmKey>().RunAsync(new() { Id = proposed.Id, Fingerprint = grouped }, cast.Officer));
        }
        await using var after = database.As(cast.Signatory);
        var list = (await after.Get<TrustLists>().CurrentAsync())!;
        Assert.NotNull(list.FindKey(proposed.Fingerprint));
        var entry = await after.Db.LogEntries.SingleAsync();
        var told = LogEvent.Decode(entry.Content);
        var published = await after.Db.TrustLists.SingleAsync();
        Assert.Equal((LogEventType.Key, "key-activated", "trust-list 1", FileDigests.Of(published.Content)), (told.Type, told.Reason, told.Reference, told.Digests));
        Assert.Equal(0, entry.LeafIndex);
        var anchor = new TrustAnchor(2, after.Get<TrustLists>().Custodians(), 0);
        Assert.NotNull(TrustListFile.Open(published.Content, TrustListFile.ReadSignatures(published.Signatures).Value!, anchor).Value);
        var certificate = KeyCertificate.FromDer((await after.Db.IssuingKeys.SingleAsync()).Certificate);
        Assert.Equal(PathState.Trusted, CertificatePath.Check(certificate, [], [after.Get<KeyAuthority>().Root], database.Clock.Now).State);
    }

    [Theory, EachDatabase]
    public async Task A_rejected_key_is_destroyed(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await CreateAsync(database);
        var proposed = await cast.ProposeAsync();
        await using var scope = database.As(cast.Officer);
        Assert.NotNull(scope.Get<KeyFolder>().Find(proposed.Fingerprint));
        Assert.Equal("key-reason", Assert.Single((await scope.Get<ConfirmKey>().RejectAsync(new() { Id = proposed.Id }, cast.Officer)).Refusals).Code);
        Accept(await scope.Get<ConfirmKey>().RejectAsync(new() { Id = proposed.Id, Reason = "指纹不符" }, cast.Officer));
        Assert.Null(scope.Get<KeyFolder>().Find(proposed.Fingerprint));
        Assert.Equal("key-not-proposed", Assert.Single((await scope.Get<ConfirmKey>().RunAsync(new() { Id = proposed.Id, Fingerprint = proposed.Fingerprint }, cast.Officer)).Refusals).Code);
    }

    [Theory, EachDatabase]
    public async Task A_new_key_takes_the_place_of_the_old_one(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        var certificate = await cast.IssueAsync();
        await using (var scope = database.As(cast.Signatory))
            Assert.Equal("key-active-already", Assert.Single((await scope.Get<ProposeKey>().RunAsync(cast.Proposal(), cast.Signatory)).Refusals).Code);
        string old;
        await using (var db = database.Open())
            old = (await db.IssuingKeys.SingleAsync()).Fingerprint;
        database.Clock.Now = database.Clock.Now.AddDays(100);
        var next = await cast.KeyAsync(replaces: old);
        var later = await cast.IssueAsync();
        await using var after = database.As(cast.Signatory);
        Assert.Equal((KeyState.Retired, KeyState.Active), ((await after.Db.IssuingKeys.SingleAsync(k => k.Fingerprint == old)).State, (await after.Db.IssuingKeys.SingleAsync(k => k.Id == next.Id)).State));
        var verifier = new SealVerifier((await after.Get<TrustLists>().CurrentAsync())!, null, database.Clock);
        Assert.All([certificate, later], c => Assert.Equal(SealOutcome.StatusUnknown, verifier.Verify(SealCodec.Read(c.Seal!).Value!).Outcome));
    }

    [Theory, EachDatabase]
    public async Task What_was_logged_before_a_compromise_stays_valid(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        var certificate = await cast.IssueAsync();
        await using var scope = database.As(cast.Manager);
        var key = await scope.Db.IssuingKeys.AsNoTracking().SingleAsync();
        var end = scope.Get<EndKey>();
        Assert.Equal(OutcomeKind.Forbidden, (await end.CompromiseAsync(new() { Id = key.Id, Reason = "x" }, cast.Stranger)).Kind);
        Assert.Equal(["key-reason", "key-leaf"], (await end.CompromiseAsync(new() { Id = key.Id, LastLeaf = "999" }, cast.Manager)).Refusals.Select(r => r.Code));
        Accept(await end.CompromiseAsync(new() { Id = key.Id, Reason = "私钥文件外泄" }, cast.Manager));
        var trust = (await scope.Get<TrustLists>().CurrentAsync())!;
        Assert.Equal(certificate.LeafIndex, trust.FindKey(key.Fingerprint)!.DistrustAfterLeaf);
        var seal = SealCodec.Read(certificate.Seal!).Value!;
        Assert.Equal(SealOutcome.NeedsLog, new SealVerifier(trust, null, database.Clock).Verify(seal).Outcome);
        Assert.Equal(SealOutcome.StatusUnknown, new SealVerifier(trust, null, database.Clock).Verify(seal, isLeafProven: true).Outcome);
        await using var again = database.As(cast.Signatory);
        Assert.Equal("issue-no-key", Assert.Single((await again.Get<IssueCertificate>().RunAsync(cast.Request(), cast.Signatory)).Refusals).Code);
    }

    [Theory, EachDatabase]
    public async Task A_key_kept_by_the_institution_itself_is_trusted_but_signs_nothing_here(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await CreateAsync(database);
        await cast.AuthoriseAsync(DocumentKind.CalibrationCertificate);
        using var own = SoftwareKey.Create(SignatureAlgorithm.EcdsaP256);
        var pem = System.Security.Cryptography.PemEncoding.WriteString("PUBLIC KEY", own.PublicKey.Spki.Span);
        await using var scope = database.As(cast.Signatory);
        Assert.Equal("key-pem", Assert.Single((await scope.Get<ProposeKey>().RunAsync(cast.Proposal() with { External = "nonsense" }, cast.Signatory)).Refusals).Code);
        var proposed = Accept(await scope.Get<ProposeKey>().RunAsync(cast.Proposal() with { External = pem }, cast.Signatory));
        Assert.Equal(own.PublicKey.Id, proposed.Fingerprint);
        Accept(await scope.Get<ConfirmKey>().RunAsync(new() { Id = proposed.Id, Fingerprint = proposed.Fingerprint }, cast.Officer));
        Assert.Equal("issue-key-elsewhere", Assert.Single((await scope.Get<IssueCertificate>().RunAsync(cast.Request(), cast.Signatory)).Refusals).Code);
    }
}
