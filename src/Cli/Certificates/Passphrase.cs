using System.CommandLine;
using System.Text;

namespace Plumbline.Cli;

/// <summary>How a command gets a passphrase: from a file, from the environment or typed at the terminal; never from the command line, which every user of the machine can read.</summary>
internal sealed class Passphrase(CliTexts texts, string name = "passphrase")
{
    private readonly Option<string?> file = new($"--{name}-file") { Description = texts["key.passphrase-file", Variable(name)] };

    public Option Option => file;

    private static string Variable(string name) => $"PLUMBLINE_{name.ToUpperInvariant().Replace('-', '_')}";

    /// <returns>Null, and the reason on the error stream, where there is none.</returns>
    public string? Read(ParseResult call, CliTexts words, string what)
    {
        var error = call.InvocationConfiguration.Error;
        if (call.GetValue(file) is { } path)
            return InputFile.Read(path, words, error) is { } bytes ? Encoding.UTF8.GetString(bytes).TrimEnd('\r', '\n') : null;
        if (Environment.GetEnvironmentVariable(Variable(name)) is { Length: > 0 } given)
            return given;
        if (!Console.IsInputRedirected)
            return Ask(words["key.passphrase-ask", what]);
        error.WriteLine(words["key.passphrase-missing", what, $"--{name}-file", Variable(name)]);
        return null;
    }

    private static string Ask(string prompt)
    {
        Console.Error.Write(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else
                typed.Append(key.KeyChar);
        Console.Error.WriteLine();
        return typed.ToString();
    }
}
