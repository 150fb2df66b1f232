using System.CommandLine;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline trust sign|verify</c>: the trust list, which each of two custodians signs alone.</summary>
internal static class TrustCommand
{
    public static Command Create(CliTexts texts) => new("trust", texts["trust.summary"]) { Sign(texts), Verify(texts) };

    private static Command Sign(CliTexts texts)
    {
        var file = new Argument<string>("FILE") { Description = texts["trust.list"] };
        var key = new Option<string>("--key") { Description = texts["trust.key"], Required = true };
        var signatures = new Option<string?>("--signatures") { Description = texts["trust.signatures"] };
        var passphrase = new Passphrase(texts);
        var language = new Option<string?>("--lang", "--language") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("sign", texts["trust.sign.summary"]) { file, key, signatures, passphrase.Option, language };
        command.SetAction(call =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (output, error, path) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error, call.GetRequiredValue(file));
            var target = call.GetValue(signatures) ?? TrustFiles.SignaturesOf(path);
            if (InputFile.Read(path, words, error) is not { } bytes)
                return 2;
            var read = TrustListFile.Read(bytes);
            if (read.Value is not { } list)
            {
                SignatureOutput.Write(read.Findings, words, error);
                return 1;
            }
            IReadOnlyList<CustodianSignature> before = [];
            if (File.Exists(target))
            {
                var there = InputFile.Read(target, words, error) is { } old ? TrustListFile.ReadSignatures(old) : null;
                if (there?.Value is null)
                {
                    SignatureOutput.Write(there?.Findings ?? [], words, error);
                    return 1;
                }
                before = there.Value;
            }
            if (passphrase.Read(call, words, call.GetRequiredValue(key)) is not { } secret)
                return 2;
            using var signer = InputFile.Key(call.GetRequiredValue(key), secret, words, error);
            if (signer is null)
                return 2;
            if (list.Custodians.All(c => c.Key.Id != signer.PublicKey.Id))
                error.WriteLine(words["trust.not-custodian", signer.PublicKey.Id, list.Version]);
            // A signature over an earlier text of the file goes: it speaks of other bytes.
            var still = before.Where(s => s.KeyId != signer.PublicKey.Id && list.Custodians.All(c => c.Key.Id != s.KeyId || TrustListFile.IsSignedBy(bytes, s, c)));
            return InputFile.Write(target, TrustListFile.WriteSignatures([.. still, TrustListFile.Sign(bytes, signer)]), words, output, error) ? 0 : 2;
        });
        return command;
    }

    private static Command Verify(CliTexts texts)
    {
        var file = new Argument<string>("FILE") { Description = texts["trust.list"] };
        var signatures = new Option<string?>("--signatures") { Description = texts["trust.signatures"] };
        var anchor = new Option<string?>("--anchor") { Description = texts["trust.anchor"] };
        var language = new Option<string?>("--lang", "--language") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("verify", texts["trust.verify.summary"]) { file, signatures, anchor, language };
        command.SetAction(call =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (output, path) = (call.InvocationConfiguration.Output, call.GetRequiredValue(file));
            if (TrustFiles.Open(path, call.GetValue(signatures) ?? TrustFiles.SignaturesOf(path), call.GetValue(anchor), words, call.InvocationConfiguration.Error) is not { } opened)
                return 1;
            output.WriteLine(words["trust.good", opened.List.Version, $"{opened.List.Issued:yyyy-MM-dd}", $"{opened.List.NextUpdate:yyyy-MM-dd}", opened.List.Institutions.Count, opened.List.Institutions.Sum(i => i.Keys.Count)]);
            SignatureOutput.Write(opened.Findings, words, output);
            return 0;
        });
        return command;
    }
}
