using System.Globalization;

namespace Plumbline.Certificates;

/// <summary>A note, checkpoint, proof, tile or entry that must not be relied on; <see cref="Finding"/> says why, in both languages through <see cref="CertificatesTexts.Describe"/>.</summary>
public sealed class LogException : FormatException
{
    private static readonly CultureInfo english = CultureInfo.GetCultureInfo("en");

    internal LogException(string rule, string path, string? value = null, string? expected = null)
        : this(new Finding(FindingLayer.Log, FindingSeverity.Error, rule, path, value, expected))
    {
    }

    /// <summary>The refusal that <paramref name="finding"/> describes.</summary>
    public LogException(Finding finding)
        : base(CertificatesTexts.Describe(finding, english)) => Finding = finding;

    /// <summary>What is wrong and where.</summary>
    public Finding Finding { get; }
}
