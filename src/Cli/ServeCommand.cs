using System.CommandLine;
using Plumbline.Web;

namespace Plumbline.Cli;

/// <summary><c>plumbline serve</c>: the server of this house.</summary>
internal static class ServeCommand
{
    public static Command Create(CliTexts texts)
    {
        var settings = new Argument<string[]>("SETTINGS") { Description = texts["serve.settings"], Arity = ArgumentArity.ZeroOrMore };
        var serve = new Command("serve", texts["serve.summary"]) { settings };
        serve.TreatUnmatchedTokensAsErrors = false;
        serve.SetAction(async result => await Site.RunAsync([.. result.GetValue(settings) ?? [], .. result.UnmatchedTokens]));
        return serve;
    }
}
