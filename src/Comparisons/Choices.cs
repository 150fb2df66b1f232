using Plumbline.Interface;

namespace Plumbline.Comparisons;

/// <summary>How a choice is refused that was not made, or that there is none of: naming those there are.</summary>
internal static class Choices
{
    public static Refusal Unknown<TChoice>(string field, string? given) where TChoice : struct, Enum =>
        Unknown(field, given, Enum.GetValues<TChoice>().Select(choice => (Enum)choice).ToArray());

    /// <param name="expected">The choices themselves, which are named in the reader's language, or a text such as <c>1 … 3</c>.</param>
    public static Refusal Unknown(string field, object? given, object expected) =>
        new(string.IsNullOrWhiteSpace($"{given}") ? "choice-missing" : "choice-unknown", field, given, expected);
}
