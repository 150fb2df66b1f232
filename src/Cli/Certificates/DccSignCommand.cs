using System.CommandLine;
using System.Security.Cryptography;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline dcc sign FILE</c>: XAdES, with a timestamp where an authority is named.</summary>
internal static class DccSignCommand
{
    public static Command Create(CliTexts texts)
    {
        var file = new Argument<string>("FILE") { Description = texts["dcc.sign.file"] };
        var key = new Option<string>("--key") { Description = texts["dcc.sign.key"], Required = true };
        var certificate = new Option<string>("--certificate") { Description = texts["dcc.sign.certificate"], Required = true };
        var timestamp = new Option<string?>("--timestamp") { Description = texts["dcc.sign.timestamp"] };
        var target = new Option<string?>("--output") { Description = texts["dcc.sign.output"] };
        var passphrase = new Passphrase(texts);
        var language = new Option<string?>("--lang", "--language") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("sign", texts["dcc.sign.summary"]) { file, key, certificate, timestamp, target, passphrase.Option, language };
        command.SetAction(async (call, cancel) =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            var path = call.GetRequiredValue(file);
            if (call.GetValue(timestamp) is { } address && (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
            {
                await error.WriteLineAsync(words["dcc.sign.no-address", address]);
                return 2;
            }
            if (InputFile.Read(path, words, error) is not { } bytes || InputFile.Certificates([call.GetRequiredValue(certificate)], words, error) is not { } certificates
                || passphrase.Read(call, words, call.GetRequiredValue(key)) is not { } secret)
                return 2;
            using var signer = InputFile.Key(call.GetRequiredValue(key), secret, words, error);
            if (signer is null)
                return 2;
            try
            {
                var signed = XmlSignature.Sign(bytes, new(signer, certificates), TimeProvider.System.GetUtcNow());
                if (call.GetValue(timestamp) is { } authority)
                {
                    using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
                    signed = await XmlSignature.AddTimestampAsync(signed, TimestampClient.Over(http, new(authority)), cancel);
                }
                return InputFile.Write(call.GetValue(target) ?? Path.ChangeExtension(path, ".signed.xml"), signed, words, output, error) ? 0 : 2;
            }
            catch (Exception fault) when (fault is ArgumentException or InvalidDataException or InvalidOperationException)
            {
                await error.WriteLineAsync(words["dcc.sign.refused", path, fault.Message]);
                return 1;
            }
            catch (Exception fault) when (fault is CryptographicException or HttpRequestException or TaskCanceledException)
            {
                await error.WriteLineAsync(words["dcc.sign.no-timestamp", call.GetValue(timestamp) ?? "", fault.Message]);
                return 1;
            }
        });
        return command;
    }
}
