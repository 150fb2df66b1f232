using System.Globalization;

namespace Plumbline.Certificates;

/// <summary>Which logs are believed, and which of their witnesses must have cosigned (C2SP tlog-policy).</summary>
public sealed class LogPolicy
{
    /// <summary>The longest policy that is read, in characters.</summary>
    public const int MaximumLength = 1_000_000;

    private const string None = "none";
    private static readonly char[] blanks = [' ', '\t'];

    private readonly Dictionary<string, Member> members = new(StringComparer.Ordinal);
    private readonly List<PolicyKey> logs = [];
    private readonly List<PolicyKey> witnesses = [];
    private string? quorum;

    private LogPolicy()
    {
    }

    /// <summary>The logs that are believed.</summary>
    public IReadOnlyList<PolicyKey> Logs => logs;

    /// <summary>The witnesses that are known.</summary>
    public IReadOnlyList<PolicyKey> Witnesses => witnesses;

    /// <summary>The policy of one log and a number of witnesses of which some must have cosigned.</summary>
    /// <param name="log">The log's key.</param>
    /// <param name="witnesses">The witnesses' keys.</param>
    /// <param name="required">How many of them must have cosigned, from 0.</param>
    /// <exception cref="LogException">Two keys are one, a key is not of its role, or more are required than there are.</exception>
    public static LogPolicy Of(NoteKey log, IReadOnlyList<NoteKey> witnesses, int required)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(witnesses);
        var named = witnesses.Select((key, i) => $"witness w{i} {key}\n");
        var rule = required == 0 ? "quorum none\n" : $"group all-of-them {required}{string.Concat(witnesses.Select((_, i) => $" w{i}"))}\nquorum all-of-them\n";
        return Parse($"log {log}\n{string.Concat(named)}{rule}");
    }

    /// <summary>Reads a policy file.</summary>
    /// <exception cref="LogException">A line is not of the format, or what it names is not there.</exception>
    public static LogPolicy Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaximumLength)
            throw new LogException("policy-size", "policy", $"{text.Length}", $"{MaximumLength}");
        var policy = new LogPolicy();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Any(c => c < ' ' && c != '\t'))
                throw new LogException("policy-line", $"policy:{number}", line);
            var words = line.Split(blanks, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && words[0][0] != '#' && !policy.Take(words))
                throw new LogException("policy-line", $"policy:{number}", line);
        }
        return policy.quorum is null ? throw new LogException("policy-quorum", "policy") : policy;
    }

    /// <summary>Believes a checkpoint, or says why not.</summary>
    /// <returns>The checkpoint, signed by one of the logs and cosigned as the quorum asks.</returns>
    /// <exception cref="LogException">It is not to be believed.</exception>
    public Checkpoint Accept(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        var checkpoint = Checkpoint.Parse(note.Text);
        var log = note.SignedBy(logs.Select(l => l.Key).Where(k => k.Name == checkpoint.Origin));
        if (log.Count == 0)
            throw new LogException("checkpoint-unsigned", "checkpoint", checkpoint.Origin, string.Join(", ", logs.Select(l => l.Key.Name)));
        var cosigners = note.SignedBy(witnesses.Select(w => w.Key));
        if (quorum != None && !Witnessed(quorum!, cosigners))
            throw new LogException("checkpoint-quorum", "checkpoint", cosigners.Count == 0 ? "0" : string.Join(", ", cosigners.Select(c => c.Name)), quorum);
        return checkpoint;
    }

    /// <summary>Whether these witnesses are enough.</summary>
    public bool IsQuorum(IReadOnlyCollection<NoteKey> cosigners) => quorum == None || Witnessed(quorum!, cosigners);

    private bool Witnessed(string name, IReadOnlyCollection<NoteKey> cosigners)
    {
        var member = members[name];
        return member.Key is { } key
            ? cosigners.Any(c => c.PublicKey.Spki.Span.SequenceEqual(key.PublicKey.Spki.Span))
            : member.Names.Count(n => Witnessed(n, cosigners)) >= member.Threshold;
    }

    private bool Take(string[] words) => words switch
    {
        ["log", var vkey] => TakeLog(vkey, null),
        ["log", var vkey, var url] => TakeLog(vkey, url),
        ["witness", var name, var vkey] => TakeWitness(name, vkey, null),
        ["witness", var name, var vkey, var url] => TakeWitness(name, vkey, url),
        ["group", var name, var threshold, .. var names] => TakeGroup(name, threshold, names),
        ["quorum", var name] when quorum is null && (name == None || members.ContainsKey(name)) => (quorum = name) == name,
        _ => false,
    };

    private bool TakeLog(string vkey, string? url)
    {
        var key = NoteKey.Parse(vkey);
        if (key.Type == NoteSignatureType.Cosignature || IsThere(logs, key))
            return false;
        logs.Add(new(key.Name, key, url));
        return true;
    }

    private bool TakeWitness(string name, string vkey, string? url)
    {
        var key = NoteKey.Parse(vkey);
        if (name == None || key.Type != NoteSignatureType.Cosignature || IsThere(witnesses, key) || !members.TryAdd(name, new(key, 0, [])))
            return false;
        witnesses.Add(new(name, key, url));
        return true;
    }

    private bool TakeGroup(string name, string threshold, string[] names)
    {
        var least = threshold switch
        {
            "all" => names.Length,
            "any" => 1,
            _ => int.TryParse(threshold, NumberStyles.None, CultureInfo.InvariantCulture, out var k) ? k : 0,
        };
        // A name may serve in one group only: each witness counts in one way.
        var free = names.Distinct(StringComparer.Ordinal).Count() == names.Length
            && names.All(n => members.TryGetValue(n, out _) && !members.Values.Any(m => m.Names.Contains(n)));
        return name != None && least >= 1 && least <= names.Length && free && members.TryAdd(name, new(null, least, names));
    }

    private static bool IsThere(List<PolicyKey> keys, NoteKey key) => keys.Any(k => k.Key.PublicKey.Spki.Span.SequenceEqual(key.PublicKey.Spki.Span));

    private sealed record Member(NoteKey? Key, int Threshold, IReadOnlyList<string> Names);
}

/// <summary>A log or witness of a policy.</summary>
/// <param name="Name">Of a witness its name in the policy; of a log its origin.</param>
/// <param name="Key">Its key.</param>
/// <param name="Url">Where it is reached; null where the policy does not say.</param>
public sealed record PolicyKey(string Name, NoteKey Key, string? Url);
