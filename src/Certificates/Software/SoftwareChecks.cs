namespace Plumbline.Certificates;

/// <summary>What a check of an instrument's software came to.</summary>
public enum SoftwareVerdict
{
    /// <summary>What was shown or read is what is registered, for this model and day.</summary>
    Registered,
    /// <summary>The registry knows no such approval, part or version.</summary>
    Unknown,
    /// <summary>The approval does not cover this model.</summary>
    WrongModel,
    /// <summary>The version has been withdrawn.</summary>
    Withdrawn,
    /// <summary>The version is registered, and not allowed on that day or not as a successor.</summary>
    NotAllowedAtDate,
    /// <summary>What was shown, read or answered is not what is registered.</summary>
    Differs,
}

/// <summary>What the instrument shows of its software.</summary>
/// <param name="Approval">Number of the type approval, from the nameplate.</param>
/// <param name="Model">Model, from the nameplate.</param>
/// <param name="Unit">The part of the software; null where the approval has one part of that version only.</param>
/// <param name="Version">The version as displayed.</param>
/// <param name="Checksums">The checksums as displayed, by module; empty where none is displayed.</param>
public sealed record DisplayedSoftware(string Approval, string Model, string? Unit, string Version, IReadOnlyDictionary<string, string> Checksums);

/// <summary>The end of a check, with every reason.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Record">The registered approval; null where it is unknown.</param>
/// <param name="Unit">The registered version; null where it is unknown.</param>
/// <param name="Findings">Reasons: errors against, notes for, warnings beside.</param>
public sealed record SoftwareReport(SoftwareVerdict Verdict, SoftwareRecord? Record, SoftwareUnit? Unit, IReadOnlyList<Finding> Findings);

/// <summary>Checks instruments against the registered software. Immutable, safe for use by several threads.</summary>
/// <param name="records">The registry: the present record of every approval.</param>
/// <remarks>
/// A checksum that the instrument shows proves nothing against firmware that shows what is expected. Reading the memory through the firmware proves what the firmware hands out. An answer to a fresh challenge proves that the instrument, or something it can ask in time, holds the registered bytes, and not that it runs them. None of the three sees added hardware.
/// </remarks>
public sealed class SoftwareChecks(IReadOnlyList<SoftwareRecord> records)
{
    private const int MostDifferences = 20;

    /// <summary>Checks what the display shows.</summary>
    /// <param name="shown">What it shows.</param>
    /// <param name="date">The day of the check.</param>
    /// <param name="previousVersion">The version at the last verification; null where it is not known.</param>
    public SoftwareReport ByDisplay(DisplayedSoftware shown, DateOnly date, string? previousVersion = null)
    {
        ArgumentNullException.ThrowIfNull(shown);
        var findings = new List<Finding>();
        var (verdict, record, unit) = Find(shown, date, previousVersion, findings);
        if (unit is null)
            return new(verdict, record, null, findings);
        var differs = false;
        foreach (var module in unit.Modules)
            foreach (var checksum in module.Checksums)
                if (!shown.Checksums.TryGetValue(module.Name, out var displayed))
                    findings.Add(Say(FindingSeverity.Warning, "software-checksum-not-shown", null, checksum.Displayed, module.Name, checksum.Crc.Name));
                else if (displayed == checksum.Displayed)
                    findings.Add(Say(FindingSeverity.Note, "software-checksum", displayed, null, module.Name));
                else
                {
                    findings.Add(Bad("software-checksum-differs", displayed, checksum.Displayed, module.Name));
                    differs = true;
                }
        foreach (var name in shown.Checksums.Keys.Where(n => unit.Modules.All(m => m.Name != n || m.Checksums.Count == 0)))
            findings.Add(Say(FindingSeverity.Warning, "software-checksum-unregistered", shown.Checksums[name], null, name));
        findings.Add(Say(FindingSeverity.Note, "software-display-limits", null, null));
        return new(Worse(verdict, differs), record, unit, findings);
    }

    /// <summary>Checks what a reading tool took out of the memory.</summary>
    /// <param name="shown">What the display shows, which says what the memory should hold.</param>
    /// <param name="image">What was read.</param>
    /// <param name="date">The day of the check.</param>
    /// <param name="escrow">The kept image, which tells exactly where a module differs; null where it is not at hand.</param>
    public SoftwareReport ByFile(DisplayedSoftware shown, SoftwareImage image, DateOnly date, SoftwareImage? escrow = null)
    {
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(image);
        var findings = new List<Finding>();
        var (verdict, record, unit) = Find(shown, date, null, findings);
        if (unit is null)
            return new(verdict, record, null, findings);
        var differs = false;
        foreach (var module in unit.Modules)
            differs |= !IsRegistered(module, image, escrow, findings);
        differs |= HasCheat(unit, image, findings);
        if (differs)
            NameOther(record!, unit, image, findings);
        NameRest(unit, image, findings);
        findings.Add(Say(FindingSeverity.Note, "software-file-limits", null, null));
        return new(Worse(verdict, differs), record, unit, findings);
    }

    /// <summary>Checks the parameters of the single instrument against what the version allows.</summary>
    /// <param name="unit">The registered version.</param>
    /// <param name="values">The parameters as read, by name.</param>
    /// <param name="table">The bytes of the table of parameters that are the type's own; null where it was not read.</param>
    /// <returns>What is not allowed; empty where everything is.</returns>
    public static IReadOnlyList<Finding> JudgeParameters(SoftwareUnit unit, IReadOnlyDictionary<string, string> values, ReadOnlyMemory<byte>? table = null)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(values);
        var findings = new List<Finding>();
        foreach (var parameter in unit.Parameters)
        {
            var allowed = parameter.Allowed.Count > 0 ? string.Join(", ", parameter.Allowed) : $"{parameter.Least} … {parameter.Most}{(parameter.Unit is null ? "" : " " + parameter.Unit)}";
            if (!values.TryGetValue(parameter.Name, out var value))
                findings.Add(Bad("software-parameter-missing", null, allowed, parameter.Name));
            else if (!IsAllowed(parameter, value))
                findings.Add(Bad("software-parameter-range", value, allowed, parameter.Name));
        }
        foreach (var name in values.Keys.Where(n => unit.Parameters.All(p => p.Name != n)))
            findings.Add(Bad("software-parameter-unregistered", values[name], string.Join(", ", unit.Parameters.Select(p => p.Name)), name));
        if (table is { } bytes && unit.ParameterTableSha256 is { } digest && Convert.ToHexStringLower(Digests.Sha256(bytes.Span)) is var found && found != digest)
            findings.Add(Bad("software-parameter-table", found, digest));
        return findings;
    }

    /// <summary>The registered version, judged without looking at its bytes.</summary>
    internal (SoftwareVerdict Verdict, SoftwareRecord? Record, SoftwareUnit? Unit) Find(DisplayedSoftware shown, DateOnly date, string? previousVersion, List<Finding> findings)
    {
        if (records.FirstOrDefault(r => r.Approval == shown.Approval) is not { } record)
        {
            findings.Add(Bad("software-approval-unknown", shown.Approval, null));
            return (SoftwareVerdict.Unknown, null, null);
        }
        var units = record.Units.Where(u => shown.Unit is null || u.Name == shown.Unit).ToArray();
        var unit = units.Where(u => u.Version == shown.Version).ToArray() is [var only] ? only : null;
        if (unit is null)
        {
            findings.Add(Bad("software-version-unknown", $"{shown.Unit} {shown.Version}".Trim(), string.Join(", ", units.Select(u => $"{u.Name} {u.Version}")), record.Approval));
            return (SoftwareVerdict.Unknown, record, null);
        }
        var verdict = SoftwareVerdict.Registered;
        void Against(SoftwareVerdict found, Finding reason)
        {
            findings.Add(reason);
            if (verdict == SoftwareVerdict.Registered)
                verdict = found;
        }
        if (!record.Models.Contains(shown.Model, StringComparer.Ordinal))
            Against(SoftwareVerdict.WrongModel, Bad("software-model", shown.Model, string.Join(", ", record.Models), record.Approval));
        if (unit.Withdrawn is { } withdrawn && date >= withdrawn.Date)
            Against(SoftwareVerdict.Withdrawn, Bad("software-withdrawn", $"{withdrawn.Date:yyyy-MM-dd}", null, unit.Version, withdrawn.Reason));
        if (date < unit.From || date > unit.To)
            Against(SoftwareVerdict.NotAllowedAtDate, Bad("software-date", $"{date:yyyy-MM-dd}", $"{unit.From:yyyy-MM-dd} … {unit.To:yyyy-MM-dd}", unit.Version));
        if (previousVersion is not null && previousVersion != unit.Version)
            if (unit.Update == UpdateMode.None || !unit.Predecessors.Contains(previousVersion, StringComparer.Ordinal))
                Against(SoftwareVerdict.NotAllowedAtDate, Bad("software-successor", previousVersion, unit.Update == UpdateMode.None ? "–" : string.Join(", ", unit.Predecessors), unit.Version));
            else
                findings.Add(Say(FindingSeverity.Warning, unit.Update == UpdateMode.Verified ? "software-update-verified" : "software-update-traced", previousVersion, null, unit.Version));
        if (verdict == SoftwareVerdict.Registered)
            findings.Add(Say(FindingSeverity.Note, "software-registered", $"{unit.Name} {unit.Version}", null, record.Approval, Convert.ToHexStringLower(record.Fingerprint(unit).AsSpan(0, 8))));
        return (verdict, record, unit);
    }

    internal static SoftwareVerdict Worse(SoftwareVerdict verdict, bool differs) => differs && verdict is (SoftwareVerdict.Registered or SoftwareVerdict.NotAllowedAtDate) ? SoftwareVerdict.Differs : verdict;

    internal static Finding Bad(string rule, string? value, string? expected, params string[] arguments) => Say(FindingSeverity.Error, rule, value, expected, arguments);

    internal static Finding Say(FindingSeverity severity, string rule, string? value, string? expected, params string[] arguments) =>
        new(FindingLayer.Semantics, severity, rule, "software", value, expected) { Arguments = arguments };

    private static bool IsRegistered(SoftwareModule module, SoftwareImage image, SoftwareImage? escrow, List<Finding> findings)
    {
        if (module.Bytes(image) is not { } bytes)
        {
            findings.Add(Bad("software-module-missing", $"{module.Range}", module.Name));
            return false;
        }
        var digests = ModuleDigests.Of(bytes);
        if (digests.Sha256 == module.Sha256 && digests.Sm3 == module.Sm3)
        {
            findings.Add(Say(FindingSeverity.Note, "software-module", digests.Sha256, null, module.Name));
            return true;
        }
        findings.Add(Bad("software-module-differs", digests.Sha256, module.Sha256, module.Name));
        foreach (var range in Differences(module, image, escrow).Take(MostDifferences))
            findings.Add(Bad("software-range-differs", $"{range}", null, module.Name));
        return false;
    }

    /// <summary>Where a module differs: to the byte with the kept image, to the block without.</summary>
    private static IEnumerable<MemoryRange> Differences(SoftwareModule module, SoftwareImage image, SoftwareImage? escrow)
    {
        if (escrow is not null && module.Bytes(escrow) is { } kept && ModuleDigests.Of(kept).Sha256 == module.Sha256)
        {
            foreach (var stretch in module.Included(module.Range))
            {
                var (read, right) = (image.Read(stretch)!.Value, escrow.Read(stretch)!.Value);
                for (var i = 0; i < read.Length; i++)
                {
                    if (read.Span[i] == right.Span[i])
                        continue;
                    var from = i;
                    // Changes with fewer than eight equal bytes between them are one.
                    for (var equal = 0; i < read.Length && equal < 8; i++)
                        equal = read.Span[i] == right.Span[i] ? equal + 1 : 0;
                    var to = i;
                    while (read.Span[to - 1] == right.Span[to - 1])
                        to--;
                    yield return new(stretch.Address + from, to - from);
                    i--;
                }
            }
        }
        else if (module.Blocks.Count > 0)
        {
            var found = ModuleDigests.Blocks(module, image);
            for (var i = 0; i < found.Count; i++)
                if (found[i] != module.Blocks[i])
                    yield return new(module.Range.Address + (long)i * module.BlockSize, Math.Min(module.BlockSize, module.Range.Length - (long)i * module.BlockSize));
        }
    }

    private static bool HasCheat(SoftwareUnit unit, SoftwareImage image, List<Finding> findings)
    {
        var found = false;
        foreach (var cheat in unit.Cheats)
        {
            var isThere = cheat.Pattern is { } pattern
                ? image.Ranges.Any(r => image.Read(r)!.Value.Span.IndexOf(Convert.FromHexString(pattern)) >= 0)
                : unit.Modules.Any(m => m.Bytes(image) is { } bytes && ModuleDigests.Of(bytes).Sha256 == cheat.Sha256);
            if (!isThere)
                continue;
            findings.Add(Bad("software-cheat", cheat.Pattern ?? cheat.Sha256, null, cheat.Description));
            found = true;
        }
        return found;
    }

    /// <summary>Says which other version the bytes are.</summary>
    private static void NameOther(SoftwareRecord record, SoftwareUnit shown, SoftwareImage image, List<Finding> findings)
    {
        foreach (var other in record.Units.Where(u => u != shown && u.Name == shown.Name))
            if (other.Modules.All(m => m.Bytes(image) is { } bytes && ModuleDigests.Of(bytes).Sha256 == m.Sha256))
                findings.Add(Bad("software-other-version", other.Version, shown.Version));
    }

    /// <summary>Says what lies in memory and is not registered: room for a second copy or another program.</summary>
    private static void NameRest(SoftwareUnit unit, SoftwareImage image, List<Finding> findings)
    {
        var known = unit.Modules.Select(m => m.Range).OrderBy(r => r.Address).ToArray();
        foreach (var range in image.Ranges)
        {
            var at = range.Address;
            foreach (var module in known.Where(k => k.End > range.Address && k.Address < range.End).Append(new(range.End, 1)))
            {
                var rest = new MemoryRange(at, Math.Min(module.Address, range.End) - at);
                if (rest.Length > 0 && image.Read(rest)!.Value.Span.IndexOfAnyExcept((byte)0x00, (byte)0xFF) >= 0)
                    findings.Add(Say(FindingSeverity.Warning, "software-unregistered-range", $"{rest}", null));
                at = Math.Max(at, module.End);
            }
        }
    }

    private static bool IsAllowed(DeviceParameter parameter, string value)
    {
        if (parameter.Allowed.Count > 0)
            return parameter.Allowed.Contains(value, StringComparer.Ordinal);
        return double.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            && number >= (parameter.Least ?? double.NegativeInfinity) && number <= (parameter.Most ?? double.PositiveInfinity);
    }
}
