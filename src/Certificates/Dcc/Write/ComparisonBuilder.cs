namespace Plumbline.Certificates;

/// <summary>The data of a comparison: reference values, then a data set for each laboratory.</summary>
internal sealed class ComparisonBuilder(ComparisonInput comparison, DccWords words)
{
    private readonly ColumnBuilder columns = new(words);

    public void Fill(DccMeasurementResults results)
    {
        var reference = Part("dcc.reference-values", CnmTerms.ComparisonReference, Names(), References());
        if (comparison.ReferenceMethod is { IsEmpty: false } method)
            reference.Description = words.Rich(method);
        results.Results.Add(reference);
        foreach (var participant in comparison.Participants)
            results.Results.Add(Participant(participant));
    }

    private DccMeasurementResult Part(string name, string refType, params ReadOnlySpan<ColumnInput> made)
    {
        var list = new DccList { RefType = "gp_table1" };
        foreach (var column in made)
            list.Entries.Add(columns.Column(column));
        var data = new DccData();
        data.Entries.Add(list);
        var part = new DccMeasurementResult { Name = words.Name(DccWords.Own(name)), RefType = refType };
        part.Results.Add(new() { Name = words.Name(DccWords.Own(name)), Data = data });
        return part;
    }

    private DccMeasurementResult Participant(ParticipantInput participant)
    {
        var part = Part("dcc.participant", CnmTerms.Participant, [Names(), References(), Results(participant), .. Evaluation(participant)]);
        part.Name = words.Name(participant.Name is { IsEmpty: false } name ? new(Coded(name.Chinese, participant.Code), Coded(name.English, participant.Code)) : new BilingualText(participant.Code.Trim(), participant.Code.Trim()));
        part.Results[0].Name = words.Name(DccWords.Own("dcc.participant"));
        part.Results[0].RefType = CnmTerms.Participant;
        part.Results[0].Description = null;
        return part;
    }

    private static string? Coded(string? name, string code) => string.IsNullOrWhiteSpace(name) ? null : $"{code.Trim()} · {name.Trim()}";

    private ColumnInput Names() => new(DccWords.Own("dcc.measurand")) { RefType = CnmTerms.Measurand, Texts = [.. comparison.Measurands.Select(m => m.Name)] };

    private ColumnInput References() => new(DccWords.Own("dcc.reference-value"))
    {
        RefType = "basic_referenceValue",
        Values = [.. comparison.Measurands.Select(m => m.Value)],
        Units = Units(),
        Uncertainty = new() { Expanded = [.. comparison.Measurands.Select(m => m.Expanded)], Factors = [.. comparison.Measurands.Select(m => m.Factor)], Probabilities = [.. comparison.Measurands.Select(m => m.Probability)] },
    };

    private ColumnInput Results(ParticipantInput participant) => new(DccWords.Own("dcc.reported-value"))
    {
        RefType = "basic_measuredValue",
        Values = [.. participant.Results.Select(r => r?.Value)],
        Units = Units(),
        Uncertainty = new() { Expanded = [.. participant.Results.Select(r => r?.Expanded)], Factors = [.. participant.Results.Select(r => r?.Factor ?? "2")] },
    };

    private IEnumerable<ColumnInput> Evaluation(ParticipantInput participant)
    {
        if (participant.Results.Any(r => r?.Degree is not null))
            yield return new(DccWords.Own("dcc.degree"))
            {
                RefType = CnmTerms.DegreeOfEquivalence,
                Values = [.. participant.Results.Select(r => r?.Degree)],
                Units = Units(),
                Uncertainty = participant.Results.Any(r => r?.DegreeExpanded is not null) ? new() { Expanded = [.. participant.Results.Select(r => r?.DegreeExpanded)] } : null,
            };
        var (all, scored) = (participant.Results.All(r => r?.Verdict is not null), participant.Results.Any(r => r?.En is not null));
        if (scored)
            yield return new(DccWords.Own("dcc.en"))
            {
                RefType = CnmTerms.EnNumber,
                Values = [.. participant.Results.Select(r => r?.En)],
                Units = [@"\one"],
                // The list of verdicts has no word for "not given": it is there only where all are given.
                Verdicts = all ? [.. participant.Results.Select(r => r!.Verdict!.Value)] : [],
            };
        if (!(all && scored) && participant.Results.Any(r => r?.Verdict is not null))
            yield return new(DccWords.Own("dcc.conformity")) { RefType = "basic_conformity", Texts = [.. participant.Results.Select(r => r?.Verdict is { } verdict ? DccWords.Word(verdict) : "")] };
    }

    private string[] Units() => [.. comparison.Measurands.Select(m => m.Unit)];
}
