namespace Plumbline.Web;

/// <summary>Names the resource file of the layout, the portal and the error pages.</summary>
public sealed class WebTexts;
