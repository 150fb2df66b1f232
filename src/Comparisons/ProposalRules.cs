using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>An earlier comparison, near enough in time to forbid another on the same subject.</summary>
public sealed record EarlierComparison(string Code, string Title, string Quantity, DateTimeOffset Since);

/// <summary>What a proposal is held against: the time, the rules in force and what was compared before.</summary>
public sealed record ProposalContext(DateTimeOffset Now, Rule ProjectMonths, Rule RepeatYears, IReadOnlyList<EarlierComparison> Earlier);

/// <summary>When a draft is complete and may be proposed. What rests on a rule that binds refuses; what does not, warns.</summary>
public static class ProposalRules
{
    /// <summary>Everything that is missing or forbidden; empty when the comparison may be proposed.</summary>
    public static IEnumerable<Refusal> Refusals(Comparison comparison, ProposalContext context) =>
        Missing(comparison).Concat(Dates(comparison, context)).Concat(Limits(comparison, context).Where(l => l.Binds).Select(l => l.Refusal));

    /// <summary>What the regulator should weigh though it does not stand in the way.</summary>
    public static IEnumerable<Refusal> Warnings(Comparison comparison, ProposalContext context) =>
        Limits(comparison, context).Where(l => !l.Binds).Select(l => l.Refusal);

    private static readonly (string Field, string Code)[] Needed =
    [
        ("Level", "level-missing"), ("Field", "field-missing"), ("Pilot", "pilot-missing"), ("Regulator", "regulator-missing"),
        ("EnrolmentDue", "enrolment-due-missing"), ("ResultsDue", "results-due-missing"),
    ];

    private static IEnumerable<Refusal> Missing(Comparison comparison)
    {
        foreach (var (field, code) in Needed.Where(n => !comparison.IsDecided(n.Field)))
            yield return new(code, field);
        if (string.IsNullOrWhiteSpace(comparison.Purpose))
            yield return new("purpose-missing", "Purpose");
        if (string.IsNullOrWhiteSpace(comparison.Quantity))
            yield return new("quantity-missing", "Quantity");
        if (string.IsNullOrWhiteSpace(comparison.Unit))
            yield return new("unit-missing", "Unit");
        if (comparison.Points.Count == 0)
            yield return new("points-missing", "Points");
        foreach (var (index, point) in comparison.Points.Index())
        {
            if (point.NominalText.Length == 0)
                yield return new("nominal-missing", $"Points[{index}].Nominal", point.Label);
            if (point.TargetUncertainty is null)
                yield return new("target-missing", $"Points[{index}].TargetUncertainty", point.Label);
        }
        if (comparison.TransferStandards.Count == 0)
            yield return new("standards-missing", "TransferStandards");
        foreach (var (index, standard) in comparison.TransferStandards.Index())
        {
            if (string.IsNullOrWhiteSpace(standard.Name))
                yield return new("standard-name-missing", $"TransferStandards[{index}].Name");
            if (string.IsNullOrWhiteSpace(standard.Traceability))
                yield return new("traceability-missing", $"TransferStandards[{index}].Traceability", standard.Name);
        }
    }

    private static IEnumerable<Refusal> Dates(Comparison comparison, ProposalContext context)
    {
        if (comparison.IsDecided("EnrolmentDue") && comparison.EnrolmentDue <= context.Now)
            yield return new("enrolment-past", "EnrolmentDue", comparison.EnrolmentDue);
        if (comparison.IsDecided("EnrolmentDue") && comparison.IsDecided("ResultsDue") && comparison.ResultsDue <= comparison.EnrolmentDue)
            yield return new("results-before-enrolment", "ResultsDue", comparison.ResultsDue, comparison.EnrolmentDue);
    }

    // The programme's rules are written for national comparisons; others should know of them.
    private static IEnumerable<(Refusal Refusal, bool Binds)> Limits(Comparison comparison, ProposalContext context)
    {
        var national = comparison.Level == ComparisonLevel.National;
        var latest = context.Now.AddMonths(context.ProjectMonths.WholeAmount);
        if (comparison.ResultsDue > latest)
            yield return (new("project-too-long", "ResultsDue", comparison.ResultsDue, context.ProjectMonths.WholeAmount, latest), national && Binds(context.ProjectMonths));
        foreach (var earlier in Repeats(comparison.Quantity, context))
            yield return (new("subject-repeated", "Quantity", earlier.Code, earlier.Title, earlier.Since, context.RepeatYears.WholeAmount), national && Binds(context.RepeatYears));
    }

    private static IEnumerable<EarlierComparison> Repeats(string quantity, ProposalContext context)
    {
        var (subject, since) = (Subject(quantity), context.Now.AddYears(-context.RepeatYears.WholeAmount));
        return subject.Length == 0 ? [] : context.Earlier.Where(e => e.Since > since && Subject(e.Quantity) == subject);
    }

    /// <summary>Whether a rule refuses, or only warns: one from memory and one that merely describes cannot refuse anybody anything.</summary>
    public static bool Binds(Rule rule) =>
        rule.IsVerified && rule.Kind is RuleKind.Minimum or RuleKind.Maximum or RuleKind.Limit or RuleKind.Fixed or RuleKind.Deadline;

    // Full-width letters, spaces and brackets do not make another subject.
    private static string Subject(string quantity) =>
        string.Concat(quantity.Select(c => c is >= '！' and <= '～' ? (char)(c - '！' + '!') : c).Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
