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

    public static void Write(string file, SignatureReport report, CliTexts words, TextWriter output)
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

    public static JsonObject Json(string file, SignatureReport report, CliTexts words) => new()
    {
        ["file"] = file,
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
    public static int Code(SignatureReport report) => report.State == SignatureState.Unsupported ? 3 : report.IsGood ? 0 : 1;
}
