using System.Xml.Linq;

namespace Plumbline.Certificates;

/// <summary>Validates a digital calibration certificate (DCC 2.1.0 to 3.3.0) in layers and gives every finding at once. The file alone decides: no network, no schema location followed.</summary>
public static class DccValidator
{
    private static readonly Action<CheckedFile>[] checks =
    [
        CrossFieldCheck.Run,
        QuantityCheck.Run,
        SemanticsCheck.Run,
    ];

    /// <summary>Validates a file.</summary>
    /// <param name="file">Its bytes, as they would be sent.</param>
    /// <param name="options">What else may be used.</param>
    /// <returns>All findings, and the verdict of each layer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public static ValidationReport Validate(ReadOnlyMemory<byte> file, ValidationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (root, version, form) = FormCheck.Read(file, options);
        List<Finding> findings = [.. form];
        HashSet<FindingLayer> run = [FindingLayer.Form];
        if (root is not null)
        {
            if (FormCheck.Knows(version))
            {
                findings.AddRange(SchemaCheck.Run(root, version!, options));
                run.Add(FindingLayer.Schema);
            }
            findings.AddRange(Content(root, version ?? "", options));
            run.UnionWith([FindingLayer.CrossField, FindingLayer.Quantity, FindingLayer.Semantics]);
        }
        foreach (var (layer, check) in new[] { (FindingLayer.Signature, options.Signature), (FindingLayer.Log, options.Log) })
            if (check is not null)
            {
                findings.AddRange(check(file));
                run.Add(layer);
            }
        var sorted = findings.OrderBy(f => f.Layer).ThenBy(f => f.Line).ToArray();
        return new(sorted, version, Enum.GetValues<FindingLayer>().ToDictionary(l => l, l => run.Contains(l) ? Verdict(sorted, l) : LayerVerdict.NotRun));
    }

    private static IReadOnlyList<Finding> Content(XElement root, string version, ValidationOptions options)
    {
        var document = new CheckedFile(root, version, options);
        foreach (var check in checks)
            check(document);
        return document.Findings;
    }

    private static LayerVerdict Verdict(Finding[] findings, FindingLayer layer)
    {
        // The check of signatures says so where there is none to check.
        if (layer == FindingLayer.Signature && findings.Any(f => f.Rule == "signature-none"))
            return LayerVerdict.NotRun;
        var severities = findings.Where(f => f.Layer == layer).Select(f => f.Severity).ToHashSet();
        return severities.Contains(FindingSeverity.Error) ? LayerVerdict.Bad : severities.Contains(FindingSeverity.Unsupported) ? LayerVerdict.Unsupported : LayerVerdict.Good;
    }
}
