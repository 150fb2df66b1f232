using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Plumbline.Certificates;

public static partial class PdfSignature
{
    /// <summary>Checks the signatures of a PDF file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="trust">Whom to trust.</param>
    /// <returns>The verdict. A signature must cover the whole file but for itself: what was added after it, even another signature, makes it invalid here.</returns>
    public static SignatureReport Verify(ReadOnlyMemory<byte> file, SignatureTrust trust)
    {
        ArgumentNullException.ThrowIfNull(trust);
        var findings = new List<Finding>();
        var records = new List<SignatureRecord>();
        Func<byte[]>? covered = null;
        try
        {
            var pdf = new PdfFile(file.Span);
            var catalogue = pdf.Dictionary(pdf.Trailer.GetValueOrDefault("Root"));
            var fields = catalogue.TryGetValue("AcroForm", out var form) ? pdf.Array(pdf.Dictionary(form).GetValueOrDefault("Fields")) : [];
            foreach (var field in fields.Select(f => pdf.Dictionary(f)).Where(f => f.GetValueOrDefault("FT") == "/Sig" && f.ContainsKey("V")))
            {
                var check = new PdfCheck(pdf, field["V"], file, trust, findings);
                records.Add(check.Run($"/AcroForm/Fields[{records.Count + 1}]"));
                covered ??= check.Covered;
            }
        }
        catch (InvalidDataException fault)
        {
            return new(SignatureState.Invalid, records, [.. findings, new(FindingLayer.Signature, FindingSeverity.Error, "pdf-form", "/", fault.Message)]);
        }
        if (records.Count == 0)
            return new(SignatureState.NotSigned, [], [new(FindingLayer.Signature, FindingSeverity.Warning, "signature-none", "/")]);
        var state = records.Exists(r => r.State == SignatureState.Invalid) ? SignatureState.Invalid : records.Exists(r => r.State == SignatureState.Unsupported) ? SignatureState.Unsupported : SignatureState.Valid;
        return new(state, records, findings, state == SignatureState.Valid ? covered : null);
    }
}

/// <summary>The check of one signature of a PDF file.</summary>
internal sealed class PdfCheck(PdfFile pdf, string reference, ReadOnlyMemory<byte> file, SignatureTrust trust, List<Finding> findings)
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1", Sha384 = "2.16.840.1.101.3.4.2.2", Sha512 = "2.16.840.1.101.3.4.2.3";
    private string place = "/";
    private int before;

    public byte[] Covered() => [.. file.Span[..gap.Start.Value], .. file.Span[gap.End.Value..]];

    private Range gap;

    public SignatureRecord Run(string at)
    {
        (place, before) = (at, findings.Count);
        var record = new SignatureRecord { Place = place, State = SignatureState.Invalid };
        var entries = pdf.Dictionary(reference);
        if (entries.GetValueOrDefault("SubFilter") is not ("/ETSI.CAdES.detached" or "/adbe.pkcs7.detached") and var filter)
            Report("signature-algorithm", filter ?? "–", severity: FindingSeverity.Unsupported);
        else if (Message(entries) is { } message)
            record = Check(record, message) with { ClaimedTime = Time(entries.GetValueOrDefault("M")) };
        return record with { State = State() };
    }

    private SignatureState State()
    {
        var own = findings.Skip(before).Where(f => !f.Rule.StartsWith("signer-", StringComparison.Ordinal)).ToList();
        return own.Exists(f => f.Severity == FindingSeverity.Error) ? SignatureState.Invalid : own.Exists(f => f.Severity == FindingSeverity.Unsupported) ? SignatureState.Unsupported : SignatureState.Valid;
    }

    private void Report(string rule, string? value = null, string? expected = null, FindingSeverity severity = FindingSeverity.Error) => findings.Add(new(FindingLayer.Signature, severity, rule, place, value, expected));

    /// <summary>The signature's bytes, where the byte range is the whole file but for exactly these digits.</summary>
    private byte[]? Message(Dictionary<string, string> entries)
    {
        var range = pdf.Array(entries.GetValueOrDefault("ByteRange")).Select(v => long.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1).ToArray();
        var contents = entries.GetValueOrDefault("Contents") ?? "";
        if (range is not [0, > 0 and var start, var end, var rest] || end <= start || end + rest != file.Length
            || !file.Span[(int)start..(int)end].SequenceEqual(Encoding.Latin1.GetBytes(contents)) || contents is not ['<', .. var digits, '>'])
        {
            Report("pdf-range", string.Join(' ', range), $"0 … {file.Length}");
            return null;
        }
        gap = (int)start..(int)end;
        // Digits of one case, and nothing but zeros after the message: so the unsigned gap has one form only.
        var upper = !digits.Any(char.IsAsciiLetterLower);
        if ((!upper && digits.Any(char.IsAsciiLetterUpper)) || digits.Length % 2 != 0 || !digits.All(char.IsAsciiHexDigit))
        {
            Report("signature-base64");
            return null;
        }
        var bytes = Convert.FromHexString(digits);
        if (!AsnDecoder.TryReadEncodedValue(bytes, AsnEncodingRules.BER, out _, out _, out _, out var used) || bytes.AsSpan(used).ContainsAnyExcept((byte)0))
        {
            Report("signature-base64");
            return null;
        }
        return bytes[..used];
    }

    private SignatureRecord Check(SignatureRecord record, byte[] message)
    {
        var cms = new SignedCms(new ContentInfo(Covered()), detached: true);
        try
        {
            cms.Decode(message);
            if (cms.SignerInfos.Count != 1 || cms.SignerInfos[0].Certificate is not { } certificate)
            {
                Report("signature-certificate-missing", severity: FindingSeverity.Unsupported);
                return record;
            }
            var signer = cms.SignerInfos[0];
            var read = KeyCertificate.FromDer(certificate.RawData);
            record = record with { Signer = read, Algorithm = X509Algorithms.NameOf(signer.SignatureAlgorithm.Value ?? ""), DocumentAlgorithms = [signer.DigestAlgorithm.FriendlyName ?? signer.DigestAlgorithm.Value ?? ""], Others = [.. cms.Certificates.Where(c => !c.RawData.AsSpan().SequenceEqual(certificate.RawData)).Select(c => KeyCertificate.FromDer(c.RawData))] };
            if (signer.DigestAlgorithm.Value is not (Sha256 or Sha384 or Sha512))
            {
                Report(signer.DigestAlgorithm.Value is "1.3.14.3.2.26" or "1.2.840.113549.2.5" ? "signature-algorithm-weak" : "signature-algorithm", signer.DigestAlgorithm.Value, severity: signer.DigestAlgorithm.Value is "1.3.14.3.2.26" or "1.2.840.113549.2.5" ? FindingSeverity.Error : FindingSeverity.Unsupported);
                return record;
            }
            if (X509Algorithms.IsSm2(read) || (X509Algorithms.EcKey(read) is null && X509Algorithms.RsaKey(read) is null))
            {
                Report("signature-algorithm", record.Algorithm, severity: FindingSeverity.Unsupported);
                return record;
            }
            signer.CheckSignature(verifySignatureOnly: true);
            if (Cms.SignedCertificate(signer) is not { } bound)
                Report("signature-certificate-unbound", severity: FindingSeverity.Warning);
            else if (!bound.AsSpan().SequenceEqual(Digests.Sha256(certificate.RawData)))
                Report("signature-certificate-digest", read.Subject);
            return Judge(record, signer);
        }
        catch (Exception fault) when (fault is CryptographicException or AsnContentException or PlatformNotSupportedException)
        {
            Report("pdf-changed", record.Signer?.Subject);
            return record;
        }
    }

    private SignatureRecord Judge(SignatureRecord record, SignerInfo signer)
    {
        if (Cms.Timestamp(signer) is { } token)
        {
            record = record with { Timestamp = TimestampToken.Check(token, signer.GetSignature(), record.Others, trust) };
            if (record.Timestamp!.State == TimestampState.Invalid)
                Report("timestamp-invalid", record.Timestamp.Authority?.Subject);
            else if (record.Timestamp is { State: TimestampState.Valid, Path: { State: not (PathState.Trusted or PathState.NotChecked) } way })
                Report("timestamp-untrusted", record.Timestamp.Authority?.Subject, way.Fault, FindingSeverity.Warning);
        }
        var path = CertificatePath.Check(record.Signer!, record.Others, trust.Anchors, record.ProvedTime ?? trust.At);
        if (path.State == PathState.NotChecked)
            Report("signer-notchecked", record.Signer!.Subject, severity: FindingSeverity.Note);
        else if (path.State != PathState.Trusted)
            Report($"signer-{path.State}".ToLowerInvariant(), record.Signer!.Subject, path.Fault, path.State == PathState.Unsupported ? FindingSeverity.Unsupported : FindingSeverity.Error);
        if (!record.Signer!.Extensions.MaySign)
            Report("signer-usage", record.Signer.Subject);
        return record with { Path = path };
    }

    private static DateTimeOffset? Time(string? date) =>
        date is ['(', .. var text, ')'] && DateTimeOffset.TryParseExact(text.Replace("'", "", StringComparison.Ordinal), ["'D:'yyyyMMddHHmmss'Z'", "'D:'yyyyMMddHHmmsszzz"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
