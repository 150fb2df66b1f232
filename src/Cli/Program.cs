using System.CommandLine;
using System.Text;
using Plumbline.Cli;
using Plumbline.Web;

Console.OutputEncoding = Encoding.UTF8;
// Help is in the language asked for, wherever on the line that stands.
var asked = Array.FindIndex(args, a => a is "--lang" or "--language");
var texts = CliTexts.For(asked >= 0 && asked + 1 < args.Length ? args[asked + 1] : args.FirstOrDefault(a => a.StartsWith("--lang=", StringComparison.Ordinal) || a.StartsWith("--language=", StringComparison.Ordinal))?.Split('=')[1]);

var settings = new Argument<string[]>("SETTINGS") { Description = texts["serve.settings"], Arity = ArgumentArity.ZeroOrMore };
var serve = new Command("serve", texts["serve.summary"]) { settings };
serve.TreatUnmatchedTokensAsErrors = false;
serve.SetAction(async result => await Site.RunAsync([.. result.GetValue(settings) ?? [], .. result.UnmatchedTokens]));

var parsed = new RootCommand(texts["cli.summary"])
{
    AdministratorCommand.Create(),
    Audit.Command(),
    Evaluate.Command(texts),
    Validate.Command(),
    serve,
}.Parse(args);
var code = await parsed.InvokeAsync();
// A wrong call is told from a refused input.
return parsed.Errors.Count > 0 ? 2 : code;
