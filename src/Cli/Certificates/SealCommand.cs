using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline seal make|read|verify</c>: the signed QR code on labels and certificates, offline.</summary>
internal static class SealCommand
{
    public static Command Create(CliTexts texts) => new("seal", texts["seal.summary"]) { Make(texts), Read(texts), Verify(texts) };

    private static Command Make(CliTexts texts)
    {
        Option<string?> Text(string name) => new($"--{name}") { Description = texts[$"seal.option.{name}"] };
        Option<string> Needed(string name) => new($"--{name}") { Description = texts[$"seal.option.{name}"], Required = true };
        Option<string> key = Needed("key"), certificate = Needed("certificate"), date = Needed("date"), document = Needed("document"), host = Needed("host");
        Option<string?> until = Text("valid-until"), serial = Text("serial"), model = Text("model"), grade = Text("grade"), software = Text("software"), svg = Text("svg"), png = Text("png");
        var kind = new Option<DocumentKind>("--kind") { Description = texts["seal.option.kind"], Required = true };
        var conclusion = new Option<SealConclusion>("--conclusion") { Description = texts["seal.option.conclusion"] };
        var status = new Option<uint>("--status-index") { Description = texts["seal.option.status-index"], Required = true };
        var leaf = new Option<long?>("--leaf") { Description = texts["seal.option.leaf"] };
        var instrument = new Option<int>("--instrument-kind") { Description = texts["seal.option.instrument-kind"] };
        var large = new Option<bool>("--large") { Description = texts["seal.option.large"] };
        var passphrase = new Passphrase(texts);
        var language = Language(texts);
        var command = new Command("make", texts["seal.make.summary"]) { key, certificate, kind, date, until, document, status, host, serial, model, instrument, conclusion, grade, leaf, software, svg, png, large, passphrase.Option, language };
        command.SetAction(call =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            if (!CertificateId.TryParse(call.GetRequiredValue(certificate), out var id))
                return Wrong(error, words["seal.no-certificate", call.GetRequiredValue(certificate)]);
            if (Day(call.GetRequiredValue(date)) is not { } day || call.GetValue(until) is { } last && Day(last) is null)
                return Wrong(error, words["seal.no-date", call.GetValue(until) ?? call.GetRequiredValue(date)]);
            if (InputFile.Read(call.GetRequiredValue(document), words, error) is not { } bytes || passphrase.Read(call, words, call.GetRequiredValue(key)) is not { } secret)
                return 2;
            using var signer = InputFile.Key(call.GetRequiredValue(key), secret, words, error);
            if (signer is null)
                return 2;
            try
            {
                var seal = new Seal
                {
                    KeyId = signer.PublicKey.Id, Certificate = id, Kind = call.GetValue(kind), InstrumentKind = call.GetValue(instrument), Model = call.GetValue(model), Conclusion = call.GetValue(conclusion), Grade = call.GetValue(grade),
                    Date = day, ValidUntil = call.GetValue(until) is { } end ? Day(end) : null, StatusIndex = call.GetValue(status), Salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
                    DocumentDigest = Seal.DigestOfDocument(bytes), LeafIndex = call.GetValue(leaf), SoftwareFingerprint = call.GetValue(software),
                };
                var url = SealCodec.ToUrl(SealCodec.Sign(call.GetValue(serial) is { } number ? seal.WithSerial(number) : seal, signer), call.GetRequiredValue(host));
                var symbol = SealSymbol.Make(url);
                if (!symbol.FitsLabel && !call.GetValue(large))
                {
                    error.WriteLine(words["seal.too-large", symbol.Version, SealSymbol.LabelVersion]);
                    return 1;
                }
                output.WriteLine(url);
                return (call.GetValue(svg) is not { } drawing || InputFile.Write(drawing, Encoding.UTF8.GetBytes(symbol.ToSvg()), words, error, error))
                    && (call.GetValue(png) is not { } picture || InputFile.Write(picture, symbol.ToPng(), words, error, error)) ? 0 : 2;
            }
            catch (ArgumentException fault)
            {
                error.WriteLine(words["seal.refused", fault.Message]);
                return 1;
            }
        });
        return command;
    }

    private static Command Read(CliTexts texts)
    {
        var from = new Argument<string>("SEAL") { Description = texts["seal.from"] };
        var json = new Option<bool>("--json") { Description = texts["cli.json"] };
        var language = Language(texts);
        var command = new Command("read", texts["seal.read.summary"]) { from, json, language };
        command.SetAction(async (call, cancel) =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (code, signed) = await SealInput.ReadAsync(call.GetRequiredValue(from), words, call.InvocationConfiguration.Error, cancel);
            if (signed is null)
                return code;
            if (call.GetValue(json))
                await call.InvocationConfiguration.Output.WriteLineAsync(SealOutput.Json(signed).ToJsonString(SignatureOutput.Indented));
            else
                SealOutput.Write(signed, null, words, call.InvocationConfiguration.Output);
            return 0;
        });
        return command;
    }

    private static Command Verify(CliTexts texts)
    {
        var from = new Argument<string>("SEAL") { Description = texts["seal.from"] };
        var trust = new TrustFiles(texts);
        Option<string?> revocations = new("--revocations") { Description = texts["seal.option.revocations"] }, at = new("--at") { Description = texts["seal.option.at"] };
        Option<string?> serial = new("--serial") { Description = texts["seal.option.whole-serial"] }, document = new("--document") { Description = texts["seal.option.whole-document"] };
        var json = new Option<bool>("--json") { Description = texts["cli.json"] };
        var language = Language(texts);
        var command = new Command("verify", texts["seal.verify.summary"]) { from, revocations, at, serial, document, json, language };
        foreach (var option in trust.Options)
            command.Add(option);
        command.SetAction(async (call, cancel) =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            if (InputFile.Time(call.GetValue(at), TimeProvider.System, words, error) is not { } time || trust.Read(call, words) is not { } believed)
                return 2;
            RevocationList? list = null;
            if (call.GetValue(revocations) is { } path)
            {
                var read = InputFile.Read(path, words, error) is { } bytes ? RevocationList.Read(bytes) : null;
                if (read?.Value is null)
                {
                    SignatureOutput.Write(read?.Findings ?? [], words, error);
                    return 2;
                }
                list = read.Value;
            }
            byte[]? compared = null;
            if (call.GetValue(document) is { } original && (compared = InputFile.Read(original, words, error)) is null)
                return 2;
            var (code, signed) = await SealInput.ReadAsync(call.GetRequiredValue(from), words, error, cancel);
            if (signed is null)
                return code;
            var report = new SealVerifier(believed.List, list, new Moment(time)).Verify(signed);
            var differences = new List<Finding>();
            if (call.GetValue(serial) is { } number)
                differences.Add(Compare(signed.Seal.IsSerial(number), "seal-serial", number));
            if (compared is not null)
                differences.Add(Compare(signed.Seal.IsDocument(compared), "seal-document", call.GetValue(document)!));
            report = report with { Findings = [.. believed.Findings, .. report.Findings, .. differences] };
            var isGood = report.IsGood && differences.TrueForAll(d => d.Severity != FindingSeverity.Error);
            if (call.GetValue(json))
            {
                var shown = SealOutput.Json(signed);
                (shown["outcome"], shown["good"], shown["institution"]) = ($"{report.Outcome}", isGood, report.Institution?.Id);
                (shown["findings"], shown["compare"]) = (SignatureOutput.Json(report.Findings, words), SignatureOutput.Json(report.Compare, words));
                await output.WriteLineAsync(shown.ToJsonString(SignatureOutput.Indented));
            }
            else
                SealOutput.Write(signed, report, words, output);
            return isGood ? 0 : report.Outcome is SealOutcome.StatusUnknown or SealOutcome.NeedsLog && differences.TrueForAll(d => d.Severity != FindingSeverity.Error) ? 3 : 1;
        });
        return command;
    }

    private static Finding Compare(bool isSame, string rule, string value) =>
        new(FindingLayer.Semantics, isSame ? FindingSeverity.Note : FindingSeverity.Error, isSame ? $"{rule}-same" : $"{rule}-other", "seal", value);

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static Option<string?> Language(CliTexts texts) => new Option<string?>("--lang", "--language") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");

    private static int Wrong(TextWriter error, string text)
    {
        error.WriteLine(text);
        return 2;
    }

    /// <summary>A clock that stands.</summary>
    private sealed class Moment(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
