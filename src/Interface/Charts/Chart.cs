using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Plumbline.Interface;

/// <summary>What every chart is given: its words, already in the reader's language, and its width in drawing units.</summary>
public abstract class Chart : ComponentBase
{
    /// <summary>Read out first, and the tooltip of the whole picture.</summary>
    [Parameter, EditorRequired] public required string Title { get; set; }

    /// <summary>What the picture shows, for those who do not see it: range, how many are significant.</summary>
    [Parameter] public string Description { get; set; } = "";

    /// <summary>The numbered caption under the figure, as in a report.</summary>
    [Parameter] public RenderFragment? Caption { get; set; }

    /// <summary>Makes ids unique where two charts of one page have the same title.</summary>
    [Parameter] public string? Name { get; set; }

    [Parameter] public double Width { get; set; } = 760;

    /// <summary>Height in drawing units; each chart has its own default.</summary>
    [Parameter] public double? Height { get; set; }

    internal string Id => "chart-" + (Name ?? Hash(GetType().Name + Title + Description));

    /// <summary>A stable hash: an issued document must come out in the same bytes again.</summary>
    private static string Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
            hash = (hash ^ c) * 16777619u;
        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
