using Microsoft.EntityFrameworkCore;
using Plumbline.Database;

namespace Plumbline.Registry;

internal sealed class NoticeModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<Notice>(notice =>
        {
            notice.ToTable("notice").AuditIgnored();
            notice.Property(n => n.Id).ValueGeneratedNever();
            notice.Property(n => n.Key).HasMaxLength(80);
            notice.HasOne<Person>().WithMany().HasForeignKey(n => n.PersonId);
            notice.HasIndex(n => new { n.PersonId, n.ReadAt });
        });
        model.Entity<Mail>(mail =>
        {
            mail.ToTable("mail").AuditIgnored();
            mail.Property(m => m.Id).ValueGeneratedNever();
            mail.Property(m => m.Key).HasMaxLength(80);
            mail.Property(m => m.To).HasMaxLength(256);
            mail.Property(m => m.Language).HasMaxLength(2);
            mail.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId).OnDelete(DeleteBehavior.Cascade);
            mail.HasIndex(m => new { m.SentAt, m.DueAt });
            mail.HasIndex(m => m.PersonId);
        });
    }
}

public static class NoticeTables
{
    extension(PlumblineDb db)
    {
        public DbSet<Notice> Notices => db.Set<Notice>();
        public DbSet<Mail> Mail => db.Set<Mail>();
    }
}
