using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Interface;
using Plumbline.Issuance;
using Plumbline.Registry;
using static Plumbline.Modules.Tests.Issuance.IssuingCast;

namespace Plumbline.Modules.Tests.Issuance;

public class ChangeCertificateTests
{
    [Theory, EachDatabase]
    public async Task A_certificate_is_suspended_reinstated_and_revoked_with_reasons(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        var certificate = await cast.IssueAsync();
        var states = new List<(CertificateStanding, SealOutcome)>();
        foreach (var (change, actor) in new[] { (CertificateChange.Suspend, cast.Signatory), (CertificateChange.Reinstate, cast.Officer), (CertificateChange.Revoke, cast.Signatory) })
        {
            await using var scope = database.As(actor);
            var receipt = Accept(await scope.Get<ChangeCertificate>().RunAsync(certificate.Code, new() { Change = change, Reason = "核查" }, actor));
            Assert.NotNull(receipt.LeafIndex);
            var list = RevocationList.Read((await scope.Get<RevocationLists>().NewestAsync())!.Content).Value;
            states.Add((receipt.State, new SealVerifier((await scope.Get<TrustLists>().CurrentAsync())!, list, database.Clock).Verify(SealCodec.Read(certificate.Seal!).Value!).Outcome));
        }
        Assert.Equal([(CertificateStanding.Suspended, SealOutcome.Suspended), (CertificateStanding.Current, SealOutcome.InForce), (CertificateStanding.Revoked, SealOutcome.Revoked)], states);
        await using var after = database.As(cast.Signatory);
        Assert.Equal("change-state", Assert.Single((await after.Get<ChangeCertificate>().RunAsync(certificate.Code, new() { Change = CertificateChange.Reinstate, Reason = "再议" }, cast.Signatory)).Refusals).Code);
        var view = (await after.Get<ShowCertificate>().RunAsync(certificate.Code, Actor.Anonymous))!;
        Assert.Equal(["issue", "suspend", "reinstate", "revoke"], view.Status.Events.Select(e => e.Event));
        Assert.All(view.Status.Events, e => Assert.Null(e.Reason));
        Assert.Null(view.Details);
    }

    [Theory, EachDatabase]
    public async Task Only_the_issuer_and_its_regulator_change_it(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        var certificate = await cast.IssueAsync();
        await using var scope = database.As(cast.Manager);
        var change = scope.Get<ChangeCertificate>();
        foreach (var actor in new[] { cast.Manager, cast.CustomerContact, cast.Stranger, Actor.Anonymous })
            Assert.Equal(OutcomeKind.Forbidden, (await change.RunAsync(certificate.Code, new() { Change = CertificateChange.Revoke, Reason = "x" }, actor)).Kind);
        Assert.Equal(OutcomeKind.NotFound, (await change.RunAsync("7K3M9QX2T0AB", new(), cast.Signatory)).Kind);
        Assert.Equal(OutcomeKind.Conflict, (await change.RunAsync(certificate.Code, new() { Version = 7 }, cast.Signatory)).Kind);
        Assert.Equal(["change-reason", "change-unknown"], (await change.RunAsync(certificate.Code, new(), cast.Signatory)).Refusals.Select(r => r.Code));
    }

    [Theory, EachDatabase]
    public async Task Issuer_customer_and_regulator_read_everything_the_public_the_state(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        var certificate = await cast.IssueAsync();
        await using var scope = database.As(cast.Signatory);
        var show = scope.Get<ShowCertificate>();
        foreach (var actor in new[] { cast.Signatory, cast.Manager, cast.CustomerContact, cast.Officer })
            Assert.Equal("SN-20260007", (await show.RunAsync(certificate.Code.ToLowerInvariant(), actor))!.Details!.Serial);
        Assert.Null((await show.RunAsync(certificate.Code, cast.Stranger))!.Details);
        Assert.Equal(OutcomeKind.NotFound, (await show.ReadableAsync(certificate.Code, cast.Stranger)).Kind);
        var find = scope.Get<FindCertificates>();
        Assert.Single((await find.ListAsync(new("SN-2026"), cast.CustomerContact)).Items);
        Assert.Single((await find.ListAsync(new(certificate.Code, Mine: "issued"), cast.Signatory)).Items);
        Assert.Empty((await find.ListAsync(new(Mine: "received"), cast.Signatory)).Items);
        Assert.Empty((await find.ListAsync(new(), Actor.Anonymous)).Items);
        Assert.Empty((await find.ListAsync(new("100%"), cast.Signatory)).Items);
    }
}
