namespace Plumbline.Comparisons;

/// <summary>The timetable of a fictitious comparison, laid so that today falls into the state where it stops.</summary>
internal sealed record StoryPlan(DateOnly Start, DateOnly EnrolmentDue, DateOnly Circulation, DateOnly CirculationEnds, DateOnly ResultsDue)
{
    public const int StayDays = 7, TransportDays = 3;

    public static StoryPlan Of(Story story, DateOnly today)
    {
        var stays = story.Results.Count + (story.Route == RouteKind.Petal ? 3 : 1);
        var length = Math.Max(stays, 3) * (StayDays + TransportDays);
        var daysBefore = story.Until switch
        {
            ComparisonState.Draft => 1,
            ComparisonState.Proposed => 2,
            ComparisonState.Approved => 6,
            ComparisonState.Preparing => 40,
            ComparisonState.Enrolling => 62,
            ComparisonState.Circulating => 80 + length / 2,
            ComparisonState.Collecting => 80 + length + 4,
            ComparisonState.Evaluating => 80 + length + 14,
            ComparisonState.DraftReport => 80 + length + 20,
            _ => 80 + length + 90,
        };
        var start = today.AddDays(-daysBefore);
        return new(start, start.AddDays(72), start.AddDays(80), start.AddDays(80 + length), start.AddDays(80 + length + 10));
    }
}
