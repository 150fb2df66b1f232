namespace Plumbline.Registry;

/// <summary>文件: bytes that somebody handed in, never changed afterwards.</summary>
public sealed class StoredFile
{
    public required Guid Id { get; init; }
    /// <summary>The cleaned name it came with.</summary>
    public required string Name { get; init; }
    /// <summary>What the content is by its own bytes, not by what the browser said.</summary>
    public required string ContentType { get; init; }
    /// <summary>What it is for, such as <c>comparison.photo</c>: says which module decides who may read it.</summary>
    public required string Purpose { get; init; }
    /// <summary>The record it belongs to, as its module names it.</summary>
    public Guid? OwnerId { get; init; }
    public required long Size { get; init; }
    /// <summary>SHA-256 of the content, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }
    public Guid? UploadedBy { get; init; }
    public required string UploadedByName { get; init; }
    public required DateTimeOffset UploadedAt { get; init; }
    /// <summary>Path below the file directory; null when the content is in the database.</summary>
    public string? Location { get; init; }

    public string Address => $"/files/{Id}";
    public bool IsImage => ContentType is "image/png" or "image/jpeg";
    /// <summary>Address for an <c>img</c> element; only for pictures.</summary>
    public string ImageAddress => $"/files/{Id}/image";
}

/// <summary>A file's bytes, apart from its row so that lists never load them.</summary>
public sealed class FileContent
{
    public required Guid FileId { get; init; }
    public required byte[] Content { get; init; }
}

/// <summary>What an upload may be.</summary>
/// <param name="MaxBytes">Largest size.</param>
/// <param name="Extensions">Allowed extensions with the dot; every known kind when empty.</param>
public sealed record FileLimits(long MaxBytes = 20 * 1024 * 1024, params string[] Extensions)
{
    public static readonly FileLimits Default = new();
    public static readonly FileLimits Photos = new(8 * 1024 * 1024, ".png", ".jpg", ".jpeg");
    public static readonly FileLimits Tables = new(10 * 1024 * 1024, ".csv", ".xlsx");
}
