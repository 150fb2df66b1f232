namespace Plumbline.Certificates;

/// <summary>A reference of a signature, as far as it could be read.</summary>
internal sealed record SignatureReference(int Element, CanonicalForm Form, string Digest, byte[] Value);

/// <summary>Reads one ds:Signature and judges its build: exactly the parts and references that the profile has, nothing else. What is wrong is an error, what may be right elsewhere is unsupported.</summary>
internal sealed class SignatureShape
{
    private const string Ds = XmlAlgorithms.Ds, Xades = XmlAlgorithms.Xades, ExclusiveNamespace = "http://www.w3.org/2001/10/xml-exc-c14n#";

    private const int MostCertificates = 32;

    private readonly XmlTape tape;
    private readonly int signature;
    private readonly List<Finding> findings;

    public SignatureShape(XmlTape tape, int signature, List<Finding> findings)
    {
        (this.tape, this.signature, this.findings) = (tape, signature, findings);
        ReadParts();
        if (SignedInfo >= 0)
            ReadSignedInfo();
        ReadKeyInfo();
        Properties = new(tape, signature, Object(), findings);
        if (SignedInfo >= 0)
            ReadReferences();
    }

    public int SignedInfo { get; private set; } = -1;

    public CanonicalForm Form { get; private set; } = new(CanonicalMethod.Inclusive10);

    public string Method { get; private set; } = "";

    public int ValueElement { get; private set; } = -1;

    public byte[] Value { get; private set; } = [];

    public SignatureReference? Document { get; private set; }

    public SignatureReference? SignedProperties { get; private set; }

    public SignatureProperties Properties { get; }

    public List<KeyCertificate> Certificates { get; } = [];

    private int keyInfo = -1, documentReference = -1;

    private void Report(string rule, int at, string? value = null, string? expected = null, FindingSeverity severity = FindingSeverity.Error) =>
        findings.Report(tape, rule, at, value, expected, severity);

    private void ReadParts()
    {
        var stage = 0;
        foreach (var child in tape.Children(signature))
        {
            var part = tape[child].Namespace != Ds ? -1 : tape[child].LocalName switch { "SignedInfo" => 1, "SignatureValue" => 2, "KeyInfo" => 3, "Object" => 4, _ => -1 };
            if (part < 0 || part < stage || (part == stage && part < 4) || (part < 3 && part != stage + 1))
            {
                Report("signature-structure", child, tape[child].LocalName, "SignedInfo, SignatureValue, KeyInfo, Object");
                return;
            }
            stage = part;
            if (part == 1)
                SignedInfo = child;
            else if (part == 2)
                (ValueElement, Value) = (child, Bytes(child));
            else if (part == 3)
                keyInfo = child;
        }
        if (ValueElement < 0)
            Report("signature-structure", signature, null, "SignedInfo, SignatureValue");
    }

    private int Object()
    {
        var objects = tape.Children(signature).Where(c => tape.Is(c, Ds, "Object")).ToArray();
        foreach (var extra in objects.Skip(1))
            Report("signature-unsigned-content", extra, "Object");
        return objects.Length > 0 ? objects[0] : -1;
    }

    private void ReadSignedInfo()
    {
        var children = tape.Children(SignedInfo).ToArray();
        if (children.Length < 3 || !tape.Is(children[0], Ds, "CanonicalizationMethod") || !tape.Is(children[1], Ds, "SignatureMethod") || children.Skip(2).Any(c => !tape.Is(c, Ds, "Reference")))
        {
            Report("signature-structure", SignedInfo, string.Join(", ", children.Select(c => tape[c].LocalName)), "CanonicalizationMethod, SignatureMethod, Reference");
            return;
        }
        if (ReadForm(children[0]) is { } form)
            Form = form;
        else
            Report("signature-algorithm", children[0], Algorithm(children[0]), severity: FindingSeverity.Unsupported);
        Method = Algorithm(children[1]);
        if (XmlAlgorithms.IsWeak(Method))
            Report("signature-algorithm-weak", children[1], Method);
        else if (XmlAlgorithms.Signature(Method) is null || tape.Children(children[1]).Any())
            Report("signature-algorithm", children[1], Method, severity: FindingSeverity.Unsupported);
    }

    private void ReadKeyInfo()
    {
        if (keyInfo < 0)
            return;
        foreach (var child in tape.Children(keyInfo))
        {
            // A key that lies elsewhere is not fetched: who answers there decides what is verified.
            if (tape[child].LocalName is "RetrievalMethod" or "KeyInfoReference" || tape.Attribute(child, "URI") is not null)
                Report("signature-key-by-reference", child, tape.Attribute(child, "URI"));
            else if (tape.Is(child, Ds, "X509Data"))
                foreach (var one in tape.Children(child).Where(c => tape.Is(c, Ds, "X509Certificate")).Take(MostCertificates))
                    Add(one);
        }
    }

    private void Add(int element)
    {
        try
        {
            Certificates.Add(KeyCertificate.FromDer(Bytes(element)));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            Report("signature-certificate", element);
        }
    }

    private void ReadReferences()
    {
        foreach (var reference in tape.Children(SignedInfo).Where(c => tape.Is(c, Ds, "Reference")))
        {
            string? uri = tape.Attribute(reference, "URI"), type = tape.Attribute(reference, "Type");
            var properties = uri is { Length: > 1 } && uri[0] == '#' && uri[1..] == Properties.Id;
            if (type is not null && type != XmlAlgorithms.SignedProperties && type.StartsWith("http://uri.etsi.org/01903/", StringComparison.Ordinal))
                Report("signature-xades-version", reference, type, XmlAlgorithms.SignedProperties, FindingSeverity.Unsupported);
            else if (properties ? type != XmlAlgorithms.SignedProperties : type is not null)
                Report("signature-reference-type", reference, type, properties ? XmlAlgorithms.SignedProperties : null);
            else if (uri == "" && documentReference < 0)
                Document = Read(documentReference = reference, enveloped: true);
            else if (properties && SignedProperties is null)
                SignedProperties = Read(reference, enveloped: false);
            else if (uri?.StartsWith("#xpointer(", StringComparison.Ordinal) == true)
                Report("signature-transform", reference, uri, severity: FindingSeverity.Unsupported);
            else
                Report("signature-reference-extra", reference, uri);
        }
        if (documentReference < 0 && !findings.Exists(f => f.Rule is "signature-reference-type" || f.Severity == FindingSeverity.Unsupported))
            Report("signature-reference-missing", SignedInfo, null, "URI=\"\"");
        if (Properties.Element >= 0 && SignedProperties is null && !findings.Exists(f => f.Rule is "signature-reference-type" || f.Severity == FindingSeverity.Unsupported))
            Report("signature-reference-missing", SignedInfo, null, $"URI=\"#{Properties.Id}\"");
        Properties.Judge(tape.Attribute(documentReference, "Id"));
    }

    private SignatureReference? Read(int reference, bool enveloped)
    {
        var children = tape.Children(reference).ToArray();
        var first = children.Length > 0 && tape.Is(children[0], Ds, "Transforms") ? 1 : 0;
        if (children.Length != first + 2 || !tape.Is(children[first], Ds, "DigestMethod") || !tape.Is(children[first + 1], Ds, "DigestValue"))
        {
            Report("signature-structure", reference, string.Join(", ", children.Select(c => tape[c].LocalName)), "Transforms, DigestMethod, DigestValue");
            return null;
        }
        var form = ReadTransforms(reference, first == 1 ? [.. tape.Children(children[0])] : [], enveloped);
        var digest = Algorithm(children[first]);
        if (XmlAlgorithms.IsWeak(digest))
            Report("signature-algorithm-weak", children[first], digest);
        else if (XmlAlgorithms.Digest(digest) is null)
            Report("signature-algorithm", children[first], digest, severity: FindingSeverity.Unsupported);
        return form is null ? null : new(reference, form, digest, Bytes(children[first + 1]));
    }

    private CanonicalForm? ReadTransforms(int reference, int[] transforms, bool enveloped)
    {
        foreach (var one in transforms)
            if (!tape.Is(one, Ds, "Transform") || (Algorithm(one) != XmlAlgorithms.Enveloped && ReadForm(one) is null))
            {
                Report("signature-transform", one, Algorithm(one), severity: FindingSeverity.Unsupported);
                return null;
            }
        var removed = transforms.Count(t => Algorithm(t) == XmlAlgorithms.Enveloped);
        if (removed != (enveloped ? 1 : 0))
        {
            Report("signature-transform-order", reference, string.Join(", ", transforms.Select(Algorithm)), enveloped ? XmlAlgorithms.Enveloped : null);
            return null;
        }
        var rest = transforms[removed..];
        if (rest.Length > 1 || (enveloped && Algorithm(transforms[0]) != XmlAlgorithms.Enveloped))
        {
            Report("signature-transform", reference, string.Join(", ", transforms.Select(Algorithm)), severity: FindingSeverity.Unsupported);
            return null;
        }
        // A reference within the document has no comments, whatever the form says (XMLDSig, section 4.4.3.3).
        return (rest.Length == 1 ? ReadForm(rest[0])! : new(CanonicalMethod.Inclusive10)) with { WithComments = false };
    }

    /// <summary>The canonical form that the element names, with its prefix list; null where it is none, or has parameters that are not known.</summary>
    private CanonicalForm? ReadForm(int element)
    {
        if (CanonicalForm.FromUri(Algorithm(element)) is not { } form)
            return null;
        foreach (var parameter in tape.Children(element))
        {
            if (form.Method != CanonicalMethod.Exclusive || !tape.Is(parameter, ExclusiveNamespace, "InclusiveNamespaces"))
                return null;
            form = form with { InclusivePrefixes = (tape.Attribute(parameter, "PrefixList") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries) };
        }
        return form;
    }

    private string Algorithm(int element) => tape.Attribute(element, "Algorithm") ?? "";

    private byte[] Bytes(int element)
    {
        if (XmlBytes.Read(tape.Text(element)) is { } bytes)
            return bytes;
        Report("signature-base64", element);
        return [];
    }
}
