using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Plumbline.Database.Migrations;

[DbContext(typeof(PlumblineDb)), Migration("0002_SignIn")]
internal sealed class M0002_SignIn : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("sign_in_attempt",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                At = t.Column<DateTime>(nullable: false),
                Email = t.Column<string>(maxLength: 256, nullable: false),
                PersonId = t.Column<Guid>(nullable: true),
                Result = t.Column<string>(maxLength: 30, nullable: false),
                Address = t.Column<string>(nullable: true),
                UserAgent = t.Column<string>(maxLength: 300, nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_sign_in_attempt", x => x.Id));
        migrationBuilder.CreateIndex("IX_sign_in_attempt_At", "sign_in_attempt", "At");
        migrationBuilder.CreateIndex("IX_sign_in_attempt_PersonId", "sign_in_attempt", "PersonId");
        migrationBuilder.AddAppendOnly("sign_in_attempt");

        migrationBuilder.CreateTable("invitation",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                OrganisationId = t.Column<Guid>(nullable: false),
                Email = t.Column<string>(maxLength: 256, nullable: false),
                RoleNames = t.Column<string>(nullable: false),
                SecretHash = t.Column<string>(maxLength: 64, nullable: false),
                InvitedById = t.Column<Guid>(nullable: false),
                CreatedAt = t.Column<DateTime>(nullable: false),
                ExpiresAt = t.Column<DateTime>(nullable: false),
                AcceptedAt = t.Column<DateTime>(nullable: true),
                AcceptedById = t.Column<Guid>(nullable: true),
                WithdrawnAt = t.Column<DateTime>(nullable: true),
                Version = t.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_invitation", x => x.Id);
                t.ForeignKey("FK_invitation_organisation_OrganisationId", x => x.OrganisationId, "organisation", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("IX_invitation_OrganisationId", "invitation", "OrganisationId");
        migrationBuilder.CreateIndex("IX_invitation_SecretHash", "invitation", "SecretHash", unique: true);

        migrationBuilder.CreateTable("protection_key",
            t => new
            {
                Name = t.Column<string>(nullable: false),
                Xml = t.Column<string>(nullable: false),
                CreatedAt = t.Column<DateTime>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_protection_key", x => x.Name));
    }
}
