using System.Security.Cryptography;

namespace Plumbline.Certificates;

/// <summary>The check of one signature: shape, digests, signature value, signer, bytes, timestamp. Findings are gathered; nothing throws for what a file can contain.</summary>
internal sealed class SignatureCheck(XmlTape tape, int signature, ReadOnlyMemory<byte> file, SignatureTrust trust)
{
    private readonly List<Finding> findings = [];

    public IReadOnlyList<Finding> Findings => findings;

    public SignatureReference? Document { get; private set; }

    public SignatureRecord Run()
    {
        var shape = new SignatureShape(tape, signature, findings);
        var record = new SignatureRecord
        {
            Place = tape.PathOf(signature),
            State = SignatureState.Invalid,
            Algorithm = XmlAlgorithms.Signature(shape.Method)?.Name ?? shape.Method,
            DocumentAlgorithms = shape.Document is { } read ? [read.Form.Uri, read.Digest] : [],
            ClaimedTime = shape.Properties.Time,
            IsXades = shape.Properties.Element >= 0,
            BindsEveryByte = shape.Properties.BindsEveryByte,
        };
        var signer = FindSigner(shape);
        record = record with { Signer = signer, Others = [.. shape.Certificates.Where(c => c != signer)] };
        if (State() is var built and not SignatureState.Valid)
            return record with { State = built };
        Document = shape.Document;
        Compute(shape, signer!);
        if (shape.Properties.BindsEveryByte && !IsCanonical())
            Report("signature-bytes", signature);
        if (State() != SignatureState.Valid)
            return record with { State = State() };
        return JudgeSigner(record with { State = SignatureState.Valid }, shape);
    }

    private SignatureState State() =>
        findings.Exists(f => f.Severity == FindingSeverity.Error) ? SignatureState.Invalid
        : findings.Exists(f => f.Severity == FindingSeverity.Unsupported) ? SignatureState.Unsupported : SignatureState.Valid;

    private void Report(string rule, int at, string? value = null, string? expected = null, FindingSeverity severity = FindingSeverity.Error) =>
        findings.Report(tape, rule, at, value, expected, severity);

    /// <summary>The certificate whose digest is signed; without XAdES the one in KeyInfo that issued none of the others.</summary>
    private KeyCertificate? FindSigner(SignatureShape shape)
    {
        var certificates = shape.Certificates;
        if (certificates.Count == 0)
        {
            if (!findings.Exists(f => f.Rule is "signature-certificate" or "signature-key-by-reference"))
                Report("signature-certificate-missing", signature, severity: FindingSeverity.Unsupported);
            return null;
        }
        if (shape.Properties.Element < 0)
            Report("signature-not-xades", signature, severity: FindingSeverity.Note);
        else if (shape.Properties.CertificateDigests.Count == 0)
            Report("signature-certificate-unbound", shape.Properties.Element, severity: FindingSeverity.Warning);
        if (shape.Properties.CertificateDigests is not [var first, ..] digests)
            return certificates.Find(c => !certificates.Exists(o => o != c && o.RawIssuer.Span.SequenceEqual(c.RawSubject.Span))) ?? certificates[0];
        if (digests.Any(d => !IsJudged(d)))
            return null;
        var signer = certificates.Find(c => IsDigest(first, c));
        if (signer is null || (shape.Properties.BindsEveryByte && certificates.Exists(c => !digests.Exists(d => IsDigest(d, c)))))
            Report("signature-certificate-digest", first, certificates[0].Subject);
        return signer;
    }

    private string Method(int digest) => tape.Attribute(tape.Child(digest, XmlAlgorithms.Ds, "DigestMethod"), "Algorithm") ?? "";

    private bool IsJudged(int digest)
    {
        var weak = XmlAlgorithms.IsWeak(Method(digest));
        if (XmlAlgorithms.Digest(Method(digest)) is not null)
            return true;
        Report(weak ? "signature-algorithm-weak" : "signature-algorithm", digest, Method(digest), severity: weak ? FindingSeverity.Error : FindingSeverity.Unsupported);
        return false;
    }

    private bool IsDigest(int digest, KeyCertificate certificate) =>
        tape.Child(digest, XmlAlgorithms.Ds, "DigestValue") is >= 0 and var at
        && CryptographicOperations.HashData(XmlAlgorithms.Digest(Method(digest))!.Value, certificate.Der.Span).AsSpan().SequenceEqual(XmlBytes.Read(tape.Text(at)));

    private void Compute(SignatureShape shape, KeyCertificate signer)
    {
        Compare(shape.Document!, -1, "signature-digest", signature);
        if (shape.SignedProperties is { } properties)
            Compare(properties, shape.Properties.Element, "signature-properties-digest");
        var signed = Canonicalizer.Bytes(tape, shape.SignedInfo, shape.Form);
        var method = XmlAlgorithms.Signature(shape.Method)!;
        if (method.Verify(signer, signed, shape.Value) is not { } verified)
            Report("signature-key", signature, signer.Subject, method.Name);
        else if (!verified)
            Report("signature-value", shape.ValueElement, signer.Subject);
    }

    private void Compare(SignatureReference reference, int apex, string rule, int without = -1)
    {
        var digest = Canonicalizer.Digest(tape, apex, reference.Form, XmlAlgorithms.Digest(reference.Digest)!.Value, without);
        if (!digest.AsSpan().SequenceEqual(reference.Value))
            Report(rule, reference.Element, Convert.ToBase64String(digest), Convert.ToBase64String(reference.Value));
    }

    private bool IsCanonical()
    {
        var declaration = System.Text.Encoding.ASCII.GetBytes(SignatureProperties.Declaration);
        if (!file.Span.StartsWith(declaration))
            return false;
        // The parts of a signature that nothing signs could still take in blanks.
        for (var i = signature + 1; i < tape[signature].End; i++)
            if (tape[i].Kind == XmlNodeKind.Text && XmlBytes.HasBlanks(tape[i].Value))
                return false;
        using var sink = CanonicalSink.Comparing(file[declaration.Length..]);
        new Canonicalizer(tape, new(CanonicalMethod.Inclusive11), sink).Write(-1);
        return sink.Same && sink.Length == file.Length - declaration.Length;
    }

    private SignatureRecord JudgeSigner(SignatureRecord record, SignatureShape shape)
    {
        KeyCertificate[] others = [.. record.Others, .. Added(shape)];
        record = record with { Timestamp = JudgeTimestamps(shape, others) };
        if (record.Timestamp?.State == TimestampState.Invalid)
            record = record with { State = SignatureState.Invalid };
        var at = record.ProvedTime ?? trust.At;
        record = record with { Path = CertificatePath.Check(record.Signer!, others, trust.Anchors, at) };
        var path = record.Path!;
        if (path.State is not (PathState.Trusted or PathState.NotChecked))
            Report($"signer-{path.State}".ToLowerInvariant(), signature, record.Signer!.Subject, path.Fault, path.State == PathState.Unsupported ? FindingSeverity.Unsupported : FindingSeverity.Error);
        else if (path.State == PathState.NotChecked)
            Report("signer-notchecked", signature, record.Signer!.Subject, severity: FindingSeverity.Note);
        if (Revoked(shape, record.Signer!, [.. others, .. trust.Anchors]) is { } since && since <= at)
            Report("signer-revoked", signature, record.Signer!.Subject, $"{since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}Z");
        if (!record.Signer!.Extensions.MaySign)
            Report("signer-usage", signature, record.Signer.Subject);
        if (record.ClaimedTime is { } claimed && (claimed < record.Signer.NotBefore || claimed > record.Signer.NotAfter))
            Report("signature-time", signature, $"{claimed:yyyy-MM-dd'T'HH:mm:ss}Z", $"{record.Signer.NotBefore:yyyy-MM-dd} – {record.Signer.NotAfter:yyyy-MM-dd}", FindingSeverity.Warning);
        return record;
    }

    private IEnumerable<KeyCertificate> Added(SignatureShape shape)
    {
        foreach (var element in shape.Properties.CertificateValues)
        {
            KeyCertificate? read = null;
            try
            {
                read = KeyCertificate.FromDer(XmlBytes.Read(tape.Text(element)));
            }
            catch (CryptographicException)
            {
                Report("signature-property-unjudged", element, tape[element].LocalName, severity: FindingSeverity.Note);
            }
            if (read is not null)
                yield return read;
        }
    }

    /// <summary>When the signer's certificate was revoked, by a list that the signature brings along and the certificate's issuer signed.</summary>
    private DateTimeOffset? Revoked(SignatureShape shape, KeyCertificate signer, KeyCertificate[] issuers)
    {
        DateTimeOffset? since = null;
        foreach (var element in shape.Properties.RevocationLists)
            try
            {
                since ??= new RevokedCertificates(XmlBytes.Read(tape.Text(element)) ?? []).Of(signer, issuers);
            }
            catch (CryptographicException)
            {
                Report("signature-property-unjudged", element, tape[element].LocalName, severity: FindingSeverity.Note);
            }
        return since;
    }

    private TimestampRecord? JudgeTimestamps(SignatureShape shape, IReadOnlyList<KeyCertificate> others)
    {
        TimestampRecord? best = null;
        foreach (var element in shape.Properties.Timestamps)
        {
            var form = tape.Child(element, XmlAlgorithms.Ds, "CanonicalizationMethod") is >= 0 and var method ? CanonicalForm.FromUri(tape.Attribute(method, "Algorithm")) : new(CanonicalMethod.Inclusive10);
            var token = tape.Child(element, XmlAlgorithms.Xades, "EncapsulatedTimeStamp") is >= 0 and var encapsulated ? XmlBytes.Read(tape.Text(encapsulated)) : null;
            var found = form is null ? new TimestampRecord(TimestampState.Unsupported, null, null, null)
                : TimestampToken.Check(token, Canonicalizer.Bytes(tape, shape.ValueElement, form), others, trust);
            if (found.State == TimestampState.Invalid)
                Report("timestamp-invalid", element, found.Authority?.Subject);
            else if (found.State == TimestampState.Unsupported)
                Report("timestamp-unsupported", element, severity: FindingSeverity.Note);
            else if (found.Path!.State is not (PathState.Trusted or PathState.NotChecked))
                Report("timestamp-untrusted", element, found.Authority?.Subject, found.Path.Fault, FindingSeverity.Warning);
            if (best is null || Rank(found) < Rank(best))
                best = found;
        }
        return best;

        // One that fails decides, whatever stands beside it.
        static int Rank(TimestampRecord record) => record switch { { State: TimestampState.Invalid } => 0, { State: TimestampState.Valid, Path.State: PathState.Trusted } => 1, { State: TimestampState.Valid } => 2, _ => 3 };
    }
}
