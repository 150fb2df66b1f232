using System.CommandLine;

return await new RootCommand("Plumbline: comparisons, evaluation and certificates from the command line.").Parse(args).InvokeAsync();
