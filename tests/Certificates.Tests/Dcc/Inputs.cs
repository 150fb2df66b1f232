namespace Plumbline.Certificates.Tests;

/// <summary>An input of each kind, fictitious throughout.</summary>
internal static class Inputs
{
    public static IEnumerable<CertificateInput> All => Enum.GetValues<DocumentKind>().Select(Of);

    public static CertificateInput Of(DocumentKind kind) => kind switch
    {
        DocumentKind.VerificationCertificate => Gauge,
        DocumentKind.VerificationNotice => Notice,
        DocumentKind.CalibrationCertificate => Calibration,
        DocumentKind.ReferenceMaterialCertificate => Material,
        DocumentKind.ComparisonReport => Comparison,
        DocumentKind.ComparisonStatement => Statement,
        DocumentKind.EvaluationReport => Evaluation,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static CertificateInput Gauge { get; } = new()
    {
        Kind = DocumentKind.VerificationCertificate,
        Number = "LX-2026-00123",
        CertificateId = "7K3M9QX2T0AB",
        Maker = new(new("准绳", "Plumbline"), "0.1.0"),
        Laboratory = new(new("临溪市计量科学研究院", "Linxi Institute of Metrology")) { City = "临溪市", Street = "计量路 8 号", PostCode = "000000", Address = new("临溪市计量路 8 号", "8 Jiliang Road, Linxi"), Phone = "+86 000 0000 0000", Email = "cert@linxi.example" },
        LaboratoryCode = "LX-0001",
        Authorisations = [new(new("法定计量检定机构授权证书", "Authorisation as statutory verification body"), "(临)法计(2024)00001 号") { ValidUntil = new(2029, 3, 31) }],
        Customer = new(new("临溪热力有限公司", "Linxi Heat Co., Ltd.")) { City = "临溪市" },
        Items =
        [
            new(new("一般压力表", "Pressure gauge"))
            {
                Model = "Y-100", SerialNumber = "SN-202600123", Manufacturer = new("临溪仪表厂", "Linxi Instruments"), AccuracyClass = new("1.6 级", "Class 1.6"), Range = new("(0～1.6) MPa", "(0 to 1.6) MPa"),
                Software = [new(new("测量固件", "Measuring firmware"), "1.4.2", "SM3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")], SealPositions = [new("表壳后盖螺钉", "Screw of the rear cover")],
                Numbers = [new(new("设备编号", "Inventory no."), "R-17", "customer", "basic_inventoryNumber")],
            },
        ],
        Persons = [new("张检定", PersonRole.Operator), new("李核验", PersonRole.Checker), new("王批准", PersonRole.Approver, true)],
        Numbers = [new(new("委托单号", "Order no."), "W2026-000321", "calibrationLaboratory", "basic_orderNo")],
        Received = new(2026, 3, 2),
        Begin = new(2026, 3, 5),
        End = new(2026, 3, 5),
        Issued = new(2026, 3, 6),
        ValidUntil = new(2026, 9, 4),
        PeriodMonths = 6,
        Methods = [new(new("弹性元件式一般压力表、压力真空表和真空表检定规程", "Verification regulation of elastic-element pressure gauges"), "JJG 52-2013")],
        Standards = [new(new("数字压力计", "Digital pressure gauge")) { Model = "DPG-1", SerialNumber = "D-7788", CertificateNumber = "LX2025P-0456", CertificateSha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", ValidUntil = new(2026, 11, 30), Accuracy = new("0.05 级", "Class 0.05"), Range = new("(0～6) MPa", "(0 to 6) MPa") }],
        Conditions =
        [
            new(new("环境温度", "Ambient temperature"), "20.3", @"\degreecelsius", "basic_temperature", new() { Expanded = ["0.3"] }),
            new(new("相对湿度", "Relative humidity"), "52", @"\percent", "basic_humidityRelative"),
        ],
        Conclusion = new(DccVerdict.Pass, new("合格，准予作 1.6 级使用", "Pass; may be used as class 1.6")) { Norm = "JJG 52-2013" },
        Results =
        [
            new(new("示值误差", "Indication error"),
            [
                new(new("标准值", "Reference value")) { RefType = "basic_referenceValue", Values = ["0", "0.4", "0.8", "1.2", "1.6"], Units = [@"\mega\pascal"] },
                new(new("示值", "Indication")) { RefType = "basic_measuredValue", Values = ["0.000", "0.402", "0.804", "1.203", "1.606"], Units = [@"\mega\pascal"] },
                new(new("示值误差", "Error"))
                {
                    RefType = "basic_measurementError", Values = ["0.000", "0.002", "0.004", "0.003", "0.006"], Units = [@"\mega\pascal"], Uncertainty = new() { Expanded = ["0.0032"] },
                    Verdicts = [.. Enumerable.Repeat(DccVerdict.Pass, 5)], LowerLimits = ["-0.0256"], UpperLimits = ["0.0256"], LimitText = new("最大允许误差 ±1.6 %FS", "MPE ±1.6 % FS"),
                },
            ]),
        ],
        Statements = [new(new("备注", "Remarks"), new("外观检查合格；轻敲位移符合要求。", "Visual inspection passed; tapping displacement within requirements."))],
    };

    public static CertificateInput Notice => Gauge with
    {
        Kind = DocumentKind.VerificationNotice, Number = "LX-2026-00124", CertificateId = "7K3M9QX2T0AC", ValidUntil = null, PeriodMonths = null,
        Conclusion = new(DccVerdict.Fail, new("不合格", "Fail")) { Norm = "JJG 52-2013", NonconformingItems = [new("1.6 MPa 点示值误差", "Error at 1.6 MPa"), new("回程误差", "Hysteresis")] },
        Results =
        [
            Gauge.Results[0] with { Columns = [Gauge.Results[0].Columns[0], Gauge.Results[0].Columns[1] with { Values = ["0.000", "0.402", "0.804", "1.203", "1.638"] }, Gauge.Results[0].Columns[2] with { Values = ["0.000", "0.002", "0.004", "0.003", "0.038"], Verdicts = [DccVerdict.Pass, DccVerdict.Pass, DccVerdict.Pass, DccVerdict.Pass, DccVerdict.Fail] }] },
        ],
        Replaces = new(true, "LX-2026-00119", "0f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", new("更正出厂编号", "Serial number corrected")),
    };

    public static CertificateInput Calibration { get; } = Gauge with
    {
        Kind = DocumentKind.CalibrationCertificate, Number = "LX-C-2026-0077", CertificateId = "7K3M9QX2T0AD", Conclusion = null, ValidUntil = null, PeriodMonths = 12,
        Items = [new(new("标准电阻", "Standard resistor")) { Model = "BZ3", SerialNumber = "R-0091", Manufacturer = new("临溪电工", "Linxi Electric") }],
        Methods = [new(new("直流标准电阻器校准规范", "Calibration specification for DC standard resistors"), "JJF 2026-2023")],
        Results =
        [
            new(new("电阻值", "Resistance"),
            [
                new(new("标称值", "Nominal value")) { RefType = "basic_nominalValue", Values = ["1", "10", "100"], Units = [@"\ohm"] },
                new(new("校准值", "Calibrated value")) { RefType = "basic_measuredValue", Values = ["1.0000032", "10.000081", "100.00042"], Units = [@"\ohm"], Uncertainty = new() { Expanded = ["0.0000011", "0.000012", "0.00015"], Factors = ["2", "2", "2.05"], Probabilities = ["0.95"] } },
                new(new("温度系数", "Temperature coefficient")) { Values = ["1.2E-6", null, "-3.0E-7"], Units = [@"\kelvin\tothe{-1}"], Uncertainty = new() { Standard = ["2E-8", null, "1E-8"] } },
            ]) { Adjustment = AdjustmentState.AfterAdjustment },
        ],
    };

    public static CertificateInput Material { get; } = Gauge with
    {
        Kind = DocumentKind.ReferenceMaterialCertificate, Number = "GBW(E)LX-26001", CertificateId = "7K3M9QX2T0AE", Conclusion = null, Title = null,
        Items = [new(new("水中铅、镉溶液标准物质", "Lead and cadmium in water")) { SerialNumber = "26001", Description = new("20 mL 安瓿", "20 mL ampoule") }],
        Methods = [new(new("同位素稀释质谱法", "Isotope dilution mass spectrometry"), "JJF 1343-2022")],
        Material = new() { IntendedUse = new("仪器校准与方法确认", "Calibration of instruments and validation of methods"), MinimumSample = new("1 mL", "1 mL"), Storage = new("4 ℃ 避光保存", "Store at 4 °C in the dark"), Homogeneity = new("瓶间不均匀性已计入不确定度", "Between-bottle inhomogeneity is included in the uncertainty"), Stability = new("24 个月", "24 months") },
        Results =
        [
            new(new("标准值", "Certified values"),
            [
                new(new("特性", "Property")) { RefType = CnmTerms.Measurand, Texts = ["铅 Pb", "镉 Cd"] },
                new(new("标准值", "Certified value")) { RefType = "basic_certifiedValue", Values = ["10.02", "1.004"], Units = [@"\micro\gram\milli\litre\tothe{-1}"], Uncertainty = new() { Expanded = ["0.12", "0.015"] } },
            ]),
        ],
    };

    public static CertificateInput Comparison { get; } = Gauge with
    {
        Kind = DocumentKind.ComparisonReport, Number = "LX-B-2026-03-R", CertificateId = "7K3M9QX2T0AF", Conclusion = null, ValidUntil = null, PeriodMonths = null, Title = new("一般压力表检定能力比对总结报告", "Final report of the comparison of pressure gauge verification"), Results = [],
        Methods = [new(new("计量比对", "Measurement comparison"), "JJF 1117-2010")],
        Items = [new(new("数字压力计（传递标准）", "Digital pressure gauge (transfer standard)")) { Model = "DPG-2", SerialNumber = "T-01" }],
        Comparison = new("LX-B-2026-03", new("一般压力表检定能力比对", "Comparison of pressure gauge verification"),
            [new("10 kPa", @"\kilo\pascal", "10.0021", "0.0018"), new("100 kPa", @"\kilo\pascal", "100.013", "0.012")],
            [
                new("L01", new("临溪市计量科学研究院", "Linxi Institute of Metrology"), [new("10.0025", "0.0020", "2", "0.0004", "0.0027", "0.15", DccVerdict.Pass), new("100.010", "0.015", "2", "-0.003", "0.019", "-0.16", DccVerdict.Pass)]),
                new("L02", new("云泽市计量测试所", "Yunze Measurement and Testing Institute"), [new("10.0071", "0.0025", "2", "0.0050", "0.0031", "1.62", DccVerdict.Fail), new("100.020", "0.020", "2", "0.007", "0.023", "0.30", DccVerdict.Pass)]),
                new("L03", null, [new("10.0019", "0.0021", "2.1", "-0.0002", "0.0028", "-0.07", DccVerdict.Pass), null]),
            ])
        { Pilot = new("临溪市计量科学研究院", "Linxi Institute of Metrology"), ReferenceMethod = new("参考值取主导实验室的测量结果", "The reference values are the pilot laboratory's results") },
    };

    public static CertificateInput Statement => Comparison with
    {
        Kind = DocumentKind.ComparisonStatement, Number = "LX-B-2026-03-L02", CertificateId = "7K3M9QX2T0AG", Title = null,
        Customer = new(new("云泽市计量测试所", "Yunze Measurement and Testing Institute")),
        Comparison = Comparison.Comparison! with { Participants = [Comparison.Comparison.Participants[1]] },
    };

    public static CertificateInput Evaluation { get; } = Gauge with
    {
        Kind = DocumentKind.EvaluationReport, Number = "LX-E-2026-0005", CertificateId = "7K3M9QX2T0AH", ValidUntil = null, PeriodMonths = null,
        Conclusion = new(DccVerdict.ConditionalPass, new("推荐，长期稳定性需跟踪", "Recommended; long-term stability to be followed")),
        Results =
        [
            new(new("指标评价", "Indicators"),
            [
                new(new("指标", "Indicator")) { RefType = CnmTerms.Indicator, Texts = ["基本误差", "长期稳定性 (30 d)", "平均无故障时间"] },
                new(new("要求", "Requirement")) { RefType = CnmTerms.Requirement, Texts = ["≤ 0.05 %", "≤ 0.02 %", "≥ 5 000 h"] },
                new(new("测评值", "Measured value")) { RefType = "basic_measuredValue", Values = ["0.032", "0.019", "6200"], Units = [@"\percent", @"\percent", @"\hour"], Uncertainty = new() { Expanded = ["0.004", "0.003", ""], Factors = ["2"] }, Verdicts = [DccVerdict.Pass, DccVerdict.ConditionalPass, DccVerdict.Pass] },
            ]) { Description = new("样机 3 台，连续考核 30 d。", "Three specimens, tested for 30 days without interruption.") },
        ],
        Statements = [new(new("评价意见", "Recommendation"), new("可替代进口同类产品。", "May replace imported instruments of the kind."), CnmTerms.Recommendation)],
    };
}
