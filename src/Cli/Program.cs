using System.CommandLine;
using System.Text;
using Plumbline.Cli;

Console.OutputEncoding = Encoding.UTF8;
// Help is in the language asked for, wherever on the line that stands.
var asked = Array.FindIndex(args, a => a is "--lang" or "--language");
var texts = CliTexts.For(asked >= 0 && asked + 1 < args.Length ? args[asked + 1] : args.FirstOrDefault(a => a.StartsWith("--lang=", StringComparison.Ordinal) || a.StartsWith("--language=", StringComparison.Ordinal))?.Split('=')[1]);

var root = new RootCommand(texts["cli.summary"]);
// Only the command that is called is made: what the others stand on (the server, the database) is not even loaded.
foreach (var command in Commands.Called(args, texts))
    root.Add(command);
var parsed = root.Parse(args);
// A wrong call is told from a refused input, and says in a line what is wrong instead of all that could be right.
if (parsed.Errors.Count > 0 && args.Length > 0)
    return Commands.Explain(parsed, texts, Console.Error);
var code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? 2 : code;
