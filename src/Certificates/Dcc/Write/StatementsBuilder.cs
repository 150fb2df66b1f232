using System.Globalization;

namespace Plumbline.Certificates;

/// <summary>Statements of the document as a whole, from plain input.</summary>
internal sealed class StatementsBuilder(CertificateInput input, DccWords words, AdministrativeBuilder administrative)
{
    public void Fill(IList<DccStatement> statements)
    {
        var kind = Statement("dcc.document-kind", CnmTerms.DocumentKind, DccWords.Own($"DocumentKind.{input.Kind}"));
        kind.References.Add(input.Kind.ToString());
        statements.Add(kind);
        if (input.Title is { IsEmpty: false } title)
            statements.Add(Statement("dcc.title", CnmTerms.Title, title));
        foreach (var authorisation in input.Authorisations)
            statements.Add(Authorisation(authorisation));
        if (input.Conclusion is { } conclusion)
            Conclusion(conclusion, statements);
        if (input.ValidUntil is not null || input.PeriodMonths is not null)
            statements.Add(Period());
        Seals(statements);
        if (input.PlaceName is { IsEmpty: false } place)
            statements.Add(Statement("dcc.place", "basic_performanceLocation", place));
        if (input.Material is { } material)
            Material(material, statements);
        if (input.Comparison is { } comparison)
            Comparison(comparison, statements);
        if (input.Replaces is { } replaced)
            statements.Add(Statement("dcc.reason-for-change", CnmTerms.ReasonForChange, replaced.Reason));
        foreach (var further in input.Statements)
            statements.Add(new() { Name = words.Name(further.Name), RefType = further.RefType, Declaration = words.Rich(further.Text) });
    }

    private DccStatement Statement(string name, string refType, BilingualText? text) =>
        new() { Name = words.Name(DccWords.Own(name)), RefType = refType, Declaration = words.Rich(text) };

    private DccStatement Authorisation(AuthorisationInput authorisation)
    {
        var statement = new DccStatement { Name = words.Name(authorisation.Name), RefType = CnmTerms.Authorisation };
        statement.References.Add(authorisation.Number.Trim());
        statement.Date = authorisation.ValidUntil is { } until ? DccWords.Day(until) : null;
        statement.Authority = authorisation.Authority is { } authority ? administrative.Contact(authority) : null;
        return statement;
    }

    private void Conclusion(ConclusionInput conclusion, IList<DccStatement> statements)
    {
        var verification = input.Kind is DocumentKind.VerificationCertificate or DocumentKind.VerificationNotice;
        var verdict = Statement(verification ? "dcc.conclusion" : "dcc.conformity", verification ? $"basic_conformity {CnmTerms.Conclusion}" : "basic_conformity", conclusion.Text);
        if (!string.IsNullOrWhiteSpace(conclusion.Norm))
            verdict.Norms.Add(conclusion.Norm.Trim());
        verdict.Conformity = DccWords.Word(conclusion.Verdict);
        statements.Add(verdict);
        if (conclusion.DecisionRule is { IsEmpty: false } rule)
            statements.Add(Statement("dcc.decision-rule", CnmTerms.DecisionRule, rule));
        foreach (var item in conclusion.NonconformingItems)
            statements.Add(Statement("dcc.nonconforming", CnmTerms.NonconformingItem, item));
    }

    private DccStatement Period()
    {
        var verification = input.Kind is DocumentKind.VerificationCertificate or DocumentKind.VerificationNotice;
        var period = Statement(verification ? "dcc.valid-until" : input.Kind == DocumentKind.CalibrationCertificate ? "dcc.recalibration" : "dcc.validity", verification ? $"basic_recalibration {CnmTerms.Period}" : "basic_recalibration", null);
        period.Date = input.ValidUntil is { } until ? DccWords.Day(until) : null;
        period.Period = input.PeriodMonths is { } months ? months % 12 == 0 ? $"P{(months / 12).ToString(CultureInfo.InvariantCulture)}Y" : $"P{months.ToString(CultureInfo.InvariantCulture)}M" : null;
        return period;
    }

    private void Seals(IList<DccStatement> statements)
    {
        for (var i = 0; i < input.Items.Count; i++)
            foreach (var position in input.Items[i].SealPositions)
            {
                var statement = Statement("dcc.seal-position", CnmTerms.SealPosition, position);
                statement.RefId = $"item{i + 1}";
                statements.Add(statement);
            }
    }

    private void Material(MaterialInput material, IList<DccStatement> statements)
    {
        (string Name, string Term, BilingualText? Text)[] all =
        [
            ("dcc.intended-use", CnmTerms.IntendedUse, material.IntendedUse), ("dcc.minimum-sample", CnmTerms.MinimumSample, material.MinimumSample), ("dcc.preparation", CnmTerms.Preparation, material.Preparation),
            ("dcc.homogeneity", CnmTerms.Homogeneity, material.Homogeneity), ("dcc.stability", CnmTerms.Stability, material.Stability), ("dcc.traceability", CnmTerms.Traceability, material.Traceability),
            ("dcc.storage", CnmTerms.Storage, material.Storage),
        ];
        foreach (var (name, term, text) in all)
            if (text is { IsEmpty: false })
                statements.Add(Statement(name, term, text));
    }

    private void Comparison(ComparisonInput comparison, IList<DccStatement> statements)
    {
        var statement = Statement("dcc.comparison", CnmTerms.Comparison, comparison.Title);
        statement.References.Add(comparison.Code.Trim());
        statements.Add(statement);
        if (comparison.Pilot is { IsEmpty: false } pilot)
            statements.Add(Statement("dcc.pilot", CnmTerms.PilotLaboratory, pilot));
    }
}
