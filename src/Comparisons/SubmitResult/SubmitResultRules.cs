using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>What the rules look at besides the package itself.</summary>
internal sealed record SubmissionCircumstances(Comparison Comparison, Participant Participant, int LatestVersion, bool PilotHasSubmitted, bool DraftIssued, DateTimeOffset Now);

/// <summary>JJF 1117: whose results are taken, until when, and how they may still be corrected. Pure.</summary>
internal static class SubmitResultRules
{
    private const int LongestText = 4_000;
    private const int MostDraftBytes = 2 * 1024 * 1024;

    /// <summary>What a laboratory may confirm that it means.</summary>
    public static bool CanBeConfirmed(Refusal refusal) => refusal.Code is "results-outside-limits" or "results-budget-disagrees";

    public static IEnumerable<Refusal> Refusals(SubmissionCircumstances now, SubmitResultRequest request)
    {
        var (comparison, isCorrection) = (now.Comparison, now.LatestVersion > 0);
        if (now.Participant.State != ParticipantState.Confirmed)
            yield return new("results-not-confirmed", null, now.Participant.State);
        // Before the draft report a participant may correct in writing, with reasons; after it a correction no longer counts.
        if (now.DraftIssued || comparison.State is ComparisonState.DraftReport or ComparisonState.Published)
            yield return new("results-after-draft");
        else if (!IsOpen(comparison.State, isCorrection))
            yield return new("results-state", null, comparison.State);
        else if (!isCorrection && now.Now > comparison.ResultsDue)
            yield return new("results-late", null, comparison.ResultsDue);
        // The pilot laboratory cannot fit its own result to what the others report.
        if (!now.Participant.IsPilot && !now.PilotHasSubmitted)
            yield return new("results-pilot-first");
        if (isCorrection && string.IsNullOrWhiteSpace(request.ReasonForChange))
            yield return new("results-reason-missing", "ReasonForChange", now.LatestVersion);
        foreach (var (field, text) in Texts(request))
        {
            if (text?.Length > LongestText)
                yield return new("results-text-too-long", field, text.Length, LongestText);
            if (text?.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t')) == true)
                yield return new("results-text-control", field);
        }
    }

    /// <summary>What keeps a package from being kept as a draft. It may be incomplete and wrong, but everything in it must have its place in the form.</summary>
    public static IEnumerable<Refusal> DraftRefusals(SubmissionCircumstances now, SubmitResultRequest request, int bytes)
    {
        var comparison = now.Comparison;
        if (now.Participant.State != ParticipantState.Confirmed)
            yield return new("results-not-confirmed", null, now.Participant.State);
        if (now.DraftIssued || comparison.State is ComparisonState.DraftReport or ComparisonState.Published)
            yield return new("results-after-draft");
        else if (!IsOpen(comparison.State, isCorrection: now.LatestVersion > 0))
            yield return new("results-state", null, comparison.State);
        if (bytes > MostDraftBytes)
            yield return new("results-draft-too-large", null, bytes / 1024, MostDraftBytes / 1024);
        var (slots, seen) = (comparison.SlotsOf(now.Participant), new HashSet<ResultSlot>());
        foreach (var (i, point) in request.Points.Index())
        {
            if (point.IsBlank)
                continue;
            if (slots.Find(point.Point, point.TransferStandard) is not { } slot)
                yield return new("results-point-unknown", $"Points[{i}].Point", point.Point?.Trim() ?? "", string.Join("、", slots.Select(s => s.Point.Ordinal).Distinct()));
            else if (!seen.Add(slot))
                yield return new("results-point-twice", $"Points[{i}].Point", slot.Name);
            else if (!string.IsNullOrWhiteSpace(point.Unit) && !ReportedUnit.IsSame(point.Unit, comparison.Unit))
                yield return new("results-unit-differs", $"Points[{i}].Unit", slot.Name, point.Unit.Trim(), comparison.Unit);
        }
    }

    private static bool IsOpen(ComparisonState state, bool isCorrection) =>
        state is ComparisonState.Circulating or ComparisonState.Collecting || (isCorrection && state == ComparisonState.Evaluating);

    private static IEnumerable<(string Field, string? Text)> Texts(SubmitResultRequest request) =>
    [
        ("Conditions", request.Conditions), ("Instrument", request.Instrument), ("InstrumentTraceability", request.InstrumentTraceability),
        ("Method", request.Method), ("ReasonForChange", request.ReasonForChange),
    ];
}
