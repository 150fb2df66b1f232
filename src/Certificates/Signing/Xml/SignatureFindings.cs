namespace Plumbline.Certificates;

/// <summary>Gathers what is wrong with a signature. Of one rule ten findings are kept: a file made to be slow has no more to say than one made to be wrong, and the first of each rule decides.</summary>
internal static class SignatureFindings
{
    private const int MostOfOneRule = 10;

    public static void Report(this List<Finding> findings, XmlTape tape, string rule, int at, string? value = null, string? expected = null, FindingSeverity severity = FindingSeverity.Error)
    {
        if (findings.Count(f => f.Rule == rule && f.Severity == severity) < MostOfOneRule)
            findings.Add(new(FindingLayer.Signature, severity, rule, tape.PathOf(at), value, expected) { Line = tape[at].Line });
    }
}
