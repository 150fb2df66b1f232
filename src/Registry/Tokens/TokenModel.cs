using Microsoft.EntityFrameworkCore;
using Plumbline.Database;

namespace Plumbline.Registry;

internal sealed class TokenModel : IModelPart
{
    public void Configure(ModelBuilder model) => model.Entity<AccessToken>(token =>
    {
        token.ToTable("access_token");
        token.Property(t => t.Id).ValueGeneratedNever();
        token.Property(t => t.Name).HasMaxLength(80);
        token.Property(t => t.Hash).HasMaxLength(64).AuditHidden();
        token.Property(t => t.Start).HasMaxLength(12);
        token.Property(t => t.Scopes).HasMaxLength(200);
        token.Property(t => t.LastUsedAt).AuditIgnored();
        token.HasOne<Person>().WithMany().HasForeignKey(t => t.PersonId);
        token.HasIndex(t => t.Hash).IsUnique();
        token.HasIndex(t => t.PersonId);
    });
}

internal static class TokenTables
{
    extension(PlumblineDb db)
    {
        public DbSet<AccessToken> AccessTokens => db.Set<AccessToken>();
    }
}
