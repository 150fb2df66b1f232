using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline software check|challenge|simulate|register</c>: is the software of an instrument the registered one.</summary>
internal static class SoftwareCommand
{
    public static Command Create(CliTexts texts) => new("software", texts["software.summary"]) { Check(texts), Challenge(texts), Register(texts), Simulate(texts) };

    private static Command Check(CliTexts texts)
    {
        var shown = new Shown(texts);
        var files = new SoftwareFiles(texts);
        Option<string[]> checksums = new("--checksum") { Description = texts["software.option.checksum"] }, parameters = new("--parameter") { Description = texts["software.option.parameter"] };
        Option<string?> date = new("--date") { Description = texts["software.option.date"] }, previous = new("--previous") { Description = texts["software.option.previous"] };
        Option<string?> challenge = new("--challenge") { Description = texts["software.option.challenge"] }, answer = new("--answer") { Description = texts["software.option.answer"] };
        var milliseconds = new Option<double?>("--milliseconds") { Description = texts["software.option.milliseconds"] };
        var json = new Option<bool>("--json") { Description = texts["cli.json"] };
        var language = Language(texts);
        var command = new Command("check", texts["software.check.summary"]) { files.Registry, shown.Approval, shown.Model, shown.Unit, shown.Version, checksums, files.Image, files.Escrow, parameters, challenge, answer, milliseconds, date, previous, json, language };
        command.SetAction(call =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var error = call.InvocationConfiguration.Error;
            var given = (challenge: call.GetValue(challenge), answer: call.GetValue(answer), took: call.GetValue(milliseconds));
            if (given.challenge is null != given.answer is null || given.challenge is null != given.took is null)
                return Wrong(error, words["software.challenge-parts"]);
            if (InputFile.Time(call.GetValue(date), TimeProvider.System, words, error) is not { } time || files.ReadRegistry(call, words) is not { } records
                || Pairs(call.GetValue(checksums), words, error) is not { } displayed || Pairs(call.GetValue(parameters), words, error) is not { } values
                || !SoftwareFiles.TryRead(files.Image, call, words, out var image) || !SoftwareFiles.TryRead(files.Escrow, call, words, out var escrow))
                return 2;
            if (given.challenge is not null && escrow is null)
                return Wrong(error, words["software.challenge-escrow"]);
            var (checks, software, day) = (new SoftwareChecks(records), shown.Read(call, displayed), BeijingDay(time));
            var report = checks.ByDisplay(software, day, call.GetValue(previous));
            List<SoftwareReport> reports = [report];
            if (image is not null)
                reports.Add(checks.ByFile(software, image, day, escrow));
            if (given.challenge is { } path)
            {
                var asked = InputFile.Read(path, words, error) is { } bytes ? SoftwareChallenge.Read(bytes) : null;
                if (asked?.Value is null)
                {
                    SignatureOutput.Write(asked?.Findings ?? [], words, error);
                    return 2;
                }
                reports.Add(asked.Value.Judge(checks, software, day, given.answer!, TimeSpan.FromMilliseconds(given.took!.Value), escrow!));
            }
            var findings = reports.SelectMany(r => r.Findings).DistinctBy(f => (f.Rule, f.Value, string.Join('\n', f.Arguments))).ToList();
            var verdict = reports.Select(r => r.Verdict).FirstOrDefault(v => v != SoftwareVerdict.Registered, SoftwareVerdict.Registered);
            if (values.Count > 0 && report.Unit is { } unit && SoftwareChecks.JudgeParameters(unit, values) is { Count: > 0 } wrong)
            {
                findings.AddRange(wrong);
                verdict = verdict == SoftwareVerdict.Registered ? SoftwareVerdict.Differs : verdict;
            }
            Tell(verdict, findings, call.GetValue(json), words, call.InvocationConfiguration.Output);
            return verdict != SoftwareVerdict.Registered ? 1 : findings.Exists(f => f.Severity == FindingSeverity.Unsupported) ? 3 : 0;
        });
        return command;
    }

    private static Command Challenge(CliTexts texts)
    {
        var shown = new Shown(texts);
        var files = new SoftwareFiles(texts);
        Option<int?> sample = new("--sample") { Description = texts["software.option.sample"] }, limit = new("--limit") { Description = texts["software.option.limit"] };
        var piece = new Option<int>("--bytes") { Description = texts["software.option.bytes"], DefaultValueFactory = _ => 1024 };
        var digest = new Option<AnswerDigest>("--digest") { Description = texts["software.option.digest"] };
        var output = new Option<string>("--output") { Description = texts["software.option.output"], Required = true };
        var language = Language(texts);
        var command = new Command("challenge", texts["software.challenge.summary"]) { files.Registry, shown.Approval, shown.Unit, shown.Version, sample, piece, digest, limit, output, language };
        command.SetAction(call =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (error, version) = (call.InvocationConfiguration.Error, call.GetRequiredValue(shown.Version));
            if (files.ReadRegistry(call, words) is not { } records)
                return 2;
            var record = records.FirstOrDefault(r => r.Approval == call.GetRequiredValue(shown.Approval));
            var units = record?.Units.Where(u => u.Version == version && (call.GetValue(shown.Unit) is not { } name || u.Name == name)).ToArray() ?? [];
            if (units is not [var unit])
            {
                error.WriteLine(words["software.no-version", call.GetRequiredValue(shown.Approval), version]);
                return 1;
            }
            try
            {
                byte[] nonce = RandomNumberGenerator.GetBytes(16), seed = RandomNumberGenerator.GetBytes(32);
                var bytes = call.GetValue(sample) is { } count ? (long)count * call.GetValue(piece) : unit.Modules.Sum(m => m.Range.Length);
                var most = call.GetValue(limit) ?? SimulatedInstrument.Bound(bytes);
                var challenge = call.GetValue(sample) is { } ranges
                    ? SoftwareChallenge.OfSample(record!, unit, nonce, seed, ranges, call.GetValue(piece), call.GetValue(digest), most)
                    : SoftwareChallenge.OfEverything(record!, unit, nonce, seed, call.GetValue(piece), call.GetValue(digest), most);
                return InputFile.Write(call.GetRequiredValue(output), challenge.Write(), words, call.InvocationConfiguration.Output, error) ? 0 : 2;
            }
            catch (ArgumentException fault)
            {
                return Wrong(error, fault.Message);
            }
        });
        return command;
    }

    private static Command Register(CliTexts texts)
    {
        var draft = new Argument<string>("DRAFT") { Description = texts["software.register.draft"] };
        var files = new SoftwareFiles(texts);
        Option<string> unit = new("--unit") { Description = texts["software.option.unit"], Required = true }, version = new("--version-number") { Description = texts["software.option.version"], Required = true };
        var output = new Option<string>("--output") { Description = texts["software.option.output"], Required = true };
        var language = Language(texts);
        var command = new Command("register", texts["software.register.summary"]) { draft, unit, version, files.Image, output, language };
        command.SetAction(call =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var error = call.InvocationConfiguration.Error;
            if (InputFile.Read(call.GetRequiredValue(draft), words, error) is not { } bytes || !SoftwareFiles.TryRead(files.Image, call, words, out var image))
                return 2;
            if (image is null)
                return Wrong(error, words["software.no-image"]);
            var read = SoftwareRecordFile.Read(bytes, isDraft: true);
            var completed = read.Value is { } record ? SoftwareRecordFile.Complete(record, call.GetRequiredValue(unit), call.GetRequiredValue(version), image) : read;
            if (completed.Value is not { } whole)
            {
                SignatureOutput.Write(completed.Findings, words, error);
                return 1;
            }
            if (!InputFile.Write(call.GetRequiredValue(output), SoftwareRecordFile.Write(whole), words, call.InvocationConfiguration.Output, error))
                return 2;
            var registered = whole.Units.Single(u => u.Name == call.GetRequiredValue(unit) && u.Version == call.GetRequiredValue(version));
            call.InvocationConfiguration.Output.WriteLine(words["software.fingerprint", Convert.ToHexStringLower(whole.Fingerprint(registered))]);
            foreach (var module in registered.Modules)
                call.InvocationConfiguration.Output.WriteLine($"  {module.Name}  {module.Range}  SHA-256 {module.Sha256}  SM3 {module.Sm3}{string.Concat(module.Checksums.Select(c => $"  {c.Crc.Name} {c.Displayed}"))}");
            return 0;
        });
        return command;
    }

    private static Command Simulate(CliTexts texts)
    {
        var cheat = new Option<Cheat?>("--cheat") { Description = texts["software.option.cheat"] };
        var seed = new Option<int>("--seed") { Description = texts["cli.seed"], DefaultValueFactory = _ => 1 };
        var free = new Option<bool>("--free-memory") { Description = texts["software.option.free-memory"] };
        Option<string?> export = new("--export") { Description = texts["software.option.export"] }, challenge = new("--answer-to") { Description = texts["software.option.answer-to"] };
        var json = new Option<bool>("--json") { Description = texts["cli.json"] };
        var language = Language(texts);
        var command = new Command("simulate", texts["software.simulate.summary"]) { cheat, seed, free, export, challenge, json, language };
        command.SetAction(call =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            var day = BeijingDay(TimeProvider.System.GetUtcNow());
            SimulatedInstrument Instrument(Cheat of) => new(of, call.GetValue(seed), !call.GetValue(free));
            if (call.GetValue(challenge) is { } path)
            {
                var asked = InputFile.Read(path, words, error) is { } bytes ? SoftwareChallenge.Read(bytes) : null;
                if (asked?.Value is null)
                {
                    SignatureOutput.Write(asked?.Findings ?? [], words, error);
                    return 2;
                }
                var (answer, elapsed) = Instrument(call.GetValue(cheat) ?? Cheat.None).Answer(asked.Value);
                output.WriteLine($"{answer} {elapsed.TotalMilliseconds:0}");
                return 0;
            }
            if (call.GetValue(export) is { } folder)
                return SoftwareFiles.Export(Instrument(call.GetValue(cheat) ?? Cheat.None), folder, words, output, error);
            var all = new JsonArray();
            foreach (var one in call.GetValue(cheat) is { } chosen ? [chosen] : Enum.GetValues<Cheat>())
            {
                var results = new SoftwareBench(Instrument(one), day).Run();
                if (call.GetValue(json))
                    all.Add(new JsonObject { ["cheat"] = $"{one}", ["caughtBy"] = new JsonArray([.. results.Where(r => r.IsCaught).Select(r => (JsonNode)$"{r.Check}")]), ["findings"] = SignatureOutput.Json(results.SelectMany(r => r.Findings), words) });
                else
                {
                    var caught = results.Where(r => r.IsCaught).Select(r => words[$"software.by.{r.Check}"]).ToArray();
                    output.WriteLine($"{CertificatesTexts.Get(words.Culture, $"Cheat.{one}")}: {(caught.Length > 0 ? words["software.caught", string.Join(", ", caught)] : words[one == Cheat.None ? "software.nothing-wrong" : "software.not-caught"])}");
                    if (call.GetValue(cheat) is not null)
                        SignatureOutput.Write(results.SelectMany(r => r.Findings), words, output);
                }
            }
            if (call.GetValue(json))
                output.WriteLine(all.ToJsonString(SignatureOutput.Indented));
            else
                output.WriteLine(words["software.limits"]);
            return 0;
        });
        return command;
    }

    private static void Tell(SoftwareVerdict verdict, List<Finding> findings, bool asJson, CliTexts words, TextWriter output)
    {
        if (asJson)
        {
            output.WriteLine(new JsonObject { ["verdict"] = $"{verdict}", ["findings"] = SignatureOutput.Json(findings, words) }.ToJsonString(SignatureOutput.Indented));
            return;
        }
        output.WriteLine(CertificatesTexts.Get(words.Culture, $"SoftwareVerdict.{verdict}"));
        SignatureOutput.Write(findings, words, output);
    }

    private static Dictionary<string, string>? Pairs(string[]? given, CliTexts words, TextWriter error)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in given ?? [])
            if (one.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } value] || !pairs.TryAdd(name, value))
            {
                error.WriteLine(words["software.no-pair", one]);
                return null;
            }
        return pairs;
    }

    private static DateOnly BeijingDay(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(TimeSpan.FromHours(8)).DateTime);

    private static Option<string?> Language(CliTexts texts) => new Option<string?>("--lang", "--language") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");

    private static int Wrong(TextWriter error, string text)
    {
        error.WriteLine(text);
        return 2;
    }

    /// <summary>What the instrument shows, as options.</summary>
    private sealed class Shown(CliTexts texts)
    {
        public Option<string> Approval { get; } = new("--approval") { Description = texts["software.option.approval"], Required = true };

        public Option<string> Model { get; } = new("--model") { Description = texts["software.option.model"], Required = true };

        public Option<string?> Unit { get; } = new("--unit") { Description = texts["software.option.unit"] };

        // Not --version, which asks for the tool's own.
        public Option<string> Version { get; } = new("--version-number") { Description = texts["software.option.version"], Required = true };

        public DisplayedSoftware Read(ParseResult call, Dictionary<string, string> checksums) =>
            new(call.GetRequiredValue(Approval), call.GetRequiredValue(Model), call.GetValue(Unit), call.GetRequiredValue(Version), checksums);
    }
}
