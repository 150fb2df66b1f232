using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Plumbline.Interface;

/// <summary>One reason in a problem document.</summary>
public sealed record ProblemReason(string Code, string? Field, string Message);

/// <summary>Turns an outcome into an HTTP answer: the value, or problem details (RFC 9457) with every reason in the reader's language.</summary>
public static class ProblemResults
{
    public static IResult ToHttp<T>(this Outcome<T> outcome, Texts texts, Func<T, IResult>? accepted = null) =>
        outcome.Accepted
            ? accepted?.Invoke(outcome.Value!) ?? Results.Ok(outcome.Value)
            : Problem(texts, StatusOf(outcome.Kind), outcome.Refusals);

    public static IResult Problem(Texts texts, int status, params IReadOnlyList<Refusal> refusals) => Results.Problem(Describe(texts, status, refusals));

    public static ProblemDetails Describe(Texts texts, int status, IReadOnlyList<Refusal> refusals) => new()
    {
        Type = $"urn:plumbline:problem:{status}",
        Title = texts[$"problem.{status}"],
        Status = status,
        Extensions = { ["refusals"] = refusals.Select(r => new ProblemReason(r.Code, r.Field, texts.Of(r))).ToArray() },
    };

    public static int StatusOf(OutcomeKind kind) => kind switch
    {
        OutcomeKind.NotFound => StatusCodes.Status404NotFound,
        OutcomeKind.Forbidden => StatusCodes.Status403Forbidden,
        OutcomeKind.Conflict => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
