using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Plumbline.Database.Migrations;

[DbContext(typeof(PlumblineDb)), Migration("0001_Registry")]
internal sealed class M0001_Registry : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        Organisations(migrationBuilder);
        People(migrationBuilder);
        Identity(migrationBuilder);
        Audit(migrationBuilder);
    }

    private static void Organisations(MigrationBuilder migration)
    {
        migration.CreateTable("organisation",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                CreditCode = t.Column<string>(maxLength: 18, nullable: true),
                Code = t.Column<string>(maxLength: 40, nullable: false),
                Name = t.Column<string>(nullable: false),
                NameEn = t.Column<string>(nullable: true),
                Kind = t.Column<string>(maxLength: 40, nullable: false),
                Region = t.Column<string>(maxLength: 12, nullable: false),
                Address = t.Column<string>(nullable: true),
                ContactName = t.Column<string>(nullable: true),
                Telephone = t.Column<string>(nullable: true),
                Email = t.Column<string>(nullable: true),
                State = t.Column<string>(maxLength: 20, nullable: false),
                StateReason = t.Column<string>(nullable: true),
                IsDemonstration = t.Column<bool>(nullable: false),
                RegisteredAt = t.Column<DateTime>(nullable: false),
                Version = t.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_organisation", x => x.Id));
        migration.CreateIndex("IX_organisation_Code", "organisation", "Code", unique: true);
        migration.CreateIndex("IX_organisation_CreditCode", "organisation", "CreditCode", unique: true);

        migration.CreateTable("region",
            t => new
            {
                Code = t.Column<string>(maxLength: 12, nullable: false),
                Parent = t.Column<string>(maxLength: 12, nullable: true),
                Name = t.Column<string>(nullable: false),
                NameEn = t.Column<string>(nullable: false),
                ShortName = t.Column<string>(nullable: false),
                Type = t.Column<string>(nullable: false),
                Source = t.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_region", x => x.Code));
        migration.CreateIndex("IX_region_Parent", "region", "Parent");
    }

    private static void People(MigrationBuilder migration)
    {
        migration.CreateTable("person",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                Name = t.Column<string>(nullable: false),
                Language = t.Column<string>(maxLength: 2, nullable: false),
                Duty = t.Column<string>(maxLength: 20, nullable: false),
                IsDemonstration = t.Column<bool>(nullable: false),
                CreatedAt = t.Column<DateTime>(nullable: false),
                DisabledAt = t.Column<DateTime>(nullable: true),
                PasswordChangedAt = t.Column<DateTime>(nullable: true),
                LastCodeStep = t.Column<long>(nullable: true),
                UserName = t.Column<string>(maxLength: 256, nullable: true),
                NormalizedUserName = t.Column<string>(maxLength: 256, nullable: true),
                Email = t.Column<string>(maxLength: 256, nullable: true),
                NormalizedEmail = t.Column<string>(maxLength: 256, nullable: true),
                EmailConfirmed = t.Column<bool>(nullable: false),
                PasswordHash = t.Column<string>(nullable: true),
                SecurityStamp = t.Column<string>(nullable: true),
                ConcurrencyStamp = t.Column<string>(nullable: true),
                PhoneNumber = t.Column<string>(nullable: true),
                PhoneNumberConfirmed = t.Column<bool>(nullable: false),
                TwoFactorEnabled = t.Column<bool>(nullable: false),
                LockoutEnd = t.Column<DateTime>(nullable: true),
                LockoutEnabled = t.Column<bool>(nullable: false),
                AccessFailedCount = t.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_person", x => x.Id));
        migration.CreateIndex("IX_person_NormalizedUserName", "person", "NormalizedUserName", unique: true);
        migration.CreateIndex("IX_person_NormalizedEmail", "person", "NormalizedEmail");

        migration.CreateTable("membership",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                PersonId = t.Column<Guid>(nullable: false),
                OrganisationId = t.Column<Guid>(nullable: false),
                Role = t.Column<string>(maxLength: 30, nullable: false),
                Since = t.Column<DateTime>(nullable: false),
                Until = t.Column<DateTime>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_membership", x => x.Id);
                t.ForeignKey("FK_membership_person_PersonId", x => x.PersonId, "person", "Id", onDelete: ReferentialAction.Cascade);
                t.ForeignKey("FK_membership_organisation_OrganisationId", x => x.OrganisationId, "organisation", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_membership_PersonId_OrganisationId_Role", "membership", ["PersonId", "OrganisationId", "Role"]);
        migration.CreateIndex("IX_membership_OrganisationId", "membership", "OrganisationId");

        migration.CreateTable("session",
            t => new
            {
                Id = t.Column<Guid>(nullable: false),
                PersonId = t.Column<Guid>(nullable: false),
                StartedAt = t.Column<DateTime>(nullable: false),
                SeenAt = t.Column<DateTime>(nullable: false),
                Address = t.Column<string>(nullable: true),
                UserAgent = t.Column<string>(nullable: true),
                EndedAt = t.Column<DateTime>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_session", x => x.Id);
                t.ForeignKey("FK_session_person_PersonId", x => x.PersonId, "person", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_session_PersonId", "session", "PersonId");
    }

    private static void Identity(MigrationBuilder migration)
    {
        migration.CreateTable("person_claim",
            t => new
            {
                Id = t.Column<int>(nullable: false)
                    .Annotation("Sqlite:Autoincrement", true)
                    .Annotation("Npgsql:ValueGenerationStrategy", Npgsql.EntityFrameworkCore.PostgreSQL.Metadata.NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                UserId = t.Column<Guid>(nullable: false),
                ClaimType = t.Column<string>(nullable: true),
                ClaimValue = t.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_person_claim", x => x.Id);
                t.ForeignKey("FK_person_claim_person_UserId", x => x.UserId, "person", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_person_claim_UserId", "person_claim", "UserId");

        migration.CreateTable("person_login",
            t => new
            {
                LoginProvider = t.Column<string>(nullable: false),
                ProviderKey = t.Column<string>(nullable: false),
                ProviderDisplayName = t.Column<string>(nullable: true),
                UserId = t.Column<Guid>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_person_login", x => new { x.LoginProvider, x.ProviderKey });
                t.ForeignKey("FK_person_login_person_UserId", x => x.UserId, "person", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_person_login_UserId", "person_login", "UserId");

        migration.CreateTable("person_token",
            t => new
            {
                UserId = t.Column<Guid>(nullable: false),
                LoginProvider = t.Column<string>(nullable: false),
                Name = t.Column<string>(nullable: false),
                Value = t.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_person_token", x => new { x.UserId, x.LoginProvider, x.Name });
                t.ForeignKey("FK_person_token_person_UserId", x => x.UserId, "person", "Id", onDelete: ReferentialAction.Cascade);
            });

        var json = migration.ActiveProvider!.Contains("Npgsql", StringComparison.Ordinal) ? "jsonb" : "TEXT";
        migration.CreateTable("person_passkey",
            t => new
            {
                CredentialId = t.Column<byte[]>(nullable: false),
                UserId = t.Column<Guid>(nullable: false),
                Data = t.Column<string>(type: json, nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_person_passkey", x => x.CredentialId);
                t.ForeignKey("FK_person_passkey_person_UserId", x => x.UserId, "person", "Id", onDelete: ReferentialAction.Cascade);
            });
        migration.CreateIndex("IX_person_passkey_UserId", "person_passkey", "UserId");
    }

    private static void Audit(MigrationBuilder migration)
    {
        migration.CreateTable("audit",
            t => new
            {
                Sequence = t.Column<long>(nullable: false),
                At = t.Column<DateTime>(nullable: false),
                PersonId = t.Column<Guid>(nullable: true),
                PersonName = t.Column<string>(nullable: false),
                Address = t.Column<string>(nullable: true),
                Action = t.Column<string>(nullable: true),
                Subject = t.Column<string>(nullable: false),
                SubjectId = t.Column<string>(nullable: false),
                Operation = t.Column<string>(nullable: false),
                Changes = t.Column<string>(nullable: false),
                PreviousHash = t.Column<string>(maxLength: 64, nullable: false),
                Hash = t.Column<string>(maxLength: 64, nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_audit", x => x.Sequence));
        migration.CreateIndex("IX_audit_At", "audit", "At");
        migration.CreateIndex("IX_audit_PersonId", "audit", "PersonId");
        migration.CreateIndex("IX_audit_Subject_SubjectId", "audit", ["Subject", "SubjectId"]);
        migration.AddAppendOnly("audit");
    }
}
