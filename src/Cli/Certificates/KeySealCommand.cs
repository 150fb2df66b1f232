using System.CommandLine;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline key seal</c>: makes an electronic seal (GB/T 38540-2020) for the holders of certificates.</summary>
internal static class KeySealCommand
{
    public static Command Create(CliTexts texts)
    {
        var signerOptions = new SignerOptions(texts);
        var holders = new Option<string[]>("--for") { Description = texts["key.seal.for"], Required = true };
        var id = new Option<string>("--id") { Description = texts["key.seal.id"], Required = true };
        var name = new Option<string>("--name") { Description = texts["key.seal.name"], Required = true };
        var picture = new Option<string>("--picture") { Description = texts["key.seal.picture"], Required = true };
        var width = new Option<int>("--width") { Description = texts["key.seal.width"], DefaultValueFactory = _ => 42 };
        var days = new Option<int>("--days") { Description = texts["key.certificate.days"], DefaultValueFactory = _ => 1095 };
        var target = new Option<string>("--output") { Description = texts["key.output"], Required = true };
        var language = new Option<string?>("--lang", "--language") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("seal", texts["key.seal.summary"]);
        signerOptions.AddTo(command);
        foreach (var option in (Option[])[holders, id, name, picture, width, days, target, language])
            command.Add(option);
        command.SetAction(call =>
        {
            var words = CliTexts.For(call.GetValue(language));
            var (output, error) = (call.InvocationConfiguration.Output, call.InvocationConfiguration.Error);
            if (InputFile.Read(call.GetRequiredValue(picture), words, error) is not { } image || InputFile.Certificates(call.GetRequiredValue(holders), words, error) is not { } certificates || signerOptions.Open(call, words) is not { } maker)
                return 2;
            using var signer = maker.Signer as IDisposable;
            var now = TimeProvider.System.GetUtcNow();
            try
            {
                var made = ElectronicSeal.Make(maker, call.GetRequiredValue(id), call.GetRequiredValue(name), [.. certificates.Where(c => !c.IsAuthority)],
                    new(Path.GetExtension(call.GetRequiredValue(picture)).TrimStart('.').ToUpperInvariant(), image, call.GetValue(width), call.GetValue(width)), now, now.AddDays(call.GetValue(days)));
                return InputFile.Write(call.GetRequiredValue(target), made.Der.ToArray(), words, output, error) ? 0 : 2;
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
