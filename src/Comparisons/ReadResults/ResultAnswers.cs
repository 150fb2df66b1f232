namespace Plumbline.Comparisons;

/// <summary>The received results, as a program reads them.</summary>
/// <param name="Received">How many laboratories have handed in.</param>
/// <param name="Expected">How many laboratories take part.</param>
public sealed record ResultsAnswer(string Comparison, ComparisonState State, bool Opened, int Received, int Expected, IReadOnlyList<PackageAnswer> Packages)
{
    public static ResultsAnswer Of(ReceivedResults found) => new(found.Comparison.Code, found.Comparison.State, found.Opened, found.Received, found.Comparison.Confirmed.Count(),
        [.. found.Packages.Select(p => new PackageAnswer(p.LaboratoryCode, p.Name, p.Versions, p.ReceivedAt, [.. p.Submissions.Select(s => SubmissionAnswer.Of(found.Comparison, s))]))]);
}

/// <summary>What one laboratory handed in; without submissions where the reader may not see them.</summary>
public sealed record PackageAnswer(string? Laboratory, string? Name, int Versions, DateTimeOffset? ReceivedAt, IReadOnlyList<SubmissionAnswer> Submissions);

/// <summary>A laboratory's own version with what proves it: whoever has salt and content repeats the commitment.</summary>
public sealed record ReceiptAnswer(string Comparison, string? Laboratory, int Version, DateTimeOffset SubmittedAt, string Channel, string Commitment, string Salt, string Content, bool Intact, long? LogEntry, SubmissionAnswer Package)
{
    public static ReceiptAnswer Of(OwnPackage own) => new(own.Comparison.Code, own.Participant.LaboratoryCode, own.Submission.Version, own.Submission.SubmittedAt, own.Submission.Channel, own.Submission.Commitment,
        Convert.ToHexStringLower(own.Submission.Salt), own.Content, own.Intact, own.LogEntry, SubmissionAnswer.Of(own.Comparison, own.Submission));
}

public sealed record SubmissionAnswer(int Version, DateTimeOffset SubmittedAt, string Channel, string? ReasonForChange, bool AfterOpening, string Commitment, string? Conditions, string? Instrument, string? InstrumentTraceability,
    string? Method, string Unit, IReadOnlyList<ResultAnswer> Results, IReadOnlyList<BudgetAnswer> Budget, IReadOnlyList<RecordAnswer> Files)
{
    public static SubmissionAnswer Of(Comparison comparison, Submission submission)
    {
        var points = comparison.Points.ToDictionary(p => p.Id, p => p.Ordinal);
        var standards = comparison.TransferStandards.ToDictionary(s => s.Id, s => s.Ordinal);
        return new(submission.Version, submission.SubmittedAt, submission.Channel, submission.ReasonForChange, submission.AfterOpening, submission.Commitment, submission.Conditions, submission.Instrument,
            submission.InstrumentTraceability, submission.Method, comparison.Unit,
            [.. submission.Results.OrderBy(r => points[r.PointId]).Select(r => new ResultAnswer(points[r.PointId], Standard(r.TransferStandardId), r.ValueText, r.UncertaintyText, r.CoverageFactor, r.CoverageProbability,
                r.DegreesOfFreedom, r.StandardUncertainty, r.MeasuredOn))],
            [.. submission.Budget.OrderBy(l => points[l.PointId]).ThenBy(l => l.Ordinal).Select(l => new BudgetAnswer(points[l.PointId], Standard(l.TransferStandardId), l.Source, l.Type, l.Distribution, l.Contribution, l.DegreesOfFreedom))],
            [.. submission.Files.Select(f => new RecordAnswer(f.Name, f.Sha256, $"/files/{f.FileId}"))]);

        int? Standard(Guid? id) => id is { } known ? standards[known] : null;
    }
}

/// <param name="Value">The digits as they were typed.</param>
/// <param name="Uncertainty">Expanded uncertainty, the digits as they were typed.</param>
public sealed record ResultAnswer(int Point, int? TransferStandard, string Value, string Uncertainty, double? CoverageFactor, double? CoverageProbability, double? DegreesOfFreedom, double StandardUncertainty, DateOnly? MeasuredOn);

public sealed record BudgetAnswer(int Point, int? TransferStandard, string Source, string Type, string? Distribution, double Contribution, double? DegreesOfFreedom);

public sealed record RecordAnswer(string Name, string Sha256, string Address);
