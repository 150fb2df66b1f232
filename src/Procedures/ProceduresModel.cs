using Microsoft.EntityFrameworkCore;
using Plumbline.Database;
using Plumbline.Registry;

namespace Plumbline.Procedures;

internal sealed class ProceduresModel : IModelPart
{
    public void Configure(ModelBuilder model) => model.Entity<JobRun>(job =>
    {
        job.ToTable("job").AuditIgnored();
        job.HasKey(j => j.Kind);
        job.Property(j => j.Kind).HasMaxLength(80);
    });
}

public static class ProceduresTables
{
    extension(PlumblineDb db)
    {
        public DbSet<JobRun> JobRuns => db.Set<JobRun>();
    }
}
