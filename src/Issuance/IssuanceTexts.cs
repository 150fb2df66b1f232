namespace Plumbline.Issuance;

/// <summary>Names the module's resource file.</summary>
public sealed class IssuanceTexts;
