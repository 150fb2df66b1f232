using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline key create|show|certificate</c>: keys of institutions and their certificates.</summary>
internal static class KeyCommand
{
    private const string PublicLabel = "PUBLIC KEY";

    public static Command Create(CliTexts texts) => new("key", texts["key.summary"]) { Make(texts), Show(texts), Certificate(texts), KeySealCommand.Create(texts) };

    private static Option<string?> Language(CliTexts texts) => new Option<string?>("--lang", "--language") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");

    private static Command Make(CliTexts texts)
    {
        var algorithm = new Option<string>("--algorithm") { Description = texts["key.algorithm"], DefaultValueFactory = _ => "p256" }.AcceptOnlyFromAmong("p256", "sm2", "ed25519");
        var target = new Option<string>("--output") { Description = texts["key.output"], Required = true };
        var passphrase = new Passphrase(texts);
        var language = Language(texts);
        var command = new Command("create", texts["key.create.summary"]) { algorithm, target, passphrase.Option, language };
        command.SetAction(call =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            var path = call.GetRequiredValue(target);
            if (passphrase.Read(call, words, path) is not { } secret)
                return 2;
            if (secret.Length < 12)
            {
                error.WriteLine(words["key.passphrase-short"]);
                return 2;
            }
            using var key = SoftwareKey.Create(call.GetRequiredValue(algorithm) switch { "sm2" => SignatureAlgorithm.Sm2, "ed25519" => SignatureAlgorithm.Ed25519, _ => SignatureAlgorithm.EcdsaP256 });
            var open = Path.ChangeExtension(path, ".public.pem");
            // An existing key is never overwritten: what it signed could not be renewed.
            if (!InputFile.Write(path, Encoding.ASCII.GetBytes(key.ToPem(secret) + "\n"), words, output, error, secret: true)
                || !InputFile.Write(open, Encoding.ASCII.GetBytes(PemEncoding.WriteString(PublicLabel, key.PublicKey.Spki.Span) + "\n"), words, output, error))
                return 2;
            output.WriteLine(words["key.id", key.PublicKey.Id, key.PublicKey.Algorithm]);
            return 0;
        });
        return command;
    }

    private static Command Show(CliTexts texts)
    {
        var file = new Argument<string>("FILE") { Description = texts["key.show.file"] };
        var json = new Option<bool>("--json") { Description = texts["cli.json"] };
        var passphrase = new Passphrase(texts);
        var language = Language(texts);
        var command = new Command("show", texts["key.show.summary"]) { file, json, passphrase.Option, language };
        command.SetAction(call =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            var path = call.GetRequiredValue(file);
            if (InputFile.Read(path, words, error) is not { } bytes)
                return 2;
            var text = Encoding.UTF8.GetString(bytes);
            var told = new JsonArray();
            if (text.Contains(PublicLabel, StringComparison.Ordinal))
            {
                if (ReadPublic(path, words, error) is not { } open)
                    return 1;
                told.Add(Tell(open));
            }
            else if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
            {
                if (passphrase.Read(call, words, path) is not { } secret)
                    return 2;
                using var key = InputFile.Key(path, secret, words, error);
                if (key is null)
                    return 1;
                told.Add(Tell(key.PublicKey));
            }
            else if (InputFile.Certificates([path], words, error) is { } certificates)
            {
                foreach (var certificate in certificates)
                    told.Add(Tell(certificate));
            }
            else
            {
                return 1;
            }
            if (call.GetValue(json))
                output.WriteLine(told.ToJsonString(SignatureOutput.Indented));
            else
                foreach (var one in told)
                    output.WriteLine(string.Join('\n', one!.AsObject().Select(p => $"{words[$"key.field.{p.Key}"]}: {p.Value}")));
            return 0;
        });
        return command;
    }

    private static JsonObject Tell(PublicKey key) => new() { ["algorithm"] = $"{key.Algorithm}", ["keyId"] = key.Id };

    private static JsonObject Tell(KeyCertificate certificate) => new()
    {
        ["subject"] = certificate.Subject,
        ["issuer"] = certificate.Issuer,
        ["serialNumber"] = certificate.SerialNumber,
        ["validFrom"] = SignatureOutput.Time(certificate.NotBefore),
        ["validTo"] = SignatureOutput.Time(certificate.NotAfter),
        ["keyId"] = certificate.KeyId,
        ["sha256"] = Convert.ToHexStringLower(Digests.Sha256(certificate.Der.Span)),
    };

    private static PublicKey? ReadPublic(string path, CliTexts words, TextWriter error)
    {
        if (InputFile.Read(path, words, error) is not { } bytes)
            return null;
        try
        {
            var text = Encoding.UTF8.GetString(bytes);
            var fields = PemEncoding.Find(text);
            return PublicKey.FromSpki(Convert.FromBase64String(text[fields.Base64Data]));
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException or FormatException or PlatformNotSupportedException)
        {
            error.WriteLine(words["key.no-key", path, fault.Message]);
            return null;
        }
    }

    private static Command Certificate(CliTexts texts)
    {
        var key = new Option<string>("--key") { Description = texts["key.certificate.key"], Required = true };
        var issuer = new Option<string?>("--certificate") { Description = texts["key.certificate.issuer"] };
        var subject = new Option<string?>("--for") { Description = texts["key.certificate.for"] };
        var name = new Option<string>("--name") { Description = texts["key.certificate.name"], Required = true };
        var purpose = new Option<string>("--purpose") { Description = texts["key.certificate.purpose"], DefaultValueFactory = _ => "signing" }.AcceptOnlyFromAmong("authority", "signing", "timestamping");
        var days = new Option<int>("--days") { Description = texts["key.certificate.days"], DefaultValueFactory = _ => 1095 };
        var target = new Option<string>("--output") { Description = texts["key.output"], Required = true };
        var passphrase = new Passphrase(texts);
        var language = Language(texts);
        var command = new Command("certificate", texts["key.certificate.summary"]) { key, issuer, subject, name, purpose, days, target, passphrase.Option, language };
        command.SetAction(call =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            if (call.GetValue(issuer) is null != call.GetValue(subject) is null || call.GetValue(days) < 1)
            {
                error.WriteLine(words["key.certificate.wrong"]);
                return 2;
            }
            if (passphrase.Read(call, words, call.GetRequiredValue(key)) is not { } secret)
                return 2;
            using var signer = InputFile.Key(call.GetRequiredValue(key), secret, words, error);
            if (signer is null)
                return 2;
            var from = TimeProvider.System.GetUtcNow();
            var to = from.AddDays(call.GetValue(days));
            try
            {
                IReadOnlyList<KeyCertificate> made;
                if (call.GetValue(subject) is { } other)
                {
                    if (ReadPublic(other, words, error) is not { } open || InputFile.Certificates([call.GetValue(issuer)!], words, error) is not { } certificates)
                        return 2;
                    var issued = CertificateIssue.Issue(new(signer, certificates), open, call.GetRequiredValue(name), Enum.Parse<CertificatePurpose>(call.GetRequiredValue(purpose), ignoreCase: true), from, to);
                    // The authorities between stand in the same file, the root does not: it is trusted or not, whatever a file says.
                    made = [issued, .. certificates.Where(c => !c.IsSelfIssued)];
                }
                else
                {
                    made = [CertificateIssue.Root(signer, call.GetRequiredValue(name), from, to)];
                }
                return InputFile.Write(call.GetRequiredValue(target), Encoding.UTF8.GetBytes(string.Concat(made.Select(c => c.ToPem()))), words, output, error) ? 0 : 2;
            }
            catch (ArgumentException fault)
            {
                error.WriteLine(fault.Message);
                return 2;
            }
        });
        return command;
    }
}
