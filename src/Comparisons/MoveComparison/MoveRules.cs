using Plumbline.Interface;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

/// <summary>What a move asks of the person who makes it.</summary>
internal static class MoveRules
{
    /// <summary>Who drafted or proposed cannot approve, even with the right role in the regulator.</summary>
    public static IEnumerable<Refusal> FourEyes(Comparison comparison, IEnumerable<ComparisonEvent> history, Actor actor)
    {
        if (actor.PersonId is { } person && (comparison.CreatedBy == person || history.Any(e => e.Action is "draft" or "propose" && e.PersonId == person)))
            yield return new("four-eyes", null, actor.Name);
    }

    public static IEnumerable<Refusal> Asked(string action, MoveRequest request)
    {
        if (action is "return" or "cancel" && string.IsNullOrWhiteSpace(request.Note))
            yield return new("reason-missing", "Note");
        if (request.Note?.Length > 2000)
            yield return new("text-too-long", "Note", request.Note.Length, 2000);
        if (action == "accept" && !request.DutiesConfirmed)
            yield return new("duties-unconfirmed", "DutiesConfirmed");
    }

    /// <summary>What to weigh before the standards set out. Class B is the kind in which nobody must take part.</summary>
    public static IEnumerable<Refusal> BeforeCirculation(Comparison comparison, Rule classBMinimum, DateTimeOffset now)
    {
        var confirmed = comparison.Confirmed.Count();
        if (comparison is { Level: ComparisonLevel.National, Mandatory: false } && confirmed < classBMinimum.WholeAmount)
            yield return new("few-participants", null, confirmed, classBMinimum.WholeAmount);
        if (now < comparison.EnrolmentDue)
            yield return new("enrolment-still-open", null, comparison.EnrolmentDue);
    }
}
