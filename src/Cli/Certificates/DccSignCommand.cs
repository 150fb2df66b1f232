using System.CommandLine;
using System.Security.Cryptography;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline dcc sign FILE</c>: XAdES for XML, PAdES for PDF, with a timestamp where an authority is named, and an electronic seal of SM2 beside the file.</summary>
internal static class DccSignCommand
{
    /// <summary>What a seal beside a file is named: the file's name and this.</summary>
    public const string SealExtension = ".es";

    public static Command Create(CliTexts texts)
    {
        var file = new Argument<string>("FILE") { Description = texts["dcc.sign.file"] };
        var signerOptions = new SignerOptions(texts);
        var timestamp = new Option<string?>("--timestamp") { Description = texts["dcc.sign.timestamp"] };
        var attach = new Option<string?>("--attach") { Description = texts["dcc.sign.attach"] };
        var sealKey = new Option<string?>("--sm2-key") { Description = texts["dcc.sign.sm2-key"] };
        var sealCertificate = new Option<string?>("--sm2-certificate") { Description = texts["dcc.sign.sm2-certificate"] };
        var seal = new Option<string?>("--sm2-seal") { Description = texts["dcc.sign.sm2-seal"] };
        var sealPassphrase = new Passphrase(texts, "sm2-passphrase");
        var target = new Option<string?>("--output") { Description = texts["dcc.sign.output"] };
        var language = new Option<string?>("--lang", "--language") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("sign", texts["dcc.sign.summary"]) { file };
        signerOptions.AddTo(command);
        foreach (var option in (Option[])[timestamp, attach, sealKey, sealCertificate, seal, sealPassphrase.Option, target, language])
            command.Add(option);
        command.SetAction(async (call, cancel) =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            var path = call.GetRequiredValue(file);
            string?[] sealing = [call.GetValue(sealKey), call.GetValue(sealCertificate), call.GetValue(seal)];
            if (sealing.Any(s => s is null) && sealing.Any(s => s is not null))
                return Refuse(error, words["dcc.sign.sm2-wrong"]);
            if (call.GetValue(timestamp) is { } address && (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
                return Refuse(error, words["dcc.sign.no-address", address]);
            byte[]? attachment = null;
            if (InputFile.Read(path, words, error) is not { } bytes || (call.GetValue(attach) is { } other && (attachment = InputFile.Read(other, words, error)) is null) || signerOptions.Open(call, words) is not { } identity)
                return 2;
            using var signer = identity.Signer as IDisposable;
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
            var authority = call.GetValue(timestamp) is { } named ? TimestampClient.Over(http, new(named)) : null;
            var now = TimeProvider.System.GetUtcNow();
            try
            {
                var isPdf = bytes.AsSpan().StartsWith("%PDF-"u8);
                var signed = isPdf
                    ? await PdfSignature.SignAsync(bytes, identity, new(now) { Timestamp = authority, Attachment = attachment is null ? null : (Path.GetFileName(call.GetValue(attach)!), attachment) }, cancel)
                    : await SignXmlAsync(bytes, identity, now, authority, cancel);
                var written = call.GetValue(target) ?? Path.ChangeExtension(path, isPdf ? ".signed.pdf" : ".signed.xml");
                if (!InputFile.Write(written, signed, words, output, error))
                    return 2;
                return sealing is [{ } key, { } certificate, { } used] ? Seal(signed, key, certificate, used, now) : 0;

                int Seal(byte[] content, string keyFile, string certificateFile, string sealFile, DateTimeOffset time)
                {
                    if (InputFile.Certificates([certificateFile], words, error) is not { } holders || InputFile.Read(sealFile, words, error) is not { } stamp || sealPassphrase.Read(call, words, keyFile) is not { } secret)
                        return 2;
                    using var holder = InputFile.Key(keyFile, secret, words, error);
                    return holder is null || !InputFile.Write(written + SealExtension, SealedFile.Sign(content, ElectronicSeal.FromDer(stamp), new(holder, holders), time), words, output, error) ? 2 : 0;
                }
            }
            catch (Exception fault) when (fault is ArgumentException or InvalidDataException or InvalidOperationException)
            {
                return Refuse(error, words["dcc.sign.refused", path, fault.Message], 1);
            }
            catch (Exception fault) when (fault is CryptographicException or HttpRequestException or TaskCanceledException)
            {
                return Refuse(error, authority is null ? words["dcc.sign.refused", path, fault.Message] : words["dcc.sign.no-timestamp", call.GetValue(timestamp) ?? "", fault.Message], 1);
            }
        });
        return command;
    }

    private static async Task<byte[]> SignXmlAsync(byte[] file, SigningIdentity identity, DateTimeOffset now, TimestampClient? authority, CancellationToken cancel)
    {
        var signed = XmlSignature.Sign(file, identity, now);
        return authority is null ? signed : await XmlSignature.AddTimestampAsync(signed, authority, cancel);
    }

    private static int Refuse(TextWriter error, string reason, int code = 2)
    {
        error.WriteLine(reason);
        return code;
    }
}
