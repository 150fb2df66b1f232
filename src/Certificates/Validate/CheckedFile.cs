using System.Xml.Linq;
using Plumbline.Numerics;

namespace Plumbline.Certificates;

/// <summary>A certificate under check: its elements, its version, and the findings so far.</summary>
internal sealed class CheckedFile(XElement root, string version, ValidationOptions options)
{
    /// <summary>Findings of one rule beyond this number are counted, not listed.</summary>
    private const int mostOfOneRule = 100;
    private readonly List<Finding> findings = [];
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    public XElement Root => root;

    public string Version => version;

    public ValidationOptions Options => options;

    private readonly Lazy<DecisionRule?> decisionRule = new(() => DecisionReading.OfFile(root));

    /// <summary>The decision rule stated for the whole file, read once.</summary>
    public DecisionRule? DecisionRule => decisionRule.Value;

    public XElement? Core => root.Down("administrativeData", "coreData");

    public IEnumerable<XElement> Statements => root.Down("administrativeData", "statements")?.Children("statement") ?? [];

    public IReadOnlyList<Finding> Findings => [.. findings.Concat(counts.Where(c => c.Value > mostOfOneRule).Select(c =>
        new Finding(ValidationRules.Of(c.Key).Layer, FindingSeverity.Note, "findings-cut", "/" + root.Name.LocalName, (c.Value - mostOfOneRule).ToString(System.Globalization.CultureInfo.InvariantCulture), c.Key)))];

    /// <summary>Elements of DCC and D-SI, not those inside foreign content or signatures.</summary>
    public IEnumerable<XElement> All(string local) => root.Descendants().Where(e => e.Name.LocalName == local && (e.IsDcc || e.IsSi));

    public void Report(string rule, XElement at, string? value = null, string? expected = null, params string[] arguments)
    {
        var of = ValidationRules.Of(rule);
        var count = counts[rule] = counts.GetValueOrDefault(rule) + 1;
        if (count <= mostOfOneRule)
            findings.Add(new(of.Layer, of.Severity, rule, at.Path, Short(value), Short(expected)) { Arguments = [.. arguments.Select(a => Short(a)!)], Line = at.Line });
    }

    /// <summary>A reader needs the beginning of a long value, not all of an embedded file.</summary>
    private static string? Short(string? text) => text is { Length: > 200 } ? text[..200] + "…" : text;
}
