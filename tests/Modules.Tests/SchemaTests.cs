using Microsoft.EntityFrameworkCore;

namespace Plumbline.Modules.Tests;

public class SchemaTests
{
    // Every column, key, foreign key and index, one line each, in words that both ways of creating a schema share.
    private const string Sqlite = """
        SELECT m.name || '.' || c.name || ' ' || c.type || (CASE c."notnull" WHEN 1 THEN ' not null' ELSE '' END) || (CASE c.pk WHEN 0 THEN '' ELSE ' key ' || c.pk END)
               || coalesce(' default ' || c.dflt_value, '') AS "Value"
        FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE '\_\_EF%' ESCAPE '\' AND m.name NOT LIKE 'sqlite%'
        UNION ALL
        SELECT m.name || '.' || f."from" || ' -> ' || f."table" || '.' || coalesce(f."to", '') || ' on delete ' || f.on_delete
        FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
        UNION ALL
        SELECT 'index ' || sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
        """;

    private const string Postgres = """
        SELECT table_name || '.' || column_name || ' ' || data_type || coalesce('(' || character_maximum_length || ')', '')
               || (CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END) || (CASE is_identity WHEN 'YES' THEN ' identity' ELSE '' END) || coalesce(' default ' || column_default, '') AS "Value"
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\_\_EF%'
        UNION ALL
        SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'f', 'u', 'c') AND conrelid::regclass::text NOT LIKE '%\_\_EF%'
        UNION ALL
        SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\_\_EF%'
        """;

    /// <summary>Migrations are written by hand, so nothing else would notice a column that only the model has.</summary>
    [Theory, EachDatabase]
    public async Task Migrations_build_the_schema_that_the_model_describes(string kind)
    {
        await using var migrated = await TestDatabase.CreateAsync(kind);
        await using var modelled = await TestDatabase.CreateFromModelAsync(kind);
        var (built, wanted) = (await LinesAsync(migrated, kind), await LinesAsync(modelled, kind));
        Assert.NotEmpty(wanted);
        Expect.None(wanted.Except(built).Select(line => $"only in the model: {line}").Concat(built.Except(wanted).Select(line => $"only in the migrations: {line}")));
    }

    private static async Task<HashSet<string>> LinesAsync(TestDatabase database, string kind)
    {
        await using var db = database.Open();
        return [.. await db.Database.SqlQueryRaw<string>(kind == "sqlite" ? Sqlite : Postgres).ToListAsync()];
    }
}
