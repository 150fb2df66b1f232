using System.Text;
using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Interface;
using Plumbline.Issuance;
using Plumbline.Registry;
using static Plumbline.Modules.Tests.Issuance.IssuingCast;

namespace Plumbline.Modules.Tests.Issuance;

public class VerifyFileTests
{
    [Theory, EachDatabase]
    public async Task The_issued_file_is_known_and_a_changed_digit_is_named(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var cast = await ReadyAsync(database);
        var receipt = await cast.IssueAsync();
        await using var scope = database.As(Actor.Anonymous);
        var certificate = await scope.Db.IssuedCertificates.AsNoTracking().SingleAsync();
        var xml = await scope.Get<CertificateFiles>().XmlAsync(certificate);
        var verify = scope.Get<VerifyFile>();

        var genuine = Accept(await verify.RunAsync(xml, Actor.Anonymous));
        Assert.Equal((FileOutcome.Genuine, receipt.Code, "Valid"), (genuine.Outcome, genuine.Certificate, genuine.Signature));

        var text = Encoding.UTF8.GetString(xml);
        var changed = Encoding.UTF8.GetBytes(text.Replace("SN-20260007", "SN-20260008", StringComparison.Ordinal));
        var found = Accept(await verify.RunAsync(changed, Actor.Anonymous));
        Assert.Equal((FileOutcome.Changed, receipt.Code, "Invalid"), (found.Outcome, found.Certificate, found.Signature));
        var difference = Assert.Single(found.Differences);
        Assert.Equal((null, "SN-20260008"), (difference.Original, difference.Other));
        Assert.Contains("/identification", difference.Path, StringComparison.Ordinal);
        Assert.Equal("SN-20260007", Assert.Single(Accept(await verify.RunAsync(changed, cast.Signatory)).Differences).Original);
    }

    [Fact]
    public async Task What_was_not_issued_here_and_what_is_no_document_are_told_apart()
    {
        await using var database = await TestDatabase.CreateAsync("sqlite");
        await using var scope = database.As(Actor.Anonymous);
        var verify = scope.Get<VerifyFile>();
        var input = Gauge(new(2026, 1, 5), "N-1", new() { Id = Guid.NewGuid(), Code = "X", Name = "某院", Kind = OrganisationKind.AccreditedLaboratory, Region = "000000", RegisteredAt = database.Clock.Now }, new() { Id = Guid.NewGuid(), Code = "Y", Name = "某厂", Kind = OrganisationKind.Maker, Region = "000000", RegisteredAt = database.Clock.Now });
        var unknown = Accept(await verify.RunAsync(DccBuilder.Build(input), Actor.Anonymous));
        Assert.Equal((FileOutcome.Unknown, "NotSigned"), (unknown.Outcome, unknown.Signature));
        Assert.Equal(FileOutcome.Unknown, Accept(await verify.RunAsync("<broken"u8.ToArray(), Actor.Anonymous)).Outcome);
        Assert.Equal(FileOutcome.Unknown, Accept(await verify.RunAsync("%PDF-1.7 nothing"u8.ToArray(), Actor.Anonymous)).Outcome);
        Assert.Equal("verify-kind", Assert.Single((await verify.RunAsync("hello"u8.ToArray(), Actor.Anonymous)).Refusals).Code);
        Assert.Equal("verify-size", Assert.Single((await verify.RunAsync(Array.Empty<byte>(), Actor.Anonymous)).Refusals).Code);
    }
}
