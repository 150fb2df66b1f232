namespace Plumbline.Registry;

/// <summary>Names the module's resource file.</summary>
public sealed class RegistryTexts;
