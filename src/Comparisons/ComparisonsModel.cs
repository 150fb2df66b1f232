using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Plumbline.Database;
using Plumbline.Registry;

namespace Plumbline.Comparisons;

internal sealed class ComparisonsModel : IModelPart
{
    public void Configure(ModelBuilder model)
    {
        Projects(model);
        Circulation(model);
        Results(model);
        Reports(model);
    }

    private static void Projects(ModelBuilder model)
    {
        model.Entity<Comparison>(comparison =>
        {
            comparison.ToTable("comparison");
            comparison.Property(c => c.Code).HasMaxLength(20);
            comparison.Property(c => c.Undecided).HasMaxLength(200);
            // Administrators see that a draft changed, when and by whom; what it says is the organiser's business.
            comparison.Property(c => c.Title).AuditHidden();
            comparison.Property(c => c.TitleEn).AuditHidden();
            comparison.Property(c => c.Purpose).AuditHidden();
            comparison.Property(c => c.PurposeEn).AuditHidden();
            comparison.Property(c => c.Quantity).AuditHidden();
            comparison.Property(c => c.QuantityEn).AuditHidden();
            comparison.Property(c => c.Options).AuditHidden();
            comparison.Property(c => c.Level).HasConversion<string>().HasMaxLength(20);
            comparison.Property(c => c.Field).HasConversion<string>().HasMaxLength(20);
            comparison.Property(c => c.Route).HasConversion<string>().HasMaxLength(10);
            comparison.Property(c => c.State).HasConversion<string>().HasMaxLength(20);
            comparison.Property(c => c.Options).HasConversion(o => JsonSerializer.Serialize(o, ComparisonsJson.Stored), s => JsonSerializer.Deserialize<EvaluationOptions>(s, ComparisonsJson.Stored)!);
            comparison.Property(c => c.Version).IsConcurrencyToken();
            comparison.HasIndex(c => c.Code).IsUnique();
            comparison.HasIndex(c => c.State);
            comparison.HasOne<Organisation>().WithMany().HasForeignKey(c => c.OrganiserId).OnDelete(DeleteBehavior.Restrict);
            comparison.HasOne<Organisation>().WithMany().HasForeignKey(c => c.RegulatorId).OnDelete(DeleteBehavior.Restrict);
            comparison.HasOne<Organisation>().WithMany().HasForeignKey(c => c.PilotId).OnDelete(DeleteBehavior.Restrict);
            comparison.HasMany(c => c.Points).WithOne().HasForeignKey("ComparisonId").IsRequired();
            comparison.HasMany(c => c.TransferStandards).WithOne().HasForeignKey("ComparisonId").IsRequired();
            comparison.HasMany(c => c.Participants).WithOne().HasForeignKey("ComparisonId").IsRequired();
            comparison.HasMany(c => c.Legs).WithOne().HasForeignKey("ComparisonId").IsRequired();
            comparison.Ignore(c => c.PilotParticipant).Ignore(c => c.Confirmed);
        });
        model.Entity<MeasurementPoint>(point =>
        {
            point.ToTable("comparison_point");
            point.Property(p => p.Label).AuditHidden();
            point.Property(p => p.LabelEn).AuditHidden();
            point.Property(p => p.NominalText).AuditHidden();
            point.Property(p => p.Nominal).AuditHidden();
            point.Property(p => p.LowerLimit).AuditHidden();
            point.Property(p => p.UpperLimit).AuditHidden();
            point.Property(p => p.TargetUncertainty).AuditHidden();
            point.Property(p => p.Id).ValueGeneratedNever();
        });
        model.Entity<TransferStandard>(standard =>
        {
            standard.ToTable("comparison_transfer_standard");
            standard.Property(s => s.Name).AuditHidden();
            standard.Property(s => s.NameEn).AuditHidden();
            standard.Property(s => s.Model).AuditHidden();
            standard.Property(s => s.Serial).AuditHidden();
            standard.Property(s => s.Description).AuditHidden();
            standard.Property(s => s.Traceability).AuditHidden();
            standard.Property(s => s.Id).ValueGeneratedNever();
        });
        model.Entity<ComparisonEvent>(entry =>
        {
            entry.ToTable("comparison_event");
            entry.Property(e => e.Note).AuditHidden();
            entry.Property(e => e.From).HasConversion<string>().HasMaxLength(20);
            entry.Property(e => e.To).HasConversion<string>().HasMaxLength(20);
            entry.HasOne<Comparison>().WithMany().HasForeignKey(e => e.ComparisonId);
        });
    }

    private static void Circulation(ModelBuilder model)
    {
        model.Entity<Leg>(leg =>
        {
            leg.ToTable("comparison_leg");
            leg.Property(l => l.Id).ValueGeneratedNever();
            leg.HasOne<TransferStandard>().WithMany().HasForeignKey(l => l.TransferStandardId);
            leg.HasOne<Participant>().WithMany().HasForeignKey(l => l.ParticipantId);
            leg.HasMany(l => l.Events).WithOne().HasForeignKey("LegId").IsRequired();
            leg.Ignore(l => l.Received).Ignore(l => l.Sent).Ignore(l => l.State);
        });
        model.Entity<LegEvent>(entry =>
        {
            entry.ToTable("comparison_leg_event");
            entry.Property(e => e.Id).ValueGeneratedNever();
            entry.Property(e => e.Note).AuditHidden();
            entry.Property(e => e.Kind).HasConversion<string>().HasMaxLength(20);
            entry.Property(e => e.Condition).HasConversion<string>().HasMaxLength(20);
        });
        model.Entity<PreparationTest>(test =>
        {
            test.ToTable("comparison_preparation");
            test.Property(t => t.Kind).HasConversion<string>().HasMaxLength(20);
            test.Property(t => t.Data).AuditHidden();
            test.Property(t => t.Result).AuditHidden();
            test.HasOne<Comparison>().WithMany().HasForeignKey(t => t.ComparisonId);
        });
    }

    // Sealed until the deadline: the audit trail says that there is a result, never what it is.
    private static void Results(ModelBuilder model)
    {
        model.Entity<Participant>(participant =>
        {
            participant.ToTable("comparison_participant");
            participant.Property(p => p.Id).ValueGeneratedNever();
            participant.Property(p => p.State).HasConversion<string>().HasMaxLength(20);
            participant.Property(p => p.Note).AuditHidden();
            participant.Property(p => p.Reason).AuditHidden();
            // Which code is whose is known to the pilot laboratory alone.
            participant.Property(p => p.LaboratoryCode).HasMaxLength(20).AuditHidden();
            participant.HasOne<Organisation>().WithMany().HasForeignKey(p => p.OrganisationId).OnDelete(DeleteBehavior.Restrict);
            participant.HasIndex("ComparisonId", nameof(Participant.OrganisationId)).IsUnique();
            participant.HasMany(p => p.Submissions).WithOne().HasForeignKey("ParticipantId").IsRequired();
            participant.Ignore(p => p.Latest);
        });
        model.Entity<PackageDraft>(draft =>
        {
            draft.ToTable("comparison_package_draft");
            draft.HasKey(d => d.ParticipantId);
            draft.Property(d => d.Content).AuditHidden();
            draft.Property(d => d.Revision).IsConcurrencyToken();
            draft.HasOne<Participant>().WithOne().HasForeignKey<PackageDraft>(d => d.ParticipantId);
        });
        model.Entity<Submission>(submission =>
        {
            submission.ToTable("comparison_submission");
            submission.Property(s => s.Id).ValueGeneratedNever();
            submission.Property(s => s.Salt).AuditHidden();
            submission.Property(s => s.Conditions).AuditHidden();
            submission.Property(s => s.Instrument).AuditHidden();
            submission.Property(s => s.InstrumentTraceability).AuditHidden();
            submission.Property(s => s.Method).AuditHidden();
            submission.Property(s => s.ReasonForChange).AuditHidden();
            submission.HasIndex("ParticipantId", nameof(Submission.Version)).IsUnique();
            submission.HasMany(s => s.Results).WithOne().HasForeignKey("SubmissionId").IsRequired();
            submission.HasMany(s => s.Budget).WithOne().HasForeignKey("SubmissionId").IsRequired();
            submission.HasMany(s => s.Files).WithOne().HasForeignKey("SubmissionId").IsRequired();
        });
        model.Entity<PointResult>(result =>
        {
            result.ToTable("comparison_result").AuditIgnored();
            result.Property(r => r.Id).ValueGeneratedNever();
            result.HasOne<MeasurementPoint>().WithMany().HasForeignKey(r => r.PointId);
        });
        model.Entity<BudgetLine>(line =>
        {
            line.ToTable("comparison_budget").AuditIgnored();
            line.Property(l => l.Id).ValueGeneratedNever();
        });
        model.Entity<SubmissionFile>(file =>
        {
            file.ToTable("comparison_submission_file").AuditIgnored();
            file.Property(f => f.Id).ValueGeneratedNever();
        });
    }

    private static void Reports(ModelBuilder model)
    {
        model.Entity<Evaluation>(evaluation =>
        {
            evaluation.ToTable("comparison_evaluation");
            evaluation.Property(e => e.Input).AuditHidden();
            evaluation.Property(e => e.Result).AuditHidden();
            evaluation.HasOne<Comparison>().WithMany().HasForeignKey(e => e.ComparisonId);
            evaluation.HasIndex(e => new { e.ComparisonId, e.Number }).IsUnique();
        });
        model.Entity<Report>(report =>
        {
            report.ToTable("comparison_report");
            report.Property(r => r.Conclusion).AuditHidden();
            report.Property(r => r.ConclusionEn).AuditHidden();
            report.Property(r => r.Advice).AuditHidden();
            report.Property(r => r.AdviceEn).AuditHidden();
            report.HasOne<Comparison>().WithMany().HasForeignKey(r => r.ComparisonId);
            report.HasOne<Evaluation>().WithMany().HasForeignKey(r => r.EvaluationId);
            report.HasMany(r => r.Files).WithOne().HasForeignKey("ReportId").IsRequired();
            report.HasIndex(r => new { r.ComparisonId, r.Number }).IsUnique();
        });
        model.Entity<ReportFile>(file =>
        {
            file.ToTable("comparison_report_file");
            file.Property(f => f.Id).ValueGeneratedNever();
            file.Property(f => f.Language).HasMaxLength(2);
            file.Property(f => f.Format).HasMaxLength(8);
        });
        model.Entity<ReportComment>(comment =>
        {
            comment.ToTable("comparison_comment");
            comment.Property(c => c.Text).AuditHidden();
            comment.HasOne<Report>().WithMany().HasForeignKey(c => c.ReportId);
            comment.HasOne<Participant>().WithMany().HasForeignKey(c => c.ParticipantId);
        });
    }
}

public static class ComparisonsTables
{
    extension(PlumblineDb db)
    {
        public DbSet<Comparison> Comparisons => db.Set<Comparison>();
        public DbSet<Participant> Participants => db.Set<Participant>();
        public DbSet<Submission> Submissions => db.Set<Submission>();
        public DbSet<PackageDraft> PackageDrafts => db.Set<PackageDraft>();
        public DbSet<ComparisonEvent> ComparisonEvents => db.Set<ComparisonEvent>();
        public DbSet<PreparationTest> PreparationTests => db.Set<PreparationTest>();
        public DbSet<Evaluation> Evaluations => db.Set<Evaluation>();
        public DbSet<Report> Reports => db.Set<Report>();
        public DbSet<ReportComment> ReportComments => db.Set<ReportComment>();

        /// <summary>The comparison of that code with its points, transfer standards, legs with what befell them, and participants without their results; null when there is none.</summary>
        public Task<Comparison?> FindComparisonAsync(string code, CancellationToken cancel = default) => db.Set<Comparison>()
            .Include(c => c.Points.OrderBy(p => p.Ordinal)).Include(c => c.TransferStandards.OrderBy(s => s.Ordinal))
            .Include(c => c.Legs.OrderBy(l => l.Ordinal)).ThenInclude(l => l.Events).Include(c => c.Participants.OrderBy(p => p.AppliedAt))
            .AsSplitQuery().SingleOrDefaultAsync(c => c.Code == code, cancel);

        /// <summary>
        /// Begins a transaction in which nobody else moves the comparison; with <paramref name="exclusive"/> nobody else hands in results either.
        /// Null where the caller is in a transaction already. SQLite's write transaction is exclusive as it is.
        /// </summary>
        public async Task<IDbContextTransaction?> BeginOnComparisonAsync(string code, bool exclusive, CancellationToken cancel = default)
        {
            var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
            if (db.IsPostgres && exclusive)
                await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM comparison WHERE "Code" = {code} FOR UPDATE""", cancel);
            else if (db.IsPostgres)
                await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM comparison WHERE "Code" = {code} FOR SHARE""", cancel);
            return transaction;
        }

        /// <summary>The participants of <paramref name="comparison"/> that have handed in a package: who, never what.</summary>
        public async Task<HashSet<Guid>> ReceivedFromAsync(Comparison comparison, CancellationToken cancel = default)
        {
            var ids = comparison.Participants.Select(p => p.Id).ToArray();
            return await db.Set<Participant>().Where(p => ids.Contains(p.Id) && p.Submissions.Any()).Select(p => p.Id).ToHashSetAsync(cancel);
        }

        /// <summary>
        /// The one way in which results are read: the participants whose results <paramref name="actor"/> may read now
        /// (<see cref="ComparisonAccess.MayReadResults"/>), with every version they handed in; nothing of anybody else's leaves the database.
        /// </summary>
        public Task<List<Participant>> ReadResultsAsync(Comparison comparison, Actor actor, CancellationToken cancel = default)
        {
            var readable = comparison.Participants.Where(p => actor.MayReadResults(comparison, p)).Select(p => p.Id).ToArray();
            return db.Set<Participant>().AsNoTracking().Where(p => readable.Contains(p.Id))
                .Include(p => p.Submissions).ThenInclude(s => s.Results).Include(p => p.Submissions).ThenInclude(s => s.Budget).Include(p => p.Submissions).ThenInclude(s => s.Files)
                .AsSplitQuery().ToListAsync(cancel);
        }

        /// <summary>The same with every version of every result, for evaluation and report; without them while they are sealed.</summary>
        public async Task<Comparison?> FindComparisonWithResultsAsync(string code, CancellationToken cancel = default)
        {
            var comparison = await db.FindComparisonAsync(code, cancel);
            if (comparison is { State: ComparisonState.Evaluating or ComparisonState.DraftReport or ComparisonState.Published })
            {
                await db.Participants.Where(p => EF.Property<Guid>(p, "ComparisonId") == comparison.Id)
                    .Include(p => p.Submissions).ThenInclude(s => s.Results).Include(p => p.Submissions).ThenInclude(s => s.Budget)
                    .AsSplitQuery().LoadAsync(cancel);
            }
            return comparison;
        }

        /// <summary>The evaluation input that the comparison's present records amount to.</summary>
        public async Task<EvaluationInput> EvaluationInputAsync(Comparison comparison, EvaluationOptions? options, string? reason, CancellationToken cancel = default)
        {
            var tests = await db.Set<PreparationTest>().AsNoTracking().Where(t => t.ComparisonId == comparison.Id).ToListAsync(cancel);
            var draft = await db.Set<Report>().Where(r => r.ComparisonId == comparison.Id).OrderBy(r => r.Number).Select(r => (DateTimeOffset?)r.CreatedAt).FirstOrDefaultAsync(cancel);
            return InputOfComparison.Make(comparison, tests, options, reason, draft);
        }

        /// <summary>The latest evaluation; null before the first.</summary>
        public Task<Evaluation?> LatestEvaluationAsync(Guid comparisonId, CancellationToken cancel = default) =>
            db.Set<Evaluation>().AsNoTracking().Where(e => e.ComparisonId == comparisonId).OrderByDescending(e => e.Number).FirstOrDefaultAsync(cancel);

        /// <summary>The latest report without its files; null before the first draft.</summary>
        public Task<Report?> LatestReportAsync(Guid comparisonId, CancellationToken cancel = default) =>
            db.Set<Report>().AsNoTracking().Where(r => r.ComparisonId == comparisonId).OrderByDescending(r => r.Number).FirstOrDefaultAsync(cancel);

        /// <summary>Saves the unit of work; false when somebody else changed the same record meanwhile.</summary>
        public async Task<bool> TrySaveAsync(CancellationToken cancel = default)
        {
            try
            {
                await db.SaveChangesAsync(cancel);
                return true;
            }
            catch (DbUpdateConcurrencyException)
            {
                return false;
            }
        }
    }
}
