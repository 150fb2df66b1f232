namespace Plumbline.Certificates;

/// <summary>Whom a verifier trusts, and for when it judges.</summary>
/// <param name="Anchors">Trusted certificates: of the institutions themselves or of their authorities. With none, who signed is told but not judged.</param>
/// <param name="At">The time for which certificates are judged where no trusted timestamp says more: now, or the date that the question is about.</param>
public sealed record SignatureTrust(IReadOnlyCollection<KeyCertificate> Anchors, DateTimeOffset At)
{
    /// <summary>What a file may ask of the reader.</summary>
    public XmlLimits Limits { get; init; } = XmlLimits.Default;
}

/// <summary>Signatures in XML files: XMLDSig and XAdES, enveloped, covering the whole document.</summary>
public static class XmlSignature
{
    private const int MostSignatures = 16;

    /// <summary>Checks every signature of a file.</summary>
    /// <param name="file">The file as it is; it is not changed.</param>
    /// <param name="trust">Whom to trust.</param>
    /// <returns>The verdict; a file that is no XML is invalid.</returns>
    /// <remarks>
    /// Accepted is one build only: a child of the document element, with one reference to the whole document (enveloped-signature, then at most one canonical form) and at most one to its own XAdES
    /// SignedProperties. Anything else in the reference set, content that no reference covers, keys by reference and weak algorithms are refused; transforms and algorithms that are not judged here are
    /// "unsupported". Nothing is fetched from anywhere.
    /// </remarks>
    public static SignatureReport Verify(ReadOnlyMemory<byte> file, SignatureTrust trust)
    {
        ArgumentNullException.ThrowIfNull(trust);
        XmlTape tape;
        try
        {
            tape = XmlTape.Read(file, trust.Limits);
        }
        catch (XmlFormException fault)
        {
            return new(SignatureState.Invalid, [], [new(FindingLayer.Signature, FindingSeverity.Error, "signature-xml", "/", fault.Message) { Line = fault.Line }]);
        }
        var findings = new List<Finding>();
        var signatures = Find(tape, findings);
        if (signatures.Count == 0)
            return findings.Count > 0 ? new(SignatureState.Invalid, [], findings) : new(SignatureState.NotSigned, [], [new(FindingLayer.Signature, FindingSeverity.Warning, "signature-none", tape.PathOf(tape.Root))]);
        var records = new List<SignatureRecord>();
        Func<byte[]>? covered = null;
        foreach (var signature in signatures)
        {
            var check = new SignatureCheck(tape, signature, file, trust);
            records.Add(check.Run());
            findings.AddRange(check.Findings);
            var form = check.Document?.Form;
            covered ??= form is null ? null : () => Canonicalizer.Bytes(tape, -1, form, signature);
        }
        var state = findings.Exists(f => f.Severity == FindingSeverity.Error && f.Rule == "signature-place") || records.Exists(r => r.State == SignatureState.Invalid) ? SignatureState.Invalid
            : records.Exists(r => r.State == SignatureState.Unsupported) ? SignatureState.Unsupported : SignatureState.Valid;
        return new(state, records, findings, state == SignatureState.Valid ? covered : null);
    }

    /// <summary>Signs a file: enveloped XAdES-B-B with ECDSA P-256 and SHA-256, as a child at the end of the document element.</summary>
    /// <param name="file">XML without a signature.</param>
    /// <param name="identity">Key and certificates; these go into the signature.</param>
    /// <param name="time">The time of signing, which the signer claims; whole seconds.</param>
    /// <returns>The signed file: Canonical XML 1.1 in UTF-8 after a declaration. Comments are left out, because no signature would cover them; nothing else of the content changes.</returns>
    /// <exception cref="ArgumentException">The key is not of ECDSA P-256.</exception>
    /// <exception cref="InvalidDataException">The file is no bounded, well-formed XML.</exception>
    /// <exception cref="InvalidOperationException">The file has a signature already, or the result does not verify (a key that does not match its certificate).</exception>
    /// <remarks>The signed file is bound byte for byte: the signer signs that it is in canonical form, and <see cref="Verify"/> holds it to that. Pass it on as it is.</remarks>
    public static byte[] Sign(ReadOnlyMemory<byte> file, SigningIdentity identity, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(identity);
        try
        {
            return Verified(SignatureMaker.Sign(file, identity, time), time);
        }
        catch (XmlFormException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }

    /// <summary>Adds a timestamp to a file that <see cref="Sign"/> made: XAdES-B-T.</summary>
    /// <param name="file">The signed file.</param>
    /// <param name="authority">Whom to ask.</param>
    /// <param name="cancel">Stops the asking.</param>
    /// <exception cref="InvalidOperationException">The file is not one that <see cref="Sign"/> made, or its signature is not valid.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The authority refused, or its answer is not for this request.</exception>
    /// <exception cref="HttpRequestException">The authority could not be reached.</exception>
    public static async Task<byte[]> AddTimestampAsync(ReadOnlyMemory<byte> file, TimestampClient authority, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(authority);
        if (Verify(file, new([], default)) is not { State: SignatureState.Valid, Signatures: [{ BindsEveryByte: true, Timestamp: null, ClaimedTime: { } time }] })
            throw new InvalidOperationException("A timestamp is added to a file with one valid signature of this program's making and no timestamp.");
        var token = await authority.StampAsync(SignatureMaker.ToBeStamped(file), cancel).ConfigureAwait(false);
        return Verified(SignatureMaker.AddTimestamp(file, token), time);
    }

    private static byte[] Verified(byte[] signed, DateTimeOffset time) =>
        Verify(signed, new([], time)) is { State: SignatureState.Valid } ? signed : throw new InvalidOperationException("The signature that was made does not verify: the signer does not sign with the key of its certificate.");

    /// <summary>Signatures that are children of the document element; one that stands elsewhere could make a part look signed that is not.</summary>
    private static List<int> Find(XmlTape tape, List<Finding> findings)
    {
        var found = new List<int>();
        for (var i = 0; i < tape.Count; i++)
        {
            if (!tape.Is(i, XmlAlgorithms.Ds, "Signature"))
                continue;
            if (tape[i].Parent == tape.Root && i != tape.Root && found.Count < MostSignatures)
                found.Add(i);
            else if (found.Count > 0 && i < tape[found[^1]].End && tape.Is(tape[i].Parent, XmlAlgorithms.Xades, "CounterSignature"))
                findings.Report(tape, "signature-property-unjudged", i, "CounterSignature", severity: FindingSeverity.Note);
            else
                findings.Report(tape, "signature-place", i);
        }
        return found;
    }
}
