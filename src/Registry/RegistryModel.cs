using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plumbline.Database;

namespace Plumbline.Registry;

internal sealed class RegistryModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        Organisations(model);
        People(model);
        model.Entity<AuditEntry>(entry =>
        {
            entry.ToTable("audit").AuditIgnored();
            entry.HasKey(e => e.Sequence);
            entry.Property(e => e.Sequence).ValueGeneratedNever();
            entry.Property(e => e.Hash).HasMaxLength(64);
            entry.Property(e => e.PreviousHash).HasMaxLength(64);
            entry.HasIndex(e => e.At);
            entry.HasIndex(e => e.PersonId);
            entry.HasIndex(e => new { e.Subject, e.SubjectId });
        });
    }

    private static void Organisations(ModelBuilder model)
    {
        model.Entity<Organisation>(organisation =>
        {
            organisation.ToTable("organisation");
            organisation.Property(o => o.Code).HasMaxLength(40);
            organisation.Property(o => o.CreditCode).HasMaxLength(18);
            organisation.Property(o => o.Kind).HasConversion<string>().HasMaxLength(40);
            organisation.Property(o => o.State).HasConversion<string>().HasMaxLength(20);
            organisation.Property(o => o.Region).HasMaxLength(12);
            organisation.Property(o => o.Version).IsConcurrencyToken();
            organisation.HasIndex(o => o.Code).IsUnique();
            organisation.HasIndex(o => o.CreditCode).IsUnique();
            organisation.Ignore(o => o.IsRegulator);
        });
        model.Entity<Region>(region =>
        {
            region.ToTable("region");
            region.HasKey(r => r.Code);
            region.Property(r => r.Code).HasMaxLength(12);
            region.Property(r => r.Parent).HasMaxLength(12);
            region.HasIndex(r => r.Parent);
        });
    }

    private static void People(ModelBuilder model)
    {
        model.Entity<Person>(person =>
        {
            person.ToTable("person");
            person.Property(p => p.UserName).HasMaxLength(256);
            person.Property(p => p.NormalizedUserName).HasMaxLength(256).AuditIgnored();
            person.Property(p => p.Email).HasMaxLength(256);
            person.Property(p => p.NormalizedEmail).HasMaxLength(256).AuditIgnored();
            person.Property(p => p.PasswordHash).AuditHidden();
            person.Property(p => p.SecurityStamp).AuditIgnored();
            person.Property(p => p.AccessFailedCount).AuditIgnored();
            person.Property(p => p.LastCodeStep).AuditIgnored();
            person.Property(p => p.ConcurrencyStamp).IsConcurrencyToken().AuditIgnored();
            person.Property(p => p.Language).HasMaxLength(2);
            person.Property(p => p.Duty).HasConversion<string>().HasMaxLength(20);
            person.HasIndex(p => p.NormalizedUserName).IsUnique();
            person.HasIndex(p => p.NormalizedEmail);
            person.HasMany(p => p.Memberships).WithOne().HasForeignKey(m => m.PersonId);
            person.HasMany<IdentityUserClaim<Guid>>().WithOne().HasForeignKey(c => c.UserId).IsRequired();
            person.HasMany<IdentityUserLogin<Guid>>().WithOne().HasForeignKey(l => l.UserId).IsRequired();
            person.HasMany<IdentityUserToken<Guid>>().WithOne().HasForeignKey(t => t.UserId).IsRequired();
            person.HasMany<IdentityUserPasskey<Guid>>().WithOne().HasForeignKey(p => p.UserId).IsRequired();
        });
        model.Entity<IdentityUserClaim<Guid>>().ToTable("person_claim");
        model.Entity<IdentityUserLogin<Guid>>(login =>
        {
            login.ToTable("person_login");
            login.HasKey(l => new { l.LoginProvider, l.ProviderKey });
        });
        model.Entity<IdentityUserToken<Guid>>(token =>
        {
            token.ToTable("person_token");
            token.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
            token.Property(t => t.Value).AuditHidden();
        });
        model.Entity<IdentityUserPasskey<Guid>>(passkey =>
        {
            passkey.ToTable("person_passkey");
            passkey.HasKey(p => p.CredentialId);
            passkey.OwnsOne(p => p.Data, data => data.ToJson());
        });
        model.Entity<Membership>(membership =>
        {
            membership.ToTable("membership");
            membership.Property(m => m.Id).ValueGeneratedNever();
            membership.Property(m => m.Role).HasConversion<string>().HasMaxLength(30);
            membership.HasOne<Organisation>().WithMany().HasForeignKey(m => m.OrganisationId);
            membership.HasIndex(m => new { m.PersonId, m.OrganisationId, m.Role });
        });
        model.Entity<Session>(session =>
        {
            session.ToTable("session");
            session.Property(s => s.SeenAt).AuditIgnored();
            session.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId);
        });
        model.Entity<SignInAttempt>(attempt =>
        {
            attempt.ToTable("sign_in_attempt").AuditIgnored();
            attempt.Property(a => a.Id).ValueGeneratedNever();
            attempt.Property(a => a.Email).HasMaxLength(256);
            attempt.Property(a => a.Result).HasConversion<string>().HasMaxLength(30);
            attempt.Property(a => a.UserAgent).HasMaxLength(300);
            attempt.HasIndex(a => a.At);
            attempt.HasIndex(a => a.PersonId);
        });
        model.Entity<Invitation>(invitation =>
        {
            invitation.ToTable("invitation");
            invitation.Property(i => i.Id).ValueGeneratedNever();
            invitation.Property(i => i.Email).HasMaxLength(256);
            invitation.Property(i => i.SecretHash).HasMaxLength(64).AuditHidden();
            invitation.Property(i => i.Version).IsConcurrencyToken();
            invitation.Ignore(i => i.Roles);
            invitation.HasOne<Organisation>().WithMany().HasForeignKey(i => i.OrganisationId);
            invitation.HasIndex(i => i.SecretHash).IsUnique();
        });
        model.Entity<ProtectionKey>(key =>
        {
            key.ToTable("protection_key").AuditIgnored();
            key.HasKey(k => k.Name);
        });
    }
}

public static class RegistryTables
{
    extension(PlumblineDb db)
    {
        public DbSet<Organisation> Organisations => db.Set<Organisation>();
        public DbSet<Region> Regions => db.Set<Region>();
        public DbSet<Person> People => db.Set<Person>();
        public DbSet<Membership> Memberships => db.Set<Membership>();
        public DbSet<Session> Sessions => db.Set<Session>();
        public DbSet<Invitation> Invitations => db.Set<Invitation>();
        public DbSet<SignInAttempt> SignInAttempts => db.Set<SignInAttempt>();
        public DbSet<AuditEntry> Audit => db.Set<AuditEntry>();
    }
}
