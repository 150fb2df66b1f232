using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Issuance;
using Plumbline.Registry;

namespace Plumbline.Modules.Tests.Issuance;

public class IssuanceDemonstrationTests
{
    [Theory, EachDatabase]
    public async Task It_is_entered_once_and_the_shop_scale_is_chained_to_the_national_standard(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using (var db = database.Open())
            await RegistryDemonstration.SeedAsync(db, database.Clock);
        await using var scope = database.As(Actor.System);
        await IssuanceDemonstration.SeedAsync(scope.Services);
        await IssuanceDemonstration.SeedAsync(scope.Services);
        var certificates = await scope.Db.IssuedCertificates.AsNoTracking().ToListAsync();
        Assert.Equal((9, 1, 1), (certificates.Count, certificates.Count(c => c.State == CertificateStanding.Revoked), certificates.Count(c => c.State == CertificateStanding.Replaced)));
        Assert.All(certificates, c => Assert.NotNull(c.Seal));
        Assert.Empty(await scope.Db.LogEntries.Where(e => e.LeafIndex == null).ToListAsync());

        var files = scope.Get<CertificateFiles>();
        var above = certificates.ToDictionary(c => c.Sha256);
        var steps = new List<string>();
        for (var at = certificates.Single(c => c.Serial == "DEMO-S-1024"); at is not null;)
        {
            steps.Add(at.Serial!);
            var measured = DccReader.Read(await files.XmlAsync(at)).Document.Measurements;
            var standards = measured.Results.Select(r => r.Equipment).Prepend(measured.Equipment).OfType<DccEquipments>().SelectMany(e => e.Equipments);
            at = standards.Select(s => s.Certificate?.Value).OfType<string>().Select(digest => above.GetValueOrDefault(digest)).FirstOrDefault(c => c is not null);
        }
        Assert.Equal(["DEMO-S-1024", "DEMO-M1-208", "DEMO-E2-17", "DEMO-NS-1"], steps);
    }
}
