using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>The worked example of <c>./run</c>: institutions with authorisations and keys, and certificates from a shop scale up to the national standard, made by the ordinary handlers.</summary>
public static class IssuanceDemonstration
{
    private static readonly DocumentKind[] OfLaboratories = [DocumentKind.VerificationCertificate, DocumentKind.VerificationNotice, DocumentKind.CalibrationCertificate];
    private static readonly DocumentKind[] OfOrganisers = [DocumentKind.ComparisonReport, DocumentKind.ComparisonStatement];

    /// <summary>Enters what is not there yet; a second call changes nothing. Needs Registry's demonstration accounts.</summary>
    public static async Task SeedAsync(IServiceProvider services, CancellationToken cancel = default)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlumblineDb>();
        if (await db.IssuingAuthorisations.AnyAsync(cancel))
            return;
        await AuthoriseAsync(services, "DEMO-NMI", "（国）法计（2024）示001号", [.. OfLaboratories, .. OfOrganisers], cancel);
        await AuthoriseAsync(services, "DEMO-LAB-1", "（示）法计（2024）示101号", [.. OfLaboratories, .. OfOrganisers], cancel);
        await AuthoriseAsync(services, "DEMO-SOCIETY", "示比对组织（2024）003号", OfOrganisers, cancel);
        foreach (var institution in new[] { "DEMO-NMI", "DEMO-LAB-1", "DEMO-SOCIETY" })
        {
            await KeyAsync(services, institution, SignatureAlgorithm.EcdsaP256, cancel);
            await KeyAsync(services, institution, SignatureAlgorithm.Sm2, cancel);
        }
        await CertificatesAsync(services, cancel);
    }

    private static Task AuthoriseAsync(IServiceProvider services, string institution, string number, IReadOnlyList<DocumentKind> kinds, CancellationToken cancel) => AsAsync(services, Officer(institution), async (inner, actor) =>
        Done(await inner.GetRequiredService<AuthoriseInstitution>().GrantAsync(new() { Institution = institution, Number = number, Kinds = [.. kinds.Select(k => k.ToString())], ValidFrom = "2024-01-01", ValidTo = "2034-12-31" }, actor, cancel)), cancel);

    private static async Task KeyAsync(IServiceProvider services, string institution, SignatureAlgorithm algorithm, CancellationToken cancel)
    {
        KeyReceipt? proposed = null;
        await AsAsync(services, Signatory(institution), async (inner, actor) =>
        {
            var until = EventRules.DayOf(inner.GetRequiredService<TimeProvider>().GetUtcNow()).AddYears(3);
            proposed = Done(await inner.GetRequiredService<ProposeKey>().RunAsync(new() { Institution = institution, Algorithm = algorithm.ToString(), ValidTo = $"{until:yyyy-MM-dd}" }, actor, cancel));
        }, cancel);
        await AsAsync(services, Officer(institution), async (inner, actor) => Done(await inner.GetRequiredService<ConfirmKey>().RunAsync(new() { Id = proposed!.Id, Fingerprint = proposed.Fingerprint }, actor, cancel)), cancel);
    }

    private static async Task CertificatesAsync(IServiceProvider services, CancellationToken cancel)
    {
        var today = EventRules.DayOf(services.GetRequiredService<TimeProvider>().GetUtcNow());
        var documents = new ExampleDocuments(today);
        // Each names the digest of the one above: the chain of traceability.
        var national = await IssueAsync(services, "DEMO-NMI", documents.NationalStandard(), "DEMO-NMI", cancel);
        var weights = await IssueAsync(services, "DEMO-NMI", documents.ReferenceWeights(national), "DEMO-LAB-1", cancel);
        var working = await IssueAsync(services, "DEMO-LAB-1", documents.WorkingWeights(weights), "DEMO-LAB-1", cancel);
        await IssueAsync(services, "DEMO-LAB-1", documents.ShopScale(working), "DEMO-MAKER", cancel);
        await IssueAsync(services, "DEMO-LAB-1", documents.FailedScale(working), "DEMO-MAKER", cancel);
        await IssueAsync(services, "DEMO-LAB-1", documents.PressureGauge(1), "DEMO-MAKER", cancel);
        var wrong = await IssueAsync(services, "DEMO-LAB-1", documents.PressureGauge(2), "DEMO-MAKER", cancel);
        var corrected = documents.PressureGauge(3) with { Replaces = new(true, wrong.Number, wrong.Sha256, new("更正出厂编号", "Serial number corrected")) };
        await IssueAsync(services, "DEMO-LAB-1", corrected, "DEMO-MAKER", cancel, r => r with { ReplacesCode = wrong.Code, Reason = "更正出厂编号" });
        var revoked = await IssueAsync(services, "DEMO-LAB-1", documents.PressureGauge(4), "DEMO-MAKER", cancel);
        await AsAsync(services, Officer("DEMO-LAB-1"), async (inner, actor) =>
            Done(await inner.GetRequiredService<ChangeCertificate>().RunAsync(revoked.Code, new() { Change = CertificateChange.Revoke, Reason = "监督检查发现检定时温度超出规程要求" }, actor, cancel)), cancel);
    }

    private static async Task<IssueReceipt> IssueAsync(IServiceProvider services, string institution, CertificateInput input, string customer, CancellationToken cancel, Func<IssueRequest, IssueRequest>? adjust = null)
    {
        IssueReceipt? receipt = null;
        await AsAsync(services, Signatory(institution), async (inner, actor) =>
        {
            var db = inner.GetRequiredService<PlumblineDb>();
            var (issuer, customerId) = (actor.Roles[0].OrganisationId, await db.Organisations.Where(o => o.Code == customer).Select(o => o.Id).SingleAsync(cancel));
            var xml = DccBuilder.Build(input);
            var request = DocumentFacts.Read(xml)!.ToRequest(issuer, xml, input.End) with { CustomerId = customerId, WarningsSeen = true, TitleEn = input.Items[0].Name.English };
            receipt = Done(await inner.GetRequiredService<IssueCertificate>().RunAsync(adjust?.Invoke(request) ?? request, actor, cancel));
        }, cancel);
        return receipt!;
    }

    private static string Signatory(string institution) => institution switch { "DEMO-LAB-1" => "signatory@demo.example", "DEMO-NMI" => "signatory2@demo.example", _ => "signatory3@demo.example" };

    private static string Officer(string institution) => institution == "DEMO-LAB-1" ? "province@demo.example" : "officer@demo.example";

    private static async Task AsAsync(IServiceProvider services, string email, Func<IServiceProvider, Actor, Task> work, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var (inner, db) = (scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<PlumblineDb>());
        var person = await db.People.AsNoTracking().SingleAsync(p => p.Email == email, cancel);
        var organisations = await db.Organisations.AsNoTracking().ToDictionaryAsync(o => o.Id, cancel);
        var memberships = await db.Memberships.AsNoTracking().Where(m => m.PersonId == person.Id && m.Until == null).ToListAsync(cancel);
        var actor = new Actor(person.Id, person.Name, AdministratorDuty.None, [.. memberships.Select(m => organisations[m.OrganisationId] is var o ? new ActorRole(o.Id, o.Code, o.Name, o.Kind, m.Role, o.NameEn) : throw new InvalidOperationException())]);
        var context = inner.GetRequiredService<ActorContext>();
        (context.Actor, context.Action) = (actor, "demonstration");
        await work(inner, actor);
    }

    // A refused step is our fault: the example keeps the rules.
    private static T Done<T>(Outcome<T> outcome) => outcome.Accepted ? outcome.Value!
        : throw new InvalidOperationException($"A step of the example was refused: {string.Join("; ", outcome.Refusals.Select(r => $"{r.Code} {r.Field} ({string.Join(", ", r.Arguments)})"))}");
}
