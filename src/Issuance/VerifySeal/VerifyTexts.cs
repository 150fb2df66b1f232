using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.Json;
using Plumbline.Certificates;
using Plumbline.Interface;

namespace Plumbline.Issuance;

/// <summary>The texts that the script of the verification page says, in the language of the page.</summary>
internal static class VerifyTexts
{
    // What a seal, a trust list and a revocation list can give rise to.
    private static readonly string[] findings = ["finding.seal-", "finding.trust-", "finding.base41-", "finding.revocation-", "finding.json-"];
    private static readonly string[] events = ["issue", "amend", "substitute", "suspend", "reinstate", "revoke"];
    private static readonly string[] said =
    [
        "verify.insecure", "verify.insecure.text", "verify.no-list", "verify.no-list.text", "verify.kind", "verify.issuer", "verify.code", "verify.conclusion", "verify.grade", "verify.model", "verify.serial", "verify.date", "verify.valid",
        "verify.software", "verify.trust", "verify.serial.same", "verify.serial.other", "verify.document.same", "verify.document.other", "verify.unknown-here", "verify.leaf", "verify.replaced-by", "verify.proof.none", "verify.proof.included",
        "verify.proof.broken", "verify.proof.signed", "verify.proof.unsigned", "verify.proof.no-ed25519",
    ];

    /// <summary>A JSON object, safe inside a script element.</summary>
    public static string Json(Texts texts)
    {
        var all = Keys().Concat(said).Concat(events.Select(e => $"verify.event.{e}"))
            .Concat(Enum.GetNames<SealOutcome>().Append("Unreadable").SelectMany(o => new[] { $"SealOutcome.{o}", $"verify.outcome.{o}" }))
            .Concat(Enum.GetNames<CertificateStanding>().Where(s => s != nameof(CertificateStanding.Current)).SelectMany(s => new[] { $"CertificateStanding.{s}", $"verify.state.{s}" }))
            .Concat(Enum.GetNames<DocumentKind>().Select(k => $"DocumentKind.{k}")).Concat(Enum.GetNames<SealConclusion>().Select(c => $"SealConclusion.{c}"));
        return JsonSerializer.Serialize(all.Distinct().ToDictionary(k => k, k => texts[k])); // the default encoder leaves no < in it
    }

    private static IEnumerable<string> Keys() =>
        new ResourceManager(typeof(CertificatesTexts)).GetResourceSet(CultureInfo.GetCultureInfo("zh"), createIfNotExists: true, tryParents: true)!.Cast<DictionaryEntry>().Select(e => (string)e.Key)
            .Where(k => findings.Any(f => k.StartsWith(f, StringComparison.Ordinal)));
}
