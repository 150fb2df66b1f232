using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>A new value of a rule, or a new rule, as typed. Empty parts of a rule that exists stay as they are.</summary>
internal sealed record ProposeRuleRequest
{
    public string? Code { get; init; }
    public string? Table { get; init; }
    public string? Item { get; init; }
    public string? ItemEn { get; init; }
    public string? Value { get; init; }
    public string? Number { get; init; }
    public string? Unit { get; init; }
    public string? Kind { get; init; }
    public string? Source { get; init; }
    public string? Clause { get; init; }
    /// <summary>First day of the new value, <c>yyyy-MM-dd</c>.</summary>
    public string? ValidFrom { get; init; }
    public string? Status { get; init; }
    public string? Note { get; init; }
    /// <summary>Why the value changes.</summary>
    public string? Reason { get; init; }
}

/// <summary>The first pair of the four eyes: an officer of the national regulator proposes, nothing changes yet.</summary>
internal sealed partial class ProposeRule(PlumblineDb db, Actor actor, Notices notices, LocalTime time)
{
    public async Task<Outcome<Rule>> RunAsync(ProposeRuleRequest request, CancellationToken cancel = default)
    {
        var outcome = await PrepareAsync(request, "", cancel);
        if (!outcome.Accepted)
            return outcome;
        await AddAsync([outcome.Value!], cancel);
        return outcome;
    }

    /// <summary>Checks a proposal and fills it in from the rule in force, without adding it.</summary>
    /// <param name="request">What is proposed.</param>
    /// <param name="place">Precedes the field's name in refusals: the row of a table.</param>
    /// <param name="cancel">Stops the work.</param>
    public async Task<Outcome<Rule>> PrepareAsync(ProposeRuleRequest request, string place, CancellationToken cancel)
    {
        if (!RulePowers.MayChange(actor))
            return OutcomeKind.Forbidden;
        var code = request.Code?.Trim() ?? "";
        var rows = await db.Rules.AsNoTracking().Where(r => r.Code == code && (r.State == RuleState.InForce || r.State == RuleState.Proposed)).ToListAsync(cancel);
        var current = rows.Where(r => r.State == RuleState.InForce).MaxBy(r => r.ValidFrom ?? DateOnly.MinValue);
        var tables = await db.RuleTables.Select(t => t.Code).ToListAsync(cancel);
        var filled = FillIn(request with { Code = code }, current);
        var refusals = Check(filled, current, rows.Exists(r => r.State == RuleState.Proposed), tables, time.Today).Select(r => r with { Field = place + r.Field }).ToArray();
        return refusals.Length > 0 ? refusals : ToRule(filled);
    }

    public async Task AddAsync(IReadOnlyList<Rule> proposals, CancellationToken cancel)
    {
        db.Rules.AddRange(proposals);
        foreach (var organisation in await db.Organisations.Where(o => o.Kind == OrganisationKind.NationalRegulator).Select(o => o.Id).ToListAsync(cancel))
            await notices.AddToRoleAsync(organisation, [Role.RegulatorOfficer], "rule-proposed", "/rules/proposals", [actor.Name, proposals.Count, proposals[0].Code], cancel);
        await db.SaveChangesAsync(cancel);
    }

    private static ProposeRuleRequest FillIn(ProposeRuleRequest request, Rule? current) => request with
    {
        Table = Or(request.Table, current?.Table), Item = Or(request.Item, current?.Item), ItemEn = Or(request.ItemEn, current?.ItemEn),
        Unit = Or(request.Unit, current?.Unit), Kind = Or(request.Kind, current?.Kind.ToString()), Source = Or(request.Source, current?.Source),
        Clause = request.Clause ?? current?.Clause, Status = Or(request.Status, current?.Status.ToString()),
    };

    internal static IEnumerable<Refusal> Check(ProposeRuleRequest request, Rule? current, bool isPending, IReadOnlyCollection<string> tables, DateOnly today)
    {
        if (!CodeForm().IsMatch(request.Code!) || request.Code!.Length > 80)
            yield return new("rule-code", "code", request.Code);
        if (isPending)
            yield return new("rule-pending", "code", request.Code);
        if (!tables.Contains(request.Table ?? ""))
            yield return new("rule-table", "table", request.Table, string.Join(", ", tables));
        foreach (var (field, text) in new[] { ("item", request.Item), ("itemEn", request.ItemEn), ("value", request.Value), ("source", request.Source), ("reason", request.Reason) })
        {
            if (string.IsNullOrWhiteSpace(text))
                yield return new("rule-missing", field, field);
        }
        if (!string.IsNullOrWhiteSpace(request.Number) && ReadNumber(request.Number) is null)
            yield return new("rule-number", "number", request.Number);
        else if (current?.Number is not null && string.IsNullOrWhiteSpace(request.Number))
            yield return new("rule-number-needed", "number", current.Code);
        // Whoever asks for the rule counts in its unit.
        if (current is not null && !string.Equals(request.Unit ?? "", current.Unit ?? "", StringComparison.Ordinal))
            yield return new("rule-unit", "unit", request.Unit, current.Unit ?? "1");
        if (!Enum.TryParse<RuleKind>(request.Kind, out var kind) || !Enum.IsDefined(kind))
            yield return new("rule-kind", "kind", request.Kind, string.Join(", ", Enum.GetNames<RuleKind>()));
        if (!Enum.TryParse<RuleStatus>(request.Status, out var status) || !Enum.IsDefined(status))
            yield return new("rule-status", "status", request.Status, string.Join(", ", Enum.GetNames<RuleStatus>()));
        // What was decided by the old value stays decided.
        if (ReadDay(request.ValidFrom) is not { } from || from < today)
            yield return new("rule-from", "validFrom", request.ValidFrom, today);
        else if (current?.ValidFrom is { } since && from <= since)
            yield return new("rule-before-current", "validFrom", from, since);
    }

    private Rule ToRule(ProposeRuleRequest request) => new()
    {
        Id = Guid.CreateVersion7(time.Now), Code = request.Code!, Table = request.Table!, Item = request.Item!.Trim(), ItemEn = request.ItemEn!.Trim(),
        Value = request.Value!.Trim(), Number = ReadNumber(request.Number), Unit = string.IsNullOrWhiteSpace(request.Unit) ? null : request.Unit.Trim(),
        Kind = Enum.Parse<RuleKind>(request.Kind!), Source = request.Source!.Trim(), Clause = string.IsNullOrWhiteSpace(request.Clause) ? null : request.Clause.Trim(),
        ValidFrom = ReadDay(request.ValidFrom), Status = Enum.Parse<RuleStatus>(request.Status!), Note = string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim(),
        State = RuleState.Proposed, ProposedBy = actor.PersonId, ProposedByName = actor.Name, ProposedAt = time.Now, Reason = request.Reason!.Trim(),
    };

    private static string? Or(string? given, string? otherwise) => string.IsNullOrWhiteSpace(given) ? otherwise : given.Trim();

    private static double? ReadNumber(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static DateOnly? ReadDay(string? text) => DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    [GeneratedRegex(@"^[A-Z][A-Z-]*\.[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex CodeForm();
}

internal static class RulePowers
{
    /// <summary>Officers of the national regulator propose and approve; the same person never does both.</summary>
    public static bool MayChange(Actor actor) => actor.Roles.Any(r => r is { Kind: OrganisationKind.NationalRegulator, Role: Role.RegulatorOfficer });
}
