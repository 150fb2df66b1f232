namespace Plumbline.Comparisons;

public enum ParticipantState { Applied, Confirmed, Declined, Withdrawn }

/// <summary>参比实验室: a laboratory in one comparison; the pilot laboratory is one of them.</summary>
public sealed class Participant
{
    public required Guid Id { get; init; }
    public required Guid OrganisationId { get; init; }
    public bool IsPilot { get; init; }
    /// <summary>Laboratory code in the report; given when it is confirmed.</summary>
    public string? LaboratoryCode { get; set; }
    public ParticipantState State { get; set; } = ParticipantState.Applied;
    /// <summary>计量标准: the measurement standard to be compared.</summary>
    public string? Standard { get; set; }
    /// <summary>Number of its certificate (计量标准考核证书).</summary>
    public string? Certificate { get; set; }
    /// <summary>技术联系人: whom to ask about the measurement.</summary>
    public string? ContactName { get; set; }
    public string? ContactTelephone { get; set; }
    public string? ContactEmail { get; set; }
    public string? Note { get; set; }
    /// <summary>Why it was declined or withdrew.</summary>
    public string? Reason { get; set; }
    public required DateTimeOffset AppliedAt { get; init; }
    public required Guid? AppliedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; set; }

    public List<Submission> Submissions { get; } = [];
    public Submission? Latest => Submissions.MaxBy(s => s.Version);
}

/// <summary>结果草稿: a package begun and not yet handed in. The laboratory's own people alone read it; gone once it is handed in.</summary>
public sealed class PackageDraft
{
    public required Guid ParticipantId { get; init; }
    /// <summary>The package as JSON, every figure as typed, complete or not.</summary>
    public required string Content { get; set; }
    /// <summary>Another at every saving, so that nobody overwrites what a colleague saved meanwhile.</summary>
    public required Guid Revision { get; set; }
    public required DateTimeOffset SavedAt { get; set; }
    public required Guid? SavedBy { get; set; }
}

/// <summary>A result package as a laboratory submitted it. Never changed: a correction is a new version with its reason.</summary>
public sealed class Submission
{
    public required Guid Id { get; init; }
    public required int Version { get; init; }
    public required Guid? SubmittedBy { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    /// <summary>page, file or api.</summary>
    public required string Channel { get; init; }
    public string? ReasonForChange { get; init; }
    /// <summary>True when it came after the results were opened (and before the draft report): the report says so.</summary>
    public bool AfterOpening { get; init; }
    /// <summary>Environment during the measurement.</summary>
    public string? Conditions { get; init; }
    public string? Instrument { get; init; }
    public string? InstrumentTraceability { get; init; }
    /// <summary>Measurement method in the laboratory's words.</summary>
    public string? Method { get; init; }
    /// <summary>Random bytes that keep the commitment from being guessed.</summary>
    public required byte[] Salt { get; init; }
    /// <summary>SHA-256 over salt and content, in hexadecimal: proof later that nothing changed.</summary>
    public required string Commitment { get; init; }
    public List<PointResult> Results { get; } = [];
    public List<BudgetLine> Budget { get; } = [];
    public List<SubmissionFile> Files { get; } = [];
}

/// <summary>One point of a submission: the digits as typed, and the numbers computed with.</summary>
public sealed class PointResult
{
    public required Guid Id { get; init; }
    public required Guid PointId { get; init; }
    /// <summary>The transfer standard that was measured, when several travel (star); null for the only one.</summary>
    public Guid? TransferStandardId { get; init; }
    public required string ValueText { get; init; }
    public required double Value { get; init; }
    public required string UncertaintyText { get; init; }
    /// <summary>Expanded uncertainty, greater than zero, in the comparison's unit.</summary>
    public required double ExpandedUncertainty { get; init; }
    /// <summary>Coverage factor as typed; null when a coverage probability was given instead.</summary>
    public double? CoverageFactor { get; init; }
    public double? CoverageProbability { get; init; }
    /// <summary>Effective degrees of freedom; null means infinite.</summary>
    public double? DegreesOfFreedom { get; init; }
    /// <summary>u = U/k with k given, or from probability and degrees of freedom.</summary>
    public required double StandardUncertainty { get; init; }
    public DateOnly? MeasuredOn { get; init; }
}

/// <summary>不确定度分量: one line of an uncertainty budget.</summary>
public sealed class BudgetLine
{
    public required Guid Id { get; init; }
    public required Guid PointId { get; init; }
    /// <summary>As in the result that it belongs to.</summary>
    public Guid? TransferStandardId { get; init; }
    public required int Ordinal { get; init; }
    public required string Source { get; init; }
    /// <summary>A or B.</summary>
    public required string Type { get; init; }
    public string? Distribution { get; init; }
    /// <summary>Contribution to the standard uncertainty of the result, in the comparison's unit.</summary>
    public required double Contribution { get; init; }
    public double? DegreesOfFreedom { get; init; }
}

/// <summary>A file of a submission (raw record, certificate), kept in Registry.</summary>
public sealed class SubmissionFile
{
    public required Guid Id { get; init; }
    public required Guid FileId { get; init; }
    public required string Name { get; init; }
    public required string Sha256 { get; init; }
}
