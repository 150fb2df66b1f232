namespace Plumbline.Certificates;

/// <summary>A published version of the DCC schema.</summary>
/// <param name="Version">Version of the DCC schema.</param>
/// <param name="Dsi">Version of the D-SI schema it imports.</param>
/// <param name="SiNamespace">Namespace of its D-SI elements.</param>
/// <param name="Signature">Whether the schema has a place for <c>ds:Signature</c>; a signed file of another version is valid only without it.</param>
/// <param name="Current">Whether its elements are named as in 3.3.0: an upgrade changes nothing but the version.</param>
public sealed record DccVersion(string Version, string Dsi, string SiNamespace, bool Signature, bool Current);

/// <summary>The published versions.</summary>
public static class DccVersions
{
    private const string Si = "https://ptb.de/si", OldSi = "https://ptb.de/si/smartcom/d-si/v1_0_1";

    /// <summary>Every version that can be read, oldest first.</summary>
    public static IReadOnlyList<DccVersion> All { get; } =
    [
        new("2.1.0", "1.0.1", OldSi, false, false),
        new("2.1.1", "1.0.1", OldSi, false, false),
        new("2.2.0", "1.3.0", Si, false, false),
        new("2.3.0", "1.3.0", Si, false, false),
        new("2.4.0", "1.3.1", Si, false, false),
        new("3.0.0", "2.0.0", Si, false, true),
        new("3.1.0", "2.1.0", Si, false, true),
        new("3.1.1", "2.1.0", Si, false, true),
        new("3.1.2", "2.1.0", Si, false, true),
        new("3.2.0", "2.1.0", Si, true, true),
        new("3.2.1", "2.1.0", Si, true, true),
        new("3.3.0", "2.2.1", Si, true, true),
    ];

    /// <summary>The version by its number; null where it is not published.</summary>
    public static DccVersion? Find(string? version) => All.FirstOrDefault(v => v.Version == version);
}
