using Microsoft.EntityFrameworkCore.Migrations;

namespace Plumbline.Database.Migrations;

internal static class AppendOnly
{
    /// <summary>Lets the database itself refuse to change or delete a row of <paramref name="table"/>: what was reported, decided or signed stays.</summary>
    internal static void AddAppendOnly(this MigrationBuilder migration, string table)
    {
        if (migration.ActiveProvider!.Contains("Npgsql", StringComparison.Ordinal))
        {
            migration.Sql($"""
                CREATE OR REPLACE FUNCTION plumbline_append_only() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
                CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION plumbline_append_only();
                CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION plumbline_append_only();
                """);
            return;
        }
        migration.Sql($"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;");
        migration.Sql($"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;");
    }
}
