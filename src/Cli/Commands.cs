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
        ["stability"] = texts => StabilityCommand.Create(texts),
        ["reliability"] = texts => ReliabilityCommand.Create(texts),
        ["conformity"] = texts => ConformityCommand.Create(texts),
        ["sampling"] = texts => SamplingCommand.Create(texts),
        ["gauge"] = texts => GaugeCommand.Create(texts),
        ["line"] = texts => LineCommand.Create(texts),
        ["readings"] = texts => ReadingsCommand.Create(texts),
        ["uncertainty"] = texts => UncertaintyCommand.Create(texts),
        ["dcc"] = texts => DccCommand.Create(texts),
        ["administrator"] = _ => AdministratorCommand.Create(),
        ["audit"] = texts => Audit.Command(texts),
        ["key"] = texts => KeyCommand.Create(texts),
        ["seal"] = texts => SealCommand.Create(texts),
        ["software"] = texts => SoftwareCommand.Create(texts),
        ["trust"] = texts => TrustCommand.Create(texts),
        ["evaluate"] = texts => Evaluate.Command(texts),
        ["log"] = texts => LogCommand.Create(texts),
        ["serve"] = texts => ServeCommand.Create(texts),
        ["validate"] = texts => Validate.Command(texts),
    };

    /// <summary>The command that the first word names; all of them where it names none, for help and for messages.</summary>
    public static IEnumerable<Command> Called(string[] args, CliTexts texts) =>
        args.Length > 0 && all.TryGetValue(args[0], out var make) ? [make(texts)] : all.Values.Select(m => m(texts));

    /// <summary>A wrong call in the reader's language.</summary>
    /// <returns>2, the exit code of a wrong call.</returns>
    public static int Explain(ParseResult parsed, CliTexts texts, TextWriter error)
    {
        foreach (var token in parsed.UnmatchedTokens)
            error.WriteLine(texts["cli.unknown", token]);
        foreach (var fault in parsed.Errors.Where(e => !parsed.UnmatchedTokens.Any(t => e.Message.Contains($"'{t}'", StringComparison.Ordinal))))
            if (Word(fault.Message, texts, parsed.UnmatchedTokens.Count > 0) is { } word)
                error.WriteLine(word);
        error.WriteLine(texts["cli.see-help", parsed.CommandResult.Command is RootCommand ? "plumbline" : $"plumbline {parsed.CommandResult.Command.Name}"]);
        return 2;
    }

    /// <summary>The parser speaks English only: its four usual sentences are said anew, what our own validators say stays.</summary>
    private static string? Word(string message, CliTexts texts, bool unknown)
    {
        var quoted = message.Split('\'').Where((_, i) => i % 2 == 1).ToArray();
        return message switch
        {
            _ when message.StartsWith("Required command was not provided", StringComparison.Ordinal) => unknown ? null : texts["cli.no-command"],
            _ when message.StartsWith("Required argument missing", StringComparison.Ordinal) && quoted.Length > 0 => texts["cli.argument-missing", quoted[0]],
            _ when message.StartsWith("Cannot parse argument", StringComparison.Ordinal) && quoted.Length > 1 => texts["cli.not-parsed", quoted[1], quoted[0]],
            _ when message.Contains("Must be one of", StringComparison.Ordinal) && quoted.Length > 1 => texts["cli.not-among", quoted[0], string.Join(", ", quoted[1..])],
            _ => message,
        };
    }
}
