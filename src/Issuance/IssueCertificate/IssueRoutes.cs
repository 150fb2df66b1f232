using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Certificates;
using Plumbline.Database;
using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Issuance;

/// <summary>What a program sends to issue a certificate. What the document says itself need not be said again.</summary>
public sealed record IssueBody
{
    [Description("Code of the issuing institution; may be left out by who signs for one only.")]
    public string? Institution { get; init; }
    [Description("The DCC in base64, not signed.")]
    public required byte[] Xml { get; init; }
    public DocumentKind? Kind { get; init; }
    public string? Title { get; init; }
    public string? TitleEn { get; init; }
    public string? Item { get; init; }
    public string? Model { get; init; }
    public string? Serial { get; init; }
    public SealConclusion? Conclusion { get; init; }
    public string? Grade { get; init; }
    [Description("Last day of the measurement.")]
    public DateOnly? PerformedOn { get; init; }
    public DateOnly? ValidUntil { get; init; }
    [Description("Code of the organisation whose instrument it is.")]
    public string? Customer { get; init; }
    public bool IsPublic { get; init; }
    [Description("Public number of the certificate that it takes the place of.")]
    public string? Replaces { get; init; }
    public bool Amends { get; init; }
    public string? Reason { get; init; }
    [Description("That the warnings of the check were seen.")]
    public bool WarningsSeen { get; init; }
}

internal static class IssueRoutes
{
    public static async Task<IResult> Post(IssueBody body, IssueCertificate handler, PlumblineDb db, Actor actor, Texts texts, TimeProvider clock, CancellationToken cancel)
    {
        var own = actor.Organisations(Role.Signatory);
        var institution = body.Institution is null && own.Count == 1 ? own[0].OrganisationId : own.FirstOrDefault(o => o.OrganisationCode == body.Institution)?.OrganisationId;
        if (institution is null)
            return ProblemResults.Problem(texts, StatusCodes.Status403Forbidden, new Refusal("issue-institution", "institution", body.Institution, string.Join(", ", own.Select(o => o.OrganisationCode))));
        Guid? customer = null;
        if (body.Customer is { Length: > 0 } code && (customer = await db.Organisations.Where(o => o.Code == code).Select(o => (Guid?)o.Id).SingleOrDefaultAsync(cancel)) is null)
            return ProblemResults.Problem(texts, StatusCodes.Status422UnprocessableEntity, new Refusal("issue-customer", "customer", code));
        var facts = DocumentFacts.Read(body.Xml);
        if (facts is null)
            return ProblemResults.Problem(texts, StatusCodes.Status422UnprocessableEntity, [.. DocumentFacts.Problems(body.Xml)]);
        var request = facts.ToRequest(institution.Value, body.Xml, EventRules.DayOf(clock.GetUtcNow())) with { CustomerId = customer, IsPublic = body.IsPublic, ReplacesCode = body.Replaces, Amends = body.Amends, Reason = body.Reason, WarningsSeen = body.WarningsSeen };
        request = request with
        {
            Kind = body.Kind ?? request.Kind, Title = body.Title ?? request.Title, TitleEn = body.TitleEn ?? request.TitleEn, Item = body.Item ?? request.Item, Model = body.Model ?? request.Model, Serial = body.Serial ?? request.Serial,
            Conclusion = body.Conclusion ?? request.Conclusion, Grade = body.Grade ?? request.Grade, PerformedOn = body.PerformedOn ?? request.PerformedOn, ValidUntil = body.ValidUntil ?? request.ValidUntil,
        };
        return (await handler.RunAsync(request, actor, cancel)).ToHttp(texts, receipt => Results.Created(new Uri($"/api{receipt.Address}", UriKind.Relative), receipt));
    }
}
