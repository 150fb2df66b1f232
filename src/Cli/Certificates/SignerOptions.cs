using System.CommandLine;
using System.Security.Cryptography;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary>Which key signs: one in a file (<c>--key</c>, passphrase) or one in hardware (<c>--pkcs11</c>, <c>--token</c>, <c>--label</c>, PIN), and its certificates.</summary>
internal sealed class SignerOptions(CliTexts texts)
{
    private readonly Option<string?> key = new("--key") { Description = texts["dcc.sign.key"] };
    private readonly Option<string?> module = new("--pkcs11") { Description = texts["signer.module"] };
    private readonly Option<string?> token = new("--token") { Description = texts["signer.token"] };
    private readonly Option<string?> label = new("--label") { Description = texts["signer.label"] };
    private readonly Option<string> certificate = new("--certificate") { Description = texts["dcc.sign.certificate"], Required = true };
    private readonly Passphrase passphrase = new(texts), pin = new(texts, "pin");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[key, certificate, passphrase.Option, module, token, label, pin.Option])
            command.Add(option);
    }

    /// <returns>Null, and the reason on the error stream, where there is no usable key. The signer is to be disposed.</returns>
    public SigningIdentity? Open(ParseResult call, CliTexts words)
    {
        var error = call.InvocationConfiguration.Error;
        if (call.GetValue(key) is null == call.GetValue(module) is null || (call.GetValue(module) is not null && (call.GetValue(token) is null || call.GetValue(label) is null)))
        {
            error.WriteLine(words["signer.wrong"]);
            return null;
        }
        if (InputFile.Certificates([call.GetRequiredValue(certificate)], words, error) is not { } certificates || Signer(call, words, error) is not { } signer)
            return null;
        try
        {
            return new(signer, certificates);
        }
        catch (ArgumentException fault)
        {
            (signer as IDisposable)?.Dispose();
            error.WriteLine(fault.Message);
            return null;
        }
    }

    private ISigner? Signer(ParseResult call, CliTexts words, TextWriter error)
    {
        if (call.GetValue(key) is { } file)
            return passphrase.Read(call, words, file) is { } secret ? InputFile.Key(file, secret, words, error) : null;
        try
        {
            return pin.Read(call, words, call.GetValue(token)!) is { } number ? HardwareKey.Open(call.GetValue(module)!, call.GetValue(token)!, number, call.GetValue(label)!) : null;
        }
        catch (CryptographicException fault)
        {
            error.WriteLine(fault.Message);
            return null;
        }
    }
}
