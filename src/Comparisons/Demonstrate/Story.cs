namespace Plumbline.Comparisons;

/// <summary>One laboratory's result in a story, as typed.</summary>
internal sealed record StoryResult(string Laboratory, string Value, string Uncertainty, string CoverageFactor = "2", string? DegreesOfFreedom = null);

/// <summary>A worked example: what is compared, who takes part, what they report, and how far it has come.</summary>
internal sealed record Story
{
    /// <summary>Short name by which a second start knows that the story is there: the comparison's English title.</summary>
    public required string TitleEn { get; init; }
    public required string Title { get; init; }
    public string? Purpose { get; init; }
    public string? PurposeEn { get; init; }
    public ComparisonLevel Level { get; init; } = ComparisonLevel.National;
    public required MeasurementField Field { get; init; }
    public required string Quantity { get; init; }
    public required string QuantityEn { get; init; }
    public required string Unit { get; init; }
    public required string Point { get; init; }
    public required string Nominal { get; init; }
    public string? LowerLimit { get; init; }
    public string? UpperLimit { get; init; }
    /// <summary>Standard uncertainty that the comparison is meant to test; invented examples scale their preparation data by it.</summary>
    public required string TargetUncertainty { get; init; }
    public required string Standard { get; init; }
    public required string StandardEn { get; init; }
    public string? Model { get; init; }
    public string? Traceability { get; init; }
    public RouteKind Route { get; init; } = RouteKind.Ring;
    public ReferenceMethod Method { get; init; } = ReferenceMethod.WeightedMean;
    public bool Names { get; init; }
    public required ComparisonState Until { get; init; }
    public required IReadOnlyList<StoryResult> Results { get; init; }
    public string? Conclusion { get; init; }
    public string? ConclusionEn { get; init; }
}

/// <summary>Facts taken from a publication: the laboratories by their own names, the figures as printed.</summary>
internal sealed record PublishedStory
{
    public required string TitleEn { get; init; }
    public required string Title { get; init; }
    public required string Source { get; init; }
    public required MeasurementField Field { get; init; }
    public required string Quantity { get; init; }
    public required string QuantityEn { get; init; }
    public required string Unit { get; init; }
    public required string Point { get; init; }
    public required string PointEn { get; init; }
    public required string Nominal { get; init; }
    public required string Standard { get; init; }
    public required string StandardEn { get; init; }
    public required string Pilot { get; init; }
    public required ReferenceMethod Method { get; init; }
    public bool PilotContributes { get; init; } = true;
    public required string Conclusion { get; init; }
    public required string ConclusionEn { get; init; }
    public required IReadOnlyList<StoryResult> Results { get; init; }
}
