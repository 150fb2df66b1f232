using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Certificates;

/// <summary>What a part of the software is to the law.</summary>
public enum SoftwareRole
{
    /// <summary>Legally relevant: it makes, shows, stores or sends measurement results.</summary>
    LegallyRelevant,
    /// <summary>Not legally relevant, separated by an interface.</summary>
    NotRelevant,
    /// <summary>Boot loader.</summary>
    Boot,
    /// <summary>Filling of memory that would else be free, so that no second copy has room.</summary>
    Filling,
}

/// <summary>How a version may come into an instrument in use (OIML D 31).</summary>
public enum UpdateMode
{
    /// <summary>No update: the version is put in at manufacture only.</summary>
    None,
    /// <summary>Verified update: verification follows at the place of use.</summary>
    Verified,
    /// <summary>Traced update: authenticated, checked and recorded in the audit trail.</summary>
    Traced,
}

/// <summary>Risk classes of WELMEC 7.2.</summary>
public enum RiskClass
{
    /// <summary>Lowest.</summary>
    A,
    /// <summary>Low.</summary>
    B,
    /// <summary>Usual for meters built for their purpose.</summary>
    C,
    /// <summary>Usual for universal computers.</summary>
    D,
    /// <summary>High.</summary>
    E,
    /// <summary>Highest.</summary>
    F,
}

/// <summary>A checksum that the instrument itself displays.</summary>
/// <param name="Crc">How it is computed, over the module without its excluded ranges.</param>
/// <param name="Displayed">Exactly what the display shows.</param>
public sealed record DisplayedChecksum(Crc Crc, string Displayed);

/// <summary>A stretch of memory with known content.</summary>
/// <param name="Name">Its name, unique in its unit.</param>
/// <param name="Range">Where it lies.</param>
/// <param name="Sha256">SHA-256 of its bytes without the excluded ranges, in hexadecimal digits.</param>
/// <param name="Sm3">SM3 of the same.</param>
public sealed record SoftwareModule(string Name, MemoryRange Range, string Sha256, string Sm3)
{
    /// <summary>What differs from instrument to instrument and is left out: serial number, calibration constants.</summary>
    public IReadOnlyList<MemoryRange> Excluded { get; init; } = [];

    /// <summary>Checksums as displayed.</summary>
    public IReadOnlyList<DisplayedChecksum> Checksums { get; init; } = [];

    /// <summary>Size of the blocks that <see cref="Blocks"/> speaks of, in bytes; 0 where there are none.</summary>
    public int BlockSize { get; init; }

    /// <summary>The first 8 bytes of SHA-256 of every block, excluded ranges left out: they tell where a changed module differs.</summary>
    public IReadOnlyList<string> Blocks { get; init; } = [];

    /// <summary>The stretches between the excluded ranges, within <paramref name="within"/>.</summary>
    internal IEnumerable<MemoryRange> Included(MemoryRange within)
    {
        var at = within.Address;
        foreach (var hole in Excluded.OrderBy(e => e.Address))
        {
            if (hole.End <= at || hole.Address >= within.End)
                continue;
            if (hole.Address > at)
                yield return new(at, hole.Address - at);
            at = hole.End;
        }
        if (at < within.End)
            yield return new(at, within.End - at);
    }

    /// <returns>Null where the image does not hold the module.</returns>
    internal IReadOnlyList<ReadOnlyMemory<byte>>? Bytes(SoftwareImage image, MemoryRange? within = null)
    {
        var parts = Included(within ?? Range).Select(image.Read).ToArray();
        return parts.Any(p => p is null) ? null : [.. parts.Select(p => p!.Value)];
    }
}

/// <summary>A parameter of the single instrument, and what it may be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit; null for a bare number or a word.</param>
/// <param name="Least">The smallest number allowed; null where numbers are not bounded below.</param>
/// <param name="Most">The largest number allowed.</param>
/// <param name="Allowed">The words allowed; empty for a number.</param>
public sealed record DeviceParameter(string Name, string? Unit, double? Least, double? Most, IReadOnlyList<string> Allowed);

/// <summary>Something known to be used for cheating.</summary>
/// <param name="Description">What it is.</param>
/// <param name="Sha256">SHA-256 of a module's bytes that is known as a cheat; null where a pattern tells.</param>
/// <param name="Pattern">Bytes that stand in the image of a cheat, in hexadecimal digits; null where a digest tells.</param>
public sealed record CheatSignature(string Description, string? Sha256, string? Pattern);

/// <summary>That a version may no longer be used.</summary>
/// <param name="Date">The first day.</param>
/// <param name="Reason">Why.</param>
public sealed record Withdrawal(DateOnly Date, string Reason);

/// <summary>Where the image is kept in escrow.</summary>
/// <param name="Reference">Where and under what number.</param>
/// <param name="Sha256">SHA-256 of the kept file.</param>
public sealed record Escrow(string Reference, string Sha256);

/// <summary>One version of one part of the software.</summary>
/// <param name="Name">Name of the part.</param>
/// <param name="Role">What it is to the law.</param>
/// <param name="Version">The version exactly as displayed.</param>
/// <param name="From">First day on which it may be in use.</param>
public sealed record SoftwareUnit(string Name, SoftwareRole Role, string Version, DateOnly From)
{
    /// <summary>How to make the instrument show version and checksum, in Chinese.</summary>
    public required string DisplayZh { get; init; }

    /// <summary>The same in English.</summary>
    public required string DisplayEn { get; init; }

    /// <summary>Last day on which it may be in use; null where none is set.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Its withdrawal; null where it is not withdrawn.</summary>
    public Withdrawal? Withdrawn { get; init; }

    /// <summary>How it may come into an instrument in use.</summary>
    public UpdateMode Update { get; init; }

    /// <summary>The versions that it may follow.</summary>
    public IReadOnlyList<string> Predecessors { get; init; } = [];

    /// <summary>Its modules.</summary>
    public required IReadOnlyList<SoftwareModule> Modules { get; init; }

    /// <summary>SHA-256 of the table of parameters that are the type's own; null where there is none.</summary>
    public string? ParameterTableSha256 { get; init; }

    /// <summary>The parameters of the single instrument.</summary>
    public IReadOnlyList<DeviceParameter> Parameters { get; init; } = [];

    /// <summary>Known cheats.</summary>
    public IReadOnlyList<CheatSignature> Cheats { get; init; } = [];

    /// <summary>Where the image is kept; null where it is not.</summary>
    public Escrow? Escrow { get; init; }
}

/// <summary>The registered software of one type approval 型式批准.</summary>
/// <param name="Approval">Number of the type approval certificate.</param>
/// <param name="Applicant">Who holds it.</param>
/// <param name="InstrumentZh">Kind of instrument, in Chinese.</param>
/// <param name="InstrumentEn">Kind of instrument, in English.</param>
/// <param name="Models">The models it covers.</param>
/// <param name="Risk">Risk class.</param>
/// <param name="Units">Every version of every part.</param>
public sealed record SoftwareRecord(string Approval, string Applicant, string InstrumentZh, string InstrumentEn, IReadOnlyList<string> Models, RiskClass Risk, IReadOnlyList<SoftwareUnit> Units)
{
    /// <summary>SHA-256 of the evaluation report; null where none is stated.</summary>
    public string? EvaluationReportSha256 { get; init; }

    /// <summary>The fingerprint of one version: SHA-256 over approval, part, version and the digests of all modules. A seal carries its first 8 bytes.</summary>
    /// <returns>32 bytes.</returns>
    public byte[] Fingerprint(SoftwareUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var text = new StringBuilder("CNM-SOFTWARE-1\0").Append(Approval).Append('\n').Append(unit.Name).Append('\n').Append(unit.Version).Append('\n');
        foreach (var module in unit.Modules)
            text.Append($"{module.Name}\n{module.Range.Address} {module.Range.Length} {module.Sha256} {module.Sm3}\n");
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
