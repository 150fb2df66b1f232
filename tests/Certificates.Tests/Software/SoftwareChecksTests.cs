namespace Plumbline.Certificates.Tests;

public class SoftwareChecksTests
{
    private static readonly DateOnly today = new(2026, 6, 1);
    private static readonly SimulatedInstrument honest = new(Cheat.None, 1);

    private static readonly byte[] nonce = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];

    private static SoftwareRecord With(Func<SoftwareUnit, SoftwareUnit> change) =>
        honest.Record with { Units = [.. honest.Record.Units.Select(u => u.Version == "2.1.0" ? change(u) : u)] };

    private static SoftwareReport ByDisplay(SoftwareRecord record, DisplayedSoftware? shown = null, DateOnly? date = null, string? previous = null)
    {
        var report = new SoftwareChecks([record]).ByDisplay(shown ?? honest.Display(), date ?? today, previous);
        Words.Check(report.Findings);
        return report;
    }

    [Fact]
    public void What_is_registered_is_so_for_its_models_and_days()
    {
        var display = honest.Display();
        Assert.Equal(SoftwareVerdict.Registered, ByDisplay(honest.Record).Verdict);
        Assert.Equal(SoftwareVerdict.Registered, ByDisplay(honest.Record, display with { Unit = null }).Verdict);
        Assert.Equal(SoftwareVerdict.Unknown, ByDisplay(honest.Record, display with { Approval = "2026F998-33" }).Verdict);
        Assert.Equal(SoftwareVerdict.Unknown, ByDisplay(honest.Record, display with { Version = "2.1" }).Verdict);
        Assert.Equal(SoftwareVerdict.Unknown, ByDisplay(honest.Record, display with { Unit = "boot" }).Verdict);
        Assert.Equal(SoftwareVerdict.WrongModel, ByDisplay(honest.Record, display with { Model = "SIM-31" }).Verdict);
        Assert.Equal(SoftwareVerdict.NotAllowedAtDate, ByDisplay(honest.Record, date: new(2024, 12, 31)).Verdict);
        Assert.Equal(SoftwareVerdict.Registered, ByDisplay(With(u => u with { To = today })).Verdict);
        Assert.Equal(SoftwareVerdict.NotAllowedAtDate, ByDisplay(With(u => u with { To = today.AddDays(-1) })).Verdict);
        var withdrawn = With(u => u with { Withdrawn = new(today, "shows wrong prices after an overload") });
        Assert.Equal(SoftwareVerdict.Withdrawn, ByDisplay(withdrawn).Verdict);
        Assert.Equal(SoftwareVerdict.Registered, ByDisplay(withdrawn, date: today.AddDays(-1)).Verdict);
        Assert.Contains(ByDisplay(withdrawn).Findings, f => f.Rule == "software-withdrawn" && f.Arguments[1] == "shows wrong prices after an overload");
    }

    [Fact]
    public void A_version_follows_only_the_ones_it_may_and_an_update_asks_for_what_belongs_to_it()
    {
        Assert.Contains(ByDisplay(honest.Record, previous: "2.0.0").Findings, f => f is { Rule: "software-update-verified", Severity: FindingSeverity.Warning });
        Assert.Contains(ByDisplay(With(u => u with { Update = UpdateMode.Traced }), previous: "2.0.0").Findings, f => f.Rule == "software-update-traced");
        Assert.Equal(SoftwareVerdict.NotAllowedAtDate, ByDisplay(honest.Record, previous: "1.9.0").Verdict);
        Assert.Equal(SoftwareVerdict.NotAllowedAtDate, ByDisplay(With(u => u with { Update = UpdateMode.None }), previous: "2.0.0").Verdict);
        Assert.Equal(SoftwareVerdict.Registered, ByDisplay(honest.Record, previous: "2.1.0").Verdict);
    }

    [Fact]
    public void A_displayed_checksum_has_to_be_the_registered_one_to_the_letter()
    {
        var display = honest.Display();
        Assert.Equal(SoftwareVerdict.Differs, ByDisplay(honest.Record, display with { Checksums = new Dictionary<string, string> { ["code"] = "0000" } }).Verdict);
        Assert.Contains(ByDisplay(honest.Record, display with { Checksums = new Dictionary<string, string>() }).Findings, f => f.Rule == "software-checksum-not-shown");
        Assert.Contains(ByDisplay(honest.Record, display with { Checksums = new Dictionary<string, string>(display.Checksums) { ["filling"] = "12" } }).Findings, f => f.Rule == "software-checksum-unregistered");
    }

    [Fact]
    public void A_changed_file_is_told_with_the_ranges_that_differ()
    {
        var bytes = honest.ReadMemory().Read(new(0x08000000, 0x20000))!.Value.ToArray();
        bytes[0x1234] ^= 1;
        bytes[0x1237] ^= 1;
        bytes[0x9000] ^= 1;
        var image = new SoftwareImage((0x08000000L, bytes));
        var checks = new SoftwareChecks([honest.Record]);
        string[] Ranges(SoftwareReport report) => [.. report.Findings.Where(f => f.Rule == "software-range-differs").Select(f => f.Value!)];
        var exact = checks.ByFile(honest.Display(), image, today, honest.Escrow);
        Words.Check(exact.Findings);
        Assert.Equal(SoftwareVerdict.Differs, exact.Verdict);
        Assert.Equal(["0x08001234 + 4", "0x08009000 + 1"], Ranges(exact));
        Assert.Equal(["0x08001000 + 4096", "0x08009000 + 4096"], Ranges(checks.ByFile(honest.Display(), image, today)));
        // The serial number is excluded: it differs between instruments and from the kept image.
        Assert.Equal(SoftwareVerdict.Registered, checks.ByFile(honest.Display(), honest.ReadMemory(), today).Verdict);
        Assert.Equal(SoftwareVerdict.Differs, checks.ByFile(honest.Display(), new SoftwareImage((0x08000000L, bytes.AsMemory(0, 100))), today).Verdict);
    }

    [Fact]
    public void Content_outside_the_modules_is_told_and_blank_memory_is_not()
    {
        var more = new byte[0x100];
        SoftwareReport Check() => new SoftwareChecks([honest.Record]).ByFile(honest.Display(), new SoftwareImage((0x08000000L, honest.ReadMemory().Read(new(0x08000000, 0x20000))!.Value), (0x09000000L, more)), today);
        Assert.DoesNotContain(Check().Findings, f => f.Rule == "software-unregistered-range");
        more[7] = 1;
        Assert.Contains(Check().Findings, f => f is { Rule: "software-unregistered-range", Value: "0x09000000 + 256" });
    }

    [Fact]
    public void Challenges_are_the_same_for_the_same_seed_and_come_back_from_their_file()
    {
        SoftwareChallenge Make(byte seed) => SoftwareChallenge.OfSample(honest.Record, honest.Record.Units[1], nonce, [seed], 50, 256, AnswerDigest.Sm3, 200);
        Assert.Equal(Make(1).Ranges, Make(1).Ranges);
        Assert.NotEqual(Make(1).Ranges, Make(2).Ranges);
        var read = SoftwareChallenge.Read(Make(1).Write()).Value!;
        Assert.Equal(Make(1).Write(), read.Write());
        Assert.Equal(Make(1).Answer(honest.Escrow), read.Answer(honest.Escrow));
        var everything = SoftwareChallenge.OfEverything(honest.Record, honest.Record.Units[1], nonce, [1], 1024, AnswerDigest.Sha256, 200);
        Assert.Equal(0x20000 - 16, everything.Ranges.Sum(r => r.Length));
        Assert.All(everything.Ranges, r => Assert.True(r.End <= 0x0800FFF0 || r.Address >= 0x08010000));
        // SM3 and SHA-256 of nonce and bytes, computed the long way.
        var message = everything.Ranges.Aggregate(nonce, (sum, r) => [.. sum, .. honest.Escrow.Read(r)!.Value.Span]);
        Assert.Equal(Convert.ToHexStringLower(Digests.Sha256(message)), everything.Answer(honest.Escrow));
        Assert.Equal(Convert.ToHexStringLower(Digests.Sm3(message)), (everything with { Digest = AnswerDigest.Sm3 }).Answer(honest.Escrow));
    }

    [Fact]
    public void A_sample_catches_as_often_as_it_says()
    {
        var (caught, changed) = (0, new SimulatedInstrument(Cheat.StoredChecksum, 1));
        for (var i = 0; i < 400; i++)
        {
            var challenge = SoftwareChallenge.OfSample(changed.Record, changed.Record.Units[1], nonce, BitConverter.GetBytes(i), 200, 256, AnswerDigest.Sha256, 1000);
            if (challenge.Answer(changed.Escrow) != changed.Answer(challenge).Answer)
                caught++;
        }
        var chance = SoftwareChallenge.ChanceToCatch(0x20000 - 16, 8, 200, 256);
        Assert.InRange(caught, 400 * chance - 4 * Math.Sqrt(400 * chance * (1 - chance)), 400 * chance + 4 * Math.Sqrt(400 * chance * (1 - chance)));
    }

    [Fact]
    public void An_answer_is_judged_only_against_an_image_with_the_registered_digests()
    {
        var challenge = SoftwareChallenge.OfEverything(honest.Record, honest.Record.Units[1], nonce, [1], 1024, AnswerDigest.Sm3, 1000);
        var (answer, elapsed) = honest.Answer(challenge);
        SoftwareReport Judge(SoftwareImage escrow, DisplayedSoftware? shown = null) => challenge.Judge(new SoftwareChecks([honest.Record]), shown ?? honest.Display(), today, answer.ToUpperInvariant(), elapsed, escrow);
        Assert.Equal(SoftwareVerdict.Registered, Judge(honest.Escrow).Verdict);
        Assert.Contains(Judge(new SoftwareImage((0L, new byte[10]))).Findings, f => f is { Rule: "software-escrow-differs", Severity: FindingSeverity.Unsupported });
        Assert.Equal(SoftwareVerdict.Differs, Judge(honest.Escrow, honest.Display() with { Version = "2.0.0" }).Verdict);
        Assert.Throws<ArgumentException>(() => SoftwareChallenge.OfEverything(honest.Record, honest.Record.Units[1], new byte[15], [1], 1024, AnswerDigest.Sm3, 1000));
    }

    /// <summary>Which check catches which cheat, with memory filled and not. What no check catches is as much a result as what one does.</summary>
    [Theory]
    [InlineData(Cheat.None, true, "")]
    [InlineData(Cheat.None, false, "")]
    [InlineData(Cheat.StoredChecksum, true, "file challenge")]
    [InlineData(Cheat.ReplayedAnswer, true, "file challenge")]
    [InlineData(Cheat.RelocatedCopy, true, "file challenge")]
    [InlineData(Cheat.RelocatedCopy, false, "")]
    [InlineData(Cheat.HiddenMode, true, "")]
    [InlineData(Cheat.ParameterOutOfRange, true, "parameters")]
    [InlineData(Cheat.NewerVersionShown, true, "file challenge")]
    [InlineData(Cheat.Outsourced, true, "file time")]
    public void Every_check_catches_what_it_can(Cheat cheat, bool isFilled, string expected)
    {
        var instrument = new SimulatedInstrument(cheat, 7, isFilled);
        var bench = new SoftwareBench(instrument, today);
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), bench.Run().Where(c => c.IsCaught).Select(c => c.Check.ToString().ToLowerInvariant()));
    }

    [Fact]
    public void An_older_version_under_a_newer_number_is_named_and_a_hidden_copy_in_free_memory_is_a_warning()
    {
        var older = new SimulatedInstrument(Cheat.NewerVersionShown, 7);
        Assert.Contains(new SoftwareChecks([older.Record]).ByFile(older.Display(), older.ReadMemory(), today).Findings, f => f is { Rule: "software-other-version", Value: "2.0.0" });
        var copy = new SimulatedInstrument(Cheat.RelocatedCopy, 7, isFilled: false);
        var report = new SoftwareChecks([copy.Record]).ByFile(copy.Display(), copy.ReadMemory(), today);
        Assert.Equal(SoftwareVerdict.Registered, report.Verdict);
        Assert.Contains(report.Findings, f => f is { Rule: "software-unregistered-range", Severity: FindingSeverity.Warning });
    }
}
