namespace Plumbline.Certificates;

/// <summary>What a simulated instrument does behind the inspector's back.</summary>
public enum Cheat
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>Changed code that shows the checksum of the registered one.</summary>
    StoredChecksum,
    /// <summary>Changed code that repeats the answer to an earlier challenge.</summary>
    ReplayedAnswer,
    /// <summary>Changed code; whoever reads it, or asks about it, is given a copy of the registered code kept elsewhere in memory.</summary>
    RelocatedCopy,
    /// <summary>A second program in a memory that cannot be read, started by a sequence of keys.</summary>
    HiddenMode,
    /// <summary>Registered code with a parameter outside its range.</summary>
    ParameterOutOfRange,
    /// <summary>An older registered version that shows a newer number and that version's checksum.</summary>
    NewerVersionShown,
    /// <summary>Changed code that passes questions on to a genuine instrument and passes its answers back.</summary>
    Outsourced,
}

/// <summary>An instrument for trying out checks: memory, display and answers, honest or cheating. The same seed gives the same bytes.</summary>
public sealed class SimulatedInstrument
{
    /// <summary>The approval of every simulated instrument.</summary>
    public const string Approval = "2026F999-33";

    /// <summary>Its model.</summary>
    public const string Model = "SIM-30";

    private const long CodeAt = 0x08000000, FillingAt = 0x08010000;
    private const int CodeBytes = 0x10000, FillingBytes = 0x10000, SerialBytes = 16, BytesPerMillisecond = 2000, RelayMilliseconds = 400;

    // The gain, in the middle of the code: what a cheat would change.
    private static readonly MemoryRange gain = new(CodeAt + 0x4200, 8);
    private readonly Cheat cheat;
    private readonly SoftwareImage old, present;
    private readonly byte[] memory;
    private string? recorded;

    /// <summary>Makes an instrument with its registered software.</summary>
    /// <param name="cheat">What it does.</param>
    /// <param name="seed">What its bytes are drawn with.</param>
    /// <param name="isFilled">Whether memory beside the code is filled with registered bytes, so that no copy has room.</param>
    public SimulatedInstrument(Cheat cheat, int seed, bool isFilled = true)
    {
        this.cheat = cheat;
        var random = new Random(seed);
        (old, present) = (Draw(random, isFilled), Draw(random, isFilled));
        Record = Complete(Complete(Draft(isFilled), "2.0.0", old), "2.1.0", present);
        memory = [.. (cheat == Cheat.NewerVersionShown ? old : present).Read(new(CodeAt, CodeBytes + FillingBytes))!.Value.Span];
        random.NextBytes(memory.AsSpan(CodeBytes - SerialBytes, SerialBytes));
        if (cheat == Cheat.RelocatedCopy)
            memory.AsSpan((int)(gain.Address - CodeAt), (int)gain.Length).CopyTo(memory.AsSpan(CodeBytes + 0x100));
        if (cheat is Cheat.StoredChecksum or Cheat.ReplayedAnswer or Cheat.RelocatedCopy or Cheat.Outsourced)
            memory.AsSpan((int)(gain.Address - CodeAt), (int)gain.Length).Fill(0x5A);
    }

    /// <summary>The registered software: versions 2.0.0 and 2.1.0.</summary>
    public SoftwareRecord Record { get; }

    /// <summary>The image of version 2.1.0 as it is kept in escrow.</summary>
    public SoftwareImage Escrow => present;

    /// <summary>Whether the instrument measures as its registered software would.</summary>
    public bool IsHonest => cheat == Cheat.None;

    /// <summary>What the display shows.</summary>
    public DisplayedSoftware Display()
    {
        var shown = Record.Units.Single(u => u.Version == "2.1.0");
        return new(Approval, Model, "main", "2.1.0", new Dictionary<string, string> { ["code"] = shown.Modules[0].Checksums[0].Displayed });
    }

    /// <summary>What a reading tool gets out of the memory, through the firmware.</summary>
    public SoftwareImage ReadMemory()
    {
        var read = memory.ToArray();
        if (cheat is Cheat.RelocatedCopy)
            memory.AsSpan(CodeBytes + 0x100, (int)gain.Length).CopyTo(read.AsSpan((int)(gain.Address - CodeAt)));
        return new((CodeAt, read));
    }

    /// <summary>The parameters of the instrument.</summary>
    public IReadOnlyDictionary<string, string> Parameters() => new Dictionary<string, string> { ["sensitivity"] = cheat == Cheat.ParameterOutOfRange ? "2.35" : "1.998", ["unit"] = "kg" };

    /// <summary>The answer to a challenge, and the time it took.</summary>
    public (string Answer, TimeSpan Elapsed) Answer(SoftwareChallenge challenge)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        var own = TimeSpan.FromMilliseconds(5 + challenge.Ranges.Sum(r => r.Length) / BytesPerMillisecond);
        var answer = challenge.Answer(cheat == Cheat.Outsourced ? present : ReadMemory()) ?? "";
        if (cheat == Cheat.ReplayedAnswer)
            answer = recorded ??= challenge.Answer(present)!; // The first time it was still genuine.
        return (answer, own + TimeSpan.FromMilliseconds(cheat == Cheat.Outsourced ? RelayMilliseconds : 0));
    }

    /// <summary>The time that an honest instrument needs at most for a challenge, in milliseconds.</summary>
    public static int Bound(long bytes) => 50 + (int)(2 * bytes / BytesPerMillisecond);

    private static SoftwareImage Draw(Random random, bool isFilled)
    {
        var bytes = new byte[CodeBytes + FillingBytes];
        random.NextBytes(bytes.AsSpan(0, isFilled ? bytes.Length : CodeBytes));
        if (!isFilled)
            bytes.AsSpan(CodeBytes).Fill(0xFF);
        return new((CodeAt, bytes));
    }

    private static SoftwareRecord Complete(SoftwareRecord record, string version, SoftwareImage image) => SoftwareRecordFile.Complete(record, "main", version, image).Value!;

    private static SoftwareRecord Draft(bool isFilled)
    {
        SoftwareModule[] modules =
        [
            new("code", new(CodeAt, CodeBytes), "", "") { Excluded = [new(CodeAt + CodeBytes - SerialBytes, SerialBytes)], Checksums = [new(Crc.Known.Single(c => c.Name == "CRC-16/MODBUS"), "")] },
            .. isFilled ? [new SoftwareModule("filling", new(FillingAt, FillingBytes), "", "")] : Array.Empty<SoftwareModule>(),
        ];
        SoftwareUnit Unit(string version, DateOnly from, params string[] predecessors) => new("main", SoftwareRole.LegallyRelevant, version, from)
        {
            DisplayZh = "开机时按住“去皮”键", DisplayEn = "Hold 'tare' while switching on", Update = predecessors.Length > 0 ? UpdateMode.Verified : UpdateMode.None, Predecessors = predecessors, Modules = modules,
            Parameters = [new("sensitivity", "mV/V", 1.8, 2.2, []), new("unit", null, null, null, ["kg"])],
            Cheats = [new("gain overwritten", null, "5a5a5a5a5a5a5a5a")],
        };
        return new(Approval, "Simulation", "模拟电子计价秤", "Simulated price-computing scale", [Model], RiskClass.C, [Unit("2.0.0", new(2024, 1, 1)), Unit("2.1.0", new(2025, 1, 1), "2.0.0")]);
    }
}
