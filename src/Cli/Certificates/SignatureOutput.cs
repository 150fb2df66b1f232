using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Certificates;

namespace Plumbline.Cli;

/// <summary>A report on signatures, step by step in words or as JSON.</summary>
internal static class SignatureOutput
{
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    public static void Write(string file, SignatureReport report, ElectronicSealReport? sealing, CliTexts words, TextWriter output)
    {
        // A file that only bears a seal is not lacking a signature.
        if (report.State != SignatureState.NotSigned || sealing is null)
            Write(file, report, words, output);
        if (sealing is null)
            return;
        output.WriteLine($"{file}: {words["signature.seal", words[$"SignatureState.{sealing.State}"]]}");
        if (sealing is { Seal: { } seal, Signer: { } signer, Time: { } time })
        {
            output.WriteLine($"  {words["signature.step.seal", seal.Name, seal.Id, seal.Maker.Subject, Time(seal.ValidFrom), Time(seal.ValidTo)]}");
            output.WriteLine($"  {words["signature.step.signer", signer.Subject, signer.SerialNumber, Time(signer.NotBefore), Time(signer.NotAfter)]}");
            output.WriteLine($"  {words["signature.step.claimed", Time(time)]}");
            if (sealing.SignerPath is { } path)
                output.WriteLine($"  {words["signature.step.path", words[$"PathState.{path.State}"], Time(path.At), string.Join(" ← ", path.Certificates.Select(c => c.Subject))]}");
        }
        Write(sealing.Findings, words, output);
    }

    private static void Write(string file, SignatureReport report, CliTexts words, TextWriter output)
    {
        output.WriteLine($"{file}: {words[$"SignatureState.{report.State}"]}");
        foreach (var record in report.Signatures)
        {
            void Step(string key, params object?[] values) => output.WriteLine($"  {words[$"signature.step.{key}", values]}");
            Step("place", record.Place);
            if (record.DocumentAlgorithms.Count > 0)
                Step("covers", string.Join(", ", record.DocumentAlgorithms));
            if (record.State == SignatureState.Valid)
                Step("value", record.Algorithm);
            if (record is { State: SignatureState.Valid, BindsEveryByte: true })
                Step("bytes");
            if (record.Signer is { } signer)
                Step("signer", signer.Subject, signer.SerialNumber, Time(signer.NotBefore), Time(signer.NotAfter));
            if (record.ClaimedTime is { } claimed)
                Step("claimed", Time(claimed));
            if (record.Timestamp is { } stamp)
                Step("timestamp", words[$"TimestampState.{stamp.State}"], stamp.Time is { } time ? Time(time) : "–", stamp.Authority?.Subject ?? "–", stamp.Path is { } way ? words[$"PathState.{way.State}"] : "–");
            if (record.Path is { } path)
                Step("path", words[$"PathState.{path.State}"], Time(path.At), string.Join(" ← ", path.Certificates.Select(c => c.Subject)));
        }
        Write(report.Findings, words, output);
    }

    public static void Write(IEnumerable<Finding> findings, CliTexts words, TextWriter output)
    {
        foreach (var finding in findings)
            output.WriteLine($"  {CertificatesTexts.Get(words.Culture, $"FindingSeverity.{finding.Severity}")} [{finding.Rule}] {finding.Path}{(finding.Line > 0 ? $":{finding.Line}" : "")} {CertificatesTexts.Describe(finding, words.Culture)}");
    }

    public static JsonObject Json(string file, SignatureReport report, ElectronicSealReport? sealing, CliTexts words) => new()
    {
        ["file"] = file,
        ["seal"] = sealing is null ? null : new JsonObject
        {
            ["state"] = $"{sealing.State}",
            ["good"] = sealing.IsGood,
            ["name"] = sealing.Seal?.Name,
            ["id"] = sealing.Seal?.Id,
            ["signer"] = sealing.Signer?.Subject,
            ["claimedTime"] = sealing.Time is { } sealedAt ? Time(sealedAt) : null,
            ["path"] = sealing.SignerPath is { } way ? $"{way.State}" : null,
            ["findings"] = Json(sealing.Findings, words),
        },
        ["state"] = $"{report.State}",
        ["good"] = report.IsGood,
        ["signatures"] = new JsonArray([.. report.Signatures.Select(r => (JsonNode)new JsonObject
        {
            ["place"] = r.Place,
            ["state"] = $"{r.State}",
            ["algorithm"] = r.Algorithm,
            ["document"] = new JsonArray([.. r.DocumentAlgorithms.Select(a => (JsonNode)a)]),
            ["signer"] = r.Signer?.Subject,
            ["keyId"] = r.Signer?.KeyId,
            ["serialNumber"] = r.Signer?.SerialNumber,
            ["claimedTime"] = r.ClaimedTime is { } claimed ? Time(claimed) : null,
            ["provedTime"] = r.ProvedTime is { } proved ? Time(proved) : null,
            ["timestamp"] = r.Timestamp is { } stamp ? $"{stamp.State}" : null,
            ["path"] = r.Path is { } path ? $"{path.State}" : null,
            ["bindsEveryByte"] = r.BindsEveryByte,
        })]),
        ["findings"] = Json(report.Findings, words),
    };

    public static JsonArray Json(IEnumerable<Finding> findings, CliTexts words) => new([.. findings.Select(f => (JsonNode)new JsonObject
    {
        ["rule"] = f.Rule,
        ["severity"] = $"{f.Severity}",
        ["path"] = f.Path,
        ["line"] = f.Line,
        ["value"] = f.Value,
        ["expected"] = f.Expected,
        ["text"] = CertificatesTexts.Describe(f, words.Culture),
    })]);

    /// <summary>0 good, 1 found bad (not signed among it), 3 could not be judged.</summary>
    public static int Code(SignatureReport report, ElectronicSealReport? sealing)
    {
        int[] codes = [.. sealing is null || report.State != SignatureState.NotSigned ? (int[])[Of(report.State, report.IsGood)] : [], .. sealing is null ? (int[])[] : [Of(sealing.State, sealing.IsGood)]];
        return codes.Contains(1) ? 1 : codes.Max();
    }

    private static int Of(SignatureState state, bool good) => state == SignatureState.Unsupported ? 3 : good ? 0 : 1;
}
