namespace Plumbline.Registry;

/// <summary>A key that protects cookies and links, kept in the database so that every server of a site, and the same server tomorrow, can read what another wrote.</summary>
internal sealed class ProtectionKey
{
    public required string Name { get; init; }
    public required string Xml { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
