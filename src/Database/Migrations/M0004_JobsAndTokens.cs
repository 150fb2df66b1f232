using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Plumbline.Database.Migrations;

[DbContext(typeof(PlumblineDb)), Migration("0004_JobsAndTokens")]
internal sealed class M0004_JobsAndTokens : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("job",
            t => new
            {
                Kind = t.Column<string>(maxLength: 80, nullable: false),
                DueAt = t.Column<DateTime>(nullable: false),
                Holder = t.Column<string>(nullable: true),
                LeaseUntil = t.Column<DateTime>(nullable: true),
                StartedAt = t.Column<DateTime>(nullable: true),
                FinishedAt = t.Column<DateTime>(nullable: true),
                Failures = t.Column<int>(nullable: false),
                Error = t.Column<string>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_job", x => x.Kind));
        migrationBuilder.CreateTable("access_token",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                PersonId = t.Column<Guid>(nullable: false),
                Name = t.Column<string>(maxLength: 80, nullable: false),
                Hash = t.Column<string>(maxLength: 64, nullable: false),
                Start = t.Column<string>(maxLength: 12, nullable: false),
                Scopes = t.Column<string>(maxLength: 200, nullable: false),
                CreatedAt = t.Column<DateTime>(nullable: false),
                ExpiresAt = t.Column<DateTime>(nullable: false),
                LastUsedAt = t.Column<DateTime>(nullable: true),
                RevokedAt = t.Column<DateTime>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_access_token", x => x.Id);
                t.ForeignKey("FK_access_token_person_PersonId", x => x.PersonId, "person", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_access_token_Hash", "access_token", "Hash", unique: true);
        migrationBuilder.CreateIndex("IX_access_token_PersonId", "access_token", "PersonId");
        migrationBuilder.CreateTable("request_key",
            t => new
            {
                PersonId = t.Column<Guid>(nullable: false),
                Key = t.Column<string>(maxLength: 100, nullable: false),
                RequestHash = t.Column<string>(maxLength: 64, nullable: false),
                StartedAt = t.Column<DateTime>(nullable: false),
                Status = t.Column<int>(nullable: true),
                Location = t.Column<string>(nullable: true),
                ContentType = t.Column<string>(nullable: true),
                Body = t.Column<byte[]>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_request_key", x => new { x.PersonId, x.Key }));
        migrationBuilder.CreateIndex("IX_request_key_StartedAt", "request_key", "StartedAt");
    }
}
