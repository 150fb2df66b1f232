using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Comparisons;

/// <summary>
/// 承诺值: what proves later that a submission is the one that was handed in. SHA-256 over the salt's first 16 bytes followed by SHA-256 of the content, as the public log of events has it
/// (<c>SaltedCommitment.OfFile</c>), in lower-case hexadecimal. The content is canonical JSON (RFC 8785: no blanks, keys in order, UTF-8) with every measured figure as text, exactly as typed. What a
/// laboratory says beyond its results (instrument, method, budget, records) stands in it as a digest only, blinded by the salt's other 16 bytes: the results can be proved to everybody without showing the rest.
/// </summary>
public static class Commitment
{
    /// <summary>16 bytes that open the commitment and 16 that blind the details.</summary>
    public const int SaltLength = 32;
    private const int Opens = 16;

    /// <summary>The hash that the laboratory's receipt and the log name.</summary>
    public static string Of(byte[] salt, string content) => Convert.ToHexStringLower(SHA256.HashData([.. salt.AsSpan(0, Opens), .. SHA256.HashData(Encoding.UTF8.GetBytes(content))]));

    /// <summary>The half of the salt that is published when the results are.</summary>
    public static string OpeningSalt(Submission submission) => Convert.ToHexStringLower(submission.Salt.AsSpan(0, Opens));

    /// <summary>Whether <paramref name="submission"/>, as it is stored, still is what was handed in.</summary>
    public static bool Verify(Comparison comparison, Participant participant, Submission submission) =>
        Of(submission.Salt, ContentOf(comparison, participant, submission)) == submission.Commitment;

    /// <summary>The content that is committed to.</summary>
    public static string ContentOf(Comparison comparison, Participant participant, Submission submission)
    {
        var (points, standards) = Ordinals(comparison);
        return Write(new SortedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["comparison"] = comparison.Code,
            ["details"] = Convert.ToHexStringLower(SHA256.HashData([.. submission.Salt.AsSpan(Opens), .. Encoding.UTF8.GetBytes(DetailsOf(comparison, submission))])),
            ["laboratory"] = participant.Id.ToString(),
            ["results"] = submission.Results.OrderBy(r => points[r.PointId]).ThenBy(r => r.TransferStandardId is { } s ? standards[s] : 0).Select(r => (object)new SortedDictionary<string, object?>(StringComparer.Ordinal)
            {
                ["coverageFactor"] = Number(r.CoverageFactor), ["coverageProbability"] = Number(r.CoverageProbability), ["degreesOfFreedom"] = Number(r.DegreesOfFreedom),
                ["expandedUncertainty"] = r.UncertaintyText, ["measuredOn"] = r.MeasuredOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["point"] = points[r.PointId],
                ["transferStandard"] = r.TransferStandardId is { } s ? standards[s] : null, ["value"] = r.ValueText,
            }).ToArray(),
            ["submittedAt"] = submission.SubmittedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
            ["unit"] = comparison.Unit,
            ["version"] = submission.Version,
        });
    }

    /// <summary>What is committed to beside the results, and shown to nobody who may not see the package.</summary>
    public static string DetailsOf(Comparison comparison, Submission submission)
    {
        var (points, standards) = Ordinals(comparison);
        return Write(new SortedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["budget"] = submission.Budget.OrderBy(l => points[l.PointId]).ThenBy(l => l.TransferStandardId is { } s ? standards[s] : 0).ThenBy(l => l.Ordinal).Select(l => (object)new SortedDictionary<string, object?>(StringComparer.Ordinal)
            {
                ["contribution"] = Number(l.Contribution), ["degreesOfFreedom"] = Number(l.DegreesOfFreedom), ["distribution"] = l.Distribution,
                ["ordinal"] = l.Ordinal, ["point"] = points[l.PointId], ["source"] = l.Source, ["transferStandard"] = l.TransferStandardId is { } s ? standards[s] : null, ["type"] = l.Type,
            }).ToArray(),
            ["conditions"] = submission.Conditions,
            ["files"] = submission.Files.Select(f => f.Sha256).Order(StringComparer.Ordinal).ToArray<object>(),
            ["instrument"] = submission.Instrument,
            ["instrumentTraceability"] = submission.InstrumentTraceability,
            ["method"] = submission.Method,
            ["reasonForChange"] = submission.ReasonForChange,
        });
    }

    private static (Dictionary<Guid, int> Points, Dictionary<Guid, int> Standards) Ordinals(Comparison comparison) =>
        (comparison.Points.ToDictionary(p => p.Id, p => p.Ordinal), comparison.TransferStandards.ToDictionary(s => s.Id, s => s.Ordinal));

    private static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static string Write(object? value) => value switch
    {
        null => "null",
        int number => number.ToString(CultureInfo.InvariantCulture),
        string text => Quote(text),
        object[] list => $"[{string.Join(',', list.Select(Write))}]",
        IDictionary<string, object?> map => $"{{{string.Join(',', map.Select(e => $"{Quote(e.Key)}:{Write(e.Value)}"))}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Only texts, integers, lists and maps are committed to."),
    };

    // RFC 8785 3.2.2.2: only what JSON requires is escaped.
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }
        return quoted.Append('"').ToString();
    }
}
