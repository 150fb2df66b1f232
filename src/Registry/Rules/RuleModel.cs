using Microsoft.EntityFrameworkCore;
using Plumbline.Database;

namespace Plumbline.Registry;

internal sealed class RuleModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<RuleTable>(table =>
        {
            table.ToTable("rule_table");
            table.HasKey(t => t.Code);
            table.Property(t => t.Code).HasMaxLength(20);
        });
        model.Entity<Rule>(rule =>
        {
            rule.ToTable("rule");
            rule.Property(r => r.Id).ValueGeneratedNever();
            rule.Property(r => r.Code).HasMaxLength(80);
            rule.Property(r => r.Table).HasMaxLength(20);
            rule.Property(r => r.Kind).HasConversion<string>().HasMaxLength(20);
            rule.Property(r => r.Status).HasConversion<string>().HasMaxLength(20);
            rule.Property(r => r.State).HasConversion<string>().HasMaxLength(20);
            rule.Property(r => r.Version).IsConcurrencyToken();
            rule.Ignore(r => r.Amount).Ignore(r => r.WholeAmount).Ignore(r => r.IsVerified).Ignore(r => r.Reference);
            rule.HasOne<RuleTable>().WithMany().HasForeignKey(r => r.Table);
            rule.HasIndex(r => r.Code);
            rule.HasIndex(r => r.Table);
        });
    }
}

public static class RulesInDatabase
{
    extension(PlumblineDb db)
    {
        public DbSet<RuleTable> RuleTables => db.Set<RuleTable>();
        public DbSet<Rule> Rules => db.Set<Rule>();
    }
}
