namespace Plumbline.Comparisons;

/// <summary>Plainly fictitious comparisons between the example laboratories, one in each state, so that every page has something to look at.</summary>
internal static class FictitiousStories
{
    private const string Purpose = "示例数据：机构、人员和数值均为虚构，仅供熟悉系统使用。";
    private const string PurposeEn = "Example data: institutions, people and figures are fictitious and only serve to try the system.";

    public static readonly IReadOnlyList<Story> All =
    [
        new()
        {
            Until = ComparisonState.Published, Title = "示例：10 V 直流电压标准计量比对", TitleEn = "Example: DC voltage standard, 10 V", Field = MeasurementField.Electromagnetic, Quantity = "直流电压", QuantityEn = "DC voltage", Unit = "V",
            Point = "10 V", Nominal = "10", LowerLimit = "9.9", UpperLimit = "10.1", TargetUncertainty = "0.000004", Standard = "固态直流电压标准", StandardEn = "Solid-state DC voltage standard", Model = "示例型号 732",
            Traceability = "示例国家计量院 10 V 约瑟夫森电压基准", Route = RouteKind.Petal, Method = ReferenceMethod.WeightedMean, Purpose = Purpose, PurposeEn = PurposeEn, Names = true,
            Results =
            [
                new("DEMO-NMI", "10.0000021", "0.0000016"), new("DEMO-LAB-1", "10.0000052", "0.0000060"), new("DEMO-LAB-2", "9.9999986", "0.0000048"),
                new("DEMO-LAB-3", "10.0000034", "0.0000075", "2.09", "19"), new("DEMO-LAB-4", "10.0000178", "0.0000090"), new("DEMO-LAB-5", "10.0000008", "0.0000056"),
            ],
            Conclusion = "五家参比实验室中四家结果满意；一家实验室 |En| > 1，应分析原因并采取纠正措施。", ConclusionEn = "Four of the five laboratories are satisfactory; one has |En| > 1 and has to find the cause and correct it.",
        },
        new()
        {
            Until = ComparisonState.DraftReport, Title = "示例：10 kΩ 直流电阻计量比对", TitleEn = "Example: DC resistance, 10 kΩ", Level = ComparisonLevel.Local, Field = MeasurementField.Electromagnetic, Quantity = "直流电阻", QuantityEn = "DC resistance", Unit = "kΩ",
            Point = "10 kΩ", Nominal = "10", LowerLimit = "9.9", UpperLimit = "10.1", TargetUncertainty = "0.00002", Standard = "10 kΩ 标准电阻", StandardEn = "10 kΩ standard resistor", Model = "示例型号 SR-10k",
            Method = ReferenceMethod.PilotValue, Purpose = Purpose, PurposeEn = PurposeEn,
            Results =
            [
                new("DEMO-NMI", "10.000014", "0.000010"), new("DEMO-LAB-1", "10.000031", "0.000030"), new("DEMO-LAB-2", "9.999990", "0.000040"), new("DEMO-LAB-6", "10.000022", "0.000028"),
            ],
            Conclusion = "各参比实验室结果与主导实验室测得值一致，|En| 均不大于 1。", ConclusionEn = "All results agree with the pilot laboratory's value: |En| ≤ 1 throughout.",
        },
        new()
        {
            Until = ComparisonState.Evaluating, Title = "示例：500 g 砝码计量比对", TitleEn = "Example: 500 g mass standard", Field = MeasurementField.Mechanical, Quantity = "折算质量修正值", QuantityEn = "Correction of conventional mass", Unit = "mg",
            Point = "500 g", Nominal = "0", LowerLimit = "-5", UpperLimit = "5", TargetUncertainty = "0.05", Standard = "E2 等级 500 g 砝码", StandardEn = "500 g weight of class E2",
            Method = ReferenceMethod.MandelPaule, Purpose = Purpose, PurposeEn = PurposeEn,
            Results =
            [
                new("DEMO-NMI", "0.121", "0.060"), new("DEMO-LAB-2", "0.168", "0.13"), new("DEMO-LAB-3", "0.05", "0.12"), new("DEMO-LAB-4", "0.214", "0.14"), new("DEMO-LAB-7", "0.133", "0.10"),
            ],
        },
        new()
        {
            Until = ComparisonState.Collecting, Title = "示例：1 kHz 声压级计量比对", TitleEn = "Example: sound pressure level at 1 kHz", Level = ComparisonLevel.Sector, Field = MeasurementField.Acoustic, Quantity = "声压级", QuantityEn = "Sound pressure level", Unit = "dB",
            Point = "94 dB", Nominal = "94", LowerLimit = "93", UpperLimit = "95", TargetUncertainty = "0.05", Standard = "声校准器", StandardEn = "Sound calibrator", Purpose = Purpose, PurposeEn = PurposeEn,
            Results = [new("DEMO-NMI", "94.02", "0.06"), new("DEMO-LAB-1", "94.05", "0.12"), new("DEMO-LAB-3", "93.98", "0.15"), new("DEMO-LAB-8", "94.09", "0.14")],
        },
        new()
        {
            Until = ComparisonState.Circulating, Title = "示例：水三相点下标准铂电阻温度计比对", TitleEn = "Example: platinum resistance thermometer at the triple point of water", Field = MeasurementField.Thermal, Quantity = "水三相点电阻", QuantityEn = "Resistance at the triple point of water", Unit = "Ω",
            Point = "水三相点", Nominal = "25.5", LowerLimit = "25", UpperLimit = "26", TargetUncertainty = "0.00001", Standard = "标准铂电阻温度计", StandardEn = "Standard platinum resistance thermometer", Route = RouteKind.Petal, Purpose = Purpose, PurposeEn = PurposeEn,
            Results = [new("DEMO-NMI", "25.508312", "0.000010"), new("DEMO-LAB-1", "25.508330", "0.000024"), new("DEMO-LAB-2", "25.508301", "0.000030"), new("DEMO-LAB-4", "25.508318", "0.000026"), new("DEMO-LAB-5", "25.508322", "0.000028")],
        },
        new()
        {
            Until = ComparisonState.Enrolling, Title = "示例：100 mm 量块中心长度计量比对", TitleEn = "Example: central length of a 100 mm gauge block", Field = MeasurementField.Length, Quantity = "中心长度偏差", QuantityEn = "Deviation of the central length", Unit = "μm",
            Point = "100 mm", Nominal = "0", LowerLimit = "-2", UpperLimit = "2", TargetUncertainty = "0.02", Standard = "100 mm 钢制量块", StandardEn = "100 mm steel gauge block", Purpose = Purpose, PurposeEn = PurposeEn,
            Results = [new("DEMO-NMI", "0.12", "0.03"), new("DEMO-LAB-1", "0.13", "0.05"), new("DEMO-LAB-6", "0.10", "0.05"), new("DEMO-LAB-7", "0.15", "0.06")],
        },
        new()
        {
            Until = ComparisonState.Preparing, Title = "示例：水中铅质量浓度计量比对", TitleEn = "Example: mass concentration of lead in water", Field = MeasurementField.Chemistry, Quantity = "铅质量浓度", QuantityEn = "Mass concentration of lead", Unit = "μg/L",
            Point = "样品 A", Nominal = "20", LowerLimit = "10", UpperLimit = "30", TargetUncertainty = "0.4", Standard = "水样（安瓿）", StandardEn = "Water samples in ampoules", Route = RouteKind.Star, Method = ReferenceMethod.AlgorithmA, Purpose = Purpose, PurposeEn = PurposeEn,
            Results = [new("DEMO-NMI", "20.1", "0.3")],
        },
        new()
        {
            Until = ComparisonState.Approved, Title = "示例：5 MHz 频率标准计量比对", TitleEn = "Example: frequency standard, 5 MHz", Field = MeasurementField.TimeFrequency, Quantity = "频率偏差", QuantityEn = "Frequency offset", Unit = "Hz",
            Point = "5 MHz", Nominal = "0", TargetUncertainty = "0.00001", Standard = "铷原子频率标准", StandardEn = "Rubidium frequency standard", Purpose = Purpose, PurposeEn = PurposeEn, Results = [],
        },
        new()
        {
            Until = ComparisonState.Proposed, Title = "示例：550 nm 光谱透射比计量比对", TitleEn = "Example: spectral transmittance at 550 nm", Field = MeasurementField.Optical, Quantity = "光谱透射比", QuantityEn = "Spectral transmittance", Unit = "%",
            Point = "550 nm", Nominal = "30", TargetUncertainty = "0.05", Standard = "中性玻璃滤光片", StandardEn = "Neutral glass filter", Method = ReferenceMethod.Median, Purpose = Purpose, PurposeEn = PurposeEn, Results = [],
        },
        new()
        {
            Until = ComparisonState.Draft, Title = "示例：γ 空气比释动能率计量比对", TitleEn = "Example: air kerma rate of gamma radiation", Field = MeasurementField.IonisingRadiation, Quantity = "空气比释动能率", QuantityEn = "Air kerma rate", Unit = "mGy/h",
            Point = "Cs-137", Nominal = "1", TargetUncertainty = "0.01", Standard = "电离室", StandardEn = "Ionisation chamber", Purpose = Purpose, PurposeEn = PurposeEn, Results = [],
        },
    ];
}
