namespace Plumbline.Issuance;

/// <summary>已发布的信任清单: one version of who may issue what with which key, as signed.</summary>
public sealed class PublishedTrustList
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public required byte[] Content { get; init; }
    /// <summary>The custodians' signatures over the content.</summary>
    public required byte[] Signatures { get; init; }
}

/// <summary>已发布的作废清单: which certificates were not in force, as signed at one time.</summary>
public sealed class PublishedRevocationList
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    /// <summary>How many status indices it speaks of.</summary>
    public required int Range { get; init; }
    public required byte[] Content { get; init; }
}
