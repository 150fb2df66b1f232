namespace Plumbline.Certificates;

/// <summary>Results: a section for each measurement, tables for lists, lines for single quantities.</summary>
internal sealed class ResultsPart(PageWords words)
{
    public string Render(DccMeasurementResults measurements)
    {
        var html = new Html();
        foreach (var measurement in measurements.Results)
        {
            html.Raw("<section>\n").Element("h2", Heading(measurement.Name, measurement.RefType, words["dcc.results"]));
            html.Element("p", words.Rich(measurement.Description));
            html.Raw(new MeansPart(words).Scope(measurement, "h3"));
            foreach (var result in measurement.Results)
                Result(html, result, measurement);
            html.Raw(new StatementsPart(words).MetaData(measurement.MetaData));
            html.Raw("</section>\n");
        }
        html.Raw(new StatementsPart(words).MetaData(measurements.MetaData));
        return html.ToString();
    }

    /// <summary>Values, texts, formulas and files in order; single quantities that follow one another share a table.</summary>
    public string Data(DccData? data, int level = 4)
    {
        var html = new Html();
        var singles = new List<DccQuantity>();
        foreach (var entry in data?.Entries ?? [])
        {
            if (entry is DccQuantity quantity)
            {
                singles.Add(quantity);
                continue;
            }
            Flush();
            switch (entry)
            {
                case DccList list:
                    html.Raw(List(list, level));
                    break;
                case DccRichText text:
                    html.Element("div", words.Rich(text));
                    break;
                case DccFormula formula:
                    html.Element("p", PageWords.Formula(formula));
                    break;
                case DccByteData file:
                    html.Element("p", words.File(file));
                    break;
                case DccXmlData xml:
                    html.Element("p", Html.Encode(words["dcc.foreign-xml", string.Join(", ", xml.Elements.Select(e => e.Name.LocalName))]), "dim");
                    break;
                default:
                    break;
            }
        }
        Flush();
        return html.ToString();

        void Flush()
        {
            html.Raw(new ResultTable(words).Render(singles, []));
            singles.Clear();
        }
    }

    private void Result(Html html, DccResult result, DccMeasurementResult measurement)
    {
        var title = Heading(result.Name, result.RefType, "");
        if (title.Length > 0 && (measurement.Results.Count > 1 || title != Heading(measurement.Name, measurement.RefType, "")))
            html.Element("h3", title);
        html.Element("p", words.Rich(result.Description));
        html.Raw(Data(result.Data));
    }

    private string List(DccList list, int level)
    {
        var html = new Html();
        var tag = $"h{Math.Min(level, 6)}";
        html.Element(tag, words.Text(list.Name));
        html.Element("p", words.Rich(list.Description));
        html.Element("p", Html.Encode(list.DateTime), "dim");
        html.Raw(new ResultTable(words).Render([.. list.Entries.OfType<DccQuantity>()], list.DateTimes));
        foreach (var inner in list.Entries.OfType<DccList>())
            html.Raw(List(inner, level + 1));
        html.Raw(new MeansPart(words).Scope(list, tag));
        html.Raw(new StatementsPart(words).MetaData(list.MetaData));
        return html.ToString();
    }

    private string Heading(DccText? name, string? refType, string otherwise) =>
        words.Text(name) is { Length: > 0 } text ? text : Html.Encode(refType is null ? otherwise : QuantityName.Term(refType, words));
}

/// <summary>What a quantity is called.</summary>
internal static class QuantityName
{
    private static readonly HashSet<string> known = ["measuredValue", "referenceValue", "measurementError", "nominalValue", "temperature", "humidityRelative", "acceptanceLimitLower", "acceptanceLimitUpper", "calibrationValue", "conformity", "uncertainty",
        "validityRange", "validityRangeMin", "validityRangeMax", "recalibration", "temperatureMin", "temperatureMax", "humidityRelativeMin", "humidityRelativeMax", "measurementRange", "measurementRangeMin", "measurementRangeMax",
        "normUsed", "standardUsed", "adjustment", "isInCMC", "toleranceLimitLower", "toleranceLimitUpper", "measurementError_error", "measurementError_correction", "traceability"];

    /// <summary>Its name, the word for its term, the term; encoded.</summary>
    public static string Of(DccQuantity quantity, PageWords words) => quantity.Is(CnmTerms.EnNumber)
        ? words.Text(quantity.Name).Replace("E_n", "<i>E</i><sub>n</sub>", StringComparison.Ordinal)
        : words.Text(quantity.Name) is { Length: > 0 } name ? name : quantity.RefType is { } type ? Html.Encode(Term(type, words)) : "";

    /// <summary>The word for the first basic term, not encoded.</summary>
    public static string Term(string refType, PageWords words)
    {
        var terms = refType.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var term = terms.Select(t => t.StartsWith("basic_", StringComparison.Ordinal) ? t[6..] : t).FirstOrDefault(known.Contains);
        return term is null ? string.Join(' ', terms) : words[$"dcc.term.{term}"];
    }
}
