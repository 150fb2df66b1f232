namespace Plumbline.Comparisons;

/// <summary>Names the module's resource file.</summary>
public sealed class ComparisonsTexts;
