namespace Plumbline.Certificates;

/// <summary>Tables of results from plain input; methods, standards and conditions are common to all.</summary>
internal sealed class ResultsBuilder(CertificateInput input, DccWords words)
{
    public void Fill(DccMeasurementResults results)
    {
        foreach (var method in input.Methods)
            results.Methods.Add(Method(method));
        foreach (var software in input.Software)
            results.Software.Add(words.Software(software));
        if (input.Standards.Count > 0)
        {
            results.Equipment = new();
            foreach (var standard in input.Standards)
                results.Equipment.Equipments.Add(Standard(standard));
        }
        foreach (var condition in input.Conditions)
            results.Conditions.Add(Condition(condition));
        if (input.Results.Count == 0)
            return;
        // What was measured before and after an adjustment was measured under another condition: a part each.
        foreach (var group in input.Results.GroupBy(r => r.Adjustment))
        {
            var part = new DccMeasurementResult { Name = words.Name(PartName(group.Key)) };
            if (group.Key is { } state)
                part.Conditions.Add(Adjustment(state));
            foreach (var result in group)
                part.Results.Add(Result(result));
            results.Results.Add(part);
        }
    }

    private BilingualText PartName(AdjustmentState? state) =>
        DccWords.Own(state is { } given ? $"dcc.adjustment.{given}" : input.Kind switch
        {
            DocumentKind.VerificationCertificate or DocumentKind.VerificationNotice => "dcc.results.verification",
            DocumentKind.CalibrationCertificate => "dcc.results.calibration",
            DocumentKind.ReferenceMaterialCertificate => "dcc.results.material",
            _ => "dcc.results.report",
        });

    private DccMethod Method(MethodInput method)
    {
        var made = new DccMethod { Name = words.Name(method.Name), RefType = method.RefType };
        if (!string.IsNullOrWhiteSpace(method.Norm))
            made.Norms.Add(method.Norm.Trim());
        return made;
    }

    private DccEquipment Standard(StandardInput standard)
    {
        var made = new DccEquipment
        {
            Name = words.Name(standard.Name),
            RefType = "basic_standardUsed",
            Model = string.IsNullOrWhiteSpace(standard.Model) ? null : standard.Model.Trim(),
            Manufacturer = standard.Manufacturer is { IsEmpty: false } maker ? new() { Name = words.Name(maker) } : null,
        };
        if (!string.IsNullOrWhiteSpace(standard.SerialNumber))
            made.Identifications.Add(words.Identification(new(DccWords.Own("dcc.serial-number"), standard.SerialNumber, "manufacturer", "basic_serialNumber")));
        if (standard.CertificateSha256 is { } digest)
            made.Certificate = new()
            {
                Referral = words.Name(DccWords.Own("dcc.traceability-certificate")),
                ReferralId = standard.CertificateNumber!.Trim(),
                Procedure = "SHA-256",
                Value = digest.Trim().ToLowerInvariant(),
                InValidityRange = standard.ValidUntil is { } until ? input.End <= until : null,
                Traceable = true,
            };
        else if (!string.IsNullOrWhiteSpace(standard.CertificateNumber))
            made.Identifications.Add(words.Identification(new(DccWords.Own("dcc.certificate-number"), standard.CertificateNumber, "other", CnmTerms.CertificateNumber)));
        Quantity(made, "dcc.range", standard.Range, "basic_measurementRange");
        Quantity(made, "dcc.accuracy", standard.Accuracy, CnmTerms.AccuracyClass);
        if (standard.ValidUntil is { } valid)
            Quantity(made, "dcc.valid-until", new(DccWords.Day(valid), DccWords.Day(valid)), CnmTerms.Period);
        return made;
    }

    private void Quantity(DccEquipment equipment, string name, BilingualText? text, string refType)
    {
        if (words.Rich(text) is { } rich)
            equipment.Quantities.Add(new() { Name = words.Name(DccWords.Own(name)), NoQuantity = rich, RefType = refType });
    }

    private DccCondition Condition(ConditionInput condition)
    {
        var data = new DccData();
        if (condition.Value is { } value)
            data.Entries.Add(new DccQuantity
            {
                Value = new SiReal { Value = DecimalText.Parse(value), Unit = condition.Unit!.Trim(), Uncertainty = ColumnBuilder.Uncertainty(condition.Uncertainty, 1, single: true) },
            });
        if (words.Rich(condition.Text) is { } text)
            data.Entries.Add(text);
        return new() { Name = words.Name(condition.Name), RefType = condition.RefType, Data = data };
    }

    private DccCondition Adjustment(AdjustmentState state)
    {
        var data = new DccData();
        data.Entries.Add(words.Rich(DccWords.Own($"dcc.adjustment.{state}"))!);
        return new() { Name = words.Name(DccWords.Own("dcc.adjustment")), RefType = "basic_adjustment", Status = DccWords.Word(state), Data = data };
    }

    private DccResult Result(ResultInput result)
    {
        var list = new DccList { RefType = "gp_table1" };
        foreach (var column in result.Columns)
            list.Entries.Add(new ColumnBuilder(words).Column(column));
        var data = new DccData();
        data.Entries.Add(list);
        return new() { Name = words.Name(result.Name), Description = words.Rich(result.Description), RefType = result.RefType, Data = data };
    }
}
