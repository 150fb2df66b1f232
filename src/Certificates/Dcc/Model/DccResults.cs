namespace Plumbline.Certificates;

/// <summary>What results may have in common at any level: methods, software, equipment, conditions, statements.</summary>
public abstract class DccScope : DccPart
{
    /// <summary>Methods.</summary>
    public IList<DccMethod> Methods { get; } = [];

    /// <summary>Software used.</summary>
    public IList<DccSoftware> Software { get; } = [];

    /// <summary>Standards and instruments used.</summary>
    public DccEquipments? Equipment { get; set; }

    /// <summary>Conditions.</summary>
    public IList<DccCondition> Conditions { get; } = [];

    /// <summary>Statements about the results.</summary>
    public IList<DccStatement> MetaData { get; } = [];

    internal void MapMeans(DccMap map)
    {
        map.Group("usedMethods", "usedMethod", Methods);
        map.Group("usedSoftware", "software", Software);
        Equipment = map.Part("measuringEquipments", Equipment);
        map.Group("influenceConditions", "influenceCondition", Conditions);
    }

    internal void MapMetaData(DccMap map) => map.Group("measurementMetaData", "metaData", MetaData);
}

/// <summary>All results of a document, and what they have in common.</summary>
public sealed class DccMeasurementResults : DccScope
{
    /// <summary>The results.</summary>
    public IList<DccMeasurementResult> Results { get; } = [];

    internal override void Map(DccMap map)
    {
        MapMeans(map);
        MapMetaData(map);
        map.Parts("measurementResult", Results);
    }
}

/// <summary>Results obtained by one set of means.</summary>
public sealed class DccMeasurementResult : DccScope
{
    /// <summary>Name.</summary>
    public DccText? Name { get; set; }

    /// <summary>Remarks.</summary>
    public DccRichText? Description { get; set; }

    /// <summary>The results.</summary>
    public IList<DccResult> Results { get; } = [];

    internal override void Map(DccMap map)
    {
        Name = map.Part("name", Name);
        Description = map.Part("description", Description);
        MapMeans(map);
        map.Group("results", "result", Results);
        // The one place where the schema has the statements after the results.
        MapMetaData(map);
    }
}

/// <summary>One result.</summary>
public sealed class DccResult : DccPart
{
    /// <summary>Name.</summary>
    public DccText? Name { get; set; }

    /// <summary>Remarks.</summary>
    public DccRichText? Description { get; set; }

    /// <summary>Its values.</summary>
    public DccData? Data { get; set; }

    internal override void Map(DccMap map)
    {
        Name = map.Part("name", Name);
        Description = map.Part("description", Description);
        Data = map.Part("data", Data);
    }
}

/// <summary>Values, texts, formulas and files in any order.</summary>
public sealed class DccData : DccPart
{
    /// <summary><see cref="DccRichText"/>, <see cref="DccFormula"/>, <see cref="DccByteData"/>, <see cref="DccXmlData"/>, <see cref="DccQuantity"/> and <see cref="DccList"/> in order.</summary>
    public IList<DccPart> Entries { get; } = [];

    internal override void Map(DccMap map) => map.Mixed(Entries, DccChoice.Of<DccRichText>("text"), DccChoice.Of<DccFormula>("formula"), DccChoice.Of<DccByteData>("byteData"),
        DccChoice.Of<DccXmlData>("xml"), DccChoice.Of<DccQuantity>("quantity"), DccChoice.Of<DccList>("list"));
}

/// <summary>Quantities and lists that belong together: a table, a matrix.</summary>
public sealed class DccList : DccScope
{
    /// <summary>Name.</summary>
    public DccText? Name { get; set; }

    /// <summary>Remarks.</summary>
    public DccRichText? Description { get; set; }

    /// <summary>Instant (<c>xs:dateTime</c>).</summary>
    public string? DateTime { get; set; }

    /// <summary>Instants, one for each value.</summary>
    public IReadOnlyList<string> DateTimes { get; set; } = [];

    /// <summary><see cref="DccList"/>s and <see cref="DccQuantity"/>s in order.</summary>
    public IList<DccPart> Entries { get; } = [];

    internal override void Map(DccMap map)
    {
        Name = map.Part("name", Name);
        Description = map.Part("description", Description);
        DateTime = map.Text("dateTime", DateTime);
        DateTimes = map.Words("dateTimeXMLList", DateTimes);
        map.Mixed(Entries, DccChoice.Of<DccList>("list"), DccChoice.Of<DccQuantity>("quantity"));
        MapMeans(map);
        MapMetaData(map);
    }
}

/// <summary>A quantity: values in D-SI, words, or text in place of a value.</summary>
public sealed class DccQuantity : DccScope
{
    /// <summary>Name.</summary>
    public DccText? Name { get; set; }

    /// <summary>Remarks.</summary>
    public DccRichText? Description { get; set; }

    /// <summary>Text where there is no value.</summary>
    public DccRichText? NoQuantity { get; set; }

    /// <summary>Words between blanks.</summary>
    public IReadOnlyList<string> Characters { get; set; } = [];

    /// <summary>The values.</summary>
    public SiValue? Value { get; set; }

    /// <summary>Relative uncertainty of the values.</summary>
    public DccRelativeUncertainty? RelativeUncertainty { get; set; }

    internal override void Map(DccMap map)
    {
        Name = map.Part("name", Name);
        Description = map.Part("description", Description);
        NoQuantity = map.Part("noQuantity", NoQuantity);
        Characters = map.Words("charsXMLList", Characters);
        Value = map.One(Value, SiValue.InQuantity);
        RelativeUncertainty = map.Part("relativeUncertainty", RelativeUncertainty);
        MapMeans(map);
        MapMetaData(map);
    }
}

/// <summary>A relative uncertainty.</summary>
public sealed class DccRelativeUncertainty : DccPart
{
    /// <summary>One for each value.</summary>
    public SiRealListXmlList? List { get; set; }

    /// <summary>One for all.</summary>
    public SiReal? ForAll { get; set; }

    internal override void Map(DccMap map)
    {
        List = map.Part("relativeUncertaintyXmlList", List);
        ForAll = map.Part("relativeUncertaintySingle", ForAll);
    }
}
