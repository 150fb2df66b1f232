namespace Plumbline.Certificates;

/// <summary>What a key may sign.</summary>
public enum KeyUse
{
    /// <summary>Documents: certificates and reports, and the events of the log about them.</summary>
    Document,
    /// <summary>Seals on labels and paper.</summary>
    Seal,
    /// <summary>Revocation lists.</summary>
    Status,
}

/// <summary>That an institution may issue documents of a kind: the authorisation, and when it holds.</summary>
/// <param name="Kind">The kind of documents.</param>
/// <param name="Certificate">Number of the authorisation certificate 计量授权证书号.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day; null where none is set.</param>
public sealed record Authorisation(DocumentKind Kind, string Certificate, DateOnly From, DateOnly? To)
{
    /// <summary>Whether it holds on a day.</summary>
    public bool HoldsOn(DateOnly date) => date >= From && date <= (To ?? DateOnly.MaxValue);
}

/// <summary>A key of an institution.</summary>
/// <param name="Key">The public key; its id is <see cref="PublicKey.Id"/>.</param>
/// <param name="Uses">What it may sign.</param>
/// <param name="From">First day on which it may sign.</param>
/// <param name="To">Last day on which it may sign.</param>
public sealed record TrustedKey(PublicKey Key, IReadOnlyList<KeyUse> Uses, DateOnly From, DateOnly To)
{
    /// <summary>The day from which it signs no more, because another key took its place; what it signed before stays valid.</summary>
    public DateOnly? Retired { get; init; }

    /// <summary>Where the key fell into wrong hands: only what the log holds at this leaf index or a smaller one stays valid; −1 for nothing at all.</summary>
    public long? DistrustAfterLeaf { get; init; }

    /// <summary>Why it was retired or is distrusted.</summary>
    public string? Note { get; init; }
}

/// <summary>A body that issues certificates.</summary>
/// <param name="Id">Its code: the unified social credit code or another registered one.</param>
/// <param name="NameZh">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
/// <param name="Region">Code of the region, such as 330000.</param>
public sealed record Institution(string Id, string NameZh, string NameEn, string Region)
{
    /// <summary>Id of the authority that supervises it, and that may revoke what it issued.</summary>
    public string? Supervisor { get; init; }

    /// <summary>What it may issue; more than one for a kind where an authorisation was renewed.</summary>
    public IReadOnlyList<Authorisation> Authorisations { get; init; } = [];

    /// <summary>Its keys, retired ones included: old certificates stay verifiable.</summary>
    public IReadOnlyList<TrustedKey> Keys { get; init; } = [];
}

/// <summary>A person who, together with another, answers for the trust list.</summary>
/// <param name="Name">The person's name and office.</param>
/// <param name="Key">The key kept by that person alone.</param>
public sealed record Custodian(string Name, PublicKey Key);

/// <summary>A kind of measuring instruments as seals name it by number.</summary>
/// <param name="Code">1 to 65535.</param>
/// <param name="NameZh">Name in Chinese.</param>
/// <param name="NameEn">Name in English.</param>
public sealed record InstrumentKind(int Code, string NameZh, string NameEn);
