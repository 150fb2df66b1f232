using System.Collections.Frozen;
using static Plumbline.Certificates.FindingLayer;
using static Plumbline.Certificates.FindingSeverity;

namespace Plumbline.Certificates;

/// <summary>A rule of validation; its text is that of <c>finding.{Code}</c>.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Layer">Its layer.</param>
/// <param name="Severity">What breaking it weighs.</param>
/// <param name="Source">Where the rule comes from.</param>
public sealed record ValidationRule(string Code, FindingLayer Layer, FindingSeverity Severity, string Source);

/// <summary>Every rule that the layers from form to content know.</summary>
public static class ValidationRules
{
    private const string schema = "DCC XSD", dsi = "D-SI 2.2.1", guide = "D-SI guide, DOI 10.5281/zenodo.3522631", intended = "DCC good practice", w3c = "W3C XML 1.0";

    /// <summary>The rules in the order of their layers.</summary>
    public static IReadOnlyList<ValidationRule> All { get; } =
    [
        new("form-size", Form, Error, "bounded input"),
        new("form-dtd", Form, Error, "bounded input; no DTD in a DCC"),
        new("form-malformed", Form, Error, w3c),
        new("form-depth", Form, Error, "bounded input"),
        new("form-encoding", Form, Warning, "UTF-8 throughout"),
        new("form-root", Form, Error, schema),
        new("form-version-missing", Form, Error, schema),
        new("form-version-unknown", Form, Unsupported, "versions 2.1.0 to 3.3.0"),

        new("schema-not-installed", Schema, Unsupported, schema),
        new("schema-changed", Schema, Unsupported, "pinned SHA-256"),
        new("schema-violation", Schema, Error, schema),
        new("schema-foreign", Schema, Unsupported, schema),
        new("schema-signature-set-aside", Schema, Note, "ds:Signature from 3.2.0"),

        new("version-newest", CrossField, Warning, intended),
        new("placement-version", CrossField, Error, "DCC XSD 3.3.0"),
        new("method-missing", CrossField, Error, "ISO/IEC 17025:2017, 7.8.2.1 f; " + intended),
        new("influence-missing", CrossField, Error, "ISO/IEC 17025:2017, 7.8.4.1 a; " + intended),
        new("software-missing", CrossField, Warning, intended),
        new("software-release", CrossField, Warning, intended),
        new("identifier-duplicate", CrossField, Error, "xs:ID"),
        new("reference-unresolved", CrossField, Error, "xs:IDREFS"),
        new("reference-unused", CrossField, Warning, intended),
        new("reftype-undeclared", CrossField, Warning, intended),
        new("language-undeclared", CrossField, Error, intended),
        new("language-repeated", CrossField, Warning, intended),
        new("language-missing", CrossField, Warning, intended),
        new("language-declared-twice", CrossField, Error, intended),
        new("language-mandatory", CrossField, Error, intended),
        new("language-code", CrossField, Error, "ISO 639-1"),
        new("country-code", CrossField, Error, "ISO 3166-1"),
        new("performance-period", CrossField, Error, intended),
        new("own-unit-undeclared", CrossField, Error, intended),
        new("own-unit-place", CrossField, Error, dsi),
        new("hash-form", CrossField, Warning, "FIPS 180-4; GB/T 32905"),
        new("embedded-file", CrossField, Error, "RFC 4648"),
        new("embedded-type", CrossField, Warning, "RFC 2045"),
        new("conformity-length", CrossField, Error, intended),

        new("number-form", Quantity, Error, dsi),
        new("number-negative", Quantity, Error, dsi),
        new("number-factor", Quantity, Error, dsi),
        new("number-probability", Quantity, Error, dsi),
        new("number-missing", Quantity, Note, dsi),
        new("number-range", Quantity, Warning, "IEEE 754"),
        new("time-form", Quantity, Error, "xs:dateTime"),
        new("digit-form", Quantity, Error, dsi),
        new("list-length", Quantity, Error, dsi),
        new("list-long", Quantity, Note, "bounded calculation"),
        new("list-empty", Quantity, Error, dsi),
        new("table-length", Quantity, Error, intended),
        new("list-blanks", Quantity, Warning, intended),
        new("unit-repeated", Quantity, Warning, intended),
        new("unit-form", Quantity, Error, guide),
        new("unit-unknown", Quantity, Error, guide),
        new("unit-blank", Quantity, Warning, intended),
        new("unit-style", Quantity, Warning, guide),
        new("unit-per", Quantity, Warning, guide),
        new("unit-old", Quantity, Note, guide),
        new("unit-phase", Quantity, Error, dsi),
        new("unit-mixed", Quantity, Warning, dsi),
        new("kind-unit", Quantity, Error, "QUDT 2.1"),
        new("kind-name", Quantity, Warning, "QUDT 2.1"),
        new("hybrid-si", Quantity, Error, guide),
        new("hybrid-order", Quantity, Note, intended),
        new("hybrid-dimension", Quantity, Error, dsi),
        new("hybrid-length", Quantity, Error, dsi),
        new("hybrid-conversion", Quantity, Error, dsi),
        new("hybrid-uncertainty", Quantity, Error, dsi),
        new("interval-order", Quantity, Error, dsi),
        new("interval-outside", Quantity, Warning, "GUM-S1 (JCGM 101:2008), 7.7"),
        new("relative-value", Quantity, Error, dsi),
        new("distribution-form", Quantity, Warning, dsi),
        new("covariance-size", Quantity, Error, dsi),
        new("covariance-symmetry", Quantity, Error, "JCGM 102:2011, 3.11"),
        new("covariance-definite", Quantity, Error, "JCGM 102:2011, 3.11"),
        new("covariance-unit", Quantity, Error, dsi),
        new("deprecated", Quantity, Warning, dsi),

        new("verdict-differs", Semantics, Error, "ILAC-G8:09/2019, 4.2; JJF 1094-2002, 5.3"),
        new("verdict-summary", Semantics, Error, "ISO/IEC 17025:2017, 7.8.6.2"),
        new("verdict-summary-fail", Semantics, Warning, "ISO/IEC 17025:2017, 7.8.6.2"),
        new("verdict-words", Semantics, Error, "ISO/IEC 17025:2017, 7.8.6.2"),
        new("verdict-kind", Semantics, Error, "《计量检定印、证管理办法》"),
        new("verdict-unit", Semantics, Error, "ISO/IEC 17025:2017, 7.8.6"),
        new("limit-length", Semantics, Error, intended),
        new("limit-order", Semantics, Error, "JCGM 106:2012, 3.3"),
        new("error-differs", Semantics, Error, "VIM 2.16"),
        new("error-unit", Semantics, Warning, "VIM 2.16"),
        new("coverage-mismatch", Semantics, Error, "GUM 6.3, G.3; JJF 1059.1-2012, 4.5"),
        new("coverage-interval", Semantics, Warning, "JCGM 101:2008, 7.7"),
        new("uncertainty-digits", Semantics, Warning, "GUM 7.2.6; JJF 1059.1-2012, 5.3.8"),
        new("value-rounding", Semantics, Warning, "GUM 7.2.6; JJF 1059.1-2012, 5.3.8"),
        new("date-form", Semantics, Error, "xs:date"),
        new("date-order", Semantics, Error, "ISO/IEC 17025:2017, 7.8.2.1 h–j"),
        new("date-future", Semantics, Error, "ISO/IEC 17025:2017, 7.8.2.1 h–j"),
        new("time-outside", Semantics, Warning, "ISO/IEC 17025:2017, 7.5.1"),
        new("validity-order", Semantics, Error, "ISO/IEC 17025:2017, 7.8.4.3"),
        new("validity-period", Semantics, Warning, "《计量检定印、证管理办法》"),
        new("standard-invalid", Semantics, Error, "ISO/IEC 17025:2017, 6.5"),
        new("standard-untraceable", Semantics, Warning, "ISO/IEC 17025:2017, 6.5"),
        new("capability-exceeded", Semantics, Error, "ILAC-P14:09/2020, 5.3"),
        new("replacement-reference", Semantics, Error, "ISO/IEC 17025:2017, 7.8.8.2"),
        new("replacement-self", Semantics, Error, "ISO/IEC 17025:2017, 7.8.8.2"),
        new("replacement-other", Semantics, Error, "ISO/IEC 17025:2017, 7.8.8.2"),
        new("identification-repeated", Semantics, Warning, "ISO/IEC 17025:2017, 7.8.2.1 g"),
        new("signer-missing", Semantics, Warning, "ISO/IEC 17025:2017, 7.8.2.1 o"),
        new("signer-same", Semantics, Warning, "《计量检定印、证管理办法》"),
        new("findings-cut", Form, Note, "bounded output"),
    ];

    private static readonly FrozenDictionary<string, ValidationRule> byCode = All.ToFrozenDictionary(r => r.Code, StringComparer.Ordinal);

    /// <summary>The rule of a code.</summary>
    /// <exception cref="KeyNotFoundException">There is no such rule.</exception>
    internal static ValidationRule Of(string code) => byCode[code];
}
