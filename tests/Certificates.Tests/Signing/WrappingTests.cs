using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Plumbline.Certificates.Tests;

/// <summary>Files whose signature verifies somewhere, but not for what a reader would take.</summary>
public sealed class WrappingTests : IDisposable
{
    private static readonly XNamespace ds = XmlAlgorithms.Ds, xades = XmlAlgorithms.Xades;
    private readonly TestInstitution institution = new();

    public void Dispose() => institution.Dispose();

    private XDocument Signed() => XDocument.Parse(Encoding.UTF8.GetString(XmlSignature.Sign("<c xmlns='urn:c'><v id='v1'>1.25</v></c>"u8.ToArray(), institution.Signer, TestInstitution.Time)), LoadOptions.PreserveWhitespace);

    private void Refused(XDocument document, string rule, SignatureState state = SignatureState.Invalid)
    {
        var report = XmlSignature.Verify(Encoding.UTF8.GetBytes(document.ToString(SaveOptions.DisableFormatting)), institution.Trust);
        Assert.Equal(state, report.State);
        Assert.Contains(rule, report.Findings.Select(f => f.Rule));
        Assert.False(report.IsGood);
        Assert.Throws<InvalidOperationException>(report.CoveredBytes);
    }

    [Fact]
    public void The_signed_document_moved_into_another_is_refused()
    {
        var document = Signed();
        Refused(new XDocument(new XElement("{urn:c}c", new XElement("{urn:c}v", "9.99"), document.Root)), "signature-place");
        var original = Signed();
        var signature = original.Root!.Element(ds + "Signature")!;
        signature.Remove();
        Refused(new XDocument(new XElement("{urn:c}c", new XElement("{urn:c}v", "9.99"), signature, original.Root)), "signature-digest");
    }

    [Fact]
    public void Content_in_the_signature_that_nothing_covers_is_refused()
    {
        var document = Signed();
        document.Root!.Element(ds + "Signature")!.Add(new XElement(ds + "Object", new XElement("{urn:c}v", "9.99")));
        Refused(document, "signature-unsigned-content");
        document = Signed();
        document.Descendants(ds + "Object").Single().Add(new XElement("{urn:c}v", "9.99"));
        Refused(document, "signature-unsigned-content");
        document = Signed();
        document.Root!.Element(ds + "Signature")!.Add(new XElement("{urn:c}v", "9.99"));
        Refused(document, "signature-structure");
    }

    [Fact]
    public void References_other_than_the_two_are_refused()
    {
        var document = Signed();
        var second = new XElement(document.Descendants(ds + "Reference").First());
        second.SetAttributeValue("URI", "#v1");
        document.Descendants(ds + "SignedInfo").Single().Add(second);
        Refused(document, "signature-reference-extra");
        document = Signed();
        document.Descendants(ds + "Reference").First().SetAttributeValue("URI", "http://example.com/other.xml");
        Refused(document, "signature-reference-extra");
        document = Signed();
        document.Descendants(ds + "Reference").First().Remove();
        Refused(document, "signature-reference-missing");
        document = Signed();
        document.Descendants(ds + "Reference").Last().Remove();
        Refused(document, "signature-reference-missing");
    }

    [Fact]
    public void Without_a_reference_to_the_document_or_to_the_properties_nothing_is_proved()
    {
        var document = Signed();
        var references = document.Descendants(ds + "Reference").ToArray();
        references[0].ReplaceWith(new XElement(references[1]));
        Refused(document, "signature-reference-missing");
        document = Signed();
        references = [.. document.Descendants(ds + "Reference")];
        references[1].ReplaceWith(new XElement(references[0]));
        Refused(document, "signature-reference-missing");
    }

    [Theory]
    [InlineData("Type", "http://www.w3.org/2000/09/xmldsig#Manifest", "signature-reference-type")]
    [InlineData("Type", null, "signature-reference-type")]
    [InlineData("URI", null, "signature-reference-type")]
    public void A_wrong_type_or_address_of_the_properties_is_refused(string attribute, string? value, string rule)
    {
        var document = Signed();
        document.Descendants(ds + "Reference").Last().SetAttributeValue(attribute, value);
        Refused(document, rule);
    }

    [Fact]
    public void Duplicated_identifiers_are_refused()
    {
        var document = Signed();
        document.Root!.Elements().First().SetAttributeValue("id", document.Descendants(xades + "SignedProperties").Single().Attribute("Id")!.Value);
        Refused(document, "signature-id-duplicate");
    }

    [Fact]
    public void Keys_by_reference_are_refused()
    {
        var document = Signed();
        document.Descendants(ds + "KeyInfo").Single().Add(new XElement(ds + "RetrievalMethod", new XAttribute("URI", "http://example.com/key")));
        Refused(document, "signature-key-by-reference");
    }

    [Fact]
    public void A_signature_without_a_certificate_cannot_be_judged()
    {
        var document = Signed();
        document.Descendants(ds + "KeyInfo").Single().ReplaceNodes(new XElement(ds + "KeyName", "key 1"));
        Refused(document, "signature-certificate-missing", SignatureState.Unsupported);
    }

    [Theory]
    [InlineData("http://www.w3.org/2000/09/xmldsig#rsa-sha1", "signature-algorithm-weak", SignatureState.Invalid)]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", "signature-algorithm-weak", SignatureState.Invalid)]
    [InlineData("http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519", "signature-algorithm", SignatureState.Unsupported)]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "signature-key", SignatureState.Invalid)]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", "signature-value", SignatureState.Invalid)]
    public void Signature_algorithms_are_judged_by_the_white_list(string algorithm, string rule, SignatureState state)
    {
        var document = Signed();
        document.Descendants(ds + "SignatureMethod").Single().SetAttributeValue("Algorithm", algorithm);
        Refused(document, rule, state);
    }

    [Theory]
    [InlineData("http://www.w3.org/2000/09/xmldsig#sha1", "signature-algorithm-weak", SignatureState.Invalid)]
    [InlineData("http://www.w3.org/2007/05/xmldsig-more#sha3-256", "signature-algorithm", SignatureState.Unsupported)]
    public void Digest_algorithms_are_judged_by_the_white_list(string algorithm, string rule, SignatureState state)
    {
        var document = Signed();
        document.Descendants(ds + "DigestMethod").First().SetAttributeValue("Algorithm", algorithm);
        Refused(document, rule, state);
    }

    [Theory]
    [InlineData("http://www.w3.org/TR/1999/REC-xslt-19991116")]
    [InlineData("http://www.w3.org/TR/1999/REC-xpath-19991116")]
    [InlineData("http://www.w3.org/2002/06/xmldsig-filter2")]
    [InlineData("http://www.w3.org/2000/09/xmldsig#base64")]
    [InlineData("urn:unknown")]
    public void Transforms_that_are_not_judged_are_unsupported(string algorithm)
    {
        var document = Signed();
        document.Descendants(ds + "Transform").First().SetAttributeValue("Algorithm", algorithm);
        Refused(document, "signature-transform", SignatureState.Unsupported);
    }

    [Fact]
    public void The_enveloped_transform_may_not_be_missing()
    {
        var document = Signed();
        document.Descendants(ds + "Transform").First().Remove();
        Refused(document, "signature-transform-order");
    }

    [Fact]
    public void Another_signer_s_certificate_does_not_take_over_the_signature()
    {
        using var other = new TestInstitution();
        var document = Signed();
        document.Descendants(ds + "X509Certificate").First().Value = Convert.ToBase64String(other.Signer.Certificate.Der.Span);
        Refused(document, "signature-certificate-digest");
    }

    [Fact]
    public void Two_signatures_that_cover_each_other_do_not_both_hold()
    {
        var document = Signed();
        document.Root!.Add(new XElement(document.Root.Element(ds + "Signature")!));
        Refused(document, "signature-id-duplicate");
    }

    [Fact]
    public void A_signer_may_sign_a_file_that_is_bound_to_its_content_only()
    {
        // As PTB's examples: no promise about bytes, so a comment and another line end are let through, a digit is not.
        var plain = Encoding.UTF8.GetString(XmlSignature.Sign("<c xmlns='urn:c'><v>1.25</v></c>"u8.ToArray(), institution.Signer, TestInstitution.Time));
        Assert.Equal("signature-bytes", Assert.Single(XmlSignature.Verify(Encoding.UTF8.GetBytes(plain + "\n"), institution.Trust).Findings).Rule);
        Assert.Equal("signature-bytes", Assert.Single(XmlSignature.Verify(Encoding.UTF8.GetBytes(plain.Replace("<v>", "<v><!-- x -->", StringComparison.Ordinal)), institution.Trust).Findings).Rule);
        Assert.Equal("signature-bytes", Assert.Single(XmlSignature.Verify(Encoding.UTF8.GetBytes(plain.Replace("1.25", "&#49;.25", StringComparison.Ordinal)), institution.Trust).Findings).Rule);
    }

    [Fact]
    public void A_countersignature_without_a_signature_is_none()
    {
        Refused(new XDocument(new XElement("{urn:c}c", new XElement(xades + "CounterSignature", new XElement(ds + "Signature")))), "signature-place");
        Refused(new XDocument(new XElement(xades + "CounterSignature", new XElement(ds + "Signature"))), "signature-structure");
    }

    [Fact]
    public void Another_version_of_XAdES_cannot_be_judged()
    {
        var document = Signed();
        XNamespace older = "http://uri.etsi.org/01903/v1.1.1#";
        foreach (var element in document.Descendants().Where(e => e.Name.Namespace == xades).ToArray())
            element.Name = older + element.Name.LocalName;
        document.Descendants(ds + "Reference").Last().SetAttributeValue("Type", older + "SignedProperties");
        document.Descendants(ds + "Reference").Last().SetAttributeValue("Type", "http://uri.etsi.org/01903/v1.1.1#SignedProperties");
        Refused(document, "signature-xades-version", SignatureState.Unsupported);
    }

    [Fact]
    public void Files_made_to_be_slow_are_judged_at_once()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Refused(new XDocument(new XElement("{urn:c}c", new XElement("{urn:c}v", Enumerable.Range(0, 50_000).Select(_ => new XElement(ds + "Signature"))))), "signature-place");
        Refused(new XDocument(new XElement("{urn:c}c", Enumerable.Range(0, 50_000).Select(_ => new XElement(ds + "Signature")))), "signature-place");
        var document = Signed();
        document.Descendants(ds + "SignedInfo").Single().Add(Enumerable.Range(0, 50_000).Select(_ => new XElement(ds + "Reference", new XAttribute("URI", "#v1"))));
        Refused(document, "signature-reference-extra");
        document = Signed();
        document.Descendants(ds + "X509Data").Single().Add(Enumerable.Range(0, 2000).Select(_ => new XElement(ds + "X509Certificate", Convert.ToBase64String(institution.Authority.Certificate.Der.Span))));
        Refused(document, "signature-bytes");
        Assert.True(clock.Elapsed.TotalSeconds < 60, $"{clock.Elapsed}");
    }

    [Fact]
    public void Random_damage_never_breaks_the_verifier()
    {
        var seeds = new List<byte[]> { Encoding.UTF8.GetBytes(Signed().ToString(SaveOptions.DisableFormatting)) };
        var random = new Random(20260327);
        for (var round = 0; round < 3000; round++)
        {
            var file = (byte[])seeds[random.Next(seeds.Count)].Clone();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                int from = random.Next(file.Length), to = Math.Min(file.Length, from + random.Next(1, 200));
                file = random.Next(4) switch
                {
                    0 => [.. file[..from], .. file[to..]],
                    1 => [.. file[..to], .. file[from..]],
                    2 => [.. file[..from], (byte)random.Next(256), .. file[from..]],
                    _ => [.. file[..from], .. RandomNumberGenerator.GetBytes(1), .. file[Math.Min(file.Length, from + 1)..]],
                };
                if (file.Length == 0)
                    file = [0x3C];
            }
            if (XmlSignature.Verify(file, institution.Trust).State == SignatureState.Valid)
                Assert.Equal(seeds[0], file);
        }
    }
}
