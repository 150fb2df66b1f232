using System.CommandLine;

namespace Plumbline.Cli;

/// <summary>The commands by name. Each is made on its own, so that a numeric command starts without the server's assemblies.</summary>
internal static class Commands
{
    private static readonly Dictionary<string, Func<CliTexts, Command>> all = new(StringComparer.Ordinal)
    {
        ["consensus"] = texts => ConsensusCommand.Create(texts),
        ["decision-tree"] = texts => DecisionTreeCommand.Create(texts),
        ["scores"] = texts => ScoresCommand.Create(texts),
        ["homogeneity"] = texts => HomogeneityCommand.Create(texts),
        ["precision"] = texts => PrecisionCommand.Create(texts),
        ["youden"] = texts => YoudenCommand.Create(texts),
        ["link"] = texts => LinkCommand.Create(texts),
        ["screen"] = texts => ScreenCommand.Create(texts),
        ["administrator"] = _ => AdministratorCommand.Create(),
        ["audit"] = _ => Audit.Command(),
        ["evaluate"] = texts => Evaluate.Command(texts),
        ["serve"] = texts => ServeCommand.Create(texts),
        ["validate"] = _ => Validate.Command(),
    };

    public static IEnumerable<string> Names => all.Keys;

    /// <summary>The command that the first word names; all of them where it names none, for help and for messages.</summary>
    public static IEnumerable<Command> Called(string[] args, CliTexts texts) =>
        args.Length > 0 && all.TryGetValue(args[0], out var make) ? [make(texts)] : all.Values.Select(m => m(texts));
}
