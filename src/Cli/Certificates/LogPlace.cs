using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary>What the log commands share: where a log is read, whom its policy and trust list believe, and how a refusal is said.</summary>
internal sealed class LogPlace(CliTexts texts)
{
    private readonly Option<string?> policyFile = new("--policy") { Description = texts["log.policy"] };
    private readonly Option<string?> logKey = new("--log-key") { Description = texts["log.log-key"] };
    private readonly Option<string[]> witnesses = new("--witness") { Description = texts["log.witness-key"], AllowMultipleArgumentsPerToken = true };
    private readonly Option<int?> quorum = new("--quorum") { Description = texts["log.quorum"] };
    private readonly Option<string?> trustFile = new("--trust") { Description = texts["log.trust"] };
    private readonly Option<string[]> operators = new("--operator") { Description = texts["log.operator"], AllowMultipleArgumentsPerToken = true };

    public IEnumerable<Option> PolicyOptions => [policyFile, logKey, witnesses, quorum];

    public IEnumerable<Option> TrustOptions => [trustFile, operators];

    public static Argument<string> Address(CliTexts texts) => new("LOG") { Description = texts["log.address"] };

    public static Option<string?> Language(CliTexts texts) => new Option<string?>("--lang", "--language") { Description = texts["cli.language"] }.AcceptOnlyFromAmong("zh", "en");

    public static Option<bool> Json(CliTexts texts) => new("--json") { Description = texts["cli.json"] };

    /// <summary>A folder, that of the writer or its public part, or an address of the web.</summary>
    public static ILogSource Source(string address)
    {
        if (Uri.TryCreate(address, UriKind.Absolute, out var prefix) && prefix.Scheme is "http" or "https")
            return new WebSource(new HttpClient { Timeout = TimeSpan.FromSeconds(30) }, prefix!);
        var inner = Path.Combine(address, "public");
        return new FolderSource(Directory.Exists(inner) ? inner : address);
    }

    /// <returns>Null, and the reason on the error stream, where there is none.</returns>
    public LogPolicy? Policy(ParseResult call, CliTexts words)
    {
        var error = call.InvocationConfiguration.Error;
        if (call.GetValue(policyFile) is { } path)
            return InputFile.Read(path, words, error) is { } bytes ? LogPolicy.Parse(Encoding.UTF8.GetString(bytes)) : null;
        if (call.GetValue(logKey) is { } vkey)
        {
            NoteKey[] keys = [.. (call.GetValue(witnesses) ?? []).Select(NoteKey.Parse)];
            return LogPolicy.Of(NoteKey.Parse(vkey), keys, call.GetValue(quorum) ?? keys.Length);
        }
        error.WriteLine(words["log.no-policy"]);
        return null;
    }

    public bool HasPolicy(ParseResult call) => call.GetValue(policyFile) is not null || call.GetValue(logKey) is not null;

    public bool HasTrust(ParseResult call) => call.GetValue(trustFile) is not null;

    /// <returns>Null, and the reason on the error stream, where there is none.</returns>
    public IEventTrust? Trust(ParseResult call, CliTexts words)
    {
        var error = call.InvocationConfiguration.Error;
        if (call.GetValue(trustFile) is not { } path)
        {
            error.WriteLine(words["log.no-trust"]);
            return null;
        }
        if (InputFile.Read(path, words, error) is not { } bytes)
            return null;
        var read = TrustListFile.Read(bytes);
        foreach (var finding in read.Findings)
            error.WriteLine($"{finding.Path}: {CertificatesTexts.Describe(finding, words.Culture)}");
        return read.Value is { } list ? new ListTrust(list, (call.GetValue(operators) ?? []).ToHashSet(StringComparer.Ordinal)) : null;
    }

    /// <summary>Runs a command; what is refused is said in the reader's language.</summary>
    /// <returns>The command's exit code; 1 where the log or proof is bad, 2 where something cannot be read or reached.</returns>
    public static async Task<int> RunAsync(ParseResult call, CliTexts words, Func<Task<int>> run)
    {
        var error = call.InvocationConfiguration.Error;
        try
        {
            return await run();
        }
        catch (LogException refused)
        {
            error.WriteLine(Say(refused.Finding, words));
            return 1;
        }
        catch (PlatformNotSupportedException missing)
        {
            error.WriteLine(missing.Message);
            return 3;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or HttpRequestException or TaskCanceledException or CryptographicException)
        {
            error.WriteLine(words["log.unreachable", fault.Message]);
            return 2;
        }
    }

    public static string Say(Finding finding, CliTexts words) => $"{finding.Path}: {CertificatesTexts.Describe(finding, words.Culture)}";

    /// <summary>The signer of a log or witness from its key file; the caller disposes the key.</summary>
    /// <returns>Null, and the reason on the error stream, where there is none.</returns>
    public static SoftwareKey? Key(ParseResult call, CliTexts words, string path, Passphrase passphrase) =>
        passphrase.Read(call, words, path) is { } secret ? InputFile.Key(path, secret, words, call.InvocationConfiguration.Error) : null;
}
