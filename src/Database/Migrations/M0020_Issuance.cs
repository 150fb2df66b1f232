using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Plumbline.Database.Migrations;

[DbContext(typeof(PlumblineDb)), Migration("0020_Issuance")]
internal sealed class M0020_Issuance : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Trust(migrationBuilder);
        Certificates(migrationBuilder);
        Software(migrationBuilder);
        migrationBuilder.AddAppendOnly("trust_list");
        migrationBuilder.AddAppendOnly("revocation_list");
        migrationBuilder.AddAppendOnly("registered_software");
        migrationBuilder.AddAppendOnly("software_check");
    }

    private static void Trust(MigrationBuilder migration)
    {
        migration.CreateTable("issuing_authorisation",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                OrganisationId = t.Column<Guid>(nullable: false),
                Kind = t.Column<string>(maxLength: 40, nullable: false),
                Number = t.Column<string>(maxLength: 80, nullable: false),
                ValidFrom = t.Column<DateOnly>(nullable: false),
                ValidTo = t.Column<DateOnly>(nullable: true),
                GrantedBy = t.Column<Guid>(nullable: false),
                GrantedByName = t.Column<string>(maxLength: 80, nullable: false),
                GrantedAt = t.Column<DateTime>(nullable: false),
                WithdrawnByName = t.Column<string>(maxLength: 80, nullable: true),
                WithdrawnAt = t.Column<DateTime>(nullable: true),
                Version = t.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_issuing_authorisation", x => x.Id);
                t.ForeignKey("FK_issuing_authorisation_organisation_OrganisationId", x => x.OrganisationId, "organisation", "Id", onDelete: ReferentialAction.Restrict);
            });
        migration.CreateIndex("IX_issuing_authorisation_OrganisationId_Kind", "issuing_authorisation", ["OrganisationId", "Kind"]);
        migration.CreateTable("issuing_key",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                OrganisationId = t.Column<Guid>(nullable: false),
                Fingerprint = t.Column<string>(maxLength: 16, nullable: false),
                Algorithm = t.Column<string>(maxLength: 20, nullable: false),
                PublicKey = t.Column<byte[]>(nullable: false),
                Certificate = t.Column<byte[]>(nullable: true),
                HeldHere = t.Column<bool>(nullable: false),
                ReplacesId = t.Column<Guid>(nullable: true),
                State = t.Column<string>(maxLength: 20, nullable: false),
                ProposedBy = t.Column<Guid>(nullable: false),
                ProposedByName = t.Column<string>(maxLength: 80, nullable: false),
                ProposedAt = t.Column<DateTime>(nullable: false),
                ConfirmedBy = t.Column<Guid>(nullable: true),
                ConfirmedByName = t.Column<string>(maxLength: 80, nullable: true),
                ConfirmedAt = t.Column<DateTime>(nullable: true),
                ValidTo = t.Column<DateOnly>(nullable: true),
                EndedAt = t.Column<DateTime>(nullable: true),
                EndedByName = t.Column<string>(maxLength: 80, nullable: true),
                EndReason = t.Column<string>(maxLength: 500, nullable: true),
                DistrustAfterLeaf = t.Column<long>(nullable: true),
                Version = t.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_issuing_key", x => x.Id);
                t.ForeignKey("FK_issuing_key_organisation_OrganisationId", x => x.OrganisationId, "organisation", "Id", onDelete: ReferentialAction.Restrict);
                t.ForeignKey("FK_issuing_key_issuing_key_ReplacesId", x => x.ReplacesId, "issuing_key", "Id", onDelete: ReferentialAction.Restrict);
            });
        migration.CreateIndex("IX_issuing_key_Fingerprint", "issuing_key", "Fingerprint", unique: true);
        migration.CreateIndex("IX_issuing_key_OrganisationId", "issuing_key", "OrganisationId");
        migration.CreateIndex("IX_issuing_key_ReplacesId", "issuing_key", "ReplacesId");
        migration.CreateTable("log_entry",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                Type = t.Column<string>(maxLength: 30, nullable: false),
                SubjectId = t.Column<Guid>(nullable: false),
                Content = t.Column<byte[]>(nullable: false),
                Sequence = t.Column<long>(nullable: false),
                CreatedAt = t.Column<DateTime>(nullable: false),
                CreatedByName = t.Column<string>(maxLength: 80, nullable: false),
                Reason = t.Column<string>(maxLength: 500, nullable: true),
                LeafIndex = t.Column<long>(nullable: true),
                LoggedAt = t.Column<DateTime>(nullable: true),
                Refused = t.Column<string>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_log_entry", x => x.Id));
        migration.CreateIndex("IX_log_entry_SubjectId", "log_entry", "SubjectId");
        migration.CreateIndex("IX_log_entry_Sequence", "log_entry", "Sequence");
        migration.CreateIndex("IX_log_entry_LeafIndex", "log_entry", "LeafIndex", unique: true);
        migration.CreateTable("trust_list",
            t => new
            {
                Number = t.Column<int>(nullable: false),
                IssuedAt = t.Column<DateTime>(nullable: false),
                Content = t.Column<byte[]>(nullable: false),
                Signatures = t.Column<byte[]>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_trust_list", x => x.Number));
        migration.CreateTable("revocation_list",
            t => new
            {
                Number = t.Column<int>(nullable: false),
                IssuedAt = t.Column<DateTime>(nullable: false),
                Range = t.Column<int>(nullable: false),
                Content = t.Column<byte[]>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_revocation_list", x => x.Number));
    }

    private static void Certificates(MigrationBuilder migration)
    {
        migration.CreateTable("issued_certificate",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                Code = t.Column<string>(maxLength: 12, nullable: false),
                Number = t.Column<string>(maxLength: 80, nullable: false),
                Kind = t.Column<string>(maxLength: 40, nullable: false),
                OrganisationId = t.Column<Guid>(nullable: false),
                KeyId = t.Column<Guid>(nullable: false),
                Title = t.Column<string>(maxLength: 200, nullable: false),
                TitleEn = t.Column<string>(maxLength: 200, nullable: true),
                Item = t.Column<string>(maxLength: 200, nullable: false),
                Model = t.Column<string>(maxLength: 80, nullable: true),
                Serial = t.Column<string>(maxLength: 80, nullable: true),
                Conclusion = t.Column<string>(maxLength: 20, nullable: false),
                Grade = t.Column<string>(maxLength: 8, nullable: true),
                PerformedOn = t.Column<DateOnly>(nullable: false),
                ValidUntil = t.Column<DateOnly>(nullable: true),
                IssuedAt = t.Column<DateTime>(nullable: false),
                IssuedBy = t.Column<Guid>(nullable: false),
                IssuedByName = t.Column<string>(maxLength: 80, nullable: false),
                Sha256 = t.Column<string>(maxLength: 64, nullable: false),
                Sm3 = t.Column<string>(maxLength: 64, nullable: false),
                Salt = t.Column<byte[]>(nullable: false),
                StatusIndex = t.Column<int>(nullable: false),
                Seal = t.Column<string>(maxLength: 400, nullable: true),
                FileId = t.Column<Guid>(nullable: false),
                Sm2Seal = t.Column<byte[]>(nullable: true),
                PrintFileId = t.Column<Guid>(nullable: true),
                State = t.Column<string>(maxLength: 20, nullable: false),
                ReplacesId = t.Column<Guid>(nullable: true),
                CustomerId = t.Column<Guid>(nullable: true),
                IsPublic = t.Column<bool>(nullable: false),
                SubjectId = t.Column<Guid>(nullable: true),
                Version = t.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_issued_certificate", x => x.Id);
                t.ForeignKey("FK_issued_certificate_organisation_OrganisationId", x => x.OrganisationId, "organisation", "Id", onDelete: ReferentialAction.Restrict);
                t.ForeignKey("FK_issued_certificate_organisation_CustomerId", x => x.CustomerId, "organisation", "Id", onDelete: ReferentialAction.Restrict);
                t.ForeignKey("FK_issued_certificate_issuing_key_KeyId", x => x.KeyId, "issuing_key", "Id", onDelete: ReferentialAction.Restrict);
                t.ForeignKey("FK_issued_certificate_issued_certificate_ReplacesId", x => x.ReplacesId, "issued_certificate", "Id", onDelete: ReferentialAction.Restrict);
                t.ForeignKey("FK_issued_certificate_file_FileId", x => x.FileId, "file", "Id", onDelete: ReferentialAction.Restrict);
                t.ForeignKey("FK_issued_certificate_file_PrintFileId", x => x.PrintFileId, "file", "Id", onDelete: ReferentialAction.Restrict);
            });
        migration.CreateIndex("IX_issued_certificate_Code", "issued_certificate", "Code", unique: true);
        migration.CreateIndex("IX_issued_certificate_StatusIndex", "issued_certificate", "StatusIndex", unique: true);
        migration.CreateIndex("IX_issued_certificate_OrganisationId_Number", "issued_certificate", ["OrganisationId", "Number"], unique: true);
        migration.CreateIndex("IX_issued_certificate_CustomerId", "issued_certificate", "CustomerId");
        migration.CreateIndex("IX_issued_certificate_SubjectId", "issued_certificate", "SubjectId");
        migration.CreateIndex("IX_issued_certificate_Sha256", "issued_certificate", "Sha256");
        migration.CreateIndex("IX_issued_certificate_KeyId", "issued_certificate", "KeyId");
        migration.CreateIndex("IX_issued_certificate_ReplacesId", "issued_certificate", "ReplacesId");
        migration.CreateIndex("IX_issued_certificate_FileId", "issued_certificate", "FileId");
        migration.CreateIndex("IX_issued_certificate_PrintFileId", "issued_certificate", "PrintFileId");
    }

    private static void Software(MigrationBuilder migration)
    {
        migration.CreateTable("registered_software",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                Approval = t.Column<string>(maxLength: 60, nullable: false),
                Revision = t.Column<int>(nullable: false),
                RegulatorId = t.Column<Guid>(nullable: false),
                Applicant = t.Column<string>(maxLength: 200, nullable: false),
                Instrument = t.Column<string>(maxLength: 200, nullable: false),
                Models = t.Column<string>(maxLength: 500, nullable: false),
                Record = t.Column<string>(nullable: false),
                RegisteredAt = t.Column<DateTime>(nullable: false),
                RegisteredByName = t.Column<string>(maxLength: 80, nullable: false),
                Reason = t.Column<string>(maxLength: 500, nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_registered_software", x => x.Id);
                t.ForeignKey("FK_registered_software_organisation_RegulatorId", x => x.RegulatorId, "organisation", "Id", onDelete: ReferentialAction.Restrict);
            });
        migration.CreateIndex("IX_registered_software_Approval_Revision", "registered_software", ["Approval", "Revision"], unique: true);
        migration.CreateIndex("IX_registered_software_RegulatorId", "registered_software", "RegulatorId");
        migration.CreateTable("software_check",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                SoftwareId = t.Column<Guid>(nullable: false),
                OrganisationId = t.Column<Guid>(nullable: false),
                Way = t.Column<string>(maxLength: 20, nullable: false),
                Model = t.Column<string>(maxLength: 80, nullable: false),
                Serial = t.Column<string>(maxLength: 80, nullable: true),
                Verdict = t.Column<string>(maxLength: 30, nullable: false),
                Details = t.Column<string>(nullable: false),
                CheckedAt = t.Column<DateTime>(nullable: false),
                CheckedByName = t.Column<string>(maxLength: 80, nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_software_check", x => x.Id);
                t.ForeignKey("FK_software_check_registered_software_SoftwareId", x => x.SoftwareId, "registered_software", "Id", onDelete: ReferentialAction.Restrict);
                t.ForeignKey("FK_software_check_organisation_OrganisationId", x => x.OrganisationId, "organisation", "Id", onDelete: ReferentialAction.Restrict);
            });
        migration.CreateIndex("IX_software_check_SoftwareId", "software_check", "SoftwareId");
        migration.CreateIndex("IX_software_check_OrganisationId", "software_check", "OrganisationId");
    }
}
