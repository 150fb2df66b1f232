using System.Globalization;

namespace Plumbline.Certificates;

/// <summary>What is wrong with an input, everything at once.</summary>
internal sealed class CertificateChecks
{
    private readonly List<Finding> findings = [];

    public static IReadOnlyList<Finding> Of(CertificateInput input)
    {
        var checks = new CertificateChecks();
        checks.Whole(input);
        checks.Parties(input);
        checks.Dates(input);
        checks.Kind(input);
        checks.Means(input);
        for (var i = 0; i < input.Results.Count; i++)
            checks.Result(input.Results[i], $"Results[{i}]");
        if (input.Comparison is { } comparison)
            checks.Comparison(comparison, input.Kind);
        return checks.findings;
    }

    private void Whole(CertificateInput input)
    {
        Given(input.Number, "Number");
        if (!Enum.IsDefined(input.Kind))
            Add("input-kind", "Kind", input.Kind.ToString());
        if (input.Languages.Count == 0 || input.Languages.Any(l => l is not ("zh" or "en")) || input.Languages.Distinct().Count() < input.Languages.Count)
            Add("input-languages", "Languages", string.Join(' ', input.Languages), "zh en");
        if (input.CountryCode is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
            Add("input-country", "CountryCode", input.CountryCode, "CN");
        Software(input.Maker, "Maker");
        for (var i = 0; i < input.Numbers.Count; i++)
            Number(input.Numbers[i], $"Numbers[{i}]");
        for (var i = 0; i < input.Statements.Count; i++)
        {
            Given(input.Statements[i].Name, $"Statements[{i}].Name");
            Given(input.Statements[i].Text, $"Statements[{i}].Text");
            Given(input.Statements[i].RefType, $"Statements[{i}].RefType");
        }
        if (input.HumanReadable is { } file)
        {
            Given(file.FileName, "HumanReadable.FileName");
            Given(file.MimeType, "HumanReadable.MimeType");
        }
        if (input.Replaces is { } replaced)
        {
            Given(replaced.Number, "Replaces.Number");
            Given(replaced.Reason, "Replaces.Reason");
            Digest(replaced.Sha256, "Replaces.Sha256");
        }
    }

    private void Parties(CertificateInput input)
    {
        Given(input.Laboratory.Name, "Laboratory.Name");
        Given(input.Customer.Name, "Customer.Name");
        for (var i = 0; i < input.Authorisations.Count; i++)
        {
            Given(input.Authorisations[i].Name, $"Authorisations[{i}].Name");
            Given(input.Authorisations[i].Number, $"Authorisations[{i}].Number");
        }
        if (input.Persons.Count == 0)
            Add("input-missing", "Persons");
        for (var i = 0; i < input.Persons.Count; i++)
            Given(input.Persons[i].Name, $"Persons[{i}].Name");
        if (input.Items.Count == 0)
            Add("input-missing", "Items");
        for (var i = 0; i < input.Items.Count; i++)
            Item(input.Items[i], $"Items[{i}]");
    }

    private void Item(ItemInput item, string path)
    {
        Given(item.Name, $"{path}.Name");
        if (string.IsNullOrWhiteSpace(item.SerialNumber) && item.Numbers.Count == 0)
            Add("input-missing", $"{path}.SerialNumber");
        for (var i = 0; i < item.Numbers.Count; i++)
            Number(item.Numbers[i], $"{path}.Numbers[{i}]");
        for (var i = 0; i < item.Software.Count; i++)
            Software(item.Software[i], $"{path}.Software[{i}]");
        for (var i = 0; i < item.Quantities.Count; i++)
        {
            var (quantity, at) = (item.Quantities[i], $"{path}.Quantities[{i}]");
            Given(quantity.Name, $"{at}.Name");
            if (quantity.Value is null == (quantity.Text is null || quantity.Text.IsEmpty))
                Add("input-one-of", at, null, "Value, Text");
            if (quantity.Value is { } value)
            {
                Decimal(value, $"{at}.Value");
                Unit(quantity.Unit, $"{at}.Unit");
            }
        }
    }

    private void Dates(CertificateInput input)
    {
        NotBefore(input.End, input.Begin, "End");
        NotBefore(input.Begin, input.Received, "Begin");
        NotBefore(input.Issued, input.End, "Issued");
        NotBefore(input.ValidUntil, input.Issued ?? input.End, "ValidUntil");
        if (input.PeriodMonths is < 1 or > 1200)
            Add("input-range", "PeriodMonths", input.PeriodMonths.Value.ToString(CultureInfo.InvariantCulture), "1–1200");
    }

    private void Kind(CertificateInput input)
    {
        var comparison = input.Kind is DocumentKind.ComparisonReport or DocumentKind.ComparisonStatement;
        if (comparison && input.Comparison is null)
            Add("input-missing", "Comparison");
        if (!comparison && input.Comparison is not null)
            Add("input-kind", "Comparison", input.Kind.ToString());
        if (input.Kind != DocumentKind.ReferenceMaterialCertificate && input.Material is not null)
            Add("input-kind", "Material", input.Kind.ToString());
        if (!comparison && input.Results.Count == 0)
            Add("input-missing", "Results");
        if (input.Methods.Count == 0)
            Add("input-missing", "Methods");
        if (input.Conclusion is { } conclusion)
        {
            Given(conclusion.Text, "Conclusion.Text");
            for (var i = 0; i < conclusion.NonconformingItems.Count; i++)
                Given(conclusion.NonconformingItems[i], $"Conclusion.NonconformingItems[{i}]");
        }
        switch (input.Kind)
        {
            case DocumentKind.VerificationCertificate or DocumentKind.VerificationNotice when input.Conclusion is null:
                Add("input-missing", "Conclusion");
                break;
            // 检定合格的出具检定证书，不合格的出具检定结果通知书。
            case DocumentKind.VerificationCertificate when input.Conclusion!.Verdict is DccVerdict.Fail or DccVerdict.ConditionalFail or DccVerdict.NoPass:
                Add("input-verdict", "Conclusion.Verdict", input.Conclusion.Verdict.ToString(), nameof(DccVerdict.Pass));
                break;
            case DocumentKind.VerificationNotice when input.Conclusion!.Verdict is DccVerdict.Pass or DccVerdict.ConditionalPass:
                Add("input-verdict", "Conclusion.Verdict", input.Conclusion.Verdict.ToString(), nameof(DccVerdict.Fail));
                break;
            default:
                break;
        }
    }

    private void Means(CertificateInput input)
    {
        for (var i = 0; i < input.Methods.Count; i++)
            Given(input.Methods[i].Name, $"Methods[{i}].Name");
        for (var i = 0; i < input.Software.Count; i++)
            Software(input.Software[i], $"Software[{i}]");
        for (var i = 0; i < input.Standards.Count; i++)
        {
            var (standard, at) = (input.Standards[i], $"Standards[{i}]");
            Given(standard.Name, $"{at}.Name");
            Digest(standard.CertificateSha256, $"{at}.CertificateSha256");
            if (standard.CertificateSha256 is not null)
                Given(standard.CertificateNumber, $"{at}.CertificateNumber");
        }
        for (var i = 0; i < input.Conditions.Count; i++)
        {
            var (condition, at) = (input.Conditions[i], $"Conditions[{i}]");
            Given(condition.Name, $"{at}.Name");
            if (condition.Value is null && (condition.Text is null || condition.Text.IsEmpty))
                Add("input-one-of", at, null, "Value, Text");
            if (condition.Value is not null)
            {
                Decimal(condition.Value, $"{at}.Value");
                Unit(condition.Unit, $"{at}.Unit");
                Uncertainty(condition.Uncertainty, 1, $"{at}.Uncertainty");
            }
        }
    }

    private void Result(ResultInput result, string path)
    {
        Given(result.Name, $"{path}.Name");
        if (result.Columns.Count == 0)
            Add("input-missing", $"{path}.Columns");
        var rows = result.Columns.Count > 0 ? Math.Max(result.Columns[0].Values.Count, result.Columns[0].Texts.Count) : 0;
        for (var i = 0; i < result.Columns.Count; i++)
            Column(result.Columns[i], rows, $"{path}.Columns[{i}]");
    }

    private void Column(ColumnInput column, int rows, string path)
    {
        Given(column.Name, $"{path}.Name");
        if (column.Values.Count > 0 == column.Texts.Count > 0)
            Add("input-one-of", path, null, "Values, Texts");
        Count(Math.Max(column.Values.Count, column.Texts.Count), rows, $"{path}.{(column.Texts.Count > 0 ? "Texts" : "Values")}");
        for (var i = 0; i < column.Values.Count; i++)
            Decimal(column.Values[i], $"{path}.Values[{i}]", blank: true);
        if (column.Values.Count > 0)
            OneOrEach(column.Units.Count, rows, $"{path}.Units");
        for (var i = 0; i < column.Units.Count; i++)
            Unit(column.Units[i], $"{path}.Units[{i}]");
        Uncertainty(column.Uncertainty, rows, $"{path}.Uncertainty");
        if (column.Verdicts.Count > 0)
            Count(column.Verdicts.Count, rows, $"{path}.Verdicts");
        Limits(column.LowerLimits, rows, $"{path}.LowerLimits");
        Limits(column.UpperLimits, rows, $"{path}.UpperLimits");
    }

    private void Limits(IReadOnlyList<string> limits, int rows, string path)
    {
        if (limits.Count > 0)
            OneOrEach(limits.Count, rows, path);
        for (var i = 0; i < limits.Count; i++)
            Decimal(limits[i], $"{path}[{i}]");
    }

    private void Uncertainty(UncertaintyInput? uncertainty, int rows, string path)
    {
        if (uncertainty is null || uncertainty.Expanded.Count + uncertainty.Standard.Count == 0)
            return;
        if (uncertainty.Expanded.Count > 0 && uncertainty.Standard.Count > 0)
            Add("input-one-of", path, null, "Expanded, Standard");
        var (values, name) = uncertainty.Standard.Count > 0 ? (uncertainty.Standard, "Standard") : (uncertainty.Expanded, "Expanded");
        OneOrEach(values.Count, rows, $"{path}.{name}");
        for (var i = 0; i < values.Count; i++)
            if (Decimal(values[i], $"{path}.{name}[{i}]", blank: true) is { IsNaN: false, Sign: < 0 })
                Add("input-range", $"{path}.{name}[{i}]", values[i], "≥ 0");
        if (uncertainty.Distributions.Count > 0)
            OneOrEach(uncertainty.Distributions.Count, rows, $"{path}.Distributions");
        if (uncertainty.Standard.Count > 0)
            return;
        OneOrEach(uncertainty.Factors.Count, rows, $"{path}.Factors");
        OneOrEach(uncertainty.Probabilities.Count, rows, $"{path}.Probabilities");
        for (var i = 0; i < uncertainty.Factors.Count; i++)
            Factor(uncertainty.Factors[i], $"{path}.Factors[{i}]");
        for (var i = 0; i < uncertainty.Probabilities.Count; i++)
            Probability(uncertainty.Probabilities[i], $"{path}.Probabilities[{i}]");
    }

    private void Comparison(ComparisonInput comparison, DocumentKind kind)
    {
        Given(comparison.Code, "Comparison.Code");
        Given(comparison.Title, "Comparison.Title");
        if (comparison.Measurands.Count == 0)
            Add("input-missing", "Comparison.Measurands");
        for (var i = 0; i < comparison.Measurands.Count; i++)
        {
            var (measurand, at) = (comparison.Measurands[i], $"Comparison.Measurands[{i}]");
            Given(measurand.Name, $"{at}.Name");
            Unit(measurand.Unit, $"{at}.Unit");
            Decimal(measurand.Value, $"{at}.Value");
            Decimal(measurand.Expanded, $"{at}.Expanded");
            Factor(measurand.Factor, $"{at}.Factor");
            Probability(measurand.Probability, $"{at}.Probability");
        }
        if (comparison.Participants.Count == 0 || kind == DocumentKind.ComparisonStatement && comparison.Participants.Count != 1)
            Add("input-count", "Comparison.Participants", comparison.Participants.Count.ToString(CultureInfo.InvariantCulture), kind == DocumentKind.ComparisonStatement ? "1" : "≥ 1");
        for (var i = 0; i < comparison.Participants.Count; i++)
        {
            var (participant, at) = (comparison.Participants[i], $"Comparison.Participants[{i}]");
            Given(participant.Code, $"{at}.Code");
            Count(participant.Results.Count, comparison.Measurands.Count, $"{at}.Results");
            for (var j = 0; j < participant.Results.Count; j++)
                if (participant.Results[j] is { } result)
                    Participant(result, $"{at}.Results[{j}]");
        }
    }

    private void Participant(ParticipantResult result, string path)
    {
        Decimal(result.Value, $"{path}.Value");
        Decimal(result.Expanded, $"{path}.Expanded");
        Factor(result.Factor, $"{path}.Factor");
        Decimal(result.Degree, $"{path}.Degree", blank: true);
        Decimal(result.DegreeExpanded, $"{path}.DegreeExpanded", blank: true);
        Decimal(result.En, $"{path}.En", blank: true);
    }

    private void Number(NamedNumber number, string path)
    {
        Given(number.Name, $"{path}.Name");
        Given(number.Value, $"{path}.Value");
        if (number.Issuer is not ("manufacturer" or "calibrationLaboratory" or "customer" or "owner" or "other"))
            Add("input-one-of", $"{path}.Issuer", number.Issuer, "manufacturer, calibrationLaboratory, customer, owner, other");
    }

    private void Software(SoftwareInput software, string path)
    {
        Given(software.Name, $"{path}.Name");
        Given(software.Release, $"{path}.Release");
        if (software.Type is not (null or "application" or "bios" or "driver" or "editor" or "firmware" or "library" or "os" or "other"))
            Add("input-one-of", $"{path}.Type", software.Type, "application, bios, driver, editor, firmware, library, os, other");
    }

    private void Given(string? text, string path)
    {
        if (string.IsNullOrWhiteSpace(text))
            Add("input-missing", path);
    }

    private void Given(BilingualText? text, string path)
    {
        if (text is null || text.IsEmpty)
            Add("input-missing", path);
    }

    private void Digest(string? digest, string path)
    {
        if (digest is not null && (digest.Trim().Length != 64 || !digest.Trim().All(char.IsAsciiHexDigit)))
            Add("input-digest", path, digest);
    }

    private void NotBefore(DateOnly? later, DateOnly? earlier, string path)
    {
        if (later < earlier)
            Add("input-date-order", path, DccWords.Day(later.Value), DccWords.Day(earlier.Value));
    }

    private DecimalText? Decimal(string? text, string path, bool blank = false)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            if (!blank)
                Add("input-missing", path);
            return null;
        }
        if (DecimalText.TryParse(text, out var number))
            return number;
        Add("input-decimal", path, text, "-0.350");
        return null;
    }

    /// <summary>D-SI: at least 1, no exponent.</summary>
    private void Factor(string text, string path)
    {
        if (Decimal(text, path) is { } k && (k.IsNaN || text.AsSpan().ContainsAny('e', 'E') || DecimalText.Compare(k, DecimalText.Of(1)) < 0))
            Add("input-range", path, text, "≥ 1");
    }

    /// <summary>D-SI: from 0 to 1, no exponent.</summary>
    private void Probability(string text, string path)
    {
        if (Decimal(text, path) is { } p && (p.IsNaN || text.Trim() is not ['0' or '1', ..] || text.AsSpan().ContainsAny('e', 'E') || DecimalText.Compare(p, DecimalText.Of(1)) > 0))
            Add("input-range", path, text, "0.95");
    }

    private void Unit(string? unit, string path)
    {
        if (string.IsNullOrWhiteSpace(unit))
            Add("input-missing", path);
        else if (unit.Trim() is not ['\\' or '|', _, ..] || unit.Trim().Any(char.IsWhiteSpace))
            Add("input-unit", path, unit, @"\milli\pascal");
    }

    private void Count(int count, int expected, string path)
    {
        if (count != expected)
            Add("input-count", path, count.ToString(CultureInfo.InvariantCulture), expected.ToString(CultureInfo.InvariantCulture));
    }

    private void OneOrEach(int count, int rows, string path)
    {
        if (count != 1 && count != rows)
            Add("input-count", path, count.ToString(CultureInfo.InvariantCulture), rows == 1 ? "1" : $"1, {rows.ToString(CultureInfo.InvariantCulture)}");
    }

    private void Add(string rule, string path, string? value = null, string? expected = null) =>
        findings.Add(new(FindingLayer.Form, FindingSeverity.Error, rule, path, value, expected));
}
