using System.Text.Json.Nodes;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary>What a seal says, in words or as JSON.</summary>
internal static class SealOutput
{
    public static void Write(SignedSeal signed, SealReport? report, CliTexts words, TextWriter output)
    {
        string Name(string key) => CertificatesTexts.Get(words.Culture, key);
        if (report is not null)
            output.WriteLine(Name($"SealOutcome.{report.Outcome}"));
        var seal = signed.Seal;
        foreach (var (key, value) in ((string, string?)[])
        [
            ("certificate", $"{seal.Certificate}"), ("kind", Name($"DocumentKind.{seal.Kind}")), ("conclusion", seal.Conclusion == SealConclusion.None ? null : Name($"SealConclusion.{seal.Conclusion}")), ("grade", seal.Grade),
            ("serial", seal.SerialEnd is { } end ? $"…{end}" : null), ("model", seal.Model), ("date", $"{seal.Date:yyyy-MM-dd}"), ("valid-until", seal.ValidUntil is { } until ? $"{until:yyyy-MM-dd}" : null),
            ("leaf", seal.LeafIndex is { } leaf ? $"{leaf}" : null), ("document", seal.DocumentDigest), ("software", seal.SoftwareFingerprint), ("key", $"{seal.KeyId} ({signed.Algorithm})"), ("host", signed.Host),
        ])
            if (value is not null)
                output.WriteLine($"  {words[$"seal.field.{key}"]}  {value}");
        if (report is null)
        {
            output.WriteLine(words["seal.not-verified"]);
            return;
        }
        SignatureOutput.Write(report.Findings, words, output);
        foreach (var finding in report.Compare)
            output.WriteLine($"  → {CertificatesTexts.Describe(finding, words.Culture)}");
    }

    public static JsonObject Json(SignedSeal signed)
    {
        var seal = signed.Seal;
        return new()
        {
            ["certificate"] = $"{seal.Certificate}", ["kind"] = $"{seal.Kind}", ["conclusion"] = $"{seal.Conclusion}", ["grade"] = seal.Grade, ["serialEnd"] = seal.SerialEnd, ["serialDigest"] = seal.SerialDigest, ["model"] = seal.Model,
            ["instrumentKind"] = seal.InstrumentKind, ["date"] = $"{seal.Date:yyyy-MM-dd}", ["validUntil"] = seal.ValidUntil is { } until ? $"{until:yyyy-MM-dd}" : null, ["statusIndex"] = seal.StatusIndex, ["leafIndex"] = seal.LeafIndex,
            ["documentDigest"] = seal.DocumentDigest, ["softwareFingerprint"] = seal.SoftwareFingerprint, ["salt"] = seal.Salt, ["keyId"] = seal.KeyId, ["algorithm"] = $"{signed.Algorithm}", ["host"] = signed.Host,
        };
    }
}
