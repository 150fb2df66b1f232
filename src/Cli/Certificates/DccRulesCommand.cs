using System.CommandLine;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary><c>plumbline dcc rules</c>: the table of validation rules as a page, which <c>docs/dcc-rules.md</c> is.</summary>
internal static class DccRulesCommand
{
    public static Command Create(CliTexts texts)
    {
        var language = new Option<string?>("--lang", "--language") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("rules", texts["dcc.rules.summary"]) { language };
        command.SetAction(async (call, _) =>
        {
            await call.InvocationConfiguration.Output.WriteAsync(RulePage.Of(CliTexts.For(call.GetValue(language) ?? texts.Culture.Name).Culture));
            return 0;
        });
        return command;
    }
}
