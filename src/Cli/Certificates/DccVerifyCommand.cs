using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline dcc verify FILE…</c>: who signed what, and whether it was changed, step by step. Exit code 0 good, 1 bad or not signed, 2 wrong call, 3 could not be judged.</summary>
internal static class DccVerifyCommand
{
    public static Command Create(CliTexts texts)
    {
        var files = new Argument<string[]>("FILE") { Description = texts["dcc.verify.file"], Arity = ArgumentArity.OneOrMore };
        var trust = new Option<string[]>("--trust") { Description = texts["dcc.verify.trust"] };
        var at = new Option<string?>("--at") { Description = texts["dcc.verify.at"] };
        var content = new Option<string?>("--content") { Description = texts["dcc.verify.content"] };
        var seal = new Option<string?>("--seal") { Description = texts["dcc.verify.seal", DccSignCommand.SealExtension] };
        var json = new Option<bool>("--json") { Description = texts["cli.json"] };
        var language = new Option<string?>("--lang", "--language") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("verify", texts["dcc.verify.summary"]) { files, trust, at, content, seal, json, language };
        command.SetAction(call =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            if (InputFile.Time(call.GetValue(at), TimeProvider.System, words, error) is not { } time || InputFile.Certificates(call.GetValue(trust) ?? [], words, error) is not { } anchors)
                return 2;
            var (worst, all) = (0, new JsonArray());
            foreach (var file in call.GetRequiredValue(files))
            {
                if (InputFile.Read(file, words, error) is not { } bytes)
                    return 2;
                var signatureTrust = new SignatureTrust(anchors, time);
                var report = bytes.AsSpan().StartsWith("%PDF-"u8) ? PdfSignature.Verify(bytes, signatureTrust) : XmlSignature.Verify(bytes, signatureTrust);
                ElectronicSealReport? sealing = null;
                if ((call.GetValue(seal) ?? (File.Exists(file + DccSignCommand.SealExtension) ? file + DccSignCommand.SealExtension : null)) is { } beside)
                {
                    if (InputFile.Read(beside, words, error) is not { } stamp)
                        return 2;
                    sealing = SealedFile.Verify(bytes, stamp, signatureTrust);
                }
                if (call.GetValue(json))
                    all.Add(SignatureOutput.Json(file, report, sealing, words));
                else
                    SignatureOutput.Write(file, report, sealing, words, output);
                if (report.IsGood && call.GetValue(content) is { } target && !InputFile.Write(target, report.CoveredBytes(), words, error, error))
                    return 2;
                var code = SignatureOutput.Code(report, sealing);
                worst = worst == 1 || code == 1 ? 1 : Math.Max(worst, code);
            }
            if (call.GetValue(json))
                output.WriteLine(all.ToJsonString(SignatureOutput.Indented));
            return worst;
        });
        return command;
    }
}
