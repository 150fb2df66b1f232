using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Interface;

namespace Plumbline.Registry;

/// <summary>Says who may read the files of one purpose. Each module registers one for each purpose it stores under.</summary>
public interface IFileAccess
{
    /// <summary>The purpose, such as <c>comparison.photo</c>.</summary>
    string Purpose { get; }
    ValueTask<bool> MayReadAsync(StoredFile file, Actor actor, CancellationToken cancel);
}

/// <summary>Takes uploads in and gives them out. Rows are only added: the caller's <c>SaveChangesAsync</c> keeps them together with what they belong to.</summary>
public sealed class Files(PlumblineDb db, FileStore store, ActorContext context, TimeProvider clock, IEnumerable<IFileAccess> access)
{
    /// <summary>Checks an upload and adds it to the unit of work; refuses with every reason.</summary>
    /// <param name="content">The bytes; read once, to the end or to the limit.</param>
    /// <param name="name">The name it came with; cleaned before it is kept.</param>
    /// <param name="declaredType">The content type the sender claims; a claim that contradicts the content is refused.</param>
    /// <param name="purpose">See <see cref="StoredFile.Purpose"/>.</param>
    /// <param name="ownerId">The record it belongs to.</param>
    /// <param name="limits">Size and kinds; <see cref="FileLimits.Default"/> when null.</param>
    /// <param name="field">The form's field, named in refusals.</param>
    public async Task<Outcome<StoredFile>> StoreAsync(Stream content, string name, string? declaredType, string purpose, Guid? ownerId = null,
        FileLimits? limits = null, string field = "file", CancellationToken cancel = default)
    {
        limits ??= FileLimits.Default;
        var bytes = await FileCheck.ReadAsync(content, limits.MaxBytes, cancel);
        if (bytes is null)
            return new Refusal("file-too-large", field, FileCheck.CleanName(name), FileCheck.ShowSize(limits.MaxBytes));
        return await StoreAsync(bytes, name, declaredType, purpose, ownerId, limits, field, cancel);
    }

    public Task<Outcome<StoredFile>> StoreAsync(IFormFile file, string purpose, Guid? ownerId = null, FileLimits? limits = null, CancellationToken cancel = default) =>
        StoreAsync(file.OpenReadStream(), file.FileName, file.ContentType, purpose, ownerId, limits, file.Name, cancel);

    private async Task<Outcome<StoredFile>> StoreAsync(byte[] bytes, string name, string? declaredType, string purpose, Guid? ownerId, FileLimits limits, string field, CancellationToken cancel)
    {
        var clean = FileCheck.CleanName(name);
        var (type, refusal) = FileCheck.Recognise(clean, declaredType, bytes, limits, field);
        if (refusal is not null)
            return refusal;
        if (await store.ScanAsync(bytes, clean, field, cancel) is { } infected)
            return infected;
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var now = clock.GetUtcNow();
        var file = new StoredFile
        {
            Id = Guid.CreateVersion7(now), Name = clean, ContentType = type!, Purpose = purpose, OwnerId = ownerId, Size = bytes.LongLength, Sha256 = hash,
            UploadedBy = context.Actor.PersonId, UploadedByName = context.Actor.Name, UploadedAt = now, Location = await store.WriteAsync(hash, bytes, cancel),
        };
        db.Files.Add(file);
        if (file.Location is null)
            db.FileContents.Add(new FileContent { FileId = file.Id, Content = bytes });
        return file;
    }

    public Task<StoredFile?> FindAsync(Guid id, CancellationToken cancel = default) => db.Files.AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, cancel);

    /// <summary>Whether the current actor may read it; nobody may read a file whose purpose no module answers for.</summary>
    public async ValueTask<bool> MayReadAsync(StoredFile file, CancellationToken cancel = default) =>
        access.FirstOrDefault(a => a.Purpose == file.Purpose) is { } rule && await rule.MayReadAsync(file, context.Actor, cancel);

    /// <summary>The content, checked against its hash: a file changed behind our back is never given out.</summary>
    public async Task<byte[]> ReadAsync(StoredFile file, CancellationToken cancel = default)
    {
        var bytes = file.Location is { } location
            ? await store.ReadAsync(location, cancel)
            : await db.FileContents.Where(c => c.FileId == file.Id).Select(c => c.Content).FirstAsync(cancel);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == file.Sha256
            ? bytes
            : throw new InvalidDataException($"File {file.Id} does not match its SHA-256 any more.");
    }
}
