using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Plumbline.Certificates;

/// <summary>What the log's entries prove of a comparison's results: that each is the one handed in, before the opening, the pilot laboratory's first, and none is kept back.</summary>
public static class CommitmentCheck
{
    /// <summary>Checks a file without network.</summary>
    /// <param name="file">The file.</param>
    /// <param name="policy">Which log is believed.</param>
    /// <param name="log">What the log's entries add up to, where the whole log is at hand; tells whether the file leaves results out.</param>
    /// <returns>Errors, and a note for each thing that was proved.</returns>
    public static IReadOnlyList<Finding> Check(CommitmentFile file, LogPolicy policy, EventHistory? log = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(policy);
        var (findings, proved) = (new List<Finding>(), new List<Proved>());
        for (var i = 0; i < file.Results.Count; i++)
        {
            var path = $"results[{i + 1}]";
            if (One(file, file.Results[i], policy, path, findings) is { } one)
                proved.Add(one);
        }
        CheckOrder(file, proved, findings);
        if (log is not null)
            CheckComplete(file, proved, log, findings);
        if (!findings.Any(f => f.Severity == FindingSeverity.Error))
            findings.Add(Note("commitments-proved", "results", $"{file.Results.Count}", $"{proved.Count(p => p.IsShown)}"));
        return findings;
    }

    private sealed record Proved(CommittedResult Result, string Path, long Index, DateTimeOffset Time, long? OpenedAt, bool IsShown);

    private static Proved? One(CommitmentFile file, CommittedResult result, LogPolicy policy, string path, List<Finding> findings)
    {
        if (Prove(result.Entry, policy, path, findings) is not { } entry)
            return null;
        var (index, e) = entry;
        if (e.Type != LogEventType.Commitment || e.Reference != file.Comparison)
        {
            findings.Add(Error("commitments-entry", path, $"{e.Type} {e.Reference}", file.Comparison));
            return null;
        }
        var shown = CheckContent(file, result, e, path, findings);
        var opened = result.Opening is null ? null : CheckOpening(result, entry, policy, path, findings);
        return new(result, path, index, e.Time, opened, shown);
    }

    private static (long Index, LogEvent Event)? Prove(ProvenEntry entry, LogPolicy policy, string path, List<Finding> findings)
    {
        try
        {
            var proof = LogProof.Parse(entry.Proof);
            proof.Verify(MerkleTree.LeafHash(entry.Leaf), policy);
            return (proof.Index, LogEvent.Decode(entry.Leaf));
        }
        catch (LogException fault)
        {
            findings.Add(fault.Finding with { Path = $"{path}/{fault.Finding.Path}" });
            return null;
        }
    }

    private static bool CheckContent(CommitmentFile file, CommittedResult result, LogEvent e, string path, List<Finding> findings)
    {
        if (result.Content is null || result.Salt is null)
            return false;
        var bytes = Encoding.UTF8.GetBytes(result.Content);
        if (SaltedCommitment.OfFile(result.Salt, new(SHA256.HashData(bytes))) != e.Commitment)
        {
            findings.Add(Error("commitments-content", path, result.Laboratory, Convert.ToHexStringLower(e.Commitment!.Value.Span)));
            return false;
        }
        try
        {
            using var content = JsonDocument.Parse(bytes, new() { AllowDuplicateProperties = false, MaxDepth = 16 });
            var (comparison, version) = (content.RootElement.GetProperty("comparison").GetString(), content.RootElement.GetProperty("version").GetInt32());
            if (comparison == file.Comparison && version == result.Version)
                return true;
            findings.Add(Error("commitments-content-of", path, $"{comparison} · {version}", $"{file.Comparison} · {result.Version}"));
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            findings.Add(Error("commitments-content-of", path, fault.Message, $"{file.Comparison} · {result.Version}"));
        }
        return false;
    }

    private static long? CheckOpening(CommittedResult result, (long Index, LogEvent Event) committed, LogPolicy policy, string path, List<Finding> findings)
    {
        if (Prove(result.Opening!, policy, $"{path}/opening", findings) is not { } opening)
            return null;
        var (target, salt) = (opening.Event.Target, opening.Event.Salt);
        var opens = opening.Event.Type == LogEventType.Opening && opening.Index > committed.Index && target?.Index == committed.Index && target.Leaf == MerkleTree.LeafHash(result.Entry.Leaf)
            && SaltedCommitment.OfFile(Convert.FromHexString(salt!), opening.Event.Digests!.Sha256) == committed.Event.Commitment
            && (result.Salt is null || Convert.ToHexStringLower(result.Salt) == salt);
        if (opens)
            return opening.Index;
        findings.Add(Error("commitments-opening", path, $"{opening.Index}", $"{committed.Index}"));
        return null;
    }

    private static void CheckOrder(CommitmentFile file, List<Proved> proved, List<Finding> findings)
    {
        var opened = proved.Min(p => p.OpenedAt);
        foreach (var late in proved.Where(p => p.Index > opened))
            findings.Add(Error("commitments-after-opening", late.Path, $"{late.Index}", $"{opened}"));
        foreach (var late in proved.Where(p => p.Time > file.ResultsDue))
            findings.Add(new(FindingLayer.Log, FindingSeverity.Warning, "commitments-after-deadline", late.Path, CommitmentFile.Instant(late.Time), CommitmentFile.Instant(file.ResultsDue)));
        foreach (var twice in proved.GroupBy(p => (p.Result.Laboratory, p.Result.Version)).Where(g => g.Count() > 1))
            findings.Add(Error("commitments-twice", twice.Last().Path, $"{twice.Key.Laboratory} · {twice.Key.Version}"));
        var (pilot, others) = (proved.Where(p => p.Result.IsPilot).Min(p => (long?)p.Index), proved.Where(p => !p.Result.IsPilot).Min(p => (long?)p.Index));
        if (pilot > others || (pilot is null && others is not null))
            findings.Add(Error("commitments-pilot-later", "results", pilot is null ? "–" : $"{pilot}", $"{others}"));
        else if (pilot is not null)
            findings.Add(Note("commitments-pilot-first", "results", $"{pilot}"));
        if (opened is not null && !proved.Any(p => p.Index > opened))
            findings.Add(Note("commitments-before-opening", "results", $"{opened}"));
    }

    private static void CheckComplete(CommitmentFile file, List<Proved> proved, EventHistory log, List<Finding> findings)
    {
        var told = proved.Select(p => p.Index).ToHashSet();
        foreach (var hidden in log.Commitments(file.Comparison).Where(c => !told.Contains(c.Index)))
            findings.Add(Error("commitments-left-out", "results", $"{hidden.Index}"));
        foreach (var quiet in log.Commitments(file.Comparison).Where(c => c.OpenedAt is not null && proved.Any(p => p.Index == c.Index && p.OpenedAt != c.OpenedAt)))
            findings.Add(Error("commitments-opening-left-out", "results", $"{quiet.OpenedAt}", $"{quiet.Index}"));
    }

    private static Finding Error(string rule, string path, string? value, string? expected = null) => new(FindingLayer.Log, FindingSeverity.Error, rule, path, value, expected);

    private static Finding Note(string rule, string path, string? value, string? expected = null) => new(FindingLayer.Log, FindingSeverity.Note, rule, path, value, expected);
}
