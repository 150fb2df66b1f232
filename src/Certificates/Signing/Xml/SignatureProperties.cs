using System.Globalization;
using System.Xml;

namespace Plumbline.Certificates;

/// <summary>The XAdES part of a signature (ETSI EN 319 132-1): what the signer signed about the signature, and what was added later.</summary>
internal sealed class SignatureProperties
{
    /// <summary>The description by which a signer binds the file byte for byte: it is the canonical form with this declaration before it.</summary>
    public const string EveryByte = "urn:plumbline:canonical-bytes";
    public const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private const int MostOfOneKind = 32; // what was added later is signed by nobody: it must not be able to keep the verifier busy
    private const string Ds = XmlAlgorithms.Ds, Xades = XmlAlgorithms.Xades;

    private readonly XmlTape tape;
    private readonly int signature;
    private readonly List<Finding> findings;
    private readonly int signedData = -1;

    public SignatureProperties(XmlTape tape, int signature, int container, List<Finding> findings)
    {
        (this.tape, this.signature, this.findings) = (tape, signature, findings);
        if (container < 0)
            return;
        foreach (var child in tape.Children(container))
            if (tape.Is(child, Xades, "QualifyingProperties") && Qualifying < 0)
                Qualifying = child;
            else if (tape[child].Namespace.StartsWith("http://uri.etsi.org/01903/", StringComparison.Ordinal) && tape[child].Namespace != Xades)
                Report("signature-xades-version", child, tape[child].Namespace, FindingSeverity.Unsupported, Xades);
            else
                Report("signature-unsigned-content", child, tape[child].LocalName, FindingSeverity.Error);
        if (Qualifying < 0)
            return;
        Element = tape.Child(Qualifying, Xades, "SignedProperties");
        if (Element < 0 || tape.Attribute(Element, "Id") is not { Length: > 0 } id)
        {
            Report("signature-structure", Qualifying, null, FindingSeverity.Error, "SignedProperties Id");
            return;
        }
        Id = id;
        var about = tape.Child(Element, Xades, "SignedSignatureProperties");
        signedData = tape.Child(Element, Xades, "SignedDataObjectProperties");
        ReadTime(tape.Child(about, Xades, "SigningTime"));
        foreach (var name in (string[])["SigningCertificateV2", "SigningCertificate"])
            if (tape.Child(about, Xades, name) is >= 0 and var certificates)
                CertificateDigests.AddRange(tape.Children(certificates).Select(c => tape.Child(c, Xades, "CertDigest")).Where(d => d >= 0));
        ReadUnsigned();
    }

    public int Qualifying { get; } = -1;

    /// <summary>The SignedProperties; −1 where there are none.</summary>
    public int Element { get; } = -1;

    public string? Id { get; }

    public DateTimeOffset? Time { get; private set; }

    /// <summary>The elements that hold digest method and value of a certificate: the signer's first, then those of authorities.</summary>
    public List<int> CertificateDigests { get; } = [];

    public bool BindsEveryByte { get; private set; }

    public List<int> Timestamps { get; } = [];

    /// <summary>Elements with certificates that were added to help verification.</summary>
    public List<int> CertificateValues { get; } = [];

    /// <summary>Elements with lists of revoked certificates.</summary>
    public List<int> RevocationLists { get; } = [];

    /// <summary>Whether what the properties point at is what they must point at.</summary>
    public void Judge(string? documentReference)
    {
        if (Element < 0)
            return;
        if (tape.Attribute(Qualifying, "Target") is var target && target != $"#{tape.Attribute(signature, "Id")}")
            Report("signature-structure", Qualifying, target, FindingSeverity.Error, $"#{tape.Attribute(signature, "Id")}");
        if (Duplicates(Id!) > 1)
            Report("signature-id-duplicate", Element, Id, FindingSeverity.Error);
        foreach (var format in signedData < 0 ? [] : tape.Children(signedData).Where(c => tape.Is(c, Xades, "DataObjectFormat")))
        {
            if (tape.Attribute(format, "ObjectReference") is var to && to != $"#{documentReference}")
                Report("signature-structure", format, to, FindingSeverity.Error, $"#{documentReference}");
            BindsEveryByte |= tape.Child(format, Xades, "Description") is >= 0 and var description && tape.Text(description) == EveryByte;
        }
    }

    private int Duplicates(string id)
    {
        var count = 0;
        for (var i = 0; i < tape.Count; i++)
            foreach (ref readonly var attribute in tape.Attributes(i))
                if (attribute.Value == id && attribute.LocalName.Equals("id", StringComparison.OrdinalIgnoreCase))
                    count++;
        return count;
    }

    private void ReadTime(int element)
    {
        if (element < 0)
            return;
        var text = tape.Text(element)?.Trim() ?? "";
        // Without a zone it names no instant.
        if (DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            Time = time;
        else
            Report("signature-time-form", element, text, FindingSeverity.Warning);
    }

    private static readonly string[] formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    private void ReadUnsigned()
    {
        var unsigned = tape.Child(tape.Child(Qualifying, Xades, "UnsignedProperties"), Xades, "UnsignedSignatureProperties");
        foreach (var child in unsigned < 0 ? [] : tape.Children(unsigned))
            if (tape.Is(child, Xades, "SignatureTimeStamp") && Timestamps.Count < MostOfOneKind)
                Timestamps.Add(child);
            else if (tape.Is(child, Xades, "CertificateValues"))
                CertificateValues.AddRange(tape.Children(child).Where(c => tape.Is(c, Xades, "EncapsulatedX509Certificate")).Take(MostOfOneKind));
            else if (tape.Is(child, Xades, "RevocationValues"))
                ReadRevocations(child);
            else
                Report("signature-property-unjudged", child, tape[child].LocalName, FindingSeverity.Note);
    }

    private void ReadRevocations(int values)
    {
        foreach (var child in tape.Children(values))
            if (tape.Is(child, Xades, "CRLValues"))
                RevocationLists.AddRange(tape.Children(child).Where(c => tape.Is(c, Xades, "EncapsulatedCRLValue")).Take(MostOfOneKind));
            else
                Report("signature-property-unjudged", child, tape[child].LocalName, FindingSeverity.Note);
    }

    private void Report(string rule, int at, string? value, FindingSeverity severity, string? expected = null) =>
        findings.Report(tape, rule, at, value, expected, severity);
}
