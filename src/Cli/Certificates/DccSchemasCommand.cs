using System.CommandLine;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline dcc schemas install DIR</c> takes over the official schemas from a folder after checking their digests; <c>list</c> shows which are there.</summary>
internal static class DccSchemasCommand
{
    /// <summary>Where the data of this user lies; PLUMBLINE_SCHEMAS overrules it.</summary>
    public static string DefaultFolder => Environment.GetEnvironmentVariable("PLUMBLINE_SCHEMAS") is { Length: > 0 } folder ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "plumbline", "schemas");

    public static Command Create(CliTexts texts)
    {
        var source = new Argument<string>("DIR") { Description = texts["dcc.schemas.source"] };
        var target = new Option<string?>("--schemas") { Description = texts["dcc.schemas.option"] };
        var language = new Option<string?>("--lang", "--language") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");
        var install = new Command("install", texts["dcc.schemas.install"]) { source, target, language };
        install.SetAction(async (call, _) =>
        {
            var words = CliTexts.For(call.GetValue(language) ?? texts.Culture.Name);
            var folder = call.GetValue(target) ?? DefaultFolder;
            try
            {
                var states = SchemaFiles.Install(call.GetRequiredValue(source), folder);
                await WriteAsync(call.InvocationConfiguration.Output, folder, states, words);
                return states.Any(s => s.Presence == SchemaPresence.Installed) ? 0 : 1;
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                await call.InvocationConfiguration.Error.WriteLineAsync(words["dcc.unreadable", call.GetRequiredValue(source), unreadable.Message]);
                return 2;
            }
        });
        var list = new Command("list", texts["dcc.schemas.list"]) { target, language };
        list.SetAction(async (call, _) =>
        {
            var folder = call.GetValue(target) ?? DefaultFolder;
            var states = SchemaFiles.List(folder);
            await WriteAsync(call.InvocationConfiguration.Output, folder, states, CliTexts.For(call.GetValue(language) ?? texts.Culture.Name));
            return states.Any(s => s.Presence == SchemaPresence.Changed) ? 1 : 0;
        });
        return new Command("schemas", texts["dcc.schemas.summary"]) { install, list };
    }

    private static async Task WriteAsync(TextWriter output, string folder, IReadOnlyList<SchemaState> states, CliTexts words)
    {
        await output.WriteLineAsync(folder);
        foreach (var state in states)
            await output.WriteLineAsync($"  {state.Name}  {CertificatesTexts.Get(words.Culture, $"SchemaPresence.{state.Presence}")}");
    }
}
