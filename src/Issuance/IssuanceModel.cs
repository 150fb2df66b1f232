using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Registry;

namespace Plumbline.Issuance;

internal sealed class IssuanceModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        Trust(model);
        Certificates(model);
        Software(model);
    }

    private static void Trust(ModelBuilder model)
    {
        model.Entity<IssuingAuthorisation>(authorisation =>
        {
            authorisation.ToTable("issuing_authorisation");
            authorisation.Property(a => a.Id).ValueGeneratedNever();
            authorisation.Property(a => a.Kind).HasConversion<string>().HasMaxLength(40);
            authorisation.Property(a => a.Number).HasMaxLength(80);
            authorisation.Property(a => a.GrantedByName).HasMaxLength(80);
            authorisation.Property(a => a.WithdrawnByName).HasMaxLength(80);
            authorisation.Property(a => a.Version).IsConcurrencyToken();
            authorisation.HasIndex(a => new { a.OrganisationId, a.Kind });
            authorisation.HasOne<Organisation>().WithMany().HasForeignKey(a => a.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<IssuingKey>(key =>
        {
            key.ToTable("issuing_key");
            key.Property(k => k.Id).ValueGeneratedNever();
            key.Property(k => k.Fingerprint).HasMaxLength(16);
            key.Property(k => k.Algorithm).HasConversion<string>().HasMaxLength(20);
            key.Property(k => k.State).HasConversion<string>().HasMaxLength(20);
            key.Property(k => k.ProposedByName).HasMaxLength(80);
            key.Property(k => k.ConfirmedByName).HasMaxLength(80);
            key.Property(k => k.EndedByName).HasMaxLength(80);
            key.Property(k => k.EndReason).HasMaxLength(500);
            key.Property(k => k.Version).IsConcurrencyToken();
            key.HasIndex(k => k.Fingerprint).IsUnique();
            key.HasIndex(k => k.OrganisationId);
            key.HasOne<Organisation>().WithMany().HasForeignKey(k => k.OrganisationId).OnDelete(DeleteBehavior.Restrict);
            key.HasOne<IssuingKey>().WithMany().HasForeignKey(k => k.ReplacesId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LogEntry>(entry =>
        {
            entry.ToTable("log_entry");
            entry.Property(e => e.Id).ValueGeneratedNever();
            entry.Property(e => e.Type).HasMaxLength(30);
            entry.Property(e => e.CreatedByName).HasMaxLength(80);
            entry.Property(e => e.Reason).HasMaxLength(500);
            entry.HasIndex(e => e.SubjectId);
            entry.HasIndex(e => e.Sequence);
            entry.HasIndex(e => e.LeafIndex).IsUnique();
        });
        model.Entity<PublishedTrustList>(list =>
        {
            list.ToTable("trust_list").AuditIgnored();
            list.HasKey(l => l.Number);
            list.Property(l => l.Number).ValueGeneratedNever();
        });
        model.Entity<PublishedRevocationList>(list =>
        {
            list.ToTable("revocation_list").AuditIgnored();
            list.HasKey(l => l.Number);
            list.Property(l => l.Number).ValueGeneratedNever();
        });
    }

    private static void Certificates(ModelBuilder model) =>
        model.Entity<IssuedCertificate>(certificate =>
        {
            certificate.ToTable("issued_certificate");
            certificate.Property(c => c.Id).ValueGeneratedNever();
            certificate.Property(c => c.Code).HasMaxLength(12);
            certificate.Property(c => c.Number).HasMaxLength(80);
            certificate.Property(c => c.Kind).HasConversion<string>().HasMaxLength(40);
            certificate.Property(c => c.State).HasConversion<string>().HasMaxLength(20);
            certificate.Property(c => c.Title).HasMaxLength(200).AuditHidden();
            certificate.Property(c => c.TitleEn).HasMaxLength(200).AuditHidden();
            certificate.Property(c => c.Item).HasMaxLength(200).AuditHidden();
            certificate.Property(c => c.Model).HasMaxLength(80).AuditHidden();
            certificate.Property(c => c.Serial).HasMaxLength(80).AuditHidden();
            certificate.Property(c => c.Conclusion).HasConversion<string>().HasMaxLength(20).AuditHidden();
            certificate.Property(c => c.Grade).HasMaxLength(8).AuditHidden();
            certificate.Property(c => c.IssuedByName).HasMaxLength(80);
            certificate.Property(c => c.Sha256).HasMaxLength(64);
            certificate.Property(c => c.Sm3).HasMaxLength(64);
            certificate.Property(c => c.Salt).AuditHidden();
            certificate.Property(c => c.Sm2Seal).AuditHidden();
            certificate.Property(c => c.Seal).HasMaxLength(400).AuditHidden();
            certificate.Property(c => c.Version).IsConcurrencyToken();
            certificate.HasIndex(c => c.Code).IsUnique();
            certificate.HasIndex(c => c.StatusIndex).IsUnique();
            certificate.HasIndex(c => new { c.OrganisationId, c.Number }).IsUnique();
            certificate.HasIndex(c => c.CustomerId);
            certificate.HasIndex(c => c.SubjectId);
            certificate.HasIndex(c => c.Sha256);
            certificate.HasOne<Organisation>().WithMany().HasForeignKey(c => c.OrganisationId).OnDelete(DeleteBehavior.Restrict);
            certificate.HasOne<Organisation>().WithMany().HasForeignKey(c => c.CustomerId).OnDelete(DeleteBehavior.Restrict);
            certificate.HasOne<IssuingKey>().WithMany().HasForeignKey(c => c.KeyId).OnDelete(DeleteBehavior.Restrict);
            certificate.HasOne<IssuedCertificate>().WithMany().HasForeignKey(c => c.ReplacesId).OnDelete(DeleteBehavior.Restrict);
            certificate.HasOne<StoredFile>().WithMany().HasForeignKey(c => c.FileId).OnDelete(DeleteBehavior.Restrict);
            certificate.HasOne<StoredFile>().WithMany().HasForeignKey(c => c.PrintFileId).OnDelete(DeleteBehavior.Restrict);
        });

    private static void Software(ModelBuilder model)
    {
        model.Entity<RegisteredSoftware>(software =>
        {
            software.ToTable("registered_software");
            software.Property(s => s.Id).ValueGeneratedNever();
            software.Property(s => s.Approval).HasMaxLength(60);
            software.Property(s => s.Applicant).HasMaxLength(200);
            software.Property(s => s.Instrument).HasMaxLength(200);
            software.Property(s => s.Models).HasMaxLength(500);
            software.Property(s => s.RegisteredByName).HasMaxLength(80);
            software.Property(s => s.Reason).HasMaxLength(500);
            software.HasIndex(s => new { s.Approval, s.Revision }).IsUnique();
            software.HasOne<Organisation>().WithMany().HasForeignKey(s => s.RegulatorId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<SoftwareCheck>(check =>
        {
            check.ToTable("software_check");
            check.Property(c => c.Id).ValueGeneratedNever();
            check.Property(c => c.Way).HasMaxLength(20);
            check.Property(c => c.Model).HasMaxLength(80);
            check.Property(c => c.Serial).HasMaxLength(80);
            check.Property(c => c.Verdict).HasMaxLength(30);
            check.Property(c => c.CheckedByName).HasMaxLength(80);
            check.HasIndex(c => c.SoftwareId);
            check.HasIndex(c => c.OrganisationId);
            check.HasOne<RegisteredSoftware>().WithMany().HasForeignKey(c => c.SoftwareId).OnDelete(DeleteBehavior.Restrict);
            check.HasOne<Organisation>().WithMany().HasForeignKey(c => c.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

public static class IssuanceTables
{
    extension(PlumblineDb db)
    {
        public DbSet<IssuingAuthorisation> IssuingAuthorisations => db.Set<IssuingAuthorisation>();
        public DbSet<IssuingKey> IssuingKeys => db.Set<IssuingKey>();
        public DbSet<PublishedTrustList> TrustLists => db.Set<PublishedTrustList>();
        public DbSet<PublishedRevocationList> RevocationLists => db.Set<PublishedRevocationList>();
        public DbSet<LogEntry> LogEntries => db.Set<LogEntry>();
        public DbSet<IssuedCertificate> IssuedCertificates => db.Set<IssuedCertificate>();
        public DbSet<RegisteredSoftware> RegisteredSoftware => db.Set<RegisteredSoftware>();
        public DbSet<SoftwareCheck> SoftwareChecks => db.Set<SoftwareCheck>();
    }
}

public static class IssuanceQueries
{
    extension(PlumblineDb db)
    {
        /// <summary>The certificate of a public number as people type it; null where there is none.</summary>
        public async Task<IssuedCertificate?> FindCertificateAsync(string? code, CancellationToken cancel = default)
        {
            if (!Certificates.CertificateId.TryParse(code, out var id))
                return null;
            var exact = id.ToString();
            return await db.IssuedCertificates.SingleOrDefaultAsync(c => c.Code == exact, cancel);
        }
    }
}
