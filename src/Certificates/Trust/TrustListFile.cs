using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plumbline.Certificates;

/// <summary>A custodian's signature over the bytes of a trust list file.</summary>
/// <param name="KeyId">The custodian's key.</param>
/// <param name="Signature">64 bytes.</param>
public sealed record CustodianSignature(string KeyId, ReadOnlyMemory<byte> Signature);

/// <summary>Whom a reader believes before having a list: the custodians of the list trusted last, or of the ceremony.</summary>
/// <param name="Threshold">How many of them have to sign.</param>
/// <param name="Custodians">Their keys.</param>
/// <param name="Version">The version trusted last; older ones are refused. 0 before the first.</param>
public sealed record TrustAnchor(int Threshold, IReadOnlyList<Custodian> Custodians, int Version)
{
    /// <summary>The anchor that a trusted list leaves behind for the next one.</summary>
    public static TrustAnchor Of(TrustList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return new(list.Threshold, list.Custodians, list.Version);
    }
}

/// <summary>The file of a trust list: JSON in UTF-8, and beside it a file of the custodians' signatures over <c>CNM-TRUST-1</c>, a zero byte and exactly these bytes.</summary>
public static class TrustListFile
{
    private const string Format = "plumbline-trust-list", SignatureFormat = "plumbline-trust-signatures";
    private const int FormatVersion = 1, MostBytes = 16 * 1024 * 1024, MostKeyBytes = 512;
    private static readonly byte[] signingPrefix = Encoding.ASCII.GetBytes("CNM-TRUST-1\0");
    private static readonly JsonWriterOptions indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of a list; the same list gives the same bytes.</summary>
    public static byte[] Write(TrustList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return WriteJson(json =>
        {
            json.WriteString("format", Format);
            json.WriteNumber("formatVersion", FormatVersion);
            json.WriteNumber("version", list.Version);
            WriteDate(json, "issued", list.Issued);
            WriteDate(json, "nextUpdate", list.NextUpdate);
            json.WriteNumber("threshold", list.Threshold);
            WriteArray(json, "custodians", list.Custodians, c =>
            {
                json.WriteString("name", c.Name);
                WriteKey(json, c.Key);
            });
            WriteArray(json, "institutions", list.Institutions, i => WriteInstitution(json, i));
            WriteArray(json, "instrumentKinds", list.InstrumentKinds, k =>
            {
                json.WriteNumber("code", k.Code);
                json.WriteString("zh", k.NameZh);
                json.WriteString("en", k.NameEn);
            });
        });
    }

    /// <summary>Signs the bytes of a list: what each custodian does alone.</summary>
    public static CustodianSignature Sign(ReadOnlySpan<byte> file, ISigner custodian)
    {
        ArgumentNullException.ThrowIfNull(custodian);
        return new(custodian.PublicKey.Id, custodian.Sign([.. signingPrefix, .. file]));
    }

    /// <summary>Whether a signature is that custodian's over these bytes.</summary>
    public static bool IsSignedBy(ReadOnlySpan<byte> file, CustodianSignature signature, Custodian custodian)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(custodian);
        return signature.KeyId == custodian.Key.Id && custodian.Key.Verify([.. signingPrefix, .. file], signature.Signature.Span);
    }

    /// <summary>The file of signatures that lies beside the list.</summary>
    public static byte[] WriteSignatures(IReadOnlyList<CustodianSignature> signatures) => WriteJson(json =>
    {
        json.WriteString("format", SignatureFormat);
        json.WriteNumber("formatVersion", FormatVersion);
        WriteArray(json, "signatures", signatures, s =>
        {
            json.WriteString("key", s.KeyId);
            json.WriteBase64String("signature", s.Signature.Span);
        });
    });

    /// <summary>Reads a file of signatures.</summary>
    public static Reading<IReadOnlyList<CustodianSignature>> ReadSignatures(ReadOnlyMemory<byte> file)
    {
        var json = new JsonFile("trust signatures");
        if (json.Open(file, SignatureFormat, FormatVersion, 1024 * 1024) is not { } root)
            return new(null, json.Findings);
        var signatures = root.Objects("signatures").Select(s =>
        {
            var one = new CustodianSignature(Convert.ToHexStringLower(s.Hex("key", 8)), s.Bytes("signature", 64));
            s.End();
            return one;
        }).ToArray();
        root.End();
        return json.Findings.Count == 0 ? new(signatures) : new(null, json.Findings);
    }

    /// <summary>Reads a list without judging who signed it: for making the next version.</summary>
    public static Reading<TrustList> Read(ReadOnlyMemory<byte> file)
    {
        var json = new JsonFile("trust list");
        if (json.Open(file, Format, FormatVersion, MostBytes) is not { } root)
            return new(null, json.Findings);
        var version = (int)root.Number("version", 1, int.MaxValue);
        var (issued, nextUpdate) = (root.Date("issued"), root.Date("nextUpdate"));
        var threshold = (int)root.Number("threshold", 2, 100);
        var custodians = root.Objects("custodians").Select(c => Closed(c, new Custodian(c.Text("name"), ReadKey(c)!))).ToArray();
        var institutions = root.Objects("institutions").Select(ReadInstitution).ToArray();
        var kinds = root.Objects("instrumentKinds", needed: false).Select(k => Closed(k, new InstrumentKind((int)k.Number("code", 1, ushort.MaxValue), k.Text("zh"), k.Text("en")))).ToArray();
        root.End();
        if (json.Findings.Count > 0)
            return new(null, json.Findings);
        try
        {
            return new(new TrustList(version, issued, nextUpdate, threshold, custodians, institutions, kinds));
        }
        catch (ArgumentException fault)
        {
            json.Report("trust-list-inconsistent", "", fault.Message, null);
            return new(null, json.Findings);
        }
    }

    /// <summary>Reads a list and believes it only where enough custodians of the anchor signed it, and its version is not older.</summary>
    /// <param name="file">The bytes of the list.</param>
    /// <param name="signatures">The signatures beside it.</param>
    /// <param name="anchor">Whom to believe.</param>
    /// <remarks>Where the custodians change, enough of the new ones have to sign too: so they show that they hold their keys.</remarks>
    public static Reading<TrustList> Open(ReadOnlyMemory<byte> file, IReadOnlyList<CustodianSignature> signatures, TrustAnchor anchor)
    {
        ArgumentNullException.ThrowIfNull(signatures);
        ArgumentNullException.ThrowIfNull(anchor);
        var read = Read(file);
        if (read.Value is not { } list)
            return read;
        var signed = Signers(anchor.Custodians, signatures, file);
        if (anchor.Threshold < 2 || signed < anchor.Threshold)
            return new(new Finding(FindingLayer.Signature, FindingSeverity.Error, "trust-list-signatures", "trust list", $"{signed}", $"{Math.Max(2, anchor.Threshold)}"));
        if (list.Version < anchor.Version)
            return new(new Finding(FindingLayer.Signature, FindingSeverity.Error, "trust-list-older", "trust list", $"{list.Version}", $"{anchor.Version}"));
        var own = Signers(list.Custodians, signatures, file);
        return own >= list.Threshold ? read : new(new Finding(FindingLayer.Signature, FindingSeverity.Error, "trust-list-new-custodians", "trust list", $"{own}", $"{list.Threshold}"));
    }

    private static int Signers(IReadOnlyList<Custodian> custodians, IReadOnlyList<CustodianSignature> signatures, ReadOnlyMemory<byte> file) =>
        custodians.DistinctBy(c => c.Key.Id).Count(c => signatures.Any(s => IsSignedBy(file.Span, s, c)));

    private static void WriteInstitution(Utf8JsonWriter json, Institution institution)
    {
        json.WriteString("id", institution.Id);
        json.WriteString("zh", institution.NameZh);
        json.WriteString("en", institution.NameEn);
        json.WriteString("region", institution.Region);
        if (institution.Supervisor is { } supervisor)
            json.WriteString("supervisor", supervisor);
        WriteArray(json, "authorisations", institution.Authorisations, a =>
        {
            json.WriteString("kind", $"{a.Kind}");
            json.WriteString("certificate", a.Certificate);
            WriteDate(json, "from", a.From);
            if (a.To is { } to)
                WriteDate(json, "to", to);
        });
        WriteArray(json, "keys", institution.Keys, k =>
        {
            WriteKey(json, k.Key);
            json.WriteStartArray("uses");
            foreach (var use in k.Uses)
                json.WriteStringValue($"{use}");
            json.WriteEndArray();
            WriteDate(json, "from", k.From);
            WriteDate(json, "to", k.To);
            if (k.Retired is { } retired)
                WriteDate(json, "retired", retired);
            if (k.DistrustAfterLeaf is { } leaf)
                json.WriteNumber("distrustAfterLeaf", leaf);
            if (k.Note is { } note)
                json.WriteString("note", note);
        });
    }

    private static Institution ReadInstitution(JsonFields json) => Closed(json, new Institution(json.Text("id", 40), json.Text("zh"), json.Text("en"), json.Text("region", 12))
    {
        Supervisor = json.OptionalText("supervisor", 40),
        Authorisations = [.. json.Objects("authorisations", needed: false).Select(a => Closed(a, new Authorisation(a.Choice<DocumentKind>("kind"), a.Text("certificate"), a.Date("from"), a.OptionalDate("to"))))],
        Keys = [.. json.Objects("keys", needed: false).Select(k => Closed(k, new TrustedKey(ReadKey(k)!, k.Choices<KeyUse>("uses"), k.Date("from"), k.Date("to"))
        {
            Retired = k.OptionalDate("retired"),
            DistrustAfterLeaf = k.OptionalNumber("distrustAfterLeaf", -1, long.MaxValue),
            Note = k.OptionalText("note"),
        }))],
    });

    private static void WriteKey(Utf8JsonWriter json, PublicKey key)
    {
        json.WriteString("id", key.Id);
        json.WriteString("algorithm", $"{key.Algorithm}");
        json.WriteBase64String("spki", key.Spki.Span);
    }

    /// <returns>Null where it is none; then there is a finding.</returns>
    private static PublicKey? ReadKey(JsonFields json)
    {
        var (id, algorithm, spki) = (json.Text("id"), json.Choice<SignatureAlgorithm>("algorithm"), json.Bytes("spki", MostKeyBytes));
        try
        {
            var key = PublicKey.FromSpki(spki);
            if (key.Id != id)
                json.Refuse("id", id, key.Id);
            if (key.Algorithm != algorithm)
                json.Refuse("algorithm", $"{algorithm}", $"{key.Algorithm}");
            return key;
        }
        catch (CryptographicException fault)
        {
            json.Refuse("spki", Convert.ToBase64String(spki), fault.Message);
            return null;
        }
    }

    private static T Closed<T>(JsonFields json, T read)
    {
        json.End();
        return read;
    }

    private static byte[] WriteJson(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, indented))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string field, IReadOnlyList<T> items, Action<T> write)
    {
        json.WriteStartArray(field);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteDate(Utf8JsonWriter json, string field, DateOnly date) => json.WriteString(field, $"{date:yyyy-MM-dd}");
}
