using System.CommandLine;
using Plumbline.Numerics;

namespace Plumbline.Cli;

/// <summary><c>plumbline uncertainty MODEL.(yaml|json)</c>: the budget of a whole evaluation, first and second order.</summary>
internal static class UncertaintyCommand
{
    public static Command Create(CliTexts texts) => NumericCommand.Create("uncertainty", texts, [], UncertaintyFindings.Plots, (_, file, words) =>
    {
        var project = ProjectFile.Read(file, words);
        if (project.Value is not { } read)
            return project.Refusals.ToList();
        try
        {
            return new UncertaintyFindings(read, words, file.File).Make();
        }
        catch (ArithmeticException fault)
        {
            return new Interface.Refusal("data-not-computable", null, file.File, fault.Message);
        }
    }, (path, _) => ProjectFile.Load(path));
}
