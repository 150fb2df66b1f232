using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Interface;
using Plumbline.Issuance;
using Plumbline.Registry;
using static Plumbline.Modules.Tests.Issuance.IssuingCast;

namespace Plumbline.Modules.Tests.Issuance;

public class AuthoriseInstitutionTests
{
    [Theory, EachDatabase]
    public async Task The_regulator_grants_and_withdraws_and_the_log_tells_both(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        var certificate = await cast.IssueAsync();
        await using var scope = database.As(cast.Officer);
        var authorise = scope.Get<AuthoriseInstitution>();
        var held = await scope.Db.IssuingAuthorisations.AsNoTracking().SingleAsync(a => a.Kind == DocumentKind.CalibrationCertificate);
        Assert.Equal("authorise-reason", Assert.Single((await authorise.WithdrawAsync(held.Id, held.Version, " ", cast.Officer)).Refusals).Code);
        Accept(await authorise.WithdrawAsync(held.Id, held.Version, "考核不合格", cast.Officer));
        Assert.Equal(OutcomeKind.Conflict, (await authorise.WithdrawAsync(held.Id, null, "再次", cast.Officer)).Kind);
        await using var later = database.As(cast.Signatory);
        Assert.Equal("issue-unauthorised", Assert.Single((await later.Get<IssueCertificate>().RunAsync(cast.Request(), cast.Signatory)).Refusals).Code);
        Assert.Equal(["authorisation-granted", "authorisation-granted", "authorisation-granted", "key-activated", "authorisation-withdrawn"],
            (await later.Db.LogEntries.Where(e => e.Type == "key").OrderBy(e => e.LeafIndex).ToListAsync()).Select(e => LogEvent.Decode(e.Content).Reason));
        // What was issued while it held stays good.
        var verdict = new SealVerifier((await later.Get<TrustLists>().CurrentAsync())!, null, database.Clock).Verify(SealCodec.Read(certificate.Seal!).Value!);
        Assert.Equal(SealOutcome.StatusUnknown, verdict.Outcome);
    }

    [Theory, EachDatabase]
    public async Task What_is_wrong_is_told_at_once_and_others_may_not(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        await using var scope = database.As(cast.Officer);
        var authorise = scope.Get<AuthoriseInstitution>();
        Assert.Equal(OutcomeKind.Forbidden, (await authorise.GrantAsync(cast.Authorisation(DocumentKind.CalibrationCertificate), cast.Signatory)).Kind);
        Assert.Equal("authorise-institution", Assert.Single((await authorise.GrantAsync(new() { Institution = "NOBODY" }, cast.Officer)).Refusals).Code);
        Assert.Equal(["authorise-kind", "authorise-number", "authorise-from-missing", "authorise-date"],
            (await authorise.GrantAsync(new() { Institution = "LAB", Kinds = ["Passport"], ValidTo = "soon" }, cast.Officer)).Refusals.Select(r => r.Code));
        Assert.Equal(["authorise-order"], (await authorise.GrantAsync(cast.Authorisation(DocumentKind.ComparisonReport) with { ValidTo = "2025-01-01" }, cast.Officer)).Refusals.Select(r => r.Code));
        Assert.Equal(["authorise-overlap"], (await authorise.GrantAsync(cast.Authorisation(DocumentKind.CalibrationCertificate), cast.Officer)).Refusals.Select(r => r.Code));
        Assert.Equal(["authorise-unfit"], (await authorise.GrantAsync(cast.Authorisation(DocumentKind.CalibrationCertificate) with { Institution = "SHOP" }, cast.Officer)).Refusals.Select(r => r.Code));
    }

    [Theory]
    [InlineData("2026-01-01", "2026-12-31", "2026-01-01", true)]
    [InlineData("2026-01-01", "2026-12-31", "2026-12-31", true)]
    [InlineData("2026-01-01", "2026-12-31", "2027-01-01", false)]
    [InlineData("2026-01-02", null, "2026-01-01", false)]
    public void An_authorisation_holds_from_its_first_to_its_last_day(string from, string? to, string day, bool holds)
    {
        var authorisation = new IssuingAuthorisation
        {
            Id = Guid.Empty, OrganisationId = Guid.Empty, Kind = DocumentKind.CalibrationCertificate, Number = "1", ValidFrom = DateOnly.Parse(from), ValidTo = to is null ? null : DateOnly.Parse(to),
            GrantedBy = Guid.Empty, GrantedByName = "", GrantedAt = default,
        };
        Assert.Equal(holds, authorisation.Covers(DateOnly.Parse(day)));
        authorisation.WithdrawnAt = new(2026, 6, 1, 9, 0, 0, TimeSpan.FromHours(8));
        Assert.False(authorisation.Covers(DateOnly.Parse(day)));
        Assert.True(authorisation.CoveredOn(new(2026, 6, 1)));
        Assert.False(authorisation.CoveredOn(new(2026, 6, 2)));
    }
}
