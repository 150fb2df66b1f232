using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Plumbline.Database.Migrations;

[DbContext(typeof(PlumblineDb)), Migration("0010_Comparisons")]
internal sealed class M0010_Comparisons : Migration
{
    /// <summary>What was reported, measured, decided or issued.</summary>
    private static readonly string[] Kept =
    [
        "comparison_event",
        "comparison_leg_event",
        "comparison_preparation",
        "comparison_submission",
        "comparison_result",
        "comparison_budget",
        "comparison_submission_file",
        "comparison_evaluation",
        "comparison_report",
        "comparison_report_file",
        "comparison_comment",
    ];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Projects(migrationBuilder);
        Circulation(migrationBuilder);
        Results(migrationBuilder);
        Reports(migrationBuilder);
        foreach (var table in Kept)
            migrationBuilder.AddAppendOnly(table);
    }

    private static void Projects(MigrationBuilder migration)
    {
        migration.CreateTable("comparison",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                Code = t.Column<string>(maxLength: 20, nullable: false),
                CreatedBy = t.Column<Guid>(nullable: false),
                DataSource = t.Column<string>(nullable: true),
                EnrolmentDue = t.Column<DateTime>(nullable: false),
                Field = t.Column<string>(maxLength: 20, nullable: false),
                IsDemonstration = t.Column<bool>(nullable: false),
                Level = t.Column<string>(maxLength: 20, nullable: false),
                Mandatory = t.Column<bool>(nullable: false),
                NamesLaboratories = t.Column<bool>(nullable: false),
                Options = t.Column<string>(nullable: false),
                OrganiserId = t.Column<Guid>(nullable: false),
                PilotId = t.Column<Guid>(nullable: false),
                PublishedAt = t.Column<DateTime>(nullable: true),
                Purpose = t.Column<string>(nullable: true),
                PurposeEn = t.Column<string>(nullable: true),
                Quantity = t.Column<string>(nullable: false),
                QuantityEn = t.Column<string>(nullable: true),
                RegulatorId = t.Column<Guid>(nullable: false),
                ResultsDue = t.Column<DateTime>(nullable: false),
                Route = t.Column<string>(maxLength: 10, nullable: false),
                State = t.Column<string>(maxLength: 20, nullable: false),
                StateSince = t.Column<DateTime>(nullable: false),
                Title = t.Column<string>(nullable: false),
                TitleEn = t.Column<string>(nullable: true),
                Undecided = t.Column<string>(maxLength: 200, nullable: false),
                Unit = t.Column<string>(nullable: false),
                Version = t.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison", x => x.Id);
                t.ForeignKey("FK_comparison_organisation_OrganiserId", x => x.OrganiserId, "organisation", "Id", onDelete: ReferentialAction.Restrict);
                t.ForeignKey("FK_comparison_organisation_PilotId", x => x.PilotId, "organisation", "Id", onDelete: ReferentialAction.Restrict);
                t.ForeignKey("FK_comparison_organisation_RegulatorId", x => x.RegulatorId, "organisation", "Id", onDelete: ReferentialAction.Restrict);
            });
        migration.CreateIndex("IX_comparison_Code", "comparison", "Code", unique: true);
        migration.CreateIndex("IX_comparison_OrganiserId", "comparison", "OrganiserId");
        migration.CreateIndex("IX_comparison_PilotId", "comparison", "PilotId");
        migration.CreateIndex("IX_comparison_RegulatorId", "comparison", "RegulatorId");
        migration.CreateIndex("IX_comparison_State", "comparison", "State");

        migration.CreateTable("comparison_point",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                ComparisonId = t.Column<Guid>(nullable: false),
                Label = t.Column<string>(nullable: false),
                LabelEn = t.Column<string>(nullable: true),
                LowerLimit = t.Column<double>(nullable: true),
                Nominal = t.Column<double>(nullable: false),
                NominalText = t.Column<string>(nullable: false),
                Ordinal = t.Column<int>(nullable: false),
                TargetUncertainty = t.Column<double>(nullable: true),
                UpperLimit = t.Column<double>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison_point", x => x.Id);
                t.ForeignKey("FK_comparison_point_comparison_ComparisonId", x => x.ComparisonId, "comparison", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_comparison_point_ComparisonId", "comparison_point", "ComparisonId");

        migration.CreateTable("comparison_transfer_standard",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                ComparisonId = t.Column<Guid>(nullable: false),
                Description = t.Column<string>(nullable: true),
                Items = t.Column<int>(nullable: false),
                Model = t.Column<string>(nullable: true),
                Name = t.Column<string>(nullable: false),
                NameEn = t.Column<string>(nullable: true),
                Ordinal = t.Column<int>(nullable: false),
                Serial = t.Column<string>(nullable: true),
                Traceability = t.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison_transfer_standard", x => x.Id);
                t.ForeignKey("FK_comparison_transfer_standard_comparison_ComparisonId", x => x.ComparisonId, "comparison", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_comparison_transfer_standard_ComparisonId", "comparison_transfer_standard", "ComparisonId");

        migration.CreateTable("comparison_event",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                Action = t.Column<string>(nullable: false),
                At = t.Column<DateTime>(nullable: false),
                ComparisonId = t.Column<Guid>(nullable: false),
                From = t.Column<string>(maxLength: 20, nullable: true),
                Note = t.Column<string>(nullable: true),
                PersonId = t.Column<Guid>(nullable: true),
                PersonName = t.Column<string>(nullable: false),
                To = t.Column<string>(maxLength: 20, nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison_event", x => x.Id);
                t.ForeignKey("FK_comparison_event_comparison_ComparisonId", x => x.ComparisonId, "comparison", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_comparison_event_ComparisonId", "comparison_event", "ComparisonId");
    }

    private static void Circulation(MigrationBuilder migration)
    {
        migration.CreateTable("comparison_participant",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                AppliedAt = t.Column<DateTime>(nullable: false),
                AppliedBy = t.Column<Guid>(nullable: true),
                Certificate = t.Column<string>(nullable: true),
                ComparisonId = t.Column<Guid>(nullable: false),
                ContactEmail = t.Column<string>(nullable: true),
                ContactName = t.Column<string>(nullable: true),
                ContactTelephone = t.Column<string>(nullable: true),
                DecidedAt = t.Column<DateTime>(nullable: true),
                IsPilot = t.Column<bool>(nullable: false),
                LaboratoryCode = t.Column<string>(maxLength: 20, nullable: true),
                Note = t.Column<string>(nullable: true),
                OrganisationId = t.Column<Guid>(nullable: false),
                Reason = t.Column<string>(nullable: true),
                Standard = t.Column<string>(nullable: true),
                State = t.Column<string>(maxLength: 20, nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison_participant", x => x.Id);
                t.ForeignKey("FK_comparison_participant_comparison_ComparisonId", x => x.ComparisonId, "comparison", "Id", onDelete: ReferentialAction.Cascade);
                t.ForeignKey("FK_comparison_participant_organisation_OrganisationId", x => x.OrganisationId, "organisation", "Id", onDelete: ReferentialAction.Restrict);
            });
        migration.CreateIndex("IX_comparison_participant_ComparisonId_OrganisationId", "comparison_participant", ["ComparisonId", "OrganisationId"], unique: true);
        migration.CreateIndex("IX_comparison_participant_OrganisationId", "comparison_participant", "OrganisationId");

        migration.CreateTable("comparison_leg",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                ComparisonId = t.Column<Guid>(nullable: false),
                Loop = t.Column<int>(nullable: false),
                Ordinal = t.Column<int>(nullable: false),
                ParticipantId = t.Column<Guid>(nullable: false),
                PlannedArrival = t.Column<DateOnly>(nullable: false),
                PlannedDeparture = t.Column<DateOnly>(nullable: false),
                TransferStandardId = t.Column<Guid>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison_leg", x => x.Id);
                t.ForeignKey("FK_comparison_leg_comparison_ComparisonId", x => x.ComparisonId, "comparison", "Id", onDelete: ReferentialAction.Cascade);
                t.ForeignKey("FK_comparison_leg_comparison_participant_ParticipantId", x => x.ParticipantId, "comparison_participant", "Id", onDelete: ReferentialAction.Cascade);
                t.ForeignKey("FK_comparison_leg_comparison_transfer_standard_TransferStandar~", x => x.TransferStandardId, "comparison_transfer_standard", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_comparison_leg_ComparisonId", "comparison_leg", "ComparisonId");
        migration.CreateIndex("IX_comparison_leg_ParticipantId", "comparison_leg", "ParticipantId");
        migration.CreateIndex("IX_comparison_leg_TransferStandardId", "comparison_leg", "TransferStandardId");

        migration.CreateTable("comparison_leg_event",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                Carrier = t.Column<string>(nullable: true),
                Condition = t.Column<string>(maxLength: 20, nullable: false),
                Kind = t.Column<string>(maxLength: 20, nullable: false),
                LegId = t.Column<Guid>(nullable: false),
                Note = t.Column<string>(nullable: true),
                On = t.Column<DateOnly>(nullable: false),
                PhotoId = t.Column<Guid>(nullable: true),
                RecordedAt = t.Column<DateTime>(nullable: false),
                RecordedBy = t.Column<string>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison_leg_event", x => x.Id);
                t.ForeignKey("FK_comparison_leg_event_comparison_leg_LegId", x => x.LegId, "comparison_leg", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_comparison_leg_event_LegId", "comparison_leg_event", "LegId");

        migration.CreateTable("comparison_preparation",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                ComparisonId = t.Column<Guid>(nullable: false),
                Data = t.Column<string>(nullable: false),
                EnteredAt = t.Column<DateTime>(nullable: false),
                EnteredBy = t.Column<string>(nullable: false),
                Kind = t.Column<string>(maxLength: 20, nullable: false),
                Passed = t.Column<bool>(nullable: false),
                PointId = t.Column<Guid>(nullable: false),
                Result = t.Column<string>(nullable: false),
                StandardUncertainty = t.Column<double>(nullable: false),
                TransferStandardId = t.Column<Guid>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison_preparation", x => x.Id);
                t.ForeignKey("FK_comparison_preparation_comparison_ComparisonId", x => x.ComparisonId, "comparison", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_comparison_preparation_ComparisonId", "comparison_preparation", "ComparisonId");
    }

    private static void Results(MigrationBuilder migration)
    {
        migration.CreateTable("comparison_submission",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                AfterOpening = t.Column<bool>(nullable: false),
                Channel = t.Column<string>(nullable: false),
                Commitment = t.Column<string>(nullable: false),
                Conditions = t.Column<string>(nullable: true),
                Instrument = t.Column<string>(nullable: true),
                InstrumentTraceability = t.Column<string>(nullable: true),
                Method = t.Column<string>(nullable: true),
                ParticipantId = t.Column<Guid>(nullable: false),
                ReasonForChange = t.Column<string>(nullable: true),
                Salt = t.Column<byte[]>(nullable: false),
                SubmittedAt = t.Column<DateTime>(nullable: false),
                SubmittedBy = t.Column<Guid>(nullable: true),
                Version = t.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison_submission", x => x.Id);
                t.ForeignKey("FK_comparison_submission_comparison_participant_ParticipantId", x => x.ParticipantId, "comparison_participant", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_comparison_submission_ParticipantId_Version", "comparison_submission", ["ParticipantId", "Version"], unique: true);

        migration.CreateTable("comparison_result",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                CoverageFactor = t.Column<double>(nullable: true),
                CoverageProbability = t.Column<double>(nullable: true),
                DegreesOfFreedom = t.Column<double>(nullable: true),
                ExpandedUncertainty = t.Column<double>(nullable: false),
                MeasuredOn = t.Column<DateOnly>(nullable: true),
                PointId = t.Column<Guid>(nullable: false),
                StandardUncertainty = t.Column<double>(nullable: false),
                SubmissionId = t.Column<Guid>(nullable: false),
                TransferStandardId = t.Column<Guid>(nullable: true),
                UncertaintyText = t.Column<string>(nullable: false),
                Value = t.Column<double>(nullable: false),
                ValueText = t.Column<string>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison_result", x => x.Id);
                t.ForeignKey("FK_comparison_result_comparison_point_PointId", x => x.PointId, "comparison_point", "Id", onDelete: ReferentialAction.Cascade);
                t.ForeignKey("FK_comparison_result_comparison_submission_SubmissionId", x => x.SubmissionId, "comparison_submission", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_comparison_result_PointId", "comparison_result", "PointId");
        migration.CreateIndex("IX_comparison_result_SubmissionId", "comparison_result", "SubmissionId");

        migration.CreateTable("comparison_budget",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                Contribution = t.Column<double>(nullable: false),
                DegreesOfFreedom = t.Column<double>(nullable: true),
                Distribution = t.Column<string>(nullable: true),
                Ordinal = t.Column<int>(nullable: false),
                PointId = t.Column<Guid>(nullable: false),
                Source = t.Column<string>(nullable: false),
                SubmissionId = t.Column<Guid>(nullable: false),
                TransferStandardId = t.Column<Guid>(nullable: true),
                Type = t.Column<string>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison_budget", x => x.Id);
                t.ForeignKey("FK_comparison_budget_comparison_submission_SubmissionId", x => x.SubmissionId, "comparison_submission", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_comparison_budget_SubmissionId", "comparison_budget", "SubmissionId");

        migration.CreateTable("comparison_submission_file",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                FileId = t.Column<Guid>(nullable: false),
                Name = t.Column<string>(nullable: false),
                Sha256 = t.Column<string>(nullable: false),
                SubmissionId = t.Column<Guid>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison_submission_file", x => x.Id);
                t.ForeignKey("FK_comparison_submission_file_comparison_submission_Submission~", x => x.SubmissionId, "comparison_submission", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_comparison_submission_file_SubmissionId", "comparison_submission_file", "SubmissionId");

        migration.CreateTable("comparison_package_draft",
            t => new
            {
                ParticipantId = t.Column<Guid>(nullable: false),
                Content = t.Column<string>(nullable: false),
                Revision = t.Column<Guid>(nullable: false),
                SavedAt = t.Column<DateTime>(nullable: false),
                SavedBy = t.Column<Guid>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison_package_draft", x => x.ParticipantId);
                t.ForeignKey("FK_comparison_package_draft_comparison_participant_Participant~", x => x.ParticipantId, "comparison_participant", "Id", onDelete: ReferentialAction.Cascade);
            });
    }

    private static void Reports(MigrationBuilder migration)
    {
        migration.CreateTable("comparison_evaluation",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                ComparisonId = t.Column<Guid>(nullable: false),
                CreatedAt = t.Column<DateTime>(nullable: false),
                CreatedBy = t.Column<string>(nullable: false),
                EngineVersion = t.Column<string>(nullable: false),
                Input = t.Column<string>(nullable: false),
                InputSha256 = t.Column<string>(nullable: false),
                Number = t.Column<int>(nullable: false),
                Result = t.Column<string>(nullable: false),
                ResultSha256 = t.Column<string>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison_evaluation", x => x.Id);
                t.ForeignKey("FK_comparison_evaluation_comparison_ComparisonId", x => x.ComparisonId, "comparison", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_comparison_evaluation_ComparisonId_Number", "comparison_evaluation", ["ComparisonId", "Number"], unique: true);

        migration.CreateTable("comparison_report",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                Advice = t.Column<string>(nullable: true),
                AdviceEn = t.Column<string>(nullable: true),
                CommentsDue = t.Column<DateTime>(nullable: true),
                ComparisonId = t.Column<Guid>(nullable: false),
                Conclusion = t.Column<string>(nullable: false),
                ConclusionEn = t.Column<string>(nullable: true),
                CreatedAt = t.Column<DateTime>(nullable: false),
                CreatedBy = t.Column<string>(nullable: false),
                EvaluationId = t.Column<Guid>(nullable: false),
                IsFinal = t.Column<bool>(nullable: false),
                Number = t.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison_report", x => x.Id);
                t.ForeignKey("FK_comparison_report_comparison_ComparisonId", x => x.ComparisonId, "comparison", "Id", onDelete: ReferentialAction.Cascade);
                t.ForeignKey("FK_comparison_report_comparison_evaluation_EvaluationId", x => x.EvaluationId, "comparison_evaluation", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_comparison_report_ComparisonId_Number", "comparison_report", ["ComparisonId", "Number"], unique: true);
        migration.CreateIndex("IX_comparison_report_EvaluationId", "comparison_report", "EvaluationId");

        migration.CreateTable("comparison_report_file",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                Content = t.Column<byte[]>(nullable: false),
                Format = t.Column<string>(maxLength: 8, nullable: false),
                Language = t.Column<string>(maxLength: 2, nullable: false),
                ParticipantId = t.Column<Guid>(nullable: true),
                ReportId = t.Column<Guid>(nullable: false),
                Sha256 = t.Column<string>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison_report_file", x => x.Id);
                t.ForeignKey("FK_comparison_report_file_comparison_report_ReportId", x => x.ReportId, "comparison_report", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_comparison_report_file_ReportId", "comparison_report_file", "ReportId");

        migration.CreateTable("comparison_comment",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                Agrees = t.Column<bool>(nullable: false),
                AnswerTo = t.Column<Guid>(nullable: true),
                ParticipantId = t.Column<Guid>(nullable: false),
                ReportId = t.Column<Guid>(nullable: false),
                Text = t.Column<string>(nullable: false),
                WrittenAt = t.Column<DateTime>(nullable: false),
                WrittenBy = t.Column<string>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_comparison_comment", x => x.Id);
                t.ForeignKey("FK_comparison_comment_comparison_participant_ParticipantId", x => x.ParticipantId, "comparison_participant", "Id", onDelete: ReferentialAction.Cascade);
                t.ForeignKey("FK_comparison_comment_comparison_report_ReportId", x => x.ReportId, "comparison_report", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_comparison_comment_ParticipantId", "comparison_comment", "ParticipantId");
        migration.CreateIndex("IX_comparison_comment_ReportId", "comparison_comment", "ReportId");
    }
}
