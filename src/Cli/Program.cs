using System.CommandLine;
using System.Text;
using Plumbline.Cli;

Console.OutputEncoding = Encoding.UTF8;
return await new RootCommand("Plumbline: comparisons, evaluation and certificates from the command line.")
{
    Audit.Command(),
    Validate.Command(),
}.Parse(args).InvokeAsync();
