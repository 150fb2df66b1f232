using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Comparisons;
using Plumbline.Interface;
using Plumbline.Issuance;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Comparisons;

public class CertifyReportTests
{
    [Theory, EachDatabase]
    public async Task A_signatory_signs_the_published_report_and_every_statement_once(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using (var db = database.Open())
            await RegistryDemonstration.SeedAsync(db, database.Clock);
        await using var system = database.As(Actor.System);
        await ComparisonsDemonstration.SeedAsync(system.Services);
        await IssuanceDemonstration.SeedAsync(system.Services);
        var society = await system.Db.Organisations.SingleAsync(o => o.Code == "DEMO-SOCIETY");
        var person = await system.Db.People.SingleAsync(p => p.Email == "signatory3@demo.example");
        var signatory = new Actor(person.Id, person.Name, AdministratorDuty.None, [new(society.Id, society.Code, society.Name, society.Kind, Role.Signatory)]);
        var published = await system.Db.Comparisons.AsNoTracking().Where(c => c.State == ComparisonState.Published && c.OrganiserId == society.Id).Select(c => c.Code).ToListAsync();
        Assert.NotEmpty(published);
        foreach (var code in published)
        {
            await using var scope = database.As(signatory);
            var certify = scope.Get<CertifyReport>();
            Assert.True(Cast.Accept(await certify.ReadAsync(code, signatory)).MaySign);
            var outcome = await certify.RunAsync(code, signatory);
            Assert.True(outcome.Accepted, $"{code}: {string.Join("\n", outcome.Refusals.Select(r => $"{r.Code} {string.Join(" | ", r.Arguments)}"))}");
            var signed = outcome.Value!;
            Assert.Equal(signed.Expected, signed.Documents.Count);
            Assert.Equal(DocumentKind.ComparisonReport, signed.Documents[0].Kind);
            Assert.Equal("certify-done", Assert.Single((await certify.RunAsync(code, signatory)).Refusals).Code);

            foreach (var certificate in await scope.Db.IssuedCertificates.AsNoTracking().Where(c => c.Number.StartsWith(code)).ToListAsync())
            {
                var xml = await scope.Get<CertificateFiles>().XmlAsync(certificate);
                Assert.True(XmlSignature.Verify(xml, new([scope.Get<KeyAuthority>().Root], database.Clock.Now)).IsGood);
                Assert.Equal(certificate.Kind, DccBuilder.KindOf(DccReader.Read(xml).Document));
                Assert.NotNull(certificate.Seal);
            }
            // Everybody sees the report, a laboratory its own statement, nobody another's.
            await using var outside = database.As(Actor.Anonymous);
            Assert.Equal(DocumentKind.ComparisonReport, Assert.Single(Cast.Accept(await outside.Get<CertifyReport>().ReadAsync(code, Actor.Anonymous)).Documents).Kind);
            Assert.Equal(OutcomeKind.Forbidden, (await outside.Get<CertifyReport>().RunAsync(code, Actor.Anonymous)).Kind);
        }
        Assert.Equal(0, await system.Db.LogEntries.CountAsync(e => e.Refused != null));
    }
}
