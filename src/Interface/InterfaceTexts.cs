namespace Plumbline.Interface;

/// <summary>Names the resource file of the texts that every module shares.</summary>
public sealed class InterfaceTexts;
