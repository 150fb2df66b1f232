namespace Plumbline.Comparisons;

/// <summary>评价: one run of the evaluation with everything needed to repeat it to the same digits. Appended, never changed.</summary>
public sealed class Evaluation
{
    public required Guid Id { get; init; }
    public required Guid ComparisonId { get; init; }
    public required int Number { get; init; }
    public required string EngineVersion { get; init; }
    /// <summary>JSON of the inputs, options included.</summary>
    public required string Input { get; init; }
    public required string InputSha256 { get; init; }
    /// <summary>JSON of every figure.</summary>
    public required string Result { get; init; }
    public required string ResultSha256 { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>总结报告: a draft or the final one, made from one evaluation. Appended, never changed.</summary>
public sealed class Report
{
    public required Guid Id { get; init; }
    public required Guid ComparisonId { get; init; }
    public required Guid EvaluationId { get; init; }
    public required int Number { get; init; }
    public required bool IsFinal { get; init; }
    /// <summary>Until when participants may comment on a draft.</summary>
    public DateTimeOffset? CommentsDue { get; init; }
    /// <summary>The pilot laboratory's words, in both languages.</summary>
    public required string Conclusion { get; init; }
    public string? ConclusionEn { get; init; }
    /// <summary>Problems found and advice.</summary>
    public string? Advice { get; init; }
    public string? AdviceEn { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public List<ReportFile> Files { get; } = [];
}

/// <summary>An issued document: its bytes are stored and never rendered again.</summary>
public sealed class ReportFile
{
    public required Guid Id { get; init; }
    /// <summary>zh or en.</summary>
    public required string Language { get; init; }
    /// <summary>pdf, html, xlsx, csv or json.</summary>
    public required string Format { get; init; }
    /// <summary>The participant whose line is named in a coded draft; null for the common document.</summary>
    public Guid? ParticipantId { get; init; }
    public required string Sha256 { get; init; }
    public required byte[] Content { get; init; }
}

/// <summary>意见: what a participant says about a draft report. Appended; the answer is an entry of its own.</summary>
public sealed class ReportComment
{
    public required Guid Id { get; init; }
    public required Guid ReportId { get; init; }
    public required Guid ParticipantId { get; init; }
    /// <summary>The comment that this answers; null for a comment.</summary>
    public Guid? AnswerTo { get; init; }
    public required string Text { get; init; }
    /// <summary>The laboratory has no objection: when every one says so, nobody waits for the end of the period.</summary>
    public bool Agrees { get; init; }
    public required string WrittenBy { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }
}
