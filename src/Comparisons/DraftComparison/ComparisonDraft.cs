namespace Plumbline.Comparisons;

/// <summary>What an organiser fills in, as typed: by page and by program alike. What is blank may be filled in later.</summary>
internal sealed record ComparisonDraft
{
    public string? Title { get; set; }
    public string? TitleEn { get; set; }
    /// <summary>National, Local, Sector or SelfOrganised.</summary>
    public string? Level { get; set; }
    public string? Field { get; set; }
    public string? Purpose { get; set; }
    public string? PurposeEn { get; set; }
    /// <summary>Codes of the organisations.</summary>
    public string? Organiser { get; set; }
    public string? Pilot { get; set; }
    public string? Regulator { get; set; }
    public string? Quantity { get; set; }
    public string? QuantityEn { get; set; }
    public string? Unit { get; set; }
    public bool Mandatory { get; set; }
    public bool NamesLaboratories { get; set; }
    /// <summary>Ring, Petal, Star or Mixed.</summary>
    public string? Route { get; set; }
    /// <summary>Last days, yyyy-MM-dd in local time.</summary>
    public string? EnrolmentDue { get; set; }
    public string? ResultsDue { get; set; }
    // A form without rows posts no list at all.
    public List<DraftPoint> Points { get; set => field = value ?? []; } = [];
    public List<DraftStandard> TransferStandards { get; set => field = value ?? []; } = [];
    public string? Method { get; set; }
    public string? CoverageFactor { get; set; }
    public string? ConsistencyLevel { get; set; }
    public string? OutlierLevel { get; set; }
    /// <summary>Coverage probability of reported expanded uncertainties.</summary>
    public string? Coverage { get; set; }
    /// <summary>In percent: the share of its points at which a laboratory must be satisfactory.</summary>
    public string? RequiredShare { get; set; }
    /// <summary>Settings of single methods; blank for what is usual.</summary>
    public string? PowerAlpha { get; set; }
    public string? PowerOutlierFactor { get; set; }
    public string? HuberTuning { get; set; }
    public string? TauPriorScale { get; set; }
    public bool ExcludeOutliers { get; set; }
    public bool PilotContributes { get; set; }
    public bool CorrectDrift { get; set; }
    /// <summary>The version that was edited; null for a new comparison or when the last word wins.</summary>
    public int? Version { get; set; }

    public static ComparisonDraft Blank(LocalDays days)
    {
        var options = new EvaluationOptions();
        return new()
        {
            Level = nameof(ComparisonLevel.National), Route = nameof(RouteKind.Ring), Method = options.Method.ToString(),
            CoverageFactor = TypedNumber.Show(options.CoverageFactor), ConsistencyLevel = TypedNumber.Show(options.ConsistencyLevel), OutlierLevel = TypedNumber.Show(options.OutlierLevel),
            Coverage = TypedNumber.Show(options.Coverage), RequiredShare = TypedNumber.Show(100 * options.RequiredShare),
            ExcludeOutliers = options.ExcludeOutliers, PilotContributes = options.PilotContributes,
            EnrolmentDue = days.In(3), ResultsDue = days.In(12), Points = [new()], TransferStandards = [new()],
        };
    }

    public static ComparisonDraft Of(Comparison comparison, string? organiser, string? pilot, string? regulator, Func<DateTimeOffset, string> day) => new()
    {
        Title = comparison.Title, TitleEn = comparison.TitleEn, Level = Decided(comparison, "Level", comparison.Level.ToString()), Field = Decided(comparison, "Field", comparison.Field.ToString()),
        Purpose = comparison.Purpose, PurposeEn = comparison.PurposeEn, Organiser = organiser, Pilot = Decided(comparison, "Pilot", pilot), Regulator = Decided(comparison, "Regulator", regulator),
        Quantity = comparison.Quantity, QuantityEn = comparison.QuantityEn, Unit = comparison.Unit,
        Mandatory = comparison.Mandatory, NamesLaboratories = comparison.NamesLaboratories, Route = comparison.Route.ToString(),
        EnrolmentDue = Decided(comparison, "EnrolmentDue", day(comparison.EnrolmentDue)), ResultsDue = Decided(comparison, "ResultsDue", day(comparison.ResultsDue)),
        Points = [.. comparison.Points.OrderBy(p => p.Ordinal).Select(DraftPoint.Of)],
        TransferStandards = [.. comparison.TransferStandards.OrderBy(s => s.Ordinal).Select(DraftStandard.Of)],
        Method = comparison.Options.Method.ToString(), CoverageFactor = TypedNumber.Show(comparison.Options.CoverageFactor),
        ConsistencyLevel = TypedNumber.Show(comparison.Options.ConsistencyLevel), OutlierLevel = TypedNumber.Show(comparison.Options.OutlierLevel),
        Coverage = TypedNumber.Show(comparison.Options.Coverage), RequiredShare = TypedNumber.Show(100 * comparison.Options.RequiredShare),
        PowerAlpha = TypedNumber.Show(comparison.Options.PowerAlpha), PowerOutlierFactor = TypedNumber.Show(comparison.Options.PowerOutlierFactor), HuberTuning = TypedNumber.Show(comparison.Options.HuberTuning), TauPriorScale = TypedNumber.Show(comparison.Options.TauPriorScale),
        ExcludeOutliers = comparison.Options.ExcludeOutliers, PilotContributes = comparison.Options.PilotContributes, CorrectDrift = comparison.Options.CorrectDrift,
        Version = comparison.Version,
    };

    /// <summary>The fields that may stay open in a draft though every comparison has them.</summary>
    public IEnumerable<string> Undecided() =>
        from field in new (string Name, string? Value)[] { ("Level", Level), ("Field", Field), ("Pilot", Pilot), ("Regulator", Regulator), ("EnrolmentDue", EnrolmentDue), ("ResultsDue", ResultsDue) }
        where string.IsNullOrWhiteSpace(field.Value)
        select field.Name;

    private static string? Decided(Comparison comparison, string field, string? value) => comparison.IsDecided(field) ? value : null;
}

/// <summary>Days from today on, as a date field takes them.</summary>
internal sealed record LocalDays(DateOnly Today)
{
    public string In(int months) => Today.AddMonths(months).ToString("yyyy-MM-dd");
}

internal sealed record DraftPoint
{
    /// <summary>What the point is called; the nominal value with its unit when blank.</summary>
    public string? Label { get; set; }
    public string? LabelEn { get; set; }
    public string? Nominal { get; set; }
    public string? LowerLimit { get; set; }
    public string? UpperLimit { get; set; }
    public string? TargetUncertainty { get; set; }

    internal bool IsBlank => string.IsNullOrWhiteSpace(string.Concat(Label, LabelEn, Nominal, LowerLimit, UpperLimit, TargetUncertainty));

    public static DraftPoint Of(MeasurementPoint point) => new()
    {
        Label = point.Label, LabelEn = point.LabelEn, Nominal = point.NominalText,
        LowerLimit = TypedNumber.Show(point.LowerLimit), UpperLimit = TypedNumber.Show(point.UpperLimit), TargetUncertainty = TypedNumber.Show(point.TargetUncertainty),
    };
}

internal sealed record DraftStandard
{
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public string? Model { get; set; }
    public string? Serial { get; set; }
    public string? Description { get; set; }
    public string? Traceability { get; set; }
    /// <summary>Number of like items or samples; 1 when blank.</summary>
    public string? Items { get; set; }

    internal bool IsBlank => string.IsNullOrWhiteSpace(string.Concat(Name, NameEn, Model, Serial, Description, Traceability));

    public static DraftStandard Of(TransferStandard standard) => new()
    {
        Name = standard.Name, NameEn = standard.NameEn, Model = standard.Model, Serial = standard.Serial, Description = standard.Description,
        Traceability = standard.Traceability, Items = standard.Items.ToString(),
    };
}
