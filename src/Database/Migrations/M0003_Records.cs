using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Plumbline.Database.Migrations;

[DbContext(typeof(PlumblineDb)), Migration("0003_Records")]
internal sealed class M0003_Records : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Rules(migrationBuilder);
        Files(migrationBuilder);
        Notices(migrationBuilder);
    }

    private static void Rules(MigrationBuilder migration)
    {
        migration.CreateTable("rule_table",
            t => new
            {
                Code = t.Column<string>(maxLength: 20, nullable: false),
                Title = t.Column<string>(nullable: false),
                TitleEn = t.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_rule_table", x => x.Code));
        migration.CreateTable("rule",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                Code = t.Column<string>(maxLength: 80, nullable: false),
                Table = t.Column<string>(maxLength: 20, nullable: false),
                Item = t.Column<string>(nullable: false),
                ItemEn = t.Column<string>(nullable: false),
                Value = t.Column<string>(nullable: false),
                Number = t.Column<double>(nullable: true),
                Unit = t.Column<string>(nullable: true),
                Kind = t.Column<string>(maxLength: 20, nullable: false),
                Source = t.Column<string>(nullable: false),
                Clause = t.Column<string>(nullable: true),
                ValidFrom = t.Column<DateOnly>(nullable: true),
                ValidTo = t.Column<DateOnly>(nullable: true),
                Status = t.Column<string>(maxLength: 20, nullable: false),
                Note = t.Column<string>(nullable: true),
                State = t.Column<string>(maxLength: 20, nullable: false),
                ProposedBy = t.Column<Guid>(nullable: true),
                ProposedByName = t.Column<string>(nullable: true),
                ProposedAt = t.Column<DateTime>(nullable: false),
                Reason = t.Column<string>(nullable: true),
                DecidedBy = t.Column<Guid>(nullable: true),
                DecidedByName = t.Column<string>(nullable: true),
                DecidedAt = t.Column<DateTime>(nullable: true),
                DecisionNote = t.Column<string>(nullable: true),
                Version = t.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_rule", x => x.Id);
                t.ForeignKey("FK_rule_rule_table_Table", x => x.Table, "rule_table", "Code", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_rule_Code", "rule", "Code");
        migration.CreateIndex("IX_rule_Table", "rule", "Table");
    }

    private static void Files(MigrationBuilder migration)
    {
        migration.CreateTable("file",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                Name = t.Column<string>(maxLength: 200, nullable: false),
                ContentType = t.Column<string>(maxLength: 100, nullable: false),
                Purpose = t.Column<string>(maxLength: 60, nullable: false),
                OwnerId = t.Column<Guid>(nullable: true),
                Size = t.Column<long>(nullable: false),
                Sha256 = t.Column<string>(maxLength: 64, nullable: false),
                UploadedBy = t.Column<Guid>(nullable: true),
                UploadedByName = t.Column<string>(nullable: false),
                UploadedAt = t.Column<DateTime>(nullable: false),
                Location = t.Column<string>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_file", x => x.Id));
        migration.CreateIndex("IX_file_Purpose_OwnerId", "file", ["Purpose", "OwnerId"]);
        migration.CreateIndex("IX_file_Sha256", "file", "Sha256");
        migration.CreateTable("file_content",
            t => new
            {
                FileId = t.Column<Guid>(nullable: false),
                Content = t.Column<byte[]>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_file_content", x => x.FileId);
                t.ForeignKey("FK_file_content_file_FileId", x => x.FileId, "file", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.AddAppendOnly("file");
        migration.AddAppendOnly("file_content");
    }

    private static void Notices(MigrationBuilder migration)
    {
        migration.CreateTable("notice",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                PersonId = t.Column<Guid>(nullable: false),
                Key = t.Column<string>(maxLength: 80, nullable: false),
                Arguments = t.Column<string>(nullable: false),
                Link = t.Column<string>(nullable: true),
                At = t.Column<DateTime>(nullable: false),
                ReadAt = t.Column<DateTime>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_notice", x => x.Id);
                t.ForeignKey("FK_notice_person_PersonId", x => x.PersonId, "person", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_notice_PersonId_ReadAt", "notice", ["PersonId", "ReadAt"]);
        migration.CreateTable("mail",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                PersonId = t.Column<Guid>(nullable: true),
                To = t.Column<string>(maxLength: 256, nullable: true),
                Language = t.Column<string>(maxLength: 2, nullable: true),
                Key = t.Column<string>(maxLength: 80, nullable: false),
                Arguments = t.Column<string>(nullable: false),
                Link = t.Column<string>(nullable: true),
                CreatedAt = t.Column<DateTime>(nullable: false),
                Attempts = t.Column<int>(nullable: false),
                DueAt = t.Column<DateTime>(nullable: false),
                SentAt = t.Column<DateTime>(nullable: true),
                GivenUpAt = t.Column<DateTime>(nullable: true),
                Error = t.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_mail", x => x.Id);
                t.ForeignKey("FK_mail_person_PersonId", x => x.PersonId, "person", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_mail_SentAt_DueAt", "mail", ["SentAt", "DueAt"]);
        migration.CreateIndex("IX_mail_PersonId", "mail", "PersonId");
    }
}
