using System.Globalization;

namespace Plumbline.Registry;

/// <summary>规则表: the rules of one field of work, such as CMP for comparisons.</summary>
public sealed class RuleTable
{
    public required string Code { get; init; }
    public required string Title { get; set; }
    public required string TitleEn { get; set; }
}

/// <summary>What a rule's value is.</summary>
public enum RuleKind
{
    Deadline,
    Window,
    Minimum,
    Maximum,
    Fixed,
    /// <summary>How long a certificate or exemption holds.</summary>
    Validity,
    Cycle,
    /// <summary>The day from which a regulation holds.</summary>
    Effective,
    /// <summary>The border between acceptable and not.</summary>
    Limit,
    /// <summary>Significance level of a test.</summary>
    Level,
    /// <summary>A rule in words.</summary>
    Statement,
    Target,
    Statistic,
    Example,
}

/// <summary>How well a rule's value is known.</summary>
public enum RuleStatus
{
    /// <summary>Read in the named source.</summary>
    Found,
    /// <summary>Stands in the policy documents the platform is built on.</summary>
    Seed,
    /// <summary>From memory or our own choice: pages say so beside the number.</summary>
    Unverified,
}

public enum RuleState
{
    /// <summary>Waits for a second person.</summary>
    Proposed,
    InForce,
    Rejected,
    /// <summary>Replaced for its whole period.</summary>
    Superseded,
}

/// <summary>规则: one number or statement that a regulation, a standard or this platform lays down, with its source and the days on which it holds.</summary>
public sealed class Rule
{
    public required Guid Id { get; init; }
    /// <summary>Stable code, such as <c>CMP.project-months</c>. Rows of one code follow each other in time.</summary>
    public required string Code { get; init; }
    public required string Table { get; init; }
    public required string Item { get; init; }
    public required string ItemEn { get; init; }
    /// <summary>The value as the source writes it.</summary>
    public required string Value { get; init; }
    /// <summary>The value as a number; null for dates and statements.</summary>
    public double? Number { get; init; }
    /// <summary>English word or symbol of the unit (<c>month</c>, <c>working day</c>, <c>%</c>); null for a pure number.</summary>
    public string? Unit { get; init; }
    public required RuleKind Kind { get; init; }
    public required string Source { get; init; }
    public string? Clause { get; init; }
    /// <summary>First day; null when it always held.</summary>
    public DateOnly? ValidFrom { get; init; }
    /// <summary>Last day; null while none is set.</summary>
    public DateOnly? ValidTo { get; set; }
    public required RuleStatus Status { get; init; }
    public string? Note { get; init; }
    public RuleState State { get; set; } = RuleState.InForce;
    /// <summary>Null when the rule came with the software.</summary>
    public Guid? ProposedBy { get; init; }
    public string? ProposedByName { get; init; }
    public required DateTimeOffset ProposedAt { get; init; }
    /// <summary>Why the value changes.</summary>
    public string? Reason { get; init; }
    public Guid? DecidedBy { get; set; }
    public string? DecidedByName { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? DecisionNote { get; set; }
    public int Version { get; set; }

    /// <summary>The number, where the caller knows that there must be one.</summary>
    public double Amount => Number ?? throw new InvalidOperationException($"Rule {Code} has no number: its value is '{Value}'.");

    public int WholeAmount => checked((int)Math.Round(Amount));

    public bool IsVerified => Status != RuleStatus.Unverified;

    public bool HoldsOn(DateOnly day) =>
        State == RuleState.InForce && (ValidFrom is not { } from || from <= day) && (ValidTo is not { } to || day <= to);

    /// <summary>Source and clause in one line.</summary>
    public string Reference => string.IsNullOrEmpty(Clause) ? Source : string.Create(CultureInfo.InvariantCulture, $"{Source} {Clause}");
}
