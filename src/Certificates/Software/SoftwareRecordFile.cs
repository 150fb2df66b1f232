using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plumbline.Certificates;

/// <summary>The file of a software record: JSON in UTF-8, versioned, read strictly.</summary>
public static class SoftwareRecordFile
{
    private const string Format = "plumbline-software-record";
    private const int FormatVersion = 1, MostBytes = 32 * 1024 * 1024;
    private const int UsualBlock = 4096;
    private static readonly JsonWriterOptions indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a record.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isDraft">Whether digests and displayed checksums may still be missing, which <see cref="Complete"/> puts in.</param>
    public static Reading<SoftwareRecord> Read(ReadOnlyMemory<byte> file, bool isDraft = false)
    {
        var json = new JsonFile("software record");
        if (json.Open(file, Format, FormatVersion, MostBytes) is not { } root)
            return new(null, json.Findings);
        var instrument = root.OptionalObject("instrument");
        var record = new SoftwareRecord(root.Text("approval"), root.Text("applicant"), instrument?.Text("zh") ?? "", instrument?.Text("en") ?? "", root.Texts("models"), root.Choice<RiskClass>("riskClass"),
            [.. root.Objects("units").Select(u => ReadUnit(u, isDraft))])
        {
            EvaluationReportSha256 = Digits(root.OptionalHex("evaluationReport", 32)),
        };
        instrument?.End();
        root.End();
        if (instrument is null)
            json.Report("json-missing", "", null, "instrument");
        if (record.Models.Count == 0)
            json.Report("json-missing", "", null, "models");
        foreach (var twice in record.Units.GroupBy(u => (u.Name, u.Version)).Where(g => g.Count() > 1))
            json.Report("json-value", "/units", $"{twice.Key.Name} {twice.Key.Version}", "1 ×");
        return json.Findings.Count == 0 ? new(record) : new(null, json.Findings);
    }

    /// <summary>The file of a record; the same record gives the same bytes.</summary>
    public static byte[] Write(SoftwareRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, indented))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("formatVersion", FormatVersion);
            json.WriteString("approval", record.Approval);
            json.WriteString("applicant", record.Applicant);
            WriteTexts(json, "instrument", record.InstrumentZh, record.InstrumentEn);
            WriteWords(json, "models", record.Models);
            json.WriteString("riskClass", $"{record.Risk}");
            WriteOptional(json, "evaluationReport", record.EvaluationReportSha256);
            WriteArray(json, "units", record.Units, u => WriteUnit(json, u));
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>The record with what an image says of one version: digests, blocks, checksums. What stands there already has to agree.</summary>
    /// <param name="record">The record, read as a draft.</param>
    /// <param name="name">Name of the part.</param>
    /// <param name="version">The version.</param>
    /// <param name="image">The image as it is given into escrow.</param>
    public static Reading<SoftwareRecord> Complete(SoftwareRecord record, string name, string version, SoftwareImage image)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(image);
        if (record.Units.FirstOrDefault(u => u.Name == name && u.Version == version) is not { } unit)
            return new(SoftwareChecks.Bad("software-unit-unknown", $"{name} {version}", string.Join(", ", record.Units.Select(u => $"{u.Name} {u.Version}"))));
        var findings = new List<Finding>();
        var modules = unit.Modules.Select(m => CompleteModule(m, image, findings)).ToArray();
        return findings.Count > 0 ? new(null, findings) : new(record with { Units = [.. record.Units.Select(u => u == unit ? unit with { Modules = modules } : u)] });
    }

    private static SoftwareModule CompleteModule(SoftwareModule module, SoftwareImage image, List<Finding> findings)
    {
        if (module.Bytes(image) is not { } bytes)
        {
            findings.Add(SoftwareChecks.Bad("software-module-missing", $"{module.Range}", module.Name));
            return module;
        }
        var digests = ModuleDigests.Of(bytes);
        foreach (var (stated, computed) in ((string, string)[])[(module.Sha256, digests.Sha256), (module.Sm3, digests.Sm3)])
            if (stated.Length > 0 && stated != computed)
                findings.Add(SoftwareChecks.Bad("software-module-differs", computed, stated, module.Name));
        var checksums = module.Checksums.Select(c => c.Displayed.Length > 0 ? c : c with { Displayed = c.Crc.Text(bytes) }).ToArray();
        var block = module.BlockSize > 0 ? module.BlockSize : UsualBlock;
        return module with { Sha256 = digests.Sha256, Sm3 = digests.Sm3, Checksums = checksums, BlockSize = block, Blocks = ModuleDigests.Blocks(module with { BlockSize = block }, image) };
    }

    private static SoftwareUnit ReadUnit(JsonFields json, bool isDraft)
    {
        var display = json.OptionalObject("display");
        if (display is null)
            json.Refuse("display", null, "zh, en");
        var withdrawn = json.OptionalObject("withdrawn");
        var parameters = json.OptionalObject("parameters");
        var escrow = json.OptionalObject("escrow");
        var unit = new SoftwareUnit(json.Text("name"), json.Choice<SoftwareRole>("role"), json.Text("version"), json.Date("from"))
        {
            DisplayZh = display?.Text("zh") ?? "",
            DisplayEn = display?.Text("en") ?? "",
            To = json.OptionalDate("to"),
            Withdrawn = withdrawn is null ? null : new(withdrawn.Date("date"), withdrawn.Text("reason")),
            Update = json.Choice<UpdateMode>("update"),
            Predecessors = json.Texts("predecessors"),
            Modules = [.. json.Objects("modules").Select(m => ReadModule(m, isDraft))],
            ParameterTableSha256 = Digits(parameters?.OptionalHex("sha256", 32)),
            Parameters = [.. parameters?.Objects("schema", needed: false).Select(ReadParameter) ?? []],
            Cheats = [.. json.Objects("cheats", needed: false).Select(ReadCheat)],
            Escrow = escrow is null ? null : new(escrow.Text("reference"), Digits(escrow.Hex("sha256", 32))!),
        };
        foreach (var part in (JsonFields?[])[display, withdrawn, parameters, escrow, json])
            part?.End();
        if (unit.To < unit.From)
            json.Refuse("to", $"{unit.To:yyyy-MM-dd}", $"≥ {unit.From:yyyy-MM-dd}");
        if (unit.Modules.GroupBy(m => m.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            json.Refuse("modules", twice.Key, "1 ×");
        var ordered = unit.Modules.OrderBy(m => m.Range.Address).ToArray();
        for (var i = 1; i < ordered.Length; i++)
            if (ordered[i].Range.Address < ordered[i - 1].Range.End)
                json.Refuse("modules", $"{ordered[i].Name}: {ordered[i].Range}", $"≥ 0x{ordered[i - 1].Range.End:x8}");
        return unit;
    }

    private static SoftwareModule ReadModule(JsonFields json, bool isDraft)
    {
        var range = new MemoryRange(json.Address("address"), json.Number("size", 1, SoftwareImage.MostBytes));
        var module = new SoftwareModule(json.Text("name"), range, Digits(isDraft ? json.OptionalHex("sha256", 32) : json.Hex("sha256", 32)) ?? "", Digits(isDraft ? json.OptionalHex("sm3", 32) : json.Hex("sm3", 32)) ?? "")
        {
            Excluded = [.. json.Objects("excluded", needed: false).Select(e =>
            {
                var hole = new MemoryRange(e.Address("address"), e.Number("length", 1, range.Length));
                e.End();
                if (hole.Address < range.Address || hole.End > range.End)
                    e.Refuse("address", $"{hole}", $"{range}");
                return hole;
            })],
            Checksums = [.. json.Objects("checksums", needed: false).Select(c => ReadChecksum(c, isDraft))],
            BlockSize = (int)(json.OptionalNumber("blockSize", 16, 1 << 24) ?? 0),
            Blocks = json.Texts("blocks", 16),
        };
        json.End();
        if (!module.Included(range).Any())
            json.Refuse("excluded", $"{range}", $"< {range.Length}");
        var blocks = module.BlockSize == 0 ? 0 : (range.Length + module.BlockSize - 1) / module.BlockSize;
        if (module.Blocks.Count != blocks && !(isDraft && module.Blocks.Count == 0) || module.Blocks.Any(b => b.Length != 16 || !b.All(char.IsAsciiHexDigitLower)))
            json.Refuse("blocks", $"{module.Blocks.Count}", $"{blocks} × 16 × 0-9a-f");
        return module;
    }

    private static DisplayedChecksum ReadChecksum(JsonFields json, bool isDraft)
    {
        var width = (int)json.Number("width", 8, 32);
        var crc = new Crc(json.Text("name"), width, json.Bits("polynomial", width), json.Bits("initial", width), json.Flag("reflectIn"), json.Flag("reflectOut"), json.Bits("finalXor", width));
        var displayed = isDraft ? json.OptionalText("displayed") ?? "" : json.Text("displayed");
        json.End();
        if (!crc.IsSound)
            json.Refuse("width", $"{width}", "8, 16, 32; polynomial odd");
        return new(crc, displayed);
    }

    private static DeviceParameter ReadParameter(JsonFields json)
    {
        var parameter = new DeviceParameter(json.Text("name"), json.OptionalText("unit"), json.OptionalReal("least"), json.OptionalReal("most"), json.Texts("allowed"));
        json.End();
        if (parameter.Least > parameter.Most)
            json.Refuse("most", $"{parameter.Most}", $"≥ {parameter.Least}");
        if (parameter.Allowed.Count > 0 == (parameter.Least is not null || parameter.Most is not null))
            json.Refuse("allowed", $"{parameter.Allowed.Count}", "least, most | allowed");
        return parameter;
    }

    private static CheatSignature ReadCheat(JsonFields json)
    {
        var cheat = new CheatSignature(json.Text("description"), Digits(json.OptionalHex("sha256", 32)), Digits(json.OptionalHex("pattern", 0, 256)));
        json.End();
        if (cheat.Sha256 is null == cheat.Pattern is null || cheat.Pattern is { Length: < 16 })
            json.Refuse("pattern", cheat.Pattern, "sha256 | pattern ≥ 8 B");
        return cheat;
    }

    private static void WriteUnit(Utf8JsonWriter json, SoftwareUnit unit)
    {
        json.WriteString("name", unit.Name);
        json.WriteString("role", $"{unit.Role}");
        json.WriteString("version", unit.Version);
        WriteTexts(json, "display", unit.DisplayZh, unit.DisplayEn);
        json.WriteString("from", $"{unit.From:yyyy-MM-dd}");
        if (unit.To is { } to)
            json.WriteString("to", $"{to:yyyy-MM-dd}");
        if (unit.Withdrawn is { } withdrawn)
        {
            json.WriteStartObject("withdrawn");
            json.WriteString("date", $"{withdrawn.Date:yyyy-MM-dd}");
            json.WriteString("reason", withdrawn.Reason);
            json.WriteEndObject();
        }
        json.WriteString("update", $"{unit.Update}");
        WriteWords(json, "predecessors", unit.Predecessors);
        WriteArray(json, "modules", unit.Modules, m => WriteModule(json, m));
        if (unit.ParameterTableSha256 is not null || unit.Parameters.Count > 0)
        {
            json.WriteStartObject("parameters");
            WriteOptional(json, "sha256", unit.ParameterTableSha256);
            WriteArray(json, "schema", unit.Parameters, p =>
            {
                json.WriteString("name", p.Name);
                WriteOptional(json, "unit", p.Unit);
                if (p.Least is { } least)
                    json.WriteNumber("least", least);
                if (p.Most is { } most)
                    json.WriteNumber("most", most);
                if (p.Allowed.Count > 0)
                    WriteWords(json, "allowed", p.Allowed);
            });
            json.WriteEndObject();
        }
        WriteArray(json, "cheats", unit.Cheats, c =>
        {
            json.WriteString("description", c.Description);
            WriteOptional(json, "sha256", c.Sha256);
            WriteOptional(json, "pattern", c.Pattern);
        });
        if (unit.Escrow is { } escrow)
        {
            json.WriteStartObject("escrow");
            json.WriteString("reference", escrow.Reference);
            json.WriteString("sha256", escrow.Sha256);
            json.WriteEndObject();
        }
    }

    private static void WriteModule(Utf8JsonWriter json, SoftwareModule module)
    {
        json.WriteString("name", module.Name);
        json.WriteString("address", $"0x{module.Range.Address:x8}");
        json.WriteNumber("size", module.Range.Length);
        WriteOptional(json, "sha256", module.Sha256 is "" ? null : module.Sha256);
        WriteOptional(json, "sm3", module.Sm3 is "" ? null : module.Sm3);
        WriteArray(json, "excluded", module.Excluded, e =>
        {
            json.WriteString("address", $"0x{e.Address:x8}");
            json.WriteNumber("length", e.Length);
        });
        WriteArray(json, "checksums", module.Checksums, c =>
        {
            json.WriteString("name", c.Crc.Name);
            json.WriteNumber("width", c.Crc.Width);
            foreach (var (field, bits) in ((string, uint)[])[("polynomial", c.Crc.Polynomial), ("initial", c.Crc.Initial)])
                json.WriteString(field, bits.ToString($"x{c.Crc.Width / 4}", CultureInfo.InvariantCulture));
            json.WriteBoolean("reflectIn", c.Crc.ReflectIn);
            json.WriteBoolean("reflectOut", c.Crc.ReflectOut);
            json.WriteString("finalXor", c.Crc.FinalXor.ToString($"x{c.Crc.Width / 4}", CultureInfo.InvariantCulture));
            WriteOptional(json, "displayed", c.Displayed is "" ? null : c.Displayed);
        });
        if (module.BlockSize == 0)
            return;
        json.WriteNumber("blockSize", module.BlockSize);
        WriteWords(json, "blocks", module.Blocks);
    }

    private static string? Digits(byte[]? bytes) => bytes is null ? null : Convert.ToHexStringLower(bytes);

    private static void WriteOptional(Utf8JsonWriter json, string field, string? text)
    {
        if (text is not null)
            json.WriteString(field, text);
    }

    private static void WriteTexts(Utf8JsonWriter json, string field, string zh, string en)
    {
        json.WriteStartObject(field);
        json.WriteString("zh", zh);
        json.WriteString("en", en);
        json.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter json, string field, IReadOnlyList<string> words)
    {
        json.WriteStartArray(field);
        foreach (var word in words)
            json.WriteStringValue(word);
        json.WriteEndArray();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string field, IReadOnlyList<T> items, Action<T> write)
    {
        json.WriteStartArray(field);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}

/// <summary>The digests of a module's bytes.</summary>
internal sealed record ModuleDigests(string Sha256, string Sm3)
{
    public static ModuleDigests Of(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        var all = Joined(parts);
        return new(Convert.ToHexStringLower(SHA256.HashData(all)), Convert.ToHexStringLower(Digests.Sm3(all)));
    }

    /// <summary>The first 8 bytes of SHA-256 of every block of a module that the image holds.</summary>
    public static IReadOnlyList<string> Blocks(SoftwareModule module, SoftwareImage image)
    {
        var blocks = new List<string>();
        for (var at = module.Range.Address; at < module.Range.End; at += module.BlockSize)
            blocks.Add(Convert.ToHexStringLower(SHA256.HashData(Joined(module.Bytes(image, new(at, Math.Min(module.BlockSize, module.Range.End - at)))!)).AsSpan(0, 8)));
        return blocks;
    }

    private static ReadOnlySpan<byte> Joined(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        if (parts.Count == 1)
            return parts[0].Span;
        var all = new byte[parts.Sum(p => p.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(all.AsMemory(at));
            at += part.Length;
        }
        return all;
    }
}
