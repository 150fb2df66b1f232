using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>The ways to look at an instrument's software.</summary>
public enum SoftwareCheckKind
{
    /// <summary>What the display shows.</summary>
    Display,
    /// <summary>What a tool reads out of the memory.</summary>
    File,
    /// <summary>The answer to a fresh challenge.</summary>
    Challenge,
    /// <summary>The time that the answer took.</summary>
    Time,
    /// <summary>The parameters.</summary>
    Parameters,
}

/// <summary>What one check made of a simulated instrument.</summary>
/// <param name="Check">The check.</param>
/// <param name="IsCaught">Whether it speaks against the instrument.</param>
/// <param name="Findings">What it found.</param>
public sealed record BenchResult(SoftwareCheckKind Check, bool IsCaught, IReadOnlyList<Finding> Findings);

/// <summary>Puts a simulated instrument through every check.</summary>
/// <param name="instrument">The instrument.</param>
/// <param name="date">The day of the check.</param>
public sealed class SoftwareBench(SimulatedInstrument instrument, DateOnly date)
{
    /// <summary>Runs every check.</summary>
    /// <returns>In the order of <see cref="SoftwareCheckKind"/>.</returns>
    public IReadOnlyList<BenchResult> Run()
    {
        ArgumentNullException.ThrowIfNull(instrument);
        var (checks, shown) = (new SoftwareChecks([instrument.Record]), instrument.Display());
        var unit = instrument.Record.Units.Single(u => u.Version == shown.Version);
        // A challenge of last year, which a cheat may have recorded; then the one that counts.
        _ = instrument.Answer(Challenge(unit));
        var challenge = Challenge(unit);
        var (answer, elapsed) = instrument.Answer(challenge);
        var judged = challenge.Judge(checks, shown, date, answer, elapsed, instrument.Escrow);
        var parameters = SoftwareChecks.JudgeParameters(unit, instrument.Parameters());
        return
        [
            Of(SoftwareCheckKind.Display, checks.ByDisplay(shown, date).Findings),
            Of(SoftwareCheckKind.File, checks.ByFile(shown, instrument.ReadMemory(), date, instrument.Escrow).Findings),
            Of(SoftwareCheckKind.Challenge, [.. judged.Findings.Where(f => f.Rule != "software-answer-late")]),
            Of(SoftwareCheckKind.Time, [.. judged.Findings.Where(f => f.Rule == "software-answer-late")]),
            Of(SoftwareCheckKind.Parameters, parameters),
        ];
    }

    private SoftwareChallenge Challenge(SoftwareUnit unit) => SoftwareChallenge.OfEverything(instrument.Record, unit, RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(32), 1024, AnswerDigest.Sm3,
        SimulatedInstrument.Bound(unit.Modules.Sum(m => m.Range.Length)));

    private static BenchResult Of(SoftwareCheckKind check, IReadOnlyList<Finding> findings) => new(check, findings.Any(f => f.Severity == FindingSeverity.Error), findings);
}
