using Plumbline.Comparisons;

namespace Plumbline.Web;

/// <summary>A comparison in a short list.</summary>
public sealed record ComparisonEntry(string Code, string Title, ComparisonState State, string Pilot, string Date);
