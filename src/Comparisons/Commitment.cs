using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Comparisons;

/// <summary>
/// 承诺值: what proves later that a submission is the one that was handed in. SHA-256 over the salt's 32 bytes followed by the content as
/// canonical JSON (RFC 8785: no blanks, keys in order, UTF-8), in lower-case hexadecimal. Every measured figure is in it as text, exactly as typed;
/// whoever holds salt and content repeats it with <c>(xxd -r -p salt.txt; cat content.json) | sha256sum</c>.
/// </summary>
public static class Commitment
{
    public const int SaltLength = 32;

    /// <summary>The hash that the laboratory's receipt names.</summary>
    public static string Of(byte[] salt, string content) => Convert.ToHexStringLower(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(content)]));

    /// <summary>Whether <paramref name="submission"/>, as it is stored, still is what was handed in.</summary>
    public static bool Verify(Comparison comparison, Participant participant, Submission submission) =>
        Of(submission.Salt, ContentOf(comparison, participant, submission)) == submission.Commitment;

    /// <summary>The content that is committed to.</summary>
    public static string ContentOf(Comparison comparison, Participant participant, Submission submission)
    {
        var points = comparison.Points.ToDictionary(p => p.Id, p => p.Ordinal);
        var standards = comparison.TransferStandards.ToDictionary(s => s.Id, s => s.Ordinal);
        return Write(new SortedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["budget"] = submission.Budget.OrderBy(l => points[l.PointId]).ThenBy(l => l.TransferStandardId is { } s ? standards[s] : 0).ThenBy(l => l.Ordinal).Select(l => (object)new SortedDictionary<string, object?>(StringComparer.Ordinal)
            {
                ["contribution"] = Number(l.Contribution), ["degreesOfFreedom"] = Number(l.DegreesOfFreedom), ["distribution"] = l.Distribution,
                ["ordinal"] = l.Ordinal, ["point"] = points[l.PointId], ["source"] = l.Source, ["transferStandard"] = l.TransferStandardId is { } s ? standards[s] : null, ["type"] = l.Type,
            }).ToArray(),
            ["comparison"] = comparison.Code,
            ["conditions"] = submission.Conditions,
            ["files"] = submission.Files.Select(f => f.Sha256).Order(StringComparer.Ordinal).ToArray<object>(),
            ["instrument"] = submission.Instrument,
            ["instrumentTraceability"] = submission.InstrumentTraceability,
            ["laboratory"] = participant.Id.ToString(),
            ["method"] = submission.Method,
            ["reasonForChange"] = submission.ReasonForChange,
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
