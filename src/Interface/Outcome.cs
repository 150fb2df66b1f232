namespace Plumbline.Interface;

/// <summary>Why a request is refused. The text is looked up as <c>refusal.{Code}</c> in the reader's language and formatted with the arguments.</summary>
/// <param name="Code">Stable English code, such as <c>results-late</c>.</param>
/// <param name="Field">Name of the field at fault, as posted; null when the request as a whole is refused.</param>
/// <param name="Arguments">What the text names: the value given and what is expected.</param>
public sealed record Refusal(string Code, string? Field = null, params object?[] Arguments);

public enum OutcomeKind
{
    Accepted,
    /// <summary>What was asked breaks rules that the person can mend.</summary>
    Refused,
    NotFound,
    /// <summary>The person may not do this, whatever they enter.</summary>
    Forbidden,
    /// <summary>Somebody else changed the same thing meanwhile.</summary>
    Conflict,
}

/// <summary>What came of a request: a value, or why not. Never both.</summary>
public sealed record Outcome<T>
{
    public OutcomeKind Kind { get; private init; }
    public T? Value { get; private init; }
    public IReadOnlyList<Refusal> Refusals { get; private init; } = [];
    public bool Accepted => Kind == OutcomeKind.Accepted;

    public static implicit operator Outcome<T>(T value) => new() { Kind = OutcomeKind.Accepted, Value = value };
    public static implicit operator Outcome<T>(Refusal[] refusals) => new() { Kind = OutcomeKind.Refused, Refusals = refusals };
    public static implicit operator Outcome<T>(List<Refusal> refusals) => new() { Kind = OutcomeKind.Refused, Refusals = refusals };
    public static implicit operator Outcome<T>(Refusal refusal) => new() { Kind = OutcomeKind.Refused, Refusals = [refusal] };
    public static implicit operator Outcome<T>(OutcomeKind kind) => kind switch
    {
        OutcomeKind.NotFound => new() { Kind = kind, Refusals = [new("not-found")] },
        OutcomeKind.Forbidden => new() { Kind = kind, Refusals = [new("forbidden")] },
        OutcomeKind.Conflict => new() { Kind = kind, Refusals = [new("conflict")] },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An accepted outcome carries a value and a refused one its reasons."),
    };
}

/// <summary>Nothing to say but that it was done.</summary>
public sealed record Done
{
    public static readonly Done It = new();
}
