namespace Plumbline.Comparisons;

/// <summary>Finished comparisons made of published data. The expanded uncertainties are twice the published standard uncertainties; nothing else was added.</summary>
internal static class PublishedStories
{
    private const string Manual = "data as in the NIST Consensus Builder user's manual (2020-11-12)";

    /// <summary>The laboratories' names, as codes and in both languages.</summary>
    public static readonly IReadOnlyDictionary<string, (string Name, string NameEn)> Laboratories = new Dictionary<string, (string, string)>
    {
        ["CENAM"] = ("墨西哥国家计量中心", "Centro Nacional de Metrología, Mexico"),
        ["CSIRO"] = ("澳大利亚联邦科学与工业研究组织国家计量实验室", "CSIRO National Measurement Laboratory, Australia"),
        ["IRMM"] = ("欧盟委员会标准物质与测量研究所", "Institute for Reference Materials and Measurements, European Commission"),
        ["KRISS"] = ("韩国标准科学研究院", "Korea Research Institute of Standards and Science"),
        ["LNE"] = ("法国国家计量测试实验室", "Laboratoire national de métrologie et d'essais, France"),
        ["NARL"] = ("澳大利亚国家分析参考实验室", "National Analytical Reference Laboratory, Australia"),
        ["NIM"] = ("中国计量科学研究院", "National Institute of Metrology, China"),
        ["NIST"] = ("美国国家标准与技术研究院", "National Institute of Standards and Technology, United States"),
        ["NMIJ"] = ("日本国家计量院", "National Metrology Institute of Japan"),
        ["NPL"] = ("英国国家物理实验室", "National Physical Laboratory, United Kingdom"),
        ["NRC"] = ("加拿大国家研究委员会", "National Research Council Canada"),
        ["NRLM"] = ("日本计量研究所", "National Research Laboratory of Metrology, Japan"),
        ["OFMET"] = ("瑞士联邦计量局", "Swiss Federal Office of Metrology"),
        ["PTB"] = ("德国联邦物理技术研究院", "Physikalisch-Technische Bundesanstalt, Germany"),
        ["VNIIFTRI"] = ("俄罗斯物理技术与无线电测量研究院", "Russian Institute of Physicotechnical and Radio Engineering Measurements"),
    };

    public static readonly IReadOnlyList<PublishedStory> All =
    [
        new()
        {
            Title = "CCQM-K25 沉积物中 PCB 28 质量分数（公开数据演示）", TitleEn = "CCQM-K25: PCB 28 in sediment (published data)",
            Source = $"CCQM-K25, PCB 28 mass fraction in sediment: Schantz et al., 2003/2004; {Manual}, exhibit 6",
            Field = MeasurementField.Chemistry, Quantity = "PCB 28 质量分数", QuantityEn = "Mass fraction of PCB 28", Unit = "ng/g", Point = "沉积物样品", PointEn = "Sediment sample", Nominal = "33",
            Standard = "多氯联苯沉积物样品", StandardEn = "Sediment with polychlorinated biphenyls", Pilot = "NIST", Method = ReferenceMethod.DerSimonianLaird,
            Conclusion = "六家实验室的结果互不一致（χ² 检验不通过），采用 DerSimonian–Laird 随机效应模型给出参考值；实验室间标准偏差 τ 已计入参考值的不确定度。",
            ConclusionEn = "The six results disagree (the χ² test fails), so the reference value is that of the DerSimonian–Laird random-effects model, whose uncertainty contains the dark uncertainty τ.",
            Results = [new("IRMM", "34.3", "2.06"), new("KRISS", "32.9", "1.38"), new("NARL", "34.53", "1.66"), new("NIST", "32.42", "0.58"), new("NMIJ", "31.9", "0.80"), new("NRC", "35.8", "0.76")],
        },
        new()
        {
            Title = "CCL-K1 碳化钨量块 1 mm 中心长度偏差（公开数据演示）", TitleEn = "CCL-K1: tungsten carbide gauge block, 1 mm (published data)",
            Source = $"CCL-K1, tungsten carbide gauge block 20-23289, nominal length 1 mm: Thalmann, 2001; {Manual}, exhibit 14",
            Field = MeasurementField.Length, Quantity = "中心长度偏差", QuantityEn = "Deviation of the central length", Unit = "nm", Point = "1 mm 量块", PointEn = "1 mm gauge block", Nominal = "0",
            Standard = "碳化钨量块 20-23289", StandardEn = "Tungsten carbide gauge block 20-23289", Pilot = "OFMET", Method = ReferenceMethod.LargestConsistentSubset,
            Conclusion = "九个结果整体不一致，参考值取最大一致子集的加权平均值；子集之外实验室的 En 值按参考值与其独立的形式计算。",
            ConclusionEn = "The nine results together are inconsistent; the reference value is the weighted mean of the largest consistent subset, and laboratories outside it are scored against a value independent of them.",
            Results =
            [
                new("OFMET", "15", "18", "2", "500"), new("NPL", "15", "28", "2", "119"), new("LNE", "30", "20", "2", "94"), new("NRC", "18", "26", "2", "9"), new("NIST", "24", "18", "2", "50"),
                new("CENAM", "-9", "14", "2", "72"), new("CSIRO", "33", "18", "2", "205"), new("NRLM", "12.5", "17.2", "2", "5"), new("KRISS", "8.8", "20", "2", "55"),
            ],
        },
        new()
        {
            Title = "CCEM.RF-K25.W 33 GHz 功率座校准因子（公开数据演示）", TitleEn = "CCEM.RF-K25.W: calibration factor at 33 GHz (published data)",
            Source = $"CCEM.RF-K25.W, calibration factor at 33 GHz: Judaschke, 2014; {Manual}, exhibit 23",
            Field = MeasurementField.Radio, Quantity = "校准因子", QuantityEn = "Calibration factor", Unit = "1", Point = "33 GHz", PointEn = "33 GHz", Nominal = "0.82",
            Standard = "热电功率座", StandardEn = "Thermoelectric power sensor", Pilot = "PTB", Method = ReferenceMethod.WeightedMean,
            Conclusion = "八个结果通过 χ² 一致性检验，参考值取加权平均值。",
            ConclusionEn = "The eight results pass the χ² consistency test; the reference value is their weighted mean.",
            Results =
            [
                new("KRISS", "0.8247", "0.0190"), new("LNE", "0.8184", "0.0224"), new("NIM", "0.8196", "0.0066"), new("NIST", "0.8170", "0.0140"), new("NPL", "0.8069", "0.0144"),
                new("NRC", "0.8355", "0.0260"), new("PTB", "0.8186", "0.0076"), new("VNIIFTRI", "0.8236", "0.0116"),
            ],
        },
    ];
}
