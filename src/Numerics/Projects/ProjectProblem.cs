namespace Plumbline.Numerics;

/// <summary>What is wrong with a project, as data.</summary>
/// <param name="Code">A stable name in kebab-case.</param>
/// <param name="Path">Which member, such as <c>quantities.V.half_width</c>.</param>
/// <param name="Arguments">What the sentence names, in its order.</param>
/// <param name="Suggestion">What was probably meant; null where nothing is near.</param>
/// <param name="Model">The problem of the model's text, where it is one.</param>
public sealed record ProjectProblem(string Code, string Path, string[] Arguments, string? Suggestion = null, ModelProblem? Model = null)
{
    /// <summary>The sentence in English, with the suggestion.</summary>
    public string Message => Model is not null ? $"{Path}: {Model.Message}" : $"{Path}: " + Code switch
    {
        "missing" => "is missing.",
        "unknown-member" => $"is no member of a project; possible are {Arguments[0]}.",
        "number" => $"must be a number, is {Arguments[0]}.",
        "text" => $"must be text, is {Arguments[0]}.",
        "object" => "must be an object.",
        "numbers" => "must be a list of at least two numbers.",
        "spread-missing" => $"needs one of {Arguments[0]} for the distribution {Arguments[1]}.",
        "spread-twice" => $"the spread is given twice, by {Arguments[0]} and by {Arguments[1]}.",
        "relative-twice" => "a relative spread needs an estimate and no limits.",
        "distribution" => $"'{Arguments[0]}' is no distribution; possible are {Arguments[1]}.",
        "refused" => Arguments[0],
        "pair" => "must name two quantities, as in \"V, I\".",
        "unknown-quantity" => $"'{Arguments[0]}' is no quantity of the project.",
        "together" => $"'{Arguments[0]}' has no observations, or not as many as the others.",
        "together-twice" => $"'{Arguments[0]}' is both observed together with others and correlated by declaration.",
        "not-json" => $"The file is not JSON: {Arguments[0]}.",
        _ => Code,
    } + (Suggestion is null ? "" : $" Did you mean '{Suggestion}'?");
}

/// <summary>A project cannot be read.</summary>
public sealed class ProjectFormatException : FormatException
{
    internal ProjectFormatException(IReadOnlyList<ProjectProblem> problems) : base(string.Join("\n", problems.Select(p => p.Message))) => Problems = problems;

    /// <summary>Everything that is wrong, in the order of the file.</summary>
    public IReadOnlyList<ProjectProblem> Problems { get; }
}
