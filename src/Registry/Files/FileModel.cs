using Microsoft.EntityFrameworkCore;
using Plumbline.Database;

namespace Plumbline.Registry;

internal sealed class FileModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<StoredFile>(file =>
        {
            file.ToTable("file");
            file.Property(f => f.Id).ValueGeneratedNever();
            file.Property(f => f.Name).HasMaxLength(200);
            file.Property(f => f.ContentType).HasMaxLength(100);
            file.Property(f => f.Purpose).HasMaxLength(60);
            file.Property(f => f.Sha256).HasMaxLength(64);
            file.Ignore(f => f.Address).Ignore(f => f.IsImage).Ignore(f => f.ImageAddress);
            file.HasIndex(f => new { f.Purpose, f.OwnerId });
            file.HasIndex(f => f.Sha256);
        });
        model.Entity<FileContent>(content =>
        {
            content.ToTable("file_content").AuditIgnored();
            content.HasKey(c => c.FileId);
            content.Property(c => c.FileId).ValueGeneratedNever();
            content.HasOne<StoredFile>().WithOne().HasForeignKey<FileContent>(c => c.FileId);
        });
    }
}

public static class FileTables
{
    extension(PlumblineDb db)
    {
        public DbSet<StoredFile> Files => db.Set<StoredFile>();
        internal DbSet<FileContent> FileContents => db.Set<FileContent>();
    }
}
