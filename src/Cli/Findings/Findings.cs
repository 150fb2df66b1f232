using System.Text.Json.Nodes;

namespace Plumbline.Cli;

/// <summary>What a command found: the same content printed for a terminal, as a report, as pictures and, with every digit, as JSON.</summary>
internal sealed record Findings
{
    /// <summary>What was done with which file, in the reader's language.</summary>
    public required string Title { get; init; }

    /// <summary>Single figures in order; labels may carry the marks of <c>MathText</c>, values are as they stand.</summary>
    public List<Fact> Facts { get; } = [];

    public List<FindingTable> Tables { get; } = [];

    /// <summary>What a reader must know: warnings, and what a figure is not.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The first is the one that <c>--chart</c> draws unless another is named.</summary>
    public List<FindingChart> Charts { get; } = [];

    /// <summary>Everything computed, unrounded.</summary>
    public JsonObject Json { get; } = [];
}

internal sealed record Fact(string Label, string Value);

/// <param name="Caption">What the table shows.</param>
/// <param name="Head">Column heads; texts may carry the marks of <c>MathText</c>.</param>
/// <param name="Left">Columns of words, set to the left.</param>
internal sealed record FindingTable(string Caption, string[] Head, params int[] Left)
{
    public List<string[]> Rows { get; } = [];
}

/// <summary>A picture that is drawn only when somebody wants it: nothing of the drawing is loaded before.</summary>
/// <param name="Name">How <c>--plot</c> calls it.</param>
/// <param name="Caption">Under the figure in a report.</param>
/// <param name="SvgAsync">Draws it as a file of its own.</param>
internal sealed record FindingChart(string Name, string Caption, Func<Task<string>> SvgAsync);
